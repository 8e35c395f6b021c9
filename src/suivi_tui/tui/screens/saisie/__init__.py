"""Screen 2: the statement wall."""
