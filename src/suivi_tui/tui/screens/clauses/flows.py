"""Entering what a text lacks: each variable where it is known once for all the rest."""

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from suivi_tui import paths
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.clauses import forms
from suivi_tui.tui.screens.marche import conditions_flow
from suivi_tui.tui.screens.marche.obligation_forms import figure_fields
from suivi_tui.tui.screens.penalites import forms as penalty_forms
from suivi_tui.tui.screens.penalites.clauses_flow import TITLES
from suivi_tui.tui.screens.penalites.opening import open_penalties
from suivi_tui.tui.screens.shared.asking import AskingForm, ask, ask_fields
from suivi_tui.tui.screens.shared.opening import open_sheet
from suivi_tui.tui.screens.shared.single_lot import ask_single_lot
from suivi_tui.vocabulary.choices import ClauseTerm, Criterion, OwedFormula
from suivi_tui.vocabulary.typography import french

if TYPE_CHECKING:
    from suivi_tui.actions.clauses import PreparedClause
    from suivi_tui.rules.formula_terms import Said
    from suivi_tui.store.queries.clauses import LotRow
    from suivi_tui.store.queries.obligations import ObligationRow

Screen = SuiviScreen[Any]
Then = Callable[[], object]
CAP: Final = "cap"


def enter_value(screen: Screen, prepared: "PreparedClause", code: str, then: Then) -> None:
    """Open where a variable is entered; ``then`` runs once it is saved."""
    from suivi_tui.rules.clause_texts import Place, place_of_value

    place = place_of_value(code)
    if code == "publics":
        edit_publics(screen, prepared, then)
    elif place is Place.CONTRACT:
        edit_contract(screen, prepared, then)
    elif place is Place.TERMS:
        conditions_flow.edit_terms(screen, prepared.contract, None, then)
    elif place is Place.TEXT:
        edit_text(screen, prepared, then)
    elif place is Place.FACILITATOR:
        edit_facilitator(screen, prepared, then)
    elif place is Place.PENALTIES:
        edit_penalties(screen, prepared.contract, then)
    else:
        edit_hours(screen, prepared.contract, then)


def edit_contract(screen: Screen, prepared: "PreparedClause", then: Then) -> None:
    """The number, the object and the legal form."""

    def save(base: Any, values: Values) -> object:
        from suivi_tui.actions.records import save_record

        return save_record(base, "contract", prepared.contract, values)

    fields = partial(forms.contract_fields, prepared.facts)
    ask_fields(screen, "Marché", fields, save, prepared.contract, lambda _: then())


def edit_text(screen: Screen, prepared: "PreparedClause", then: Then) -> None:
    """What only the text needs."""

    def save(base: Any, values: Values) -> object:
        from suivi_tui.actions.clauses import set_clause_terms

        return set_clause_terms(base, prepared.contract, None, values)

    fields = partial(forms.text_fields, prepared.facts)
    ask_fields(screen, "Réglages du texte", fields, save, prepared.contract, lambda _: then())


def edit_facilitator(screen: Screen, prepared: "PreparedClause", then: Then) -> None:
    """Whom the text names; kept in the directory."""

    def save(base: Any, values: Values) -> object:
        from suivi_tui.actions.clauses import set_facilitator
        from suivi_tui.rules.clause_variables import Facilitator

        said = {name: values[name] or "" for name in Facilitator._fields}
        return set_facilitator(base, prepared.contract, Facilitator(**said))

    fields = partial(forms.facilitator_fields, prepared.facts.facilitator)
    ask_fields(screen, "Facilitateur", fields, save, prepared.contract, lambda _: then())


def edit_publics(screen: Screen, prepared: "PreparedClause", then: Then) -> None:
    """The publics one by one; Escape ends."""
    chosen = set(prepared.facts.publics)

    def show() -> None:
        listed = [
            Choice(one.value, one.label, "✓ éligible" if one.value in chosen else "")
            for one in Criterion
        ]
        screen.suivi.push_screen(Choose("Publics éligibles", listed), answered)

    def answered(code: str | None) -> None:
        if code is None:
            then()
            return
        chosen.symmetric_difference_update({code})
        kept = [one.value for one in Criterion if one.value in chosen]

        def save(base: Any) -> object:
            from suivi_tui.actions.clauses import set_clause_terms

            values = {ClauseTerm.PUBLICS.value: kept}
            return set_clause_terms(base, prepared.contract, None, values)

        screen.write(save, lambda _: show())

    show()


# hours


def edit_hours(screen: Screen, contract: int, then: Then) -> None:
    """The objective of a lot: its obligation once somebody owes it, else what the text says."""

    def known(base: Any) -> "tuple[list[LotRow], list[ObligationRow]]":
        from suivi_tui.store.queries import clauses, obligations

        lots = clauses.lots(base.connection, [contract]).get(contract, [])
        return lots, obligations.of_contracts(base.connection, [contract])

    def choose(found: "tuple[list[LotRow], list[ObligationRow]]") -> None:
        lots, owing = found
        if not lots:
            ask_single_lot(screen, contract, lambda: edit_hours(screen, contract, then))
        elif len(lots) == 1:
            show(lots[0], owing)
        else:
            listed = [Choice(lot, f"Lot {lot.number}", lot.title, lot.title) for lot in lots]
            screen.suivi.push_screen(
                Choose("Quel lot ?", listed), lambda lot: show(lot, owing) if lot else None
            )

    def show(lot: "LotRow", owing: "list[ObligationRow]") -> None:
        here = [row for row in owing if row.lot == lot.lot]
        if here:
            open_sheet(screen, "obligation", here[0].obligation)
        else:
            _choose_formula(screen, lot, then)

    screen.read("lots", known, choose)


