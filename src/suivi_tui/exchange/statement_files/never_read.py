"""What must not enter a base, wherever it is found: social security and allowance numbers.

Such a column is told by its heading or by its cells (``design.md`` 8, ``domain.md`` 9).
"""

from collections.abc import Iterable

# The headings that are never read are those of our own imports.
from suivi_tui.exchange.columns import NEVER_READ, normal_header
from suivi_tui.exchange.statement_files.cell_values import text_of
from suivi_tui.exchange.statement_files.workbook import CellValue
from suivi_tui.vocabulary.identifiers import looks_like_nir
from suivi_tui.vocabulary.numbers import NBSP

NOT_READ_COLUMN = (
    "cette colonne n'a pas été lue, exprès"
    f"{NBSP}: ni numéro de sécurité sociale ou d'allocataire, ni nationalité"
    " n'entrent dans la base"
)
NOT_READ_CELL = f"le texte ressemble à un numéro de sécurité sociale{NBSP}: il n'a pas été lu"

_SHARE = 5  # one cell in five is enough: most people are missing from such columns


def names_never_read(heading: str) -> bool:
    """Whether a heading names a number that must never be read."""
    return bool(NEVER_READ.search(normal_header(heading)))


def holds_never_read(values: Iterable[CellValue]) -> bool:
    """Whether the cells of a column are social security numbers, written as texts or numbers."""
    filled = found = 0
    for value in values:
        text = text_of(value)
        if text:
            filled += 1
            found += looks_like_nir(text)
    return bool(found) and found * _SHARE >= filled
