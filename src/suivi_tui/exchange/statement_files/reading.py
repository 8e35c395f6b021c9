"""Reading a statement file: from its sheets to the lines of months that it declares.

A layout is never asked from a person as a whole: it is found, with what is doubtful put as
questions. Nothing here knows the base.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from suivi_tui.exchange.statement_files.context import read_note
from suivi_tui.exchange.statement_files.declared import DeclaredLine, LineRemark
from suivi_tui.exchange.statement_files.form_reading import FormReading, read_form
from suivi_tui.exchange.statement_files.gathering import gather, told_twice
from suivi_tui.exchange.statement_files.layout import Layout
from suivi_tui.exchange.statement_files.questions import LayoutQuestion
from suivi_tui.exchange.statement_files.sheet_reading import Asked, SheetReading, read_sheet
from suivi_tui.exchange.statement_files.unfolding import Figure
from suivi_tui.exchange.statement_files.workbook import Workbook
from suivi_tui.vocabulary.months import Month

__all__ = ["LayoutQuestion", "SheetReading", "StatementReading", "read_statement"]

Progress = Callable[[int, int], None]
STEP = 500


@dataclass(frozen=True, slots=True)
class StatementReading:
    """What a file declares. ``left_out`` are the lines of people that could not be read, each
    with its reason; ``warnings`` are the other remarks (line 0: about the sheet). ``form`` is what
    the file says besides when it is one of our own forms.
    """

    name: str
    sha256: str
    sheets: tuple[SheetReading, ...] = ()
    lines: tuple[DeclaredLine, ...] = ()
    left_out: tuple[LineRemark, ...] = ()
    warnings: tuple[LineRemark, ...] = ()
    form: FormReading | None = None

    @property
    def doubtful_sheets(self) -> frozenset[str]:
        """The sheets that have a question without an answer: their lines are not sure."""
        return frozenset(sheet.name for sheet in self.sheets if sheet.questions)


def read_statement(
    workbook: Workbook,
    layouts: Mapping[str, Layout],
    today: date,
    *,
    month: Month | None = None,
    progress: Progress | None = None,
) -> StatementReading:
    """The lines that a workbook declares, read with the ``layouts`` kept for their shapes.

    ``month`` is used where the file tells none. ``progress`` is called with the rows done and
    the rows in all; it may raise :class:`~suivi_tui.exchange.statement_files.declared.Cancelled`.
    """
    form = read_form(workbook)
    if form is not None:
        return StatementReading(
            workbook.name,
            workbook.sha256,
            (),
            form.lines,
            form.left_out,
            form.warnings,
            form,
        )
    rows = sum(len(sheet.rows) for sheet in workbook.sheets)
    done = 0

    def tick(row: int) -> None:
        if progress is not None and row % STEP == 0:
            progress(done + row, rows)

    stem = PurePath(workbook.name).stem.replace("_", " ")
    named = replace(read_note([stem]), company="", employer="", person="")
    asked = Asked(layouts, today, month, named, tick)
    sheets: list[SheetReading] = []
    figures: list[Figure] = []
    left_out: list[LineRemark] = []
    warnings = [
        LineRemark(name, 0, "", "cette feuille est masquée, elle n'a pas été lue")
        for name in workbook.hidden
    ]
    for sheet in workbook.sheets:
        result = read_sheet(sheet, asked)
        sheets += result.readings
        figures += result.unfolded.figures
        left_out += result.unfolded.left_out
        warnings += result.unfolded.warnings
        done += len(sheet.rows)
        tick(0)
    return StatementReading(
        workbook.name,
        workbook.sha256,
        tuple(sheets),
        tuple(gather(figures)),
        tuple(left_out),
        (*warnings, *told_twice(figures)),
    )
