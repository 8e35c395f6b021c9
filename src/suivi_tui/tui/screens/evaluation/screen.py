"""Screen 7: filters on the left, figures and a view of them on the right; down to the proofs."""

from functools import partial
from pathlib import Path
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.evaluation import comparing, views
from suivi_tui.tui.screens.evaluation.behind import (
    OBLIGATIONS,
    Asked,
    ObligationsBehind,
    PeopleBehind,
)
from suivi_tui.tui.screens.evaluation.behind_paths import PathsBehind
from suivi_tui.tui.screens.evaluation.charts import ROOMY
from suivi_tui.tui.screens.evaluation.export import ask_export
from suivi_tui.tui.screens.evaluation.figures import explanation, figure_lines
from suivi_tui.tui.screens.evaluation.filters_flow import change_filter
from suivi_tui.tui.screens.evaluation.filters_panel import FiltersPanel
from suivi_tui.tui.screens.evaluation.questions import Answer, Shown, read_figures, read_view
from suivi_tui.tui.screens.evaluation.scope import PERIOD, Scope
from suivi_tui.tui.screens.evaluation.tables import FiguresTable, OpeningTable, ViewTable
from suivi_tui.tui.screens.shared.exporting import export_shown
from suivi_tui.tui.widgets.paged_list import Column
from suivi_tui.tui.workers import Failure
from suivi_tui.vocabulary.choices import OutcomePoint

SCOPE = "evaluation"
GROUP = "Évaluation"
NOTHING = (
    "Aucune obligation ni aucune heure sur ce périmètre.\n\n"
    "Changez la période (p) ou un filtre (Tab, puis Entrée). Si la base est vide, prenez en "
    "charge un marché (écran 3) et saisissez ses heures (écran 2)."
)


def _has_figures(screen: Any) -> bool:
    return screen.answer is not None


def _command(name: str, keys: str, label: str, sentence: str, footer: int = 0,
             available: Any = None, *, palette: bool = True) -> Command:  # fmt: skip
    return Command(name, keys, label, sentence, SCOPE, GROUP, footer, palette,
                   available=available)  # fmt: skip


