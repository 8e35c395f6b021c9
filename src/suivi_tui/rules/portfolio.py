"""How the hours of all that is followed are shared: information only, never a fault.

Over the last months, on followed obligations. Missions of one person at one employer that follow
each other count as one before their length is judged.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import TypeVar

from suivi_tui.reference.loader import AlertThresholds
from suivi_tui.rules.alert_facts import PersonFacts
from suivi_tui.rules.alert_kinds import (
    ONE_PERSON,
    ONE_SEX,
    ONE_STRUCTURE,
    SHORT_MISSIONS,
    Alert,
    AlertKind,
)
from suivi_tui.rules.alerts_contract import contract_alert
from suivi_tui.vocabulary.choices import Sex, label_of
from suivi_tui.vocabulary.dates import add_calendar_months
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import add_months, month_of
from suivi_tui.vocabulary.numbers import format_number, format_percent, plural

K = TypeVar("K", int, str)
Mission = tuple[date, date]
_HUNDRED = 100


def portfolio_alerts(
    people: Sequence[PersonFacts],
    names: Mapping[int, str],
    limits: AlertThresholds,
    today: date,
) -> list[Alert]:
    """Concentration on one person, one employer, one sex, and very short missions.

    ``names`` are those of companies.
    """
    return [
        *concentration(people, names, limits, today),
        *short_missions(people, limits, today),
    ]


def concentration(
    people: Iterable[PersonFacts],
    names: Mapping[int, str],
    limits: AlertThresholds,
    today: date,
) -> list[Alert]:
    """``concentration_personne``, ``_structure``, ``_sexe``: more than a share of the hours.

    Nothing is said of few hours. A sex or an employer that is unknown is no concentration.
    """
    last = month_of(today)
    first = add_months(last, 1 - limits.portfolio_months)
    by_person: Counter[int] = Counter()
    by_structure: Counter[int] = Counter()
    by_sex: Counter[str] = Counter()
    for person in people:
        for line in person.months:
            if not first <= line.month <= last or not line.placement.obligation.followed:
                continue
            hours = max(line.acquired, 0)
            by_person[person.participant] += hours
            by_sex[person.sex] += hours
            obligation = line.placement.obligation
            employer = line.placement.work_contract.employer or obligation.company
            by_structure[employer or 0] += hours
    total = Hours(by_person.total())
    if total < limits.portfolio_hours or not total:
        return []
    months = "du dernier mois" if limits.portfolio_months == 1 else "des derniers mois"
    period = f"des {format_hours(total)} {months}"
    found = []
    participant, share = _largest(by_person, total)
    if share > limits.portfolio_person:
        message = f"Une personne a fait {format_percent(share)} {period}."
        found.append(_shared(ONE_PERSON, message, share, ("participant", participant)))
    structure, share = _largest(by_structure, total)
    if structure and share > limits.portfolio_structure:
        name = names.get(structure) or "Un employeur"
        message = f"{name} a employé pour {format_percent(share)} {period}."
        found.append(_shared(ONE_STRUCTURE, message, share, ("company", structure)))
    sex, share = _largest(by_sex, total)
    if sex and share > limits.portfolio_sex:
        message = f"Les {label_of(Sex, sex).lower()}s ont fait {format_percent(share)} {period}."
        found.append(_shared(ONE_SEX, message, share))
    return found


def _largest(counts: Counter[K], total: int) -> tuple[K, Fraction]:
    """The key with the most hours, and its share."""
    key, hours = max(counts.items(), key=lambda item: (item[1], item[0]))
    return key, Fraction(hours, total)


def _shared(kind: AlertKind, message: str, share: Fraction, *concerns: tuple[str, int]) -> Alert:
    """An alert whose measure is a share, in whole per cent."""
    alert = contract_alert(kind, None, message, measure=int(share * _HUNDRED))
    return alert._replace(about=kind.code, concerns=concerns)


def short_missions(
    people: Iterable[PersonFacts], limits: AlertThresholds, today: date
) -> list[Alert]:
    """``missions_courtes``: too large a share of the missions that ended were very short."""
    since = add_calendar_months(today, -limits.portfolio_months)
    lengths = [
        (end - start).days + 1
        for person in people
        for start, end in chained(_missions(person), limits.short_gap)
        if since < end <= today
    ]
    short = sum(days < limits.short_days for days in lengths)
    if len(lengths) < limits.short_number or Fraction(short, len(lengths)) <= limits.short_share:
        return []
    message = (
        f"{format_number(short)} missions terminées sur {format_number(len(lengths))} ont duré "
        f"moins de {plural(limits.short_days, 'jour', 'jours')}, missions successives réunies."
    )
    alert = contract_alert(SHORT_MISSIONS, None, message)
    share = Fraction(short, len(lengths))
    return [alert._replace(about=SHORT_MISSIONS.code, measure=int(share * _HUNDRED))]


def _missions(person: PersonFacts) -> list[tuple[int, Mission]]:
    """The employer and the days of the work contracts of a person on followed obligations."""
    found = {}
    for placement in person.placements:
        work, obligation = placement.work_contract, placement.obligation
        if obligation.followed and work.start is not None:
            employer = work.employer or obligation.company or 0
            found[work.work_contract] = (employer, (work.start, work.end or date.max))
    return list(found.values())


def chained(missions: Iterable[tuple[int, Mission]], gap: int) -> list[Mission]:
    """Missions at one employer that follow each other within ``gap`` days, made one.

    The same day after counts as no day between.
    """
    found: dict[int, list[Mission]] = {}
    for employer, (start, end) in sorted(missions):
        chain = found.setdefault(employer, [])
        if chain and start - chain[-1][1] <= timedelta(days=gap + 1):
            chain[-1] = (chain[-1][0], max(chain[-1][1], end))
        else:
            chain.append((start, end))
    return [mission for chain in found.values() for mission in chain]
