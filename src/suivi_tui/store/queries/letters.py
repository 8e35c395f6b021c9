"""What letters are made of: reminders filed, hires, paths that ended, hours to certify."""

from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.rules.indicators import Totals
from suivi_tui.store.queries import obligations as obligation_queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import Key, Listing, Page, id_list, read_page
from suivi_tui.vocabulary.choices import FollowUpKind
from suivi_tui.vocabulary.months import Month

_EVER = (Month(0), Month(999912))


class ReminderRow(NamedTuple):
    """A reminder that was filed about a record; ``kind`` is '' when it was noted by hand."""

    subject: int
    date: str
    kind: str


def reminders_sent(
    connection: Connection, entity: str, subjects: Iterable[int]
) -> list[ReminderRow]:
    """The reminders filed about some records of one kind, the oldest first."""
    return [
        ReminderRow._make(row)
        for row in connection.execute(
            "SELECT follow_up.subject, follow_up.date, coalesce(document.kind, '') "
            "FROM json_each(?) AS wanted CROSS JOIN follow_up ON follow_up.entity = ? "
            "AND follow_up.subject = wanted.value AND follow_up.kind = ? AND follow_up.removed = 0 "
            "LEFT JOIN document ON document.id = follow_up.document AND document.removed = 0 "
            "ORDER BY follow_up.date, follow_up.id",
            (id_list(subjects), entity, FollowUpKind.REMINDER.value),
        )
    ]


def open_reminders(connection: Connection, companies: Iterable[int]) -> list[int]:
    """The reminder letters of some companies whose answer is still awaited."""
    return [
        row[0]
        for row in connection.execute(
            "SELECT follow_up.id FROM json_each(?) AS wanted CROSS JOIN follow_up "
            "ON follow_up.entity = 'company' AND follow_up.subject = wanted.value "
            "AND follow_up.kind = ? AND follow_up.removed = 0 "
            "WHERE follow_up.done IS NULL AND follow_up.document IS NOT NULL",
            (id_list(companies), FollowUpKind.REMINDER.value),
        )
    ]


class CompanyRow(NamedTuple):
    """A company as a letter names it."""

    company: int
    name: str
    siret: str | None
    kind: str
    commune: str


def companies(connection: Connection, wanted: Iterable[int]) -> dict[int, CompanyRow]:
    """Some companies by id, removed ones included: what they sent is still there."""
    return {
        row[0]: CompanyRow._make(row)
        for row in connection.execute(
            "SELECT company.id, name, siret, kind, commune FROM json_each(?) AS wanted "
            "CROSS JOIN company ON company.id = wanted.value",
            (id_list(wanted),),
        )
    }


class ContractRow(NamedTuple):
    """A contract as a letter speaks of it; ``taken_up`` is 0 when it is not followed."""

    contract: int
    number: str
    object: str
    clause_form: str
    operation: int | None
    operation_name: str
    place: str
    buyer: int
    buyer_name: str
    taken_up: int


def contracts(connection: Connection, wanted: Iterable[int]) -> dict[int, ContractRow]:
    """Some contracts by id."""
    return {
        row[0]: ContractRow._make(row)
        for row in connection.execute(
            "SELECT contract.id, contract.number, contract.object, contract.clause_form, "
            "contract.operation, coalesce(operation.name, ''), "
            "coalesce(nullif(contract.place, ''), operation.place, ''), contract.buyer, "
            "buyer.name, contract.taken_up FROM json_each(?) AS wanted "
            "CROSS JOIN contract ON contract.id = wanted.value AND contract.removed = 0 "
            "CROSS JOIN buyer ON buyer.id = contract.buyer "
            "LEFT JOIN operation ON operation.id = contract.operation",
            (id_list(wanted),),
        )
    }


def contracts_of_operation(connection: Connection, operation: int) -> list[int]:
    """The contracts of an operation, by number."""
    return [
        row[0]
        for row in connection.execute(
            "SELECT id FROM contract WHERE operation = ? AND removed = 0 AND taken_up = 1 "
            "ORDER BY number, id",
            (operation,),
        )
    ]


