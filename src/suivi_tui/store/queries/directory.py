"""The directory: facilitators, référents and insertion structures, where they can be called."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import Key, Listing, Page, id_list, read_page
from suivi_tui.store.queries.words import MATCH_LIMIT, pattern, typed_words
from suivi_tui.vocabulary.choices import CompanyKind

ENTRY, COMPANY = "directory_entry", "company"

Selection: TypeAlias = Literal["all", "people", "structures"]


class Narrowing(NamedTuple):
    """What a list of the directory keeps.

    ``kind`` is a code of DirectoryKind or CompanyKind. ``territories`` are codes of coverage that
    count as they are; ``within`` are codes of départements, whose communes count too. ``trade``
    is a code of Sector. Empty narrows nothing.
    """

    selection: Selection = "all"
    kind: str = ""
    territories: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    trade: str = ""
    filter: str = ""


class DirectoryRow(NamedTuple):
    """A person or a structure of the directory; ``entity`` is its table.

    ``structure`` is the buyer of a référent, else where a person works; ``territories`` and
    ``trades`` are codes.
    """

    key: Key
    entity: str
    id: int
    name: str
    kind: str
    structure: str
    service: str
    commune: str
    phone: str
    mail: str
    territories: tuple[str, ...]
    trades: tuple[str, ...]


class EntryFields(NamedTuple):
    """Every field of a person of the directory, with the names of what it refers to."""

    directory_entry: int
    kind: str
    name: str
    structure: str
    company: int | None
    company_name: str
    buyer: int | None
    buyer_name: str
    service: str
    role: str
    commune: str
    mail: str
    phone: str
    comment: str


class CoverageRow(NamedTuple):
    """Where, and for which trade, somebody can be called."""

    coverage: int
    entry: int | None
    company: int | None
    territory: str
    trade: str


class StructureKey(NamedTuple):
    """What tells a company or structure from the others."""

    company: int
    name: str
    siret: str | None
    kind: str
    commune: str


class CoverRow(NamedTuple):
    """Somebody who covers a territory: who, how to call them, by which coverage."""

    entity: str
    id: int
    name: str
    kind: str
    structure: str
    service: str
    commune: str
    phone: str
    mail: str
    territory: str
    trade: str


_ORDINARY = f"('', '{CompanyKind.ORDINARY.value}')"
_PEOPLE = (
    "SELECT 'directory_entry' AS entity, entry.id AS id, entry.name AS name, entry.kind AS kind, "
    "coalesce(buyer.name, nullif(entry.structure, ''), company.name, '') AS structure, "
    "entry.service AS service, entry.commune AS commune, entry.phone AS phone, "
    "entry.mail AS mail, entry.buyer AS buyer FROM directory_entry AS entry "
    "LEFT JOIN company ON company.id = entry.company LEFT JOIN buyer ON buyer.id = entry.buyer "
    "WHERE entry.removed = 0"
)
_PHONE = (
    "coalesce((SELECT {field} FROM contact WHERE contact.company = company.id "
    "AND contact.removed = 0 AND contact.{field} <> '' "
    "ORDER BY contact.contract IS NOT NULL OR contact.lot IS NOT NULL, contact.id LIMIT 1), '')"
)
_STRUCTURES = (
    "SELECT 'company', company.id, company.name, company.kind, '', '', company.commune, "
    f"{_PHONE.format(field='phone')}, {_PHONE.format(field='mail')}, NULL "
    f"FROM company WHERE company.removed = 0 AND company.kind NOT IN {_ORDINARY}"
)
_ALL = f"{_PEOPLE} UNION ALL {_STRUCTURES}"
_COLUMNS = "entity, id, name, kind, structure, service, commune, phone, mail"
_ORDERS = {
    "name": ("name COLLATE NOCASE", "id"),
    "kind": ("kind", "name COLLATE NOCASE", "id"),
    "structure": (
        "structure COLLATE NOCASE",
        "service COLLATE NOCASE",
        "name COLLATE NOCASE",
        "id",
    ),
    "commune": ("commune COLLATE NOCASE", "name COLLATE NOCASE", "id"),
}
# Structures alone are read from their table, by the index of their names.
_STRUCTURE_NAMES = (
    "(SELECT 'company' AS entity, company.id AS id, company.name AS name, company.kind AS kind, "
    "'' AS structure, '' AS service, company.commune AS commune, "
    f"{_PHONE.format(field='phone')} AS phone, {_PHONE.format(field='mail')} AS mail, "
    f"NULL AS buyer FROM company WHERE company.removed = 0 AND company.kind NOT IN {_ORDINARY})"
)
LISTINGS: dict[Selection, Listing] = {
    "all": Listing(_COLUMNS, f"({_ALL})", _ORDERS),
    "people": Listing(_COLUMNS, f"({_PEOPLE})", _ORDERS),
    "structures": Listing(_COLUMNS, _STRUCTURE_NAMES, _ORDERS),
}
_COVERS = (
    "id IN (SELECT coalesce(coverage.entry, coverage.company) FROM coverage "
    "WHERE coverage.removed = 0 AND {condition})"
)
_OF_TERRITORY = (
    "(coverage.territory IN (SELECT value FROM json_each(?)) OR EXISTS "
    "(SELECT 1 FROM json_each(?) AS part WHERE coverage.territory GLOB part.value || '*'))"
)
_COVERAGE = "SELECT id, entry, company, territory, trade FROM coverage WHERE removed = 0 AND "
COVERAGES_OF_ENTRY = f"{_COVERAGE}entry = ? ORDER BY territory, trade, id"
COVERAGES_OF_COMPANY = f"{_COVERAGE}company = ? ORDER BY territory, trade, id"
COVERAGES = (
    "SELECT coverage.id, coverage.entry, coverage.company, coverage.territory, coverage.trade "
    "FROM json_each(?) AS wanted CROSS JOIN coverage ON coverage.{owner} = wanted.value "
    "WHERE coverage.removed = 0 ORDER BY coverage.territory, coverage.trade, coverage.id"
)
ENTRY_SHEET = (
    "SELECT entry.id, entry.kind, entry.name, entry.structure, entry.company, "
    "coalesce(company.name, ''), entry.buyer, coalesce(buyer.name, ''), entry.service, "
    "entry.role, entry.commune, entry.mail, entry.phone, entry.comment "
    "FROM directory_entry AS entry LEFT JOIN company ON company.id = entry.company "
    "LEFT JOIN buyer ON buyer.id = entry.buyer WHERE entry.id = ? AND entry.removed = 0"
)
ENTRIES = ENTRY_SHEET.replace("entry.id = ? AND ", "") + " ORDER BY entry.name COLLATE NOCASE, 1"
_PEOPLE_COVERING = (
    "SELECT 'directory_entry', entry.id, entry.name, entry.kind, "
    "coalesce(buyer.name, nullif(entry.structure, ''), company.name, ''), entry.service, "
    "entry.commune, entry.phone, entry.mail, coverage.territory, coverage.trade "
    "FROM coverage CROSS JOIN directory_entry AS entry ON entry.id = coverage.entry "
    "LEFT JOIN company ON company.id = entry.company LEFT JOIN buyer ON buyer.id = entry.buyer "
    "WHERE coverage.removed = 0 AND entry.removed = 0 AND {where}"
)
_STRUCTURES_COVERING = (
    "SELECT 'company', company.id, company.name, company.kind, '', '', company.commune, "
    f"{_PHONE.format(field='phone')}, {_PHONE.format(field='mail')}, coverage.territory, "
    "coverage.trade FROM coverage CROSS JOIN company ON company.id = coverage.company "
    "WHERE coverage.removed = 0 AND company.removed = 0 "
    f"AND company.kind NOT IN {_ORDINARY} AND {{where}}"
)
_IN_TERRITORIES = "coverage.territory IN (SELECT value FROM json_each(?))"
_NEARBY = "coverage.territory >= ? AND coverage.territory < ?"
PEOPLE_COVERING = _PEOPLE_COVERING.format(where=_IN_TERRITORIES)
STRUCTURES_COVERING = _STRUCTURES_COVERING.format(where=_IN_TERRITORIES)
STRUCTURES_NEARBY = _STRUCTURES_COVERING.format(where=_NEARBY)
# Structures placed only by the commune of their sheet: no coverage says where they are.
STRUCTURES_NAMED = (
    "SELECT 'company', company.id, company.name, company.kind, '', '', company.commune, "
    f"{_PHONE.format(field='phone')}, {_PHONE.format(field='mail')}, '', '' FROM company "
    f"WHERE company.removed = 0 AND company.kind NOT IN {_ORDINARY} AND company.commune <> '' "
    "AND NOT EXISTS (SELECT 1 FROM coverage WHERE coverage.company = company.id "
    "AND coverage.removed = 0)"
)
STRUCTURE_KEYS = "SELECT id, name, siret, kind, commune FROM company WHERE removed = 0 ORDER BY id"
# Those taken away too: a file read again must not bring them back.
COVERAGE_KEYS = "SELECT {owner}, territory, trade FROM coverage WHERE {owner} IS NOT NULL"
STRUCTURE_EXPORT = (
    "SELECT company.id, company.siret, company.name, company.kind, company.naf, company.commune, "
    f"{_PHONE.format(field='name')}, {_PHONE.format(field='phone')}, "
    f"{_PHONE.format(field='mail')}, coverage.territory, coverage.trade FROM company "
    "LEFT JOIN coverage ON coverage.company = company.id AND coverage.removed = 0 "
    f"WHERE company.removed = 0 AND company.kind NOT IN {_ORDINARY} "
    "ORDER BY company.name COLLATE NOCASE, company.id, coverage.territory, coverage.trade"
)


def directory_page(
    connection: Connection,
    page: Page | None = None,
    narrowing: Narrowing | None = None,
    order: str = "name",
    descending: bool = False,
) -> list[DirectoryRow]:
    """A page of people and structures. Orders: ``name``, ``kind``, ``structure``, ``commune``."""
    wanted = narrowing or Narrowing()
    where, values = _narrowed(wanted)
    listing = LISTINGS[wanted.selection]
    rows = read_page(connection, listing, page or Page(), order, descending, where, values)
    covered = _covered(connection, [row[:2] for _, row in rows])
    return [
        DirectoryRow._make((key, *row, *covered.get((row[0], row[1]), ((), ()))))
        for key, row in rows
    ]


def count_directory(
    connection: Connection, narrowing: Narrowing | None = None, limit: int = 10_001
) -> int:
    """How many match; ``limit`` means "at least so many"."""
    wanted = narrowing or Narrowing()
    where, values = _narrowed(wanted)
    conditions = " AND ".join(where) or "true"
    source = LISTINGS[wanted.selection].source
    found: int = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM {source} WHERE {conditions} LIMIT ?)",
        [*values, limit],
    ).fetchone()[0]
    return found


def entry_sheet(connection: Connection, entry: int) -> EntryFields | None:
    """A person of the directory; None when unknown or removed."""
    found = connection.execute(ENTRY_SHEET, (entry,)).fetchone()
    return EntryFields._make(found) if found is not None else None


def entries(connection: Connection) -> list[EntryFields]:
    """Everybody of the directory, by name."""
    return [EntryFields._make(row) for row in connection.execute(ENTRIES)]


def coverages(connection: Connection, entity: str, row: int) -> list[CoverageRow]:
    """Where a person or a structure can be called."""
    sql = COVERAGES_OF_ENTRY if entity == ENTRY else COVERAGES_OF_COMPANY
    return [CoverageRow._make(found) for found in connection.execute(sql, (row,))]


def coverages_of(
    connection: Connection, entity: str, rows: Iterable[int]
) -> dict[int, list[CoverageRow]]:
    """The same for several of them."""
    owner = "entry" if entity == ENTRY else "company"
    found: dict[int, list[CoverageRow]] = {}
    for row in connection.execute(COVERAGES.format(owner=owner), (id_list(rows),)):
        one = CoverageRow._make(row)
        found.setdefault((one.entry if entity == ENTRY else one.company) or 0, []).append(one)
    return found


def covering(connection: Connection, territories: Sequence[str]) -> list[CoverRow]:
    """Who covers one of these territories, people first."""
    codes = (_texts(territories),)
    return [
        CoverRow._make(row)
        for sql in (PEOPLE_COVERING, STRUCTURES_COVERING)
        for row in connection.execute(sql, codes)
    ]


def structures_within(connection: Connection, departement: str) -> list[CoverRow]:
    """The structures placed in a commune of a département, or that cover the whole of it."""
    bounds = (departement, departement + "~")
    return [CoverRow._make(row) for row in connection.execute(STRUCTURES_NEARBY, bounds)]


def structures_by_commune_only(connection: Connection) -> list[CoverRow]:
    """Structures that only the commune of their sheet places."""
    return [CoverRow._make(row) for row in connection.execute(STRUCTURES_NAMED)]


def structure_rows(connection: Connection) -> Iterable[tuple[Any, ...]]:
    """One row for each structure and coverage: id, SIRET, name, kind, NAF, commune, contact,
    phone, mail, territory, trade."""
    return connection.execute(STRUCTURE_EXPORT)


def structure_keys(connection: Connection) -> list[StructureKey]:
    """Every company, as an import recognises it."""
    return [StructureKey._make(row) for row in connection.execute(STRUCTURE_KEYS)]


def coverage_keys(connection: Connection, entity: str) -> list[tuple[int, str, str]]:
    """Owner, territory and trade of every coverage of people or of structures, removed or not."""
    owner = "entry" if entity == ENTRY else "company"
    return connection.execute(COVERAGE_KEYS.format(owner=owner)).fetchall()


def _narrowed(wanted: Narrowing) -> tuple[list[str], list[Any]]:
    where, values = list[str](), list[Any]()
    if wanted.kind:
        where.append("kind = ?")
        values.append(wanted.kind)
    condition, bound = list[str](), list[Any]()
    if wanted.territories or wanted.within:
        condition.append(_OF_TERRITORY)
        bound += [_texts(wanted.territories), _texts(wanted.within)]
    if wanted.trade:
        condition.append("coverage.trade = ?")
        bound.append(wanted.trade)
    if condition:
        where.append(_COVERS.format(condition=" AND ".join(condition)))
        values += bound
    if words := typed_words(wanted.filter):
        where.append(
            "(id IN (SELECT rowid FROM search WHERE search MATCH ? "
            "AND entity IN ('company', 'directory_entry') LIMIT ?) "
            "OR buyer IN (SELECT rowid FROM search WHERE search MATCH ? AND entity = 'buyer'))"
        )
        values += [pattern(words), MATCH_LIMIT, pattern(words)]
    return where, values


def _covered(
    connection: Connection, rows: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], tuple[tuple[str, ...], tuple[str, ...]]]:
    """By (table, id), the codes of the territories and of the trades."""
    wanted = list(rows)
    found: dict[tuple[str, int], tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for entity in (ENTRY, COMPANY):
        ids = [row for table, row in wanted if table == entity]
        for row, listed in coverages_of(connection, entity, ids).items():
            territories = dict.fromkeys(one.territory for one in listed if one.territory)
            trades = dict.fromkeys(one.trade for one in listed if one.trade)
            found[entity, row] = tuple(territories), tuple(trades)
    return found


def _texts(codes: Iterable[str]) -> str:
    return json.dumps(list(codes))
