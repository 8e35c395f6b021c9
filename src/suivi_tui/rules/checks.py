"""The checks of entered hours: one small pure rule each, one catalogue.

A check says what a facilitator would question, in one French sentence; it never refuses the
hours (``actions.entry`` refuses what cannot be hours, and a locked month). A contract sets the
gravity of each with the term ``controle/CODE``. Codes are stable: contracts keep them.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from suivi_tui.rules.checks_eligibility import (
    after_window,
    before_decision,
    partly_eligible,
    person_refused,
    person_undecided,
)
from suivi_tui.rules.checks_employers import employer_and_contract, employer_and_mode
from suivi_tui.rules.checks_facts import CheckedLine, CheckedPlacement
from suivi_tui.rules.plausibility import days_within, plausible_hours, wholly_outside
from suivi_tui.rules.received_twice import Received, received_twice
from suivi_tui.vocabulary.choices import CheckGravity, HourKind
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month, format_month, month_of, of_month
from suivi_tui.vocabulary.numbers import NBSP, plural


class Finding(NamedTuple):
    """What one check says of a line: its code, its gravity for this contract, a sentence."""

    code: str
    gravity: CheckGravity
    message: str


class Check(NamedTuple):
    """A check: what it is called, what it looks at, its gravity unless the contract says so.

    ``rule`` gives a French sentence, empty when there is nothing to say. Most checks are about
    hours that would count: only those ``of_corrections`` look at a negative line or at none.
    """

    code: str
    label: str
    help: str
    gravity: CheckGravity
    rule: Callable[[CheckedLine], str]
    of_corrections: bool = False


def locked_month(line: CheckedLine) -> str:
    """``mois_verrouille``: the statement of that month is locked, and this line changes it."""
    if not line.locked or line.hours == line.before:
        return ""
    return f"Le relevé {of_month(line.month)} est verrouillé{NBSP}: rouvrez-le d'abord."


def future_month(line: CheckedLine) -> str:
    """``mois_futur``: the month has not begun."""
    if line.month <= month_of(line.today):
        return ""
    return f"{_named(line.month)} n'a pas encore commencé."


def outside_contract(line: CheckedLine) -> str:
    """``hors_marche``: no day of the month lies within the contract, or it was closed before."""
    about = line.placement.obligation
    if wholly_outside(line.month, about.contract_start, about.contract_end):
        days = _period(about.contract_start, about.contract_end)
        return f"{_named(line.month)} est hors du marché, {days}."
    if wholly_outside(line.month, None, about.contract_closed_on):
        closed = _on(about.contract_closed_on)
        return f"{_named(line.month)} est après la clôture du marché{closed}."
    return ""


def outside_obligation(line: CheckedLine) -> str:
    """``hors_obligation``: the month is before the start on site, or after the obligation ended
    or was closed."""
    about = line.placement.obligation
    if wholly_outside(line.month, about.start, None):
        return f"{_named(line.month)} est avant le démarrage du chantier{_on(about.start)}."
    if wholly_outside(line.month, None, about.end):
        return f"{_named(line.month)} est après la fin de l'obligation{_on(about.end)}."
    if wholly_outside(line.month, None, about.closed_on):
        return f"{_named(line.month)} est après la clôture de l'obligation{_on(about.closed_on)}."
    return ""


def outside_placement(line: CheckedLine) -> str:
    """``hors_affectation``: the person does not work there on any day of the month."""
    placement = line.placement
    if not wholly_outside(line.month, placement.start, placement.end):
        return ""
    days = _period(placement.start, placement.end)
    return f"{_named(line.month)} est hors de l'affectation, {days}."


def longest_month(line: CheckedLine) -> str:
    """``duree_maximale``: more hours in the month than the law allows, all contracts added up.

    Limits of ``reference/plausibility.toml`` (44 h a week on average, 48 h a week at most).
    """
    limits, total = line.limits, _total(line)
    if total > limits.month_critical:
        most = limits.month_critical
    elif total > limits.month_alert:
        most = limits.month_alert
    else:
        return ""
    return f"{_added_up(line, total)}{NBSP}: plus de {format_hours(most)}, la durée maximale."


def weekly_time(line: CheckedLine) -> str:
    """``temps_de_travail``: more than the weekly time of the work contracts of the month allows.

    Pro rata of the days under contract, with the tolerance of reference data; each work contract
    counts once. Silent beyond ``duree_maximale``, and when no contract has a day in the month.
    """
    total, allowed = _total(line), _allowed(line)
    if not allowed < total <= line.limits.month_alert or not allowed:
        return ""
    return (
        f"{_added_up(line, total)}{NBSP}: le temps de travail prévu en permet au plus "
        f"{format_hours(allowed)}."
    )


def two_obligations(line: CheckedLine) -> str:
    """``deux_obligations``: hours of the person on another obligation in the same month.

    Hours count on the operation that carries the clause, unless both contracts pool theirs
    (globalisation, domain.md 3.5).
    """
    here = line.placement.obligation.obligation
    elsewhere = [
        other
        for other in line.others
        if other.acquired > 0
        and other.placement.obligation.obligation != here
        and not (line.pooled and other.pooled)
    ]
    if not elsewhere:
        return ""
    names = list(dict.fromkeys(other.placement.obligation.name for other in elsewhere))
    more = f" et {plural(len(names) - 1, 'autre', 'autres')}" if len(names) > 1 else ""
    total = Hours(sum(other.acquired for other in elsewhere))
    return (
        f"Déjà {format_hours(total)} en {format_month(line.month)} sur {names[0]}{more}, sans "
        "globalisation."
    )


def line_received(line: CheckedLine) -> str:
    """``ligne_deja_recue``: the same hours of the same employer are there for the month.

    The same person, month, employer and number of hours on another placement or for another kind
    of hours: most often one line of a statement entered twice. Between two contracts that pool
    their hours equal shares are usual, and raise nothing.
    """
    here = _received(line.placement, line.hours, line.pooled)
    for other in line.others:
        if received_twice(here, _received(other.placement, other.declared, other.pooled)):
            there = other.placement.obligation
            if there.obligation != here.obligation:
                where = f"sur {there.name}"
            elif other.kind != line.kind:
                where = f"en heures de {HourKind.numbered(other.kind).label.lower()}"
            else:
                where = "avec un autre contrat de travail"
            who = line.placement.work_contract.employer_name or "du même employeur"
            return (
                f"{format_hours(line.hours)} {of_month(line.month)} déjà reçues ({who}) "
                f"{where}{NBSP}: la même ligne deux fois{NBSP}?"
            )
    return ""


def statement_verified(line: CheckedLine) -> str:
    """``releve_verifie``: the statement of the sender was checked, and this line changes it."""
    if not line.verified or line.hours == line.before:
        return ""
    return (
        f"Le relevé {of_month(line.month)} est déjà vérifié{NBSP}: ces heures le remettent "
        "à vérifier."
    )


def correction(line: CheckedLine) -> str:
    """``regularisation``: negative hours, and nothing says which month they take back."""
    if line.hours >= 0 or line.corrects is not None:
        return ""
    return f"{format_hours(line.hours)}{NBSP}: régularisation à rattacher au mois qu'elle corrige."


_WARN, _ALERT = CheckGravity.WARN, CheckGravity.ALERT
CHECKS: Final[tuple[Check, ...]] = (
    Check("mois_verrouille", "Mois verrouillé",
          "Le relevé du mois est verrouillé.", _ALERT, locked_month, True),
    Check("mois_futur", "Mois à venir",
          "Le mois n'a pas encore commencé.", _ALERT, future_month, True),
    Check("hors_marche", "Hors du marché",
          "Aucun jour du mois n'est dans les dates du marché.", _ALERT, outside_contract),
    Check("hors_obligation", "Hors de l'obligation",
          "Avant le démarrage du chantier, après la fin ou la clôture.", _ALERT,
          outside_obligation),
    Check("hors_affectation", "Hors de l'affectation",
          "La personne n'y travaille aucun jour du mois.", _ALERT, outside_placement),
    Check("personne_refusee", "Éligibilité refusée",
          "Tous les critères de la personne sont refusés.", _ALERT, person_refused),
    Check("personne_sans_decision", "Éligibilité à décider",
          "Aucun critère de la personne n'est validé.", _WARN, person_undecided),
    Check("avant_decision", "Avant l'éligibilité",
          "Mois d'avant la décision ou la première entrée.", _ALERT, before_decision),
    Check("apres_eligibilite", "Après l'éligibilité",
          "Mois d'après la durée pendant laquelle les heures comptent.", _ALERT, after_window),
    Check("eligibilite_partielle", "Éligible une partie du mois",
          "L'éligibilité commence ou se termine dans le mois.", _WARN, partly_eligible),
    Check("duree_maximale", "Au-delà de la durée maximale",
          "Plus d'heures que la loi n'en permet, tous contrats réunis.", _ALERT, longest_month),
    Check("temps_de_travail", "Au-delà du temps de travail",
          "Plus d'heures que le temps hebdomadaire, tous contrats réunis.", _WARN, weekly_time),
    Check("deux_obligations", "Deux obligations le même mois",
          "La même personne ailleurs le même mois, sans globalisation.", _WARN, two_obligations),
    Check("ligne_deja_recue", "Ligne déjà reçue",
          "Mêmes personne, mois, employeur et heures qu'une autre ligne.", _ALERT, line_received),
    Check("releve_verifie", "Relevé déjà vérifié",
          "La ligne change un relevé déjà vérifié.", _WARN, statement_verified, True),
    Check("employeur_modalite", "Employeur et modalité",
          "L'employeur ne va pas avec la modalité.", _WARN, employer_and_mode),
    Check("employeur_contrat", "Employeur et contrat de travail",
          "L'employeur ne signe pas ce type de contrat.", _WARN, employer_and_contract),
    Check("regularisation", "Régularisation à rattacher",
          "Heures négatives sans le mois qu'elles corrigent.", _WARN, correction, True),
)  # fmt: skip
"""Every check, in the order in which they are shown."""


def findings_of(
    line: CheckedLine, gravities: Mapping[str, CheckGravity] | None = None
) -> tuple[Finding, ...]:
    """What the checks say of a line; ``gravities`` are those that its contract sets.

    A check set to ``CheckGravity.IGNORE`` says nothing.
    """
    said = gravities or {}
    found = []
    for check in CHECKS:
        if line.hours <= 0 and not check.of_corrections:
            continue
        gravity = said.get(check.code, check.gravity)
        if gravity is not CheckGravity.IGNORE and (message := check.rule(line)):
            found.append(Finding(check.code, gravity, message))
    return tuple(found)


def gravest(findings: Iterable[Finding]) -> CheckGravity | None:
    """The gravity of a cell: alert as soon as one of its findings is; None without any."""
    gravities = {finding.gravity for finding in findings}
    return next((gravity for gravity in (_ALERT, _WARN) if gravity in gravities), None)


def _total(line: CheckedLine) -> Hours:
    return Hours(line.hours + sum(other.acquired for other in line.others))


def _added_up(line: CheckedLine, total: Hours) -> str:
    together = ", tous contrats réunis" if total != line.hours else ""
    return f"{format_hours(total)} en {format_month(line.month)}{together}"


def _allowed(line: CheckedLine) -> Hours:
    """The hours that the work contracts of the month allow, each counted once."""
    contracts = {line.placement.work_contract.work_contract: line.placement.work_contract}
    for other in line.others:
        if other.declared:
            work = other.placement.work_contract
            contracts.setdefault(work.work_contract, work)
    allowed = 0
    for work in contracts.values():
        weekly = work.weekly_hours or line.limits.weekly_reference
        days = days_within(line.month, work.start, work.end)
        allowed += plausible_hours(weekly, days, line.limits.tolerance)
    return Hours(allowed)


def _received(placement: CheckedPlacement, hours: Hours, pooled: bool) -> Received:
    employer = placement.work_contract.employer
    return Received(placement.obligation.obligation, employer, hours, pooled)


def _named(month: Month) -> str:
    return format_month(month).capitalize()


def _on(day: date | None) -> str:
    return f" ({format_date(day)})" if day is not None else ""


def _period(start: date | None, end: date | None) -> str:
    if start and end:
        return f"du {format_date(start)} au {format_date(end)}"
    if start:
        return f"à partir du {format_date(start)}"
    return f"jusqu'au {format_date(end)}" if end else ""
