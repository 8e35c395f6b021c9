"""A filled clause as a Word file, and its variables read back from it.

Each value stands in a bookmark, and in a property of the file under its code: both are read back,
so that a text changed by hand in Word is told. python-docx and lxml are imported here only.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from suivi_tui.documents.clause_filling import FilledPiece
from suivi_tui.documents.clause_markdown import (
    Block,
    Kind,
    Span,
    front_values,
    read_blocks,
    with_front_matter,
)
from suivi_tui.documents.default_templates import blank_document, repeat_heading, same_dates
from suivi_tui.rules.clause_texts import text_of_value
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean, fold

ABOUT: Final = "suivi-tui "
"""Before the names of the properties that are no variable."""

_PROPERTIES: Final = "/docProps/custom.xml"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_LINK: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
)
_NAMESPACE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANT: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# Word shows no more of a text property.
_LONGEST: Final = 250
_MOST: Final = 50_000_000
_BOOKMARK: Final = re.compile(r"suivi_([0-9]+)_[0-9]+")


class NotAClause(UserError):
    """The file is no text of a clause made here."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"«{NBSP}{clean(name)}{NBSP}» n'est pas un texte de clause préparé ici{NBSP}: rien n'a "
            "été lu. Choisissez un fichier .docx ou .md préparé par l'application."
        )


class ReadBack(NamedTuple):
    """The variables of a text, and those whose visible words were changed by hand."""

    values: dict[str, str]
    retouched: tuple[str, ...] = ()


def about_piece(filled: FilledPiece) -> dict[str, str]:
    """What a file says of itself before its variables."""
    return {"texte": filled.piece.value, "modele": f"{filled.name} {filled.version}"}


def markdown_file(filled: FilledPiece) -> bytes:
    """A piece as a Markdown file; its values stand before the text."""
    return with_front_matter(filled.body, about_piece(filled), filled.values).encode("utf-8")


def word_file(filled: FilledPiece) -> bytes:
    """A piece as a Word file, always the same bytes for the same text."""
    document = blank_document(filled.piece.label)
    bookmarks = iter(range(10**6))
    for block in read_blocks(filled.body):
        _add(document, block, bookmarks)
    names = {code: f"v{place}" for place, code in enumerate(filled.codes)}
    kept = {ABOUT + name: text for name, text in about_piece(filled).items()}
    for code, value in filled.values.items():
        # The bookmarks of a value begin with the place that its property tells.
        kept |= _chunks(f"{names[code]} {code}", value)
    _add_properties(document, kept)
    packed = io.BytesIO()
    document.save(packed)
    return same_dates(packed.getvalue())


