"""Step 2: the score, computed only now, with what it is, what it is not, and what it was given."""
