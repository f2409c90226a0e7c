"""The page for the projector: how to join, very large."""
