"""A list of alerts and, under it, what is said of that of the cursor and its next act."""

from typing import ClassVar, Final

from textual import events, on

from suivi_tui.readings.alerts import AlertReading
from suivi_tui.tui.screens.alertes.acts import act_on
from suivi_tui.tui.screens.alertes.marks import ask_snooze
from suivi_tui.tui.screens.alertes.opened import open_record
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.text_panel import TextPanel

WIDE_FROM: Final = 100
Said = tuple[tuple[str, str], ...]
"""Texts of the panel, each with its tone."""


class AlertDesk(SuiviScreen[None]):
    """What the alerts of a day and those put aside share."""

    CSS_PATH = "alertes.tcss"
    narrow: ClassVar[tuple[Column, ...]] = ()
    wide: ClassVar[tuple[Column, ...]] = ()

    @property
    def alert(self) -> AlertReading | None:
        """The alert of the cursor; None on a heading or an empty list."""
        raise NotImplementedError

    def said(self, alert: AlertReading) -> Said:
        """What the panel says of an alert."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Ready for the arrows."""
        self.query_one(PagedList).focus()

    def on_resize(self, event: events.Resize) -> None:
        """More columns when there is room."""
        wide = event.size.width >= WIDE_FROM
        self.query_one(PagedList).columns = self.wide if wide else self.narrow

    @on(PagedList.RowHighlighted)
    @on(PagedList.Loaded)
    def _moved(self) -> None:
        self.say()
        self.refresh_bindings()

    def say(self) -> None:
        """Say what the cursor is on."""
        alert = self.alert
        self.query_one(TextPanel).say(*(self.said(alert) if alert is not None else ()))

    @on(PagedList.RowSelected)
    def _open(self) -> None:
        if self.alert is not None:
            open_record(self, self.alert)

    def action_act(self) -> None:
        """Do what the alert calls for."""
        if self.alert is not None:
            act_on(self, self.alert)

    def action_snooze(self) -> None:
        """Put the alert off until a day, or another one."""
        if self.alert is not None:
            ask_snooze(self, self.alert)
