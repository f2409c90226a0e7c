"""What the training is about, in the standard library alone: conditions, judgements, scores, encounters."""
