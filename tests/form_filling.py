"""A form filled as a person does in a spreadsheet, without a spreadsheet: cells of the file."""

import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Any

Filled = Mapping[str, str | float | int]
"""Values by cell (``J9``)."""


def fill(path: Path, values: Filled, sheet: int = 1, into: Path | None = None) -> Path:
    """The workbook with these cells filled, the rest untouched; ``into`` may be itself."""
    target = into or path.with_name(f"rempli-{path.name}")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    part = f"xl/worksheets/sheet{sheet}.xml"
    text = parts[part].decode()
    for place, value in values.items():
        pattern = re.compile(rf'<c r="{place}"( s="\d+")?(?:/>| t="\w+">.*?</c>|>.*?</c>)')
        assert pattern.search(text), f"no cell {place}"
        cell = (
            f"<v>{value!r}</v></c>"
            if isinstance(value, int | float)
            else f"<is><t>{escape(value)}</t></is></c>"
        )
        kind = "" if isinstance(value, int | float) else ' t="inlineStr"'
        text = pattern.sub(
            lambda found, kind=kind, cell=cell, place=place: (
                f'<c r="{place}"{found[1] or ""}{kind}>{cell}'
            ),
            text,
            count=1,
        )
    parts[part] = text.encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target


def as_ods(path: Path, target: Path) -> Path:
    """The same workbook as LibreOffice saves it in its own format: visible sheets, repeats."""
    from suivi_tui.exchange.statement_files.workbook import open_statement_file

    tables = "".join(
        f'<table:table table:name="{escape(sheet.name)}">'
        + "".join(_ods_row(row) for row in sheet.rows)
        + '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
        for sheet in open_statement_file(path).sheets
    )
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces} '
        f'office:version="1.3"><office:body><office:spreadsheet>{tables}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return target


def _ods_row(row: tuple[Any, ...]) -> str:
    return "<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>"


def _ods_cell(value: Any) -> str:
    if value in ("", None):
        return '<table:table-cell table:number-columns-repeated="1"/>'
    if isinstance(value, date | datetime):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    text = escape(str(value))
    return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"
