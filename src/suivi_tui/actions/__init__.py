"""What a person can do to the base: one function an act, one transaction, one batch."""
