"""Keeping the base safe: verify, back up, restore, repair."""

from pathlib import Path
from typing import NamedTuple

from suivi_tui.actions.proof_files import altered_proofs
from suivi_tui.store import backup, integrity, repair
from suivi_tui.store.base import Base
from suivi_tui.store.integrity import UNSOUND, Finding
from suivi_tui.store.queries.plausibility import remarks


class Verification(NamedTuple):
    """What a complete verification says; only integrity makes a base unsound (design.md 6)."""

    sound: bool
    findings: tuple[Finding, ...]


def verify(base: Base) -> Verification:
    """Check the file, the links, the tables against the journal, the sums; then list remarks, of
    which the imported files that are no longer what they were."""
    found = integrity.findings(base.connection)
    sound = not any(finding.gravity == UNSOUND for finding in found)
    if sound:
        found += [
            Finding(control, integrity.REMARK, message, number)
            for control, message, number in remarks(base.connection)
        ]
        found += altered_proofs(base)
    return Verification(sound, tuple(found))


def rebuild_tables(base: Base) -> int:
    """Put back what the journal says; how many rows another tool had changed."""
    backup.back_up(base, complete=False)
    return repair.rebuild_tables(base)


def adopt_outside_changes(base: Base) -> int:
    """Add to the journal what another tool changed; how many rows."""
    return repair.adopt_differences(base)


def save_copy(base: Base, target: Path | None = None) -> Path:
    """Make a verified copy; where it is."""
    return backup.back_up(base, target).path


def save_copy_if_needed(base: Base) -> Path | None:
    """The automatic backup after an import and at closing; None when nothing changed since."""
    made = backup.back_up_if_grown(base)
    return made.path if made else None


def restore_copy(source: Path, target: Path) -> Path | None:
    """Put a verified backup in place; where the replaced base was kept, if there was one."""
    return backup.restore(source, target)
