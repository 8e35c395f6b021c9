"""What the text of a clause is written from, and the texts that were made of it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list
from suivi_tui.vocabulary.choices import DirectoryKind, DocumentKind
from suivi_tui.vocabulary.text import fold


class ContractRow(NamedTuple):
    """A contract as its clause speaks of it; dates ISO, amount in cents before tax."""

    contract: int
    form: str
    number: str
    object: str
    buyer: str
    operation: str
    amount_cents: int | None
    months: int | None
    start: str | None
    end: str | None
    notified_on: str | None
    facilitator: str


class LotRow(NamedTuple):
    """A lot of a contract."""

    lot: int
    contract: int
    number: str
    title: str


class TextRow(NamedTuple):
    """A piece of a clause that was made; ``variables`` is JSON, dates are ISO."""

    document: int
    contract: int
    template: str
    version: str
    sha256: str
    made_on: str
    sent_on: str | None
    variables: str


CONTRACTS = (
    "SELECT contract.id, contract.clause_form, contract.number, contract.object, buyer.name, "
    "coalesce(operation.name, ''), contract.amount_cents, contract.duration_months, "
    'contract.start, contract."end", contract.notified_on, contract.facilitator '
    "FROM json_each(?) AS wanted "
    "CROSS JOIN contract ON contract.id = wanted.value AND contract.removed = 0 "
    "CROSS JOIN buyer ON buyer.id = contract.buyer "
    "LEFT JOIN operation ON operation.id = contract.operation AND operation.removed = 0"
)
LOTS = (
    "SELECT lot.id, lot.contract, lot.number, lot.title FROM json_each(?) AS wanted "
    "CROSS JOIN lot ON lot.contract = wanted.value AND lot.removed = 0 "
    "ORDER BY lot.contract, length(lot.number), lot.number, lot.id"
)
CALIBRATED = (
    "SELECT calibration.contract, calibration.lot, calibration.result FROM json_each(?) AS wanted "
    "CROSS JOIN calibration ON calibration.contract = wanted.value AND calibration.removed = 0 "
    "WHERE calibration.result IS NOT NULL ORDER BY calibration.made_on, calibration.id"
)
FORMULAS = (
    "SELECT obligation.id, obligation.formula FROM json_each(?) AS wanted "
    "CROSS JOIN lot ON lot.contract = wanted.value AND lot.removed = 0 "
    "CROSS JOIN obligation ON obligation.lot = lot.id AND obligation.removed = 0"
)
FACILITATORS = (
    "SELECT name, structure, mail, phone, id FROM directory_entry WHERE removed = 0 AND kind = ? "
    "ORDER BY id"
)
_TEXTS = (
    "SELECT document.id, document.subject, document.template, document.version, document.sha256, "
    "document.made_on, document.sent_on, document.variables FROM json_each(?) AS wanted "
    "CROSS JOIN document ON document.entity = 'contract' AND document.subject = wanted.value "
    f"WHERE document.removed = 0 AND document.kind = '{DocumentKind.CLAUSE.value}' "
)
TEXTS = _TEXTS + "ORDER BY document.id DESC"
SENT = _TEXTS + "AND document.sent_on <> '' ORDER BY document.sent_on, document.id"


def contracts(connection: Connection, wanted: Iterable[int]) -> dict[int, ContractRow]:
    """Some contracts by id; those removed are not there."""
    found = connection.execute(CONTRACTS, (id_list(wanted),))
    return {row[0]: ContractRow._make(row) for row in found}


def lots(connection: Connection, contracts: Iterable[int]) -> dict[int, list[LotRow]]:
    """The lots of some contracts, by contract, in the order of their numbers."""
    found: dict[int, list[LotRow]] = defaultdict(list)
    for row in connection.execute(LOTS, (id_list(contracts),)):
        found[row[1]].append(LotRow._make(row))
    return dict(found)


def calibrated(
    connection: Connection, contracts: Iterable[int]
) -> dict[tuple[int, int | None], int]:
    """The last hours calibrated, by contract and lot (None: the contract as a whole)."""
    found = connection.execute(CALIBRATED, (id_list(contracts),))
    return {(contract, lot): result for contract, lot, result in found}


def formulas(connection: Connection, contracts: Iterable[int]) -> dict[int, str]:
    """The code of the formula of each obligation of some contracts."""
    return dict(connection.execute(FORMULAS, (id_list(contracts),)).fetchall())


def facilitators(connection: Connection) -> list[tuple[str, str, str, str, int]]:
    """The facilitators of the directory: name, structure, mail, phone, id; the oldest first."""
    return connection.execute(FACILITATORS, (DirectoryKind.FACILITATOR.value,)).fetchall()


def facilitator_named(connection: Connection, name: str) -> int | None:
    """The oldest facilitator of the directory with a name, case and accents aside."""
    listed = facilitators(connection)
    return next((row for named, *_, row in listed if fold(named) == fold(name)), None)


def texts(connection: Connection, contract: int) -> list[TextRow]:
    """The pieces that were made for a contract, the latest first."""
    return [TextRow._make(row) for row in connection.execute(TEXTS, (id_list([contract]),))]


def sent_texts(connection: Connection, contracts: Iterable[int]) -> dict[int, dict[str, TextRow]]:
    """Of some contracts, the last text sent of each piece (by template)."""
    found: dict[int, dict[str, TextRow]] = defaultdict(dict)
    for row in connection.execute(SENT, (id_list(contracts),)):
        text = TextRow._make(row)
        found[text.contract][text.template] = text
    return dict(found)
