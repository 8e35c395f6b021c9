"""A person placed on the obligation from the grid: known or new, with a work contract."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.dialogs.go_to import GoTo
from suivi_tui.tui.plain import shown
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.entreprises.forms import known_companies
from suivi_tui.tui.screens.participants.forms import work_contract_fields
from suivi_tui.tui.screens.shared.asking import AskingForm, ask
from suivi_tui.tui.screens.shared.texts import day
from suivi_tui.tui.widgets.fields import DateField, Field, TextField
from suivi_tui.vocabulary.choices import EmploymentKind, label_of
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.store.queries.people import ParticipantSheet

NEW: Final = "new"
NEW_CONTRACT: Final = 0
IDENTITY: Final = ("last", "first", "birth")


class Known(NamedTuple):
    """What the form offers: companies by name, and the holder as the usual employer."""

    companies: list[tuple[int, str]]
    holder: int


class ChoosePerson(GoTo):
    """A person by a few letters; the last line creates one with the letters typed."""

    placeholder = "Nom du participant…"
    searching = False
    take_when_found = False

    def look_for(self, text: str) -> None:
        """Ask the base once the fingers rest."""
        self.searching = True
        super().look_for(text)

    def show(self, found: Sequence[Choice]) -> None:
        """What was found, then « Nouveau participant »."""
        text = shown(self._text.strip())
        label = f"Nouveau participant{NBSP}: {text}" if text else "Nouveau participant"
        super().show([*found, Choice((NEW, text), label)])
        self.searching = False
        if self.take_when_found:
            self.take_when_found = False
            self.action_take()

    def action_take(self) -> None:
        """Enter typed before the answer takes the answer, not what was shown before."""
        if self.searching:
            self.take_when_found = True
            self.search_now()
        else:
            super().action_take()


def search_people(base: Any, text: str) -> list[Choice]:
    """People whose name begins with the letters typed."""
    from suivi_tui.store.queries.paging import Page
    from suivi_tui.store.queries.people import participants_page

    return [
        Choice(
            ("known", row.participant),
            f"{row.last} {row.first}".strip() or row.reference,
            " ".join(part for part in (day(row.birth), row.commune) if part),
        )
        for row in participants_page(base.connection, Page(50), filter=text)
    ]


def add_person(
    screen: SuiviScreen[Any], obligation: int, holder: int, then: Callable[[], object]
) -> None:
    """Ask who, then with which work contract; ``then`` runs once the person is placed."""
    today = screen.suivi.today

    def chosen(key: tuple[str, Any] | None) -> None:
        if key is None:
            return
        kind, value = key
        if kind == NEW:
            known(lambda found: _ask_contract(screen, obligation, None, value, found, today, then))
        else:
            screen.read("person", lambda base: _sheet(base, value), with_person)

    def with_person(sheet: "ParticipantSheet | None") -> None:
        if sheet is None:
            return
        contracts = _open_contracts(sheet, obligation, today)
        person = sheet.fields.participant
        name = f"{sheet.fields.last} {sheet.fields.first}".strip()

        def contract(row: int | None) -> None:
            if row is None:
                return
            if row != NEW_CONTRACT:
                screen.write(lambda base: _place(base, obligation, row), lambda _: then())
            else:
                known(
                    lambda found: _ask_contract(
                        screen, obligation, person, name, found, today, then
                    )
                )

        if contracts:
            title = f"Contrat de travail de {name}"
            new = Choice(NEW_CONTRACT, "Nouveau contrat de travail")
            screen.suivi.push_screen(Choose(title, [*contracts, new]), contract)
        else:
            contract(NEW_CONTRACT)

    def known(use: Callable[[Known], None]) -> None:
        screen.read("companies", lambda base: Known(known_companies(base), holder), use)

    screen.suivi.push_screen(ChoosePerson(search_people, "Ajouter une personne"), chosen)


def _ask_contract(
    screen: SuiviScreen[Any],
    obligation: int,
    person: int | None,
    name: str,
    known: Known,
    today: date,
    then: Callable[[], object],
) -> None:
    def make() -> AskingForm:
        fields: list[Field[Any]] = []
        if person is None:
            last, _, first = name.partition(" ")
            fields += [
                TextField("last", "Nom", required=True, initial=last.upper() or None),
                TextField("first", "Prénom", initial=first or None),
                DateField("birth", "Naissance", today=today, hint="17/05/1990"),
            ]
        fields += work_contract_fields(today, known.companies, employer=known.holder)
        title = "Nouveau participant" if person is None else f"Contrat de travail de {name}"
        return AskingForm(title, fields, record=new_of(f"{person or 0}/{obligation}"))

    def save(base: Any, values: Values) -> None:
        save_hiring(base, obligation, person, values)

    ask(screen, make, save, lambda _: then())


def save_hiring(base: Any, obligation: int, person: int | None, values: Values) -> None:
    """The person and the employer when new, the work contract and the placement: one batch."""
    from suivi_tui.actions.hiring import place_person

    given = dict(values)
    identity: Values = {name: given.pop(name) for name in IDENTITY if name in given}
    place_person(base, obligation, identity if person is None else person, given)


def _place(base: Any, obligation: int, work_contract: int) -> None:
    from suivi_tui.actions.hiring import place_work_contract

    place_work_contract(base, obligation, work_contract)


def _sheet(base: Any, person: int) -> "ParticipantSheet | None":
    from suivi_tui.store.queries.people import participant_sheet

    return participant_sheet(base.connection, person)


def _open_contracts(sheet: "ParticipantSheet", obligation: int, today: date) -> list[Choice]:
    """Work contracts that may still serve, and do not serve this obligation yet."""
    return [
        Choice(
            work.work_contract,
            f"{label_of(EmploymentKind, work.type, 'Contrat')} depuis le {day(work.start)}",
            work.employer_name,
        )
        for work in sheet.work_contracts
        if (work.end is None or work.end >= today.isoformat())
        and all(placement.obligation != obligation for placement in work.placements)
    ]
