"""What a page costs: ``python -m bench``. Harness and figures only; nothing here passes or fails."""
