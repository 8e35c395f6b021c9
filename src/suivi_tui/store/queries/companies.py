"""Companies and insertion structures: what they owe, what they declare, whom they employ."""

from datetime import date
from typing import Any, Literal, NamedTuple, TypeAlias

from suivi_tui.rules.indicators import Totals
from suivi_tui.store.queries import contacts, follow_ups, obligations, statements
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import Key, Listing, Page, id_list, read_page
from suivi_tui.store.queries.standing import ObligationStanding, standings_of, total_owed
from suivi_tui.store.queries.words import MATCH_LIMIT, pattern, typed_words
from suivi_tui.vocabulary.choices import BatchKind, CompanyKind
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

Selection: TypeAlias = Literal["all", "companies", "structures"]

_ORDINARY = f"('', '{CompanyKind.ORDINARY.value}')"
# A structure that a list of the directory brought, not one that a person entered.
_LISTED = (
    "EXISTS (SELECT 1 FROM coverage WHERE coverage.company = company.id AND coverage.removed = 0) "
    "AND EXISTS (SELECT 1 FROM journal CROSS JOIN batch ON batch.id = journal.batch "
    "WHERE journal.entity = 'company' AND journal.row = CAST(company.id AS TEXT) "
    f"AND journal.field = '+' AND batch.kind = '{BatchKind.IMPORT.value}')"
)
# On a contract that nobody took up, or in a list, and nothing else is known of it here.
_OPEN_DATA_ONLY = (
    "(EXISTS (SELECT 1 FROM lot_company WHERE lot_company.company = company.id "
    f"AND lot_company.removed = 0) OR ({_LISTED})) "
    "AND NOT EXISTS (SELECT 1 FROM lot_company CROSS JOIN lot ON lot.id = lot_company.lot "
    "CROSS JOIN contract ON contract.id = lot.contract WHERE lot_company.company = company.id "
    "AND lot_company.removed = 0 AND lot.removed = 0 AND contract.removed = 0 "
    "AND contract.taken_up = 1)"
    + "".join(
        f" AND NOT EXISTS (SELECT 1 FROM {table} WHERE {table}.{column} = company.id "
        f"AND {table}.removed = 0)"
        for table, column in (
            ("obligation", "company"),
            ("work_contract", "employer"),
            ("contact", "company"),
            ("statement", "sender"),
            ("need", "company"),
        )
    )
    + " AND NOT EXISTS (SELECT 1 FROM follow_up WHERE follow_up.entity = 'company' "
    "AND follow_up.subject = company.id AND follow_up.removed = 0)"
)
_SELECTIONS: dict[Selection, str] = {
    "all": "true",
    "companies": f"company.kind IN {_ORDINARY}",
    "structures": f"company.kind NOT IN {_ORDINARY}",
}
_LIST = Listing(
    columns="company.id, company.name, company.siret, company.kind, company.commune, company.naf",
    source="company",
    orders={
        "name": ("company.name COLLATE NOCASE", "company.id"),
        "kind": ("company.kind", "company.name COLLATE NOCASE", "company.id"),
        "commune": ("company.commune COLLATE NOCASE", "company.id"),
        "recent": ("company.id",),
    },
)


class CompanyRow(NamedTuple):
    """A company or structure in the list; hours in hundredths.

    ``obligations``, ``owed`` (None: no objective known) and ``totals`` are those under way;
    ``employed`` holds the hours of the people it employs, whoever owes them, since a month;
    ``last_statement`` is the latest month it declared, ``phone`` the number to call.
    """

    key: Key
    company: int
    name: str
    siret: str | None
    kind: str
    commune: str
    naf: str
    obligations: int
    owed: Hours | None
    totals: Totals
    employed: Totals
    last_statement: int | None
    phone: str


