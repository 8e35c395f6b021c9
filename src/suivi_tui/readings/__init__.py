"""One question each: facts of the store, rules applied, small frozen results."""
