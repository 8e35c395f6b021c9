"""Screen 6: everything that needs an eye, the gravest first, each with its next act."""

from collections import Counter
from datetime import date
from functools import partial
from typing import Any

from textual import events, on
from textual.app import ComposeResult

from suivi_tui.readings.alerts import AlertReading
from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.plain import fit, shown
from suivi_tui.tui.screens.alertes.rows import (
    EXPORTED,
    NARROW,
    WIDE,
    AlertSource,
    Grouping,
    exported,
    is_heading,
    who,
)
from suivi_tui.tui.screens.alertes.words import alert_place, gravity_counts, gravity_word, lot_name
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.entreprises.forms import follow_up_fields, save_follow_up
from suivi_tui.tui.screens.shared.asking import AskingForm, ask
from suivi_tui.tui.screens.shared.exporting import export_shown
from suivi_tui.tui.screens.shared.opening import open_place
from suivi_tui.tui.widgets.fields import DateField
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.tui.widgets.paged_list import MARK, PagedList
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT
from suivi_tui.tui.widgets.text_panel import TextPanel
from suivi_tui.vocabulary.choices import Gravity
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.numbers import NBSP, format_number

WIDE_FROM = 100
SCOPE = "alertes"
EMPTY = (
    "Aucune alerte à cette date. Les alertes portent sur les marchés pris en charge : ouvrez "
    "l'écran Marchés (3) pour en suivre un, ou changez la date (d)."
)
_NONE_SO_GRAVE = "Aucune alerte de cette gravité. « v » montre les autres."


def _on_alert(screen: Any) -> bool:
    return screen.current is not None


def _can_note(screen: Any) -> bool:
    return screen.current is not None and not screen.suivi.read_only


class AlertList(PagedList):
    """A list whose headings span the line and do not count."""

    def position(self) -> str:
        """Without the rank while headings stand between the alerts."""
        text, source = super().position(), self.source
        if not isinstance(source, AlertSource) or source.ungrouped(self.sort):
            return text
        return text.partition(" · ")[2]

    def draw_row(self, row: int, width: int) -> list[Piece]:
        """A heading on the whole line, or the cells of an alert."""
        item = self.rows[row]
        if not is_heading(item):
            return super().draw_row(row, width)
        mark = MARK if row == self.cursor_row else " "
        return [(mark, ""), (fit(shown(item.cells[0]), width - 1), "total")]


