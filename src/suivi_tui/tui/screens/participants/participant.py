"""One person: identity, eligibility, work contracts, placements, hours, exchanges."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on

from suivi_tui import paths
from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.screens.entreprises.forms import (
    follow_up_fields,
    known_companies,
    save_follow_up,
)
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
from suivi_tui.tui.screens.participants.person_sheet import person_name, sections_of
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.sheet import Sheet, SheetScreen, on_own_record, on_record
from suivi_tui.tui.widgets.paged_list import PagedList

if TYPE_CHECKING:
    from suivi_tui.readings.eligibility_clock import EligibilityClock
    from suivi_tui.store.queries.people import ParticipantSheet, WorkContractRow

GROUP = "Participant"


class ParticipantDetail(SheetScreen[None]):
    """The sheet of a person; Enter changes the line of the cursor."""

    screen_name = "participant"
    whole = "participant"
    heading = "Participant"
    purpose = "Tout ce qui concerne une personne. Entrée modifie la ligne choisie."
    commands: ClassVar[tuple[Command, ...]] = (
        Command("criterion", "c", "Critère", "Ajouter un critère ou décider d'un critère.",
                "participant", GROUP, footer=10, available=editable),
        Command("hire", "t", "Contrat", "Ajouter un contrat de travail.", "participant", GROUP,
                footer=20, available=editable),
        Command("edit", "m", "Modifier", "Modifier la ligne choisie.", "participant", GROUP,
                footer=30, available=on_own_record),
        Command("note", "n", "Échange", "Noter un échange, une relance.", "participant", GROUP,
                footer=35, available=editable),
        Command("history", "h", "Historique", "Qui a changé quoi sur la ligne choisie.",
                "participant", GROUP, footer=38, available=on_record),
        Command("remove", "x,delete", "Retirer", "Retirer la ligne choisie.", "participant",
                GROUP, available=on_own_record),
    )  # fmt: skip

    def __init__(self, person: int) -> None:
        super().__init__()
        self.person = person
        self.sheet: ParticipantSheet | None = None

    def load(self) -> None:
        today, person = self.suivi.today, self.person

        def ask_base(base: Any) -> "tuple[ParticipantSheet, EligibilityClock | None] | None":
            from suivi_tui.readings.eligibility_clock import eligibility_clocks
            from suivi_tui.reference.loader import thresholds
            from suivi_tui.store.queries.people import participant_sheet

            sheet = participant_sheet(base.connection, person)
            if sheet is None:
                return None
            months = thresholds(paths.reference_file()).eligibility.months
            clocks = eligibility_clocks(base.connection, [person], today, months)
            return sheet, clocks.get(person)

        self.read("sheet", ask_base, self.show_sheet)

    def show_sheet(self, found: "tuple[ParticipantSheet, EligibilityClock | None] | None") -> None:
        """Show the person; one that is no longer there closes the sheet."""
        if found is None:
            self.notify_plain("Cette personne n'est plus dans la base.", "warning")
            self.go_back()
            return
        self.sheet, clock = found
        sections = sections_of(self.sheet, clock, self.suivi.today)
        self.query_one(Sheet).show_sections(person_name(self.sheet), sections)
        self.refresh_bindings()

    def show_record(self, person: int) -> None:
        """Show somebody else."""
        self.person = person
        self.reload()

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        if on_own_record(self):
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
            self._note(row)

    def _edit_work(self, work: "WorkContractRow", companies: list[tuple[int, str]]) -> None:
        today, person = self.suivi.today, self.person
        self.ask_fields(
            "Contrat de travail",
            lambda: work_contract_fields(today, companies, work),
            lambda base, values: save_work_contract(base, person, work.work_contract, None, values),
            work.work_contract,
        )

    def _note(self, row: int | None) -> None:
        rows = self.sheet.follow_ups if self.sheet is not None else ()
        known = next((item for item in rows if item.follow_up == row), None)
        today, person = self.suivi.today, self.person
        self.ask_fields(
            "Échange",
            lambda: follow_up_fields(today, known),
            lambda base, values: save_follow_up(base, "participant", person, row, values),
            new_of(person) if row is None else row,
        )

    def action_note(self) -> None:
        """Note a call, a mail, a reminder."""
        self._note(None)

    def action_criterion(self) -> None:
        """Add a criterion, or decide of one."""
        ask_criterion(self, self.person, self.reload)

    def action_hire(self) -> None:
        """A work contract."""
        ask_hiring(self, self.person, self.reload)
