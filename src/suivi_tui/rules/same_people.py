"""Whether two sheets may be those of one person."""

from datetime import date
from typing import NamedTuple

from suivi_tui.vocabulary.text import fold

_SHORTEST = 3
_PARTS = 3


class PersonSheet(NamedTuple):
    """What a sheet says of who someone is; ``birth`` None when unknown."""

    participant: int
    last: str
    first: str
    birth: date | None = None


def alike(one: PersonSheet, other: PersonSheet) -> bool | None:
    """True when surely the same person, False when maybe, None when not.

    Names are compared without case, accents, spaces or hyphens. Surely: same name, same birth.
    Maybe: same name and close or unknown births; or same last name and birth, and a first name
    that begins like the other. Homonyms born on different days are two people.
    """
    if letters(one.last) != letters(other.last):
        return None
    first, second = letters(one.first), letters(other.first)
    if first == second:
        if one.birth is None or other.birth is None:
            return False
        if one.birth == other.birth:
            return True
        return False if close_births(one.birth, other.birth) else None
    begins = first.startswith(second) or second.startswith(first)
    if begins and min(len(first), len(second)) >= _SHORTEST and one.birth is not None:
        return False if one.birth == other.birth else None
    return None


def close_births(one: date, other: date) -> bool:
    """One mistyped part (year, month or day), or day and month the wrong way round."""
    parts = zip(one.timetuple()[:_PARTS], other.timetuple()[:_PARTS], strict=True)
    same = sum(mine == theirs for mine, theirs in parts)
    swapped = (one.month, one.day) == (other.day, other.month) and one.year == other.year
    return same == _PARTS - 1 or swapped


def letters(text: str) -> str:
    """A name as it is compared."""
    return "".join(letter for letter in fold(text) if letter.isalnum())
