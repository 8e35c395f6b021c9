"""The working notebook of a facilitator of French social insertion clauses."""

__version__ = "0.1.0"
