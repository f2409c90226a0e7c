"""The trainer's first page: her classes, and what to print beforehand."""
