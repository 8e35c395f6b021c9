"""French public holidays (code du travail, article L3133-1), by the ``holidays`` library.

The library is imported when first asked: nothing else needs it.
"""

from datetime import date
from functools import cache

MAINLAND = ""
"""No more than the eleven holidays of the whole country."""

ALSACE_MOSELLE = "57"
"""Moselle, Bas-Rhin and Haut-Rhin: also Good Friday and 26 December (L3134-13)."""

_SAME_LAW = {"67": ALSACE_MOSELLE, "68": ALSACE_MOSELLE, "6AE": ALSACE_MOSELLE}
_OF_THEIR_OWN = (ALSACE_MOSELLE, "971", "972", "973", "974", "976")


@cache
def public_holidays(first_year: int, last_year: int, department: str = MAINLAND) -> frozenset[date]:
    """The public holidays of some years, both included, as dates.

    ``department`` adds those of Alsace-Moselle (57, 67, 68) or of an overseas department (971 to
    974, 976); any other one has those of the mainland.
    """
    import holidays

    place = _SAME_LAW.get(department, department)
    subdivision = place if place in _OF_THEIR_OWN else None
    # Observed days do not exist in France: a holiday on a Sunday is not moved.
    found = holidays.country_holidays(
        "FR", subdiv=subdivision, years=range(first_year, last_year + 1), observed=False
    )
    return frozenset(found)


def holidays_between(first: date, last: date, department: str = MAINLAND) -> frozenset[date]:
    """The public holidays of every year that a period touches."""
    return public_holidays(first.year, max(first.year, last.year), department)
