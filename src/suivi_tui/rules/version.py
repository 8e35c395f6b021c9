"""Which rules made a figure: it goes with every synthesis that leaves the base."""

RULES_VERSION = "2026.1"
"""Changed whenever the same base would give another figure."""
