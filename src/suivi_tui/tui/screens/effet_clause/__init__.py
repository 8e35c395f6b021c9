"""Contracts with and without a clause, side by side."""
