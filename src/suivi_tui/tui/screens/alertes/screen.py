"""Screen 6: everything that needs an eye, the gravest first, each with its next act."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult

from suivi_tui.readings.alerts import AlertReading
from suivi_tui.readings.to_do import records_of
from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.plain import shown
from suivi_tui.tui.screens.alertes.acts import act_label
from suivi_tui.tui.screens.alertes.alert_list import AlertList
from suivi_tui.tui.screens.alertes.aside import AlertsAside, read_board
from suivi_tui.tui.screens.alertes.desk import AlertDesk, Said
from suivi_tui.tui.screens.alertes.marks import ask_acknowledge
from suivi_tui.tui.screens.alertes.rows import (
    EXPORTED,
    NARROW,
    WIDE,
    AlertSource,
    Grouping,
    exported,
    is_heading,
)
from suivi_tui.tui.screens.alertes.words import gravity_counts, gravity_word, lot_name, who
from suivi_tui.tui.screens.entreprises.forms import follow_up_fields, save_follow_up
from suivi_tui.tui.screens.shared.asking import AskingForm, ask
from suivi_tui.tui.screens.shared.exporting import export_shown
from suivi_tui.tui.widgets.fields import DateField
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT
from suivi_tui.tui.widgets.text_panel import TextPanel
from suivi_tui.vocabulary.choices import Gravity
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.numbers import NBSP, format_number, plural

if TYPE_CHECKING:
    from suivi_tui.readings.alerts import AlertBoard

SCOPE = "alertes"
EMPTY = (
    "Aucune alerte à cette date. Les alertes portent sur les marchés pris en charge : ouvrez "
    "l'écran Marchés (3) pour en suivre un, ou changez la date (d)."
)
_NONE_SO_GRAVE = "Aucune alerte de cette gravité. « v » montre les autres."


def _today(screen: Any) -> bool:
    """On an alert of today: another day is only looked at."""
    return screen.alert is not None and not screen.other_day


def _can_write(screen: Any) -> bool:
    return _today(screen) and not screen.suivi.read_only


def _command(name: str, keys: str, label: str, sentence: str, footer: int = 0,
             available: Callable[[Any], bool] | None = None) -> Command:  # fmt: skip
    return Command(name, keys, label, sentence, SCOPE, "Alertes", footer, available=available)


class Alerts(AlertDesk):
    """The list of alerts and, under it, the whole message and the next act."""

    screen_name = "alertes"
    heading = "Alertes"
    purpose = (
        "Tout ce qui demande un regard, le plus grave d'abord. Sous la liste : le message entier "
        "et le prochain geste. Entrée ouvre la fiche concernée, a fait le prochain geste.\n"
        "Une alerte reportée (p) revient à son jour ; une alerte prise en compte (c) ne revient "
        "que si sa cause s'aggrave. m montre celles qui sont mises de côté, par qui et pourquoi. "
        "Une alerte ne refuse jamais des heures d'elle-même."
    )
    commands = (
        _command("act", "a", "Agir", "Faire le prochain geste de l'alerte.", 10, _today),
        _command("snooze", "p", "Plus tard", "Reporter l'alerte à une date.", 20, _can_write),
        _command(
            "acknowledge",
            "c",
            "Pris en compte",
            "Ne plus montrer l'alerte tant que sa cause ne s'aggrave pas.",
            30,
            _can_write,
        ),
        _command("group", "r", "Regrouper", "Par gravité, par nature d'alerte ou par marché.", 42),
        _command("cycle_gravity", "v", "Gravité", "Ne voir qu'une gravité, puis la suivante.", 44),
        _command(
            "put_aside",
            "m",
            "Mises de côté",
            "Les alertes reportées ou prises en compte.",
            46,
            lambda screen: not screen.other_day,
        ),
        _command("note", "n", "Échange", "Noter un échange à propos de l'alerte.", 48, _can_write),
        _command("change_day", "d", "À une autre date", "Voir les alertes d'un autre jour.", 62),
    )

    narrow, wide = NARROW, WIDE

    def __init__(self) -> None:
        super().__init__()
        self.alerts: list[AlertReading] = []
        self.aside = 0
        self.day: date | None = None
        self.grouping = Grouping.NONE
        self.gravity: Gravity | None = None

    def compose_body(self) -> ComposeResult:
        """The list and the panel."""
        yield AlertList(NARROW, title="Alertes", empty=EMPTY, key="alerts", id="alerts")
        yield TextPanel(id="detail")

    @property
    def alert_list(self) -> AlertList:
        """The list."""
        return self.query_one(AlertList)

    @property
    def other_day(self) -> bool:
        """Whether the alerts are those of another day than today."""
        return self.day not in (None, self.suivi.today)

    @property
    def alert(self) -> AlertReading | None:
        """The alert of the cursor; None on a heading."""
        row, source = self.alert_list.current, self.alert_list.source
        if row is None or is_heading(row) or not isinstance(source, AlertSource):
            return None
        return source.alert(row)

    # reading

    def load(self) -> None:
        """The alerts of the day."""
        self.read("alerts", partial(read_board, day=self.day or self.suivi.today), self.show_alerts)

    def show_alerts(self, board: "AlertBoard") -> None:
        """New alerts; the cursor stays where it was if it can."""
        self.alerts, self.aside = list(board.alerts), len(board.aside)
        self._show(keep=True)

    def _show(self, *, keep: bool = False) -> None:
        wanted = [item for item in self.alerts if self.gravity in (None, item.gravity)]
        self.alert_list.title = self._title()
        self.alert_list.empty = EMPTY if self.gravity is None else _NONE_SO_GRAVE
        source = AlertSource(wanted, self.grouping)
        if keep:
            self.alert_list.show_again(source)
        else:
            self.alert_list.show(source)
            self.alert_list.leave_heading()
        self.say()

    def _title(self) -> str:
        parts = [gravity_counts(Counter(item.gravity for item in self.alerts))]
        if self.day is not None and self.other_day:
            parts.append(f"au {format_date(self.day)}")
        if self.gravity is not None:
            parts.append(f"seulement {gravity_word(self.gravity)}")
        if self.grouping is not Grouping.NONE:
            parts.append(self.grouping.value)
        if self.aside:
            parts.append(plural(self.aside, "mise de côté", "mises de côté"))
        if len(self.alerts) > MEMORY_LIMIT:
            parts.append(f"les {format_number(MEMORY_LIMIT)} premières")
        return " · ".join(parts)

    def said(self, alert: AlertReading) -> Said:
        """Where and who, the whole message, what to do and by which key."""
        parts = (
            lot_name(alert.contract_number, alert.lot_number),
            alert.operation_name or "",
            who(alert),
        )
        return (
            (" · ".join(part for part in parts if part), "muted"),
            (alert.message, alert.gravity.value),
            (f"À faire{NBSP}: {alert.action}.", "total"),
            (self._key_told(alert), "muted"),
        )

    def _key_told(self, alert: AlertReading) -> str:
        if self.other_day:
            return "À une autre date, les alertes se lisent seulement ; d revient à aujourd'hui."
        return f"a{NBSP}: {act_label(alert, read_only=self.suivi.read_only)}"

    # commands

    def action_acknowledge(self) -> None:
        """Acknowledge the alert."""
        if self.alert is not None:
            ask_acknowledge(self, self.alert)

    def action_put_aside(self) -> None:
        """Those that were put off or acknowledged."""
        self.suivi.push_screen(AlertsAside())

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
        alert = self.alert
        if alert is None:
            return
        today, records = self.suivi.today, records_of(alert)
        if not records:
            self.notify_plain("Cette alerte ne porte sur aucune fiche.", "warning")
            return
        about = records[0]
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
