"""What is in a zipped workbook before its reader is trusted with it: sizes, extents, odd cells.

Sizes announced by an archive may lie, so entries are inflated here first, counted byte by byte
and never kept on disk. A single cell far away would make the reader allocate everything in
between: extents are measured on the text of the sheets. Caps: ``reliability.md`` 4.3.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import BinaryIO, NamedTuple

from suivi_tui.exchange.csv_file import MAX_COLUMNS, MAX_LINES, UnreadableFile
from suivi_tui.vocabulary.numbers import NBSP, format_number
from suivi_tui.vocabulary.text import clean

MAX_ENTRIES = 2_000
MAX_UNZIPPED = 300_000_000
MAX_RATIO = 200
# Below this, no ratio is dangerous: an empty formatted sheet shrinks very well.
RATIO_FROM = 10_000_000
NOT_CALCULATED = "formule non calculée"

_BLOCK = 1 << 20
_LOCAL_HEADER = 30

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^/>])>")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_VALUE = re.compile(
    rb"\s*(?:<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>([^<]*)<"
)
_FORMULA = re.compile(
    rb"\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|"
    rb"<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_SHEET_LINK = re.compile(rb'\b\w+:id="([^"]+)"')
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ID = re.compile(rb'\bId="([^"]+)"')
_TARGET = re.compile(rb'\bTarget="([^"]+)"')

_ODS_TAG = re.compile(
    rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(?![\w-])([^>]*)>"
)
_ODS_ROWS = re.compile(rb'table:number-rows-repeated="([0-9]{1,9})"')
_ODS_COLUMNS = re.compile(rb'table:number-columns-repeated="([0-9]{1,9})"')


class Odd(NamedTuple):
    """A cell whose reading needs help: a text to show, or a negative number of days."""

    row: int
    column: int
    value: str | float


class SheetOddities(NamedTuple):
    """What one sheet holds that its reader does not tell."""

    cells: tuple[Odd, ...]


class ZipContents(NamedTuple):
    """The kind of workbook (``xlsx``, ``ods``) and the odd cells of its sheets, by their rank."""

    kind: str
    sheets: dict[int, SheetOddities]


def inspect_zip(path: Path) -> ZipContents:
    """Check the caps of the zipped workbook at ``path``; raises :class:`UnreadableFile`."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            return _inspect(path.name, file, archive)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError) as error:
        raise _damaged(path.name) from error
    except (NotImplementedError, RuntimeError, KeyError, IndexError) as error:
        raise _damaged(path.name) from error


