"""The limits of the alerts, and which of them a contract may set for itself.

A contract overrides a limit with the term ``alerte/CODE/SEUIL``, its value written as in a user's
reference file (``80`` for 80 %, ``1/3``): ``alerte/retard/rythme_minimal``.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final, NamedTuple

from suivi_tui.reference.values import ReferenceRefused, Value, checked_number, defaults
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money


class EuropeanPeriod(NamedTuple):
    """European thresholds in force from a day, in cents: works, supplies and services, those of
    the State, those of an entité adjudicatrice."""

    valid_from: date
    works: Money
    others: Money
    state: Money
    network: Money


class AlertThresholds(NamedTuple):
    """Limits of the alerts. Shares and rates are fractions of 1 (80 % is 4/5)."""

    pace_minimum: Fraction
    pace_critical: Fraction
    pace_time_left: Fraction
    pace_months: int
    statement_due_day: int
    statement_months_back: int
    statement_level_2_days: int
    reminder_level_2_days: int
    eligibility_end_days: int
    end_days: int
    end_critical_days: int
    end_critical_rate: Fraction
    no_participant_days: int
    catch_up_days: int
    catch_up_full_timers: int
    catch_up_times: Fraction
    target_days: int
    report_days: int
    answer_days: int
    outcome_months: int
    summary_month: int
    summary_day: int
    summary_days: int
    backup_days: int
    retention_months: int
    portfolio_months: int
    portfolio_hours: Hours
    portfolio_person: Fraction
    portfolio_structure: Fraction
    portfolio_sex: Fraction
    short_days: int
    short_gap: int
    short_number: int
    short_share: Fraction
    clause_since: date | None
    european: tuple[EuropeanPeriod, ...]


SECTIONS: Final = ("alertes", "courriers")
"""The reference files that the limits come from: reminders and paths are followed by letters."""
TERM: Final = "alerte/"
_SECTION: Final = "alertes."
_OF_THE_CONTRACT: Final = {
    "retard.rythme_minimal": "pace_minimum",
    "retard.rythme_critique": "pace_critical",
    "retard.part_du_temps_critique": "pace_time_left",
    "retard.mois_de_recul": "pace_months",
    "releve_manquant.jours_niveau_2": "statement_level_2_days",
    "eligibilite_fin.jours": "eligibility_end_days",
    "fin_proche.jours": "end_days",
    "fin_proche.jours_critiques": "end_critical_days",
    "fin_proche.taux_critique": "end_critical_rate",
    "sans_participant.jours": "no_participant_days",
    "rattrapage.jours": "catch_up_days",
    "rattrapage.temps_pleins": "catch_up_full_timers",
    "rattrapage.renfort": "catch_up_times",
    "cible_manquee.jours": "target_days",
    "bilan_a_etablir.jours": "report_days",
    "reponse_acheteur.jours": "answer_days",
}
_OF_ALL: Final = {
    "releve_manquant.jour_limite": "statement_due_day",
    "releve_manquant.mois_surveilles": "statement_months_back",
    "synthese_incomplete.mois": "summary_month",
    "synthese_incomplete.jour": "summary_day",
    "synthese_incomplete.jours": "summary_days",
    "sauvegarde_ancienne.jours": "backup_days",
    "conservation.mois": "retention_months",
    "concentration.mois": "portfolio_months",
    "concentration.personne": "portfolio_person",
    "concentration.structure": "portfolio_structure",
    "concentration.sexe": "portfolio_sex",
    "missions_courtes.jours": "short_days",
    "missions_courtes.interruption": "short_gap",
    "missions_courtes.nombre": "short_number",
    "missions_courtes.part": "short_share",
}
_OF_LETTERS: Final = {
    "courriers.relance.niveau_2": "reminder_level_2_days",
    "courriers.parcours.mois_suivis": "outcome_months",
}
_SHARES: Final = ("%", "fraction", "x")
_PERIODS: Final = "alertes.seuil_europeen."
_IN_FORCE: Final = "alertes.seuil_europeen.entree_en_vigueur"


def alert_thresholds(values: Mapping[str, Value]) -> AlertThresholds:
    """The limits that some reference values say."""
    keys = {_SECTION + key: field for key, field in (_OF_THE_CONTRACT | _OF_ALL).items()}
    limits: dict[str, Any] = {
        field: _exact(values[key], values[key].number)
        for key, field in (keys | _OF_LETTERS).items()
    }
    hours = values["alertes.concentration.heures"].number
    since = values[_IN_FORCE]
    return AlertThresholds(
        **limits,
        portfolio_hours=Hours(round((hours or 0) * 100)),
        clause_since=since.valid_from if since.number else None,
        european=_periods(values),
    )


def _exact(value: Value, number: Fraction | None) -> Fraction | int:
    assert number is not None, value.key
    if value.unit in _SHARES:
        return number / 100 if value.unit == "%" else number
    return int(number)


def _periods(values: Mapping[str, Value]) -> tuple[EuropeanPeriod, ...]:
    names = {
        key.removeprefix(_PERIODS).partition(".")[0]
        for key in values
        if key.startswith(_PERIODS) and key != _IN_FORCE
    }
    found = []
    for name in names:
        works, *others = (
            values[f"{_PERIODS}{name}.{kind}"] for kind in ("travaux", "autres", "etat", "entites")
        )
        found.append(
            EuropeanPeriod(
                works.valid_from,
                *(Money(round((value.number or 0) * 100)) for value in (works, *others)),
            )
        )
    return tuple(sorted(found))


def contract_limit(code: str) -> Value | None:
    """The reference value that a term sets for its contract; None when it sets no limit."""
    key = code.removeprefix(TERM).replace("/", ".", 1)
    if not code.startswith(TERM) or key not in _OF_THE_CONTRACT:
        return None
    return defaults("alertes")[_SECTION + key]


def contract_limit_codes() -> tuple[str, ...]:
    """The codes of the terms that set a limit, in the order of the catalogue of limits."""
    return tuple(TERM + key.replace(".", "/") for key in _OF_THE_CONTRACT)


_BARE_UNITS: Final = ("fraction", "nombre")


def limit_text(limit: Value, text: str) -> str:
    """A limit with its unit, as people read it: ``75 %``, ``60 jours``, ``1/3``."""
    if limit.unit in _BARE_UNITS or not text:
        return text
    unit = "jour" if limit.unit == "jours" and text in ("0", "1") else limit.unit
    return f"{text}\u00a0{unit}"


def checked_limit(code: str, text: str) -> str:
    """The value of a term as it is stored. Raises ReferenceRefused when it does not fit."""
    value = contract_limit(code)
    if value is None:
        raise KeyError(code)
    checked_number(value.key, text.strip().replace("\u00a0", ""), value.unit)
    return text.strip().replace("\u00a0", "")


def with_terms(limits: AlertThresholds, said: Mapping[str, str]) -> AlertThresholds:
    """The limits with what the terms of a contract say, by code.

    A value that cannot be read is as if it were not there.
    """
    changed: dict[str, Any] = {}
    for code, text in said.items():
        value = contract_limit(code)
        if value is None:
            continue
        field = _OF_THE_CONTRACT[value.key.removeprefix(_SECTION)]
        try:
            changed[field] = _exact(value, checked_number(value.key, text, value.unit))
        except ReferenceRefused:
            continue
    return limits._replace(**changed) if changed else limits
