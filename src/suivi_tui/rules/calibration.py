"""Sizing the hours of a contract (domain.md 3.1): H = amount x labour share x rate / hourly cost.

Results are exact fractions of hours: the facilitator adapts and rounds them, and the rounding is
kept with the result.
"""

from fractions import Fraction

from suivi_tui.vocabulary.hours import Hours

ANRU_WORKS_RATE = Fraction(5, 100)
"""Least share of the hours of works and engineering of an NPNRU operation (domain.md 3.4)."""

ANRU_NEIGHBOURHOOD_RATE = Fraction(10, 100)
"""Least share of the hours of gestion urbaine de proximité contracts (domain.md 3.4)."""


def labour_amount(amount_cents: int, labour_share: Fraction) -> Fraction:
    """The part of an amount without tax that pays labour, in cents."""
    return amount_cents * _share(labour_share, "labour share")


def labour_hours(amount_cents: int, labour_share: Fraction, hourly_cost_cents: int) -> Fraction:
    """Hours of labour in an amount. ``hourly_cost_cents`` includes charges.

    Raises ValueError when the cost is not positive or the share is not between 0 and 1.
    """
    if hourly_cost_cents <= 0:
        raise ValueError("hourly cost must be positive")
    return labour_amount(amount_cents, labour_share) / hourly_cost_cents


def insertion_hours(
    amount_cents: int, labour_share: Fraction, rate: Fraction, hourly_cost_cents: int
) -> Fraction:
    """Insertion hours of a lot or contract (domain.md 3.6, E1 to E5). Raises ValueError."""
    return labour_hours(amount_cents, labour_share, hourly_cost_cents) * _share(rate, "rate")


def insertion_hours_of_labour(hours: Fraction, rate: Fraction) -> Fraction:
    """Insertion hours when the hours of labour are known or estimated. Raises ValueError.

    Also the ANRU floors: 5 % of works, 10 % of gestion urbaine de proximité (E15).
    """
    return hours * _share(rate, "rate")


def insertion_hours_after_transfer(
    total: Fraction, transferred: Fraction, rate: Fraction
) -> Fraction:
    """Insertion hours where staff are taken over by law: only new posts count (E14).

    Raises ValueError when more hours are transferred than there are.
    """
    if transferred > total or transferred < 0:
        raise ValueError("transferred hours must lie between 0 and the total")
    return (total - transferred) * _share(rate, "rate")


def to_hours(exact: Fraction) -> Hours:
    """Exact hours to the hundredth, half up."""
    hundredths = exact * 100
    return Hours(
        (2 * hundredths.numerator + hundredths.denominator) // (2 * hundredths.denominator)
    )


def round_down(exact: Fraction, step: int = 1) -> int:
    """Whole hours, rounded down to a multiple of ``step`` (1, 10, or 35 for whole weeks)."""
    return exact // step * step


def _share(share: Fraction, name: str) -> Fraction:
    if not 0 <= share <= 1:
        raise ValueError(f"{name} must lie between 0 and 1")
    return share
