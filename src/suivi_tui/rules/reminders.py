"""Which reminder a missing statement calls for, after those already sent (domain.md 6.3)."""

from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import NamedTuple

from suivi_tui.vocabulary.choices import DocumentKind

REMINDER_KINDS = (DocumentKind.REMINDER_1.value, DocumentKind.REMINDER_2.value)


class ReminderSent(NamedTuple):
    """A reminder that was filed; ``kind`` is a code of ``DocumentKind``, '' when noted by hand."""

    made_on: date
    kind: str = ""


class Step(Enum):
    """What comes next for a statement that is still missing."""

    FIRST = "first"
    SECOND = "second"
    WAIT = "wait"
    EXHAUSTED = "exhausted"


class NextReminder(NamedTuple):
    """The next step; ``after`` is the latest reminder it follows, None when there is none."""

    step: Step
    after: date | None = None


def next_reminder(
    late_since: date, sent: Iterable[ReminderSent], today: date, level_2_days: int
) -> NextReminder:
    """The next reminder for a statement that is late since a day.

    Only reminders made once it was late speak of it. A company is left in peace for
    ``level_2_days`` after each of them, that day included; after a second one nothing is left
    to the facilitator but to propose a formal notice. Of reminders noted by hand the first is of
    level 1, the next one of level 2.
    """
    about = sorted(one for one in sent if late_since <= one.made_on <= today)
    if not about:
        return NextReminder(Step.FIRST)
    latest = about[-1].made_on
    if (today - latest).days <= level_2_days:
        return NextReminder(Step.WAIT, latest)
    several = len({one.made_on for one in about}) > 1
    first_level = all(one.kind == DocumentKind.REMINDER_1.value for one in about)
    return NextReminder(Step.EXHAUSTED if several and not first_level else Step.SECOND, latest)
