"""The rules of the field: pure functions on plain values. No base, no file, no clock."""
