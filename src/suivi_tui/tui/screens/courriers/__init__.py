"""Letters: those that were made, and the preview of those that are about to be."""
