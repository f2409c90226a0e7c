"""The waiting room: what a participant of a class waits for, and why she can go no further."""
