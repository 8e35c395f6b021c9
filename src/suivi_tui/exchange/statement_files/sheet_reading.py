"""Reading one sheet: its titles, then each of its tables, in the order in which they stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from suivi_tui.exchange.statement_files import questions
from suivi_tui.exchange.statement_files.cell_values import text_of
from suivi_tui.exchange.statement_files.column_roles import (
    FoundColumns,
    find_columns,
)
from suivi_tui.exchange.statement_files.context import (
    NOTHING,
    Context,
    may_be_a_title,
    read_note,
    under,
)
from suivi_tui.exchange.statement_files.declared import LineRemark
from suivi_tui.exchange.statement_files.figure_periods import settle_periods
from suivi_tui.exchange.statement_files.figures import settle_figures
from suivi_tui.exchange.statement_files.layout import Layout, shape_of
from suivi_tui.exchange.statement_files.lone_rows import lone_names
from suivi_tui.exchange.statement_files.measures import settle_measures
from suivi_tui.exchange.statement_files.questions import LayoutQuestion
from suivi_tui.exchange.statement_files.repeats import repeated_columns, surely_repeated
from suivi_tui.exchange.statement_files.roles import FIGURES, WHEN, Role
from suivi_tui.exchange.statement_files.row_texts import is_total, safe_text
from suivi_tui.exchange.statement_files.surroundings import Surroundings
from suivi_tui.exchange.statement_files.tables import SheetGrid, Table, find_tables
from suivi_tui.exchange.statement_files.totals import TotalsCheck
from suivi_tui.exchange.statement_files.unfolding import TableReader, Unfolded, says
from suivi_tui.exchange.statement_files.when import When, find_when
from suivi_tui.exchange.statement_files.workbook import Sheet
from suivi_tui.vocabulary.months import Month, month_of, parse_month
from suivi_tui.vocabulary.numbers import NBSP

SAMPLE_ROWS = 5
_TITLE_DISTANCE = 2
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class SheetReading:
    """One kind of table found in a sheet: how it is read, and its first rows, to show."""

    name: str
    shape: str
    layout: Layout
    questions: tuple[LayoutQuestion, ...] = ()
    header: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a file is read with: profiles by shape, the date, the month asked for, its name."""

    layouts: Mapping[str, Layout]
    today: date
    month: Month | None
    file: Context
    tick: Callable[[int], None]


@dataclass(slots=True)
class SheetResult:
    """What a sheet gave."""

    readings: list[SheetReading] = field(default_factory=list)
    unfolded: Unfolded = field(default_factory=Unfolded)


def read_sheet(sheet: Sheet, asked: Asked) -> SheetResult:
    """Read the tables of ``sheet``; a sheet without any is skipped with one remark."""
    result = SheetResult()
    if not any(says(value) for row in sheet.rows for value in row):
        return result
    grid = SheetGrid(sheet)
    tables = find_tables(grid)
    reader = _SheetReader(sheet, grid, asked, result)
    for table in tables:
        reader.read(table, len(tables) > 1)
    reader.finish()
    return result


