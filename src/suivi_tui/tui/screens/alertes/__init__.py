"""Screen 6: what asks for attention."""
