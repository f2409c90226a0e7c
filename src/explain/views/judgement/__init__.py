"""Steps 1 and 3: one's own judgement, first without the score, then again."""
