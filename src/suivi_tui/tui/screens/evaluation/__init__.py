"""Screen 7: the figures of a period."""
