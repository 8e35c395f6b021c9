"""How any record of the base is named in a sentence, a search or the history."""

from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list


class RecordName(NamedTuple):
    """The name of a record and what tells it from others.

    ``detail`` may be an ISO date or a code: ``readings.record_names`` makes a text of it.
    ``contract`` is the contract it belongs to, when there is one.
    """

    entity: str
    id: int
    title: str
    detail: str
    contract: int | None = None


_LOT_TITLE = "contract.number || CASE lot.number WHEN '0' THEN '' ELSE ' lot ' || lot.number END"
_LOT = "CROSS JOIN lot ON lot.id = {lot} CROSS JOIN contract ON contract.id = lot.contract"
_OWED = (
    "CROSS JOIN obligation ON obligation.id = {obligation} "
    "CROSS JOIN company ON company.id = obligation.company " + _LOT.format(lot="obligation.lot")
)
# (title, detail, contract, joins after the table) of each kind of record.
_NAMED: dict[str, tuple[str, str, str, str]] = {
    "buyer": ("buyer.name", "buyer.territory", "NULL", ""),
    "operation": (
        "operation.name",
        "buyer.name",
        "NULL",
        "CROSS JOIN buyer ON buyer.id = operation.buyer",
    ),
    "company": ("company.name", "company.commune", "NULL", ""),
    "contact": (
        "CASE contact.name WHEN '' THEN contact.role ELSE contact.name END",
        "coalesce(company.name, buyer.name, '')",
        "contact.contract",
        "LEFT JOIN company ON company.id = contact.company "
        "LEFT JOIN buyer ON buyer.id = contact.buyer",
    ),
    "contract": (
        "contract.number || ' ' || contract.object",
        "buyer.name",
        "contract.id",
        "CROSS JOIN buyer ON buyer.id = contract.buyer",
    ),
    "contract_event": (
        "contract.number",
        "contract_event.date",
        "contract.id",
        "CROSS JOIN contract ON contract.id = contract_event.contract",
    ),
    "term": (
        "contract.number",
        "term.code",
        "contract.id",
        "CROSS JOIN contract ON contract.id = term.contract",
    ),
    "lot": (
        _LOT_TITLE,
        "lot.title",
        "contract.id",
        "CROSS JOIN contract ON contract.id = lot.contract",
    ),
    "lot_company": (
        "company.name",
        _LOT_TITLE,
        "contract.id",
        "CROSS JOIN company ON company.id = lot_company.company "
        + _LOT.format(lot="lot_company.lot"),
    ),
    "obligation": (
        _LOT_TITLE,
        "company.name",
        "contract.id",
        "CROSS JOIN company ON company.id = obligation.company "
        + _LOT.format(lot="obligation.lot"),
    ),
    "obligation_event": (
        _LOT_TITLE,
        "company.name",
        "contract.id",
        _OWED.format(obligation="obligation_event.obligation"),
    ),
    "statement": (
        _LOT_TITLE,
        "statement.month",
        "contract.id",
        "CROSS JOIN obligation ON obligation.id = statement.obligation "
        + _LOT.format(lot="obligation.lot"),
    ),
    "participant": (
        "trim(participant.last || ' ' || participant.first)",
        "coalesce(participant.birth, participant.reference)",
        "NULL",
        "",
    ),
    "eligibility": (
        "trim(participant.last || ' ' || participant.first)",
        "''",
        "NULL",
        "CROSS JOIN participant ON participant.id = eligibility.participant",
    ),
    "work_contract": (
        "trim(participant.last || ' ' || participant.first)",
        "coalesce(company.name, '')",
        "NULL",
        "CROSS JOIN participant ON participant.id = work_contract.participant "
        "LEFT JOIN company ON company.id = work_contract.employer",
    ),
    "placement": (
        "trim(participant.last || ' ' || participant.first)",
        _LOT_TITLE,
        "contract.id",
        "CROSS JOIN work_contract AS work ON work.id = placement.work_contract "
        "CROSS JOIN participant ON participant.id = work.participant "
        "CROSS JOIN obligation ON obligation.id = placement.obligation "
        + _LOT.format(lot="obligation.lot"),
    ),
    "follow_up": ("follow_up.text", "follow_up.date", "NULL", ""),
    "author": ("author.name", "author.structure", "NULL", ""),
    "base": ("base.name", "''", "NULL", ""),
    "source_file": ("source_file.name", "''", "NULL", ""),
    "source_line": (
        "source_file.name",
        "source_line.line",
        "NULL",
        "CROSS JOIN source_file ON source_file.id = source_line.file",
    ),
    "import_profile": (
        "import_profile.name",
        "coalesce(company.name, '')",
        "NULL",
        "LEFT JOIN company ON company.id = import_profile.sender",
    ),
    "match_memory": (
        "match_memory.text",
        "coalesce(company.name, '')",
        "NULL",
        "LEFT JOIN company ON company.id = match_memory.sender",
    ),
    "document": ("document.template", "document.made_on", "NULL", ""),
    "target": (
        _LOT_TITLE,
        "company.name",
        "contract.id",
        _OWED.format(obligation="target.obligation"),
    ),
    "need": (
        "need.post",
        "company.name",
        "NULL",
        "CROSS JOIN company ON company.id = need.company",
    ),
    "proposal": (
        "coalesce(trim(participant.last || ' ' || participant.first), proposal.initials)",
        "need.post",
        "NULL",
        "CROSS JOIN need ON need.id = proposal.need "
        "LEFT JOIN participant ON participant.id = proposal.participant",
    ),
    "alert_mark": ("alert_mark.code", "alert_mark.made_on", "NULL", ""),
    "penalty_case": (
        _LOT_TITLE,
        "company.name",
        "contract.id",
        _OWED.format(obligation="penalty_case.obligation"),
    ),
    "outcome": (
        "trim(participant.last || ' ' || participant.first)",
        "outcome.point",
        "NULL",
        "CROSS JOIN participant ON participant.id = outcome.participant",
    ),
    "refusal": (
        "contract.number",
        "coalesce(refusal.date, '')",
        "contract.id",
        "CROSS JOIN contract ON contract.id = refusal.contract",
    ),
    "calibration": (
        "coalesce(contract.number, '')",
        "calibration.made_on",
        "contract.id",
        "LEFT JOIN contract ON contract.id = calibration.contract",
    ),
    "policy": (
        "policy.name",
        "buyer.name",
        "NULL",
        "CROSS JOIN buyer ON buyer.id = policy.buyer",
    ),
    "policy_target": (
        "policy_target.year || ' ' || policy_target.commitment",
        "buyer.name",
        "NULL",
        "CROSS JOIN buyer ON buyer.id = policy_target.buyer",
    ),
    "evidence": ("evidence.label", "coalesce(evidence.date, '')", "NULL", ""),
    "directory_entry": ("directory_entry.name", "directory_entry.structure", "NULL", ""),
    "coverage": (
        "coalesce(directory_entry.name, company.name, '')",
        "coverage.territory",
        "NULL",
        "LEFT JOIN directory_entry ON directory_entry.id = coverage.entry "
        "LEFT JOIN company ON company.id = coverage.company",
    ),
    "review": (
        "contract.number",
        "coalesce(review.given_on, '')",
        "contract.id",
        "CROSS JOIN contract ON contract.id = review.contract",
    ),
    "snapshot": ("snapshot.label", "snapshot.made_on", "NULL", ""),
    "export_log": ("export_log.what", "export_log.made_on", "NULL", ""),
    "batch": ("batch.label", "batch.made_on", "NULL", ""),
    "record_seen": ("record_seen.source_key", "''", "NULL", ""),
}


def record_names(
    connection: Connection, records: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], RecordName]:
    """The names of some records, removed ones included; one statement for each kind."""
    wanted: dict[str, list[int]] = {}
    for entity, row in records:
        wanted.setdefault(entity, []).append(row)
    found: dict[tuple[str, int], RecordName] = {}
    for entity, rows in wanted.items():
        if entity not in _NAMED:
            continue
        for row in connection.execute(names_sql(entity), (id_list(dict.fromkeys(rows)),)):
            found[entity, row[0]] = RecordName(entity, row[0], row[1], str(row[2]), row[3])
    return found


def names_sql(entity: str) -> str:
    """The SQL that names records of one kind from a list of ids."""
    title, detail, contract, joins = _NAMED[entity]
    return (
        f"SELECT {entity}.id, {title}, {detail}, {contract} FROM json_each(?) AS wanted "
        f"CROSS JOIN {entity} ON {entity}.id = wanted.value {joins}"
    )


NAMED_ENTITIES = tuple(_NAMED)
