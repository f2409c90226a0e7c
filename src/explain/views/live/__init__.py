"""A class as it happens: who is where, and what the trainer can do. No reasons and no ratings stand here."""
