"""What a person says of an alert: put off until a day, acknowledged, or neither any more."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from suivi_tui.rules.alert_kinds import CATALOGUE
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, Receipt, Value, created, removed, write
from suivi_tui.store.queries.alert_marks import of_alerts
from suivi_tui.vocabulary.choices import AlertMarkState
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import NOTES_LIMIT, clean

_TITLES = {kind.code: kind.title for kind in CATALOGUE}


class Marked(Protocol):
    """What a mark keeps of an alert (``readings.alerts.AlertReading``)."""

    @property
    def code(self) -> str:
        """Its kind."""

    @property
    def about(self) -> str:
        """What it is about."""

    @property
    def severity(self) -> int:
        """How bad it is."""


class NotToCome(UserError):
    """An alert can only be put off until a day to come; nothing was written."""


def snooze(base: Base, alert: Marked, until: date, comment: str = "", *, today: date) -> Receipt:
    """Hide an alert until a day, on which it is back. Raises NotToCome."""
    if until <= today:
        raise NotToCome(
            f"L'alerte n'est pas reportée : une date après le {format_date(today)} est attendue."
        )
    label = f"Alerte reportée au {format_date(until)}{NBSP}: {_title(alert)}"
    return _mark(base, alert, AlertMarkState.SNOOZED, until, comment, today, label)


def acknowledge(base: Base, alert: Marked, comment: str = "", *, today: date) -> Receipt:
    """Hide an alert until its cause is worse than today."""
    label = f"Alerte prise en compte{NBSP}: {_title(alert)}"
    return _mark(base, alert, AlertMarkState.ACKNOWLEDGED, None, comment, today, label)


def unmark(base: Base, alert: Marked) -> Receipt:
    """Show an alert again, whatever was said of it."""
    return write(base, _forgotten(base, alert), label=f"Alerte rétablie{NBSP}: {_title(alert)}")


def _mark(
    base: Base,
    alert: Marked,
    state: AlertMarkState,
    until: date | None,
    comment: str,
    today: date,
    label: str,
) -> Receipt:
    values: dict[str, Value] = {
        "code": alert.code,
        "subject": alert.about,
        "state": state.value,
        "until": until.isoformat() if until is not None else None,
        "comment": clean(comment, NOTES_LIMIT, multiline=True),
        "measure": alert.severity,
        "made_on": today.isoformat(),
    }
    mark = created("alert_mark", base.new_id(), values)
    return write(base, [*_forgotten(base, alert), mark], label=label)


def _forgotten(base: Base, alert: Marked) -> Sequence[Change]:
    rows = of_alerts(base.connection, [(alert.code, alert.about)])
    return [removed("alert_mark", row.mark) for row in rows]


def _title(alert: Marked) -> str:
    return _TITLES.get(alert.code, alert.code)
