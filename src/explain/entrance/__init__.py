"""The way in: joining a session, signing in, one-time links. Plain pages and forms, before any kernel starts."""
