"""A case of one's own: its form, what comes before it can be opened, and its end."""
