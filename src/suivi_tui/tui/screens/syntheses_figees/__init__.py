"""Syntheses kept as they were sent, and what changed since."""
