"""Screen 1: the day."""
