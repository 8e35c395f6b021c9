"""The tables that leave the base: what each one is called, is for, and holds."""
