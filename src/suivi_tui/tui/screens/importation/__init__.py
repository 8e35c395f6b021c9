"""Statements from files: reading, questions, preview of each line, one batch; the profiles."""
