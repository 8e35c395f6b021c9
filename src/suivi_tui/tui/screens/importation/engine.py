"""The one door of these screens to what reads and writes statements; runs in other threads."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from suivi_tui.tui.dialogs.choose import Choice
from suivi_tui.tui.screens.importation.progress import Progress
from suivi_tui.vocabulary.text import fold

if TYPE_CHECKING:
    from suivi_tui.actions.import_report import ImportReport
    from suivi_tui.actions.statement_import.planned import StatementPlan
    from suivi_tui.exchange.statement_files.workbook import Workbook
    from suivi_tui.tui.screens.importation.session import Session

COMPANIES_SHOWN: Final = 300


def open_file(path: Path) -> "Workbook":
    """The cells of a file; needs no base."""
    from suivi_tui.exchange.statement_files.workbook import open_statement_file

    return open_statement_file(path)


def question_of(
    session: "Session", today: date, progress: Progress
) -> "Callable[[Any], StatementPlan | None]":
    """What to ask the base about a file, as the person has answered so far; None: stopped.

    The answers are copied: the screen may change them while the base is asked.
    """
    workbook, layouts, given = session.workbook, dict(session.layouts), dict(session.answers)
    sender, month, propose = session.sender, session.month, not session.sender_said

    def ask(base: Any) -> "StatementPlan | None":
        from suivi_tui.actions.statement_import.plan import Answer, prepare
        from suivi_tui.exchange.statement_files.declared import Cancelled

        assert workbook is not None
        try:
            return prepare(
                base,
                workbook,
                today=today,
                sender=sender,
                layouts=layouts,
                answers={key: Answer(item.found, item.new) for key, item in given.items()},
                month=month,
                progress=progress,
                propose=propose,
            )
        except Cancelled:
            return None

    return ask


def writing(session: "Session") -> "Callable[[Any], ImportReport]":
    """Write the lines of the preview in one batch, then the automatic backup."""
    plan, accepted, path = session.plan, frozenset(session.accepted), session.path

    def write(base: Any) -> "ImportReport":
        from suivi_tui.actions.keeping import save_copy_if_needed
        from suivi_tui.actions.statement_import.plan import write_plan

        assert plan is not None
        report = write_plan(base, plan, accept=accepted, path=path)
        save_copy_if_needed(base)
        return report

    return write


def companies(base: Any) -> list[Choice]:
    """The companies and structures by name, as many as one looks through; letters find others."""
    from suivi_tui.store.queries.entry import identities

    listed = sorted(identities(base.connection, "company"), key=lambda item: fold(item[1]))
    return [
        Choice(row, name, f"SIRET {siret}" if siret else "")
        for row, name, siret in listed[:COMPANIES_SHOWN]
    ]
