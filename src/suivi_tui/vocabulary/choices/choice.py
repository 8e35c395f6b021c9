"""A closed list of the field: what is stored is a code, what is shown is a French label."""

from enum import StrEnum
from functools import cache
from typing import Self, TypeVar

from suivi_tui.vocabulary.text import fold


class Choice(StrEnum):
    """A member of a closed list: ``value`` is the stored code, ``label`` what a user reads."""

    label: str
    synonyms: tuple[str, ...]

    # A member gives its label; a call with the code alone looks it up.
    def __new__(cls, code: str, label: str = "", *synonyms: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.synonyms = synonyms
        return member


C = TypeVar("C", bound=Choice)


@cache
def _index(kind: type[C]) -> dict[str, C]:
    index: dict[str, C] = {}
    for member in kind:
        for text in (member.value, member.label, *member.synonyms):
            index.setdefault(fold(text), member)
    return index


def find(kind: type[C], text: str | None) -> C | None:
    """The member that ``text`` names (code, label or synonym), or None when unknown or empty."""
    if not text:
        return None
    return _index(kind).get(fold(text))


def label_of(kind: type[Choice], code: str | None, missing: str = "") -> str:
    """The label of a stored code; an unknown code is shown as it is stored."""
    if not code:
        return missing
    member = kind._value2member_map_.get(code)
    return member.label if isinstance(member, Choice) else code


def options(kind: type[Choice]) -> list[tuple[str, str]]:
    """(code, label) of every member, in the order of the list."""
    return [(member.value, member.label) for member in kind]
