"""The introduction: what the tool is and is not, when to disregard a score, three check questions."""
