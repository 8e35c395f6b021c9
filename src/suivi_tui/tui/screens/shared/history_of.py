"""The history of one record in a dialog: who, when, what was there and what is there now."""

from typing import TYPE_CHECKING, Any

from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.readings.row_history import HistoryEntry

NOTHING = "Rien n'a encore été enregistré ici."


def show_history(screen: SuiviScreen[Any], entity: str, row: int | str, title: str) -> None:
    """Read the history of a row and show it, the latest change first."""

    def ask(base: Any) -> "list[HistoryEntry]":
        from suivi_tui.readings.row_history import row_history

        return row_history(base.connection, entity, row)

    def show(entries: "list[HistoryEntry]") -> None:
        screen.suivi.push_screen(Message(f"Historique{NBSP}: {title}", history_text(entries)))

    screen.read("history", ask, show)


def history_text(entries: "list[HistoryEntry]") -> str:
    """The entries as lines of text."""
    if not entries:
        return NOTHING
    lines: list[str] = []
    for entry in entries:
        undone = " (annulé depuis)" if entry.undone else ""
        source = f" · {entry.source_file}" if entry.source_file else ""
        what = entry.label or entry.action
        where = f" · {entry.installation}" if entry.installation else ""
        lines.append(f"{entry.when} · {entry.author}{where} · {what}{source}{undone}")
        lines.extend(f"  {item.label}{NBSP}: {item.old} → {item.new}" for item in entry.changes)
    return "\n".join(lines)
