"""What a blank form of one sender and month holds: its lots, its own people and nobody else."""

from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.choices import Mode
from suivi_tui.vocabulary.months import Month, first_day, last_day


class SenderRow(NamedTuple):
    """A company that may be asked for a statement."""

    company: int
    name: str
    siret: str | None


class EmployedRow(NamedTuple):
    """Someone the sender employs on an obligation in the month; dates are ISO text."""

    placement: int
    obligation: int
    participant: int
    last: str
    first: str
    birth: str | None
    type: str
    start: str | None
    end: str | None


class LotRole(NamedTuple):
    """A lot that a company works on; ``parent`` is the company it works for, if that is said."""

    lot: int
    parent: int | None


def companies(connection: Connection) -> list[SenderRow]:
    """Every company, by name."""
    return [
        SenderRow(*row)
        for row in connection.execute(
            "SELECT id, name, siret FROM company WHERE removed = 0 ORDER BY name COLLATE NOCASE, id"
        )
    ]


def company(connection: Connection, row: int) -> SenderRow | None:
    """One company; None when it does not exist or was removed."""
    found = connection.execute(
        "SELECT id, name, siret FROM company WHERE id = ? AND removed = 0", (row,)
    ).fetchone()
    return SenderRow(*found) if found else None


_EMPLOYED = (
    "SELECT placement.id, placement.obligation, participant.id, participant.last, "
    "participant.first, participant.birth, work.type, "
    "coalesce(nullif(placement.start, ''), work.start), "
    'coalesce(nullif(placement."end", \'\'), work."end") '
)
_PERSON = "CROSS JOIN participant ON participant.id = work.participant AND participant.removed = 0 "
_OWN = (
    _EMPLOYED + "FROM work_contract AS work "
    "CROSS JOIN placement ON placement.work_contract = work.id AND placement.removed = 0 "
    f"{_PERSON}WHERE work.employer = ? AND work.removed = 0"
)
# Hired directly on an obligation that the sender owes, by an employer that nobody wrote down.
_DIRECT = (
    _EMPLOYED + "FROM obligation "
    "CROSS JOIN placement ON placement.obligation = obligation.id AND placement.removed = 0 "
    "CROSS JOIN work_contract AS work ON work.id = placement.work_contract "
    f"AND work.removed = 0 AND work.employer IS NULL AND work.mode = '{Mode.DIRECT.value}' "
    f"{_PERSON}WHERE obligation.company = ? AND obligation.removed = 0"
)


def employed(connection: Connection, sender: int, month: Month) -> list[EmployedRow]:
    """Who works for a sender in a month, by name: its own people, never those of another."""
    opening, closing = first_day(month).isoformat(), last_day(month).isoformat()
    found = [
        EmployedRow(*row)
        for sql in (_OWN, _DIRECT)
        for row in connection.execute(sql, (sender,)).fetchall()
    ]
    here = [row for row in found if (row.start or "") <= closing and (row.end or "9999") >= opening]
    return sorted(here, key=lambda row: (row.last.lower(), row.first.lower(), row.placement))


def lots_of(connection: Connection, sender: int) -> list[LotRole]:
    """The lots that a company is known to work on."""
    return [
        LotRole(*row)
        for row in connection.execute(
            "SELECT own.lot, above.company FROM lot_company AS own "
            "LEFT JOIN lot_company AS above ON above.id = own.parent AND above.removed = 0 "
            "WHERE own.company = ? AND own.removed = 0 ORDER BY own.lot",
            (sender,),
        )
    ]
