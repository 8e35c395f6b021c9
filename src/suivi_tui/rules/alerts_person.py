"""Alerts of a person and of their hours: one small rule for each kind."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import combinations

from suivi_tui.reference.alert_limits import with_terms
from suivi_tui.reference.loader import PlausibilityLimits, Thresholds
from suivi_tui.rules.alert_facts import MonthFacts, PersonFacts, PlacementFacts
from suivi_tui.rules.alert_kinds import (
    ELIGIBILITY_END,
    HOURS_IMPLAUSIBLE,
    HOURS_NOT_ELIGIBLE,
    HOURS_OUTSIDE,
    HOURS_TWICE,
    PROOF_MISSING,
    Alert,
    AlertKind,
    days_until,
)
from suivi_tui.rules.eligibility import (
    EligibilityWindow,
    ProofState,
    eligibility_windows,
    eligible_days,
    first_start_under_clause,
    judged_on,
    proof_state,
    window_on,
)
from suivi_tui.rules.plausibility import days_within, plausible_hours, wholly_outside
from suivi_tui.rules.received_twice import Received, received_twice
from suivi_tui.vocabulary.choices import Decision, Gravity
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month, days_in, format_month
from suivi_tui.vocabulary.numbers import plural

_HOUR = 100
_TWO = 2


def _alert(
    kind: AlertKind,
    person: PersonFacts,
    placements: Iterable[PlacementFacts],
    message: str,
    *,
    gravity: Gravity | None = None,
    month: Month | None = None,
    about: str = "",
    measure: int = 0,
) -> Alert:
    """An alert that names the obligation of the placements only when they all share it.

    ``about`` is added when the kind may raise several for one person and month.
    """
    parts = [f"participant:{person.participant}"]
    if about:
        parts.append(about)
    if month is not None:
        parts.append(f"mois:{month}")
    obligations = {
        placement.obligation.obligation: placement.obligation for placement in placements
    }
    one = next(iter(obligations.values())) if len(obligations) == 1 else None
    return Alert(
        code=kind.code,
        gravity=gravity or kind.gravity,
        contract=one.contract.contract if one else None,
        lot=one.lot if one else None,
        obligation=one.obligation if one else None,
        company=one.company if one else None,
        participant=person.participant,
        month=month,
        message=message,
        action=kind.action,
        about="/".join(parts),
        measure=measure,
    )


def windows_of(person: PersonFacts, thresholds: Thresholds) -> tuple[EligibilityWindow, ...]:
    """The counting windows of a person."""
    return eligibility_windows(
        person.eligibilities, _first_start(person), thresholds.eligibility.months
    )


def _first_start(person: PersonFacts) -> date | None:
    return first_start_under_clause(person.entered_scheme_on, (person.first_contract_start,))


def eligibility_end(person: PersonFacts, thresholds: Thresholds, today: date) -> list[Alert]:
    """``eligibilite_fin``: someone at work will soon stop counting, and nothing follows.

    Of several contracts that set how long before, the longest time wins.
    """
    running = [
        placement
        for placement in person.placements
        if placement.obligation.followed and placement.running_on(today)
    ]
    windows = windows_of(person, thresholds) if running else ()
    current = window_on(windows, today)
    if current is None or any(window.start > current.end for window in windows):
        return []
    days = days_until(current.end, today)
    limits = (with_terms(thresholds.alerts, placement.obligation.said) for placement in running)
    if days > max(one.eligibility_end_days for one in limits):
        return []
    when = "aujourd'hui" if days == 0 else f"dans {plural(days, 'jour', 'jours')}"
    message = (
        f"L'éligibilité d'une personne en poste se termine le {format_date(current.end)}, {when}."
    )
    return [_alert(ELIGIBILITY_END, person, running, message)._replace(due=current.end)]


def proof_missing(person: PersonFacts, thresholds: Thresholds, today: date) -> list[Alert]:
    """``justificatif_manquant``: no accepted criterion of someone placed is proven at hiring.

    One proven criterion is enough; otherwise the alert speaks of the main one.
    """
    placed = [placement for placement in person.placements if placement.obligation.followed]
    accepted = sorted(
        (facts for facts in person.eligibilities if facts.decision == Decision.ACCEPTED.value),
        key=lambda facts: facts.rank,
    )
    if not placed or not accepted:
        return []
    first_start = _first_start(person)
    states = []
    for facts in accepted:
        day = judged_on(facts, first_start, thresholds.eligibility.months) or today
        validity = thresholds.eligibility.proof_months
        states.append(proof_state(facts.proof, facts.proof_on, day, validity))
    if any(state in (ProofState.PROVEN, ProofState.LATER) for state in states):
        return []
    if states[0] is ProofState.OUTDATED:
        message = "Le justificatif du critère principal était trop ancien à l'embauche."
    elif accepted[0].proof:
        message = "Le justificatif du critère principal n'a pas de date."
    else:
        message = "L'éligibilité est validée sans justificatif."
    return [_alert(PROOF_MISSING, person, placed, message)]


def hours_not_eligible(person: PersonFacts, thresholds: Thresholds, today: date) -> list[Alert]:
    """``heures_hors_eligibilite``: hours of a month in which no day, or too few days, count.

    Hours already refused have been dealt with and raise nothing.
    """
    watched = [
        line
        for line in person.months
        if line.declared > line.refused and line.placement.obligation.followed
    ]
    windows = windows_of(person, thresholds) if watched else ()
    alerts = []
    for line in watched:
        found = _eligibility_fault(line, windows, thresholds.plausibility)
        if found:
            message, gravity = found
            alerts.append(
                _alert(
                    HOURS_NOT_ELIGIBLE,
                    person,
                    [line.placement],
                    message,
                    gravity=gravity,
                    month=line.month,
                    about=f"affectation:{line.placement.placement}",
                    measure=line.acquired // _HOUR,
                )
            )
    return alerts


def _eligibility_fault(
    line: MonthFacts, windows: Sequence[EligibilityWindow], limits: PlausibilityLimits
) -> tuple[str, Gravity] | None:
    month, contract = line.month, line.placement.work_contract
    days = days_within(month, contract.start, contract.end)
    # Hours entered on a month without any day of the contract are judged on the whole month.
    start, end = (contract.start, contract.end) if days else (None, None)
    days = days or days_in(month)
    eligible = eligible_days(windows, month, start, end)
    weekly = contract.weekly_hours or limits.weekly_reference
    if eligible == days or (
        eligible and line.acquired <= plausible_hours(weekly, eligible, limits.tolerance)
    ):
        return None
    what = f"{format_hours(line.acquired)} en {format_month(month)}"
    if not windows:
        return f"{what} pour une personne sans éligibilité validée.", HOURS_NOT_ELIGIBLE.gravity
    if eligible == 0:
        return f"{what}, mois sans aucun jour éligible.", HOURS_NOT_ELIGIBLE.gravity
    counted = plural(eligible, "jour éligible", "jours éligibles")
    return f"{what} pour {counted} sur {days}.", Gravity.INFO


def hours_outside(person: PersonFacts, thresholds: Thresholds, today: date) -> list[Alert]:
    """``heures_hors_marche``: hours of a month wholly before or after the contract.

    A date the contract does not have is taken from the obligation.
    """
    alerts = []
    for line in person.months:
        obligation = line.placement.obligation
        start = obligation.contract.start or obligation.start
        end = obligation.contract.end or obligation.end
        if line.acquired <= 0 or not obligation.followed:
            continue
        if wholly_outside(line.month, start, end):
            message = (
                f"{format_hours(line.acquired)} en {format_month(line.month)}, hors du marché "
                f"({_period(start, end)})."
            )
            alerts.append(
                _alert(
                    HOURS_OUTSIDE,
                    person,
                    [line.placement],
                    message,
                    month=line.month,
                    about=f"affectation:{line.placement.placement}",
                    measure=line.acquired // _HOUR,
                )
            )
    return alerts


def _period(start: date | None, end: date | None) -> str:
    if start and end:
        return f"du {format_date(start)} au {format_date(end)}"
    if start:
        return f"à partir du {format_date(start)}"
    return f"jusqu'au {format_date(end)}" if end else ""


def hours_implausible(person: PersonFacts, thresholds: Thresholds, today: date) -> list[Alert]:
    """``heures_invraisemblables``: more hours in a month than the person can have worked.

    All placements are added up, those of closed contracts too; at least one must be followed.
    """
    months: dict[Month, list[MonthFacts]] = {}
    for line in person.months:
        months.setdefault(line.month, []).append(line)
    alerts = []
    for month, lines in months.items():
        found = _implausible(month, lines, thresholds.plausibility)
        if found and any(line.placement.obligation.followed for line in lines):
            message, gravity = found
            placements = [line.placement for line in lines if line.acquired]
            alerts.append(
                _alert(
                    HOURS_IMPLAUSIBLE,
                    person,
                    placements,
                    message,
                    gravity=gravity,
                    month=month,
                    measure=sum(line.acquired for line in lines) // _HOUR,
                )
            )
    return alerts


def _implausible(
    month: Month, lines: Sequence[MonthFacts], limits: PlausibilityLimits
) -> tuple[str, Gravity] | None:
    # Plain loops here: this is asked for every month of every person.
    total = Hours(0)
    for line in lines:
        total = Hours(total + line.declared - line.refused)
    if total <= 0:
        return None
    gravity = Gravity.ALERT
    if total > limits.month_critical:
        fault, gravity = f"plus de {format_hours(limits.month_critical)}", Gravity.CRITICAL
    elif total > limits.month_alert:
        fault = f"plus de {format_hours(limits.month_alert)}"
    elif total > (allowed := _allowed(month, lines, limits)):
        fault = f"le temps de travail prévu en permet au plus {format_hours(allowed)}"
    else:
        return None
    together = ", tous contrats réunis" if len(lines) > 1 else ""
    hours = f"{format_hours(total)} en {format_month(month)} pour une personne{together}"
    return f"{hours}\u00a0: {fault}.", gravity


def _allowed(month: Month, lines: Sequence[MonthFacts], limits: PlausibilityLimits) -> Hours:
    """The hours that the work contracts of some lines allow in a month, each counted once."""
    allowed, counted = 0, set()
    for line in lines:
        contract = line.placement.work_contract
        if contract.work_contract not in counted:
            counted.add(contract.work_contract)
            weekly = contract.weekly_hours or limits.weekly_reference
            days = days_within(month, contract.start, contract.end)
            allowed += plausible_hours(weekly, days, limits.tolerance)
    return Hours(allowed)


def hours_twice(person: PersonFacts, thresholds: Thresholds, today: date) -> list[Alert]:
    """``heures_en_double``: the same hours of a month, of one employer, on two obligations.

    What ``ligne_deja_recue`` questions when hours come in (see ``received_twice``), between
    obligations of which one at least is followed; hours that were refused have been dealt with.
    """
    if len({line.placement.obligation.obligation for line in person.months}) < _TWO:
        return []
    months: dict[Month, list[MonthFacts]] = {}
    for line in person.months:
        if line.acquired > 0:
            months.setdefault(line.month, []).append(line)
    alerts = []
    for month, lines in months.items():
        found = _twice(lines) if len(lines) >= _TWO else None
        if found is None:
            continue
        hours, one, other = found
        names = [line.placement.obligation.name for line in (one, other)]
        where = " et ".join(names) if all(names) else "deux obligations"
        message = (
            f"{format_hours(hours)} en {format_month(month)} déclarées par le même employeur sur "
            f"{where}, sans globalisation."
        )
        placements = [one.placement, other.placement]
        alerts.append(
            _alert(HOURS_TWICE, person, placements, message, month=month, measure=hours // _HOUR)
        )
    return alerts


def _twice(lines: Sequence[MonthFacts]) -> tuple[Hours, MonthFacts, MonthFacts] | None:
    """The most hours that two lines of a month share, and these lines."""
    found = [
        (hours, one, other)
        for one, other in combinations(lines, 2)
        if one.placement.obligation.followed or other.placement.obligation.followed
        if one.placement.obligation.obligation != other.placement.obligation.obligation
        for hours in one.parts
        if any(
            received_twice(_received(one, hours), _received(other, there)) for there in other.parts
        )
    ]
    return max(found, key=lambda twice: twice[0], default=None)


def _received(line: MonthFacts, hours: Hours) -> Received:
    employer = line.placement.work_contract.employer
    return Received(line.placement.obligation.obligation, employer, hours, line.pooled)


PersonRule = Callable[[PersonFacts, Thresholds, date], list[Alert]]

PERSON_RULES: tuple[PersonRule, ...] = (
    hours_implausible,
    hours_twice,
    hours_not_eligible,
    hours_outside,
    eligibility_end,
    proof_missing,
)
