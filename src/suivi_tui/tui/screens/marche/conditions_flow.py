"""Changing the terms of a contract: which part, the form, the gravity of each check."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.marche import saving
from suivi_tui.tui.screens.marche.buyer_flow import edit_buyer
from suivi_tui.tui.screens.marche.conditions import (
    Conditions,
    is_limit,
    read_conditions,
    save_terms,
    term_fields,
    term_values,
)
from suivi_tui.tui.screens.marche.forms import Names
from suivi_tui.tui.screens.marche.limits_flow import edit_limits
from suivi_tui.tui.screens.shared.asking import AskingForm, ask
from suivi_tui.vocabulary.choices import CHECK_TERM, CheckGravity, TermCode, label_of
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.store.queries.contracts import LotRow
    from suivi_tui.store.queries.terms import TermRow

TERMS: Final = "terms"
CHECKS: Final = "checks"
LIMITS: Final = "limits"
BUYER: Final = "buyer"
USUAL: Final = "usual"
Then = Callable[[], object]


def ask_which(
    screen: SuiviScreen[Any], contract: int, lots: "Sequence[LotRow]", then: Then
) -> None:
    """Statements, checks or alerts, of the whole contract or of a lot; then their form."""
    listed = [Choice((what, None), label, "tout le marché") for what, (label, _) in _PARTS.items()]
    listed.append(Choice((BUYER, None), "Acheteur, délai de réponse", "tous ses marchés"))
    for lot in lots if len(lots) > 1 else ():
        name = f"lot {lot.number}"
        listed += [Choice((what, lot.lot), label, name, name)
                   for what, (label, _) in _PARTS.items()]  # fmt: skip

    def chosen(answer: tuple[str, int | None] | None) -> None:
        if answer is not None:
            what, lot = answer
            edit = edit_buyer if what == BUYER else _PARTS[what][1]
            edit(screen, contract, lot, then)

    screen.suivi.push_screen(Choose("Conditions", listed), chosen)


def edit_terms(screen: SuiviScreen[Any], contract: int, lot: int | None, then: Then) -> None:
    """The form of the terms of a contract or a lot; ``then`` runs once saved."""

    def known(base: Any) -> tuple[Conditions, Names]:
        return read_conditions(base, contract), saving.known_names(base)

    def show(found: tuple[Conditions, Names]) -> None:
        conditions, names = found
        title = "Conditions du marché" if lot is None else "Conditions du lot"
        ask(
            screen,
            lambda: AskingForm(
                title,
                term_fields(screen.suivi.today, conditions, lot, names.companies),
                record=lot or contract,
            ),
            lambda base, values: save_terms(base, contract, lot, term_values(values)),
            lambda _: then(),
        )

    screen.read("terms", known, show)


def edit_checks(screen: SuiviScreen[Any], contract: int, lot: int | None, then: Then) -> None:
    """The checks and their gravity for a contract or a lot; one changes at a time."""
    screen.read(
        "checks",
        partial(read_conditions, contract=contract),
        lambda conditions: _show_checks(screen, conditions, (contract, lot), then),
    )


def _show_checks(
    screen: SuiviScreen[Any], conditions: Conditions, place: tuple[int, int | None], then: Then
) -> None:
    from suivi_tui.rules.checks import CHECKS as CATALOGUE

    contract, lot = place
    listed = [
        Choice(check.code, check.label, _in_force(conditions, lot, check.code, check.gravity),
               check.help)
        for check in CATALOGUE
    ]  # fmt: skip

    def chosen(code: str | None) -> None:
        check = next((item for item in CATALOGUE if item.code == code), None)
        if check is None:
            return
        above = _in_force(conditions, None, check.code, check.gravity)
        usual = f"Comme la référence ({check.gravity.label.lower()})"
        if lot is not None:
            usual = f"Comme le marché ({above.split(' ')[0]})"
        gravities = [Choice(item.value, item.label, _meaning(item)) for item in CheckGravity]
        screen.suivi.push_screen(
            Choose(check.label, [*gravities, Choice(USUAL, usual)]), partial(decided, check.code)
        )

    def decided(code: str, gravity: str | None) -> None:
        if gravity is None:
            _show_checks(screen, conditions, place, then)
            return
        value = None if gravity == USUAL else gravity

        def save(base: Any) -> Conditions:
            save_terms(base, contract, lot, {CHECK_TERM + code: value})
            return read_conditions(base, contract)

        def saved(found: Conditions) -> None:
            then()
            _show_checks(screen, found, place, then)

        screen.write(save, saved)

    title = "Gravité des contrôles" if lot is None else "Gravité des contrôles du lot"
    screen.suivi.push_screen(Choose(title, listed), chosen)


def _in_force(conditions: Conditions, lot: int | None, code: str, usual: CheckGravity) -> str:
    """The gravity of a check and who says it; a ``lot`` that has no term of its own follows the
    contract."""
    places = [(lot, "lot")] if lot is not None else []
    for where, who in [*places, (None, "marché")]:
        rows = conditions.said(CHECK_TERM + code, where)
        if rows:
            return f"{label_of(CheckGravity, rows[-1].value).lower()} ({who})"
    return f"{usual.label.lower()} (référence)"


def _meaning(gravity: CheckGravity) -> str:
    return {
        CheckGravity.WARN: "une phrase à lire",
        CheckGravity.ALERT: "à regarder d'abord",
        CheckGravity.IGNORE: "rien n'est dit",
    }[gravity]


_PARTS: Final = {
    TERMS: ("Relevés et éligibilité", edit_terms),
    CHECKS: ("Gravité des contrôles", edit_checks),
    LIMITS: ("Seuils des alertes", edit_limits),
}
"""What a contract says in its terms: how it is called, how it is changed."""


def edit_term(screen: SuiviScreen[Any], contract: int, row: "TermRow | None", then: Then) -> None:
    """The form in which a stored term is changed; None: the terms of the contract."""
    lot = row.lot if row is not None else None
    what = TERMS
    if row is not None and row.code.startswith(CHECK_TERM):
        what = CHECKS
    elif row is not None and is_limit(row.code):
        what = LIMITS
    _PARTS[what][1](screen, contract, lot, then)


def drop_term(
    screen: SuiviScreen[Any],
    conditions: Conditions,
    contract: int,
    row: "TermRow",
    then: Then,
) -> None:
    """Go back to reference data, or to what the contract says, for one stored term."""
    value: Any = None
    if row.code == TermCode.DECLARANT.value:
        others = conditions.said(row.code, row.lot)
        value = [int(item.value) for item in others
                 if item.term != row.term and item.value.isdecimal()]  # fmt: skip

    def answered(yes: bool | None) -> None:
        if yes:
            screen.write(
                lambda base: save_terms(base, contract, row.lot, {row.code: value}),
                lambda _: then(),
            )

    above = "ce que dit le marché" if row.lot is not None else "la référence"
    question = (
        f"Retirer «{NBSP}{conditions.text(row)}{NBSP}» et revenir à {above}{NBSP}? "
        "Ctrl+Z annulera ce retrait."
    )
    screen.suivi.push_screen(Confirm("Retirer", question, yes="Retirer", no="Garder"), answered)