def _inspect(name: str, file: BinaryIO, archive: zipfile.ZipFile) -> ZipContents:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise _bomb(name)
    by_name = {entry.filename: entry for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile(
            name, "il est protégé par un mot de passe", "enregistrez-le sans mot de passe"
        )
    reader = _Inflated(name, file)
    if "xl/workbook.xml" in by_name:
        texts = {
            entry.filename: reader.text(entry)
            for entry in entries
            if re.fullmatch(
                r"xl/(?:worksheets/[^/]+\.xml|workbook\.xml|_rels/[^/]+)", entry.filename
            )
        }
        reader.count(entry for entry in entries if entry.filename not in texts)
        return ZipContents("xlsx", _xlsx_sheets(name, texts))
    if "content.xml" in by_name and "mimetype" in by_name:
        manifest = by_name.get("META-INF/manifest.xml")
        if manifest is not None and b"encryption-data" in reader.text(manifest):
            raise UnreadableFile(
                name, "il est protégé par un mot de passe", "enregistrez-le sans mot de passe"
            )
        content = reader.text(by_name["content.xml"])
        reader.count(entry for entry in entries if entry.filename != "content.xml")
        _check_ods(name, content)
        return ZipContents("ods", {})
    raise UnreadableFile(
        name,
        "ce n'est pas un classeur que l'on sait lire",
        "enregistrez-le dans un tableur au format .xlsx",
    )


class _Inflated:
    """The entries of an archive, inflated under one cap of bytes for all of them."""

    def __init__(self, name: str, file: BinaryIO) -> None:
        self._name = name
        self._file = file
        self._left = MAX_UNZIPPED

    def text(self, entry: zipfile.ZipInfo) -> bytes:
        """The bytes of an entry."""
        return b"".join(self._blocks(entry))

    def count(self, entries: Iterator[zipfile.ZipInfo]) -> None:
        """Inflate entries only to know that they are within the caps."""
        for entry in entries:
            for _ in self._blocks(entry):
                pass

    def _blocks(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        self._file.seek(entry.header_offset)
        header = self._file.read(_LOCAL_HEADER)
        if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
            raise _damaged(self._name)
        lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        self._file.seek(lengths, 1)
        compressed = entry.compress_size
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _damaged(self._name)
        inflater = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
        size = 0
        while compressed > 0 and (block := self._file.read(min(_BLOCK, compressed))):
            compressed -= len(block)
            while block:
                piece = block if inflater is None else inflater.decompress(block, _BLOCK)
                block = b"" if inflater is None else inflater.unconsumed_tail
                size += len(piece)
                self._left -= len(piece)
                if self._left < 0 or (
                    size > RATIO_FROM and size > MAX_RATIO * max(entry.compress_size, 1)
                ):
                    raise _bomb(self._name)
                yield piece
                if inflater is not None and inflater.eof:
                    return


def _xlsx_sheets(name: str, texts: dict[str, bytes]) -> dict[int, SheetOddities]:
    ranks = _ranks(texts)
    sheets: dict[int, SheetOddities] = {}
    for part, text in texts.items():
        if part.startswith("xl/worksheets/"):
            odd = _xlsx_cells(name, text)
            if part in ranks:
                sheets[ranks[part]] = SheetOddities(tuple(odd))
    return sheets


def _ranks(texts: dict[str, bytes]) -> dict[str, int]:
    """The rank in the workbook of each part that holds a sheet."""
    targets: dict[bytes, str] = {}
    for relation in _RELATION.finditer(texts.get("xl/_rels/workbook.xml.rels", b"")):
        identifier, target = _ID.search(relation[1]), _TARGET.search(relation[1])
        if identifier and target:
            part = unescape(target[1].decode("utf-8", "replace"))
            targets[identifier[1]] = part.lstrip("/") if part.startswith("/") else f"xl/{part}"
    ranks = {}
    for rank, sheet in enumerate(_SHEET.finditer(texts["xl/workbook.xml"])):
        if (link := _SHEET_LINK.search(sheet[1])) and link[1] in targets:
            ranks[targets[link[1]]] = rank
    return ranks


def _xlsx_cells(name: str, text: bytes) -> list[Odd]:
    """Check how far the cells of a sheet go, and find the odd ones."""
    odd: list[Odd] = []
    widest = furthest = 0
    if len(_ROW.findall(text)) > 10 * MAX_LINES:
        raise _too_long(name)
    columns: dict[bytes, int] = {}
    for cell in _CELL.finditer(text):
        place = _PLACE.search(cell[1])
        if place is None:
            continue
        column = columns.get(place[1])
        if column is None:
            column = columns[place[1]] = _column(place[1])
        row = int(place[2])
        widest, furthest = max(widest, column), max(furthest, row)
        found = _odd_value(text, cell)
        if found is not None:
            odd.append(Odd(row - 1, column - 1, found))
    if furthest > MAX_LINES:
        raise _too_long(name)
    if widest > MAX_COLUMNS:
        raise _too_wide(name)
    return odd


def _odd_value(text: bytes, cell: re.Match[bytes]) -> str | float | None:
    end = cell.end()
    if b't="e"' in cell[1]:
        value = _VALUE.match(text, end)
        return clean(value[1].decode("utf-8", "replace"), 20) if value else "#ERREUR"
    following = text[end : end + 3]
    if following == b"<v>":
        negative = text[end + 3 : end + 4] == b"-"
    elif text[end : end + 2] == b"<f" or b":" in text[end : end + 8]:
        if _FORMULA.match(text, end):
            return NOT_CALCULATED
        value = _VALUE.match(text, end)
        negative = value is not None and value[1].startswith(b"-")
    else:
        return None
    if not negative or b't="' in cell[1]:
        return None
    value = _VALUE.match(text, end)
    try:
        number = float(value[1]) if value else 0.0
    except ValueError:
        return None
    return number if number > -1e6 else None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_ods(name: str, content: bytes) -> None:
    """Refuse sheets that repeat a filled row or cell past the caps."""
    rows = row_repeat = position = width = 0
    filled = 0
    for tag in _ODS_TAG.finditer(content):
        closing, kind, attributes = tag[1], tag[2], tag[3]
        if kind == b"table":
            rows = filled = 0
        elif kind == b"table-row" and not closing:
            row_repeat = _repeat(_ODS_ROWS, attributes)
            rows += row_repeat
            position = width = 0
        elif kind in (b"table-cell", b"covered-table-cell") and not closing:
            position += _repeat(_ODS_COLUMNS, attributes)
            if not attributes.endswith(b"/") or b"office:value" in attributes:
                width, filled = position, rows
        if filled > MAX_LINES:
            raise _too_long(name)
        if width > MAX_COLUMNS:
            raise _too_wide(name)


def _repeat(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1


def _too_long(name: str) -> UnreadableFile:
    return UnreadableFile(
        name, f"il dépasse {format_number(MAX_LINES)} lignes", "partagez-le en plusieurs fichiers"
    )


def _too_wide(name: str) -> UnreadableFile:
    return UnreadableFile(
        name, f"il dépasse {MAX_COLUMNS} colonnes", "retirez les colonnes inutiles"
    )


def _bomb(name: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        f"une fois décompressé, il est démesuré{NBSP}: ce n'est pas un relevé ordinaire",
        "demandez un autre fichier à l'expéditeur",
    )


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        "le classeur est abîmé ou incomplet",
        "ouvrez-le dans un tableur et enregistrez-le au format .xlsx",
    )
