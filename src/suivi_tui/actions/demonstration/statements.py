"""The statements received and checked, month by month, with their lines of hours."""

import hashlib
from dataclasses import dataclass
from datetime import date

from suivi_tui.actions.demonstration.verdicts import Line
from suivi_tui.actions.demonstration.world import CONTROL, HOURS, Obligation, World, iso
from suivi_tui.store.journal import Change, Value, changed, created, hour_row
from suivi_tui.vocabulary.choices import BatchKind, StatementStatus
from suivi_tui.vocabulary.months import iso_month
from suivi_tui.vocabulary.numbers import plural

_LOCKED = -12
_IMPORTED, _CHECKED = 26, 4


@dataclass(slots=True)
class _Month:
    """What a month brings: lines and statements received, then decisions."""

    received: list[Change]
    decided: list[Change]
    lines: int = 0


def plan_statements(world: World, lines: list[Line]) -> None:
    """Two batches a month: what was received, what was decided."""
    sent: dict[tuple[int, int, str], list[Line]] = {}
    for line in lines:
        sent.setdefault((line.obligation.id, line.offset, line.sender), []).append(line)
    seen = {(obligation, offset) for obligation, offset, _ in sent}
    for obligation in world.obligations:
        for offset in obligation.site:
            if offset not in obligation.missing and (obligation.id, offset) not in seen:
                sent[obligation.id, offset, ""] = []
    by_id = {obligation.id: obligation for obligation in world.obligations}
    months: dict[int, _Month] = {}
    for (owner, offset, sender), group in sorted(sent.items(), key=lambda item: item[0]):
        month = months.setdefault(offset, _Month([], []))
        _statement(world, month, by_id[owner], offset, sender, group)
    for offset, month in sorted(months.items()):
        _batches(world, offset, month)


def _batches(world: World, offset: int, month: _Month) -> None:
    name = world.timeline.of_month(offset)
    file_name = f"releves_{iso_month(world.timeline.month(offset))}.csv"
    source, change = world.create(
        "source_file",
        {"name": file_name, "sha256": hashlib.sha256(file_name.encode()).hexdigest()},
    )
    world.plan(
        world.timeline.day(offset + 1, _IMPORTED),
        HOURS,
        f"Relevés {name}\u00a0: {plural(month.lines, 'ligne', 'lignes')}",
        [change, *month.received],
        kind=BatchKind.IMPORT,
        source_file=source,
    )
    world.plan(world.timeline.day(offset + 2, _CHECKED), CONTROL, f"Contrôle {name}", month.decided)


def _statement(
    world: World, month: _Month, obligation: Obligation, offset: int, sender: str, group: list[Line]
) -> None:
    rng = world.rng
    received = world.timeline.past(
        world.timeline.day(offset + 1, rng.choice((3, 5, 6, 8, 9, 10, 11, 12, 14, 20)))
    )
    values: dict[str, Value] = {
        "obligation": obligation.id,
        "sender": world.companies[sender] if sender else obligation.company,
        "month": world.timeline.month(offset),
        "status": _first_status(group, offset).value,
        "received_on": iso(received),
        "reference": _reference(world, offset, sender, received) if group else "",
    }
    statement, change = world.create("statement", values)
    month.received.append(change)
    month.lines += len(group)
    for line in group:
        _line(world, month, line, statement, str(values["reference"]))
    if group and all(line.validated is not None for line in group):
        status = StatementStatus.LOCKED if offset <= _LOCKED else StatementStatus.CHECKED
        month.decided.append(changed("statement", statement, "status", status.value))


def _first_status(group: list[Line], offset: int) -> StatementStatus:
    if not group:
        return StatementStatus.NO_ACTIVITY
    return StatementStatus.PARTIAL if offset == 0 else StatementStatus.RECEIVED


def _reference(world: World, offset: int, sender: str, received: date) -> str:
    if sender in ("etti", "ett"):
        return f"F{received.year % 100}-{world.rng.randint(1000, 9999)}"
    return f"REL-{iso_month(world.timeline.month(offset))}"


def _line(world: World, month: _Month, line: Line, statement: int, reference: str) -> None:
    row = hour_row(line.obligation.id, world.timeline.month(line.offset), line.placement, line.kind)
    values: dict[str, Value] = {
        "declared": line.declared,
        "validated": None,
        "statement": statement,
        "reference": reference,
    }
    month.received.append(created("hour_entry", row, values))
    if line.validated is not None:
        month.decided.append(changed("hour_entry", row, "validated", line.validated))
    if line.reason:
        month.decided.append(changed("hour_entry", row, "refusal_reason", line.reason))
    if line.comment:
        month.decided.append(changed("hour_entry", row, "comment", line.comment))
