"""The measures that a recommendation rests on: one fact held against one limit, in a sentence.

Every sentence names the fact, the limit and where the limit comes from.
"""

from fractions import Fraction
from typing import NamedTuple

from suivi_tui.reference.purchasing import Limit, PurchasingReference, Threshold
from suivi_tui.reference.values import Confidence, Value
from suivi_tui.rules.calibration import Options, calibrate
from suivi_tui.rules.calibration_inputs import AMOUNT, HOURLY_COST, LABOUR_SHARE, RATE, entered
from suivi_tui.rules.recommendation_facts import PlannedFacts
from suivi_tui.vocabulary.choices import BuyerKind, CalibrationMethod, HoursRounding
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.numbers import NBSP, format_percent, plural

_MONTHS_A_YEAR = 12


class Measure(NamedTuple):
    """A fact held against a limit; ``met`` None when the fact is not known."""

    met: bool | None
    sentence: str


def sourced(value: Value | Threshold) -> str:
    """Where a limit comes from, with how far it can be trusted when it is not sure."""
    if value.confidence is Confidence.SURE:
        return value.source
    return f"{value.source}, {value.confidence.label}"


def _measure(
    name: str, fact: str, met: bool, limit: str, value: Value | Threshold, known_by: str = ""
) -> Measure:
    """The fact and its limit first, on a narrow line too; then where each comes from."""
    against = "au moins" if met else "moins de"
    trust = f"{known_by}{NBSP}; {sourced(value)}" if known_by else sourced(value)
    return Measure(met, f"{name}{NBSP}: {fact}, {against} {limit} ({trust}).")


def _unknown(name: str, limit: str, value: Value) -> Measure:
    return Measure(None, f"{name} à renseigner{NBSP}: le minimum est {limit} ({sourced(value)}).")


def share_measure(facts: PlannedFacts, reference: PurchasingReference, limit: Limit) -> Measure:
    """The labour share against its low or its high limit."""
    value = reference.limits[limit]
    assert value.number is not None
    least = value.number / 100
    share = facts.labour_share
    if share is None:
        return _unknown("Part de main-d'œuvre", format_percent(least), value)
    fact, limit_text = format_percent(share), format_percent(least)
    met = share >= least
    return _measure("Part de main-d'œuvre", fact, met, limit_text, value, facts.share_source)


def amount_measure(facts: PlannedFacts, reference: PurchasingReference) -> Measure:
    """The amount against what this kind of buyer finds worth a clause."""
    state = facts.buyer_kind == BuyerKind.STATE.value
    limit = Limit.STATE_AMOUNT if state else Limit.AMOUNT
    least, value = reference.money(limit), reference.limits[limit]
    if facts.amount is None:
        return _unknown("Montant", format_money(least), value)
    met = facts.amount >= least
    return _measure("Montant", format_money(facts.amount), met, format_money(least), value)


def duration_measure(facts: PlannedFacts, reference: PurchasingReference, limit: Limit) -> Measure:
    """The duration against a number of months."""
    least, value = reference.whole(limit), reference.limits[limit]
    months = facts.duration_months
    if months is None:
        return _unknown("Durée", f"{least}{NBSP}mois", value)
    return _measure("Durée", f"{months}{NBSP}mois", months >= least, f"{least}{NBSP}mois", value)


def hours_measure(facts: PlannedFacts, reference: PurchasingReference) -> Measure:
    """The hours that a person could do against a useful volume."""
    value = reference.limits[Limit.HOURS]
    assert value.number is not None
    least = Hours(round(value.number * 100))
    if facts.hours is None:
        return _unknown("Volume d'heures", format_hours(least), value)
    fact, limit_text = format_hours(facts.hours), format_hours(least)
    met = facts.hours >= least
    return _measure("Volume d'heures", fact, met, limit_text, value, facts.hours_source)


def number_measure(name: str, number: int, limit: Limit, reference: PurchasingReference) -> Measure:
    """A number of structures against the one above which they can take the work."""
    most, value = reference.whole(limit), reference.limits[limit]
    met = number > most
    against = "plus de" if met else "il en faut plus de"
    told = plural(number, "structure", "structures")
    return Measure(met, f"{name}{NBSP}: {told}, {against} {most} ({sourced(value)}).")


def dependency_measure(facts: PlannedFacts, reference: PurchasingReference) -> Measure:
    """What a year of the purchase would weigh in the turnover of one structure."""
    value, usual = reference.limits[Limit.DEPENDENCY], reference.limits[Limit.TURNOVER]
    turnover = reference.money(Limit.TURNOVER)
    assert value.number is not None
    most = value.number / 100
    if facts.amount is None:
        text = f"Montant à renseigner{NBSP}: il dit la dépendance économique ({sourced(value)})."
        return Measure(None, text)
    months = max(facts.duration_months or 0, _MONTHS_A_YEAR)
    weight = Fraction(facts.amount * _MONTHS_A_YEAR, months * turnover)
    met = weight < most
    against = "moins de" if met else "au moins"
    a_year = Money(facts.amount * _MONTHS_A_YEAR // months)
    return Measure(
        met,
        f"Dépendance économique{NBSP}: {format_money(a_year)} par an, soit "
        f"{format_percent(weight, 0)} d'un chiffre d'affaires de {format_money(turnover)} "
        f"({sourced(usual)}), {against} {format_percent(most)} ({sourced(value)}).",
    )


def past_sentence(facts: PlannedFacts) -> str:
    """What the buyer did before for the same family; empty when nothing is known."""
    past = facts.past
    if past.with_clause:
        known = plural(past.with_clause, "marché semblable", "marchés semblables")
        done = f"{format_hours(past.hours)} validées" if past.hours else "aucune heure validée"
        return f"L'acheteur a déjà {known} avec clause, {done}."
    if past.without_clause:
        known = plural(past.without_clause, "marché semblable", "marchés semblables")
        return f"L'acheteur a déjà {known}, sans clause."
    return ""


def most_hours(amount: Money, share: Fraction, reference: PurchasingReference) -> tuple[Hours, str]:
    """The most insertion hours that an amount could bring, and how they were found.

    At the highest usual rate and the lowest hourly cost: what even they do not reach is out of
    reach. The hours of a clause are those of a calibration, never these.
    """
    rate, cost = reference.highest_rate.number, reference.hourly_cost
    least = cost.number if cost.low is None else cost.low
    assert rate is not None and least is not None
    inputs = {
        **entered(AMOUNT, Fraction(amount, 100)),
        **entered(LABOUR_SHARE, share),
        **entered(RATE, rate / 100),
        **entered(HOURLY_COST, least),
    }
    found = calibrate(CalibrationMethod.AMOUNT, inputs, Options(rounding=HoursRounding.NONE))
    price = format_money(Money(round(least * 100)))
    return found.hours or Hours(0), f"au plus, à {format_percent(rate / 100)} et {price}/h"
