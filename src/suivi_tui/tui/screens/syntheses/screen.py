"""« Synthèses »: what can be sent, to whom, for which period; what is missing before sending."""

from typing import Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult

from suivi_tui.readings.filters import Filters
from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.plain import shown, wrapped
from suivi_tui.tui.screens.shared.fixed_list import FixedList, FixedListScreen
from suivi_tui.tui.screens.syntheses.writing import Synthesis, ask_synthesis
from suivi_tui.tui.widgets.fields import MonthField
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MemorySource, Row
from suivi_tui.tui.widgets.status_line import StatusLine

SCOPE: Final = "syntheses"
GROUP: Final = "Synthèses"
COLUMNS: Final = (Column("Nom", 17), Column("Ce que c'est", 0), Column("Personnes", 13))
ABOUT_LINES: Final = 3
ALL_BUYERS: Final = "Tous les acheteurs"


def on_synthesis(screen: Any) -> bool:
    """Whether the cursor is on a synthesis."""
    return screen.synthesis is not None


class Syntheses(FixedListScreen[None]):
    """The syntheses by name; their period and buyer above, what the one of the cursor is below."""

    screen_name = "syntheses"
    heading = "Synthèses"
    purpose = (
        "Les tableaux à envoyer : réseau, ANRU, observatoire, acheteur, SPASER, parcours… Entrée "
        "dit ce qui manque avant l'envoi et mène aux fiches à compléter ; e écrit le fichier.\n"
        "Dans un tableau publiable, les groupes de moins de 5 personnes sont masqués, avec ceux "
        "qui permettraient de les retrouver. Aucun de ces tableaux ne prétend être le format "
        "d'import d'un autre outil."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("choose_period", "p", "Période", "Choisir les mois comptés.", SCOPE, GROUP, 10),
        Command("choose_buyer", "a", "Acheteur", "Un acheteur, ou tous.", SCOPE, GROUP, 20),
        Command("check", "m", "Manques", "Ce qui manque dans cette synthèse avant de l'envoyer.",
                SCOPE, GROUP, available=on_synthesis),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.filters = Filters()
        self.listed: dict[str, Synthesis] = {}

    def compose_body(self) -> ComposeResult:
        """What is counted, the list, what the synthesis of the cursor is."""
        yield StatusLine(id="scope")
        yield FixedList(COLUMNS, MemorySource([]), title=self.heading, id="syntheses")
        yield StatusLine(ABOUT_LINES, id="about")

    def on_mount(self) -> None:
        """Begin with the scope of the screen under this one."""
        for screen in self.app.screen_stack:
            filters = getattr(getattr(screen, "scope", None), "filters", None)
            if isinstance(filters, Filters):
                self.filters = filters

    @property
    def synthesis(self) -> Synthesis | None:
        """The synthesis of the cursor."""
        row = self.query_one(FixedList).current if self.is_mounted else None
        return self.listed.get(str(row.id)) if row is not None else None

    def load(self) -> None:
        """The syntheses, and the scope in words."""
        filters = self.filters

        def ask(base: Any) -> tuple[list[Synthesis], str]:
            from suivi_tui.readings.scope_words import period_words, scope_words
            from suivi_tui.tui.screens.syntheses.writing import syntheses

            words = scope_words(base.connection, filters)
            return syntheses(), f"{words}, {period_words(filters)}"

        self.read("syntheses", ask, self._show)

    def _show(self, found: tuple[list[Synthesis], str]) -> None:
        listed, words = found
        self.query_one("#scope", StatusLine).say((words, "total"))
        self.listed = {one.name: one for one in listed}
        rows = [
            Row((place,), one.name, (one.called, one.title, one.names_text))
            for place, one in enumerate(listed)
        ]
        self.query_one(FixedList).show(MemorySource(rows), keep=True)
        self.refresh_bindings()

    @on(PagedList.RowHighlighted)
    def _moved(self) -> None:
        bar, one = self.query_one("#about", StatusLine), self.synthesis
        if one is not None:
            lines = wrapped(shown(one.about), max(20, (bar.size.width or 80) - 2))
            bar.say_at_rest(*[(line, "muted") for line in lines[:ABOUT_LINES]])
        self.refresh_bindings()

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        self.action_check()

    def action_check(self) -> None:
        """What is missing in the synthesis of the cursor."""
        if self.synthesis is not None:
            from suivi_tui.tui.screens.syntheses.manques import GapReport

            self.suivi.push_screen(GapReport(self.synthesis, self.filters))

    def export_shown(self) -> None:
        """The synthesis of the cursor as a file."""
        if self.synthesis is not None:
            ask_synthesis(self, self.synthesis, self.filters)

    # scope

    def _use(self, filters: Filters) -> None:
        self.filters = filters
        self.load()

    def action_choose_period(self) -> None:
        """First and last month counted."""
        today, known = self.suivi.today, self.filters

        def chosen(values: Values | None) -> None:
            if values is not None:
                self._use(self.filters._replace(first=values["first"], last=values["last"]))

        fields = [
            MonthField("first", "Premier mois", today=today, initial=known.first),
            MonthField("last", "Dernier mois", today=today, initial=known.last),
        ]
        self.suivi.push_screen(Form("Période", fields, check=_in_order), chosen)

    def action_choose_buyer(self) -> None:
        """One buyer, or all of them."""

        def ask(base: Any) -> Any:
            from suivi_tui.readings.evaluation_choices import filter_choices

            return filter_choices(base.connection, "buyers")

        def offer(found: Any) -> None:
            choices = [Choice((), ALL_BUYERS)]
            choices += [Choice(one.value, one.label, one.hint) for one in found]
            self.suivi.push_screen(Choose("Acheteur", choices), chosen)

        def chosen(buyers: tuple[int, ...] | None) -> None:
            if buyers is not None:
                self._use(self.filters._replace(buyers=buyers))

        self.read("buyers", ask, offer)


def _in_order(values: Values) -> None:
    """Refuse a period that ends before it begins."""
    from suivi_tui.readings.evaluation_scope import EvaluationRefused

    first, last = values["first"], values["last"]
    if first is not None and last is not None and first > last:
        raise EvaluationRefused("La période finit avant de commencer : échangez les deux mois.")
