"""Screen 1: what to do today, what is late, what comes, how far the year is. The first paint."""

from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult

from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.opening import open_place
from suivi_tui.tui.screens.tableau_de_bord.board import DayBoard
from suivi_tui.tui.screens.tableau_de_bord.year_lines import year_lines
from suivi_tui.tui.widgets.charts import ChartBlock, Lines
from suivi_tui.tui.workers import Failure

if TYPE_CHECKING:
    from suivi_tui.readings.today import Today
    from suivi_tui.readings.year import Year
    from suivi_tui.tui.screens.tableau_de_bord.sections import Day

NOTHING_YET = (
    "Cette base ne suit encore aucun marché.\n\n"
    "Pour commencer, ouvrez l'écran Marchés (touche 3), puis « a » pour ajouter un marché : "
    "l'acheteur, l'entreprise et les heures à réaliser suffisent.\n\n"
    "Pour apporter un tableau ou des données ouvertes : écran Historique (touche 0), puis « i ». "
    "La même chose dans le terminal, application fermée :\n"
    "suivi-tui importer marches FICHIER.csv"
)


def _can_open(screen: Any) -> bool:
    return bool(screen.board.current)


def _can_finish(screen: Any) -> bool:
    return screen.follow_up is not None and not screen.suivi.read_only


class DayScreen(SuiviScreen[None]):
    """The dashboard: two blocks drawn line by line, one question to the base."""

    CSS_PATH = "tableau_de_bord.tcss"
    screen_name = "tableau_de_bord"
    heading = "Tableau de bord"
    purpose = (
        "Ce qui est à faire aujourd'hui, les alertes les plus graves, les obligations les plus en "
        "retard, les relevés manquants, et où en est l'année. ↑ et ↓ vont d'une ligne à l'autre ; "
        "le bas de l'écran dit pourquoi la ligne est là et le prochain geste."
    )
    commands = (
        Command("open_line", "enter", "Ouvrir", "Ouvrir la fiche dont parle la ligne.",
                "tableau_de_bord", "Tableau de bord", footer=10, palette=False,
                available=_can_open),
        Command("finish", "f", "Fait", "Marquer l'échange comme fait aujourd'hui.",
                "tableau_de_bord", "Tableau de bord", footer=20, available=_can_finish),
        Command("read_again", "f5", "Relire", "Relire la base.", "tableau_de_bord",
                "Tableau de bord"),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.today: Today | None = None
        self.year: Year | None = None
        self.board = DayBoard(id="jour")
        self._early = False

    def compose_body(self) -> ComposeResult:
        """The year, then the day."""
        if self.suivi.prepared is not None:
            # Read while the application was starting: the first frame has its figures.
            self.year = self.suivi.prepared()
            self._early = self.year is not None
        yield ChartBlock(self._year, id="annee")
        yield self.board

    def on_mount(self) -> None:
        """Ready for the arrows; Textual calls that of the base class too, which loads."""
        self.board.focus()

    def _year(self, width: int) -> Lines:
        if self.today is not None and self.today.board.empty:
            return []
        return year_lines(self.year, width, self.app.size.height)

    def load(self) -> None:
        """One question: everything the screen shows."""
        day = self.suivi.today

        def question(base: Any) -> "Day":
            from suivi_tui.tui.screens.tableau_de_bord.sections import read_day

            return read_day(base.connection, day)

        if self._early:
            # The frame that is about to be painted goes first.
            self._early = False
            self.call_after_refresh(self.load)
        else:
            self.read("today", question, self.show_today, self._not_read)

    def show_today(self, answer: "Day") -> None:
        """The figures arrive."""
        self.today, sections = answer
        self.year, empty = self.today.year, self.today.board.empty
        self.query_one(ChartBlock).show(self._year)
        self.board.show(() if empty else sections, NOTHING_YET if empty else "")

    def _not_read(self, failure: Failure) -> None:
        self.board.show((), failure.message)
        self.suivi.toast_failure(failure)

    @property
    def follow_up(self) -> int | None:
        """The exchange under the cursor, if any."""
        current = self.board.current
        return current.entry.follow_up if current and current.entry else None

    @on(DayBoard.Moved)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(DayBoard.Opened)
    def action_open_line(self) -> None:
        """Open what the line speaks of."""
        current = self.board.current
        if current is not None:
            open_place(self, current.entry.place if current.entry else current.place)

    def action_read_again(self) -> None:
        """Ask the base again."""
        self.reload()

    def action_finish(self) -> None:
        """The exchange is done today."""
        follow_up, day = self.follow_up, self.suivi.today
        if follow_up is None:
            return

        def save(base: Any) -> object:
            from suivi_tui.actions.records import save_record

            return save_record(base, "follow_up", follow_up, {"done": day})

        self.write(save, lambda _: self._finished())

    def _finished(self) -> None:
        self.notify_plain("Échange marqué comme fait. Ctrl+Z l'annule.")
        self.reload()