class _SheetReader:
    def __init__(self, sheet: Sheet, grid: SheetGrid, asked: Asked, result: SheetResult) -> None:
        self._sheet = sheet
        self._grid = grid
        self._asked = asked
        self._result = result
        self._totals = TotalsCheck(sheet.name)
        named = read_note([sheet.name])
        self._named = replace(named, employer="", company="", person="")
        self._context = self._named
        self._opening = self._named
        self._next = 0
        self._first = -1
        self._read = 0
        self._why = ""

    def read(self, table: Table, several: bool) -> None:
        """Read a table and the notes above it, when people and hours are found in it."""
        if table.first == self._first:
            context = self._opening  # another table on the same rows, further to the right
        else:
            notes = self._notes(self._next, table.header_rows[0], several)
            context = under(self._context, notes) if notes is not NOTHING else self._context
        shape = shape_of(table.header)
        profile = self._asked.layouts.get(shape, Layout())
        around = Surroundings(
            self._sheet.name, context, self._asked.file, self._asked.today,
            self._asked.month, profile.answers,
        )  # fmt: skip
        found = find_columns(self._grid, table, profile.answers)
        settle_periods(found, table.headings, around)
        settle_figures(found, around)
        if not self._is_readable(found, context) or not self._has_lines(table, found):
            # A header without lines under it: what it says may still be a title.
            return
        self._context = self._opening = context
        self._next, self._first = table.end, table.first
        self._unfold(table, found, around, shape, profile)

    def _is_readable(self, found: FoundColumns, context: Context) -> bool:
        if not found.places(*FIGURES):
            self._why = self._why or "aucune colonne d'heures n'y est reconnue"
            return False
        people = found.places(Role.PERSON, Role.LAST, Role.REFERENCE)
        if not people and not context.person:
            self._why = self._why or "aucune colonne de noms n'y est reconnue"
            return False
        return True

    def _has_lines(self, table: Table, found: FoundColumns) -> bool:
        figures = found.places(*FIGURES)
        return any(
            place < len(self._grid.rows[row]) and says(self._grid.rows[row][place])
            for row in range(table.first, table.end)
            for place in figures
        )

    def _notes(self, first: int, end: int, several: bool) -> Context:
        """What the rows above a table say; the last name alone above it is a site when each of
        several tables has its own."""
        context = NOTHING
        for row in range(first, end):
            filled = [value for value in self._grid.rows[row] if says(value)]
            if not filled:
                continue
            note = read_note(filled)
            text = text_of(filled[0])
            if (
                note == NOTHING
                and len(filled) == 1
                and several
                and end - row <= _TITLE_DISTANCE
                and may_be_a_title(text)
                and not is_total(text)
            ):
                note = replace(note, site=text)
            if note != NOTHING:
                context = note if context is NOTHING else under(context, note)
        return context

    def _unfold(
        self,
        table: Table,
        found: FoundColumns,
        around: Surroundings,
        shape: str,
        profile: Layout,
    ) -> None:
        measures = settle_measures(found, around)
        self._rows_without_year(found, around)
        month = self._month(table, found, around)
        repeated = repeated_columns(self._grid, table, found)
        asked = repeated and "carry" not in profile.answers
        if asked and not surely_repeated(self._grid, table, found, around, repeated):
            named = [found.columns[place].heading for place in repeated]
            found.questions.append(questions.carry_question(named))
        if profile.answers.get("carry") == questions.NO:
            repeated = []
        lone = self._lone(table, found, profile)
        answers = dict(profile.answers)
        layout = Layout(
            tuple(row + 1 for row in table.header_rows),
            table.first + 1,
            tuple(found.columns),
            measures.unit,
            measures.day_hours,
            measures.basis,
            month,
            answers,
        )
        reader = TableReader(
            self._grid,
            table,
            replace(layout, answers=answers | lone),
            around,
            self._totals,
            self._result.unfolded,
            repeated,
        )
        pending = reader.read(self._asked.tick)
        self._context = reader.context if pending is NOTHING else under(reader.context, pending)
        self._read += 1
        for heading, message in found.remarks:
            line = table.header_rows[-1] + 1
            remark = LineRemark(self._sheet.name, line, heading, message)
            if remark[2:] not in [known[2:] for known in self._result.unfolded.warnings]:
                self._result.unfolded.warnings.append(remark)
        self._add_reading(layout, found, table, shape)

    def _month(self, table: Table, found: FoundColumns, around: Surroundings) -> int | None:
        """The month of the sheet when nothing in the table tells it; asked when nothing does."""
        figures = found.places(*FIGURES)
        if found.places(*WHEN) or all(found.columns[place].period for place in figures):
            return None
        if self._opens_with_month(table, figures):
            return None
        told = self._told(found, around)
        conflict = self._conflict(around.context)
        if told is not None and not conflict:
            return None
        answered = around.answered_month
        if answered is not None:
            return answered
        file = around.file.period(around.year)
        proposed = told or (month_of(file.first) if file is not None else None)
        question = questions.month_question(self._sheet.name, around.today, proposed)
        found.questions.append(question)
        return parse_month(question.proposed)

    def _opens_with_month(self, table: Table, figures: list[int]) -> bool:
        """Whether the first line stands under a note that tells its month."""
        for row in range(table.first, table.end):
            cells = self._grid.rows[row]
            if any(place < len(cells) and says(cells[place]) for place in figures):
                return self._notes(table.first, row, False).when is not None
        return False

    def _ask_year(self, found: FoundColumns, around: Surroundings, likely: int) -> None:
        found.questions.append(questions.year_question(self._sheet.name, around.today, likely))

    def _rows_without_year(self, found: FoundColumns, around: Surroundings) -> None:
        """Ask the year of rows that tell old months or weeks without one."""
        if found.places(Role.YEAR):
            return
        for place in found.places(Role.MONTH, Role.WEEK):
            for value in found.filled(place):
                text = text_of(value)
                rank = text.isdigit() and 1 <= int(text) <= _MONTHS
                when = When("month", int(text)) if rank else find_when(text)
                if when is not None and when.kind != "day" and around.is_far(when):
                    self._ask_year(found, around, around.likely_year(when))
                    return

    def _told(self, found: FoundColumns, around: Surroundings) -> Month | None:
        when = around.context.when
        if when is None:
            return None
        period = around.context.period(around.year)
        if period is None:
            likely = around.likely_year(when)
            period = when.period(likely)
            if period is None:
                return None
            if around.is_far(when):
                self._ask_year(found, around, likely)
        return month_of(period.first)

    def _conflict(self, context: Context) -> bool:
        """Whether the name of the sheet tells another month than its title: a copied sheet."""
        named, told = self._named.when, context.when
        if named is None or told is None or named.kind != "month" or told.kind != "month":
            return False
        years = named.year and told.year and named.year != told.year
        return named.number != told.number or bool(years)

    def _lone(self, table: Table, found: FoundColumns, profile: Layout) -> dict[str, str]:
        """Ask about names alone on their line above people: sites, or people without hours."""
        names, first = lone_names(self._grid, table, found)
        if not names or "lone" in profile.answers:
            return {}
        proposed = questions.SITE if first else questions.PERSON
        found.questions.append(questions.lone_question(names, proposed))
        return {"lone": proposed}

    def _add_reading(self, layout: Layout, found: FoundColumns, table: Table, shape: str) -> None:
        """Keep what a table is, once for each shape of the sheet."""
        asked = list({question.key: question for question in found.questions}.values())
        for place, known in enumerate(self._result.readings):
            if known.shape == shape:
                keys = {question.key for question in known.questions}
                more = tuple(question for question in asked if question.key not in keys)
                self._result.readings[place] = replace(known, questions=known.questions + more)
                return
        self._result.readings.append(
            SheetReading(
                self._sheet.name,
                shape,
                layout,
                tuple(asked),
                table.header,
                self._sample(table, found),
            )
        )

    def _sample(self, table: Table, found: FoundColumns) -> tuple[tuple[str, ...], ...]:
        hidden = set(found.places(Role.NEVER_READ))
        sample: list[tuple[str, ...]] = []
        for row in self._grid.rows[table.first : table.end]:
            if len(sample) == SAMPLE_ROWS:
                break
            if any(says(value) for value in row):
                cells = [
                    "" if place in hidden or place >= len(row) else safe_text(row[place])[:60]
                    for place in range(len(found.columns))
                ]
                sample.append(tuple(cells))
        return tuple(sample)

    def finish(self) -> None:
        """Say that the sheet is no statement, and why, when nothing was read in it."""
        unfolded = self._result.unfolded
        unfolded.warnings.extend(self._totals.remarks())
        if not self._read:
            why = f"{NBSP}: {self._why}" if self._why else ""
            message = f"ce n'est pas un relevé d'heures, la feuille n'a pas été lue{why}"
            unfolded.warnings.append(LineRemark(self._sheet.name, 0, "", message))
