"""The only figures that are refused: those that no month can hold."""

from typing import Final

from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month, days_in, format_month
from suivi_tui.vocabulary.numbers import NBSP

HOURS_A_DAY: Final = 24_00


def most_hours(month: Month) -> Hours:
    """24 hours on every day of a month."""
    return Hours(days_in(month) * HOURS_A_DAY)


def impossible_hours(hours: Hours, month: Month) -> str:
    """Why the hours of one line cannot be those of a month, one French sentence; else empty."""
    if abs(hours) <= most_hours(month):
        return ""
    return (
        f"{format_hours(hours)} en {format_month(month)}, c'est plus de 24{NBSP}h par jour{NBSP}: "
        "rien n'a été enregistré. Corrigez le nombre."
    )
