"""The terms of a contract in force on a day: what a lot says wins over what its contract says.

Of two values of one term, the one valid from the latest day that has come is in force
(``model.md``, term). A value that cannot be read is as if it were not there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar

from suivi_tui.vocabulary.choices import (
    CHECK_TERM,
    Cadence,
    CheckGravity,
    Choice,
    HolderDeclares,
    TermCode,
)
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.months import Month, parse_month

C = TypeVar("C", bound=Choice)

LAST_DUE_DAY = 28
LONGEST_WINDOW = 1_200
_GRAVITIES = {gravity.value: gravity for gravity in CheckGravity}


class TermLine(NamedTuple):
    """One term as it is stored; ``lot`` None for the whole contract."""

    code: str
    value: str
    lot: int | None = None
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What is in force for one lot; None where reference data decide.

    ``due_day`` is a day of the month after the period declared; ``declarants`` are companies
    awaited besides the holder and the employers; ``window_months`` how long hours count.
    """

    cadence: Cadence = Cadence.MONTHLY
    due_day: int | None = None
    first_month: Month | None = None
    holder_declares: HolderDeclares = HolderDeclares.WHEN_EMPLOYING
    declarants: tuple[int, ...] = ()
    pooling: bool = False
    window_months: int | None = None
    gravities: Mapping[str, CheckGravity] = field(default_factory=dict)


def terms_of(lines: Iterable[TermLine], lot: int | None, on: date) -> ContractTerms:
    """The terms in force ``on`` a day for a ``lot`` (None: for the contract as a whole)."""
    known = _known(lines, lot, on)
    said = {line.code: line.value for line in known}
    gravities = {
        code.removeprefix(CHECK_TERM): _GRAVITIES[value]
        for code, value in said.items()
        if code.startswith(CHECK_TERM) and value in _GRAVITIES
    }
    declarants = (_whole(line.value) for line in known if line.code == TermCode.DECLARANT)
    return ContractTerms(
        cadence=_member(Cadence, said.get(TermCode.CADENCE), Cadence.MONTHLY),
        due_day=_within(said.get(TermCode.DUE_DAY), 1, LAST_DUE_DAY),
        first_month=_month(said.get(TermCode.FIRST_MONTH)),
        holder_declares=_member(
            HolderDeclares, said.get(TermCode.HOLDER_DECLARES), HolderDeclares.WHEN_EMPLOYING
        ),
        declarants=tuple(dict.fromkeys(row for row in declarants if row is not None)),
        pooling=said.get(TermCode.POOLING) == "oui",
        window_months=_within(said.get(TermCode.WINDOW_MONTHS), 1, LONGEST_WINDOW),
        gravities=gravities,
    )


def values_in_force(lines: Iterable[TermLine], lot: int | None, on: date) -> dict[str, str]:
    """What the terms say ``on`` a day for a ``lot``, by code, as it is stored."""
    return {line.code: line.value for line in _known(lines, lot, on)}


def _known(lines: Iterable[TermLine], lot: int | None, on: date) -> list[TermLine]:
    """The terms that have come, those that win the last."""
    known = [
        line
        for line in lines
        if line.lot in (None, lot) and (line.valid_from is None or line.valid_from <= on)
    ]
    return sorted(known, key=lambda line: (line.lot is not None, line.valid_from or date.min))


def _member(kind: type[C], value: str | None, usual: C) -> C:
    found = kind._value2member_map_.get(value)
    return found if isinstance(found, kind) else usual


def _whole(text: str | None) -> int | None:
    if text is None or not (text.isascii() and text.isdigit() and len(text) < 20):
        return None
    return int(text)


def _within(text: str | None, low: int, high: int) -> int | None:
    number = _whole(text)
    return number if number is not None and low <= number <= high else None


def _month(text: str | None) -> Month | None:
    if not text:
        return None
    try:
        return parse_month(text)
    except UserError:
        return None
