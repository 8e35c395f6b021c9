"""The acts on needs and proposals, whichever screen they are asked from."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.besoins import forms
from suivi_tui.tui.screens.besoins.forms import NO_INITIALS, NeedInitials
from suivi_tui.tui.screens.besoins.words import person_words
from suivi_tui.tui.screens.participants.hiring import Prefilled, ask_hiring
from suivi_tui.tui.screens.shared.asking import ask_fields
from suivi_tui.tui.screens.shared.people_search import KNOWN, NEW, FindPerson
from suivi_tui.tui.screens.shared.texts import as_date
from suivi_tui.vocabulary.choices import ProposalAnswer
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.readings.needs import NeedReading
    from suivi_tui.store.queries.needs import NeedRow, ProposalRow

Then = Callable[[], object]

_SHORT: Final = 3
"""Letters typed that are initials already."""


class FindProposed(FindPerson):
    """Who is proposed: a participant, or initials of someone who is not in the base."""

    def otherwise(self, typed: str) -> str:
        """Somebody of whom the base only keeps initials."""
        return "Pas dans la base : initiales seules"


class FindHired(FindPerson):
    """Who was hired: a participant, or somebody new."""

    def otherwise(self, typed: str) -> str:
        """A new participant."""
        return f"Nouveau participant{NBSP}: {typed}" if typed else "Nouveau participant"


def ask_need(
    screen: SuiviScreen[Any],
    known: "NeedRow | None",
    then: Callable[[int], object],
    about: NeedInitials = NO_INITIALS,
) -> None:
    """The form of a need; ``then`` gets its id."""
    today = screen.suivi.today
    row = known.need if known is not None else None

    def show(names: forms.Known) -> None:
        ask_fields(
            screen,
            "Besoin" if known is not None else "Nouveau besoin",
            lambda: forms.need_fields(today, names, known, about),
            lambda base, values: forms.save_need(base, row, values),
            new_of(f"{about.company or 0}/{about.obligation or 0}") if row is None else row,
            then,
        )

    screen.read("need_names", forms.known_names, show)


def ask_proposal(screen: SuiviScreen[Any], need: int, then: Then) -> None:
    """Who is proposed, by whom, when."""

    def chosen(key: tuple[str, Any] | None) -> None:
        if key is None:
            return
        kind, value = key
        if kind == NEW:
            _ask_terms(screen, need, None, "", then, initials_of(value))
        else:
            screen.read("prescriber", lambda base: _prescriber(base, value), lambda found:
                        _ask_terms(screen, need, value, found, then))  # fmt: skip

    screen.suivi.push_screen(FindProposed(f"Qui proposez-vous{NBSP}?"), chosen)


def initials_of(typed: str) -> str:
    """The initials of whoever is not in the base: of the name typed only they are kept."""
    words = typed.replace("-", " ").split()
    if len(words) == 1 and len(words[0]) <= _SHORT:
        return words[0].upper()
    return "".join(word[0] for word in words).upper()[:10]


def _prescriber(base: Any, person: int) -> str:
    from suivi_tui.store.queries.entry import record

    known = record(base.connection, "participant", person)
    return str(known["prescriber"] or "") if known is not None else ""


def _ask_terms(
    screen: SuiviScreen[Any],
    need: int,
    person: int | None,
    prescriber: str,
    then: Then,
    initials: str = "",
) -> None:
    today = screen.suivi.today

    def save(base: Any, values: Values) -> None:
        from suivi_tui.actions.needs import propose

        propose(base, need, {**values, "participant": person}, today)

    ask_fields(
        screen,
        "Personne proposée",
        lambda: forms.proposal_fields(today, initials if person is None else None, prescriber),
        save,
        new_of(f"{need}/{person or 0}"),
        lambda _: then(),
    )


def edit_proposal(screen: SuiviScreen[Any], known: "ProposalRow", then: Then) -> None:
    """Who sent the person and when, and the initials of someone who is not in the base."""
    initials = known.initials if known.participant is None else None

    def save(base: Any, values: Values) -> None:
        from suivi_tui.actions.records import save_record

        save_record(base, "proposal", known.proposal, values)

    ask_fields(
        screen,
        "Proposition",
        lambda: forms.proposal_fields(screen.suivi.today, initials, known=known),
        save,
        known.proposal,
        lambda _: then(),
    )


def ask_answer(
    screen: SuiviScreen[Any], reading: "NeedReading", known: "ProposalRow", then: Then
) -> None:
    """What became of a proposal; somebody hired gets a work contract in the same stroke."""
    today = screen.suivi.today

    def answered(values: Values) -> None:
        if values["answer"] == ProposalAnswer.HIRED.value:
            ask_hired(screen, reading, known, then)
        else:
            then()

    def save(base: Any, values: Values) -> Values:
        # Hired is written with the work contract, all or nothing.
        if values["answer"] != ProposalAnswer.HIRED.value:
            forms.save_answer(base, known.proposal, values, today)
        return values

    ask_fields(
        screen,
        f"Réponse pour {person_words(known)}",
        lambda: forms.answer_fields(today, known),
        save,
        known.proposal,
        answered,
    )


def ask_hired(
    screen: SuiviScreen[Any], reading: "NeedReading", known: "ProposalRow", then: Then
) -> None:
    """The hiring that a proposal leads to: who when only initials are known, then the contract."""
    need = reading.row
    today = screen.suivi.today
    wanted = as_date(need.wanted_on)
    prefilled = Prefilled(
        obligation=need.obligation,
        employer=need.company,
        post=need.post,
        start=wanted,
        proposal=known.proposal,
    )

    def hired() -> None:
        then()
        if reading.open and reading.hired + 1 >= need.number:
            _ask_closing(screen, need, today, then)

    def with_person(person: int) -> None:
        ask_hiring(screen, person, hired, prefilled)

    def chosen(key: tuple[str, Any] | None) -> None:
        if key is not None and key[0] == KNOWN:
            with_person(key[1])
        elif key is not None:
            _ask_person(screen, known, key[1], with_person)

    if known.participant is not None:
        with_person(known.participant)
    else:
        title = f"Qui est {known.initials}{NBSP}?" if known.initials else f"Qui est-ce{NBSP}?"
        screen.suivi.push_screen(FindHired(title), chosen)


def _ask_person(
    screen: SuiviScreen[Any], known: "ProposalRow", typed: str, then: Callable[[int], object]
) -> None:
    from suivi_tui.tui.screens.participants.forms import person_fields, save_person

    def fields() -> list[Any]:
        last, _, first = typed.partition(" ")
        initial = {"last": last.upper(), "first": first, "prescriber": known.prescriber}
        return person_fields(screen.suivi.today, initial=initial)

    ask_fields(
        screen,
        "Nouvelle personne",
        fields,
        lambda base, values: save_person(base, None, values),
        new_of(f"proposition/{known.proposal}"),
        then,
    )


def _ask_closing(screen: SuiviScreen[Any], need: "NeedRow", today: date, then: Then) -> None:
    question = (
        f"Les {need.number} postes sont pourvus. Clore le besoin{NBSP}?"
        if need.number > 1
        else f"Le poste est pourvu. Clore le besoin{NBSP}?"
    )
    screen.suivi.push_screen(
        Confirm("Besoin pourvu", question, yes="Clore", no="Laisser ouvert"),
        lambda yes: set_closed(screen, need.need, today, then) if yes else None,
    )


def set_closed(screen: SuiviScreen[Any], need: int, day: date | None, then: Then) -> None:
    """Close a need, or open it again (``day`` None)."""

    def save(base: Any) -> None:
        from suivi_tui.actions.needs import close_need

        close_need(base, need, day)

    def done(_: None) -> None:
        text = "Besoin clos." if day is not None else "Besoin rouvert."
        screen.notify_plain(f"{text} Ctrl+Z l'annule.")
        then()

    screen.write(save, done)
