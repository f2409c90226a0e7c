"""Consent to research: asked apart from the training, unticked, the same course either way."""
