"""« Plus tard » and « Pris en compte »: what a person says of an alert, with why and until when."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final, TypeVar

from suivi_tui.readings.alerts import AlertReading
from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.plain import shown
from suivi_tui.tui.screens.alertes.words import KIND_TITLES, who
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.asking import ask_fields
from suivi_tui.tui.widgets.fields import DateField, Field, TextField, Wrong
from suivi_tui.vocabulary.dates import (
    NotADate,
    add_calendar_months,
    format_date,
    parse_date,
)
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import NOTES_LIMIT

T = TypeVar("T")

_UNDO: Final = "Ctrl+Z l'annule."


class UntilField(DateField):
    """A day to come: `+15`, `lundi` is the next one, `12/3` that of next year once it is past."""

    def __init__(self, key: str, label: str, *, today: date, **options: Any) -> None:
        super().__init__(key, label, today=today, ahead=True, **options)

    def parse(self, text: str) -> date:
        """The day; raises Wrong when it is not to come."""
        day = super().parse(text)
        if day <= self.today and _without_year(text):
            day = add_calendar_months(day, 12)
        if day <= self.today:
            raise Wrong(f"Une date à venir est attendue, après le {format_date(self.today)}.")
        return day


def _without_year(text: str) -> bool:
    if not text.strip()[:1].isdigit():
        return False
    try:
        parse_date(text)
    except NotADate:
        return True
    return False


def ask_snooze(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """Put an alert off until a day, with a comment."""
    today = screen.suivi.today

    def save(base: Any, values: Values) -> date:
        from suivi_tui.actions.alert_marks import snooze

        snooze(base, alert, until=values["until"], comment=values["comment"], today=today)
        day: date = values["until"]
        return day

    def fields() -> list[Field[Any]]:
        hint = "+15, lundi, 12/3"
        return [
            UntilField("until", "Jusqu'au", today=today, required=True, hint=hint),
            _comment_field(),
        ]

    _ask(screen, "Plus tard", alert, fields, save,
         lambda day: f"Alerte reportée au {format_date(day)}. {_UNDO}")  # fmt: skip


def ask_acknowledge(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """Acknowledge an alert: it comes back only if its cause worsens."""
    today = screen.suivi.today

    def save(base: Any, values: Values) -> None:
        from suivi_tui.actions.alert_marks import acknowledge

        acknowledge(base, alert, comment=values["comment"], today=today)

    said = f"Alerte prise en compte{NBSP}: elle ne revient que si elle s'aggrave. {_UNDO}"
    _ask(screen, "Pris en compte", alert, lambda: [_comment_field()], save, lambda _: said)


def take_back(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """The alert shows again with the others."""

    def save(base: Any) -> None:
        from suivi_tui.actions.alert_marks import unmark

        unmark(base, alert)

    def done(_: None) -> None:
        screen.notify_plain(f"L'alerte revient dans la liste. {_UNDO}")
        screen.reload()

    screen.write(save, done)


def _comment_field() -> Field[Any]:
    return TextField("comment", "Pourquoi", limit=NOTES_LIMIT, required=True,
                     hint="ce qui est convenu, avec qui")  # fmt: skip


def _ask(
    screen: SuiviScreen[Any],
    title: str,
    alert: AlertReading,
    fields: Callable[[], list[Field[Any]]],
    save: Callable[[Any, Values], T],
    said: Callable[[T], str],
) -> None:
    about = who(alert) or KIND_TITLES.get(alert.code, alert.code)

    def saved(answer: T) -> None:
        screen.notify_plain(said(answer))
        screen.reload()

    heading = f"{title}{NBSP}: {shown(about)}"
    record = f"{alert.code}/{alert.about}"
    ask_fields(screen, heading, fields, save, record, saved)
