"""What the alerts look at in the base as a whole: backups, people kept too long, duplicates."""

from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import id_list

# Batches are numbered as they are made: the latest by a day is found from the end.
LAST_WRITTEN = "SELECT made_on FROM batch WHERE made_on < :after ORDER BY id DESC LIMIT 1"
FIRST_WRITTEN = "SELECT made_on FROM batch ORDER BY id LIMIT 1"
LAST_BACKUP = "SELECT max(made_at) FROM backup_log WHERE made_at < :after"
# Sheets are numbered as they are made: the oldest ones, likely to be over, come first.
KEPT = (
    "SELECT participant.id FROM participant WHERE participant.removed = 0 "
    "AND participant.legal_hold = 0 AND coalesce(participant.last_contact, '') <= :day "
    "AND coalesce(nullif(participant.last_contact, ''), nullif(participant.entered_scheme_on, ''), "
    "(SELECT max(decided_on) FROM eligibility WHERE eligibility.participant = participant.id "
    "AND eligibility.removed = 0), (SELECT max(start) FROM work_contract "
    "WHERE work_contract.participant = participant.id AND work_contract.removed = 0)) <= :day "
    "AND NOT EXISTS (SELECT 1 FROM work_contract AS work WHERE work.participant = participant.id "
    "AND work.removed = 0 AND coalesce(nullif(work.\"end\", ''), work.start) > :day) "
    "AND NOT EXISTS (SELECT 1 FROM work_contract AS work CROSS JOIN placement "
    "ON placement.work_contract = work.id CROSS JOIN hour_entry "
    "ON hour_entry.placement = placement.id AND hour_entry.month > :month "
    "WHERE work.participant = participant.id AND hour_entry.removed = 0) "
    "AND NOT EXISTS (SELECT 1 FROM follow_up WHERE follow_up.entity = 'participant' "
    "AND follow_up.subject = participant.id AND follow_up.removed = 0 "
    "AND coalesce(follow_up.done, follow_up.date) > :day) "
    "ORDER BY participant.id LIMIT :limit"
)
NAMED = (
    "SELECT participant.id, participant.last, participant.first, participant.birth "
    "FROM json_each(:ids) AS wanted CROSS JOIN participant ON participant.id = wanted.value "
    "WHERE participant.removed = 0"
)
# The search table holds names without accents; a name is what its words begin with.
SAME_NAMES = (
    "SELECT participant.id, participant.last, participant.first, participant.birth FROM search "
    "CROSS JOIN participant ON participant.id = search.rowid "
    "WHERE search MATCH :names AND search.entity = 'participant' AND participant.removed = 0"
)
SAME_SIRETS = (
    "SELECT group_concat(id) FROM company WHERE removed = 0 AND siret <> '' "
    "GROUP BY siret HAVING count(*) > 1 ORDER BY min(id) LIMIT :limit"
)


class WrittenRow(NamedTuple):
    """When the base was first written, last written and last saved by a day; ISO moments."""

    first: str | None
    last: str | None
    backup: str | None


class NamedRow(NamedTuple):
    """A person as a duplicate is looked for."""

    participant: int
    last: str
    first: str
    birth: str | None


def is_demonstration(connection: Connection) -> bool:
    """Whether the base is a demonstration (``store.demonstration_mark``): nothing to save there."""
    asked = "SELECT 1 FROM local_setting WHERE key = 'demonstration' AND value = '1'"
    return connection.execute(asked).fetchone() is not None


def written(connection: Connection, after: str) -> WrittenRow:
    """What was written and saved before a moment (an ISO day: before its first hour)."""
    first, last, backup = (
        connection.execute(statement, {"after": after}).fetchone()
        for statement in (FIRST_WRITTEN, LAST_WRITTEN, LAST_BACKUP)
    )
    return WrittenRow(first and first[0], last and last[0], backup and backup[0])


def kept_too_long(connection: Connection, day: str, month: int, limit: int) -> list[int]:
    """The oldest sheets of people without sign after a day nor hours after a month, at most
    ``limit``. Those under legal hold, and those of whom nothing says when, are left out."""
    values = {"day": day, "month": month, "limit": limit}
    return [row[0] for row in connection.execute(KEPT, values)]


def named(connection: Connection, participants: Iterable[int]) -> list[NamedRow]:
    """People by id, without those removed."""
    rows = connection.execute(NAMED, {"ids": id_list(participants)})
    return [NamedRow._make(row) for row in rows]


def with_last_names(connection: Connection, names: Iterable[str]) -> list[NamedRow]:
    """People whose sheet begins with one of some last names, accents aside."""
    wanted = []
    for name in dict.fromkeys(names):
        words = "".join(letter if letter.isalnum() else " " for letter in name).split()
        if words:
            wanted.append(f'^ "{" ".join(words)}"')
    if not wanted:
        return []
    rows = connection.execute(SAME_NAMES, {"names": " OR ".join(wanted)})
    return [NamedRow._make(row) for row in rows]


def same_sirets(connection: Connection, limit: int) -> list[tuple[str, tuple[int, ...]]]:
    """The sheets of companies that share a SIRET, the oldest first, and the name of the oldest."""
    listed = [
        tuple(sorted(int(part) for part in row[0].split(",")))
        for row in connection.execute(SAME_SIRETS, {"limit": limit})
    ]
    firsts = id_list(companies[0] for companies in listed)
    names = dict(
        connection.execute(
            "SELECT company.id, company.name FROM json_each(?) AS wanted "
            "CROSS JOIN company ON company.id = wanted.value",
            (firsts,),
        ).fetchall()
    )
    return [(names[companies[0]], companies) for companies in listed]
