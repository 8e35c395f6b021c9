"""A sender's statement matched against the base, previewed line by line, written in one batch."""
