"""The texts of a row: who, where, and what is never copied from it.

Each distinct cell of a column is read once and remembered: files repeat themselves.
"""

import re
from collections.abc import Callable
from typing import Generic, TypeVar

from suivi_tui.exchange.statement_files.cell_values import day_of, text_of
from suivi_tui.exchange.statement_files.context import where_said
from suivi_tui.exchange.statement_files.workbook import CellValue
from suivi_tui.vocabulary.identifiers import looks_like_nir
from suivi_tui.vocabulary.text import fold

_CIVILITY = re.compile(
    r"^(?:m\.|mr\.?|mme\.?|mlle\.?|monsieur|madame|mademoiselle|m)"
    r"(?:\s+|(?<=\.))(?=[^\W\d_]{2})",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"[ ,(-]*(?:n[ée]e?(?:\(e\))?\s+le\s*:?\s*)?"
    r"\(?([0-3]?[0-9]/[01]?[0-9]/(?:19|20)[0-9]{2})\)?\s*\Z",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\W*(?:(?:sous|s)[ /.-]?-?\s*)?(?:total|totaux)\b|\W*(?:somme|ensemble|cumul)\b"
    r"|[0-9]+ (?:salaries?|personnes?|participants?|beneficiaires?)\b"
)
# Lines that repeat or comment on figures: nobody is called so, and nothing is to be checked.
_REMINDER = re.compile(
    r"\W*(?:report|a reporter|nb|nombre|effectif|heures?|objectif|reste|restant|taux|engagement"
    r"|solde|ecart|moyenne|montant|dont|soit|pourcentage|realise|a realiser|prevu)\b"
)
_LOT = re.compile(r"\blot\s?(?:n°|no|numero)?\s*([0-9]{1,3} ?[a-z]?|[a-z])(?![a-z0-9])")
_LOT_NUMBER = re.compile(r"([0-9]{1,3}(?: ?(?:[a-z]|bis|ter))?)(?![0-9a-z/.])")

T = TypeVar("T")


class Remembered(dict[CellValue, T], Generic[T]):
    """What each distinct cell is worth, read the first time it is met."""

    def __init__(self, read: Callable[[CellValue], T]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, value: CellValue) -> T:
        # Cells that are equal are shown alike: 1 and 1.0 are the same text.
        found = self[value] = self._read(value)
        return found


def safe_text(value: CellValue) -> str:
    """The text of a cell, nothing of it when it looks like a social security number."""
    text = text_of(value)
    return "" if text and looks_like_nir(text) else text


def person_of(value: CellValue) -> tuple[str, str | None]:
    """The name in a cell and the birth date beside it: no title, no comma, no number.

    A text without letters names nobody.
    """
    text = safe_text(value)
    birth = None
    if text and (born := _BORN.search(text)):
        day = day_of(born[1])
        birth = day.isoformat() if day is not None else None
        text = text[: born.start()]
    text = _CIVILITY.sub("", text.strip())
    text = " ".join(text.replace(",", " ").replace(";", " ").split())
    return (text, birth) if any(map(str.isalpha, text)) else ("", None)


def is_total(text: str) -> bool:
    """Whether a text heads a line of totals."""
    folded = fold(text)
    return bool(folded) and bool(_TOTAL.match(folded) or _REMINDER.match(folded))


def is_reminder(text: str) -> bool:
    """Whether a line only repeats a figure of another page or counts people."""
    return bool(_REMINDER.match(fold(text)))


def lot_of(value: CellValue) -> str:
    """The number of a lot in a cell such as ``Lot 2 - Peinture``; its text when it has none."""
    text = safe_text(value)
    folded = fold(text)
    found = _LOT.search(folded) or _LOT_NUMBER.match(folded)
    return found[1].strip().upper() if found else text


def contract_of(value: CellValue) -> str:
    """The number of a contract in a cell such as ``Marché 2026-01, lot 2``; its text otherwise."""
    text = safe_text(value)
    said = where_said(text)
    if "contract" in said:
        return said["contract"]
    if "lot" in said and (found := _LOT.search(fold(text))) and len(fold(text)) == len(text):
        return text[: found.start()].strip(" ,;-–—/") or text
    return text