# People without an employer are those of the holder.
_WORKED = (
    "FROM json_each(?) AS wanted CROSS JOIN obligation ON obligation.id = wanted.value "
    "CROSS JOIN hour_entry ON hour_entry.obligation = obligation.id "
    "AND hour_entry.month BETWEEN ? AND ? "
    "CROSS JOIN placement ON placement.id = hour_entry.placement "
    "CROSS JOIN work_contract AS work ON work.id = placement.work_contract "
    "WHERE hour_entry.removed = 0 "
    "AND (? IS NULL OR coalesce(work.employer, obligation.company) = ?)"
)


def worked(
    connection: Connection,
    obligations: Iterable[int],
    employer: int | None = None,
    first: Month = _EVER[0],
    last: Month = _EVER[1],
) -> dict[int, Totals]:
    """By obligation, its hours over months; those of the people of one employer when given."""
    return {
        row[0]: obligation_queries.totals_of(row[1:])
        for row in connection.execute(
            f"SELECT hour_entry.obligation, {obligation_queries.SUMS} {_WORKED} "
            "GROUP BY hour_entry.obligation",
            (id_list(obligations), first, last, employer, employer),
        )
    }


def people_who_worked(
    connection: Connection,
    obligations: Iterable[int],
    employer: int | None = None,
    first: Month = _EVER[0],
    last: Month = _EVER[1],
) -> int:
    """Distinct people with validated hours on some obligations (of one employer when given)."""
    found: int = connection.execute(
        f"SELECT count(DISTINCT work.participant) {_WORKED} AND hour_entry.validated > 0",
        (id_list(obligations), first, last, employer, employer),
    ).fetchone()[0]
    return found


def people_with_hours(connection: Connection, obligations: Iterable[int]) -> int:
    """Distinct people with hours on some obligations, validated or not."""
    found: int = connection.execute(
        f"SELECT count(DISTINCT work.participant) {_WORKED}",
        (id_list(obligations), *_EVER, None, None),
    ).fetchone()[0]
    return found


def employers(connection: Connection, obligations: Iterable[int]) -> dict[int, str]:
    """The employers whose people have hours on some obligations, with their names."""
    return dict(
        connection.execute(
            "SELECT DISTINCT company.id, company.name FROM json_each(?) AS wanted "
            "CROSS JOIN placement ON placement.obligation = wanted.value "
            "CROSS JOIN work_contract AS work ON work.id = placement.work_contract "
            "CROSS JOIN company ON company.id = work.employer WHERE EXISTS (SELECT 1 "
            "FROM hour_entry WHERE hour_entry.placement = placement.id "
            "AND hour_entry.removed = 0) ORDER BY company.name COLLATE NOCASE, company.id",
            (id_list(obligations),),
        ).fetchall()
    )


_DOCUMENTS = Listing(
    columns=(
        "document.id, document.kind, document.entity, document.subject, document.template, "
        "document.version, document.made_on, document.sent_on, answer.id, answer.due, answer.done"
    ),
    source=(
        "document LEFT JOIN follow_up AS answer ON answer.entity = document.entity "
        "AND answer.subject = document.subject AND answer.document = document.id "
        "AND answer.removed = 0"
    ),
    orders={"made": ("document.id",)},
)


class DocumentRow(NamedTuple):
    """A letter that was made, and the follow-up line under which it was filed (None: removed)."""

    key: Key
    document: int
    kind: str
    entity: str
    subject: int
    template: str
    version: str
    made_on: str
    sent_on: str | None
    follow_up: int | None
    due: str | None
    done: str | None


def documents_page(connection: Connection, page: Page | None = None) -> list[DocumentRow]:
    """A page of the letters that were made, the latest first."""
    where = ["document.removed = 0"]
    rows = read_page(connection, _DOCUMENTS, page or Page(), "made", True, where, [])
    return [DocumentRow._make((key, *row)) for key, row in rows]


def document(connection: Connection, wanted: int) -> DocumentRow | None:
    """One letter; None when it does not exist or was removed."""
    row = connection.execute(
        f"SELECT {_DOCUMENTS.columns} FROM {_DOCUMENTS.source} "
        "WHERE document.id = ? AND document.removed = 0",
        (wanted,),
    ).fetchone()
    return DocumentRow._make(((row[0],), *row)) if row else None
