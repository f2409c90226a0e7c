"""After the set: one's own picture over all cases, and one's own answers to take along."""
