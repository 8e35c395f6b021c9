"""Filling the text of a piece: every field filled, or one sentence that says which one is not."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from suivi_tui.documents.blocks import typographic
from suivi_tui.documents.clause_library import ClauseSource
from suivi_tui.documents.clause_markdown import places_in, plain_lines, tidy, without_values
from suivi_tui.documents.clause_values import TextValues
from suivi_tui.documents.clause_variables import CLAUSE_VARIABLES
from suivi_tui.documents.filling import check_tags, refusal
from suivi_tui.documents.sandbox import environment
from suivi_tui.documents.templates import TemplateRefused
from suivi_tui.documents.wording import enumerated
from suivi_tui.rules.clause_texts import Place, label_of_value, place_of_value
from suivi_tui.rules.clause_variables import Values
from suivi_tui.vocabulary.choices import ClausePiece
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import fold

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_EMPTY: Final = re.compile(
    r"(?<!\\)\[[^\]\n]*\]|\{[{%]|[%}]\}|_{3,}|\.{4,}|…{2,}|\b[aà] (?:compl[eé]ter|renseigner)\b"
    r"|\bX{3,}\b",
    re.IGNORECASE,
)
_SHOWN: Final = 60
_WHERE: Final = {
    Place.CONTRACT: "dans la fiche du marché",
    Place.HOURS: "dans l'objectif du lot, ou par un calibrage",
    Place.TERMS: "dans les conditions du marché",
    Place.TEXT: "dans les réglages du texte",
    Place.FACILITATOR: "dans l'annuaire ou dans vos coordonnées",
    Place.PENALTIES: "dans les pénalités du marché",
}


class ClauseIncomplete(UserError):
    """A text would keep an empty field: which values are missing, and where they are entered."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.codes = tuple(dict.fromkeys(codes))
        places: dict[Place, list[str]] = {}
        for code in self.codes:
            places.setdefault(place_of_value(code), []).append(label_of_value(code))
        told = [f"{enumerated(labels)} ({_WHERE[place]})" for place, labels in places.items()]
        super().__init__(
            f"Rien n'a été écrit, il manque{NBSP}: {f'{NBSP}; '.join(told)}. Saisissez-le, puis "
            "recommencez."
        )


class FilledPiece(NamedTuple):
    """A piece ready to be written: its text with marks, the variables by place, those it shows."""

    piece: ClausePiece
    name: str
    version: str
    body: str
    codes: tuple[str, ...]
    values: dict[str, str]

    @property
    def lines(self) -> list[str]:
        """The text as a terminal shows it."""
        return plain_lines(self.body)


class Attempt(NamedTuple):
    """A piece as far as it can be filled; ``absent`` are the values that its text asks for."""

    filled: FilledPiece
    absent: tuple[str, ...]


def attempt(source: ClauseSource, values: Values) -> Attempt:
    """Fill a piece as far as possible. Raises TemplateRefused for a text that cannot be used."""
    taken, (reader, template) = TextValues(values), _checked(source)
    try:
        filled = template.render(taken())
    except Exception as error:
        raise refusal(source.name, source.text, error, reader) from error
    body = tidy(filled)
    left = _EMPTY.search(without_values(body))
    if left is not None:
        fault = f"garde un champ à remplir, «{NBSP}{left[0][:_SHOWN]}{NBSP}»"
        raise TemplateRefused(source.name, fault)
    shown = {taken.codes[place]: values[taken.codes[place]] for place in places_in(body)}
    piece = FilledPiece(source.piece, source.name, source.version, body, taken.codes, shown)
    return Attempt(piece, tuple(taken.absent))


@lru_cache(maxsize=32)
def _checked(source: ClauseSource) -> "tuple[Environment, Template]":
    """A text whose tags were checked: read again only once it was changed."""
    reader = environment(escape=False)
    check_tags(source.text, source.name, reader, CLAUSE_VARIABLES.known)
    return reader, reader.from_string(typographic(source.text))


def fill(source: ClauseSource, values: Values) -> FilledPiece:
    """Fill a piece. Raises ClauseIncomplete or TemplateRefused."""
    found = attempt(source, values)
    if found.absent:
        raise ClauseIncomplete(found.absent)
    return found.filled


def folder_name(number: str, day: str) -> str:
    """The name of the folder of a pack: ``clause-2026-014-2026-11-22``, plain letters only."""
    words = "".join(char if char.isalnum() else " " for char in fold(number)).split()
    safe = [word for word in words if word.isascii()]
    return "-".join(["clause", *safe, day])[:80]
