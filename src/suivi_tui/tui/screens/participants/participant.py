"""One person: identity, eligibility, work contracts, placements, hours, exchanges."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on

from suivi_tui import paths
from suivi_tui.rules.outcome_points import PointReading
from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.besoins.opening import open_need
from suivi_tui.tui.screens.entreprises.forms import known_companies
from suivi_tui.tui.screens.participants.criterion import ask_criterion, edit_criterion
from suivi_tui.tui.screens.participants.forms import (
    person_fields,
    placement_fields,
    save_person,
    save_placement,
    save_work_contract,
    work_contract_fields,
)
from suivi_tui.tui.screens.participants.hiring import ask_hiring
from suivi_tui.tui.screens.participants.outcomes import answer_point, mark_asked
from suivi_tui.tui.screens.participants.person_sheet import person_name, sections_of
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.hire_sheet import Hire, HireSheetScreen, on_hire
from suivi_tui.tui.screens.shared.noting import note_commands
from suivi_tui.tui.screens.shared.sheet import Sheet, on_own_record, on_record
from suivi_tui.tui.widgets.paged_list import PagedList

if TYPE_CHECKING:
    from suivi_tui.readings.outcomes import PathReading
    from suivi_tui.readings.person import Person
    from suivi_tui.store.queries.follow_ups import FollowUpRow
    from suivi_tui.store.queries.people import ParticipantSheet, WorkContractRow

GROUP = "Participant"
ELSEWHERE = ("proposal", "outcome")


def _on_point(screen: Any) -> bool:
    return editable(screen) and screen.point_here() is not None


def _on_own(screen: Any) -> bool:
    """Whether « m » changes the line of the cursor."""
    record = screen.query_one(Sheet).record() if screen.is_mounted else None
    return on_own_record(screen) and record is not None and record[0] not in ELSEWHERE


class ParticipantDetail(HireSheetScreen[None]):
    """The sheet of a person; Enter changes the line of the cursor."""

    screen_name = "participant"
    whole = "participant"
    heading = "Participant"
    purpose = (
        "Tout ce qui concerne une personne. Entrée modifie la ligne choisie, note la réponse d'un "
        "point de parcours, ou ouvre le besoin pour lequel la personne est proposée.\n"
        "Sous chaque contrat de travail, ses pièces : ✓ reçue, × manque."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("criterion", "c", "Critère", "Ajouter un critère ou décider d'un critère.",
                "participant", GROUP, footer=10, available=editable),
        Command("hire", "t", "Contrat", "Ajouter un contrat de travail.", "participant", GROUP,
                footer=20, available=editable),
        Command("papers", "p", "Pièces", "Marquer une pièce de ce contrat reçue, ou la reprendre.",
                "participant", GROUP, footer=6, available=on_hire),
        Command("answer", "r", "Réponse", "Noter la situation à ce point du parcours.",
                "participant", GROUP, footer=6, available=_on_point),
        Command("asked", "d", "Demandé", "Noter que la situation est demandée aujourd'hui.",
                "participant", GROUP, footer=7, available=_on_point),
        Command("edit", "m", "Modifier", "Modifier la ligne choisie.", "participant", GROUP,
                footer=30, available=_on_own),
        *note_commands("participant", GROUP, 35),
        Command("letter", "l", "Courrier", "Préparer un avis d'éligibilité ou une demande.",
                "participant", GROUP, footer=37, available=editable),
        Command("history", "h", "Historique", "Qui a changé quoi sur la ligne choisie.",
                "participant", GROUP, footer=38, available=on_record),
        Command("remove", "x,delete", "Retirer", "Retirer la ligne choisie.", "participant",
                GROUP, available=on_own_record),
    )  # fmt: skip

    def __init__(self, person: int) -> None:
        super().__init__()
        self.person = person
        self.sheet: ParticipantSheet | None = None
        self.known: Person | None = None

    def load(self) -> None:
        today, person = self.suivi.today, self.person

        def ask_base(base: Any) -> "Person | None":
            from suivi_tui.readings.person import read_person
            from suivi_tui.reference.loader import thresholds

            months = thresholds(paths.reference_file()).eligibility.months
            return read_person(base.connection, person, today, months)

        self.read("sheet", ask_base, self.show_sheet)

    def show_sheet(self, found: "Person | None") -> None:
        """Show the person; one that is no longer there closes the sheet."""
        if found is None:
            self.leave_removed("Cette personne n'est plus dans la base.")
            return
        self.known, self.sheet = found, found.sheet
        sections = sections_of(found, self.suivi.today)
        self.query_one(Sheet).show_sections(person_name(self.sheet), sections)
        self.refresh_bindings()

    @property
    def noted(self) -> tuple[str, int]:
        """The person."""
        return "participant", self.person

    @property
    def exchanges(self) -> "Sequence[FollowUpRow]":
        """What was done or is due about the person."""
        return self.sheet.follow_ups if self.sheet is not None else ()

    def hire_here(self) -> Hire | None:
        """The work contract of the line of the cursor: its own, its papers, its placements."""
        record = self.query_one(Sheet).record() if self.is_mounted else None
        if record is None or self.sheet is None:
            return None
        entity, row = record
        for work in self.sheet.work_contracts:
            served = [place.placement for place in work.placements]
            if (entity == "work_contract" and row == work.work_contract) or (
                entity == "placement" and row in served
            ):
                return Hire(work.work_contract, person_name(self.sheet))
        return None

    def point_here(self) -> "tuple[PathReading, PointReading] | None":
        """The point of the line of the cursor, with its path."""
        line = self.query_one(Sheet).line if self.is_mounted else None
        return line.about if line is not None and line.entity == "outcome" else None

    def show_record(self, person: int) -> None:
        """Show somebody else."""
        self.person = person
        self.reload()

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        line = self.query_one(Sheet).line
        if line is not None and line.entity == "proposal":
            open_need(self, line.about)
        elif _on_point(self):
            self.action_answer()
        elif _on_own(self):
            self.action_edit()

    def action_edit(self) -> None:
        """Change what the line of the cursor is about."""
        record, sheet = self.query_one(Sheet).record(), self.sheet
        if record is None or sheet is None:
            return
        entity, row = record
        today, person = self.suivi.today, self.person
        if entity == "participant":
            self.ask_fields("Modifier", lambda: person_fields(today, sheet.fields),
                      lambda base, values: save_person(base, person, values), row)  # fmt: skip
        elif entity == "eligibility":
            known = next((item for item in sheet.eligibilities if item.eligibility == row), None)
            edit_criterion(self, person, known, 1, self.reload)
        elif entity == "work_contract":
            work = next(item for item in sheet.work_contracts if item.work_contract == row)
            self.read("companies", known_companies, lambda found: self._edit_work(work, found))
        elif entity == "placement":
            places = [item for work in sheet.work_contracts for item in work.placements]
            place = next(item for item in places if item.placement == row)
            self.ask_fields("Affectation", lambda: placement_fields(today, place),
                      lambda base, values: save_placement(base, place, values), row)  # fmt: skip
        elif entity == "follow_up":
            self.note(self.exchange_here())

    def _edit_work(self, work: "WorkContractRow", companies: list[tuple[int, str]]) -> None:
        today, person = self.suivi.today, self.person
        self.ask_fields(
            "Contrat de travail",
            lambda: work_contract_fields(today, companies, work),
            lambda base, values: save_work_contract(base, person, work.work_contract, values),
            work.work_contract,
        )

    def action_criterion(self) -> None:
        """Add a criterion, or decide of one."""
        ask_criterion(self, self.person, self.reload)

    def action_hire(self) -> None:
        """A work contract."""
        ask_hiring(self, self.person, self.reload)

    def action_answer(self) -> None:
        """What became of the person at the point of the cursor."""
        found = self.point_here()
        if found is not None:
            answer_point(self, *found, self.reload)

    def action_asked(self) -> None:
        """The situation was asked for today."""
        found = self.point_here()
        if found is not None:
            mark_asked(self, *found, self.reload)
