"""The hours that a contract's own formula makes due (domain.md 3.5).

Two readings are always given: what is due on a day, from what is firm by then; and what is coming
if everything ordered or planned is carried out. An hour that is written on a movement is taken as
written; only amounts without hours go through a formula. Every result carries French sentences
that say how it was computed and which reading of the text was chosen.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, NamedTuple, assert_never

from suivi_tui.rules.movements import Movement
from suivi_tui.rules.obligation import OwedEvent, hours_owed
from suivi_tui.vocabulary.choices import ObligationEventKind, label_of
from suivi_tui.vocabulary.choices.formulas import AmountBasis, StepReading, ThresholdReading
from suivi_tui.vocabulary.dates import add_calendar_months, format_date
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.numbers import format_percent
from suivi_tui.vocabulary.typography import french

_ONE_DAY = timedelta(days=1)
_INVOICE = ObligationEventKind.INVOICE.value
_INITIAL = ObligationEventKind.INITIAL.value
_OF_OBLIGATION = frozenset(kind.value for kind in ObligationEventKind)


class FixedVolume(NamedTuple):
    """So many hours, moved by amendments, transfers and orders that carry hours."""


class PerTranche(NamedTuple):
    """The firm tranche carries its hours; an optional one brings its own once affirmed.

    A tranche is affirmed when its movement is firm, on the date of the movement.
    """


class PercentOfHours(NamedTuple):
    """A share (of 1) of the hours worked on the contract (domain.md 3.1, S13).

    ``taken_over`` are hours of staff taken over by law, of which nothing is due (3.6, E14).
    """

    rate: Fraction
    taken_over: Hours = Hours(0)


class PerAmount(NamedTuple):
    """``hours`` for each ``step`` of amount (cents without tax), beyond a ``threshold``.

    ``data/clauses/ccap_21_bam_048.json``: 1 h for each 2 000 EUR invoiced beyond 2.7 M EUR. The
    text allows two readings of the threshold, and does not say what an incomplete step brings:
    both are choices. Nothing is due up to the threshold itself.
    """

    hours: Hours
    step: Money
    threshold: Money = Money(0)
    basis: AmountBasis = AmountBasis.INVOICED
    reading: ThresholdReading = ThresholdReading.BEYOND
    steps: StepReading = StepReading.WHOLE_STEPS


class PerYear(NamedTuple):
    """A volume for each year of a framework agreement, counted from ``start``.

    ``volumes`` replaces ``volume`` for the years it numbers (from 1). The year that ``end`` cuts
    short owes its share by days. Hours not done in a year stay missing in that year; with
    ``carried`` the balance of a year, missing or surplus, passes to the next one.
    """

    start: date
    end: date
    volume: Hours
    volumes: Mapping[int, Hours] = {}
    carried: bool = False


Formula = FixedVolume | PerTranche | PercentOfHours | PerAmount | PerYear


class WorkedHours(NamedTuple):
    """All hours worked on the contract, by anybody: to date, and planned for the whole of it."""

    to_date: Hours | None = None
    planned: Hours | None = None


NOTHING_WORKED: Final = WorkedHours()


class OwedReading(NamedTuple):
    """Hours due now and hours coming; None when it cannot be known. ``lines`` say how."""

    due: Hours | None
    coming: Hours | None
    lines: tuple[str, ...]


class YearAccount(NamedTuple):
    """One year of a framework agreement; ``last`` is included.

    ``owed`` is the volume with what is carried in; ``missing`` and ``surplus`` compare it with
    what was ``done``.
    """

    number: int
    first: date
    last: date
    volume: Hours
    carried_in: Hours
    done: Hours

    @property
    def owed(self) -> Hours:
        """Hours to do in the year."""
        return Hours(self.volume + self.carried_in)

    @property
    def missing(self) -> Hours:
        """Hours owed in the year and not done."""
        return Hours(max(self.owed - self.done, 0))

    @property
    def surplus(self) -> Hours:
        """Hours done beyond those owed in the year."""
        return Hours(max(self.done - self.owed, 0))


def owed_reading(
    formula: Formula,
    movements: Iterable[Movement],
    on: date,
    worked: WorkedHours = NOTHING_WORKED,
) -> OwedReading:
    """Hours due ``on`` a day and hours coming, under the formula of a contract.

    ``worked`` serves a percentage of hours only. Movements of dates alone are left aside.
    """
    moves = sorted(
        (move for move in movements if move.kind in _OF_OBLIGATION), key=lambda move: move.date
    )
    match formula:
        case FixedVolume() | PerTranche():
            computed = OwedReading(None, None, ())
        case PercentOfHours():
            computed = _percent(formula, worked)
        case PerAmount():
            computed = _per_amount(formula, moves, on)
        case PerYear():
            computed = _per_year(formula, on)
        case _:
            assert_never(formula)
    events = [OwedEvent(move.date, move.hours, move.firm, move.kind) for move in moves]
    everything = [event._replace(firm=True) for event in events]
    written = (_line(move, on) for move in moves if move.hours is not None)
    return OwedReading(
        _total(computed.due, hours_owed(events, on)),
        _total(computed.coming, hours_owed(everything)),
        (*computed.lines, *written),
    )


def _total(computed: Hours | None, written: Hours | None) -> Hours | None:
    if computed is None:
        return written
    return Hours(computed + (written or 0))


def _line(move: Movement, on: date) -> str:
    """One movement that carries hours, and whether it is due."""
    assert move.hours is not None
    if not move.firm:
        state = "prévu, pas encore dû"
        if move.kind == ObligationEventKind.PHASE.value:
            state = "optionnelle, due une fois affermie"
    else:
        state = "dû" if move.date <= on else "ferme, dû à cette date"
    label = label_of(ObligationEventKind, move.kind)
    reason = f" ({move.reason})" if move.reason else ""
    return french(
        f"{label} du {format_date(move.date)}{reason} : {format_hours(move.hours)}, {state}."
    )


def _percent(formula: PercentOfHours, worked: WorkedHours) -> OwedReading:
    lines = []
    results: list[Hours | None] = []
    for hours, name in ((worked.to_date, "travaillées à ce jour"), (worked.planned, "prévues")):
        if hours is None:
            results.append(None)
            lines.append(french(f"Heures {name} : non connues, rien ne peut être calculé."))
            continue
        counted = max(hours - formula.taken_over, 0)
        result = _rounded(counted * formula.rate)
        results.append(result)
        base = format_hours(Hours(counted))
        if formula.taken_over:
            base = (
                f"({format_hours(hours)} - {format_hours(formula.taken_over)} de personnel repris)"
            )
        rate = format_percent(formula.rate, 2)
        lines.append(french(f"{rate} de {base} {name} = {format_hours(result)}."))
    due, planned = results
    # What was worked already is due, even when more was worked than planned.
    coming = None if planned is None else Hours(max(planned, due or 0))
    return OwedReading(due, coming, tuple(lines))


def hours_for_amount(formula: PerAmount, amount: Money) -> Hours:
    """Hours that an amount in all (cents without tax) makes due, rounded once, half up.

    Raises ValueError when the step is not positive.
    """
    if formula.step <= 0:
        raise ValueError("the step must be positive")
    if amount <= max(formula.threshold, 0):
        return Hours(0)
    beyond = formula.reading is ThresholdReading.BEYOND
    counted = amount - max(formula.threshold, 0) if beyond else amount
    if formula.steps is StepReading.WHOLE_STEPS:
        return Hours(counted // formula.step * formula.hours)
    return _rounded(Fraction(counted * formula.hours, formula.step))


def reading_sentence(formula: PerAmount) -> str:
    """The reading of a clause by amounts, as a sentence for screens and letters."""
    invoiced = formula.basis is AmountBasis.INVOICED
    text = f"{format_hours(formula.hours)} par {format_money(formula.step)} "
    text += "facturés" if invoiced else "commandés"
    if formula.threshold > 0:
        threshold = format_money(formula.threshold)
        if formula.reading is ThresholdReading.BEYOND:
            text += f", seulement sur ce qui dépasse {threshold}"
        else:
            text += f", sur tout le montant dès que {threshold} sont dépassés"
    whole = formula.steps is StepReading.WHOLE_STEPS
    text += ", par pas entiers" if whole else ", au prorata"
    return french(f"Lecture retenue : {text}.")


def _per_amount(formula: PerAmount, moves: Sequence[Movement], on: date) -> OwedReading:
    amounts = [move for move in moves if move.amount is not None and move.hours is None]
    invoiced = formula.basis is AmountBasis.INVOICED
    basis = [move for move in amounts if (move.kind == _INVOICE) == invoiced]
    now = _sum(move for move in basis if move.firm and move.date <= on)
    orders = [move for move in amounts if move.kind != _INVOICE]
    # What is planned at the start is an estimate of the whole, which orders then use up.
    estimate = _sum(move for move in orders if move.kind == _INITIAL and not move.firm)
    ordered = _sum(move for move in orders if move.firm or move.kind != _INITIAL)
    coming = max(ordered, estimate)
    if invoiced:
        coming = max(coming, _sum(basis))
    if not amounts:
        lines = ("Aucun montant connu.", reading_sentence(formula))
        return OwedReading(None, None, lines)
    due, later = hours_for_amount(formula, now), hours_for_amount(formula, coming)
    verb = "facturés" if invoiced else "commandés"
    return OwedReading(
        due,
        later,
        (
            reading_sentence(formula),
            french(f"{format_money(now)} {verb} à ce jour : {format_hours(due)} dues."),
            french(
                f"{format_money(coming)} si tout ce qui est commandé ou prévu est exécuté : "
                f"{format_hours(later)}."
            ),
        ),
    )


def _sum(moves: Iterable[Movement]) -> Money:
    return Money(sum(move.amount or 0 for move in moves))


def framework_years(formula: PerYear) -> tuple[tuple[date, date, Hours], ...]:
    """The years of an agreement as (first day, last day, volume), the volume of a cut one by days.

    Years run from day to same day; those of an agreement begun on 29 February begin on the 28th
    in other years. Empty when the end comes before the start.
    """
    years: list[tuple[date, date, Hours]] = []
    first = formula.start
    while first <= formula.end:
        number = len(years) + 1
        following = add_calendar_months(formula.start, 12 * number)
        last = min(following - _ONE_DAY, formula.end)
        volume = formula.volumes.get(number, formula.volume)
        share = Fraction((last - first).days + 1, (following - first).days)
        years.append((first, last, _rounded(volume * share)))
        first = following
    return tuple(years)


def year_accounts(formula: PerYear, done: Sequence[Hours] = ()) -> tuple[YearAccount, ...]:
    """The account of each year, ``done`` being the hours that count in each, in order."""
    accounts: list[YearAccount] = []
    carried = 0
    for index, (first, last, volume) in enumerate(framework_years(formula)):
        hours = done[index] if index < len(done) else Hours(0)
        accounts.append(YearAccount(index + 1, first, last, volume, Hours(carried), hours))
        carried = volume + carried - hours if formula.carried else 0
    return tuple(accounts)


def _per_year(formula: PerYear, on: date) -> OwedReading:
    years = framework_years(formula)
    lines = []
    for number, (first, last, volume) in enumerate(years, 1):
        state = "commencée" if first <= on else "à venir"
        lines.append(
            french(
                f"Année {number}, du {format_date(first)} au {format_date(last)} : "
                f"{format_hours(volume)}, {state}."
            )
        )
    carried = "sont reportées sur" if formula.carried else "ne passent pas à"
    lines.append(f"Les heures non faites d'une année {carried} la suivante.")
    begun = [volume for first, _, volume in years if first <= on]
    return OwedReading(
        Hours(sum(begun)), Hours(sum(volume for _, _, volume in years)), tuple(lines)
    )


def proportional_change(owed: Hours, before: Money, after: Money) -> Hours:
    """Hours that an amendment adds (or takes away) in proportion to the amount of the contract.

    The usual practice when the clause says nothing (domain.md 3.5, unverified): a proposal to
    review. Raises ValueError when the amount before is not positive.
    """
    if before <= 0:
        raise ValueError("the amount before must be positive")
    return Hours(_rounded(Fraction(owed * after, before)) - owed)


def _rounded(exact: Fraction) -> Hours:
    return Hours((2 * exact.numerator + exact.denominator) // (2 * exact.denominator))
