"""What the formulas of an obligation bring, computed from its movements (see ``owing``)."""

from collections.abc import Iterator
from datetime import date

from suivi_tui.rules.movements import Movement
from suivi_tui.rules.obligation import OwedEvent
from suivi_tui.rules.owed_formula import (
    Formula,
    PerAmount,
    PercentOfHours,
    PerYear,
    WorkedHours,
    framework_years,
    hours_for_amount,
    owed_reading,
)
from suivi_tui.rules.owing import REST, WORKED, YEAR, Brought, Owing, is_firm
from suivi_tui.vocabulary.choices import ObligationEventKind
from suivi_tui.vocabulary.choices.formulas import AmountBasis
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money

_INITIAL = ObligationEventKind.INITIAL.value
_INVOICE = ObligationEventKind.INVOICE.value
_NOTHING = Hours(0)
_YEARS = 60


def computed(
    owing: Owing, formula: Formula, ranked: list[tuple[int, Movement]], on: date | None
) -> tuple[Brought, ...] | None:
    """What each movement brings under a formula; None when it is the hours written there."""
    if isinstance(formula, PerAmount):
        return tuple(_of_amounts(formula, ranked, on))
    if isinstance(formula, PercentOfHours):
        found = _of_work(formula, owing.worked, owing.planned_work, on)
    elif isinstance(formula, PerYear):
        end = min(owing.dates(on).end or formula.end, _longest(formula.start))
        found = _of_years(formula._replace(end=end), on)
    else:
        return None
    written = (
        Brought(OwedEvent(move.date, move.hours, is_firm(move, on), move.kind), rank)
        for rank, move in ranked
    )
    return (*found, *written)


def _longest(start: date) -> date:
    """A mistyped end must not make thousands of years to read."""
    return date(min(start.year + _YEARS, date.max.year), 12, 31)


def _of_amounts(
    formula: PerAmount, ranked: list[tuple[int, Movement]], on: date | None
) -> Iterator[Brought]:
    """Each amount brings what it adds to the hours of those before it."""
    amount, before = 0, _NOTHING
    amounts = []
    for rank, move in ranked:
        firm, hours = is_firm(move, on), move.hours
        if hours is None and move.amount is not None:
            # What is written at the start counts from ever, as for hours.
            day = date.min if move.kind == _INITIAL else move.date
            amounts.append(move._replace(date=day))
            counts = (move.kind == _INVOICE) == (formula.basis is AmountBasis.INVOICED)
            if firm and counts:
                amount += move.amount
                after = hours_for_amount(formula, Money(amount))
                hours, before = Hours(after - before), after
            else:
                # An order waits for its invoices; what is planned waits for its order.
                hours = _NOTHING if firm else None
        yield Brought(OwedEvent(move.date, hours, firm, move.kind), rank)
    if amounts:
        reading = owed_reading(formula, amounts, on or date.max)
        if not any(is_firm(move, on) for move in amounts):
            yield Brought(OwedEvent(date.min, _NOTHING, True, _INITIAL), None, "Aucun montant")
        rest = Hours((reading.coming or _NOTHING) - before)
        if rest:
            label = "Montants encore à " + (
                "facturer" if formula.basis is AmountBasis.INVOICED else "commander"
            )
            yield Brought(OwedEvent(on or date.max, rest, False, REST), None, label)


def _of_work(
    formula: PercentOfHours,
    worked: tuple[tuple[date, Hours], ...],
    planned: Hours | None,
    on: date | None,
) -> Iterator[Brought]:
    """Each figure of hours worked brings its share, expected at once: the work is done."""
    before: Hours | None = None
    for day, hours in worked:
        if on is not None and day > on:
            continue
        after = owed_reading(formula, (), day, WorkedHours(to_date=hours)).due or _NOTHING
        label = "Heures travaillées" + (f" au {format_date(day)}" if day > date.min else "")
        brings = Hours(after - (before or _NOTHING))
        yield Brought(OwedEvent(day, brings, True, WORKED, day), None, label)
        before = after
    if planned is not None:
        later = owed_reading(formula, (), date.max, WorkedHours(planned=planned)).coming
        whole = max(later or _NOTHING, before or _NOTHING)
        rest = Hours(whole - (before or _NOTHING))
        if rest or before is None:
            yield Brought(OwedEvent(on or date.max, rest, False, REST), None, "Heures prévues")


def _of_years(formula: PerYear, on: date | None) -> Iterator[Brought]:
    """A year is due from its first day and must be done by its last one."""
    for number, (first, last, volume) in enumerate(framework_years(formula), 1):
        begun = on is None or first <= on
        event = OwedEvent(first, volume, begun, YEAR, last)
        yield Brought(event, None, f"Année {number}, jusqu'au {format_date(last)}")
