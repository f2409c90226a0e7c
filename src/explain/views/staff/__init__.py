"""People with an account: who they are, and how another is invited."""
