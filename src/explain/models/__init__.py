"""Models: what scores a case, with the facts of its model card."""
