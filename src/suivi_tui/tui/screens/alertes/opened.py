"""From an alert to its record; when it counts several, to the list of them."""

from typing import TYPE_CHECKING, Any

from suivi_tui.readings.alerts import AlertReading
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.screens.alertes.words import KIND_TITLES, alert_place
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.opening import open_place, place_of
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT

if TYPE_CHECKING:
    from suivi_tui.store.queries.names import RecordName


def open_record(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """Open the record of an alert, or the list of those that it counts."""
    place = alert_place(alert)
    if place is None and alert.concerns:
        open_listed(screen, alert)
    else:
        open_place(screen, place)


def open_listed(screen: SuiviScreen[Any], alert: AlertReading) -> None:
    """The records that an alert counts, by name; the chosen one opens."""
    wanted = alert.concerns[:MEMORY_LIMIT]

    def ask(base: Any) -> "dict[tuple[str, int], RecordName]":
        from suivi_tui.readings.record_names import named_records

        return named_records(base.connection, wanted)

    def show(names: "dict[tuple[str, int], RecordName]") -> None:
        known = [names[key] for key in wanted if key in names]
        if len(known) == 1:
            go(known[0])
            return
        choices = [Choice(name, name.title, name.detail, name.detail) for name in known]
        title = KIND_TITLES.get(alert.code, alert.code)
        screen.suivi.push_screen(Choose(f"{title} ({len(known)})", choices), go)

    def go(name: "RecordName | None") -> None:
        if name is not None:
            open_place(screen, place_of(name.entity, name.id, name.contract))

    screen.read("listed", ask, show)
