"""The penalty desk: what the contract allows for what happened, and what the buyer decided."""
