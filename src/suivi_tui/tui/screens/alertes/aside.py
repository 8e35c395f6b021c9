"""The alerts put off or acknowledged: who said so, when, why, and how to take it back."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from textual.app import ComposeResult

from suivi_tui import paths
from suivi_tui.readings.alerts import AlertReading
from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.alertes.acts import act_label
from suivi_tui.tui.screens.alertes.desk import AlertDesk, Said
from suivi_tui.tui.screens.alertes.marks import take_back
from suivi_tui.tui.screens.alertes.words import (
    KIND_TITLES,
    gravity_word,
    lot_name,
    who,
)
from suivi_tui.tui.screens.shared.exporting import export_list
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT, MemorySource, Row
from suivi_tui.tui.widgets.text_panel import TextPanel
from suivi_tui.vocabulary.choices import AlertMarkState
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.numbers import NBSP, plural

if TYPE_CHECKING:
    from suivi_tui.readings.alerts import AlertBoard, Aside

NARROW: Final = (
    Column("Gravité", 10, sort="gravity"),
    Column("Alerte", 0, sort="1"),
    Column("Qui", 18, sort="2"),
    Column("Revient", 20, sort="back"),
)
WIDE: Final = (*NARROW, Column("Marché", 18, sort="4"), Column("Mise de côté par", 20, sort="5"))
EMPTY: Final = (
    "Aucune alerte n'est mise de côté. Dans la liste des alertes, p reporte à une date, c prend en "
    "compte."
)
WORSE: Final = "si elle s'aggrave"


def read_board(base: Any, day: date) -> "AlertBoard":
    """The alerts of a day and those put aside, with the limits that the user chose."""
    from suivi_tui.readings.alerts import read_alert_board
    from suivi_tui.reference.loader import thresholds

    limits = thresholds(paths.reference_file())
    return read_alert_board(base.connection, day, limits, names=True)


def aside_row(rank: int, item: "Aside") -> Row:
    """An alert put aside as a line of the list."""
    alert = item.alert
    cells = (
        gravity_word(alert.gravity),
        KIND_TITLES.get(alert.code, alert.code),
        who(alert),
        f"le {format_date(item.until)}" if item.until else WORSE,
        lot_name(alert.contract_number, alert.lot_number),
        item.author,
    )
    return Row((rank,), f"{alert.code}/{alert.about}", cells, alert.gravity.value)


def told(item: "Aside") -> str:
    """Who put it aside, when, until when: ``Reportée au 15/10/2026 par Camille, le 20/09/2026``."""
    snoozed = item.state is AlertMarkState.SNOOZED
    what = f"Reportée au {format_date(item.until)}" if item.until else item.state.label
    by = f" par {item.author}" if item.author else ""
    back = "" if snoozed else f"{NBSP}; elle revient si elle s'aggrave"
    return f"{what}{by}, le {format_date(item.made_on)}{back}."


def _on_one(screen: Any) -> bool:
    return screen.item is not None


def _can_write(screen: Any) -> bool:
    return screen.item is not None and not screen.suivi.read_only


def _command(name: str, keys: str, label: str, sentence: str, footer: int,
             available: Any = _can_write) -> Command:  # fmt: skip
    return Command(name, keys, label, sentence, "alertes_de_cote", "Alertes mises de côté", footer,
                   available=available)  # fmt: skip


class AlertsAside(AlertDesk):
    """The list and, under it, what was said of the alert of the cursor."""

    screen_name = "alertes_de_cote"
    heading = "Alertes mises de côté"
    purpose = (
        "Les alertes reportées à une date ou prises en compte, dont la cause existe toujours : par "
        "qui, quand et pourquoi. x remet l'alerte dans la liste, p la reporte à une autre date."
    )
    commands = (
        _command("take_back", "x,delete", "Remettre", "Remettre l'alerte dans la liste.", 10),
        _command("snooze", "p", "Autre date", "Reporter l'alerte à une autre date.", 20),
        _command("act", "a", "Agir", "Faire le prochain geste de l'alerte.", 30, _on_one),
    )

    narrow, wide = NARROW, WIDE

    def __init__(self) -> None:
        super().__init__()
        self.items: list[Aside] = []

    def compose_body(self) -> ComposeResult:
        """The list and the panel."""
        yield PagedList(NARROW, title="", empty=EMPTY, key="aside", id="aside")
        yield TextPanel(id="detail")

    def load(self) -> None:
        """What is put aside today."""
        self.read("aside", partial(read_board, day=self.suivi.today), self.show_board)

    def show_board(self, board: "AlertBoard") -> None:
        """Show them; the cursor stays where it was if it can."""
        self.items = list(board.aside)[:MEMORY_LIMIT]
        shown = self.query_one(PagedList)
        shown.title = plural(len(self.items), "alerte mise de côté", "alertes mises de côté")
        values = {
            "gravity": lambda row: self.items[row.key[0]].alert.gravity.rank,
            "back": lambda row: self.items[row.key[0]].until,
        }
        rows = [aside_row(rank, item) for rank, item in enumerate(self.items)]
        shown.show(MemorySource(rows, values), keep=True)
        self.say()

    @property
    def item(self) -> "Aside | None":
        """What the cursor is on."""
        for shown in self.query(PagedList):
            row = shown.current
            return self.items[row.key[0]] if row is not None else None
        return None

    @property
    def alert(self) -> AlertReading | None:
        """The alert of the cursor."""
        return self.item.alert if self.item is not None else None

    def said(self, alert: AlertReading) -> Said:
        """Who put it aside and why, its message, its next act."""
        item = self.item
        return (
            (told(item), "total") if item is not None else ("", ""),
            (f"Pourquoi{NBSP}: {item.comment}" if item is not None and item.comment else "", ""),
            (alert.message, alert.gravity.value),
            (f"a{NBSP}: {act_label(alert, read_only=self.suivi.read_only)}", "muted"),
        )

    def action_take_back(self) -> None:
        """Show the alert with the others again."""
        if self.alert is not None:
            take_back(self, self.alert)

    def export_shown(self) -> None:
        """The list as it is sorted and filtered."""
        export_list(self, "Alertes mises de côté", self.query_one(PagedList), names=("Qui",))
