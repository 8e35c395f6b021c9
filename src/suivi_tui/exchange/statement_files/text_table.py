"""The rows of a text table (``.csv``, ``.txt``) as they stand, before anything is known of them.

Unlike our own files, the first row is often a title: the separator is judged on many rows.
"""

import csv
import io
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from suivi_tui.exchange.csv_file import (
    MAX_COLUMNS,
    MAX_LINES,
    SEPARATORS,
    UnreadableFile,
    open_csv,
)
from suivi_tui.vocabulary.numbers import format_number

_SAMPLE_ROWS = 200
_SAMPLE_CHARACTERS = 1 << 18


def read_text_rows(path: Path) -> tuple[tuple[str, ...], ...]:
    """Every row of the file, blank ones included so that places are those of a spreadsheet.

    Encoding and caps are those of :func:`~suivi_tui.exchange.csv_file.open_csv`. Raises
    :class:`~suivi_tui.exchange.csv_file.UnreadableFile`.
    """
    file = open_csv(path)
    number = 0
    rows: list[tuple[str, ...]] = []
    try:
        with path.open(encoding=file.encoding, newline="") as text:
            if file.sep_line:
                text.readline()
                separator = file.separator
            else:
                separator = _separator(text.read(_SAMPLE_CHARACTERS))
                text.seek(0)
            for number, row in enumerate(csv.reader(text, delimiter=separator, strict=True), 1):
                if number > MAX_LINES:
                    raise UnreadableFile(
                        path.name,
                        f"il dépasse {format_number(MAX_LINES)} lignes",
                        "partagez-le en plusieurs fichiers",
                    )
                if len(row) > MAX_COLUMNS:
                    raise UnreadableFile(
                        path.name,
                        f"il dépasse {MAX_COLUMNS} colonnes",
                        "retirez les colonnes inutiles",
                    )
                rows.append(tuple(row))
    except csv.Error as error:
        raise UnreadableFile(
            path.name,
            f"après la ligne {number}, un guillemet n'est pas refermé ou est mal placé",
            "corrigez cette ligne puis recommencez",
        ) from error
    except (UnicodeDecodeError, OSError) as error:
        raise UnreadableFile(
            path.name, "ce n'est pas un fichier de texte", "enregistrez-le au format .xlsx"
        ) from error
    return tuple(rows)


def _separator(sample: str) -> str:
    """The separator of most rows; a comma, which also cuts decimals and names, comes last."""
    lines = [
        line
        for line in islice(io.StringIO(sample), _SAMPLE_ROWS)
        if any(separator in line for separator in SEPARATORS)
    ]
    best: Sequence[str] = [
        separator
        for separator in SEPARATORS
        if 2 * sum(separator in line for line in lines) >= len(lines)
    ]
    return best[0] if lines and best else SEPARATORS[0]
