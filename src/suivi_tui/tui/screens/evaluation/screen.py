"""Screen 7: the figures of a period, their breakdowns, their progress; the synthesis exported."""

from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from suivi_tui.readings.breakdowns import BY_MONTH, TITLES
from suivi_tui.readings.evaluation import Evaluation
from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.evaluation import scope as scopes
from suivi_tui.tui.screens.evaluation.charts import (
    ROOMY,
    Chart,
    breakdown_chart,
    comparison_chart,
    month_lines,
)
from suivi_tui.tui.screens.evaluation.export import ask_export
from suivi_tui.tui.screens.evaluation.figures import (
    COUNTED,
    explanation,
    figure_lines,
    scope_text,
)
from suivi_tui.tui.screens.evaluation.scope import Scope
from suivi_tui.tui.screens.evaluation.tables import BreakdownTable, FiguresTable
from suivi_tui.tui.widgets.charts import ChartBlock, Lines
from suivi_tui.tui.widgets.status_line import StatusLine, joined
from suivi_tui.tui.workers import Failure
from suivi_tui.vocabulary.numbers import NBSP, format_number

SCOPE = "evaluation"
COMPARISON = "comparaison"
TALL = 34
NOTHING = (
    "Aucune obligation ni aucune heure sur ce périmètre.\n\n"
    "Changez la période (p) ou l'acheteur (a). Si la base est vide, prenez en charge un marché "
    "(écran 3) et saisissez ses heures (écran 2)."
)


class Answer(NamedTuple):
    """What the base says: the figures, and the bases of full-time posts with their names."""

    evaluation: Evaluation
    bases: tuple[tuple[int, str], ...]


def _has_figures(screen: Any) -> bool:
    return screen.answer is not None


