"""The exchanges that are to be done."""
