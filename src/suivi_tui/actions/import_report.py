"""What an import says when it is done, and how it is written: one batch for one file."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, Receipt, Value, created, write
from suivi_tui.vocabulary.choices import BatchKind
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean


class ImportWarning(NamedTuple):
    """One remark in plain French: the record it is about, the field ('' for the whole record)."""

    record: str
    field: str
    message: str


class ImportReport(NamedTuple):
    """What became of the records of one file.

    ``read`` is always ``created + changed + unchanged + left_out``; a refused file has an
    ``error`` and zeros. A record of our CSV files is a line, one of open data a contract or lot.
    A statement has its ``sender`` ('' when nobody knows); of the lines left out, ``doubtful``
    ones wait for a person, some of them for the answer to ``questions``.
    """

    file: str
    error: str | None = None
    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    left_out: int = 0
    warnings: tuple[ImportWarning, ...] = ()
    sender: str | None = None
    doubtful: int = 0
    questions: tuple[str, ...] = ()


def refused(name: str, error: Exception) -> ImportReport:
    """The report of a file of which nothing was read."""
    return ImportReport(clean(name), str(error))


def report_json(report: ImportReport) -> dict[str, Any]:
    """A report for a script, with its French keys."""
    told: dict[str, Any] = {
        "fichier": report.file,
        "erreur": report.error,
        "lus": report.read,
        "crees": report.created,
        "modifies": report.changed,
        "inchanges": report.unchanged,
        "ecartes": report.left_out,
        "avertissements": [
            {"enregistrement": record, "champ": field, "message": message}
            for record, field, message in report.warnings
        ],
    }
    if report.sender is not None:
        told["expediteur"] = report.sender or None
        told["douteux"] = report.doubtful
    if report.sender is not None or report.questions:
        told["questions"] = list(report.questions)
    return told


def write_import(
    base: Base,
    changes: Iterable[Change],
    *,
    what: str,
    name: str,
    sha256: str,
    sender: int | None = None,
    source: int | None = None,
) -> Receipt:
    """Write what a file brings in one batch that names it; nothing when nothing changes.

    ``what`` is what the file holds, in French (``marchés``); ``source`` is the id of the file
    when changes already refer to it. Raises what ``journal.write`` does.
    """
    listed = list(changes)
    if not listed:
        return Receipt(0, 0)
    source = source or base.new_id()
    name = clean(name)
    values: dict[str, Value] = {"name": name, "sha256": sha256}
    if sender is not None:
        values["sender"] = sender
    listed.insert(0, created("source_file", source, values))
    return write(
        base,
        listed,
        kind=BatchKind.IMPORT,
        label=f"Import des {what}{NBSP}: {name}",
        source_file=source,
    )
