"""Alerts of the base as a whole, told once with their number and never with names."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from suivi_tui.reference.loader import AlertThresholds
from suivi_tui.rules.alert_facts import PersonFacts
from suivi_tui.rules.alert_kinds import (
    BACKUP_OLD,
    OUTCOME_DUE,
    RETENTION_REACHED,
    SAME_COMPANY,
    SAME_PERSON,
    SUMMARY_INCOMPLETE,
    Alert,
    AlertKind,
)
from suivi_tui.rules.alerts_contract import contract_alert
from suivi_tui.vocabulary.choices import Gravity, OutcomePoint
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.numbers import NBSP, format_number, plural


class SamePeople(NamedTuple):
    """Two sheets that may be one person: ``participant`` is the older sheet; ``sure`` when name
    and birth are the same."""

    participant: int
    other: int
    sure: bool


class SameCompanies(NamedTuple):
    """Sheets with the same SIRET, the oldest one first; ``name`` is that of the oldest."""

    name: str
    companies: tuple[int, ...]


class ToAsk(NamedTuple):
    """A point of a path to ask about, since its day."""

    participant: int
    point: OutcomePoint
    due: date


class WholeFacts(NamedTuple):
    """What is known of the base on a day.

    ``backed_up_on`` is the day of the last backup, ``begun_on`` that of the first change;
    ``written_since`` whether something changed after the backup. ``kept_too_long`` are people
    whose retention is over, ``kept_more`` when there are more than that. ``to_ask`` are the points
    to ask (``rules.outcome_points``).
    """

    backed_up_on: date | None = None
    begun_on: date | None = None
    written_since: bool = False
    kept_too_long: tuple[int, ...] = ()
    kept_more: bool = False
    to_ask: tuple[ToAsk, ...] = ()
    same_people: tuple[SamePeople, ...] = ()
    same_companies: tuple[SameCompanies, ...] = ()


def backup_old(facts: WholeFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``sauvegarde_ancienne``: the base changed, and its last backup is too old.

    Without any backup, days count from the first change.
    """
    since = facts.backed_up_on or facts.begun_on
    if since is None or not facts.written_since:
        return []
    days = (today - since).days
    if days <= limits.backup_days:
        return []
    if facts.backed_up_on is None:
        message = f"Aucune sauvegarde depuis la création de la base, le {format_date(since)}."
    else:
        ago = plural(days, "jour", "jours")
        message = f"Dernière sauvegarde le {format_date(since)}, il y a {ago}{NBSP}: "
        message += "la base a changé depuis."
    alert = _counted(BACKUP_OLD, message, days // max(limits.backup_days, 1))
    return [alert._replace(due=since + timedelta(days=limits.backup_days))]


def outcomes_due(facts: WholeFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``suite_a_demander``: people who left and whose situation is to be asked, by point."""
    counts = Counter(one.point for one in facts.to_ask)
    total = counts.total()
    if not total:
        return []
    parts = [
        f"{format_number(counts[point])} {point.label.lower()}"
        for point in OutcomePoint
        if counts[point]
    ]
    people = plural(total, "situation à demander", "situations à demander")
    message = f"{people}{NBSP}: {', '.join(parts)}."
    alert = _counted(OUTCOME_DUE, message, total, {one.participant for one in facts.to_ask})
    return [alert._replace(due=min(one.due for one in facts.to_ask))]


def retention_reached(facts: WholeFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``conservation``: people without contact or hours for too long, counted."""
    count = len(facts.kept_too_long)
    if not count:
        return []
    people = plural(count, "personne", "personnes")
    more = "Plus de " if facts.kept_more else ""
    months = plural(limits.retention_months, "mois", "mois")
    message = f"{more}{people} sans contact ni heures depuis {months} ou plus."
    return [_counted(RETENTION_REACHED, message, count, facts.kept_too_long)]


def same_people(facts: WholeFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``doublon_personne``: someone at work has another sheet of the same name and birth.

    Information only when the births are close or one is unknown.
    """
    found = []
    for pair in facts.same_people:
        message = "Deux fiches portent le même nom et la même date de naissance."
        if not pair.sure:
            message = f"Deux fiches se ressemblent{NBSP}: nom et naissance proches."
        gravity = None if pair.sure else Gravity.INFO
        alert = contract_alert(SAME_PERSON, None, message, gravity=gravity)
        about = f"participant:{pair.participant}/participant:{pair.other}"
        both = (("participant", pair.participant), ("participant", pair.other))
        found.append(alert._replace(participant=pair.participant, about=about, concerns=both))
    return found


def same_companies(facts: WholeFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``doublon_entreprise``: several sheets have the same SIRET."""
    found = []
    for name, companies in facts.same_companies:
        count = len(companies)
        message = f"{format_number(count)} fiches portent le même SIRET{NBSP}: {name}."
        alert = contract_alert(SAME_COMPANY, None, message, measure=count)
        found.append(
            alert._replace(
                company=companies[0],
                about=f"entreprise:{companies[0]}",
                concerns=tuple(("company", company) for company in companies),
            )
        )
    return found


def summary_incomplete(
    people: Iterable[PersonFacts], limits: AlertThresholds, today: date
) -> list[Alert]:
    """``synthese_incomplete``: people of the year whose prescriber or level is unknown, counted.

    From a day of the year on and for some days, into the next year if need be.
    """
    begins = date(today.year, limits.summary_month, limits.summary_day)
    if begins > today:
        begins = begins.replace(year=today.year - 1)
    if today >= begins + timedelta(days=limits.summary_days):
        return []
    year = begins.year
    no_prescriber, no_level = [], []
    for person in people:
        worked = [line for line in person.months if line.month // 100 == year and line.acquired > 0]
        if worked and not person.prescriber:
            no_prescriber.append(person.participant)
        if any(not (line.placement.work_contract.level or person.level) for line in worked):
            no_level.append(person.participant)
    parts = [
        f"{plural(len(missing), 'personne', 'personnes')} sans {what}"
        for missing, what in ((no_prescriber, "prescripteur"), (no_level, "niveau de formation"))
        if missing
    ]
    if not parts:
        return []
    message = f"Synthèse {year}{NBSP}: {' et '.join(parts)}."
    count = len(no_prescriber) + len(no_level)
    alert = _counted(SUMMARY_INCOMPLETE, message, count, {*no_prescriber, *no_level})
    return [alert._replace(about=f"{SUMMARY_INCOMPLETE.code}:{year}")]


def _counted(kind: AlertKind, message: str, measure: int, people: Iterable[int] = ()) -> Alert:
    """An alert of the whole base: ``people`` are those it counts."""
    concerns = tuple(("participant", person) for person in sorted(people))
    alert = contract_alert(kind, None, message, measure=measure)
    return alert._replace(about=kind.code, concerns=concerns)


def whole_alerts(facts: WholeFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """Every alert of the base as a whole."""
    rules = (backup_old, outcomes_due, retention_reached, same_people, same_companies)
    return [alert for rule in rules for alert in rule(facts, limits, today)]
