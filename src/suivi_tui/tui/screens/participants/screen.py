"""Screen 4: the people, how long they still count, their hours."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on

from suivi_tui import paths
from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.participants.criterion import ask_criterion
from suivi_tui.tui.screens.participants.forms import person_fields, save_person
from suivi_tui.tui.screens.participants.hiring import ask_hiring
from suivi_tui.tui.screens.participants.participant import ParticipantDetail
from suivi_tui.tui.screens.shared.asking import ask_fields
from suivi_tui.tui.screens.shared.exporting import export_list
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.importer import ask_import
from suivi_tui.tui.screens.shared.record_list import RecordListScreen
from suivi_tui.tui.screens.shared.texts import as_date, day, hours
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import KeyedSource, Row, Sort
from suivi_tui.vocabulary.choices import Criterion, Decision, find
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.readings.eligibility_clock import EligibilityClock
    from suivi_tui.store.queries.paging import Page
    from suivi_tui.store.queries.people import ParticipantRow

CRITERION_WIDTH: Final = 20
NARROW = (
    Column("Nom", 0, sort="name"),
    Column("Critère", CRITERION_WIDTH),
    Column("Éligible au", 11),
    Column("Reste", 9, "right"),
    Column("Déclarées", 12, "right"),
)
WIDE = (
    *NARROW,
    Column("Validées", 12, "right"),
    Column("Référence", 12, sort="reference"),
    Column("Commune", 14),
)
EMPTY = (
    "Aucun participant. Touche a pour en ajouter un, touche i pour importer un tableau de "
    "participants."
)


class People(KeyedSource):
    """The participants, paged by key, with their eligibility on the day of the application."""

    def __init__(self, today: date) -> None:
        self.today = today

    def page(self, base: Any, page: "Page", sort: Sort | None, filter: str) -> Sequence[Row]:
        """See :class:`~suivi_tui.tui.widgets.sources.KeyedSource`."""
        from suivi_tui.readings.eligibility_clock import eligibility_clocks
        from suivi_tui.reference.loader import thresholds
        from suivi_tui.store.queries.people import participants_page

        limits = thresholds(paths.reference_file())
        rows = participants_page(
            base.connection,
            page,
            order=sort.key if sort else "name",
            descending=bool(sort and sort.descending),
            filter=filter,
        )
        clocks = eligibility_clocks(
            base.connection,
            [row.participant for row in rows],
            self.today,
            limits.eligibility.months,
        )
        soon = limits.alerts.eligibility_end_days
        return [_row(row, clocks[row.participant], soon) for row in rows]

    def count(self, base: Any, filter: str) -> int | None:
        """Counted only when a filter bounds them."""
        from suivi_tui.store.queries.people import count_participants

        return count_participants(base.connection, filter)


def _row(row: "ParticipantRow", clock: "EligibilityClock", soon: int) -> Row:
    end, left, tone = clock_cells(clock, row.decision, soon)
    name = f"{row.last} {row.first}".strip() or row.reference
    if row.homonym and (told := told_apart(row)):
        # Before the first name: a narrow column cuts what is the same in both.
        name = f"{row.last} ({told}) {row.first}".strip()
    others = len(row.criteria) - 1
    criterion = short_criterion(row.criterion) + (f" +{others}" if others > 0 else "")
    cells = (name, criterion, end, left, hours(row.totals.declared), hours(row.totals.validated))
    return Row(row.key, row.participant, (*cells, row.reference, row.commune), tone)


def told_apart(row: "ParticipantRow") -> str:
    """What tells a person from another one of the same name: birth, else town, else reference."""
    born = as_date(row.birth)
    return str(born.year) if born else row.commune or row.reference


def short_criterion(label: str) -> str:
    """A criterion in a narrow column: its code when the label would be cut (DELD, DETLD)."""
    member = find(Criterion, label)
    if member is None or len(label) <= CRITERION_WIDTH:
        return label
    return str(member.value).replace("_", " ")


def clock_cells(clock: "EligibilityClock", decision: str, soon: int) -> tuple[str, str, str]:
    """End of the window, days left, tone of a person; the words say what the tone says."""
    if clock.current is not None:
        if clock.days_left is None:
            return "sans fin", "", ""
        left = f"{clock.days_left}{NBSP}j"
        near = clock.days_left <= soon
        return (
            day(clock.current.end.isoformat()),
            f"! {left}" if near else left,
            ("alerte" if near else ""),
        )
    if clock.windows:
        last = clock.windows[-1]
        return day(last.end.isoformat()), "terminée", "muted"
    state = {Decision.PENDING.value: "en attente", Decision.REFUSED.value: "refusée"}
    return state.get(decision, "à valider" if decision else "–"), "", ""


class Participants(RecordListScreen):
    """The list of people."""

    screen_name = "participants"
    heading = "Participants"
    purpose = (
        "Les personnes en insertion, la fin de leur éligibilité et leurs heures.\n"
        "Entrée ouvre une fiche. / cherche par le début du nom, de la référence ou de la commune."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("add", "a", "Ajouter", "Ajouter une personne.", "participants", "Participants",
                footer=10, available=editable),
        Command("criterion", "c", "Critère", "Ajouter un critère ou décider d'un critère.",
                "participants", "Participants", footer=20, available=editable),
        Command("hire", "t", "Contrat", "Ajouter un contrat de travail.", "participants",
                "Participants", footer=30, available=editable),
        Command("edit", "m", "Modifier", "Modifier la personne choisie.", "participants",
                "Participants", footer=45, available=editable),
        Command("history", "h", "Historique", "Qui a changé quoi sur cette personne.",
                "participants", "Participants", footer=85),
        Command("import_file", "i", "Importer", "Importer un tableau.", "participants",
                "Participants", footer=88, palette=False, available=editable),
        Command("remove", "x,delete", "Retirer", "Retirer la personne choisie.", "participants",
                "Participants", available=editable),
    )  # fmt: skip

    entity = "participant"
    list_id = "people"
    list_title = "Participants"
    empty = EMPTY
    narrow, wide = NARROW, WIDE
    first_sort = Sort("name")

    def source(self) -> People:
        """Everybody."""
        return People(self.suivi.today)

    def export_shown(self) -> None:
        export_list(self, "Participants", self.query_one(PagedList), names=("Nom",))

    def show_record(self, person: int) -> None:
        """Open the sheet of a person."""
        self.app.push_screen(ParticipantDetail(person))

    @on(PagedList.RowSelected, "#people")
    def _open(self, event: PagedList.RowSelected) -> None:
        self.show_record(int(event.row.id))

    def action_add(self) -> None:
        """A new person, then their sheet."""
        ask_fields(
            self,
            "Nouvelle personne",
            lambda: person_fields(self.suivi.today),
            lambda base, values: save_person(base, None, values),
            then=self._added,
        )

    def _added(self, person: int) -> None:
        self.reload()
        self.show_record(person)

    def action_edit(self) -> None:
        """Change the person of the cursor."""
        if self.record is None:
            return
        person, today = self.record[0], self.suivi.today

        def known(base: Any) -> Any:
            from suivi_tui.store.queries.people import participant_sheet

            return participant_sheet(base.connection, person)

        def edit(sheet: Any) -> None:
            if sheet is not None:
                ask_fields(
                    self,
                    "Modifier",
                    lambda: person_fields(today, sheet.fields),
                    lambda base, values: save_person(base, person, values),
                    person,
                )

        self.read("edit", known, edit)

    def action_criterion(self) -> None:
        """Add a criterion to the person of the cursor, or decide of one."""
        if self.record is not None:
            ask_criterion(self, self.record[0], self.reload)

    def action_hire(self) -> None:
        """A work contract for the person of the cursor."""
        if self.record is not None:
            ask_hiring(self, self.record[0], self.reload)

    def action_import_file(self) -> None:
        """Import a table."""
        ask_import(self)
