"""Writing spreadsheets of every kind from plain rows, for tests."""

import csv
import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

Row = Sequence[Any]


class Cell(NamedTuple):
    """A value with the number format that a spreadsheet shows it in."""

    value: Any
    format: str


class Page(NamedTuple):
    """A sheet: ``merged`` are (first row, first column, last row, last column) from 0."""

    name: str
    rows: Sequence[Row]
    merged: Sequence[tuple[int, int, int, int]] = ()
    hidden: bool = False


def clock(hours: float, shown: str = "[h]:mm") -> Cell:
    """Hours as a spreadsheet time."""
    return Cell(hours / 24, shown)


def serial(day: date) -> int:
    """A date as the number that a spreadsheet holds."""
    return (day - date(1899, 12, 30)).days


def write_xlsx(path: Path, *pages: Page) -> Path:
    """An .xlsx with dates as dates and merged cells."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        formats: dict[str, Any] = {}
        for page in pages:
            sheet = book.add_worksheet(page.name)
            if page.hidden:
                sheet.hide()
            for top, left, bottom, right in page.merged:
                sheet.merge_range(top, left, bottom, right, "")
            for number, row in enumerate(page.rows):
                for column, value in enumerate(row):
                    if value is None or value == "":
                        continue
                    shown = "dd/mm/yyyy" if isinstance(value, date) else None
                    if isinstance(value, Cell):
                        value, shown = value
                    if shown and shown not in formats:
                        formats[shown] = book.add_format({"num_format": shown})
                    if isinstance(value, date):
                        sheet.write_number(number, column, serial(value), formats[shown])
                    elif isinstance(value, str):
                        sheet.write_string(number, column, value)
                    else:
                        sheet.write(number, column, value, formats.get(shown or ""))
    return path


def write_text(
    path: Path, rows: Iterable[Row], *, separator: str = ";", encoding: str = "utf-8"
) -> Path:
    """A text table as a spreadsheet saves it."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_ods(path: Path, *pages: Page) -> Path:
    """An .ods: texts, numbers, dates (``date``) and durations (``timedelta``)."""
    sheets = []
    for page in pages:
        rows = "".join(
            f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"
            for row in page.rows
        )
        tail = (
            '<table:table-row table:number-rows-repeated="1048000">'
            '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        )
        sheets.append(f'<table:table table:name="{escape(page.name)}">{rows}{tail}</table:table>')
    spaces = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        f'xmlns:office="{spaces}:office:1.0" xmlns:table="{spaces}:table:1.0" '
        f'xmlns:text="{spaces}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f"{''.join(sheets)}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        manifest = (
            '<?xml version="1.0"?><manifest:manifest '
            f'xmlns:manifest="{spaces}:manifest:1.0"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
        )
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def _ods_cell(value: Any) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        said = f"PT{minutes // 60:02d}H{minutes % 60:02d}M00S"
        return f'<table:table-cell office:value-type="time" office:time-value="{said}"/>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return (
        '<table:table-cell office:value-type="string">'
        f"<text:p>{escape(str(value))}</text:p></table:table-cell>"
    )


# Formats of the old .xls: general, a date, a duration.
_GENERAL, _DATE, _CLOCK = 0, 1, 2
_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def write_xls(path: Path, page: Page) -> Path:
    """An .xls (BIFF8) of one sheet: the records, in the old container of Office."""
    name = page.name.encode("utf-16-le")

    def head(offset: int) -> bytes:
        bound = struct.pack("<IBBBB", offset, 0, 0, len(page.name), 1) + name
        formats = b"".join(
            _record(0x00E0, struct.pack("<HHHBBBBIIH", 0, number, 0, 0, 0, 0, 0, 0, 0, 0))
            for number in (0, 14, 46)
        )
        return (
            _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0x0DBB, 0x07CC, 0, 6))
            + _record(0x0042, struct.pack("<H", 1200))
            + formats
            + _record(0x0085, bound)
            + _record(0x000A, b"")
        )

    width = max(map(len, page.rows))
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0x0DBB, 0x07CC, 0, 6))
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(page.rows), 0, width, 0))
    for number, row in enumerate(page.rows):
        for column, value in enumerate(row):
            sheet += _xls_cell(number, column, value)
    stream = head(len(head(0))) + sheet + _record(0x000A, b"")
    path.write_bytes(_container(stream.ljust(4096, b"\0")))
    return path


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _xls_cell(row: int, column: int, value: Any) -> bytes:
    if value is None or value == "":
        return b""
    if isinstance(value, date):
        return _record(0x0203, struct.pack("<HHHd", row, column, _DATE, serial(value)))
    if isinstance(value, Cell):
        return _record(0x0203, struct.pack("<HHHd", row, column, _CLOCK, value.value))
    if isinstance(value, int | float):
        return _record(0x0203, struct.pack("<HHHd", row, column, _GENERAL, value))
    text = str(value)
    data = struct.pack("<HHHHB", row, column, _GENERAL, len(text), 1) + text.encode("utf-16-le")
    return _record(0x0204, data)


def _container(stream: bytes) -> bytes:
    count = -(-len(stream) // _SECTOR)
    table = [_FAT, _END, *range(3, count + 2), _END]
    table += [_FREE] * (128 - len(table))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0
    )
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    entries = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream))
    directory = entries.ljust(_SECTOR, b"\0")
    body = stream.ljust(count * _SECTOR, b"\0")
    return header + struct.pack("<128I", *table) + directory + body


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text) + 2, kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


Writer = Callable[[Path], Path]