def companies_page(
    connection: Connection,
    page: Page | None = None,
    *,
    selection: Selection = "all",
    since: Month | None = None,
    order: str = "name",
    descending: bool = False,
    filter: str = "",
    on: date | None = None,
    open_data: bool = True,
) -> list[CompanyRow]:
    """A page of companies and structures. Orders: ``name``, ``kind``, ``commune``, ``recent``.

    Without ``open_data``, companies known only by contracts that nobody took up are left out.

    ``since`` bounds the hours as an employer (January of the year, for example): they are read
    for the page alone. Hours owed are due ``on`` a day.
    """
    where, values = _narrowed(selection, filter, open_data)
    rows = read_page(connection, _LIST, page or Page(), order, descending, where, values)
    ids = [row[0] for _, row in rows]
    under_way: dict[int, list[ObligationStanding]] = {}
    live = [row for row in obligations.of_companies(connection, ids) if row.under_way]
    for standing in standings_of(connection, live, on):
        under_way.setdefault(standing.row.company, []).append(standing)
    employed = _employed_hours(connection, ids, since)
    declared = _last_statements(connection, ids)
    phones = _phones(connection, ids)
    return [
        CompanyRow._make(
            (
                key,
                *row,
                len(under_way.get(row[0], ())),
                total_owed(under_way.get(row[0], ())),
                sum((item.totals for item in under_way.get(row[0], ())), Totals()),
                employed.get(row[0], Totals()),
                declared.get(row[0]),
                phones.get(row[0], ""),
            )
        )
        for key, row in rows
    ]


def count_companies(
    connection: Connection,
    selection: Selection = "all",
    filter: str = "",
    limit: int = 2_001,
    open_data: bool = True,
) -> int:
    """How many companies match; ``limit`` means "at least so many"."""
    where, values = _narrowed(selection, filter, open_data)
    found: int = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM company WHERE {' AND '.join(where)} LIMIT ?)",
        [*values, limit],
    ).fetchone()[0]
    return found


def count_open_data_only(connection: Connection, limit: int = 2_001) -> int:
    """How many companies are known only by contracts that nobody took up; ``limit`` as above."""
    found: int = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM company WHERE company.removed = 0 "
        f"AND {_OPEN_DATA_ONLY} LIMIT ?)",
        (limit,),
    ).fetchone()[0]
    return found


def _narrowed(selection: Selection, filter: str, open_data: bool) -> tuple[list[str], list[Any]]:
    where, values = [_SELECTIONS[selection], "company.removed = 0"], list[Any]()
    if not open_data:
        where.append(f"NOT ({_OPEN_DATA_ONLY})")
    if words := typed_words(filter):
        where.append(
            "company.id IN (SELECT rowid FROM search WHERE search MATCH ? "
            "AND entity = 'company' LIMIT ?)"
        )
        values += [pattern(words), MATCH_LIMIT]
    return where, values


def _employed_hours(
    connection: Connection, companies: list[int], since: Month | None
) -> dict[int, Totals]:
    return {
        row[0]: obligations.totals_of(row[1:])
        for row in connection.execute(
            f"SELECT work.employer, {obligations.SUMS} FROM json_each(?) AS wanted "
            "CROSS JOIN work_contract AS work ON work.employer = wanted.value "
            "CROSS JOIN placement ON placement.work_contract = work.id "
            "CROSS JOIN hour_entry ON hour_entry.placement = placement.id "
            "AND hour_entry.month >= ? WHERE hour_entry.removed = 0 GROUP BY work.employer",
            (id_list(companies), since or 0),
        )
    }


def _last_statements(connection: Connection, companies: list[int]) -> dict[int, int]:
    """The latest month that each company sent a statement for, or has hours in."""
    return dict(
        connection.execute(
            "SELECT wanted.value, max(coalesce((SELECT month FROM statement "
            "WHERE sender = wanted.value AND removed = 0 ORDER BY month DESC LIMIT 1), 0), "
            "coalesce((SELECT max((SELECT month FROM hour_entry WHERE placement = placement.id "
            "AND removed = 0 ORDER BY month DESC LIMIT 1)) FROM work_contract AS work "
            "CROSS JOIN placement ON placement.work_contract = work.id "
            "WHERE work.employer = wanted.value), 0)) AS latest "
            "FROM json_each(?) AS wanted WHERE latest > 0",
            (id_list(companies),),
        ).fetchall()
    )


