"""The criteria of a person: one of them only is the main one, which evaluations count."""

from suivi_tui.actions.records import Saved, Values, save_record
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, changed
from suivi_tui.store.queries.matching import eligibilities

MAIN_RANK = 1


def save_criterion(base: Base, person: int, criterion: int | None, values: Values) -> Saved:
    """Create a criterion of a person (``criterion`` None) or change one.

    Saved as the main one, it moves the others down in the same batch, as little as needed.
    Raises FieldErrors or RecordGone.
    """
    others: list[Change] = []
    if values.get("rank") == MAIN_RANK:
        free = MAIN_RANK + 1
        for row, _, rank in eligibilities(base.connection, person):
            if row == criterion:
                continue
            if rank < free:
                others.append(changed("eligibility", row, "rank", free))
            free = max(rank, free) + 1
    return save_record(base, "eligibility", criterion, {**values, "participant": person}, others)
