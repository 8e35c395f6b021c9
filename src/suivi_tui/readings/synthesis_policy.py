"""Indicators of the purchasing policy of buyers (SPASER), by year."""

from fractions import Fraction
from typing import NamedTuple

from suivi_tui.readings.policies import UNITS, PolicyYear, policy_year
from suivi_tui.readings.synthesis_lines import Asked
from suivi_tui.reference.policies import policy_reference
from suivi_tui.store.queries import policies as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.choices import PolicyIndicator
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money

_UNKNOWN = "Considération non renseignée"
_OF_PEOPLE = (PolicyIndicator.PARTICIPANTS, PolicyIndicator.HOURS_DONE)
_SPEND = (PolicyIndicator.INSERTION_SPEND, PolicyIndicator.DISABILITY_SPEND)


class PolicyLine(NamedTuple):
    """An indicator of a buyer for a year; None where a figure is not of this line."""

    buyer: str
    year: int
    heading: str
    value: str = ""
    contracts: int | None = None
    amount: Money | None = None
    participants: int | None = None
    declared: Hours | None = None
    validated: Hours | None = None
    number: Fraction | None = None
    unit: str = ""
    masked: bool = False


def policy_lines(connection: Connection, asked: Asked) -> list[PolicyLine]:
    """The indicators of every year of every buyer of the scope, the latest year first."""
    filters = asked.filters
    lines = []
    for buyer in queries.buyers(connection):
        if filters.buyers and buyer.buyer not in filters.buyers:
            continue
        for year in queries.years_of(connection, buyer.buyer):
            if filters.first is not None and year < filters.first // 100:
                continue
            if filters.last is not None and year > filters.last // 100:
                continue
            found = policy_year(
                connection,
                buyer.buyer,
                year,
                today=asked.today,
                reference=policy_reference(year),
            )
            if found is not None:
                lines += _year(found, asked.threshold)
    return lines


def _year(found: PolicyYear, threshold: int | None) -> list[PolicyLine]:
    lines = [
        PolicyLine(
            found.name,
            found.year,
            "Marchés notifiés",
            contracts=found.share.contracts,
            amount=found.share.amount,
        )
    ]
    for line in found.share.lines:
        if line.contracts:
            lines.append(
                PolicyLine(
                    found.name,
                    found.year,
                    "Marchés par considération sociale",
                    line.consideration.label if line.consideration is not None else _UNKNOWN,
                    line.contracts,
                    line.amount,
                )
            )
    people = found.figures.get(PolicyIndicator.PARTICIPANTS)
    number = 0 if people is None or people.value is None else round(people.value) // 100
    few = threshold is not None and 0 < number < threshold
    for indicator, computed in found.figures.items():
        if few and indicator in _OF_PEOPLE:
            lines.append(PolicyLine(found.name, found.year, indicator.label, masked=True))
        elif computed.value is not None:
            lines.append(_indicator(found, indicator, computed.value))
    return lines


def _indicator(found: PolicyYear, indicator: PolicyIndicator, value: Fraction) -> PolicyLine:
    """An indicator; ``value`` is in hundredths of its unit."""
    line = PolicyLine(found.name, found.year, indicator.label)
    whole = round(value)
    if indicator is PolicyIndicator.PARTICIPANTS:
        return line._replace(participants=whole // 100)
    if indicator is PolicyIndicator.HOURS_OWED:
        return line._replace(declared=Hours(whole))
    if indicator is PolicyIndicator.HOURS_DONE:
        return line._replace(validated=Hours(whole))
    if indicator in _SPEND:
        return line._replace(amount=Money(whole))
    return line._replace(number=value / 100, unit=UNITS.get(indicator, ""))
