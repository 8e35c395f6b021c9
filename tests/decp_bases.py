"""Bases filled from small files of open data, and what they then hold, without any id."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from decp_samples import TODAY
from suivi_tui.actions.import_decp import import_decp
from suivi_tui.actions.import_report import ImportReport
from suivi_tui.store.base import Base, create_base

Rows = list[tuple[Any, ...]]

_CONTENT = {
    "buyers": "SELECT name, siret FROM buyer WHERE removed = 0",
    "companies": "SELECT name, siret FROM company WHERE removed = 0",
    "contracts": (
        "SELECT buyer.siret, number, object, clause_form, category, nature, procedure, cpv, "
        'amount_cents, place, notified_on, start, "end", stage, taken_up '
        "FROM contract JOIN buyer ON buyer.id = contract.buyer WHERE contract.removed = 0"
    ),
    "lots": (
        "SELECT contract.number, lot.number, title, lot.cpv, lot.amount_cents "
        "FROM lot JOIN contract ON contract.id = lot.contract WHERE lot.removed = 0"
    ),
    "holders": (
        "SELECT contract.number, lot.number, coalesce(company.siret, company.name), role "
        "FROM lot_company JOIN lot ON lot.id = lot_company.lot "
        "JOIN contract ON contract.id = lot.contract "
        "JOIN company ON company.id = lot_company.company WHERE lot_company.removed = 0"
    ),
    "events": (
        "SELECT contract.number, lot.number, date, kind, contract_event.amount_cents, months, "
        "reason FROM contract_event JOIN contract ON contract.id = contract_event.contract "
        "JOIN lot ON lot.id = contract_event.lot WHERE contract_event.removed = 0"
    ),
    "seen": "SELECT source_key, fingerprint, published_on FROM record_seen WHERE removed = 0",
}


@contextmanager
def new_base(folder: Path) -> Iterator[Base]:
    with create_base(folder / "base.db", author="Alix Essai") as base:
        yield base


def bring(base: Base, *records: dict[str, Any], **asked: Any) -> ImportReport:
    """Import some records as one file; ``read`` is always the sum of the four counts."""
    path = base.path.with_name("decp.json")
    path.write_text(json.dumps({"marches": {"marche": list(records)}}), encoding="utf-8")
    return bring_file(base, path, **asked)


def bring_file(base: Base, path: Path, **asked: Any) -> ImportReport:
    report = import_decp(base, path, today=TODAY, **asked)
    assert report.read == sum(counts(report))
    return report


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    """Created, changed, unchanged, left out."""
    return report.created, report.changed, report.unchanged, report.left_out


def told(report: ImportReport) -> list[tuple[str, str]]:
    """Field and message of the warnings, with plain spaces."""
    return [(each.field, each.message.replace("\u00a0", " ")) for each in report.warnings]


def rows(base: Base, what: str) -> Rows:
    """Some of what the base holds, in an order of its own."""
    return sorted(base.connection.execute(_CONTENT[what]).fetchall(), key=repr)


def row(base: Base, what: str) -> tuple[Any, ...]:
    (found,) = rows(base, what)
    return found


def contract_row(base: Base) -> dict[str, Any]:
    """The fields of the only contract."""
    cursor = base.connection.execute("SELECT * FROM contract WHERE removed = 0")
    names = [column[0] for column in cursor.description]
    (found,) = cursor.fetchall()
    return dict(zip(names, found, strict=True))


def content(base: Base) -> dict[str, Rows]:
    """All that open data can bring in."""
    return {what: rows(base, what) for what in _CONTENT}


def journal_size(base: Base) -> int:
    return int(base.connection.execute("SELECT count(*) FROM journal").fetchone()[0])
