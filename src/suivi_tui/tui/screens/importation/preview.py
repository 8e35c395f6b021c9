"""The lines of one statement file, what they would become, and how far their reading is."""

from typing import TYPE_CHECKING, Any, Final

from textual import events, on
from textual.app import ComposeResult
from textual.timer import Timer

from suivi_tui.tui.commands import Command
from suivi_tui.tui.plain import shown, wrapped
from suivi_tui.tui.screens.importation.asking import with_enter
from suivi_tui.tui.screens.importation.lines import (
    NARROW,
    OUTCOMES,
    WIDE,
    PlannedLines,
    detail,
)
from suivi_tui.tui.screens.importation.progress import EVERY, Progress
from suivi_tui.tui.screens.importation.session import Session
from suivi_tui.tui.screens.importation.words import about_lines
from suivi_tui.tui.screens.shared.exporting import export_shown
from suivi_tui.tui.screens.shared.fixed_list import FixedList, FixedListScreen
from suivi_tui.tui.widgets.paged_list import PagedList
from suivi_tui.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from suivi_tui.actions.statement_import.planned import PlannedLine, StatementPlan

WIDE_FROM: Final = 110
NO_LINES: Final = (
    "Aucune ligne d'heures n'a été trouvée dans ce fichier. Touche c pour dire ce que contiennent "
    "ses colonnes, i pour choisir un autre fichier."
)


class PreviewScreen(FixedListScreen[None]):
    """What a session knows of its file, on screen; ``progress`` is set while it is being read.

    ``outcome`` narrows the lines to those of one outcome ('': all of them).
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.progress: Progress | None = None
        self.outcome = ""
        self._ticker: Timer | None = None

    def compose_body(self) -> ComposeResult:
        """What the file is, its lines, the line of the cursor in full."""
        yield StatusLine(1, id="about")
        yield FixedList(self.columns(), title="", empty="", id="lines")
        yield StatusLine(4, id="line")

    def columns(self) -> tuple[Any, ...]:
        """More columns where there is room."""
        return WIDE if self.app.size.width >= WIDE_FROM else NARROW

    @property
    def lines(self) -> FixedList:
        """The list of the lines."""
        return self.query_one("#lines", FixedList)

    @property
    def plan(self) -> "StatementPlan | None":
        """What the file would do, once it is read."""
        return self.session.plan

    @property
    def line(self) -> "PlannedLine | None":
        """The line of the cursor."""
        row = self.lines.current if self.is_mounted and self.query("#lines") else None
        return self.plan.lines[int(row.id)] if row is not None and self.plan is not None else None

    # progress

    def work_on(self, step: str, then: str = "") -> Progress:
        """Some work begins: what was under way stops."""
        if self.progress is not None:
            self.progress.stopped = True
        self.progress = progress = Progress(step, then)
        if self._ticker is None:
            self._ticker = self.set_interval(EVERY, self._tick)
        self._tick()
        self._say_about()
        self.refresh_bindings()
        return progress

    def _tick(self) -> None:
        """Show how far the reading is."""
        if self.progress is not None:
            text = self.progress.text()
            if self.plan is not None:
                self.lines.title = text
                self.lines.refresh_header()
            elif self.lines.empty != text:
                self.lines.loaded, self.lines.empty = True, text
                self.lines.refresh()

    def rest(self) -> None:
        """The reading is over."""
        self.progress = None
        if self._ticker is not None:
            self._ticker.stop()
            self._ticker = None
        self.refresh_bindings()

    # showing

    def show_plan(self) -> None:
        """Show the lines, those of one outcome when the person asked for it."""
        plan, session = self.plan, self.session
        if plan is None:
            return
        wide = self.columns() is WIDE
        only = OUTCOMES.get(self.outcome)
        self.lines.title = f"Lignes {only.several}" if only else "Toutes les lignes"
        self.lines.empty = f"Aucune ligne {only.one}. Touche t : toutes." if only else NO_LINES
        self.lines.show(
            PlannedLines(plan.lines, session.accepted, self.outcome, wide=wide), keep=True
        )
        self._say_about()
        self.refresh_bindings()

    def _say_about(self) -> None:
        bar, lines = self.query_one("#about", StatusLine), about_lines(self.session)
        if len(lines) != bar.row_count:
            bar.styles.height = len(lines)
        bar.say(*lines)

    def on_resize(self, event: events.Resize) -> None:
        """Another width shows other columns."""
        for lines in self.query("#lines").results(FixedList):
            if lines.columns != self.columns():
                lines.columns = self.columns()
                self.show_plan()

    def commands_here(self) -> list[Command]:
        """Enter says what it does on this line; the global import gives way to this screen's."""
        here = [each for each in super().commands_here() if each.name != "import_file"]
        return with_enter(here, *self.enter_does())

    def can_undo(self) -> bool:
        """What would be undone is not of this screen: nothing of it is written yet."""
        return False

    def can_export(self) -> bool:
        """Once the file is read."""
        return self.plan is not None

    def export_shown(self) -> None:
        """The lines, those of one outcome when they are shown, with every column."""
        plan = self.plan
        if plan is not None:
            lines = PlannedLines(plan.lines, self.session.accepted, self.outcome, wide=True)
            found = lines.fetch(None, None, None, len(plan.lines), None, self.lines.filter)
            # A reason may name somebody.
            export_shown(self, "Lignes du relevé", WIDE, found, names=("Participant", "Motif"))

    def enter_does(self) -> tuple[str, str]:
        """The label and the help of Enter, both empty when it does nothing."""
        return "", ""

    @on(PagedList.RowHighlighted)
    def _moved(self) -> None:
        line, bar = self.line, self.query_one("#line", StatusLine)
        source = self.lines.source
        if line is not None and isinstance(source, PlannedLines):
            width = max(20, (bar.size.width or 80) - 2)
            what, why = detail(line, source.words(line))
            said = [(part, "total") for part in wrapped(shown(what), width)[:2]]
            bar.say_at_rest(*said, *wrapped(shown(why), width)[: 4 - len(said)])
        self.refresh_bindings()

    @on(PagedList.Loaded)
    def _loaded(self) -> None:
        if self.line is None:
            self.query_one("#line", StatusLine).say()

    def action_only(self, outcome: str) -> None:
        """Show the lines of one outcome; again, or '': all of them."""
        self.outcome = "" if outcome == self.outcome else outcome
        self.show_plan()
