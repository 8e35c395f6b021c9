"""« Points à demander »: what became of those who left, at the exit, 3, 6 and 12 months."""

from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on

from suivi_tui import paths
from suivi_tui.rules.outcome_points import PointState
from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.participants.outcomes import answer_point, mark_asked, state_words
from suivi_tui.tui.screens.shared.letters import ask_letter
from suivi_tui.tui.screens.shared.opening import open_sheet
from suivi_tui.tui.screens.shared.record_list import ItemListScreen, on_item
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT, Row, Sort
from suivi_tui.vocabulary.choices import DocumentKind, Prescriber, label_of
from suivi_tui.vocabulary.dates import format_date

if TYPE_CHECKING:
    from suivi_tui.readings.outcomes import OutcomeDue

GROUP: Final = "Points de parcours"
NARROW: Final = (
    Column("Personne", 0, sort="0"),
    Column("Point", 12, sort="point"),
    Column("Prévu le", 10, sort="due"),
    Column("État", 21, sort="3"),
)
WIDE: Final = (
    *NARROW,
    Column("Sortie le", 10, sort="left"),
    Column("Employeur", 22, sort="5"),
    Column("Prescripteur", 18, sort="6"),
)
EMPTY: Final = (
    "Aucun point à demander. Ils viennent ici à la sortie, puis à 3, 6 et 12 mois, quand tous les "
    "contrats de travail d'une personne sont finis."
)


class OutcomesDue(ItemListScreen["OutcomeDue"]):
    """The points to ask, and those that wait for an answer."""

    screen_name = "points_a_demander"
    heading = "Points de parcours à demander"
    purpose = (
        "Ce que sont devenues les personnes dont le parcours est fini : à la sortie, à 3, 6 et 12 "
        "mois.\nEntrée note la réponse. Un point demandé reste ici tant qu'il n'a pas de réponse."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("answer", "r", "Réponse", "Noter la situation de la personne.",
                "points_a_demander", GROUP, footer=10, available=on_item),
        Command("asked", "d", "Demandé", "Noter que la situation est demandée aujourd'hui.",
                "points_a_demander", GROUP, footer=20, available=on_item),
        Command("letter", "l", "Courrier", "Préparer la demande à la structure.",
                "points_a_demander", GROUP, footer=30, available=on_item),
        Command("person", "v", "Fiche", "Ouvrir la fiche de la personne.", "points_a_demander",
                GROUP, footer=41),
    )  # fmt: skip
    list_id = "outcomes"
    list_title = heading
    empty = EMPTY
    narrow, wide = NARROW, WIDE
    first_sort = Sort("due")
    naming = ("Personne",)

    def load(self) -> None:
        today = self.suivi.today

        def ask(base: Any) -> "list[OutcomeDue]":
            from suivi_tui.readings.outcomes import outcomes_due
            from suivi_tui.reference.letters import letter_delays

            months = letter_delays(paths.reference_file()).outcome_months
            return outcomes_due(base.connection, today, months)

        self.read("outcomes_due", ask, self.show_due)

    def show_due(self, found: "list[OutcomeDue]") -> None:
        """Show the points."""
        sorting = {
            "due": lambda one: one.point.due,
            "left": lambda one: one.reading.path.left_on,
            "point": lambda one: one.point.point.months,
        }
        self.show_items(found[:MEMORY_LIMIT], _row, sorting)

    @on(PagedList.RowSelected, "#outcomes")
    def _chosen(self) -> None:
        if on_item(self):
            self.action_answer()
        else:
            self.action_person()

    def action_answer(self) -> None:
        """What became of the person of the cursor."""
        if self.item is not None:
            answer_point(self, self.item.reading, self.item.point, self.reload)

    def action_asked(self) -> None:
        """The situation was asked for today."""
        if self.item is not None:
            mark_asked(self, self.item.reading, self.item.point, self.reload)

    def action_letter(self) -> None:
        """The letter that asks the structure, or the prescriber."""
        if self.item is not None:
            about = ("participant", self.item.person.participant)
            ask_letter(self, DocumentKind.OUTCOME_REQUEST, about)

    def action_person(self) -> None:
        """The sheet of the person of the cursor."""
        if self.item is not None:
            open_sheet(self, "participant", self.item.person.participant)


def _row(due: "OutcomeDue") -> Row:
    person, point, left = due.person, due.point, due.reading.path.left_on
    cells = (
        f"{person.last} {person.first}".strip(),
        point.point.label,
        format_date(point.due),
        state_words(point),
        format_date(left) if left is not None else "",
        person.employer_name,
        label_of(Prescriber, person.prescriber),
    )
    tone = "alerte" if point.state is PointState.TO_ASK else ""
    known = f"{person.participant}/{point.point.value}"
    return Row((known,), known, cells, tone)
