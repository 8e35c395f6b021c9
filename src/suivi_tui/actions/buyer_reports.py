"""The buyer's report as a file: a page to print, or a Word document."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from suivi_tui import paths
from suivi_tui.actions.export_log import ExportDone, log_export
from suivi_tui.actions.letters import sender_of
from suivi_tui.documents.buyer_report import report_values
from suivi_tui.documents.buyer_report_page import report_page
from suivi_tui.documents.buyer_report_word import report_file
from suivi_tui.exchange.whole_file import whole_file
from suivi_tui.readings.evaluation import full_bands
from suivi_tui.readings.filters import Filters
from suivi_tui.readings.report_buyer import BuyerReport, buyer_report
from suivi_tui.reference.privacy import publication_threshold
from suivi_tui.store.base import Base
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP

WORD, PAGE = ".docx", ".html"
WHAT = "Rapport à l'acheteur"


class NotAReport(UserError):
    """The name of the file says of no kind of report; nothing was written."""


def report_kind(target: Path) -> str:
    """``.docx`` or ``.html``, from the name of a file. Raises NotAReport."""
    suffix = target.suffix.lower()
    if suffix in (WORD, PAGE):
        return suffix
    raise NotAReport(
        f"Le rapport s'écrit en {WORD} ou en {PAGE}{NBSP}: rien n'a été écrit. Donnez au fichier "
        "un nom qui finit ainsi."
    )


def write_report(
    base: Base, filters: Filters, target: Path, *, today: date, fte_base: int | None = None
) -> Path:
    """Write the report of a scope as known ``today``, whole or not at all; where it is.

    A file that stands there is replaced: whoever calls asked first. Raises NotAReport,
    EvaluationRefused, TemplateRefused, NotWritten, ReferenceRefused.
    """
    kind = report_kind(target)
    user_file = paths.reference_file()
    report = buyer_report(
        base.connection,
        filters,
        today=today,
        threshold=publication_threshold(user_file),
        fte_base=fte_base,
        bands=full_bands(user_file=user_file),
    )
    values = report_values(report, sender_of(base))
    content = _WRITERS[kind](report, values)
    with whole_file(target) as file:
        file.write(content)
    lines = sum(len(part) for part in values.values() if isinstance(part, list))
    log_export(base, ExportDone(WHAT, lines, False, _scope(values), True))
    return target


def _page(report: BuyerReport, values: dict[str, Any]) -> bytes:
    return report_page(report, values).encode("utf-8", "replace")


def _word(report: BuyerReport, values: dict[str, Any]) -> bytes:
    return report_file(values, paths.templates_directory())


_WRITERS: dict[str, Callable[[BuyerReport, dict[str, Any]], bytes]] = {PAGE: _page, WORD: _word}


def _scope(values: dict[str, Any]) -> str:
    parts = (values["acheteur"], values["perimetre"], values["periode"])
    return ", ".join(part for part in parts if part)
