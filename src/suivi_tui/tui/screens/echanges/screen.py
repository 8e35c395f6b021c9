"""« Échanges à faire »: calls, mails, visits, promises that have a day and are not done."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.entreprises.forms import follow_up_fields, save_follow_up
from suivi_tui.tui.screens.shared.asking import ask_fields
from suivi_tui.tui.screens.shared.finishing import finish_follow_up
from suivi_tui.tui.screens.shared.opening import open_sheet
from suivi_tui.tui.screens.shared.record_list import ItemListScreen, on_item
from suivi_tui.tui.screens.shared.texts import as_date, day
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT, Row, Sort
from suivi_tui.vocabulary.choices import FollowUpKind, label_of
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.readings.exchanges import Exchange

GROUP: Final = "Échanges"
NARROW: Final = (
    Column("Pour le", 10, sort="due"),
    Column("Reste", 12, sort="due"),
    Column("Nature", 11, sort="2"),
    Column("À propos de", 0, sort="3"),
    Column("Texte", 0),
)
WIDE: Final = (*NARROW, Column("Noté le", 10, sort="date"))
EMPTY: Final = (
    "Aucun échange à faire. Un échange noté avec une date « À faire pour le » vient ici (touche n "
    "dans une fiche)."
)


class Exchanges(ItemListScreen["Exchange"]):
    """Everything that is due, the longest overdue first."""

    screen_name = "echanges_a_faire"
    heading = "Échanges à faire"
    purpose = (
        "Les appels, courriels, visites, réunions et promesses qui ont une échéance et ne sont "
        "pas faits. Entrée ouvre la fiche dont il s'agit.\n"
        "D'une promesse, f demande si elle a été tenue."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("finish", "f", "Fait", "Marquer l'échange choisi comme fait.",
                "echanges_a_faire", GROUP, footer=10, available=on_item),
        Command("edit", "m", "Modifier", "Modifier l'échange choisi, reporter son échéance.",
                "echanges_a_faire", GROUP, footer=20, available=on_item),
        Command("note", "n", "Échange", "Noter un échange de plus sur la même fiche.",
                "echanges_a_faire", GROUP, footer=30, available=on_item),
        Command("history", "h", "Historique", "Qui a changé quoi sur cet échange.",
                "echanges_a_faire", GROUP, footer=85),
        Command("remove", "x,delete", "Retirer", "Retirer l'échange choisi.", "echanges_a_faire",
                GROUP, available=on_item),
    )  # fmt: skip
    entity = "follow_up"
    list_id = "exchanges"
    list_title = heading
    empty = EMPTY
    narrow, wide = NARROW, WIDE
    first_sort = Sort("due")
    name_cell = 4
    naming = ("À propos de", "Texte")

    def load(self) -> None:
        def ask(base: Any) -> "list[Exchange]":
            from suivi_tui.readings.exchanges import exchanges_due

            return exchanges_due(base.connection, MEMORY_LIMIT)

        self.read("exchanges", ask, self.show_exchanges)

    def show_exchanges(self, found: "list[Exchange]") -> None:
        """Show what is due."""
        today = self.suivi.today
        sorting = {"due": lambda one: one.row.due, "date": lambda one: one.row.date}
        self.show_items(found, lambda one: _row(one, today), sorting)

    @on(PagedList.RowSelected, "#exchanges")
    def _open(self) -> None:
        if self.item is not None:
            place = self.item.place
            if place is None:
                self.notify_plain("Aucun écran ne montre cette fiche.", "warning")
            else:
                open_sheet(self, *place)

    def action_finish(self) -> None:
        """The exchange of the cursor is done."""
        if self.item is not None:
            finish_follow_up(self, self.item.row, self.reload)

    def action_edit(self) -> None:
        """Change the exchange of the cursor."""
        if self.item is not None:
            row, today = self.item.row, self.suivi.today
            ask_fields(
                self,
                "Échange",
                lambda: follow_up_fields(today, row),
                lambda base, values: save_follow_up(
                    base, row.entity, row.subject, row.follow_up, values
                ),
                row.follow_up,
            )

    def action_note(self) -> None:
        """One more exchange about the same record."""
        if self.item is not None:
            row, today = self.item.row, self.suivi.today
            ask_fields(
                self,
                f"Échange{NBSP}: {self.item.about}",
                lambda: follow_up_fields(today),
                lambda base, values: save_follow_up(base, row.entity, row.subject, None, values),
                f"nouveau/{row.entity}/{row.subject}",
            )


def _row(one: "Exchange", today: date) -> Row:
    row, due = one.row, as_date(one.row.due)
    days = (due - today).days if due is not None else 0
    if days < 0:
        left, tone = f"! retard {-days}{NBSP}j", "critique"
    else:
        left = {0: "aujourd'hui", 1: "demain"}.get(days, f"dans {days}{NBSP}j")
        tone = "alerte" if days < 2 else ""
    kind = label_of(FollowUpKind, row.kind, "Échange")
    cells = (day(row.due), left, kind, one.about, row.text or kind, day(row.date))
    return Row((row.follow_up,), row.follow_up, cells, tone)
