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
    from suivi_tui.store.queries.follow_ups import FollowUpRow
    from suivi_tui.tui.screens.tableau_de_bord.sections import Day, Entry

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
        "Ce qui est à faire aujourd'hui : les alertes qui ne peuvent pas attendre, les échanges et "
        "les besoins dont le jour est venu, le plus grave et le plus ancien d'abord. Puis ce qui "
        "vient, les autres alertes, les retards, et où en est l'année.\n"
        "Entrée fait le prochain geste, o ouvre la fiche ; le bas de l'écran dit pourquoi la ligne "
        "est là. Une alerte reportée ou prise en compte n'est plus ici : voyez l'écran Alertes (6)."
    )
    commands = (
        Command("open_line", "enter", "Agir", "Faire le prochain geste, ou ouvrir la fiche.",
                "tableau_de_bord", "Tableau de bord", footer=10, palette=False,
                available=_can_open),
        Command("open_record", "o", "Fiche", "Ouvrir la fiche dont parle la ligne.",
                "tableau_de_bord", "Tableau de bord", footer=15, available=_can_open),
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
    def entry(self) -> "Entry | None":
        """The line under the cursor, if it stands for a record."""
        current = self.board.current
        return current.entry if current is not None else None

    @property
    def follow_up(self) -> "FollowUpRow | None":
        """The exchange under the cursor, if any."""
        return self.entry.follow_up if self.entry is not None else None

    @on(DayBoard.Moved)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(DayBoard.Opened)
    def action_open_line(self) -> None:
        """Do what the line asks for: the act of an alert, else what it speaks of is opened."""
        entry = self.entry
        if entry is not None and entry.alerts:
            from suivi_tui.tui.screens.alertes.acts import act_on_all

            act_on_all(self, entry.alerts)
        else:
            self.action_open_record()

    def action_open_record(self) -> None:
        """Open what the line speaks of."""
        current, entry = self.board.current, self.entry
        if current is None:
            return
        if entry is None or entry.need is None:
            open_place(self, entry.place if entry is not None else current.place)
            return
        from suivi_tui.tui.screens.besoins.opening import open_need

        open_need(self, entry.need)

    def action_read_again(self) -> None:
        """Ask the base again."""
        self.reload()

    def action_finish(self) -> None:
        """The exchange is done today."""
        if self.follow_up is not None:
            from suivi_tui.tui.screens.shared.finishing import finish_follow_up

            finish_follow_up(self, self.follow_up, self.reload)
