"""A person placed on an obligation from a grid: known or new, with a work contract.

Only what is missing is asked: the employer is known in the grid of a sender, and the obligation
is asked there only when several may be meant.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.entreprises.forms import known_companies
from suivi_tui.tui.screens.grille.content import contract_lot
from suivi_tui.tui.screens.participants.forms import work_contract_fields
from suivi_tui.tui.screens.shared.asking import AskingForm, ask
from suivi_tui.tui.screens.shared.people_search import NEW, FindPerson
from suivi_tui.tui.screens.shared.texts import day
from suivi_tui.tui.widgets.fields import DateField, Field, TextField
from suivi_tui.tui.widgets.status_line import joined
from suivi_tui.vocabulary.choices import EmploymentKind, label_of
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.store.queries.obligations import ObligationRow
    from suivi_tui.store.queries.people import ParticipantSheet

NEW_CONTRACT: Final = 0
EMPLOYER: Final = "employer"
IDENTITY: Final = ("last", "first", "birth")


class Post(NamedTuple):
    """Where a person is placed: the obligation, its holder, and the employer when it is known."""

    obligation: int
    holder: int
    employer: int | None = None


class ChoosePerson(FindPerson):
    """A person by a few letters; the last line creates one with the letters typed."""

    def otherwise(self, typed: str) -> str:
        """Somebody new."""
        return f"Nouveau participant{NBSP}: {typed}" if typed else "Nouveau participant"


def add_person(screen: SuiviScreen[Any], post: Post, then: Callable[[int], object]) -> None:
    """Ask who, then with which work contract; ``then`` is given the placement once it is made."""
    today = screen.suivi.today

    def chosen(key: tuple[str, Any] | None) -> None:
        if key is None:
            return
        kind, value = key
        if kind == NEW:
            known(lambda found: _ask_contract(screen, post, None, value, found, then))
        else:
            screen.read("person", lambda base: _sheet(base, value), with_person)

    def with_person(sheet: "ParticipantSheet | None") -> None:
        if sheet is None:
            return
        contracts = _open_contracts(sheet, post, today)
        person = sheet.fields.participant
        name = f"{sheet.fields.last} {sheet.fields.first}".strip()

        def contract(row: int | None) -> None:
            if row is None:
                return
            if row != NEW_CONTRACT:
                screen.write(lambda base: _place(base, post.obligation, row), then)
            else:
                known(lambda found: _ask_contract(screen, post, person, name, found, then))

        if contracts:
            title = f"Contrat de travail de {name}"
            new = Choice(NEW_CONTRACT, "Nouveau contrat de travail")
            screen.suivi.push_screen(Choose(title, [*contracts, new]), contract)
        else:
            contract(NEW_CONTRACT)

    def known(use: Callable[[list[tuple[int, str]]], None]) -> None:
        screen.read("companies", known_companies, use)

    screen.suivi.push_screen(ChoosePerson("Ajouter une personne"), chosen)


def add_person_of(
    screen: SuiviScreen[Any],
    employer: int,
    shown: "Sequence[ObligationRow]",
    then: Callable[[int], object],
) -> None:
    """Place a person of an employer; ``shown`` are the obligations that its people serve.

    The obligation is asked unless there is just one that it may be, its own ones included.
    """

    def ask(base: Any) -> "list[ObligationRow]":
        from suivi_tui.store.queries.obligations import running

        return running(base.connection)

    def show(running: "list[ObligationRow]") -> None:
        served = {about.obligation: about for about in shown if about.closed_on is None}
        served |= {about.obligation: about for about in running if about.company == employer}
        if len(served) == 1:
            chosen(next(iter(served)))
            return
        listed = {**served, **{about.obligation: about for about in running}}
        holders.update({about.obligation: about.company for about in listed.values()})
        choices = [
            Choice(
                about.obligation,
                joined([contract_lot(about), about.company_name]),
                about.operation_name,
                about.object,
            )
            for about in listed.values()
        ]
        screen.suivi.push_screen(Choose(f"Pour quel marché{NBSP}?", choices), chosen)

    def chosen(obligation: int | None) -> None:
        if obligation is not None:
            holder = holders.get(obligation, employer)
            add_person(screen, Post(obligation, holder, employer), then)

    holders: dict[int, int] = {}
    screen.read("obligations", ask, show)


def _ask_contract(
    screen: SuiviScreen[Any],
    post: Post,
    person: int | None,
    name: str,
    companies: list[tuple[int, str]],
    then: Callable[[int], object],
) -> None:
    today = screen.suivi.today

    def make() -> AskingForm:
        fields: list[Field[Any]] = []
        if person is None:
            last, _, first = name.partition(" ")
            fields += [
                TextField("last", "Nom", required=True, initial=last.upper() or None),
                TextField("first", "Prénom", initial=first or None),
                DateField("birth", "Naissance", today=today, hint="17/05/1990"),
            ]
        terms = work_contract_fields(today, companies, employer=post.employer or post.holder)
        fields += [field for field in terms if post.employer is None or field.key != EMPLOYER]
        title = "Nouveau participant" if person is None else f"Contrat de travail de {name}"
        return AskingForm(title, fields, record=new_of(f"{person or 0}/{post.obligation}"))

    def save(base: Any, values: Values) -> int:
        return save_hiring(base, post, person, values)

    ask(screen, make, save, then)


def save_hiring(base: Any, post: Post, person: int | None, values: Values) -> int:
    """The person and the employer when new, the work contract and the placement: one batch."""
    from suivi_tui.actions.hiring import place_person

    given = dict(values)
    identity: Values = {name: given.pop(name) for name in IDENTITY if name in given}
    if post.employer is not None:
        given[EMPLOYER] = post.employer
    who = identity if person is None else person
    return place_person(base, post.obligation, who, given).placement


def _place(base: Any, obligation: int, work_contract: int) -> int:
    from suivi_tui.actions.hiring import place_work_contract

    return place_work_contract(base, obligation, work_contract).placement


def _sheet(base: Any, person: int) -> "ParticipantSheet | None":
    from suivi_tui.store.queries.people import participant_sheet

    return participant_sheet(base.connection, person)


def _open_contracts(sheet: "ParticipantSheet", post: Post, today: date) -> list[Choice]:
    """Work contracts that may still serve, and do not serve this obligation yet."""
    return [
        Choice(
            work.work_contract,
            f"{label_of(EmploymentKind, work.type, 'Contrat')} depuis le {day(work.start)}",
            work.employer_name,
        )
        for work in sheet.work_contracts
        if (work.end is None or work.end >= today.isoformat())
        and post.employer in (None, work.employer)
        and all(placement.obligation != post.obligation for placement in work.placements)
    ]
