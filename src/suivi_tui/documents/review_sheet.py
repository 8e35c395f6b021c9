"""The review sheet of a contract: one page of words and ratings, as a Word file.

Whoever gave a review is named only when asked for: by default the page says who they are to the
contract, the company, the tutor, the person in insertion.
"""

import io
from datetime import date
from typing import Any, Final

from suivi_tui.documents.default_templates import blank_document, repeat_heading, same_dates
from suivi_tui.documents.wording import text_of
from suivi_tui.readings.reviews import NO_AUTHOR, ReviewReading, author_text, rating_text
from suivi_tui.store.queries.obligations import iso_date
from suivi_tui.vocabulary.choices import ReviewAuthor, label_of
from suivi_tui.vocabulary.dates import format_date, long_date
from suivi_tui.vocabulary.text import NOTES_LIMIT
from suivi_tui.vocabulary.typography import displayed, french

TITLE: Final = "Fiche d'avis sur un marché"
_HEADINGS: Final = ("Qui", "Le", "Note", "Ce qui est dit")
_WIDTHS: Final = (4.2, 2.4, 1.6, 8.4)


def review_sheet(reading: ReviewReading, today: date, *, names: bool = False) -> bytes:
    """The page as a Word file; with ``names``, who gave each review."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    contract, document = reading.contract, blank_document(TITLE)
    title = document.add_paragraph()
    run = title.add_run(TITLE)
    run.bold, run.font.size = True, Pt(15)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number = text_of(contract.number) or "sans numéro"
    _line(document, french(f"Marché n° {number}, « {text_of(contract.object)} »"), strong=True)
    _line(document, french(f"Acheteur : {text_of(contract.buyer_name)}"))
    if contract.companies:
        companies = ", ".join(text_of(name) for name in contract.companies)
        _line(document, french(f"Titulaires : {companies}"))
    _line(document, reading.sentence, strong=True)
    averages = [
        f"{author.label} : {rating_text(author.average)}"
        for author in reading.authors
        if author.average is not None
    ]
    if averages:
        _line(document, french(" · ".join(averages)))
    _table(document, reading, names=names)
    _line(document, french(f"Établie le {long_date(today)}, à partir des avis recueillis."))
    packed = io.BytesIO()
    document.save(packed)
    return same_dates(packed.getvalue())


def _line(document: Any, text: str, *, strong: bool = False) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = strong
    paragraph.paragraph_format.space_after = Pt(4)


def _table(document: Any, reading: ReviewReading, *, names: bool) -> None:
    from docx.shared import Cm

    rows = [row for author in reading.authors for row in author.reviews]
    table = document.add_table(rows=1, cols=len(_HEADINGS))
    table.style, table.autofit = "Table Grid", False
    for place, heading in enumerate(_HEADINGS):
        table.cell(0, place).paragraphs[0].add_run(heading).bold = True
    repeat_heading(table.rows[0])
    for row in rows:
        given = iso_date(row.given_on)
        kind = label_of(ReviewAuthor, row.author_kind, NO_AUTHOR)
        cells = (
            text_of(author_text(row) if names else kind),
            format_date(given) if given is not None else "",
            rating_text(row.rating),
            displayed(row.text, NOTES_LIMIT),
        )
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.paragraphs[0].add_run(text)
    for line in table.rows:
        for cell, width in zip(line.cells, _WIDTHS, strict=True):
            cell.width = Cm(width)
    document.add_paragraph()