def _phones(connection: Connection, companies: list[int]) -> dict[int, str]:
    return dict(
        connection.execute(
            "SELECT wanted.value, (SELECT phone FROM contact WHERE company = wanted.value "
            "AND removed = 0 AND phone <> '' ORDER BY contract IS NOT NULL OR lot IS NOT NULL, id "
            "LIMIT 1) AS number FROM json_each(?) AS wanted WHERE number IS NOT NULL",
            (id_list(companies),),
        ).fetchall()
    )


class CompanyFields(NamedTuple):
    """Every field of a company or structure."""

    company: int
    name: str
    siret: str | None
    kind: str
    commune: str
    naf: str


class CompanyRoleRow(NamedTuple):
    """A lot on which a company works, and as what; ``share_hours`` is entrusted, never owed."""

    contract: int
    number: str
    object: str
    stage: str
    lot: int
    lot_number: str
    role: str
    share_hours: int | None


class EmployeeRow(NamedTuple):
    """A person employed, their work contract, the days of its papers and its hours in all."""

    work_contract: int
    participant: int
    last: str
    first: str
    type: str
    start: str | None
    end: str | None
    contract_received_on: str | None
    proof_received_on: str | None
    notice_sent_on: str | None
    declared: int
    validated: int


class CompanySheet(NamedTuple):
    """One company or structure; ``employees`` are its latest work contracts."""

    fields: CompanyFields
    obligations: tuple[ObligationStanding, ...]
    roles: tuple[CompanyRoleRow, ...]
    employees: tuple[EmployeeRow, ...]
    employed: Totals
    contacts: tuple[contacts.ContactRow, ...]
    statements: tuple[statements.StatementRow, ...]
    follow_ups: tuple[follow_ups.FollowUpRow, ...]


_FIELDS = "SELECT id, name, siret, kind, commune, naf FROM company WHERE id = ? AND removed = 0"
_ROLES = (
    "SELECT contract.id, contract.number, contract.object, contract.stage, lot.id, lot.number, "
    "lot_company.role, lot_company.share_hours FROM lot_company "
    "CROSS JOIN lot ON lot.id = lot_company.lot AND lot.removed = 0 "
    "CROSS JOIN contract ON contract.id = lot.contract AND contract.removed = 0 "
    "WHERE lot_company.company = ? AND lot_company.removed = 0 ORDER BY lot_company.id DESC"
)
_EMPLOYEES = (
    "SELECT hired.id, participant.id, participant.last, participant.first, hired.type, "
    'hired.start, hired."end", hired.contract_received_on, hired.proof_received_on, '
    "hired.notice_sent_on, coalesce(sum(hour_entry.declared), 0), "
    "coalesce(sum(hour_entry.validated), 0) "
    "FROM (SELECT * FROM work_contract WHERE employer = ? AND removed = 0 "
    "ORDER BY id DESC LIMIT ?) AS hired "
    "CROSS JOIN participant ON participant.id = hired.participant "
    "LEFT JOIN placement ON placement.work_contract = hired.id "
    "LEFT JOIN hour_entry ON hour_entry.placement = placement.id AND hour_entry.removed = 0 "
    "GROUP BY hired.id ORDER BY hired.id DESC"
)


def company_sheet(
    connection: Connection,
    company: int,
    since: Month | None = None,
    employees: int = 200,
    on: date | None = None,
) -> CompanySheet | None:
    """One company with everything around it; None when unknown or removed.

    ``employed`` counts the hours of its people since that month; hours owed are due ``on`` a day.
    """
    key = (company,)
    fields = connection.execute(_FIELDS, key).fetchone()
    if fields is None:
        return None
    rows = obligations.of_companies(connection, key)
    return CompanySheet(
        fields=CompanyFields(*fields),
        obligations=tuple(standings_of(connection, rows, on)),
        roles=tuple(CompanyRoleRow(*row) for row in connection.execute(_ROLES, key)),
        employees=tuple(
            EmployeeRow(*row) for row in connection.execute(_EMPLOYEES, (company, employees))
        ),
        employed=_employed_hours(connection, [company], since).get(company, Totals()),
        contacts=tuple(contacts.of_company(connection, company)),
        statements=tuple(statements.from_sender(connection, company)),
        follow_ups=tuple(follow_ups.of_records(connection, "company", key)),
    )