def _choose_formula(screen: Screen, lot: "LotRow", then: Then) -> None:
    listed = [Choice(one, one.label) for one in OwedFormula]

    def known(code: OwedFormula, base: Any) -> "tuple[OwedFormula, Said, int | None]":
        from suivi_tui.rules.formula_terms import said_of
        from suivi_tui.rules.terms import values_in_force
        from suivi_tui.store.queries.calibrations import of_contract
        from suivi_tui.store.queries.terms import of_contracts

        terms = of_contracts(base.connection, [lot.contract]).get(lot.contract, [])
        lines = [term.line for term in terms]
        hours = values_in_force(lines, lot.lot, screen.suivi.today).get(ClauseTerm.HOURS.value, "")
        if hours.isdecimal():
            return code, said_of(lines, lot.lot), int(hours)
        # What was calibrated for the lot is offered; the person keeps it or types another figure.
        kept = [one.result for one in of_contract(base.connection, lot.contract)
                if one.lot in (None, lot.lot)]  # fmt: skip
        return code, said_of(lines, lot.lot), kept[0] if kept else None

    def chosen(code: OwedFormula | None) -> None:
        if code is not None:
            screen.read("formula", partial(known, code), lambda found: _edit_lot(screen, lot, found,
                                                                                 then))  # fmt: skip

    screen.suivi.push_screen(Choose("Comment les heures sont dues", listed), chosen)


def _edit_lot(
    screen: Screen, lot: "LotRow", known: "tuple[OwedFormula, Said, int | None]", then: Then
) -> None:
    from suivi_tui.vocabulary.hours import Hours

    code, said, stored = known
    fixed = code in (OwedFormula.FIXED, OwedFormula.PER_TRANCHE)
    hours = None if stored is None else Hours(stored)

    def save(base: Any, values: Values) -> None:
        from suivi_tui.actions.clauses import set_clause_terms
        from suivi_tui.actions.records import save_record

        terms = forms.formula_terms(code.value, values)
        set_clause_terms(base, lot.contract, lot.lot, terms)
        save_record(base, "lot", lot.lot, {"title": values["title"] or ""})

    ask_fields(
        screen,
        "Objectif du lot",
        lambda: [*forms.lot_fields(lot.title, hours, fixed), *figure_fields(said, code)],
        save,
        lot.lot,
        lambda _: then(),
    )


# penalties


def edit_penalties(screen: Screen, contract: int, then: Then) -> None:
    """The penalty desk once somebody owes hours; before, what the contract will say."""

    def known(base: Any) -> "list[ObligationRow]":
        from suivi_tui.store.queries.obligations import of_contracts

        return of_contracts(base.connection, [contract])

    def show(owing: "list[ObligationRow]") -> None:
        if owing:
            open_penalties(screen, contract)
        else:
            _choose_penalty(screen, contract, then)

    screen.read("owing", known, show)


def _choose_penalty(screen: Screen, contract: int, then: Then) -> None:
    listed = [*(Choice(kind, label) for kind, label in TITLES.items()),
              Choice(CAP, "Plafond des pénalités")]  # fmt: skip
    today = screen.suivi.today

    def chosen(kind: Any) -> None:
        if kind is None:
            return
        from suivi_tui.reference.penalties import penalty_reference

        # The forms of the desk ask for usual figures and for how many lots there are.
        desk: Any = SimpleNamespace(
            reference=penalty_reference(today, paths.reference_file()),
            amounts=SimpleNamespace(lots=1),
        )
        if kind == CAP:
            _ask_term(screen, contract, "Plafond des pénalités",
                      lambda: penalty_forms.cap_fields(desk, None, "marche"),
                      penalty_forms.check_cap,
                      lambda values: dict([penalty_forms.cap_term(values)]), then)  # fmt: skip
            return

        def terms(values: Values) -> dict[str, str | None]:
            written = penalty_forms.written_penalty(kind, values)
            return {written.code: written.value}

        _ask_term(screen, contract, TITLES[kind],
                  lambda: penalty_forms.penalty_fields(kind, desk, None, "marche"),
                  penalty_forms.check_penalty, terms, then)  # fmt: skip

    screen.suivi.push_screen(Choose(french("Quelle pénalité ?"), listed), chosen)


def _ask_term(
    screen: Screen,
    contract: int,
    title: str,
    fields: Callable[[], list[Any]],
    check: Callable[[Values], None],
    terms: Callable[[Values], dict[str, str | None]],
    then: Then,
) -> None:
    def save(base: Any, values: Values) -> object:
        from suivi_tui.actions.penalties import set_penalty_terms

        return set_penalty_terms(base, contract, None, terms(values))

    ask(screen, lambda: AskingForm(title, fields(), check=check, record=contract), save,
        lambda _: then())  # fmt: skip
