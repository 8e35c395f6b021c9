"""Bases of any size for the tests of costs: rows are put straight into the tables."""

from pathlib import Path
from typing import NamedTuple

from builders import new_base, new_contract, new_eligibility, new_hours, new_person, new_placement
from suivi_tui.store import search
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Value, created, write

_PEOPLE = """
WITH RECURSIVE rank (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM rank WHERE n < :size)
INSERT INTO participant (id, reference, last, first, sex, commune)
SELECT n, printf('P%06d', n), printf('Nom%05d', (n * 7919) % :size), 'Camille', 'F', 'Valmont'
FROM rank
"""
_OTHERS = (
    "INSERT INTO eligibility (id, participant, rank, criterion, decision) "
    "SELECT 1000000 + id, id, 1, 'DELD', 'validee' FROM participant",
    "INSERT INTO buyer (id, name) VALUES (2000000, 'Ville de Valmont')",
    "INSERT INTO company (id, name, kind) VALUES (2000001, 'Bâtisseurs du Val', 'entreprise')",
    "INSERT INTO contract (id, buyer, number, stage, taken_up) "
    "SELECT 3000000 + id, 2000000, printf('M%06d', id), 'en_cours', 1 "
    "FROM participant WHERE id % 50 = 1",
    "INSERT INTO lot (id, contract, number) SELECT id + 1000000, id, '0' FROM contract",
    "INSERT INTO obligation (id, lot, company, start) "
    "SELECT id + 1000000, id, 2000001, '2026-01-01' FROM lot",
    "INSERT INTO work_contract (id, participant, employer) "
    "SELECT 6000000 + id, id, 2000001 FROM participant",
    "INSERT INTO placement (id, work_contract, obligation) "
    "SELECT 7000000 + id, 6000000 + id, 5000001 + 50 * ((id - 1) / 50) FROM participant",
    "INSERT INTO hour_entry (obligation, month, placement, kind, declared) "
    "SELECT 5000001 + 50 * ((id - 1) / 50), 202603, 7000000 + id, 1, 15167 FROM participant",
    "INSERT INTO batch (id, kind, label, made_on) SELECT 8000000 + id, 'saisie', "
    "'Heures saisies', '2026-03-31T10:00:00+00:00' FROM participant",
    "INSERT INTO journal (base, number, hlc, author, batch, entity, row, field, value) "
    "SELECT 9, 2 * id, 2 * id, 9, 8000000 + id, 'batch', CAST(8000000 + id AS TEXT), '+', '{}' "
    "FROM participant",
    "INSERT INTO journal (base, number, hlc, author, batch, entity, row, field, value) "
    "SELECT 9, 2 * id + 1, 2 * id + 1, 9, 8000000 + id, 'participant', CAST(id AS TEXT), '+', "
    "json_object('last', last) FROM participant",
)


def filled_base(folder: Path, size: int) -> Base:
    """A base of ``size`` people, hour lines and batches, one contract for 50 people."""
    base = new_base(folder, f"{size}.db")
    with base.door.transaction():
        base.connection.execute("PRAGMA defer_foreign_keys = ON")
        base.connection.execute(_PEOPLE, {"size": size})
        for statement in _OTHERS:
            base.connection.execute(statement)
        search.rebuild(base.connection)
    return base


def new_follow_up(base: Base, about: str, subject: int, **values: Value) -> int:
    """A call about a record on 5 January 2026; nothing is due unless ``due`` is given."""
    row = base.new_id()
    fields: dict[str, Value] = {"kind": "appel", "date": "2026-01-05", **values}
    write(
        base,
        [created("follow_up", row, {"entity": about, "subject": subject, **fields})],
        label="Essai : échange",
    )
    return row


class Site(NamedTuple):
    """A contract with one person on it."""

    buyer: int
    contract: int
    lot: int
    company: int
    obligation: int
    person: int
    placement: int


def new_site(base: Base, *months: int, number: str = "2026-01", last: str = "Exemple") -> Site:
    """A contract, a person placed on it, and a pending line of 100 h for each month."""
    market = new_contract(base, number=number)
    person = new_person(base, last=last)
    new_eligibility(base, person)
    placement = new_placement(base, market, person)
    for month in months:
        new_hours(base, placement, month, 100_00)
    return Site(*market, person, placement.placement)
