"""Reading a CSV table: bytes in, rectangular rows out, with caps and without surprises.

Encoding and separator are found, never asked. A file is read twice, block by block: once to know
what it is (text or not, which encoding, its fingerprint), once to read its rows. Caps and
strictness: ``reliability.md`` 4.3.
"""

import codecs
import csv
import hashlib
import io
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TextIO

from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP, format_number
from suivi_tui.vocabulary.text import clean

MAX_BYTES = 50_000_000
MAX_LINES = 250_000
MAX_COLUMNS = 200
BLOCK = 1 << 20
SAMPLE = 1 << 16
# Few enough rows to stay in the processor's cache while each column is gone through.
CHUNK = 200

# In the order of preference when a header holds as many of each.
SEPARATORS = (";", "\t", ",")
_SEP_LINE = re.compile(r'"?sep=([;,\t])"?\s*', re.IGNORECASE)


class UnreadableFile(UserError):
    """The whole file is refused; nothing of it is read."""

    def __init__(self, name: str, cause: str, remedy: str) -> None:
        super().__init__(
            f"Le fichier «{NBSP}{clean(name)}{NBSP}» n'a pas été lu{NBSP}: {cause}{NBSP}; "
            f"la base est inchangée, {remedy}."
        )


class Chunk(NamedTuple):
    """Some rows, as wide as the header, each with its number in the file.

    ``left_out`` holds the numbers of rows whose cells cannot be attributed, with the reason.
    """

    numbers: list[int]
    rows: list[list[str]]
    left_out: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A CSV file that was inspected and can be read as many times as wanted.

    ``header_number`` is the number of the header as a spreadsheet counts rows (a row that spans
    several lines of text counts once, Excel's ``sep=`` line is not shown). ``sha256`` is the
    fingerprint of the bytes.
    """

    path: Path
    sha256: str
    encoding: str
    separator: str
    sep_line: bool
    header: tuple[str, ...]
    header_number: int
    ends_with_newline: bool

    @property
    def name(self) -> str:
        """The name of the file, without its folder."""
        return self.path.name

    def chunks(self, size: int = CHUNK) -> Iterator[Chunk]:
        """The rows under the header, ``size`` at a time.

        Raises :class:`UnreadableFile` at the first quote that is not closed, at bytes that are
        not text, or past the caps: a caller writes nothing before it has seen the end.
        """
        squared = _Squared(self)
        first = 1
        header_rows = self.header_number
        for rows in _raw_rows(self, size):
            _check_caps(self.name, first + len(rows) - 1 - header_rows, rows)
            skipped = min(header_rows - first + 1, len(rows)) if first <= header_rows else 0
            yield squared.chunk(first + skipped, rows[skipped:] if skipped else rows)
            first += len(rows)
        if last := squared.cut_row():
            yield last


class _Squared:
    """Makes rows as wide as the header, and keeps back a last row that seems cut."""

    def __init__(self, file: CsvFile) -> None:
        self._width = len(file.header)
        self._may_be_cut = not file.ends_with_newline
        self._all_full = True
        self._seen = 0
        self._held: tuple[int, list[str]] | None = None

    def chunk(self, first: int, rows: list[list[str]]) -> Chunk:
        width = self._width
        if self._held is None and set(map(len, rows)) <= {width} and all(map(any, rows)):
            self._seen += len(rows)
            return Chunk(list(range(first, first + len(rows))), rows, [])
        chunk = Chunk([], [], [])
        if self._held is not None:  # it was not the last row after all
            self._add(chunk, *self._held)
            self._held = None
        for number, row in enumerate(rows, first):
            if not any(map(str.strip, row)):
                continue
            alone = len(row) < width and self._all_full and self._seen
            if self._may_be_cut and alone and number == first + len(rows) - 1:
                self._held = (number, row)
                continue
            self._add(chunk, number, row)
        return chunk

    def _add(self, chunk: Chunk, number: int, row: list[str]) -> None:
        width = self._width
        self._seen += 1
        if len(row) != width:
            self._all_full = False
        if any(map(str.strip, row[width:])):
            # Most often a decimal comma between commas: every cell after it would be shifted.
            chunk.left_out.append(
                (
                    number,
                    f"la ligne a plus de cellules que l'en-tête{NBSP}: "
                    "un texte qui contient le séparateur doit être entre guillemets",
                )
            )
            return
        chunk.numbers.append(number)
        chunk.rows.append((row + [""] * (width - len(row)))[:width])

    def cut_row(self) -> Chunk | None:
        """The last row, when it is the only one that lacks cells and no line end closes it."""
        if self._held is None:
            return None
        reason = f"la dernière ligne est coupée{NBSP}: le fichier est sans doute incomplet"
        return Chunk([], [], [(self._held[0], reason)])


def open_csv(path: Path) -> CsvFile:
    """Inspect the file at ``path``; raises :class:`UnreadableFile` when it is not a CSV table."""
    encoding, sha256, ends_with_newline = _inspect(path)
    with _text(path, encoding) as text:
        try:
            sample = text.read(SAMPLE)
        except UnicodeDecodeError as error:
            raise _not_text(path.name) from error
    sep_line = _SEP_LINE.fullmatch(sample.split("\n", 1)[0])
    if sep_line:
        sample = sample.split("\n", 1)[1] if "\n" in sample else ""
    separator = sep_line.group(1) if sep_line else _separator(sample)
    number, header = _header(path.name, sample, separator)
    return CsvFile(
        path=path,
        sha256=sha256,
        encoding=encoding,
        separator=separator,
        sep_line=sep_line is not None,
        header=tuple(header),
        header_number=number,
        ends_with_newline=ends_with_newline,
    )


def _inspect(path: Path) -> tuple[str, str, bool]:
    """Encoding, fingerprint, and whether the last byte ends a line."""
    name = path.name
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    start = last = b""
    size = 0
    utf8 = accents = False
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableFile(name, "ce n'est pas un fichier", "indiquez un fichier CSV")
        with path.open("rb") as file:
            utf8 = True
            while block := file.read(BLOCK):
                start = start or block[:4]
                last = block
                size += len(block)
                digest.update(block)
                if size > MAX_BYTES:
                    raise UnreadableFile(
                        name, f"il dépasse 50{NBSP}Mo", "partagez-le en plusieurs fichiers"
                    )
                if b"\0" in block:
                    raise _not_text(name, start)
                if utf8:
                    utf8, accents = _still_utf8(name, decoder, block, accents)
            if utf8:
                utf8, accents = _still_utf8(name, decoder, b"", accents, final=True)
    except OSError as error:
        raise UnreadableFile(
            name, _why_not_opened(error), "vérifiez son nom et son dossier"
        ) from error
    bom = start.startswith(codecs.BOM_UTF8)
    if not size or (bom and size == len(codecs.BOM_UTF8)):
        raise _empty(name)
    if bom and not utf8:
        raise _mixed(name)
    encoding = "utf-8-sig" if bom else "utf-8" if utf8 else "cp1252"
    return encoding, digest.hexdigest(), last.endswith((b"\n", b"\r"))


def _still_utf8(
    name: str,
    decoder: codecs.IncrementalDecoder,
    block: bytes,
    accents: bool,
    final: bool = False,
) -> tuple[bool, bool]:
    """Whether the file is still UTF-8 after ``block``, and whether accents were seen in it.

    Real UTF-8 accents followed by bytes that are not UTF-8 mean a damaged or cut file: reading
    it as cp1252 would garble every name without a word.
    """
    try:
        text = decoder.decode(block, final)
    except UnicodeDecodeError as error:
        if accents or not error.object[: error.start].isascii():
            raise _mixed(name) from error
        return False, accents
    return True, accents or not text.isascii()


def _why_not_opened(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "il n'existe pas"
    if isinstance(error, PermissionError):
        return "vous n'avez pas le droit de le lire"
    return "le disque ou le dossier ne répond pas"


def _not_text(name: str, start: bytes = b"") -> UnreadableFile:
    if start.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return UnreadableFile(
            name, "c'est un classeur de tableur", "enregistrez-le au format CSV puis recommencez"
        )
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return UnreadableFile(
            name, "il est encodé en UTF-16", "enregistrez-le au format CSV UTF-8 puis recommencez"
        )
    return UnreadableFile(
        name, "ce n'est pas un fichier de texte", "enregistrez le tableau au format CSV"
    )


def _mixed(name: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        "il est coupé ou mêle deux encodages",
        "enregistrez-le de nouveau au format CSV UTF-8 puis recommencez",
    )


def _empty(name: str) -> UnreadableFile:
    return UnreadableFile(name, "il est vide", "choisissez un autre fichier")


def _text(path: Path, encoding: str) -> TextIO:
    try:
        return path.open(encoding=encoding, newline="")
    except OSError as error:
        raise UnreadableFile(
            path.name, _why_not_opened(error), "vérifiez son nom et son dossier"
        ) from error


def _separator(sample: str) -> str:
    """The separator that cuts the first row that is not empty into the most cells."""

    def cells(separator: str) -> int:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        try:
            return next((len(row) for row in reader if any(row)), 0)
        except csv.Error:
            return 0

    return max(SEPARATORS, key=cells)


def _header(name: str, sample: str, separator: str) -> tuple[int, list[str]]:
    """The first row that is not empty, with its number."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            if any(map(str.strip, row)):
                if len(row) > MAX_COLUMNS:
                    raise _too_wide(name)
                return number, row
    except csv.Error as error:
        raise _unclosed(name, number + 1) from error
    raise _empty(name)


def _raw_rows(file: CsvFile, size: int) -> Iterator[list[list[str]]]:
    """The rows from the first one on, header included, ``size`` at a time."""
    number = 0
    rows: list[list[str]] = []
    with _text(file.path, file.encoding) as text:
        if file.sep_line:
            text.readline()
        reader = csv.reader(text, delimiter=file.separator, strict=True)
        while True:
            rows = []
            try:
                rows.extend(islice(reader, size))
            except csv.Error as error:
                raise _unclosed(file.name, number + len(rows) + 1) from error
            except UnicodeDecodeError as error:
                raise _not_text(file.name) from error
            except OSError as error:
                raise UnreadableFile(
                    file.name, _why_not_opened(error), "vérifiez le disque"
                ) from error
            if not rows:
                return
            number += len(rows)
            yield rows


def _check_caps(name: str, lines: int, rows: list[list[str]]) -> None:
    if lines > MAX_LINES:
        raise UnreadableFile(
            name,
            f"il dépasse {format_number(MAX_LINES)} lignes",
            "partagez-le en plusieurs fichiers",
        )
    if max(map(len, rows)) > MAX_COLUMNS:
        raise _too_wide(name)


def _too_wide(name: str) -> UnreadableFile:
    return UnreadableFile(
        name, f"il dépasse {MAX_COLUMNS} colonnes", "retirez les colonnes inutiles"
    )


def _unclosed(name: str, number: int) -> UnreadableFile:
    return UnreadableFile(
        name,
        f"à la ligne {number}, un guillemet n'est pas refermé ou est mal placé",
        "corrigez cette ligne puis recommencez",
    )
