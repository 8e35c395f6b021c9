"""The sentences around a grid: which obligation, where it stands, what the cell is, what the
checks say of it."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from suivi_tui.readings.entry_grid import EntryGrid, GridFigures
from suivi_tui.store.queries.hours import GridCell, GridRow
from suivi_tui.tui.plain import wrapped
from suivi_tui.tui.screens.grille.content import compact, state_of, statements_of
from suivi_tui.tui.widgets.cells import CellState
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.tui.widgets.status_line import joined
from suivi_tui.vocabulary.choices import (
    CheckGravity,
    CompanyKind,
    RefusalReason,
    StatementStatus,
    label_of,
)
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month, format_month, of_month
from suivi_tui.vocabulary.numbers import NBSP, format_percent, plural

if TYPE_CHECKING:
    from suivi_tui.rules.checks import Finding

SAID_LINES: Final = 2
"""How many lines what the checks say may take under a grid."""

GRAVITIES: Final = {
    CheckGravity.ALERT: ("▲", "Alerte", "critique"),
    CheckGravity.WARN: ("*", "À vérifier", "alerte"),
}
"""Sign, word and tone of each gravity: never colour alone."""

_WORDS: Final = {CellState.PENDING: "à valider", CellState.VALIDATED: "validées"}
_WAY_OUT: Final = "Échap rend à la case ce qu'elle contenait."


def _rounded(hours: Hours) -> str:
    return compact(Hours((hours + 50) // 100 * 100))


def figures_words(figures: GridFigures, width: int) -> str:
    """Owed, validated, pending, left and pace on one line of ``width`` columns.

    When it is too narrow, what is left goes (the foot of the grid says it), then the decimals.
    """
    written: tuple[tuple[Callable[[Hours], str], bool], ...] = (
        (compact, True), (compact, False), (_rounded, False))  # fmt: skip
    said = ""
    for hours, left in written:
        said = joined(_figures(figures, hours, left))
        if cell_len(said) < width:
            break
    return said


def _figures(figures: GridFigures, hours: Callable[[Hours], str], left: bool) -> list[str]:
    totals = figures.totals
    parts = ["Objectif à saisir" if figures.owed is None else f"Dues {hours(figures.owed)}"]
    parts.append(f"validées {hours(totals.validated)}")
    parts.append(f"à valider {hours(totals.pending)}")
    if left and figures.left_once_validated is not None:
        parts.append(f"reste {hours(figures.left_once_validated)}")
    if figures.pace is not None:
        parts.append(f"rythme {format_percent(figures.pace, 0)}")
    elif figures.expected is None:
        parts.append("rythme inconnu")
    if totals.refused:
        parts.append(f"refusées {hours(totals.refused)}")
    return parts


def about_words(entry: EntryGrid, obligation: int) -> str:
    """Which obligation: contract, lot, holder, operation."""
    about = entry.about(obligation)
    lot = f"lot {about.lot_number}" if about.lot_number not in ("", "0") else ""
    return joined(
        [f"{about.number} {lot}".strip(), about.company_name, about.operation_name, about.object]
    )


def sender_words(entry: EntryGrid, month: Month, people: int) -> str:
    """Who declares, which month, what its statements are; how many people and obligations."""
    sender = entry.sender
    if sender is None:
        return ""
    kind = CompanyKind._value2member_map_.get(sender.kind)
    insertion = isinstance(kind, CompanyKind) and kind is not CompanyKind.ORDINARY
    short = f" ({kind.short})" if isinstance(kind, CompanyKind) and insertion else ""
    sent, shown = sent_words(entry, month), len(entry.grid.obligations)
    return joined(
        [
            f"{sender.name or 'Sans nom'}{short}",
            format_month(month),
            f"relevés{NBSP}: {sent}" if sent else "",
            plural(people, "personne", "personnes") if people else "",
            f"{shown} obligations" if shown > 1 else "",
        ]
    )


def cell_words(entry: EntryGrid, row: GridRow, month: Month) -> str:
    """What the cell is: hours, decision, month and what is known of its statement."""
    stored = entry.grid.cells.get((row.placement, row.kind, month))
    sent = dict.fromkeys(
        label_of(StatementStatus, statement.status).lower()
        for statement in entry.statements(row.obligation, month)
    )
    statement = f"relevé {', '.join(sent)}" if sent else ""
    if stored is None:
        return joined([f"{format_month(month)}{NBSP}: rien de saisi", statement])
    correction = correction_words(stored) if stored.declared < 0 else ""
    said = f"{format_month(month)}{NBSP}: {statement}" if statement else ""
    return joined([stored_words(stored), correction, said])


def stored_words(stored: GridCell) -> str:
    """The hours and what was decided; the three figures when they differ, and why."""
    declared, state = Hours(stored.declared), state_of(stored)
    if state is CellState.REFUSED:
        kept = Hours(stored.validated or 0)
        reason = label_of(RefusalReason, stored.refusal_reason, "sans motif")
        said = joined(
            [
                f"{format_hours(declared)} déclarées",
                f"{format_hours(kept)} validées",
                f"{format_hours(Hours(declared - kept))} refusées{NBSP}: {reason}",
            ]
        )
    else:
        said = f"{format_hours(declared)} {_WORDS[state]}"
    return joined([said, "estimées d'un total" if stored.spread else "", stored.comment])


def correction_words(stored: GridCell) -> str:
    """Which month a negative line takes back."""
    if stored.corrects is None:
        return "régularisation à rattacher (touche c)"
    return f"régularisation {of_month(Month(stored.corrects))}"


def finding_pieces(findings: "Sequence[Finding]", width: int) -> list[Piece]:
    """What the checks say, the gravest first, on at most ``SAID_LINES`` lines."""
    ranked = by_gravity(findings)
    lines: list[Piece] = []
    for place, finding in enumerate(ranked):
        sign, word, tone = GRAVITIES[finding.gravity]
        others = len(ranked) - place - 1
        said = wrapped(f"{sign} {word}{NBSP}: {finding.message}", width - 2)
        if len(lines) + len(said) > SAID_LINES and lines:
            break
        more = f"  (+{others}, touche j)" if others and len(said) + len(lines) >= SAID_LINES else ""
        if more:
            kept = said[: SAID_LINES - len(lines)]
            kept[-1] = kept[-1][: width - 2 - cell_len(more)] + more
            said = kept
        lines += [(text, tone) for text in said[: SAID_LINES - len(lines)]]
        if len(lines) >= SAID_LINES:
            break
    return lines


def by_gravity(findings: "Sequence[Finding]") -> "list[Finding]":
    """Alerts before warnings, each in the order of the checks."""
    return sorted(findings, key=lambda finding: list(GRAVITIES).index(finding.gravity))


def refused_words(fault: str, width: int) -> list[Piece]:
    """What was typed cannot be hours: why, and the way out."""
    said = wrapped(f"! Refusé{NBSP}: {fault}", width - 2)[:SAID_LINES]
    return [*((text, "critique") for text in said), (_WAY_OUT, "")]


def sent_words(entry: EntryGrid, month: Month) -> str:
    """How many statements of a month say what, over all the obligations shown."""
    found = Counter(item.status for item in statements_of(entry, month))
    return ", ".join(f"{number} {_agreed(status, number)}" for status, number in found.items())


def _agreed(status: str, number: int) -> str:
    """« 2 vérifiés », « 2 sans activité »."""
    label = label_of(StatementStatus, status).lower()
    invariable = status == StatementStatus.NO_ACTIVITY.value
    return label if invariable or number < 2 else f"{label}s"
