"""How far an obligation is: its rate of achievement and the hours left."""

from fractions import Fraction

from suivi_tui.vocabulary.hours import Hours


def achievement_rate(validated: Hours, owed: Hours | None) -> Fraction | None:
    """Validated hours over hours owed, exact; None when nothing is owed or it is unknown.

    It goes above 1 when more was done than owed (domain.md 3.6, E6: 11 000 h for 9 500 h).
    """
    return Fraction(validated, owed) if owed is not None and owed > 0 else None


def remaining(validated: Hours, owed: Hours | None) -> Hours | None:
    """Hours left to validate before the obligation is met, never below 0; None when unknown."""
    return None if owed is None else Hours(max(owed - validated, 0))


def surplus(validated: Hours, owed: Hours | None) -> Hours | None:
    """Hours validated beyond what is owed, never below 0; None when unknown."""
    return None if owed is None else Hours(max(validated - owed, 0))


def pace(acquired: Hours, expected: Hours | None) -> Fraction | None:
    """Acquired hours (validated or pending) over hours expected to date, exact.

    Pending hours count, so that a facilitator late in checking does not make a company late.
    None when nothing is expected yet or the schedule is unknown.
    """
    return Fraction(acquired, expected) if expected is not None and expected > 0 else None
