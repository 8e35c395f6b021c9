"""From headings and cells to the role of each column of a table.

A heading is only what someone wrote: the cells under it have the last word on what is a name, a
date, a kind of work contract or a number that must never be read.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from suivi_tui.exchange.statement_files import questions
from suivi_tui.exchange.statement_files.cell_values import day_of, is_number, text_of
from suivi_tui.exchange.statement_files.layout import LayoutColumn, tokens_of
from suivi_tui.exchange.statement_files.never_read import NOT_READ_COLUMN, holds_never_read
from suivi_tui.exchange.statement_files.questions import LayoutQuestion
from suivi_tui.exchange.statement_files.roles import FIGURES, WHEN, Role
from suivi_tui.exchange.statement_files.row_texts import is_total
from suivi_tui.exchange.statement_files.tables import SheetGrid, Table
from suivi_tui.exchange.statement_files.workbook import CellValue
from suivi_tui.vocabulary.choices import EmploymentKind, HourKind, find
from suivi_tui.vocabulary.hours import NotHours, parse_hours
from suivi_tui.vocabulary.months import last_day, month_of

SAMPLE = 400
_NAME = re.compile(r"[^\W\d_][^\W\d_'’\-]*(?:[ ,.'’\-]+[^\W\d_]+)*\.?")
_REPEATED = FIGURES | {Role.TOTAL, Role.IGNORE, Role.NEVER_READ, Role.COMMENT}


@dataclass(slots=True)
class FoundColumns:
    """The columns of a table while they are being understood: one cell list for each."""

    columns: list[LayoutColumn]
    cells: list[list[CellValue]]
    unknown: list[int] = field(default_factory=list)
    questions: list[LayoutQuestion] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    sure: list[bool] = field(default_factory=list)

    def places(self, *roles: Role) -> list[int]:
        """The places of the columns that have one of ``roles``."""
        return [place for place, column in enumerate(self.columns) if column.role in roles]

    def give(self, place: int, role: Role) -> None:
        """Give a column another role."""
        self.columns[place] = replace(self.columns[place], role=role)
        if place in self.unknown:
            self.unknown.remove(place)

    def filled(self, place: int) -> list[CellValue]:
        """The cells of a column that say something."""
        return [value for value in self.cells[place] if value != "" and text_of(value)]


def find_columns(grid: SheetGrid, table: Table, answers: Mapping[str, str]) -> FoundColumns:
    """The role of each column, but for the choice among figures; ``answers`` come first."""
    found = _start(grid, table)
    _never_read(found)
    for place, column in enumerate(found.columns):
        role = find(Role, answers.get(f"role/{column.token}"))
        if role is not None and column.role is not Role.NEVER_READ:
            found.give(place, role)
    _people(found, answers)
    _periods(found)
    _work_contracts(found, answers)
    _kinds(found, answers)
    _only_one_of_each(found)
    return found


def _start(grid: SheetGrid, table: Table) -> FoundColumns:
    tokens = tokens_of(table.header)
    columns, sure, unknown = [], [], []
    cells: list[list[CellValue]] = [[] for _ in table.headings]
    rows = 0
    for row in range(table.first, table.end):
        values = grid.rows[row]
        if not any(values) or _is_total_row(values):
            continue
        rows += 1
        if rows > SAMPLE:
            break
        for place in range(len(cells)):
            cells[place].append(grid.at(row, place))
    for place, heading in enumerate(table.headings):
        role = heading.role or Role.IGNORE
        if heading.role is None:
            unknown.append(place)
        sure.append(heading.sure)
        columns.append(
            LayoutColumn(
                heading.text,
                role,
                tokens[place],
                None,
                heading.cumulated,
                heading.days,
                heading.kind,
                heading.site,
            )
        )
    return FoundColumns(columns, cells, unknown, sure=sure)


def _is_total_row(values: Sequence[CellValue]) -> bool:
    first = next((value for value in values if value != ""), "")
    return isinstance(first, str) and is_total(text_of(first))


def _never_read(found: FoundColumns) -> None:
    for place, column in enumerate(found.columns):
        if column.role is not Role.NEVER_READ and holds_never_read(found.cells[place]):
            found.give(place, Role.NEVER_READ)
        if found.columns[place].role is Role.NEVER_READ:
            # Not looked at again, not even to be shown.
            found.cells[place] = []
            found.remarks.append((column.heading, NOT_READ_COLUMN))


def looks_like_name(text: str) -> bool:
    """Whether a text may be the name of a person: two words of letters at least."""
    return bool(_NAME.fullmatch(text)) and len(re.split(r"[ ,]+", text)) >= 2 and len(text) < 60


def _people(found: FoundColumns, answers: Mapping[str, str]) -> None:
    """Settle which columns name the people: one full name, or a last and a first name."""
    chosen = answers.get("person")
    if chosen is not None:
        for place, column in enumerate(found.columns):
            if column.token == chosen and column.role is not Role.NEVER_READ:
                for other in found.places(Role.PERSON):
                    found.give(other, Role.IGNORE)
                found.give(place, Role.PERSON)
    for place in found.places(Role.PERSON, Role.LAST):
        if _are_codes(found.filled(place)):
            found.give(place, Role.IGNORE if found.places(Role.REFERENCE) else Role.REFERENCE)
    _names(found)
    if not found.places(Role.PERSON, Role.LAST) and not found.places(*WHEN):
        _ask_person(found)


def _names(found: FoundColumns) -> None:
    """Leave either one column of full names, or one of last names and one of first names."""
    firsts, lasts, people = (found.places(r) for r in (Role.FIRST, Role.LAST, Role.PERSON))
    kept: list[int] = []
    if lasts and firsts:
        kept = [lasts[0]]
    elif people and firsts and not _inside(found.cells[firsts[0]], found.cells[people[0]]):
        found.give(people[0], Role.LAST)
        kept = [people[0]]
    elif people:
        kept = [people[0]]
        for place in firsts:
            found.give(place, Role.IGNORE)
    elif lasts:
        found.give(lasts[0], Role.PERSON)
        kept = [lasts[0]]
    for place in found.places(Role.LAST, Role.PERSON):
        if place not in kept:
            found.give(place, Role.IGNORE)


def _are_codes(values: Sequence[CellValue]) -> bool:
    """Whether cells are references rather than names: nearly all hold a digit and no space."""
    texts = [text_of(value) for value in values]
    codes = sum(" " not in text and any(map(str.isdigit, text)) for text in texts)
    return bool(texts) and codes * 10 >= len(texts) * 8


def _inside(parts: Sequence[CellValue], wholes: Sequence[CellValue]) -> bool:
    """Whether the first names are already in the full names beside them."""
    pairs = [
        (text_of(part).lower(), text_of(whole).lower())
        for part, whole in zip(parts, wholes, strict=True)
        if text_of(part) and text_of(whole)
    ]
    return bool(pairs) and sum(part in whole for part, whole in pairs) * 2 > len(pairs)


def _ask_person(found: FoundColumns) -> None:
    candidates = []
    for place in found.unknown:
        texts = [text_of(value) for value in found.filled(place)]
        names = sum(looks_like_name(text) for text in texts)
        if names and names * 2 >= len(texts):
            candidates.append(place)
    if not candidates:
        return
    proposed = candidates[0]
    options = [(found.columns[p].token, shown_heading(found.columns[p], p)) for p in candidates]
    found.questions.append(questions.person_question(options, found.columns[proposed].token))
    found.give(proposed, Role.PERSON)


def shown_heading(column: LayoutColumn, place: int) -> str:
    """How a column is called in a question."""
    return column.heading or f"Colonne {place + 1}, sans titre"


def _periods(found: FoundColumns) -> None:
    """Tell the days of a period from those of a work contract, and dates from months."""
    for place in found.places(Role.WEEK):
        if found.places(Role.TO) and _are_days(found.filled(place)):
            found.give(place, Role.FROM)
    for place in found.places(Role.MONTH):
        if found.places(Role.TO) and not found.places(Role.FROM) and _are_days(found.filled(place)):
            found.give(place, Role.FROM)
    figures_tell = any(found.columns[place].role in _TELLING for place in range(len(found.columns)))
    for place in found.places(Role.DATE):
        if not _are_days(found.filled(place)):
            found.give(place, Role.IGNORE)  # « Jour »: lundi, mardi…
            continue
        days = [day for value in found.filled(place) if (day := day_of(value))]
        ends = [day for day in days if day.day == 1 or day == last_day(month_of(day))]
        if figures_tell or found.places(Role.MONTH, Role.FROM, Role.WEEK):
            found.give(place, Role.IGNORE)
        elif days and len(ends) == len(days):
            found.give(place, Role.MONTH)
    starts, ends_ = found.places(Role.START), found.places(Role.END)
    if starts and ends_ and not figures_tell and not found.places(*WHEN):
        pairs = zip(found.cells[starts[0]], found.cells[ends_[0]], strict=True)
        lengths = [
            (last - first).days + 1
            for a, b in pairs
            if (first := day_of(a)) is not None and (last := day_of(b)) is not None
        ]
        if lengths and max(lengths) <= 8:
            found.give(starts[0], Role.FROM)
            found.give(ends_[0], Role.TO)


_TELLING = frozenset((Role.MONTH_HOURS, Role.QUARTER_HOURS, Role.WEEK_HOURS))


def _are_days(values: Sequence[CellValue]) -> bool:
    days = sum(day_of(value) is not None for value in values)
    return bool(values) and days * 2 > len(values)


def _work_contracts(found: FoundColumns, answers: Mapping[str, str]) -> None:
    """« Contrat » may be the kind of a work contract or the number of a public contract."""
    for place in found.places(Role.TYPE):
        texts = [text_of(value) for value in found.filled(place)]
        kinds = sum(find(EmploymentKind, text) is not None for text in texts)
        if not texts or kinds * 2 >= len(texts):
            continue
        column = found.columns[place]
        digits = sum(any(map(str.isdigit, text)) for text in texts)
        found.give(place, Role.IGNORE)
        asked = f"role/{column.token}" not in answers
        if asked and digits * 2 > len(texts) and not found.places(Role.CONTRACT):
            found.questions.append(
                questions.contract_question(shown_heading(column, place), column.token)
            )


def _kinds(found: FoundColumns, answers: Mapping[str, str]) -> None:
    """A column of another name that says « formation » of some hours tells their nature."""
    for place, column in enumerate(found.columns):
        if column.role is not Role.IGNORE or f"role/{column.token}" in answers:
            continue
        kinds = [find(HourKind, text_of(value)) for value in found.filled(place)]
        known = sum(kind is not None for kind in kinds)
        if HourKind.TRAINING in kinds and known * 2 > len(kinds) and not found.places(Role.KIND):
            found.give(place, Role.KIND)


def _only_one_of_each(found: FoundColumns) -> None:
    """Keep the first column of each role that a line has once."""
    seen: Counter[Role] = Counter()
    for place, column in enumerate(found.columns):
        if column.role in _REPEATED:
            continue
        seen[column.role] += 1
        if seen[column.role] > 1:
            found.give(place, Role.IGNORE)
            found.remarks.append(
                (column.heading, "deux colonnes disent la même chose, la première est lue")
            )


def are_figures(values: Sequence[CellValue]) -> bool:
    """Whether the cells of a column without a known name could be hours."""
    texts = [value for value in values if value != ""]
    good = 0
    for value in texts:
        if is_number(value):
            good += 1
        elif isinstance(value, str):
            try:
                parse_hours(value)
            except NotHours:
                continue
            good += 1
    return bool(texts) and good * 10 >= len(texts) * 8
