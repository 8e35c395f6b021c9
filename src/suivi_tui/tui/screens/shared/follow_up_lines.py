"""Follow-ups in the sheet of a record."""

from typing import TYPE_CHECKING

from suivi_tui.rules.promises import is_promise, kept
from suivi_tui.tui.screens.shared.sheet import Section, SheetLine
from suivi_tui.tui.screens.shared.texts import day, joined
from suivi_tui.vocabulary.choices import FollowUpKind, label_of

if TYPE_CHECKING:
    from suivi_tui.store.queries.follow_ups import FollowUpRow


def follow_up_section(rows: "tuple[FollowUpRow, ...]", today: str) -> Section:
    """What was done about the record, and what is due; late ones stand out."""
    lines = [
        SheetLine(
            joined([f"{day(row.date)} {label_of(FollowUpKind, row.kind)}", row.text]),
            _state(row, today),
            "follow_up",
            row.follow_up,
            "alerte" if row.due and not row.done and row.due < today else "",
        )
        for row in rows
    ]
    return Section("Échanges", lines, "Aucun échange. Touche n pour en noter un.")


def _state(row: "FollowUpRow", today: str) -> str:
    if row.done:
        was_kept = kept(row.text) if is_promise(row.kind) else None
        return "fait" if was_kept is None else "✓ tenue" if was_kept else "× non tenue"
    if not row.due:
        return ""
    return f"{'retard' if row.due < today else 'pour'} {day(row.due)[:5]}"
