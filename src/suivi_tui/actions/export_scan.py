"""Before an export: do its free texts speak of health or justice, or hold a NIR?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from suivi_tui.exchange.syntheses.catalogue import FOLDER
from suivi_tui.rules.privacy_scan import SensitiveMatter, scan, sensitive_matters
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.free_texts import FREE_TEXTS, texts_of
from suivi_tui.vocabulary.identifiers import looks_like_nir
from suivi_tui.vocabulary.text import fold

_TABLES = {"heures": ("hour_entry",), FOLDER: tuple(FREE_TEXTS)}
# Columns of screens where people write what they like; elsewhere « prison » is a building site.
_FREE_TITLES = ("comment", "texte", "echange", "avis", "motif", "note", "remarque", "est dit")


def sensitive_texts(
    connection: Connection, name: str, nominative: bool
) -> dict[SensitiveMatter, int]:
    """How many free texts of an export speak of each matter; none go out without the names."""
    if not nominative:
        return {}
    return scan(_texts(connection, _TABLES.get(name, ())))


def _texts(connection: Connection, tables: Iterable[str]) -> Iterator[str]:
    for table in tables:
        yield from texts_of(connection, table)


def sensitive_cells(
    titles: Sequence[str], rows: Iterable[Sequence[str]]
) -> dict[SensitiveMatter, int]:
    """The same for the cells of a list shown on screen: free texts, and a NIR anywhere."""
    free = [any(word in fold(title) for word in _FREE_TITLES) for title in titles]
    found: Counter[SensitiveMatter] = Counter()
    for row in rows:
        for place, cell in enumerate(row[: len(free)]):
            if free[place]:
                found.update(sensitive_matters(cell))
            elif looks_like_nir(cell):
                found[SensitiveMatter.NIR] += 1
    return dict(found)