class EvaluationScreen(SuiviScreen[None]):
    """The figures of a scope; every one of them is explained and leads to those who make it."""

    CSS_PATH = "evaluation.tcss"
    screen_name = "evaluation"
    heading = "Évaluation"
    purpose = (
        "Les chiffres d'un périmètre, les mêmes que ceux de « evaluer ». Tab va des filtres aux "
        "chiffres puis à la vue du bas ; ← et → changent de vue. Entrée change un filtre, ou "
        "descend aux personnes, aux lignes et au justificatif ; « x » explique le chiffre du "
        "curseur. Les personnes de deux groupes ne s'additionnent pas."
    )
    commands = (
        _command("choose_period", "p", "Période", "Choisir la période.", 10),
        _command("next_view", "right", "Vue", "Vue suivante.", 20, palette=False),
        _command("previous_view", "left", "Vue précédente", "Vue précédente.", palette=False),
        _command("choose_view", "r", "Choisir la vue",
                 "Progression, répartitions, structures, acheteurs, parcours.", 45),
        _command("compare", "c", "Comparer", "Mettre deux périodes ou deux groupes côte à côte.",
                 30),
        _command("open_line", "enter", "Détail",
                 "Changer le filtre, ou voir qui fait le chiffre.", 25, _has_figures,
                 palette=False),
        _command("explain", "x", "Expliquer", "Dire comment le chiffre du curseur est compté.",
                 40, _has_figures),
        _command("choose_buyer", "a", "Acheteur", "Un acheteur, ou tous.", 47),
        _command("freeze", "f", "Figer", "Garder ces chiffres tels qu'ils sont aujourd'hui.", 52,
                 _has_figures),
        _command("report", "w", "Rapport", "Le rapport à l'acheteur, à imprimer ou pour Word.", 53,
                 _has_figures),
        _command("syntheses", "s", "Synthèses", "Les synthèses à envoyer, et ce qui y manque.",
                 55),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.scope = Scope()
        self.other: Scope | None = None
        self.answer: Answer | None = None
        self.view = views.PROGRESS
        self.shown: Shown | None = None

    def compose_body(self) -> ComposeResult:
        """Filters, figures, view."""
        with Horizontal():
            yield FiltersPanel(id="filters")
            with Vertical():
                yield FiguresTable(id="figures")
                yield ViewTable(id="view")

    def on_mount(self) -> None:
        """Ready for the arrows."""
        self.query_one(FiguresTable).focus()

    # reading

    def load(self) -> None:
        """The figures of the scope, then its view."""
        question = partial(read_figures, scope=self.scope, other=self.other, today=self.suivi.today)
        self.read("evaluation", question, self.show_answer, self._not_read)

    def show_answer(self, answer: Answer) -> None:
        """New figures."""
        self.answer = answer
        self.query_one(FiltersPanel).show(self.scope.lines(answer.usual_base))
        name = dict(answer.bases).get(answer.evaluation.fte_base, "")
        lines = figure_lines(answer.evaluation, name, answer.other)
        self.query_one(FiguresTable).show(lines, comparing.titles(self.scope, self.other))
        self.load_view()
        self.refresh_bindings()

    def _not_read(self, failure: Failure) -> None:
        """A scope that makes no sense any more (what it names was removed) is left."""
        self.suivi.toast_failure(failure)
        if self.scope != Scope() or self.other is not None:
            self.scope, self.other = Scope(), None
            self.load()

    def load_view(self) -> None:
        """What the view shows of the scope."""
        if self.answer is None:
            return
        evaluation = self.answer.evaluation
        if not evaluation.obligations and not evaluation.hours.declared:
            self.shown = None
            self.query_one(ViewTable).show("Rien à évaluer", None, NOTHING)
            return
        question = partial(read_view, key=self.view, scope=self.scope, today=self.suivi.today)
        self.read("view", question, self.show_view)

    def show_view(self, shown: Shown) -> None:
        """Draw a view, with as many figures as there is room for."""
        self.shown = shown
        table = self.query_one(ViewTable)
        places = list(views.VIEWS)
        title = f"‹ {views.VIEWS[self.view]} › {places.index(self.view) + 1}/{len(places)}"
        if shown.draw is not None:
            table.legend = views.legend(self.view)
            table.show(title, shown.draw(table.size.width >= ROOMY))
        else:
            table.show_heat(title, shown.heat, "Aucune heure déclarée sur ce périmètre.")

    def on_resize(self) -> None:
        """Another width has room for other figures."""
        if self.shown is not None:
            self.call_after_refresh(self.show_view, self.shown)

    # the view

    def _turn(self, step: int) -> None:
        places = list(views.VIEWS)
        self.view = places[(places.index(self.view) + step) % len(places)]
        self.load_view()

    def action_next_view(self) -> None:
        """The next view."""
        self._turn(1)

    def action_previous_view(self) -> None:
        """The view before."""
        self._turn(-1)

    def action_choose_view(self) -> None:
        """A view by a few letters."""
        choices = [Choice(key, title) for key, title in views.VIEWS.items()]
        self.suivi.push_screen(Choose("Vue", choices), self._view_chosen)

    def _view_chosen(self, key: str | None) -> None:
        if key is not None:
            self.view = key
            self.load_view()

    # filters

    def _use(self, scope: Scope) -> None:
        self.scope = scope
        self.load()

    def _change(self, key: str) -> None:
        if self.answer is not None:
            change_filter(self, self.scope, key, self.answer.bases, self._use)

    def action_choose_period(self) -> None:
        """A usual period, or typed months."""
        self._change(PERIOD)

    def action_choose_buyer(self) -> None:
        """One buyer, or all of them."""
        self._change("buyers")

    @on(FiltersPanel.Chosen)
    def _filter_chosen(self, event: FiltersPanel.Chosen) -> None:
        self._change(event.key)

    def action_compare(self) -> None:
        """Another period or another group beside this one."""
        comparing.ask_other(self, self.scope, self.other, self._compare_with)

    def _compare_with(self, other: Scope | None) -> None:
        self.other = other
        self.load()

    # behind the figures

    @on(OpeningTable.Opened)
    def action_open_line(self) -> None:
        """Change the filter of the cursor, or show those behind its figure."""
        if isinstance(self.focused, FiltersPanel):
            line = self.focused.current
            if line is not None:
                self._change(line.key)
        elif isinstance(self.focused, ViewTable):
            self._open_view(self.focused)
        else:
            figure = self.query_one(FiguresTable).current
            if figure is not None and figure.key:
                self._behind(Asked(figure.key, figure.label.strip(" =+").capitalize()))

    def _open_view(self, table: ViewTable) -> None:
        if table.key is None and table.label == "":
            return
        narrowed = views.narrowed(self.view, self.scope, table.key, table.label)
        if narrowed is not None:
            self._use(narrowed)
            return
        if self.view == views.OUTCOMES and isinstance(table.key, OutcomePoint):
            self.suivi.push_screen(PathsBehind(self.scope, table.key))
            return
        asked = views.asked(self.view, table.key, table.label)
        if asked is None:
            self.notify_plain(views.NOT_LISTED)
        else:
            self._behind(asked)

    def _behind(self, asked: Asked) -> None:
        screen = ObligationsBehind if asked.figure in OBLIGATIONS else PeopleBehind
        self.suivi.push_screen(screen(self.scope, asked))

    def action_explain(self) -> None:
        """How the figure of the cursor is counted."""
        line = self.query_one(FiguresTable).current
        if isinstance(self.focused, ViewTable) or line is None:
            title, text = views.VIEWS[self.view], views.explained(self.view, self.scope)
        else:
            title, text = line.label.strip(" =+").capitalize(), explanation(line, self.scope)
        self.suivi.push_screen(Message(title, text))

    # what leaves the screen

    def action_freeze(self) -> None:
        """Keep these figures as they are today."""
        from suivi_tui.readings.snapshots import Asked as Counted
        from suivi_tui.tui.screens.shared.freezing import ask_freeze

        scope = self.scope
        ask_freeze(self, scope.filters, Counted(self.suivi.today, scope.fte_base, scope.bands))

    def action_report(self) -> None:
        """The buyer's report of these filters, to print or for Word."""
        from suivi_tui.tui.screens.shared.buyer_report import ask_buyer_report

        ask_buyer_report(self, self.scope.filters, self.scope.fte_base)

    def action_syntheses(self) -> None:
        """The syntheses that can be sent."""
        self.suivi.action_open_page("syntheses")

    def export_shown(self) -> None:
        """The rows of the view when the cursor is there, else the synthesis of the scope."""
        table = self.query_one(ViewTable)
        if table is self.focused and table.view is not None and table.row_count:
            chart = table.view.chart
            columns = [Column(views.VIEWS[self.view], 0)]
            columns += [Column(item.title, item.width, "right") for item in chart.measures]
            rows = [
                (label.strip(), *(item.texts[place] for item in chart.measures))
                for place, label in enumerate(chart.labels)
            ]
            export_shown(self, views.VIEWS[self.view], columns, rows)
            return
        answer, scope, today = self.answer, self.scope, self.suivi.today
        if answer is None:
            return

        def save(base: Any, target: Path) -> int:
            from suivi_tui.actions.export import SynthesisScope, export_table

            base_hours = answer.evaluation.fte_base
            wanted = SynthesisScope(fte_base=base_hours, today=today, filters=scope.filters)
            return export_table(base, "synthese", target, scope=wanted)

        ask_export(self, "Synthèse", save)
