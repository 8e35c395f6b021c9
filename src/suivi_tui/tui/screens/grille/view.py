"""What a grid screen shows, and each cell saved when it is left; both views share it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from textual import on
from textual.app import ComposeResult

from suivi_tui import paths
from suivi_tui.readings.entry_grid import EntryGrid
from suivi_tui.store.queries.hours import GridCell, GridRow
from suivi_tui.tui.plain import wrapped
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.grille import content, saving, words
from suivi_tui.tui.screens.grille.drafts import GridDrafts
from suivi_tui.tui.screens.grille.saving import CellPlace, NothingToWrite
from suivi_tui.tui.screens.grille.widget import PeopleGrid
from suivi_tui.tui.widgets.cells import Cell, CellKey
from suivi_tui.tui.widgets.hour_grid import HourGrid
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.tui.widgets.status_line import StatusLine, joined
from suivi_tui.tui.workers import Failure
from suivi_tui.vocabulary.choices import StatementStatus
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

if TYPE_CHECKING:
    from suivi_tui.readings.entry_facts import EntryFacts

_SETTLED: Final = (StatementStatus.NO_ACTIVITY.value, StatementStatus.CHECKED.value)


class GridView(SuiviScreen[None]):
    """A grid of hours. A subclass says what it reads (``question``) and of whom (``about``)."""

    about_height = 2
    empty = ""
    gone = ""

    def __init__(self, obligation: int | None, sender: int | None, month: Month | None) -> None:
        super().__init__()
        self.obligation = obligation
        self.sender = sender
        self.whole = False
        self.unfold = False
        self.entry: EntryGrid | None = None
        self.rows: list[GridRow] = []
        self.drafts = GridDrafts(self)
        self._month = month
        self._extra: list[GridRow] = []
        self._saves: dict[CellKey, int] = {}
        self._move_to: CellKey | None = None
        # What was typed since the facts of the checks were asked for.
        self._entered: list[tuple[GridRow, Month, GridCell | None]] = []

    # what a subclass writes

    def question(self) -> Callable[[Any], EntryGrid | None]:
        """What to ask of the base, with what the screen wants now."""
        raise NotImplementedError

    def about(self, entry: EntryGrid, row: GridRow | None) -> list[Piece]:
        """The lines over the grid that do not change while a number is typed."""
        raise NotImplementedError

    # screen

    def compose_body(self) -> ComposeResult:
        """What it is about, the grid, the cell and what the checks say of it."""
        yield StatusLine(self.about_height, id="about")
        yield PeopleGrid(id="grid")
        yield StatusLine(2 + words.SAID_LINES, id="cell")

    @property
    def grid(self) -> PeopleGrid:
        """The grid."""
        return self.query_one(PeopleGrid)

    def load(self) -> None:
        """The grid over its window of months."""
        self.read("grid", self.question(), self.show_entry)

    def show_entry(self, entry: EntryGrid | None) -> None:
        """Show what was read; the first time, propose the half-typed cell again."""
        if entry is None:
            self.query_one("#cell", StatusLine).say(self.gone)
            self.grid.set_data([], [], {})
            return
        first, self.entry = self.entry is None, entry
        known = {content.key_of(row) for row in entry.grid.rows}
        self._extra = [
            row
            for row in self._extra
            if content.key_of(row) not in known and row.obligation in entry.grid.obligations
        ]
        ranks = {row.placement: place for place, row in enumerate(entry.grid.rows)}
        rows = [*entry.grid.rows, *self._extra]
        self.rows = sorted(rows, key=lambda row: (ranks.get(row.placement, 0), row.kind))
        self.show_rows()
        self._go_there(first)
        self.show_about()
        self.show_cell()
        self.refresh_bindings()
        self._ask_facts()
        if first:
            self.grid.focus()
            self.drafts.propose()

    def show_rows(self) -> None:
        """Draw the lines again, with or without the figures that differ."""
        if self.entry is not None:
            self.grid.show(
                self.entry, self.rows, read_only=self.suivi.read_only, unfold=self.unfold
            )

    def _ask_facts(self) -> None:
        """What the checks need to know of the people shown, once the grid is there."""
        placements, today = {row.placement for row in self.rows}, self.suivi.today
        self._entered = []

        def ask(base: Any) -> Any:
            from suivi_tui.readings.entry_facts import entry_facts
            from suivi_tui.reference.loader import thresholds

            limits = thresholds(paths.reference_file())
            return entry_facts(base.connection, placements, today, limits)

        def known(facts: "EntryFacts") -> None:
            for line in self._entered:
                _tell(facts, *line)
            self.grid.know(facts)
            self.show_cell()

        self.read("facts", ask, known)

    def _go_there(self, first: bool) -> None:
        grid = self.grid
        wanted = self._move_to or ((None, self._month) if first and self._month else None)
        self._move_to = None
        if wanted is None or grid.editing:
            return
        rows = [place for place, line in enumerate(grid.lines) if line.key == wanted[0]]
        columns = [place for place, month in enumerate(grid.months) if month.key == wanted[1]]
        grid.go_to_cell(
            rows[0] if rows else grid.cursor_row, columns[0] if columns else grid.cursor_column
        )

    # what is said around the grid

    def show_about(self) -> None:
        """Whose hours these are, and where the obligation of the cursor stands."""
        if self.entry is None:
            return
        status, figures = self.query_one("#about", StatusLine), self.grid.figures_now()
        lines = self.about(self.entry, self.grid.row_here)
        if figures is not None:
            width = (status.size.width or self.suivi.size.width) - 1
            tone = "alerte" if figures.owed is None else ""
            lines.append((words.figures_words(figures, width), tone))
        status.say(*lines)

    @on(HourGrid.CursorMoved)
    def _moved(self, event: HourGrid.CursorMoved) -> None:
        event.stop()
        self.query_one("#cell", StatusLine).say_at_rest(*self._cell_words())
        if self.sender is not None:
            self.show_about()

    @on(HourGrid.Typed)
    def _typed(self, event: HourGrid.Typed) -> None:
        """Figures and checks follow at each key."""
        event.stop()
        self.show_about()
        self.show_cell()

    def show_cell(self) -> None:
        """Say now what is under the cursor."""
        self.query_one("#cell", StatusLine).say(*self._cell_words())

    def _cell_words(self) -> tuple[Piece | str, ...]:
        here, grid = self.here(), self.grid
        if self.entry is None or here is None:
            width = (grid.size.width or self.suivi.size.width) - 2
            return tuple(wrapped(self.empty, width)) if self.entry is not None else ()
        row, month = here
        person = joined([content.person_name(row), grid.lines[grid.cursor_row].hint])
        width = grid.size.width or self.suivi.size.width
        if grid.fault_now:
            return (person, *words.refused_words(grid.fault_now, width))
        said = words.finding_pieces(grid.findings_here(), width)
        return (words.cell_words(self.entry, row, month), person, *said)

    def here(self) -> tuple[GridRow, Month] | None:
        """The person and month under the cursor."""
        row, month = self.grid.row_here, self.grid.column_key
        return (row, Month(month)) if row is not None and isinstance(month, int) else None

    def place(self, row: GridRow, month: Month) -> CellPlace:
        """The cell of a person and a month."""
        return CellPlace(row.obligation, row.placement, row.kind, month)

    # one cell

    @on(HourGrid.CellLeft)
    def _left(self, event: HourGrid.CellLeft) -> None:
        event.stop()
        row = self.grid.rows.get(event.row)
        if self.entry is None or row is None or not isinstance(event.column, int):
            return
        key: CellKey = (event.row, event.column)
        number = self._saves[key] = self._saves.get(key, 0) + 1
        month, hours, text = Month(event.column), event.hours, event.text
        place, before = self.place(row, month), self.grid.stored(*key)
        self._take(row, month, before, hours)

        def saved(_: object) -> None:
            self.drafts.saved(key)
            if self._saves.get(key) != number:
                return
            now = self.grid.stored(*key)
            if (now.declared if now is not None else None) != hours:
                # What was read before the write came after what was typed.
                self._take(row, month, now, hours)
            self._show_saved(row, month)
            if self._belied(row.obligation, month):
                self.reload()
            elif self.unfold:
                self.show_rows()

        def failed(failure: Failure) -> None:
            if self._saves.get(key) == number and self.is_attached:
                self._give_back(row, month, before)
                self.drafts.could_not_save(key, text)
            self.suivi.toast_failure(failure)

        self.write(lambda base: saving.save_cell(base, place, hours), saved, failed)

    def _take(
        self, row: GridRow, month: Month, before: GridCell | None, hours: Hours | None
    ) -> None:
        """Hours typed count at once, before the disk has them."""
        typed = before or GridCell(0, None, "", "", "", None)
        if hours is not None and hours != typed.declared:
            typed = typed._replace(validated=None, refusal_reason="")
        typed = typed._replace(declared=hours or 0, spread=0)
        self._exchange(row, month, before, None if hours is None else typed)

    def _exchange(
        self, row: GridRow, month: Month, old: GridCell | None, new: GridCell | None
    ) -> None:
        """A cell holds something else: figures, checks and what was read follow."""
        if self.entry is None:
            return
        figures = self.entry.figures[row.obligation]
        pair = (new.declared, new.validated) if new is not None else None
        self.entry.figures[row.obligation] = figures.exchanged(old, pair)
        numbers = (row.placement, row.kind, month)
        self.entry.grid.cells.pop(numbers, None)
        if new is not None:
            self.entry.grid.cells[numbers] = new
        self._entered.append((row, month, new))
        if self.grid.facts is not None:
            _tell(self.grid.facts, row, month, new)
        self.grid.checked_again(row, month)
        self.show_about()

    def _belied(self, obligation: int, month: Month) -> bool:
        """Whether new hours change what is known of the statement of a month."""
        if self.entry is None:
            return False
        found = self.entry.statements(obligation, month)
        return any(statement.status in _SETTLED for statement in found)

    def _give_back(self, row: GridRow, month: Month, before: GridCell | None) -> None:
        """What was there before a write that failed."""
        self._exchange(row, month, self.grid.stored(content.key_of(row), month), before)
        self._show_saved(row, month)

    def _show_saved(self, row: GridRow, month: Month) -> None:
        """A cell as the base now holds it."""
        if self.entry is not None:
            cell = content.cell_of(self.entry, row, month, self.suivi.read_only)
            self.grid.put(content.key_of(row), month, cell or Cell())
        self.show_cell()

    @on(HourGrid.TextRefused)
    def _text_refused(self, event: HourGrid.TextRefused) -> None:
        """The sentence stays under the grid as long as the text stays in the cell."""
        event.stop()
        self.show_cell()

    @on(HourGrid.CellRefused)
    def _refused(self, event: HourGrid.CellRefused) -> None:
        event.stop()
        if not isinstance(event, HourGrid.TextRefused):
            self.notify_plain(event.reason, "warning")

    @on(HourGrid.DraftChanged)
    def _draft(self, event: HourGrid.DraftChanged) -> None:
        event.stop()
        self.drafts.changed(event.draft)

    def keep_draft(self) -> None:
        """The screen is left or the application ends: what is half-typed is kept."""
        if self.grid.editing:
            self.drafts.changed(self.grid.draft)

    def act(
        self, function: Callable[[Any], Any], then: Callable[[Any], object] | None = None
    ) -> None:
        """Write; when there was nothing to write, say so and claim nothing."""

        def failed(failure: Failure) -> None:
            if isinstance(failure.error, NothingToWrite):
                self.notify_plain(failure.message)
            else:
                self.suivi.toast_failure(failure)

        self.write(function, then, failed)


def _tell(facts: "EntryFacts", row: GridRow, month: Month, cell: GridCell | None) -> None:
    """The facts of the checks follow what a cell now holds."""
    place = (row.obligation, row.placement, row.kind, month)
    facts.entered(*place, None if cell is None else Hours(cell.declared))
    if cell is not None and cell.validated is not None:
        facts.decided(*place, Hours(cell.validated))
