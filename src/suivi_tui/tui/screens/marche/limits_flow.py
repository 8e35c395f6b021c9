"""The limits of the alerts that a contract, or one of its lots, sets for itself."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.marche.conditions import Conditions, read_conditions, save_terms
from suivi_tui.tui.screens.shared.asking import AskingForm, ask
from suivi_tui.tui.widgets.fields import TextField
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.reference.values import Value

LABELS: Final = {
    "alerte/retard/rythme_minimal": "Retard : rythme minimal",
    "alerte/retard/rythme_critique": "Retard : rythme critique",
    "alerte/retard/part_du_temps_critique": "Retard : part du temps restant critique",
    "alerte/retard/mois_de_recul": "Retard : mois de recul",
    "alerte/releve_manquant/jours_niveau_2": "Relevé manquant : second niveau après",
    "alerte/eligibilite_fin/jours": "Fin d'éligibilité : avance",
    "alerte/fin_proche/jours": "Fin proche : avance",
    "alerte/fin_proche/jours_critiques": "Fin proche : avance critique",
    "alerte/fin_proche/taux_critique": "Fin proche : taux critique",
    "alerte/sans_participant/jours": "Sans participant : après",
    "alerte/rattrapage/jours": "Rattrapage : avance",
    "alerte/rattrapage/temps_pleins": "Rattrapage : temps pleins au moins",
    "alerte/rattrapage/renfort": "Rattrapage : renfort possible",
    "alerte/cible_manquee/jours": "Cible non atteinte : avance",
    "alerte/bilan_a_etablir/jours": "Bilan ou attestation : après la fin",
    "alerte/reponse_acheteur/jours": "Réponse à l'acheteur : avance",
}
"""Short words for the limits that a contract may set, as wide as a list allows."""
Then = Callable[[], object]


class Limits(NamedTuple):
    """The terms of a contract, and the reference values of the limits by code of term."""

    conditions: Conditions
    reference: "Mapping[str, Value]"

    def in_force(self, code: str, lot: int | None) -> tuple[str, str]:
        """The limit of a lot (None: of the contract), and who says it."""
        from suivi_tui.reference.alert_limits import limit_text

        limit = self.reference[code]
        places = [(lot, "lot")] if lot is not None else []
        for where, who in [*places, (None, "marché")]:
            rows = self.conditions.said(code, where)
            if rows:
                return limit_text(limit, rows[-1].value), who
        return limit_text(limit, str(limit.number)), "référence"


def limit_label(code: str) -> str:
    """Short words for a limit; what reference data call it when there are none."""
    from suivi_tui.reference.alert_limits import contract_limit

    limit = contract_limit(code)
    return LABELS.get(code, limit.label if limit is not None else code).replace(" :", f"{NBSP}:")


def read_limits(base: Any, contract: int) -> Limits:
    """The limits of a contract; runs on the desk."""
    from suivi_tui import paths
    from suivi_tui.reference.alert_limits import contract_limit, contract_limit_codes
    from suivi_tui.reference.values import reference_values

    values = reference_values(paths.reference_file(), ("alertes",))
    known = {code: contract_limit(code) for code in contract_limit_codes()}
    reference = {code: values[limit.key] for code, limit in known.items() if limit is not None}
    return Limits(read_conditions(base, contract), reference)


def edit_limits(screen: SuiviScreen[Any], contract: int, lot: int | None, then: Then) -> None:
    """The limits of the alerts for a contract or a lot; one changes at a time."""
    screen.read(
        "limits",
        partial(read_limits, contract=contract),
        lambda limits: _show(screen, limits, (contract, lot), then),
    )


def _show(
    screen: SuiviScreen[Any], limits: Limits, place: tuple[int, int | None], then: Then
) -> None:
    contract, lot = place
    listed = []
    for code, limit in limits.reference.items():
        value, who = limits.in_force(code, lot)
        listed.append(Choice(code, limit_label(code), f"{value} ({who})", limit.label))

    def chosen(code: str | None) -> None:
        if code is not None:
            ask(screen, lambda: _form(limits, code, place), save, saved)

    def save(base: Any, values: Mapping[str, Any]) -> Limits:
        save_terms(base, contract, lot, values)
        return read_limits(base, contract)

    def saved(found: Limits) -> None:
        then()
        _show(screen, found, place, then)

    title = "Seuils des alertes" if lot is None else "Seuils des alertes du lot"
    screen.suivi.push_screen(Choose(title, listed), chosen)


def _form(limits: Limits, code: str, place: tuple[int, int | None]) -> AskingForm:
    contract, lot = place
    own = limits.conditions.said(code, lot)
    above, who = limits.in_force(code, None) if lot is not None else ("", "")
    usual = f"{above} ({who})" if above else _reference(limits.reference[code])
    field = TextField(
        code, limit_label(code), hint=f"vide{NBSP}: {usual}", initial=own[-1].value if own else None
    )
    return AskingForm("Seuil d'alerte", [field], record=lot or contract)


def _reference(limit: "Value") -> str:
    from suivi_tui.reference.alert_limits import limit_text

    return f"{limit_text(limit, str(limit.number))} (référence)"
