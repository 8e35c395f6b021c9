"""Bring files in: each file on its own, so that a refused one does not stop the others."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from suivi_tui.actions.import_report import ImportReport
from suivi_tui.actions.keeping import save_copy_if_needed
from suivi_tui.store.base import Base
from suivi_tui.vocabulary.months import Month


class OpenDataFilters(NamedTuple):
    """What narrows an import of open data; ``everything`` takes contracts without a clause too."""

    everything: bool = False
    buyer: str | None = None
    department: str | None = None
    since: date | None = None


class StatementContext(NamedTuple):
    """What a statement does not say itself: its sender (name or SIRET), its month."""

    sender: str | None = None
    month: Month | None = None


def import_files(
    base: Base,
    kind: str,
    files: Sequence[Path],
    *,
    today: date,
    dry_run: bool = False,
    filters: OpenDataFilters | None = None,
    statement: StatementContext | None = None,
) -> list[ImportReport]:
    """Import files of one kind: ``decp``, ``marches``, ``participants``, ``heures``,
    ``structures``, ``annuaire``, ``programme`` or ``parcours``.

    One batch a file, then the automatic backup if the journal grew.
    """
    reports = [import_file(base, kind, file, today, dry_run, filters, statement) for file in files]
    if not dry_run:
        save_copy_if_needed(base)
    return reports


def import_file(
    base: Base,
    kind: str,
    file: Path,
    today: date,
    dry_run: bool,
    filters: OpenDataFilters | None,
    statement: StatementContext | None = None,
) -> ImportReport:
    """Import one file, by the reader of its kind, imported only then.

    Hours in a table of ours come in by the fast way; any other layout is a statement.
    """
    if kind == "decp":
        from suivi_tui.actions.import_decp import import_decp

        chosen = (filters or OpenDataFilters())._asdict()
        return import_decp(base, file, today=today, dry_run=dry_run, **chosen)
    if kind == "marches":
        from suivi_tui.actions.import_contracts import import_contracts

        return import_contracts(base, file, today=today, dry_run=dry_run)
    if kind == "participants":
        from suivi_tui.actions.import_participants import import_participants

        return import_participants(base, file, today=today, dry_run=dry_run)
    if kind == "programme":
        from suivi_tui.actions.import_programme import import_programme

        buyer = filters.buyer if filters is not None else None
        return import_programme(base, file, today=today, dry_run=dry_run, buyer=buyer)
    if kind == "structures":
        from suivi_tui.actions.import_directory import import_structures

        return import_structures(base, file, today=today, dry_run=dry_run)
    if kind == "annuaire":
        from suivi_tui.actions.import_directory import import_entries

        return import_entries(base, file, today=today, dry_run=dry_run)
    if kind == "parcours":
        from suivi_tui.actions.import_outcomes import import_outcomes

        return import_outcomes(base, file, today=today, dry_run=dry_run)
    from suivi_tui.actions.guess_kind import has_our_hours

    if has_our_hours(file):
        from suivi_tui.actions.import_hours import import_hours

        return import_hours(base, file, today=today, dry_run=dry_run)
    from suivi_tui.actions.statement_import.from_file import import_statement

    asked = (statement or StatementContext())._asdict()
    return import_statement(base, file, today=today, dry_run=dry_run, **asked)
