"""What an entry looks at before it writes: hour lines, statements, a record and its dependents."""

import sqlite3
from typing import Final, NamedTuple

from suivi_tui.store.schema import columns, remember
from suivi_tui.store.tables import JOURNALLED_NAMES
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month


class HourKey(NamedTuple):
    """What identifies an hour line; ``kind`` is ``HourKind.number``."""

    obligation: int
    month: Month
    placement: int
    kind: int


class StoredHours(NamedTuple):
    """What an hour line holds; ``validated`` is None while nothing is decided.

    ``spread`` is 1 for hours estimated from a larger total; ``corrects`` is the month that a
    negative line takes back.
    """

    declared: Hours
    validated: Hours | None
    refusal_reason: str
    comment: str
    spread: int = 0
    corrects: Month | None = None


class StoredStatement(NamedTuple):
    """A statement and where it stands."""

    id: int
    status: str


class Hired(NamedTuple):
    """A placement: its work contract, its obligation, and until when the person works."""

    work_contract: int
    obligation: int
    employer: int | None
    end: str | None


_HOURS = "declared, validated, refusal_reason, comment, spread, corrects FROM hour_entry"


def hour_line(connection: sqlite3.Connection, key: HourKey) -> StoredHours | None:
    """The living line of ``key``."""
    found = connection.execute(
        f"SELECT {_HOURS} WHERE obligation = ? AND month = ? AND placement = ? AND kind = ? "
        "AND removed = 0",
        key,
    ).fetchone()
    return StoredHours(*found) if found else None


def month_lines(
    connection: sqlite3.Connection, obligation: int, month: Month
) -> list[tuple[HourKey, StoredHours]]:
    """The living lines of an obligation in a month."""
    return [
        (HourKey(obligation, month, placement, kind), StoredHours(*values))
        for placement, kind, *values in connection.execute(
            f"SELECT placement, kind, {_HOURS} WHERE obligation = ? AND month = ? AND removed = 0",
            (obligation, month),
        )
    ]


SENT_BY: Final = (
    "(SELECT placement.id FROM work_contract AS work "
    "CROSS JOIN placement ON placement.work_contract = work.id WHERE work.employer = :sender "
    "UNION ALL SELECT placement.id FROM obligation "
    "CROSS JOIN placement ON placement.obligation = obligation.id "
    "CROSS JOIN work_contract AS work ON work.id = placement.work_contract "
    "AND work.employer IS NULL WHERE obligation.company = :sender)"
)
"""The placements that a company declares: of those it employs and, as a holder, of those whose
employer is not known."""


def sender_lines(
    connection: sqlite3.Connection, sender: int, month: Month
) -> list[tuple[HourKey, StoredHours]]:
    """The living lines of a month that a company declares, on every obligation."""
    return [
        (HourKey(obligation, month, placement, kind), StoredHours(*values))
        for obligation, placement, kind, *values in connection.execute(
            "SELECT hour_entry.obligation, hour_entry.placement, hour_entry.kind, declared, "
            f"validated, refusal_reason, comment, spread, corrects FROM {SENT_BY} AS sent "
            "CROSS JOIN hour_entry ON hour_entry.placement = sent.id "
            "AND hour_entry.month = :month AND hour_entry.removed = 0",
            {"sender": sender, "month": month},
        )
    ]


def months_of_placement(
    connection: sqlite3.Connection, placement: int, kind: int
) -> dict[Month, Hours]:
    """Hours declared by month for a placement and a kind of hours."""
    return {
        Month(month): Hours(declared)
        for month, declared in connection.execute(
            "SELECT month, sum(declared) FROM hour_entry WHERE placement = ? AND kind = ? "
            "AND removed = 0 GROUP BY month ORDER BY month",
            (placement, kind),
        )
    }


def statements(
    connection: sqlite3.Connection, obligation: int, month: Month
) -> dict[int | None, StoredStatement]:
    """The statements of an obligation for a month, by sender."""
    return {
        sender: StoredStatement(row, status)
        for row, sender, status in connection.execute(
            "SELECT id, sender, status FROM statement WHERE obligation = ? AND month = ? "
            "AND removed = 0 ORDER BY id DESC",
            (obligation, month),
        )
    }


def placement(connection: sqlite3.Connection, row: int) -> Hired | None:
    """What a placement serves."""
    found = connection.execute(
        "SELECT work_contract, obligation, employer, "
        'coalesce(placement."end", work_contract."end") FROM placement '
        "JOIN work_contract ON work_contract.id = work_contract WHERE placement.id = ?",
        (row,),
    ).fetchone()
    return Hired(*found) if found else None


def placement_of(connection: sqlite3.Connection, work_contract: int, obligation: int) -> int | None:
    """The placement that already joins a work contract and an obligation."""
    found = connection.execute(
        "SELECT min(id) FROM placement WHERE work_contract = ? AND obligation = ? AND removed = 0",
        (work_contract, obligation),
    ).fetchone()
    return found[0] if found else None


def record(
    connection: sqlite3.Connection, entity: str, row: int
) -> dict[str, str | int | None] | None:
    """The fields of a living row by name; KeyError for a table that is not journalled."""
    if entity not in JOURNALLED_NAMES:
        raise KeyError(entity)
    names = list(columns(connection, entity))
    listed = ", ".join(f'"{name}"' for name in names)
    found = connection.execute(
        f"SELECT {listed} FROM {entity} WHERE id = ? AND removed = 0", (row,)
    ).fetchone()
    return dict(zip(names, found, strict=True)) if found else None


def _children(connection: sqlite3.Connection, parent: str) -> list[tuple[str, str]]:
    """(table, column) of the foreign keys towards ``parent``."""
    return remember(
        connection,
        ("children", parent),
        lambda: [
            (child, key[3])
            for child in JOURNALLED_NAMES
            for key in connection.execute(f"PRAGMA foreign_key_list({child})").fetchall()
            if key[2] == parent
        ],
    )


def dependents(connection: sqlite3.Connection, entity: str, row: int) -> list[tuple[str, str, int]]:
    """(table, column, id) of the living rows that refer to a row; the id of an hour line is 0."""
    found: list[tuple[str, str, int]] = []
    for child, column in _children(connection, entity):
        name = "0" if child == "hour_entry" else "id"
        found += (
            (child, column, number)
            for (number,) in connection.execute(
                f'SELECT {name} FROM {child} WHERE "{column}" = ? AND removed = 0 LIMIT 1000',
                (row,),
            )
        )
    return found


def open_data_holders(connection: sqlite3.Connection, contract: int) -> list[tuple[int, int, str]]:
    """(lot, company, role) of the companies on a contract that have no obligation there yet."""
    return connection.execute(
        "SELECT lot.id, lot_company.company, lot_company.role FROM lot "
        "JOIN lot_company ON lot_company.lot = lot.id AND lot_company.removed = 0 "
        "WHERE lot.contract = ? AND lot.removed = 0 AND NOT EXISTS (SELECT 1 FROM obligation "
        "WHERE obligation.lot = lot.id AND obligation.company = lot_company.company "
        "AND obligation.removed = 0) ORDER BY lot.id, lot_company.id",
        (contract,),
    ).fetchall()


def identities(connection: sqlite3.Connection, entity: str) -> list[tuple[int, str, str | None]]:
    """(id, name, SIRET) of every buyer or company."""
    if entity not in ("buyer", "company"):
        raise KeyError(entity)
    return connection.execute(
        f"SELECT id, name, siret FROM {entity} WHERE removed = 0 ORDER BY id"
    ).fetchall()