class EvaluationScreen(SuiviScreen[None]):
    """Filters on the first line, figures on the left, a breakdown on the right, months below."""

    CSS_PATH = "evaluation.tcss"
    screen_name = "evaluation"
    heading = "Évaluation"
    purpose = (
        "Les chiffres d'une période, les mêmes que ceux de « evaluer ». ← et → changent de "
        "répartition, Tab passe des chiffres à la répartition, « x » explique le chiffre du "
        "curseur. Les personnes de deux groupes ne s'additionnent pas."
    )
    commands = (
        Command("choose_period", "p", "Période", "Choisir la période.", SCOPE, "Évaluation", 10),
        Command("choose_buyer", "a", "Acheteur", "Un acheteur, ou tous.", SCOPE, "Évaluation", 20),
        Command("next_breakdown", "right", "Répartition", "Répartition suivante.", SCOPE,
                "Évaluation", footer=30, palette=False),
        Command("previous_breakdown", "left", "Répartition précédente",
                "Répartition précédente.", SCOPE, "Évaluation", palette=False),
        Command("choose_breakdown", "r", "Choisir la répartition",
                "Choisir une répartition par son nom.", SCOPE, "Évaluation"),
        Command("compare", "c", "Comparer les acheteurs",
                "Mettre les acheteurs côte à côte.", SCOPE, "Évaluation"),
        Command("choose_base", "b", "Base ETP",
                "Choisir les heures d'un équivalent temps plein.", SCOPE, "Évaluation"),
        Command("explain", "x", "Expliquer", "Dire comment le chiffre du curseur est compté.",
                SCOPE, "Évaluation", footer=40, available=_has_figures),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.scope = Scope()
        self.answer: Answer | None = None
        self.breakdown = next(iter(TITLES))
        self.compared: tuple[Scope, tuple[Evaluation, ...]] | None = None

    def compose_body(self) -> ComposeResult:
        """Filters, figures, breakdown, months."""
        yield StatusLine(id="filters")
        with Horizontal():
            yield FiguresTable(id="figures")
            with Vertical():
                yield BreakdownTable(id="breakdown")
                yield ChartBlock(self._months, id="months")

    def on_mount(self) -> None:
        """Ready for the arrows."""
        self.query_one(FiguresTable).focus()

    # reading

    def load(self) -> None:
        """The figures of the scope; then the comparison, when it is what is shown."""
        scope, today = self.scope, self.suivi.today

        def question(base: Any) -> Answer:
            from suivi_tui import paths
            from suivi_tui.readings.evaluation import evaluate
            from suivi_tui.reference.loader import fte_bases

            bases = fte_bases(paths.reference_file())
            found = evaluate(
                base.connection,
                scope.first,
                scope.last,
                scope.buyer or None,
                scope.fte_base or bases.default,
                today,
            )
            return Answer(found, tuple((item.hours, item.label) for item in bases.bases))

        self.compared = None
        self.read("evaluation", question, self.show_answer, self._not_read)

    def show_answer(self, answer: Answer) -> None:
        """New figures."""
        self.answer = answer
        names = dict(answer.bases)
        base = answer.evaluation.fte_base
        self.query_one(FiguresTable).show(figure_lines(answer.evaluation, names.get(base, "")))
        self._show_filters()
        self.query_one(ChartBlock).show(self._months)
        self.show_breakdown()
        self.refresh_bindings()

    def _not_read(self, failure: Failure) -> None:
        """A scope that makes no sense any more (its buyer was removed) is left."""
        self.suivi.toast_failure(failure)
        if self.scope.buyer:
            self.scope = replace(self.scope, buyer="")
            self.load()

    def _show_filters(self) -> None:
        assert self.answer is not None
        evaluation = self.answer.evaluation
        label = dict(scopes.PERIODS)[self.scope.period]
        period = scope_text(evaluation, short=True)
        text = joined(
            [
                f"{label}{NBSP}: {period}" if self.scope.period != scopes.EVERYTHING else period,
                f"ETP base {format_number(evaluation.fte_base)}{NBSP}h",
            ]
        )
        self.query_one("#filters", StatusLine).say((text[:1].upper() + text[1:], "total"))

    # the right side

    def _months(self, width: int) -> Lines:
        if self.answer is None:
            return []
        tall = self.app.size.height >= TALL
        return month_lines(self.answer.evaluation, width, tall)

    @property
    def roomy(self) -> bool:
        """Whether every figure of a breakdown fits."""
        return self.query_one(BreakdownTable).size.width >= ROOMY

    def on_resize(self) -> None:
        """Another width has room for other figures."""
        self.call_after_refresh(self.show_breakdown)

    def show_breakdown(self) -> None:
        """The breakdown chosen, or the comparison of buyers."""
        if self.answer is None:
            return
        evaluation = self.answer.evaluation
        table = self.query_one(BreakdownTable)
        if not evaluation.obligations and not evaluation.hours.declared:
            table.show("Rien à évaluer", None, NOTHING)
        elif self.breakdown == COMPARISON:
            self._show_comparison(table)
        else:
            keys = list(TITLES)
            place = f"{keys.index(self.breakdown) + 1}/{len(keys)}"
            chart = breakdown_chart(
                evaluation.breakdowns[self.breakdown], self.breakdown == BY_MONTH, self.roomy
            )
            text = "" if chart.labels else "Aucune heure déclarée sur ce périmètre."
            table.show(f"‹ {TITLES[self.breakdown]} › {place}", chart, text)

    def _show_comparison(self, table: BreakdownTable) -> None:
        title = "Acheteurs : █ validées, ┃ à réaliser"
        if self.compared is not None and self.compared[0] == self.scope:
            chart: Chart = comparison_chart(self.compared[1], self.roomy)
            table.show(title, chart, "" if chart.labels else "Aucun acheteur à comparer.")
            return
        scope, today = self.scope, self.suivi.today

        def question(base: Any) -> tuple[Evaluation, ...]:
            from suivi_tui.readings.buyer_comparison import compare_buyers

            return compare_buyers(base.connection, scope.first, scope.last, scope.fte_base, today)

        def show(found: tuple[Evaluation, ...]) -> None:
            self.compared = (scope, found)
            if self.breakdown == COMPARISON:
                self.show_breakdown()

        table.show(title, None, "Lecture des acheteurs…")
        self.read("comparison", question, show)

    def _turn(self, step: int) -> None:
        keys = list(TITLES)
        place = keys.index(self.breakdown) if self.breakdown in keys else -1 if step > 0 else 0
        self.breakdown = keys[(place + step) % len(keys)]
        self.show_breakdown()

    def action_next_breakdown(self) -> None:
        """The next breakdown."""
        self._turn(1)

    def action_previous_breakdown(self) -> None:
        """The breakdown before."""
        self._turn(-1)

    def action_compare(self) -> None:
        """Buyers side by side."""
        self.breakdown = COMPARISON
        self.show_breakdown()

    def action_choose_breakdown(self) -> None:
        """A breakdown by a few letters."""
        choices = [Choice(key, title) for key, title in TITLES.items()]
        choices.append(Choice(COMPARISON, "Comparer les acheteurs"))
        self.suivi.push_screen(Choose("Répartition", choices), self._breakdown_chosen)

    def _breakdown_chosen(self, key: str | None) -> None:
        if key is not None:
            self.breakdown = key
            self.show_breakdown()

    # filters

    def _use(self, scope: Scope) -> None:
        self.scope = scope
        self.load()

    def action_choose_period(self) -> None:
        """A usual period, or typed months."""
        choices = [Choice(key, label) for key, label in scopes.PERIODS]
        self.suivi.push_screen(Choose("Période", choices), self._period_chosen)

    def _period_chosen(self, key: str | None) -> None:
        if key is None:
            return
        today = self.suivi.today
        if key == scopes.TYPED:
            form = scopes.period_form(self.scope, today)
            self.suivi.push_screen(form, self._period_typed)
            return
        first, last = scopes.months_of(key, today)
        self._use(replace(self.scope, period=key, first=first, last=last))

    def _period_typed(self, values: Values | None) -> None:
        if values is not None:
            first, last = values["first"], values["last"]
            key = scopes.TYPED if first or last else scopes.EVERYTHING
            self._use(replace(self.scope, period=key, first=first, last=last))

    def action_choose_buyer(self) -> None:
        """One buyer, or all of them."""

        def names(base: Any) -> list[str]:
            from suivi_tui.readings.buyer_comparison import buyer_names

            return buyer_names(base.connection)

        self.read("buyers", names, self._ask_buyer)

    def _ask_buyer(self, names: list[str]) -> None:
        choices = [Choice("", scopes.ALL_BUYERS), *(Choice(name, name) for name in names)]
        self.suivi.push_screen(Choose("Acheteur", choices), self._buyer_chosen)

    def _buyer_chosen(self, name: str | None) -> None:
        if name is not None:
            self._use(replace(self.scope, buyer=name))

    def action_choose_base(self) -> None:
        """The hours of a full-time post."""
        if self.answer is None:
            return
        choices = [
            Choice(hours, f"{format_number(hours)}{NBSP}h", label)
            for hours, label in self.answer.bases
        ]
        choices.append(Choice(0, "Autre base…"))
        self.suivi.push_screen(Choose("Base d'un équivalent temps plein", choices), self._base)

    def _base(self, hours: int | None) -> None:
        if hours == 0:
            self.suivi.push_screen(scopes.base_form(self.scope), self._base_typed)
        elif hours is not None:
            self._use(replace(self.scope, fte_base=hours))

    def _base_typed(self, values: Values | None) -> None:
        if values is not None:
            self._use(replace(self.scope, fte_base=values["base"]))

    # what was counted, and the file

    @on(FiguresTable.Explained)
    def action_explain(self) -> None:
        """How the figure of the cursor is counted."""
        if self.answer is None:
            return
        evaluation = self.answer.evaluation
        line = self.query_one(FiguresTable).current
        if isinstance(self.focused, BreakdownTable) or line is None:
            title = TITLES.get(self.breakdown, "Comparaison des acheteurs")
            text = (
                f"{title}\n\n{COUNTED} Les heures de toutes les lignes font le total déclaré ; "
                "« Non renseigné » rassemble ce qui manque. Une personne qui a plusieurs critères "
                "compte pour le principal. L'âge, le quartier (QPV) et le niveau sont ceux de "
                "l'embauche. Une personne présente dans deux groupes compte dans chacun : les "
                f"personnes ne s'additionnent pas.\n\nCompté sur : {scope_text(evaluation)}."
            )
        else:
            title, text = line.label.strip(" =+").capitalize(), explanation(line, evaluation)
        self.suivi.push_screen(Message(title, text))

    def export_shown(self) -> None:
        """The synthesis of this scope, as « exporter synthese » writes it."""
        scope, answer, today = self.scope, self.answer, self.suivi.today
        if answer is None:
            return

        def save(base: Any, target: Path) -> int:
            from suivi_tui.actions.export import SynthesisScope, export_table

            wanted = SynthesisScope(
                scope.first, scope.last, scope.buyer or None, answer.evaluation.fte_base, today
            )
            return export_table(base, "synthese", target, scope=wanted)

        ask_export(self, "Synthèse", save)
