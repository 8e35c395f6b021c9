"""What was changed, by whom, from which installation; the backups made."""

from typing import Any, NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import Key, Listing, Page, id_list, read_page
from suivi_tui.store.queries.words import typed_words
from suivi_tui.vocabulary.choices import BatchKind
from suivi_tui.vocabulary.text import fold

LOOKED_AT = 5_000
"""A filter looks at the labels of so many batches, the latest: it costs the same in any base."""

# The lines of a batch are numbered without a gap by the installation that wrote them: the first
# and the last say how many there are, whatever their number.
_BATCHES = Listing(
    columns=(
        "batch.id, batch.kind, batch.label, batch.made_on, coalesce(author.name, ''), "
        "coalesce(author.structure, ''), coalesce(base.name, ''), "
        "coalesce(source_file.name, ''), batch.undone_by, "
        "(SELECT number FROM journal WHERE journal.batch = batch.id "
        "ORDER BY base DESC, number DESC LIMIT 1) - (SELECT number FROM journal "
        "WHERE journal.batch = batch.id ORDER BY base, number LIMIT 1)"
    ),
    source=(
        "batch LEFT JOIN journal AS birth ON birth.entity = 'batch' "
        "AND birth.row = CAST(batch.id AS TEXT) AND birth.field = '+' "
        "LEFT JOIN author ON author.id = birth.author LEFT JOIN base ON base.id = birth.base "
        "LEFT JOIN source_file ON source_file.id = batch.source_file"
    ),
    orders={"made": ("batch.id",)},
)


class BatchRow(NamedTuple):
    """Changes saved together. ``made_on`` is ISO, in universal time; ``lines`` counts changes;
    ``undone_by`` is the batch that took it back."""

    key: Key
    batch: int
    kind: str
    label: str
    made_on: str
    author: str
    structure: str
    installation: str
    source_file: str
    undone_by: int | None
    lines: int


def batches_page(
    connection: Connection,
    page: Page | None = None,
    *,
    kind: BatchKind | None = None,
    descending: bool = True,
    filter: str = "",
) -> list[BatchRow]:
    """A page of batches, the latest first unless told otherwise.

    A filter keeps those whose label holds every word typed, accents aside (see ``LOOKED_AT``).
    """
    where, values = ["batch.removed = 0"], list[Any]()
    if kind is not None:
        where.append("batch.kind = ?")
        values.append(kind.value)
    if words := typed_words(filter):
        where.append("batch.id IN (SELECT value FROM json_each(?))")
        values.append(id_list(_labelled(connection, words)))
    rows = read_page(connection, _BATCHES, page or Page(), "made", descending, where, values)
    return [_batch(key, row) for key, row in rows]


def _labelled(connection: Connection, words: list[str]) -> list[int]:
    latest = connection.execute(
        "SELECT id, label FROM batch WHERE removed = 0 ORDER BY id DESC LIMIT ?", (LOOKED_AT,)
    )
    folded = ((batch, fold(label)) for batch, label in latest)
    return [batch for batch, label in folded if all(word in label for word in words)]


def _batch(key: Key, row: tuple[Any, ...]) -> BatchRow:
    # An undo also notes, on the batch it took back, that it was undone: no change of the records.
    own = 1 if row[1] == BatchKind.UNDO.value else 0
    return BatchRow._make((key, *row[:-1], max((row[-1] or 0) - own, 0)))


class JournalRow(NamedTuple):
    """One line of the journal: a field that changed; ``value`` is JSON text.

    ``field`` is a column, ``+`` (a whole new row) or ``-`` (removed).
    """

    key: Key
    base: int
    number: int
    hlc: int
    batch: int
    entity: str
    row: str
    field: str
    value: str | None


_LINES = Listing(
    columns="base, number, hlc, batch, entity, row, field, value",
    source="journal",
    orders={"written": ("base", "number")},
)


def lines_page(
    connection: Connection, batch: int, page: Page | None = None, *, descending: bool = False
) -> list[JournalRow]:
    """A page of the changes of a batch, in the order they were written."""
    rows = read_page(
        connection,
        _LINES,
        page or Page(),
        "written",
        descending,
        ["journal.batch = ?", "journal.entity <> 'batch'"],
        [batch],
    )
    return [JournalRow._make((key, *row)) for key, row in rows]


def value_before(
    connection: Connection, entity: str, row: str, field: str, hlc: int
) -> tuple[str, str | None] | None:
    """(field, JSON value) of the last line that gave this field a value before ``hlc``.

    The field is ``+`` when the value lies in the whole row; None when the row did not exist.
    """
    found: tuple[str, str | None] | None = connection.execute(
        "SELECT field, value FROM journal WHERE entity = ? AND row = ? AND hlc < ? "
        "AND field IN (?, '+') ORDER BY hlc DESC, base DESC LIMIT 1",
        (entity, row, hlc, field),
    ).fetchone()
    return found


class RowLine(NamedTuple):
    """One line of the history of a row, with who wrote it, when and from where."""

    hlc: int
    field: str
    value: str | None
    batch: int
    kind: str
    label: str
    made_on: str
    undone_by: int | None
    author: str
    structure: str
    installation: str
    source_file: str


def lines_of_row(connection: Connection, entity: str, row: str) -> list[RowLine]:
    """Everything ever written about one row, the oldest first."""
    return [
        RowLine(*line)
        for line in connection.execute(
            "SELECT journal.hlc, journal.field, journal.value, journal.batch, "
            "coalesce(batch.kind, ''), coalesce(batch.label, ''), coalesce(batch.made_on, ''), "
            "batch.undone_by, coalesce(author.name, ''), coalesce(author.structure, ''), "
            "coalesce(base.name, ''), coalesce(source_file.name, '') FROM journal "
            "LEFT JOIN batch ON batch.id = journal.batch "
            "LEFT JOIN author ON author.id = journal.author "
            "LEFT JOIN base ON base.id = journal.base "
            "LEFT JOIN source_file ON source_file.id = batch.source_file "
            "WHERE journal.entity = ? AND journal.row = ? ORDER BY journal.hlc, journal.base",
            (entity, row),
        )
    ]


class BackupRow(NamedTuple):
    """A verified backup: where, when (ISO), how many lines of the journal it holds."""

    backup: int
    path: str
    made_at: str
    lines: int
    sha256: str


def backups(connection: Connection, limit: int = 50) -> list[BackupRow]:
    """The latest backups, the last one first."""
    return [
        BackupRow(*row)
        for row in connection.execute(
            "SELECT id, path, made_at, lines, sha256 FROM backup_log ORDER BY id DESC LIMIT ?",
            (limit,),
        )
    ]
