"""How long each person still counts: the eligibility window of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from suivi_tui.rules.eligibility import (
    EligibilityFacts,
    EligibilityWindow,
    eligibility_windows,
    first_start_under_clause,
    window_on,
)
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import iso_date
from suivi_tui.store.queries.people import ClockRow, EligibilityRow, clock_rows


@dataclass(frozen=True, slots=True)
class EligibilityClock:
    """The windows of a person, and the one that holds today (or None: does not count today).

    ``days_left`` counts the days after today; None when not eligible or without a known limit.
    """

    participant: int
    windows: tuple[EligibilityWindow, ...]
    current: EligibilityWindow | None
    days_left: int | None


def eligibility_clocks(
    connection: Connection, participants: Iterable[int], today: date, months: int
) -> dict[int, EligibilityClock]:
    """The clocks of some people (a page of them), by id.

    ``months`` is the usual length of a window (``thresholds().eligibility.months``).
    """
    rows, eligibilities = clock_rows(connection, list(participants))
    claimed: dict[int, list[EligibilityRow]] = {}
    for row in eligibilities:
        claimed.setdefault(row.participant, []).append(row)
    return {
        row.participant: _clock(row, claimed.get(row.participant, []), today, months)
        for row in rows
    }


def _clock(
    row: ClockRow, claimed: list[EligibilityRow], today: date, months: int
) -> EligibilityClock:
    first = first_start_under_clause(
        iso_date(row.entered_scheme_on), [iso_date(row.first_contract_start)]
    )
    windows = eligibility_windows(
        [
            EligibilityFacts(
                decision=item.decision,
                decided_on=iso_date(item.decided_on),
                ends_on=iso_date(item.ends_on),
                proof=item.proof,
                proof_on=iso_date(item.proof_on),
                rank=item.rank,
            )
            for item in claimed
        ],
        first,
        months,
    )
    current = window_on(windows, today)
    known = current is not None and current.end != date.max
    days = (current.end - today).days if current is not None and known else None
    return EligibilityClock(row.participant, windows, current, days)
