"""Filters typed by a person: every word is the beginning of a word of the record."""

from suivi_tui.vocabulary.text import fold

MATCH_LIMIT = 2_000
"""A filter keeps at most so many people: beyond, one more letter says more than a scroll bar."""


def typed_words(typed: str) -> list[str]:
    """The words of a filter, accents and ligatures folded, without punctuation."""
    return "".join(c if c.isalnum() else " " for c in fold(typed)).split()


def pattern(words: list[str]) -> str:
    """The full-text question for records that hold a word beginning with each of ``words``."""
    return " ".join(f'"{word}"*' for word in words)
