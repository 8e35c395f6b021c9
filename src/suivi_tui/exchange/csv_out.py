"""Writing a table as CSV: for French spreadsheets, or as RFC 4180 for other programs.

A text that a spreadsheet would run gets one apostrophe in front (``design.md`` 7); columns of
numbers and dates never do, so that a correction of -5 h stays a number.
"""

import codecs
import csv
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from suivi_tui.exchange.cells import defused
from suivi_tui.exchange.columns import Column, ColumnType
from suivi_tui.exchange.whole_file import whole_file
from suivi_tui.vocabulary.choices import HourKind, label_of
from suivi_tui.vocabulary.hours import hours_csv
from suivi_tui.vocabulary.money import money_csv
from suivi_tui.vocabulary.months import iso_month
from suivi_tui.vocabulary.numbers import csv_hundredths

# Few enough rows to stay in the processor's cache while each column is gone through.
CHUNK = 200
# Distinct values remembered a column: comments and the like must not fill the memory.
REMEMBERED = 20_000

# What UTF-8 cannot write, what makes a file binary, what acts on a terminal or hides a text;
# nothing of it enters the base, but another tool may have written it there.
_BREAKS = re.compile(r"[\x0b\x0c\x85\u2028\u2029]")
_UNWRITABLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff"
    r"\ufeff\U000e0000-\U000e007f]"
)
_ISO_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")


class Dialect(Enum):
    """The two ways of writing, by the name of ``--format``."""

    EXCEL = "excel"
    RFC4180 = "rfc4180"

    @property
    def delimiter(self) -> str:
        """What stands between two cells."""
        return ";" if self is Dialect.EXCEL else ","

    @property
    def decimal(self) -> str:
        """What stands before decimals."""
        return "," if self is Dialect.EXCEL else "."

    @property
    def byte_order_mark(self) -> bool:
        """Whether the file starts with the mark by which Excel knows UTF-8."""
        return self is Dialect.EXCEL


def write_table(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    destination: Path | BinaryIO | None = None,
    dialect: Dialect = Dialect.EXCEL,
) -> int:
    """Write a header and ``rows``, and return how many rows.

    A row has one stored value a column (see :class:`ColumnType`); None is an empty cell.
    ``destination`` is a path, written whole or not at all, an open binary file, or None for the
    standard output. Rows are taken as they come and never held together. Raises
    :class:`~suivi_tui.exchange.whole_file.NotWritten`; what ``rows`` itself raises goes through,
    and leaves no file.
    """
    if isinstance(destination, Path):
        with whole_file(destination) as file:
            return _write(columns, rows, file, dialect)
    return _write(columns, rows, destination or sys.stdout.buffer, dialect)


def _write(
    columns: Sequence[Column], rows: Iterable[Sequence[Any]], file: BinaryIO, dialect: Dialect
) -> int:
    count = 0
    if dialect.byte_order_mark:
        file.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    try:
        writer = csv.writer(text, delimiter=dialect.delimiter, lineterminator="\r\n")
        writer.writerow([defused(column.name) for column in columns])
        cells = [_Written(_writer_of(column, dialect.decimal)) for column in columns]
        source = iter(rows)
        while chunk := list(islice(source, CHUNK)):
            writer.writerows(_formatted(chunk, cells))
            count += len(chunk)
        text.flush()
    finally:
        # The file belongs to the caller: it must not be closed with the wrapper.
        text.detach()
    return count


def _formatted(chunk: list[Sequence[Any]], cells: list["_Written"]) -> Iterator[tuple[str, ...]]:
    """The texts of a chunk, a column at a time."""
    by_column = zip(*chunk, strict=True)
    written = (map(cell.__getitem__, values) for cell, values in zip(cells, by_column, strict=True))
    return zip(*written, strict=True)


class _Written(dict[Any, str]):
    """The texts of the values of one column; each distinct value is formatted once."""

    def __init__(self, write: Callable[[Any], str]) -> None:
        super().__init__({None: ""})
        self._write = write

    def __missing__(self, value: Any) -> str:
        text = self._write(value)
        if len(self) < REMEMBERED:
            self[value] = text
        return text


def _writer_of(column: Column, decimal: str) -> Callable[[Any], str]:
    kind, choice = column.kind, column.choice
    if choice is HourKind:
        return _hour_kind
    if choice is not None:
        return lambda code: _text(label_of(choice, code))
    if kind is ColumnType.HOURS:
        return lambda hours: hours_csv(hours, decimal)
    if kind is ColumnType.MONEY:
        return lambda cents: money_csv(cents, decimal)
    if kind is ColumnType.DECIMAL:
        return lambda value: _decimal(value, decimal)
    return _WRITERS.get(kind, _text)


def _text(value: Any) -> str:
    """A text, or an id, which is a text in files."""
    text = str(value)
    if not text.isprintable():
        # A line end of another kind stays one, as ``vocabulary.text.clean`` reads it.
        text = _UNWRITABLE.sub("", _BREAKS.sub("\n", text))
    return defused(text)


def _hour_kind(value: int | str) -> str:
    return HourKind.numbered(value).label if isinstance(value, int) else label_of(HourKind, value)


def _decimal(value: float | Fraction, decimal: str) -> str:
    """A figure rounded to two decimals, half away from zero."""
    hundredths = int(abs(Fraction(value)) * 100 + Fraction(1, 2))
    return csv_hundredths(-hundredths if value < 0 else hundredths, decimal)


def _date(value: Any) -> str:
    """A date as stored; what is none is a text like another."""
    if isinstance(value, str):
        return value if _ISO_DATE.fullmatch(value) else _text(value)
    return str(value.isoformat())


_WRITERS: dict[ColumnType, Callable[[Any], str]] = {
    ColumnType.MONTH: iso_month,
    ColumnType.DATE: _date,
    ColumnType.BIRTH: _date,
    ColumnType.FLAG: lambda value: "oui" if value else "non",
    ColumnType.INTEGER: lambda value: str(int(value)),
}