class Alerts(SuiviScreen[None]):
    """The list of alerts and, under it, the whole message and the next act."""

    CSS_PATH = "alertes.tcss"
    screen_name = "alertes"
    heading = "Alertes"
    purpose = (
        "Tout ce qui demande un regard, le plus grave d'abord. Sous la liste : le message entier "
        "et le prochain geste. Entrée ouvre la fiche concernée. Une alerte ne refuse jamais des "
        "heures d'elle-même."
    )
    commands = (
        Command("group", "r", "Regrouper", "Par gravité, par nature d'alerte ou par marché.",
                SCOPE, "Alertes", footer=42),
        Command("cycle_gravity", "v", "Gravité", "Ne voir qu'une gravité, puis la suivante.",
                SCOPE, "Alertes", footer=44),
        Command("note", "n", "Échange", "Noter un échange à propos de l'alerte.", SCOPE,
                "Alertes", footer=46, available=_can_note),
        Command("change_day", "d", "À une autre date", "Voir les alertes d'un autre jour.",
                SCOPE, "Alertes", footer=62),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.alerts: list[AlertReading] = []
        self.day: date | None = None
        self.grouping = Grouping.NONE
        self.gravity: Gravity | None = None

    def compose_body(self) -> ComposeResult:
        """The list and the panel."""
        yield AlertList(NARROW, title="Alertes", empty=EMPTY, key="alerts", id="alerts")
        yield TextPanel(id="detail")

    def on_mount(self) -> None:
        """Ready for the arrows."""
        self.alert_list.focus()

    def on_resize(self, event: events.Resize) -> None:
        """More columns when there is room."""
        self.alert_list.columns = WIDE if event.size.width >= WIDE_FROM else NARROW

    @property
    def alert_list(self) -> AlertList:
        """The list."""
        return self.query_one(AlertList)

    @property
    def current(self) -> AlertReading | None:
        """The alert of the cursor; None on a heading."""
        row, source = self.alert_list.current, self.alert_list.source
        if row is None or is_heading(row) or not isinstance(source, AlertSource):
            return None
        return source.alert(row)

    # reading

    def load(self) -> None:
        """The alerts of the day."""
        day = self.day or self.suivi.today

        def question(base: Any) -> list[AlertReading]:
            from suivi_tui import paths
            from suivi_tui.readings.alerts import read_alerts
            from suivi_tui.reference.loader import thresholds

            return read_alerts(base.connection, day, thresholds(paths.reference_file()), names=True)

        self.read("alerts", question, self.show_alerts)

    def show_alerts(self, alerts: list[AlertReading]) -> None:
        """New alerts; the cursor stays where it was if it can."""
        self.alerts = alerts
        self._show(keep=True)

    def _show(self, *, keep: bool = False) -> None:
        wanted = [item for item in self.alerts if self.gravity in (None, item.gravity)]
        self.alert_list.title = self._title()
        self.alert_list.empty = EMPTY if self.gravity is None else _NONE_SO_GRAVE
        self.alert_list.show(AlertSource(wanted, self.grouping), keep=keep)
        row = self.alert_list.current
        if row is not None and is_heading(row):
            self.alert_list.move_to(self.alert_list.cursor_row + 1)
        self._say()

    def _title(self) -> str:
        parts = [gravity_counts(Counter(item.gravity for item in self.alerts))]
        if self.day is not None and self.day != self.suivi.today:
            parts.append(f"au {format_date(self.day)}")
        if self.gravity is not None:
            parts.append(f"seulement {gravity_word(self.gravity)}")
        if self.grouping is not Grouping.NONE:
            parts.append(self.grouping.value)
        if len(self.alerts) > MEMORY_LIMIT:
            parts.append(f"les {format_number(MEMORY_LIMIT)} premières")
        return " · ".join(parts)

    @on(PagedList.RowHighlighted)
    @on(PagedList.Loaded)
    def _moved(self) -> None:
        self._say()
        self.refresh_bindings()

    def _say(self) -> None:
        alert = self.current
        panel = self.query_one(TextPanel)
        if alert is None:
            panel.say()
            return
        parts = (
            lot_name(alert.contract_number, alert.lot_number),
            alert.operation_name or "",
            who(alert),
        )
        panel.say(
            (" · ".join(part for part in parts if part), "muted"),
            (alert.message, alert.gravity.value),
            (f"À faire{NBSP}: {alert.action}.", "total"),
        )

    # commands

    @on(PagedList.RowSelected, "#alerts")
    def _open(self) -> None:
        alert = self.current
        if alert is not None:
            open_place(self, alert_place(alert))

    def action_group(self) -> None:
        """Another grouping."""
        self.grouping = self.grouping.next()
        self.alert_list.sort = None
        self.alert_list.cursor_row = 0
        self._show()

    def action_cycle_gravity(self) -> None:
        """Another gravity, then all of them again."""
        order: list[Gravity | None] = [None, *Gravity]
        self.gravity = order[(order.index(self.gravity) + 1) % len(order)]
        self.alert_list.cursor_row = 0
        self._show()

    def action_note(self) -> None:
        """Write down a call, a mail... about what the alert speaks of."""
        alert = self.current
        if alert is None:
            return
        today = self.suivi.today
        about = self._about(alert)
        if about is None:
            return
        ask(
            self,
            lambda: AskingForm(
                f"Échange{NBSP}: {shown(who(alert))}",
                follow_up_fields(today),
                record=new_of(about[1]),
            ),
            lambda base, values: save_follow_up(base, *about, None, values),
            lambda _: self.notify_plain("Échange noté. Ctrl+Z l'annule."),
        )

    @staticmethod
    def _about(alert: AlertReading) -> tuple[str, int] | None:
        if alert.participant is not None:
            return "participant", alert.participant
        if alert.obligation is not None:
            return "obligation", alert.obligation
        return ("contract", alert.contract) if alert.contract is not None else None

    def action_change_day(self) -> None:
        """Ask for another day."""
        today = self.suivi.today
        field = DateField("day", "Alertes au", today=today, initial=self.day or today)
        self.suivi.push_screen(Form("À une autre date", [field]), partial(self._day_chosen, today))

    def _day_chosen(self, today: date, values: Values | None) -> None:
        if values is not None:
            self.day = values["day"] or today
            self.load()

    def export_shown(self) -> None:
        """The alerts as they are filtered and sorted, headings left out."""
        source, shown_as = self.alert_list.source, self.alert_list
        if isinstance(source, AlertSource):
            rows = source.kept(shown_as.filter, shown_as.sort)
            lines = [exported(source.alert(row)) for row in rows]
            export_shown(self, "Alertes", EXPORTED, lines, names=("Participant",))
