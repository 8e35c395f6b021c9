"""Where imported hours come from: the file, its fingerprint, the sheet and the line."""

from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list

_BATCH = (
    "SELECT batch.made_on FROM journal CROSS JOIN batch ON batch.id = journal.batch "
    "WHERE journal.entity = 'source_file' AND journal.row = CAST(source_file.id AS TEXT) "
    "AND journal.field = '+' LIMIT 1"
)
OF_HOURS = (
    "SELECT source_file.name, source_line.sheet, source_line.line, source_file.sha256, "
    f"source_line.hours, coalesce(({_BATCH}), ''), source_file.id "
    "FROM source_line CROSS JOIN source_file ON source_file.id = source_line.file "
    "WHERE source_line.obligation = ? AND source_line.month = ? AND source_line.placement = ? "
    "AND source_line.kind = ? AND source_line.removed = 0 AND source_file.removed = 0 "
    "ORDER BY source_line.id"
)
SOURCED = (
    "SELECT source_line.id, source_line.obligation, source_line.month, source_line.placement, "
    "source_line.kind, source_line.hours, source_line.sheet, source_line.line, source_file.name, "
    "source_file.sha256 "
    "FROM json_each(:ids) AS wanted CROSS JOIN source_line "
    "ON source_line.obligation = wanted.value AND source_line.month BETWEEN :first AND :last "
    "CROSS JOIN source_file ON source_file.id = source_line.file "
    "WHERE source_line.removed = 0 AND source_file.removed = 0 ORDER BY source_line.id"
)
FILES = (
    "SELECT source_file.id, source_file.name, source_file.sha256, (SELECT count(*) FROM "
    "(SELECT DISTINCT obligation, month, placement, kind FROM source_line "
    "WHERE source_line.file = source_file.id AND source_line.removed = 0)) "
    "FROM source_file WHERE source_file.removed = 0 ORDER BY source_file.id"
)


class ProofRow(NamedTuple):
    """A place of a file that brought hours, in hundredths; ``imported_on`` is an ISO moment."""

    file: str
    sheet: str
    line: int
    sha256: str
    hours: int
    imported_on: str
    file_id: int


class SourcedRow(NamedTuple):
    """What a place of a file brought to an hour line."""

    id: int
    obligation: int
    month: int
    placement: int
    kind: int
    hours: int
    sheet: str
    line: int
    file: str
    sha256: str

    @property
    def key(self) -> tuple[int, int, int, int]:
        """The hour line: obligation, month, placement, kind."""
        return self[1:5]


class ProofFile(NamedTuple):
    """A file that was imported, and how many hour lines come from it."""

    id: int
    name: str
    sha256: str
    lines: int


def of_hours(
    connection: Connection, obligation: int, month: int, placement: int, kind: int
) -> list[ProofRow]:
    """The places of files that an hour line comes from, the first imported first."""
    rows = connection.execute(OF_HOURS, (obligation, month, placement, kind))
    return [ProofRow._make(row) for row in rows]


def sourced(
    connection: Connection, obligations: Iterable[int], first: int, last: int
) -> list[SourcedRow]:
    """What files brought to the hours of obligations in some months."""
    rows = connection.execute(SOURCED, {"ids": id_list(obligations), "first": first, "last": last})
    return [SourcedRow._make(row) for row in rows]


def files(connection: Connection) -> list[ProofFile]:
    """Every file that was imported and not taken back."""
    return [ProofFile._make(row) for row in connection.execute(FILES)]
