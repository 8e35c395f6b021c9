"""When hours that were received are those of another line: one definition, checks and alerts."""

from typing import NamedTuple

from suivi_tui.vocabulary.hours import Hours


class Received(NamedTuple):
    """Hours declared for a person and a month: on which obligation, by whom.

    ``employer`` is that of the work contract, None when it is not known; ``pooled`` when the terms
    let the hours of that month be shared with other contracts (globalisation, domain.md 3.5).
    """

    obligation: int
    employer: int | None
    hours: Hours
    pooled: bool = False


def received_twice(one: Received, other: Received) -> bool:
    """Whether two lines of one person and month hold the same hours of the same employer.

    Between two contracts that both pool their hours, equal shares are usual and are not the same.
    """
    if one.hours != other.hours or one.employer != other.employer:
        return False
    return one.obligation == other.obligation or not (one.pooled and other.pooled)
