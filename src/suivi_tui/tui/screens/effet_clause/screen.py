"""« Avec et sans clause »: planned and actual duration and cost of contracts, side by side."""

from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult

from suivi_tui import paths
from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.screens.shared.exporting import export_list
from suivi_tui.tui.screens.shared.fixed_list import FixedList, FixedListScreen
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT, MemorySource, Row
from suivi_tui.tui.widgets.status_line import StatusLine
from suivi_tui.tui.widgets.text_panel import TextPanel
from suivi_tui.vocabulary.numbers import plural
from suivi_tui.vocabulary.text import fold

if TYPE_CHECKING:
    from suivi_tui.readings.clause_effect import ClauseEffect
    from suivi_tui.readings.clause_effect_texts import EffectRow
    from suivi_tui.store.queries.figures import BuyerRow

SCOPE: Final = "effet_clause"
GROUP: Final = "Avec et sans clause"
COLUMNS: Final = (
    Column("Marchés", 0),
    Column("Mesure", 6),
    Column("Avec clause", 22),
    Column("Sans clause", 22),
)
WIDE_COLUMNS: Final = (
    Column("Marchés", 0),
    Column("Mesure", 6),
    Column("Avec clause", 32),
    Column("Sans clause", 32),
)
WIDE_FROM: Final = 110
EMPTY: Final = "Aucun marché notifié. Importez des données ouvertes (i) ou ajoutez un marché."
CAUTION: Final = (
    "Écart médian entre prévu et constaté (nombre de marchés comparés). Deux groupes côte à côte "
    "ne prouvent rien : ce tableau ne dit jamais que la clause est la cause d'un écart."
)


def has_rows(screen: Any) -> bool:
    """Whether there is a figure to explain."""
    return bool(screen.rows)


class ClauseEffectScreen(FixedListScreen[None]):
    """The whole, then by sector, category and year: one line for the duration, one for the cost."""

    CSS_PATH = "effet_clause.tcss"
    screen_name = "effet_clause"
    heading = "Avec et sans clause"
    purpose = (
        "La durée et le coût des marchés finis, prévus puis constatés, avec clause et sans clause. "
        "x ou Entrée donne les médianes, les moyennes et la règle ; l'année est celle de la "
        "notification.\n"
        "Les marchés sans clause viennent surtout des données ouvertes (touche i)."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("explain", "x", "Expliquer", "Dire comment la ligne choisie est comptée.", SCOPE,
                GROUP, footer=10, available=has_rows),
        Command("buyer", "a", "Acheteur", "Un acheteur, ou tous.", SCOPE, GROUP, footer=20),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.buyer = ""
        self.effect: ClauseEffect | None = None
        self.rows: list[EffectRow] = []

    def compose_body(self) -> ComposeResult:
        yield StatusLine(id="scope")
        columns = WIDE_COLUMNS if self.app.size.width >= WIDE_FROM else COLUMNS
        yield FixedList(columns, key="effect", id="effect", title=self.heading, empty=EMPTY)
        yield TextPanel(id="caution")

    def on_mount(self) -> None:
        """Ready for the arrows."""
        self.query_one(TextPanel).say((CAUTION, "muted"))

    def load(self) -> None:
        buyer, today = self.buyer, self.suivi.today

        def ask(base: Any) -> "tuple[ClauseEffect, list[EffectRow]]":
            from suivi_tui.readings.clause_effect import clause_effect
            from suivi_tui.readings.clause_effect_texts import effect_rows
            from suivi_tui.readings.filters import Filters
            from suivi_tui.store.queries.figures import buyers

            # The same buyer may have been entered twice: its name is what was chosen.
            named = tuple(
                row.buyer for row in buyers(base.connection) if fold(row.name) == fold(buyer)
            )
            filters = Filters(buyers=named) if buyer else Filters()
            found = clause_effect(
                base.connection, filters, today=today, user_file=paths.reference_file()
            )
            return found, effect_rows(found)

        self.read("effect", ask, self.show_effect)

    def show_effect(self, found: "tuple[ClauseEffect, list[EffectRow]]") -> None:
        """Show the table."""
        self.effect, rows = found
        whole = self.effect.whole
        known = whole.with_clause.contracts + whole.without_clause.contracts
        self.rows = rows[:MEMORY_LIMIT] if known else []
        shown = [
            Row((place,), f"{row.group}/{row.measure}", row.texts, _tone(row))
            for place, row in enumerate(self.rows)
        ]
        self.query_one(PagedList).show(MemorySource(shown), keep=True)
        with_clause = plural(whole.with_clause.contracts, "marché", "marchés")
        self.query_one(StatusLine).say(
            f"{self.buyer or 'Tous les acheteurs'} · {with_clause} avec clause, "
            f"{whole.without_clause.contracts} sans · minimum {self.effect.minimum} de chaque côté"
        )
        self.query_one(PagedList).focus()
        self.refresh_bindings()

    def export_shown(self) -> None:
        export_list(self, self.heading, self.query_one(PagedList))

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        self.action_explain()

    def action_explain(self) -> None:
        """Counts, medians, means and the rule behind the line of the cursor."""
        from suivi_tui.readings.clause_effect_texts import explained

        row = self.query_one(PagedList).current
        if row is not None and self.effect is not None:
            text = explained(self.rows[row.key[0]], self.effect)
            self.suivi.push_screen(Message(self.heading, text))

    def action_buyer(self) -> None:
        """One buyer, or all of them."""

        def ask(base: Any) -> "list[BuyerRow]":
            from suivi_tui.store.queries.figures import buyers

            return buyers(base.connection)

        def show(found: "list[BuyerRow]") -> None:
            names = sorted({row.name for row in found if row.name}, key=fold)
            listed = [Choice("", "Tous les acheteurs"), *(Choice(name, name) for name in names)]
            self.suivi.push_screen(Choose("Quel acheteur ?", listed), chosen)

        def chosen(name: str | None) -> None:
            if name is not None:
                self.buyer = name
                self.reload()

        self.read("buyers", ask, show)


def _tone(row: "EffectRow") -> str:
    return "" if row.comparison.enough(row.measure) else "muted"
