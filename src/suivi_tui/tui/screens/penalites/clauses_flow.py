"""Changing what a contract says of penalties: which one, its form, taking it away."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from suivi_tui.rules.penalty_terms import (
    CAP_TERM,
    CONTRACT_AMOUNT,
    HOLIDAYS,
    YEARLY_AMOUNT,
    WrittenIndex,
    WrittenPenalty,
    read_cap,
    read_penalty,
)
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.penalites import forms, words
from suivi_tui.tui.screens.shared.asking import AskingForm, ask
from suivi_tui.vocabulary.choices.penalties import PenaltyKind
from suivi_tui.vocabulary.money import format_money
from suivi_tui.vocabulary.typography import french

if TYPE_CHECKING:
    from suivi_tui.readings.penalties import PenaltyFile
    from suivi_tui.store.queries.terms import TermRow

AMOUNTS: Final = "amounts"
CAP: Final = "cap"
CONFIRM: Final = "confirm"
_ADDED: Final = {
    PenaltyKind.PER_HOUR: "Ajouter : pénalité par heure manquante",
    PenaltyKind.PER_DAY: "Ajouter : pénalité par jour de retard",
    PenaltyKind.FLAT: "Ajouter : pénalité forfaitaire",
}
TITLES: Final = {
    PenaltyKind.PER_HOUR: "Pénalité par heure manquante",
    PenaltyKind.PER_DAY: "Pénalité par jour de retard",
    PenaltyKind.FLAT: "Pénalité forfaitaire",
}
Then = Callable[[], object]


def ask_clause(screen: SuiviScreen[Any], file: "PenaltyFile", then: Then) -> None:
    """Which penalty or cap to change, or what to add; then its form. ``then`` runs once saved."""
    listed = [
        Choice((CONFIRM, written), f"Retenir {format_money(value.amount)} pour l'indice",
               value.confidence.label, value.source)
        for written in file.waiting
        if isinstance(written.rate, WrittenIndex)
        and (value := file.reference.value_of(written.rate.name)) is not None
    ]  # fmt: skip
    listed += [
        Choice(("term", term), words.term_words(term.code, term.value), "lot" if term.lot else "")
        for term in file.terms
    ]
    listed += [Choice(("add", kind), label) for kind, label in _ADDED.items()]
    listed.append(Choice((CAP, None), "Ajouter : plafond"))
    listed.append(Choice((AMOUNTS, None), "Montants des plafonds, jours fériés"))

    def chosen(answer: tuple[str, Any] | None) -> None:
        if answer is None:
            return
        what, about = answer
        if what == "term":
            edit_term(screen, file, about, then)
        elif what == "add":
            _edit_penalty(screen, file, about, None, None, then)
        elif what == CAP:
            _edit_cap(screen, file, None, then)
        elif what == AMOUNTS:
            _edit_amounts(screen, file, "marche", then)
        elif what == CONFIRM:
            confirm_index(screen, file, about, then)

    screen.suivi.push_screen(Choose("Pénalités du marché", listed), chosen)


def edit_term(screen: SuiviScreen[Any], file: "PenaltyFile", term: "TermRow", then: Then) -> None:
    """The form of a stored penalty, cap or amount."""
    if term.code in (CONTRACT_AMOUNT, YEARLY_AMOUNT, HOLIDAYS):
        _edit_amounts(screen, file, _level(term), then)
    elif term.code.startswith(CAP_TERM):
        _edit_cap(screen, file, term, then)
    else:
        written, _ = read_penalty(term.code, term.value)
        if written is None:
            screen.notify_plain("Cette condition n'est pas comprise : elle se retire, touche x.",
                                "warning")  # fmt: skip
        else:
            _edit_penalty(screen, file, written.kind, written, term, then)


def confirm_index(
    screen: SuiviScreen[Any], file: "PenaltyFile", written: WrittenPenalty, then: Then
) -> None:
    """Keep the value that reference data propose for the index of a penalty: never in silence."""
    assert isinstance(written.rate, WrittenIndex)
    value = file.reference.value_of(written.rate.name)
    if value is None:
        return
    kept = written._replace(rate=written.rate._replace(value=value.amount))
    term = next((term for term in reversed(_by_level(file)) if term.code == written.code), None)
    lot = term.lot if term is not None else None

    def answered(yes: bool | None) -> None:
        if yes:
            screen.write(partial(_save, file, lot, {kept.code: kept.value}), lambda _: then())

    question = french(
        f"Retenir {format_money(value.amount)} pour « {written.rate.name.label} » ? Source : "
        f"{value.source} ({value.confidence.label})."
    )
    screen.suivi.push_screen(Confirm("Indice", question, yes="Retenir", no="Non"), answered)


def drop_term(screen: SuiviScreen[Any], file: "PenaltyFile", term: "TermRow", then: Then) -> None:
    """Take a penalty, a cap or an amount away from the contract or the lot."""

    def answered(yes: bool | None) -> None:
        if yes:
            screen.write(partial(_save, file, term.lot, {term.code: None}), lambda _: then())

    name = words.term_words(term.code, term.value)
    question = french(f"Retirer « {name} » ? Ctrl+Z annulera ce retrait.")
    screen.suivi.push_screen(Confirm("Retirer", question, yes="Retirer", no="Garder"), answered)


def _edit_penalty(
    screen: SuiviScreen[Any],
    file: "PenaltyFile",
    kind: PenaltyKind,
    known: WrittenPenalty | None,
    term: "TermRow | None",
    then: Then,
) -> None:
    def values_of(values: Values) -> dict[str, str | None]:
        written = forms.written_penalty(kind, values)
        return {written.code: written.value}

    _ask(
        screen,
        file,
        lambda level: AskingForm(
            TITLES[kind],
            forms.penalty_fields(kind, file, known, level),
            check=forms.check_penalty,
            record=_draft(file, term),
        ),
        values_of,
        term,
        then,
    )


def _edit_cap(
    screen: SuiviScreen[Any], file: "PenaltyFile", term: "TermRow | None", then: Then
) -> None:
    known = read_cap(term.code, term.value) if term is not None else None
    _ask(
        screen,
        file,
        lambda level: AskingForm(
            "Plafond des pénalités",
            forms.cap_fields(file, known, level),
            check=forms.check_cap,
            record=_draft(file, term),
        ),
        lambda values: dict([forms.cap_term(values)]),
        term,
        then,
    )


def _edit_amounts(screen: SuiviScreen[Any], file: "PenaltyFile", level: str, then: Then) -> None:
    ask(
        screen,
        lambda: AskingForm(
            "Montants et jours fériés", forms.amount_fields(file, level), record=file.row.contract
        ),
        lambda base, values: _save(file, _lot(file, values), forms.amount_terms(values), base),
        lambda _: then(),
    )


def _ask(
    screen: SuiviScreen[Any],
    file: "PenaltyFile",
    make: Callable[[str], AskingForm],
    values_of: Callable[[Values], dict[str, str | None]],
    term: "TermRow | None",
    then: Then,
) -> None:
    """A form about one term; one that changed its nature or its place leaves the former one."""

    def save(base: Any, values: Values) -> None:
        wanted, lot = values_of(values), _lot(file, values)
        if term is not None and (term.code not in wanted or term.lot != lot):
            if term.lot == lot:
                wanted[term.code] = None
            else:
                _save(file, term.lot, {term.code: None}, base)
        _save(file, lot, wanted, base)

    level = _level(term) if term is not None else "marche"
    ask(screen, lambda: make(level), save, lambda _: then())


def _save(file: "PenaltyFile", lot: int | None, wanted: dict[str, str | None], base: Any) -> None:
    from suivi_tui.actions.penalties import set_penalty_terms

    set_penalty_terms(base, file.row.contract, lot, wanted)


def _lot(file: "PenaltyFile", values: Values) -> int | None:
    return file.row.lot if values.get("level") == "lot" else None


def _level(term: "TermRow") -> str:
    return "lot" if term.lot is not None else "marche"


def _by_level(file: "PenaltyFile") -> "list[TermRow]":
    return sorted(file.terms, key=lambda term: term.lot is not None)


def _draft(file: "PenaltyFile", term: "TermRow | None") -> str:
    return f"{file.row.contract}/{term.code if term is not None else ''}"