def _add(document: Any, block: Block, bookmarks: Iterator[int]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    if block.kind is Kind.TABLE:
        _add_table(document, block, bookmarks)
        return
    style = "List Bullet" if block.kind is Kind.ITEM else None
    paragraph = document.add_paragraph(style=style)
    layout = paragraph.paragraph_format
    layout.space_after = Pt(4 if block.kind is Kind.ITEM else 6)
    size = None
    if block.kind is Kind.TITLE:
        size, paragraph.alignment = Pt(15), WD_ALIGN_PARAGRAPH.CENTER
    elif block.kind in (Kind.HEADING, Kind.SUBHEADING):
        size = Pt(12) if block.kind is Kind.HEADING else Pt(11)
        layout.space_before, layout.keep_with_next = Pt(10), True
    _add_runs(paragraph, block.spans, bookmarks, size)


def _add_table(document: Any, block: Block, bookmarks: Iterator[int]) -> None:
    from docx.shared import Pt

    width = max(map(len, block.rows))
    table = document.add_table(rows=len(block.rows), cols=width)
    table.style = "Table Grid"
    for place, row in enumerate(block.rows):
        for column, spans in enumerate(row):
            paragraph = table.cell(place, column).paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            strong = [span._replace(strong=True) for span in spans] if place == 0 else spans
            _add_runs(paragraph, strong, bookmarks)
    repeat_heading(table.rows[0])
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _add_runs(paragraph: Any, spans: Any, bookmarks: Iterator[int], heading: Any = None) -> None:
    span: Span
    for span in spans:
        number = next(bookmarks) if span.place is not None else 0
        if span.place is not None:
            name = f"suivi_{span.place}_{number}"
            paragraph._p.append(_bookmark("Start", number, name))
        run = paragraph.add_run(span.text)
        run.bold = True if span.strong or heading is not None else None
        if heading is not None:
            run.font.size = heading
        if span.place is not None:
            paragraph._p.append(_bookmark("End", number))


def _bookmark(which: str, number: int, name: str = "") -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(f"w:bookmark{which}")
    element.set(qn("w:id"), str(number))
    if name:
        element.set(qn("w:name"), name)
    return element


def _chunks(name: str, value: str) -> dict[str, str]:
    """A value in properties that Word shows whole: ``name``, ``name#2``…"""
    parts = [value[start : start + _LONGEST] for start in range(0, len(value), _LONGEST)]
    return {name if place == 1 else f"{name}#{place}": part
            for place, part in enumerate(parts, start=1)}  # fmt: skip


def _add_properties(document: Any, kept: Mapping[str, str]) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from lxml import etree

    root = etree.Element(f"{{{_NAMESPACE}}}Properties", nsmap={None: _NAMESPACE, "vt": _VARIANT})
    for number, (name, value) in enumerate(kept.items(), start=2):
        entry = etree.SubElement(root, f"{{{_NAMESPACE}}}property")
        entry.set("fmtid", _FORMAT)
        entry.set("pid", str(number))
        entry.set("name", name)
        etree.SubElement(entry, f"{{{_VARIANT}}}lpwstr").text = value
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    package = document.part.package
    package.relate_to(Part(PackURI(_PROPERTIES), _TYPE, content, package), _LINK)


def read_back(name: str, content: bytes) -> ReadBack:
    """The variables that a text holds. Raises NotAClause for another file."""
    if not content.startswith(b"PK"):
        values = front_values(content.decode("utf-8-sig", errors="replace"))
        if not values:
            raise NotAClause(name)
        return ReadBack(values)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST:
                raise NotAClause(name)
            properties = archive.read(_PROPERTIES.removeprefix("/"))
            body = archive.read("word/document.xml")
    except (KeyError, zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise NotAClause(name) from error
    return _read_word(name, properties, body)


def _read_word(name: str, properties: bytes, body: bytes) -> ReadBack:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        kept, root = etree.fromstring(properties, parser), etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise NotAClause(name) from error
    values: dict[str, str] = {}
    places: dict[str, str] = {}
    for entry in kept:
        place, _, code = str(entry.get("name", "")).partition(" ")
        if not (place.startswith("v") and place[1:].isdigit()):
            continue
        code = code.partition("#")[0]
        places[place[1:]] = code
        values[code] = values.get(code, "") + "".join(entry.itertext())
    if not values:
        raise NotAClause(name)
    shown = _shown(root)
    retouched = [code for place, code in places.items()
                 if any(not _says(code, values[code], text) for text in shown.get(place, ()))
                 or place not in shown]  # fmt: skip
    return ReadBack(values, tuple(retouched))


def _shown(root: Any) -> dict[str, list[str]]:
    """The visible words of each bookmark, by the place of its value."""
    opened: dict[str, tuple[str, list[str]]] = {}
    found: dict[str, list[str]] = {}
    for element in root.iter():
        number = element.get(f"{{{_WORD}}}id", "")
        if element.tag == f"{{{_WORD}}}bookmarkStart":
            named = _BOOKMARK.fullmatch(element.get(f"{{{_WORD}}}name", ""))
            if named is not None:
                opened[number] = (named[1], [])
        elif element.tag == f"{{{_WORD}}}bookmarkEnd" and number in opened:
            place, words = opened.pop(number)
            found.setdefault(place, []).append("".join(words))
        elif element.tag == f"{{{_WORD}}}t":
            for _, words in opened.values():
                words.append(element.text or "")
    return found


def _says(code: str, value: str, text: str) -> bool:
    """Whether visible words are those of a value, or a part of them."""
    return bool(text.strip()) and fold(text) in fold(text_of_value(code, value))
