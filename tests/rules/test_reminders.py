"""Which reminder comes next, at the limit and around it."""

from datetime import date

import pytest

from suivi_tui.rules.reminders import NextReminder, ReminderSent, Step, next_reminder

LATE = date(2026, 2, 16)
FIRST, SECOND = "relance_1", "relance_2"


def sent(day: str, kind: str = FIRST) -> ReminderSent:
    return ReminderSent(date.fromisoformat(day), kind)


@pytest.mark.parametrize(
    ("made", "today", "step", "after"),
    [
        ((), "2026-02-16", Step.FIRST, None),
        ((sent("2026-02-15"),), "2026-03-31", Step.FIRST, None),
        ((sent("2026-02-16"),), "2026-02-16", Step.WAIT, "2026-02-16"),
        ((sent("2026-02-28"),), "2026-03-14", Step.WAIT, "2026-02-28"),
        ((sent("2026-02-28"),), "2026-03-15", Step.WAIT, "2026-02-28"),
        ((sent("2026-02-28"),), "2026-03-16", Step.SECOND, "2026-02-28"),
        ((sent("2026-02-28", ""),), "2026-03-16", Step.SECOND, "2026-02-28"),
        ((sent("2026-02-28", SECOND),), "2026-03-16", Step.SECOND, "2026-02-28"),
        ((sent("2026-02-20"), sent("2026-03-10")), "2026-04-01", Step.SECOND, "2026-03-10"),
        (
            (sent("2026-02-20"), sent("2026-03-10", SECOND)),
            "2026-03-25",
            Step.WAIT,
            "2026-03-10",
        ),
        (
            (sent("2026-02-20"), sent("2026-03-10", SECOND)),
            "2026-03-26",
            Step.EXHAUSTED,
            "2026-03-10",
        ),
        (
            (sent("2026-02-20", ""), sent("2026-03-10", "")),
            "2026-03-26",
            Step.EXHAUSTED,
            "2026-03-10",
        ),
        (
            (sent("2026-03-10", ""), sent("2026-03-10", SECOND)),
            "2026-03-26",
            Step.SECOND,
            "2026-03-10",
        ),
        ((sent("2026-12-25"),), "2027-01-09", Step.WAIT, "2026-12-25"),
        ((sent("2026-12-25"),), "2027-01-10", Step.SECOND, "2026-12-25"),
        # One made after the day asked does not count yet.
        ((sent("2026-05-01"),), "2026-04-30", Step.FIRST, None),
    ],
)
def test_the_next_reminder(
    made: tuple[ReminderSent, ...], today: str, step: Step, after: str | None
) -> None:
    found = next_reminder(LATE, made, date.fromisoformat(today), 15)
    assert found == NextReminder(step, date.fromisoformat(after) if after else None)


def test_a_leap_day_counts() -> None:
    made = [sent("2028-02-28")]
    late = date(2028, 2, 16)
    assert next_reminder(late, made, date(2028, 3, 14), 15).step is Step.WAIT
    assert next_reminder(late, made, date(2028, 3, 15), 15).step is Step.SECOND
