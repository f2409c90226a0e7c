"""Apps: one module per role, and the command line."""
