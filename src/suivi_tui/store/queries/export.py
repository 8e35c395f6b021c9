"""What is written in files: contracts, people and hours, row by row, in an order that never varies.

Rows are read as they are written, never held together; ``columns`` in the order of
``exchange.columns_*``.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

from suivi_tui.rules.owing import Owing
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.owing import PLAIN_FORMULAS, read_owing

Row: TypeAlias = tuple[Any, ...]

NO_NUMBER = "sans-numero-"
"""How a contract that has no number yet is named in files, before its id."""

_NUMBER = f"CASE contract.number WHEN '' THEN '{NO_NUMBER}' || contract.id ELSE contract.number END"
_LOT = "CASE lot.number WHEN '' THEN '0' ELSE lot.number END"
# A company on a lot, and obligations whose company was not put on the lot.
_ON_LOTS = (
    "SELECT lot, company, role, share_hours FROM lot_company WHERE removed = 0 UNION ALL "
    "SELECT lot, company, '', NULL FROM obligation WHERE removed = 0 AND NOT EXISTS ("
    "SELECT 1 FROM lot_company WHERE lot_company.lot = obligation.lot "
    "AND lot_company.company = obligation.company AND lot_company.removed = 0 "
    "AND lot_company.role <> 'sous_traitant') GROUP BY lot, company"
)
_HOURS_OWED = -3
"""The place of the hours owed in a row, before the dates of the obligation."""
# What is owed is the sum of the firm events; of the contacts, the one nearest to the lot.
CONTRACTS = (
    f"WITH on_lot AS ({_ON_LOTS}) "
    "SELECT buyer.name, buyer.siret, buyer.kind, coalesce(operation.name, ''), "
    f"coalesce(operation.programme, ''), {_NUMBER}, contract.object, contract.clause_form, "
    "contract.category, contract.nature, contract.cpv, contract.sector, contract.amount_cents, "
    "contract.place, contract.notice_sent_on, contract.notified_on, contract.start, "
    f'contract."end", contract.facilitator, {_LOT}, lot.title, lot.amount_cents, company.name, '
    "company.siret, on_lot.role, contact.name, contact.phone, contact.mail, "
    "CASE on_lot.role WHEN 'sous_traitant' THEN on_lot.share_hours ELSE (SELECT sum(hours) "
    "FROM obligation AS owed JOIN obligation_event ON obligation_event.obligation = owed.id "
    "AND firm = 1 AND obligation_event.removed = 0 "
    "WHERE owed.lot = lot.id AND owed.company = on_lot.company AND owed.removed = 0) END, "
    'obligation.start, obligation."end", obligation.id FROM contract '
    "JOIN buyer ON buyer.id = contract.buyer "
    "LEFT JOIN operation ON operation.id = contract.operation AND operation.removed = 0 "
    "LEFT JOIN lot ON lot.contract = contract.id AND lot.removed = 0 "
    "LEFT JOIN on_lot ON on_lot.lot = lot.id "
    "LEFT JOIN company ON company.id = on_lot.company "
    "LEFT JOIN obligation ON obligation.id = (SELECT min(id) FROM obligation AS owed "
    "WHERE owed.lot = lot.id AND owed.company = on_lot.company AND owed.removed = 0 "
    "AND on_lot.role <> 'sous_traitant') "
    "LEFT JOIN contact ON contact.id = (SELECT id FROM contact AS known "
    "WHERE known.company = company.id AND known.removed = 0 "
    "AND (known.contract = contract.id OR known.lot = lot.id "
    "OR (known.contract IS NULL AND known.lot IS NULL)) "
    "ORDER BY known.lot IS NULL, known.contract IS NULL, known.id LIMIT 1) "
    "WHERE contract.taken_up = 1 AND contract.removed = 0 "
    "ORDER BY buyer.name, contract.number, contract.id, lot.number, lot.id, on_lot.role, "
    "company.name, company.id"
)
REFERENCES = "SELECT id, reference FROM participant WHERE removed = 0"
PARTICIPANTS = (
    "SELECT participant.id, last, first, birth, sex, postcode, commune, "
    "CASE education WHEN '' THEN (SELECT max(work_contract.education) FROM work_contract "
    "WHERE work_contract.participant = participant.id AND work_contract.removed = 0 "
    "HAVING count(DISTINCT work_contract.education) = 1) ELSE education END, "
    "situation, prescriber, entered_scheme_on, criterion, proof, proof_on, decision, decided_on, "
    "ends_on FROM participant LEFT JOIN eligibility "
    "ON eligibility.participant = participant.id AND eligibility.removed = 0 "
    "WHERE participant.removed = 0 "
    "ORDER BY last, first, birth, participant.id, eligibility.rank, eligibility.id"
)
OBLIGATIONS = (
    f"SELECT obligation.id, buyer.name, buyer.siret, {_NUMBER}, {_LOT}, company.name, "
    "company.siret FROM obligation JOIN lot ON lot.id = obligation.lot "
    "JOIN contract ON contract.id = lot.contract JOIN buyer ON buyer.id = contract.buyer "
    "JOIN company ON company.id = obligation.company "
    "WHERE obligation.removed = 0 AND lot.removed = 0 AND contract.removed = 0 "
    "AND contract.taken_up = 1 "
    "ORDER BY buyer.name, contract.number, contract.id, lot.number, lot.id, obligation.id"
)
HOURS = (
    "SELECT hour_entry.month, work_contract.participant, coalesce(employer.name, ''), "
    "employer.siret, coalesce(nullif(work_contract.structure_kind, ''), employer.kind, ''), "
    'work_contract.mode, work_contract.type, work_contract.start, work_contract."end", '
    "work_contract.weekly_hours, work_contract.post, work_contract.rome, work_contract.qpv, "
    "hour_entry.kind, hour_entry.declared, hour_entry.validated, hour_entry.refusal_reason, "
    "hour_entry.reference, hour_entry.comment FROM hour_entry "
    "CROSS JOIN placement ON placement.id = hour_entry.placement "
    "CROSS JOIN work_contract ON work_contract.id = placement.work_contract "
    "LEFT JOIN company AS employer ON employer.id = work_contract.employer "
    "WHERE hour_entry.obligation = ? AND hour_entry.removed = 0 "
    "ORDER BY hour_entry.month, hour_entry.placement, hour_entry.kind"
)


def contracts(connection: Connection) -> Iterator[Row]:
    """One row for each company on each lot of the contracts taken up.

    Hours owed under a formula of the contract are what is firm under it.
    """
    computed = {row: owing.due() for row, owing in _under_a_formula(connection).items()}
    for *row, obligation in connection.execute(CONTRACTS):
        if obligation in computed:
            row[_HOURS_OWED] = computed[obligation]
        yield tuple(row)


def _under_a_formula(connection: Connection) -> dict[int, Owing]:
    plain = ", ".join(f"'{formula}'" for formula in PLAIN_FORMULAS)
    found = connection.execute(
        f"SELECT id FROM obligation WHERE formula NOT IN ({plain}) AND removed = 0"
    )
    return read_owing(connection, [row[0] for row in found])


def references(connection: Connection) -> list[tuple[int, str]]:
    """(id, reference) of every person."""
    return connection.execute(REFERENCES).fetchall()


def participants(connection: Connection) -> Iterator[Row]:
    """One row for each person and criterion, the main one first; the id before the columns."""
    return connection.execute(PARTICIPANTS)


def hours(connection: Connection) -> Iterator[tuple[Row, Row]]:
    """The columns of the obligation and those of each of its hour lines, by contract.

    Contract by contract in the order of the key of hour lines, so that a base of any size is
    written without sorting it. The person of a line is an id.
    """
    for obligation, *place in connection.execute(OBLIGATIONS).fetchall():
        placed = tuple(place)
        for line in connection.execute(HOURS, (obligation,)):
            yield placed, line
