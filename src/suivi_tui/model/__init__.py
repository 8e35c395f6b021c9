"""The tables of the base and the input models that validate what enters."""
