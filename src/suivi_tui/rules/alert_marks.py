"""What was said of an alert, and whether it still hides it on a day."""

from datetime import date
from typing import NamedTuple

from suivi_tui.rules.alert_kinds import Alert
from suivi_tui.vocabulary.choices import AlertMarkState


class Mark(NamedTuple):
    """An alert put off until a day, or acknowledged.

    ``state`` is a code of ``AlertMarkState``; ``severity`` that of the alert when it was marked.
    """

    state: str
    made_on: date
    until: date | None = None
    severity: int = 0
    comment: str = ""


def hides(mark: Mark, alert: Alert, today: date) -> bool:
    """Whether a mark hides an alert on a day.

    A mark says nothing of the days before it was made. An alert put off is back on its day; one
    that was acknowledged is back once it is worse: graver, or its cause one step further.
    """
    if today < mark.made_on:
        return False
    if mark.state == AlertMarkState.SNOOZED.value:
        return mark.until is not None and today < mark.until
    return mark.state == AlertMarkState.ACKNOWLEDGED.value and alert.severity <= mark.severity
