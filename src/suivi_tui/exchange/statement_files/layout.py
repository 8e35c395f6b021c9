"""What is understood of a table, and what a person answered about it, which a sender keeps.

A layout is found again in each file: months move, lines are added. What is remembered is the
*answers*, which speak of columns by their headings, so that next month's file is read with them.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from suivi_tui.exchange.statement_files.declared import Basis
from suivi_tui.exchange.statement_files.periods import Period
from suivi_tui.exchange.statement_files.roles import Role
from suivi_tui.exchange.statement_files.when import without_periods
from suivi_tui.vocabulary.choices import HourKind, find
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.text import clean

DAY_HOURS = Hours(700)
_VERSION = 1
_SHAPE_LIMIT = 400
_ANSWERS_LIMIT = 300

# What is true of one file alone: next month's file must be asked again.
_OF_ONE_FILE = ("month/", "year/")


class Unit(StrEnum):
    """What the figures of a table count: hours, days, or days shown as hours (``6,32``)."""

    HOURS = "heures"
    DAYS = "jours"
    DAY_FRACTIONS = "fractions"


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """One column: its heading as found, its use, and what the heading says of its figures.

    ``token`` names the column in answers: its heading without case, accents or dates.
    ``period`` is the one of a figure whose heading tells it; ``site``, the place likewise.
    ``kind`` is the number of a ``HourKind``.
    """

    heading: str
    role: Role
    token: str = ""
    period: Period | None = None
    cumulated: bool = False
    days: bool = False
    kind: int = HourKind.WORK.number
    site: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How one table is read; ``header_rows`` and ``first_row`` are lines of the sheet, from 1.

    ``day_hours`` is what a day is worth when figures are days. ``month`` is the one of the
    sheet, when neither rows nor headings tell it. ``answers`` is what a person decided.
    """

    header_rows: tuple[int, ...] = ()
    first_row: int = 1
    columns: tuple[LayoutColumn, ...] = ()
    unit: Unit = Unit.HOURS
    day_hours: Hours = DAY_HOURS
    basis: Basis = Basis.MONTH
    month: int | None = None
    answers: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> str:
        """What a sender's profile keeps: the answers that hold for the next files too."""
        kept = {key: code for key, code in self.answers.items() if not _of_one_file(key)}
        columns = [{"heading": column.heading, "role": column.role} for column in self.columns]
        value = {"version": _VERSION, "answers": kept, "columns": columns}
        return json.dumps(value, ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> Layout:
    """The layout kept as ``text``; what is not understood in it is left aside, never an error."""
    try:
        value: Any = json.loads(text[:1_000_000])
    except (ValueError, RecursionError):
        return Layout()
    if not isinstance(value, dict):
        return Layout()
    answers = value.get("answers")
    columns = value.get("columns")
    return Layout(
        columns=tuple(_columns(columns)) if isinstance(columns, list) else (),
        answers={
            clean(key): clean(code)
            for key, code in list(answers.items())[:_ANSWERS_LIMIT]
            if isinstance(code, str) and not _of_one_file(key)
        }
        if isinstance(answers, dict)
        else {},
    )


def _columns(listed: list[Any]) -> list[LayoutColumn]:
    columns = []
    for item in listed[:_ANSWERS_LIMIT]:
        if not isinstance(item, dict):
            continue
        role = find(Role, str(item.get("role", "")))
        if role is not None:
            columns.append(LayoutColumn(clean(str(item.get("heading", ""))), role))
    return columns


def _of_one_file(key: str) -> bool:
    return key.startswith(_OF_ONE_FILE)


def answered(layout: Layout, key: str, code: str) -> Layout:
    """``layout`` with an answer to the question ``key``: the same shape is no longer asked it.

    Any column may be given another use with the key ``role/`` and its token: a profile is
    edited so.
    """
    return replace(layout, answers={**layout.answers, key: code})


def with_role(layout: Layout, column: LayoutColumn, role: Role) -> Layout:
    """``layout`` with another use for one of its columns."""
    return answered(layout, f"role/{column.token}", role.value)


def tokens_of(header: Sequence[str]) -> tuple[str, ...]:
    """A name for each column, from its heading: no case, no accent, no date; repeats numbered."""
    seen: dict[str, int] = {}
    tokens = []
    for position, heading in enumerate(header, 1):
        token = without_periods(clean(heading)) or f"colonne {position}"
        seen[token] = seen.get(token, 0) + 1
        tokens.append(token if seen[token] == 1 else f"{token} ({seen[token]})")
    return tuple(tokens)


def shape_of(header: Sequence[str]) -> str:
    """What is the same in every file of one layout: its headings, months and weeks aside.

    However many columns of months there are, the shape is the same.
    """
    words: list[str] = []
    for heading in header:
        token = without_periods(clean(heading))
        if not (words and token == words[-1] and (not token or "<" in token)):
            words.append(token)
    while words and not words[-1]:
        words.pop()
    shape = "|".join(words)
    if len(shape) > _SHAPE_LIMIT:
        digest = hashlib.sha256(shape.encode("utf-8", "replace")).hexdigest()
        shape = f"{shape[: _SHAPE_LIMIT - 65]}|{digest}"
    return shape
