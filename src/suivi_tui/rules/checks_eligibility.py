"""The checks of entered hours about eligibility: the decision, and the window that counts.

The window is that of ``rules.eligibility``, its usual length that of the contract
(``fenetre_mois``) or of reference data.
"""

from datetime import date

from suivi_tui.rules.checks_facts import CheckedLine, Standing
from suivi_tui.rules.eligibility import eligible_days, split_of_month
from suivi_tui.rules.plausibility import days_within
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import first_day, format_month, last_day
from suivi_tui.vocabulary.numbers import NBSP, plural


def person_refused(line: CheckedLine) -> str:
    """``personne_refusee``: every criterion of the person was refused."""
    if line.standing is not Standing.REFUSED:
        return ""
    return f"L'éligibilité de cette personne a été refusée{NBSP}: ses heures ne comptent pas."


def person_undecided(line: CheckedLine) -> str:
    """``personne_sans_decision``: nothing is accepted yet, and something may be."""
    if line.standing is Standing.PENDING:
        return "L'éligibilité de cette personne est en attente de décision."
    if line.standing is Standing.UNKNOWN:
        return "Aucun critère d'éligibilité n'est saisi pour cette personne."
    return ""


def before_decision(line: CheckedLine) -> str:
    """``avant_decision``: no day worked in the month is after the first accepted decision.

    There is no retroactive validation (domain.md 4.4).
    """
    if line.standing is not Standing.ACCEPTED or not line.windows or _eligible(line)[0]:
        return ""
    opened = line.windows[0].start
    if opened <= _worked_days(line)[1]:
        return ""
    return (
        f"{format_month(line.month).capitalize()} est avant l'éligibilité, ouverte le "
        f"{format_date(opened)}{NBSP}: ces heures ne comptent pas."
    )


def after_window(line: CheckedLine) -> str:
    """``apres_eligibilite``: no day worked in the month is within a counting window any more."""
    if line.standing is not Standing.ACCEPTED or _eligible(line)[0]:
        return ""
    first, last = _worked_days(line)
    if not line.windows:
        return f"L'éligibilité validée ne couvre aucun jour{NBSP}: ces heures ne comptent pas."
    if line.windows[0].start > last:
        return ""
    ended = max(window.end for window in line.windows if window.end < first)
    return (
        f"L'éligibilité s'est terminée le {format_date(ended)}{NBSP}: ces heures ne comptent plus."
    )


def partly_eligible(line: CheckedLine) -> str:
    """``eligibilite_partielle``: a window opens or ends within the days worked in the month.

    Says how many of the hours would count pro rata of calendar days.
    """
    if line.standing is not Standing.ACCEPTED:
        return ""
    eligible, outside = _eligible(line)
    if not eligible or not outside:
        return ""
    counted, _ = split_of_hours(line.hours, eligible, eligible + outside)
    return (
        f"Éligible {_when_eligible(line)}{plural(eligible, 'jour', 'jours')} sur "
        f"{eligible + outside}{NBSP}: {format_hours(counted)} sur {format_hours(line.hours)} "
        "compteraient."
    )


def split_of_hours(hours: Hours, eligible: int, days: int) -> tuple[Hours, Hours]:
    """Hours of a month that count pro rata of its days worked, and those that do not.

    Rounded half up to the hundredth; the two parts add up to ``hours``. Without any day worked,
    nothing counts.
    """
    if days <= 0:
        return Hours(0), hours
    counted = Hours((2 * hours * eligible + days) // (2 * days))
    return counted, Hours(hours - counted)


def _worked_days(line: CheckedLine) -> tuple[date, date]:
    """First and last day worked in the month; the whole month for hours outside the placement."""
    first, last = first_day(line.month), last_day(line.month)
    start, end = line.placement.start, line.placement.end
    if not days_within(line.month, start, end):
        return first, last
    return max(first, start or first), min(last, end or last)


def _eligible(line: CheckedLine) -> tuple[int, int]:
    """Days worked in the month: those that count, and those that do not."""
    return split_of_month(line.windows, line.month, *_worked_days(line))


def _when_eligible(line: CheckedLine) -> str:
    first, last = _worked_days(line)
    whole = eligible_days(line.windows, line.month, first, last)
    for window in line.windows:
        inside = days_within(line.month, max(window.start, first), min(window.end, last))
        if inside == whole and window.end < last and window.start <= first:
            return f"jusqu'au {format_date(window.end)}, "
        if inside == whole and window.start > first and window.end >= last:
            return f"à partir du {format_date(window.start)}, "
    return ""
