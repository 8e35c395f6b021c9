"""The only room that knows SQL: opening, journal, read side, integrity, backup."""
