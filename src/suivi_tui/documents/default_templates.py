"""The default templates as Word files, always the same bytes; python-docx is imported here only."""

import io
import zipfile
from functools import cache
from typing import Any

from suivi_tui.documents import buyer_report_model, default_letters, default_papers
from suivi_tui.documents.blocks import (
    Block,
    ColumnTable,
    LineTable,
    Model,
    Paragraph,
    Style,
)
from suivi_tui.vocabulary.choices import DocumentKind

MODELS: dict[DocumentKind, Model] = {
    DocumentKind.ELIGIBILITY_NOTICE: default_letters.ELIGIBILITY_NOTICE,
    DocumentKind.REMINDER_1: default_letters.REMINDER_1,
    DocumentKind.REMINDER_2: default_letters.REMINDER_2,
    DocumentKind.OUTCOME_REQUEST: default_letters.OUTCOME_REQUEST,
    DocumentKind.CERTIFICATE: default_papers.CERTIFICATE,
    DocumentKind.MEETING_BRIEF: default_papers.MEETING_BRIEF,
    DocumentKind.FORMAL_NOTICE: default_papers.FORMAL_NOTICE,
    DocumentKind.PENALTY: default_papers.PENALTY,
    DocumentKind.BUYER_REPORT: buyer_report_model.REPORT,
}
_FONT = "Arial"
_FIXED_DATE = (2026, 1, 1, 0, 0, 0)
_LABEL_WIDTH = 3.4


@cache
def default_template(kind: DocumentKind) -> bytes:
    """The Word file of a kind of letter, with its tags."""
    model = MODELS[kind]
    document = blank_document(model.title, landscape=model.landscape)
    for block in model.blocks:
        _add(document, block, small=model.landscape)
    packed = io.BytesIO()
    document.save(packed)
    return same_dates(packed.getvalue())


def blank_document(title: str, *, landscape: bool = False) -> Any:
    """An empty Word document on A4, in French, by nobody."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    document = Document()
    links = document.part.package.rels
    for name in [name for name, link in links.items() if link.reltype.endswith("/thumbnail")]:
        # The picture of python-docx's own sample would show for ours.
        links.pop(name)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.language = "fr-FR"
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(9 if landscape else 10.5)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    margin = Cm(1.5 if landscape else 2.2)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = margin
    section.top_margin = section.bottom_margin = margin
    return document


def _add(document: Any, block: Block, *, small: bool) -> None:
    if isinstance(block, Paragraph):
        _paragraph(document, block)
    elif isinstance(block, LineTable):
        _line_table(document, block)
    else:
        _column_table(document, block, small=small)


def _paragraph(document: Any, block: Paragraph) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    if block.style is Style.ITEM:
        paragraph = document.add_paragraph(block.text, style="List Bullet")
        paragraph.paragraph_format.space_after = Pt(4)
        return
    paragraph = document.add_paragraph()
    run = paragraph.add_run(block.text)
    layout = paragraph.paragraph_format
    layout.space_after = Pt(8)
    match block.style:
        case Style.SENDER | Style.STRONG:
            layout.space_after = Pt(0)
            run.bold = block.style is Style.STRONG
        case Style.RECIPIENT:
            layout.left_indent, layout.space_after = Cm(8.5), Pt(0)
        case Style.PLACE:
            layout.left_indent, layout.space_before = Cm(8.5), Pt(10)
        case Style.TITLE:
            run.bold, run.font.size = True, Pt(15)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        case Style.OBJECT:
            run.bold, layout.space_before = True, Pt(10)
        case Style.NOTE:
            run.italic, run.font.size = True, Pt(8.5)
        case Style.SIGNATURE:
            layout.left_indent, layout.space_before = Cm(8.5), Pt(18)


def _line_table(document: Any, block: LineTable) -> None:
    """Headings, then the row of the loop: its tags stand in rows of their own, which vanish."""
    from docx.shared import Cm

    table = document.add_table(rows=4, cols=len(block.headings))
    table.style, table.autofit = "Table Grid", False
    for place, heading in enumerate(block.headings):
        _cell(table.cell(0, place), heading, strong=True)
        _cell(table.cell(2, place), block.cells[place])
        for row in table.rows:
            row.cells[place].width = Cm(block.widths[place])
    _cell(table.cell(1, 0), f"{{%tr for {block.loop} %}}")
    _cell(table.cell(3, 0), "{%tr endfor %}")
    repeat_heading(table.rows[0])
    _gap(document)


def _column_table(document: Any, block: ColumnTable, *, small: bool) -> None:
    """One line a heading; the tags of the loop stand in cells of their own, which vanish."""
    from docx.shared import Cm, Pt

    table = document.add_table(rows=len(block.lines), cols=4)
    table.style = "Table Grid"
    for place, (heading, value) in enumerate(block.lines):
        texts = (heading, f"{{%tc for {block.loop} %}}", value, "{%tc endfor %}")
        for column, text in enumerate(texts):
            cell = table.cell(place, column)
            _cell(cell, text, strong=column == 0 or place == 0)
            if small:
                for paragraph in cell.paragraphs:
                    for run in paragraph.runs:
                        run.font.size = Pt(8)
        table.cell(place, 0).width = Cm(_LABEL_WIDTH)


def _cell(cell: Any, text: str, *, strong: bool = False) -> None:
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.bold = strong
    paragraph.paragraph_format.space_after = Pt(2)


def repeat_heading(row: Any) -> None:
    """Word repeats the headings on each page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    heading = OxmlElement("w:tblHeader")
    heading.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(heading)


def _gap(document: Any) -> None:
    from docx.shared import Pt

    document.add_paragraph().paragraph_format.space_after = Pt(2)


def same_dates(content: bytes) -> bytes:
    """The same archive, whatever the clock: the print of a template tells that it was changed."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            about = zipfile.ZipInfo(entry.filename, _FIXED_DATE)
            about.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(about, source.read(entry))
    return packed.getvalue()
