"""Behind the outcomes: the paths whose point has come, and what became of each person."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.evaluation.behind import on_one, person_name
from suivi_tui.tui.screens.evaluation.scope import Scope
from suivi_tui.tui.screens.shared.opening import open_sheet
from suivi_tui.tui.screens.shared.record_list import ItemListScreen
from suivi_tui.tui.screens.shared.texts import day, joined
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT, Row
from suivi_tui.vocabulary.choices import OutcomePoint, OutcomeSituation, label_of
from suivi_tui.vocabulary.numbers import plural

if TYPE_CHECKING:
    from suivi_tui.readings.evaluation_outcomes import OutcomeLine

GOING_ON = "encore en parcours"


class PathsBehind(ItemListScreen["OutcomeLine"]):
    """The paths behind a point, each with its day, its answer and what it counts as."""

    screen_name = "derriere_parcours"
    heading = "Parcours derrière le chiffre"
    purpose = (
        "Les parcours dont ce point est venu, avec la situation recueillie et ce qu'elle compte. "
        "Entrée ouvre la fiche de la personne, où le point se saisit."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("person", "v", "Fiche", "Ouvrir la fiche de la personne.", "derriere",
                "Évaluation", 41, available=on_one),
    )  # fmt: skip
    list_id = "paths"
    empty = "Aucun parcours n'est derrière ce chiffre."
    narrow = (
        Column("Personne", 0, sort="0"),
        Column("Jour", 10, sort="day"),
        Column("Situation", 22, sort="2"),
        Column("Compte comme", 18, sort="3"),
    )
    wide = (
        *narrow,
        Column("Sortie le", 10, sort="left"),
        Column("Dernier employeur", 24, sort="5"),
    )
    naming = ("Personne",)

    def __init__(self, scope: Scope, point: OutcomePoint) -> None:
        super().__init__()
        self.scope, self.point = scope, point

    def load(self) -> None:
        """The paths, as they were counted."""
        scope, point, today = self.scope, self.point, self.suivi.today

        def ask(base: Any) -> "list[OutcomeLine]":
            from suivi_tui.readings.evaluation_outcomes import outcome_lines

            return outcome_lines(
                base.connection, scope.filters, today=today, origin=scope.origin, point=point
            )

        self.read("paths", ask, self.show_paths)

    def show_paths(self, found: "list[OutcomeLine]") -> None:
        """Show them."""
        listed = self.query_one(PagedList)
        many = plural(len(found), "parcours", "parcours")
        listed.title = joined([self.point.label, many, self.scope.text(True)])
        sorting = {"day": lambda one: one.day, "left": lambda one: str(one.left_on or "")}
        self.show_items(found[:MEMORY_LIMIT], _path_row, sorting)

    @on(PagedList.RowSelected, "#paths")
    def action_person(self) -> None:
        """The sheet of the person of the cursor."""
        if self.item is not None:
            open_sheet(self, "participant", self.item.participant)


def _path_row(one: "OutcomeLine") -> Row:
    state = GOING_ON if one.state is None else str(one.state)
    cells = (
        person_name(one.person.last, one.person.first),
        day(one.day.isoformat()),
        label_of(OutcomeSituation, one.situation) if one.situation else state,
        str(one.counts_as or ""),
        day(one.left_on.isoformat() if one.left_on else None),
        one.person.employer_name,
    )
    key = f"{one.path}/{one.point.value}"
    return Row((key,), key, cells, "" if one.situation or one.state is None else "info")
