"""A statement brought in without anybody to answer: what is sure comes in, the rest is told."""

from datetime import date
from pathlib import Path

from suivi_tui.actions.import_report import ImportReport, refused
from suivi_tui.actions.reconcile import quoted
from suivi_tui.actions.statement_import.companies import Companies
from suivi_tui.actions.statement_import.plan import prepare, write_plan
from suivi_tui.actions.statement_import.reporting import report
from suivi_tui.exchange.csv_file import UnreadableFile
from suivi_tui.exchange.statement_files.workbook import open_statement_file
from suivi_tui.store.base import Base
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.identifiers import clean_siret, siret_fault
from suivi_tui.vocabulary.months import Month
from suivi_tui.vocabulary.numbers import NBSP


class SenderNotFound(UserError):
    """The sender that was named is no company of the base, or several; nothing was read."""


def import_statement(
    base: Base,
    path: Path,
    *,
    today: date,
    sender: str | None = None,
    month: Month | None = None,
    dry_run: bool = False,
) -> ImportReport:
    """Write what is sure of a statement in one batch; with ``dry_run``, only say it.

    ``sender`` is a name or a SIRET, the file proposes one otherwise. Doubtful lines and those
    that wait for an answer are left out, with why. A file that cannot be read is told in the
    report. Raises SenderNotFound, and what ``journal.write`` does.
    """
    company = _company(base, sender) if sender else None
    try:
        workbook = open_statement_file(path)
    except UnreadableFile as error:
        return refused(path.name, error)
    plan = prepare(base, workbook, today=today, sender=company, month=month)
    return report(plan) if dry_run else write_plan(base, plan, path=path)


def _company(base: Base, text: str) -> int:
    companies = Companies(base.connection)
    siret = clean_siret(text) if siret_fault(text) is None else None
    found = companies.find("" if siret else text, siret)
    if len(found) == 1:
        return found[0]
    if found:
        raise SenderNotFound(
            f"{len(found)} entreprises répondent à {quoted(text)}{NBSP}: rien n'a été lu. Donnez "
            "son SIRET."
        )
    near = [quoted(companies.names[row]) for row in companies.near(text).rows[:3]]
    hint = f" Serait-ce {' ou '.join(near)}{NBSP}?" if near else ""
    raise SenderNotFound(
        f"Aucune entreprise de la base n'est {quoted(text)}{NBSP}: rien n'a été lu.{hint}"
    )
