"""From the rows of a table to what people did: one figure for each person, place and period.

Rows are judged in order, since a note in the middle of a table (the name of a site, another month)
holds for the lines under it. A row that is neither a line, a total nor a note is told, never
dropped in silence.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from suivi_tui.exchange.statement_files import questions
from suivi_tui.exchange.statement_files.cell_values import Blank, Fault, hours_of, text_of
from suivi_tui.exchange.statement_files.column_roles import looks_like_name
from suivi_tui.exchange.statement_files.context import (
    NOTHING,
    Context,
    is_label,
    names_a_site,
    read_note,
    under,
)
from suivi_tui.exchange.statement_files.declared import Basis, DeclaredLine, LineRemark
from suivi_tui.exchange.statement_files.layout import Layout, Unit
from suivi_tui.exchange.statement_files.line_making import LineMaker
from suivi_tui.exchange.statement_files.periods import Period
from suivi_tui.exchange.statement_files.roles import FIGURES, Role
from suivi_tui.exchange.statement_files.row_texts import is_reminder, is_total
from suivi_tui.exchange.statement_files.surroundings import Surroundings
from suivi_tui.exchange.statement_files.tables import SheetGrid, Table
from suivi_tui.exchange.statement_files.totals import TotalsCheck
from suivi_tui.exchange.statement_files.workbook import CellValue
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month, month_of
from suivi_tui.vocabulary.numbers import NBSP, plural

# Day and night: what is above it is no number of hours.
MOST_A_DAY = 2400
MAY_REPEAT = (
    Role.PERSON, Role.LAST, Role.FIRST, Role.BIRTH, Role.REFERENCE, Role.MONTH, Role.LOT,
    Role.CONTRACT, Role.SITE, Role.COMPANY, Role.EMPLOYER, Role.WEEK, Role.FROM, Role.TO, Role.YEAR,
)  # fmt: skip
_WHERE = (Role.LOT, Role.CONTRACT, Role.SITE, Role.COMPANY, Role.EMPLOYER)
_PLACES_SHOWN = 8


@dataclass(slots=True)
class Figure:
    """A line with the days its hours cover, and the month that the titles above it tell."""

    line: DeclaredLine
    period: Period
    told: Month | None = None


@dataclass(slots=True)
class Unfolded:
    """What the tables of a sheet gave."""

    figures: list[Figure] = field(default_factory=list)
    left_out: list[LineRemark] = field(default_factory=list)
    warnings: list[LineRemark] = field(default_factory=list)


class TableReader:
    """Reads the rows of one table into ``result``, checking totals on the way."""

    def __init__(
        self,
        grid: SheetGrid,
        table: Table,
        layout: Layout,
        around: Surroundings,
        totals: TotalsCheck,
        result: Unfolded,
        repeated: Sequence[int] = (),
    ) -> None:
        self._grid = grid
        self._table = table
        self._layout = layout
        self._totals = totals
        self._result = result
        self._maker = LineMaker(layout, around)
        self.context = around.context
        self._figures = [p for p, c in enumerate(layout.columns) if c.role in FIGURES]
        self._people = [
            place
            for place, column in enumerate(layout.columns)
            if column.role in (Role.PERSON, Role.LAST, Role.REFERENCE)
        ]
        self._never = {p for p, c in enumerate(layout.columns) if c.role is Role.NEVER_READ}
        self._merged = [
            place
            for place, column in enumerate(layout.columns)
            if column.role in MAY_REPEAT and grid.has_merged
        ]
        self._repeated = repeated
        self._above: dict[int, CellValue] = {}
        self._idle: list[int] = []
        self._reminders: list[int] = []
        self._last_line = 0

    def read(self, tick: Callable[[int], None]) -> Context:
        """Read every row; returns what the notes after the last line say, for what follows."""
        self._totals.new_table()
        pending = NOTHING
        for row in range(self._table.first, self._table.end):
            tick(row)
            cells = self._cells(row)
            if not any(value != "" and text_of(value) for value in cells):
                continue
            note = self._row(row, cells, pending)
            pending = NOTHING if note is None else _joined(pending, note)
        self._tell_idle()
        return pending

    def _cells(self, row: int) -> list[CellValue]:
        """The cells of a row, as wide as the header, without what must never be read."""
        cells = list(self._grid.rows[row])
        width = len(self._layout.columns)
        if len(cells) < width:
            cells += [""] * (width - len(cells))
        for place in self._never:
            cells[place] = ""
        return cells

    def _row(self, row: int, cells: list[CellValue], pending: Context) -> Context | None:
        """Judge a row; returns what it says when it is a note, None when it is not one."""
        has_figures = any(says(cells[place]) for place in self._figures)
        if has_figures and (self._merged or self._repeated):
            self._fill(row, cells)
        named = [text_of(cells[place]) for place in self._people if says(cells[place])]
        if self._is_total(cells, named):
            self._total(row, cells)
            return None
        if has_figures and not self._is_note(cells, named):
            if named or self.context.person or pending.person:
                if pending is not NOTHING:
                    self.context = under(self.context, pending)
                self._line(row, cells)
            else:
                self._nameless(row, cells)
            return None
        return self._note(row, cells, bool(named))

    def _is_note(self, cells: Sequence[CellValue], named: Sequence[str]) -> bool:
        """Whether a row that has something under a column of hours is a title all the same."""
        if named and is_label(named[0]):
            return True
        figures = [self._hours(cells[place]) for place in self._figures]
        if any(not isinstance(hours, Blank | Fault) for hours in figures):
            return False
        texts = [v for v in (cells[p] for p in self._figures) if isinstance(v, str) and says(v)]
        if not texts or any(text.startswith("#") for text in texts):
            return False
        return not named

    def _fill(self, row: int, cells: list[CellValue]) -> None:
        """Put in empty cells what a merged block, or the line above, says for them."""
        for place in self._merged:
            corner = None if says(cells[place]) else self._grid.corner(row, place)
            if corner is not None and corner[0] >= self._table.first and corner[1] == place:
                cells[place] = self._grid.at(row, place)
        if not self._repeated or self._is_total(cells, []):
            return
        where = [p for p in self._repeated if self._layout.columns[p].role in _WHERE]
        if any(says(cells[place]) for place in where):
            # Another contract: the lot of the line above is not its own.
            self._above.update(dict.fromkeys(where, ""))
        for place in self._repeated:
            if says(cells[place]):
                self._above[place] = cells[place]
            else:
                cells[place] = self._above.get(place, "")

    def _is_total(self, cells: Sequence[CellValue], named: Sequence[str]) -> bool:
        if named:
            return is_total(named[0])
        return any(isinstance(value, str) and value and is_total(text_of(value)) for value in cells)

    def _total(self, row: int, cells: Sequence[CellValue]) -> None:
        label = next((text_of(v) for v in cells if isinstance(v, str) and is_total(text_of(v))), "")
        if is_reminder(label):
            self._reminders.append(row + 1)
            return
        for place in self._figures:
            hours = self._hours(cells[place])
            if isinstance(hours, Fault):
                self._totals.warn(
                    row + 1, self._heading(place), f"total non vérifié{NBSP}: {hours}"
                )
            elif not isinstance(hours, Blank):
                self._totals.total(row + 1, self._heading(place), place, hours)
        self._totals.end_of_total()

    def _nameless(self, row: int, cells: Sequence[CellValue]) -> None:
        """Figures without a name: a total nobody called so, or a line nobody can place."""
        figures = {place: self._hours(cells[place]) for place in self._figures}
        read = {p: h for p, h in figures.items() if not isinstance(h, Blank | Fault)}
        faults = any(isinstance(hours, Fault) for hours in figures.values())
        if not read and not faults:
            return
        if (
            not faults
            and self._totals.several_lines
            and all(self._totals.agrees(place, hours) for place, hours in read.items())
        ):
            self._totals.end_of_total()
            return
        if any(read.values()) or faults:
            self._leave_out(row, "", "pas de nom sur cette ligne")

    def _note(self, row: int, cells: Sequence[CellValue], named: bool) -> Context | None:
        filled = [value for value in cells if says(value)]
        note = read_note(filled)
        if len(filled) == 1:
            text = text_of(filled[0])
            if note.says_where or note.when or note.company or note.employer or note.person:
                return note
            if self._is_site(row, text):
                return replace(note, site=text)
        elif not named or note.says_where:
            return note
        if named:
            self._idle.append(row + 1)
        return NOTHING

    def _is_site(self, row: int, text: str) -> bool:
        place = next(p for p, value in enumerate(self._grid.rows[row]) if says(value))
        if self._grid.corner(row, place + 1) == (row, place) or names_a_site(text):
            return True
        return looks_like_name(text) and self._layout.answers.get("lone") == questions.SITE

    def _line(self, row: int, cells: list[CellValue]) -> None:
        """Turn a row into figures: one for each of its columns of hours that says something."""
        base = self._maker.base(cells, self.context)
        if isinstance(base, Fault):
            self._leave_out(row, "", str(base))
            return
        read = total = 0
        same: dict[tuple[object, ...], Figure] = {}
        for place in self._figures:
            figure = self._figure(row, place, cells, base)
            if figure is None:
                continue
            hours = figure.line.hours
            self._totals.add(place, hours)
            read, total = read + 1, total + hours
            line = figure.line
            key = (figure.period, line.kind, line.contract, line.lot, line.site)
            if key in same:
                # Columns that are added up: normal and extra hours, or the days of a month.
                known = same[key]
                known.line = replace(known.line, hours=Hours(known.line.hours + hours))
            else:
                same[key] = figure
        self._result.figures.extend(same.values())
        self._last_line = row + 1
        if read:
            self._totals.line()
            self._check_row(row, cells, total, read)
        for heading, remark in self._maker.take_remarks():
            self._result.warnings.append(LineRemark(self._totals.sheet, row + 1, heading, remark))

    def _figure(
        self, row: int, place: int, cells: Sequence[CellValue], base: DeclaredLine
    ) -> Figure | None:
        """The figure of one cell; None when it says nothing, or cannot be read, which is told."""
        hours = self._hours(cells[place])
        if hours is Blank.BLANK:
            return None
        column = self._layout.columns[place]
        period = column.period or self._maker.period(cells, self.context)
        fault = next((found for found in (hours, period) if isinstance(found, Fault)), None)
        if isinstance(hours, Blank | Fault) or isinstance(period, Fault):
            self._leave_out(row, column.heading, str(fault))
            return None
        fault = self._fault(period, hours)
        if self._shared_cell(row, place):
            fault = Fault("les heures sont dans une cellule fusionnée sur plusieurs lignes")
        if fault is not None:
            self._leave_out(row, column.heading, str(fault))
            return None
        line = self._maker.line(base, row + 1, column, hours, period)
        return Figure(line, period, self._told())

    def _told(self) -> Month | None:
        when = self.context.when
        if when is None or when.kind != "month":
            return None
        period = self.context.period(None)
        return None if period is None else month_of(period.first)

    def _shared_cell(self, row: int, place: int) -> bool:
        if not self._grid.has_merged or self._grid.corner(row, place) != (row, place):
            return False
        below = self._grid.corner(row + 1, place) == (row, place)
        people = [self._grid.corner(row + 1, p) == self._grid.corner(row, p) for p in self._people]
        return below and not (people and all(people) and self._grid.corner(row, self._people[0]))

    def _fault(self, period: Period, hours: Hours) -> Fault | None:
        fault = self._maker.out_of_bounds(period)
        if fault is not None:
            return fault
        cumulated = self._layout.basis is Basis.CUMULATED
        if not cumulated and abs(hours) > MOST_A_DAY * period.days:
            return Fault("plus d'heures que la période n'en compte")
        return None

    def _check_row(self, row: int, cells: Sequence[CellValue], total: int, read: int) -> None:
        for place, column in enumerate(self._layout.columns):
            if column.role is Role.TOTAL and read > 0:
                told = hours_of(cells[place], Unit.HOURS, self._layout.day_hours)
                if self._layout.unit is not Unit.HOURS:
                    told = self._hours(cells[place])
                if not isinstance(told, Blank | Fault):
                    self._totals.row(row + 1, column.heading, told, Hours(total), read)

    def _hours(self, value: CellValue) -> Hours | Blank | Fault:
        if value == "":
            return Blank.BLANK
        return hours_of(value, self._layout.unit, self._layout.day_hours)

    def _heading(self, place: int) -> str:
        return self._layout.columns[place].heading

    def _leave_out(self, row: int, heading: str, message: str) -> None:
        self._result.left_out.append(LineRemark(self._totals.sheet, row + 1, heading, message))

    def _tell_idle(self) -> None:
        """Say which rows gave no line: a table that was misread would show it."""
        for rows, what in (
            ([row for row in self._idle if row < self._last_line], "sans heures"),
            (self._reminders, "de rappel, non lues"),
        ):
            if not rows:
                continue
            named = ", ".join(str(row) for row in rows[:_PLACES_SHOWN])
            more = "…" if len(rows) > _PLACES_SHOWN else ""
            message = f"{plural(len(rows), 'ligne', 'lignes')} {what} (n° {named}{more})"
            self._result.warnings.append(LineRemark(self._totals.sheet, 0, "", message))


def _joined(pending: Context, note: Context) -> Context:
    if note == NOTHING:
        return pending
    return note if pending is NOTHING else under(pending, note)


def says(value: CellValue) -> bool:
    return value != "" and (not isinstance(value, str) or bool(value.strip()))
