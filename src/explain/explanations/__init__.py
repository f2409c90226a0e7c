"""Explanations: what a score rests on, in numbers; charts draw them, pages say them."""
