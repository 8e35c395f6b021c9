"""What a person does to the directory: people, structures, where they can be called; exports."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from suivi_tui.actions.records import FieldErrors, Saved, save_record
from suivi_tui.exchange.columns import TableColumns
from suivi_tui.exchange.columns_directory import DIRECTORY_COLUMNS
from suivi_tui.exchange.columns_structures import STRUCTURE_COLUMNS
from suivi_tui.reference import territories
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Receipt, created, write
from suivi_tui.store.queries import directory as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.directory import ENTRY, CoverageRow
from suivi_tui.store.queries.entry import identities
from suivi_tui.vocabulary.numbers import NBSP

_SOME = 6


def save_entry(base: Base, entry: int | None, values: Mapping[str, Any]) -> Saved:
    """Create or change a person of the directory; a buyer is an id or a name.

    Raises FieldErrors.
    """
    return save_record(base, ENTRY, entry, values)


def cover(
    base: Base, entity: str, row: int, territories: Sequence[str], trades: Sequence[str] = ()
) -> Receipt:
    """Say where (codes of territories) and for which trades somebody can be called.

    Each territory with each trade is one coverage; those already there are left alone.
    """
    owner = "entry" if entity == ENTRY else "company"
    known = {(one.territory, one.trade) for one in queries.coverages(base.connection, entity, row)}
    wanted = [
        (territory, trade)
        for territory in territories or ("",)
        for trade in trades or ("",)
        if (territory or trade) and (territory, trade) not in known
    ]
    changes = [
        created("coverage", base.new_id(), {owner: row, "territory": territory, "trade": trade})
        for territory, trade in dict.fromkeys(wanted)
    ]
    return write(base, changes, label=f"Ajout{NBSP}: territoire couvert")


def save_coverage(
    base: Base, coverage: int | None, entity: str, row: int, territory: str, trade: str
) -> Saved:
    """Create or change where somebody can be called; ``territory`` as a person types it.

    Raises FieldErrors when no territory, or more than one, has that name.
    """
    code = territory_code(territory)
    if not code and not trade:
        raise FieldErrors({"territory": "indiquez un territoire, ou au moins un métier"})
    values: dict[str, Any] = {"territory": code, "trade": trade or None}
    if coverage is None:
        values["entry" if entity == ENTRY else "company"] = row
    return save_record(base, "coverage", coverage, values)


def territory_code(typed: str) -> str:
    """The code of a territory typed by name or code, '' when nothing is typed. Raises
    FieldErrors."""
    if not typed.strip():
        return ""
    found = territories.territories_called(typed)
    if len(found) == 1:
        return found[0].code
    if not found:
        raise FieldErrors({"territory": "ce territoire est inconnu : commune, département, région"})
    some = ", ".join(one.label for one in found[:_SOME])
    more = "…" if len(found) > _SOME else ""
    raise FieldErrors({"territory": f"plusieurs territoires, écrivez l'un d'eux : {some}{more}"})


def directory_rows(connection: Connection, *, nominative: bool) -> Iterator[tuple[Any, ...]]:
    """People as an ``annuaire`` file holds them, one row for each territory and trade."""
    people = queries.entries(connection)
    covered = queries.coverages_of(connection, ENTRY, [one.directory_entry for one in people])
    sirets = {row: siret for row, _, siret in identities(connection, "buyer")}
    for one in people:
        for coverage in covered.get(one.directory_entry) or [_NOWHERE]:
            values = {
                **one._asdict(),
                "structure": one.structure or one.company_name,
                "buyer": one.buyer_name,
                "buyer_siret": sirets.get(one.buyer or 0),
                "territory": territories.coded_territory(coverage.territory),
                "trade": coverage.trade,
            }
            yield _written(values, DIRECTORY_COLUMNS, nominative=nominative)


def structure_rows(connection: Connection, *, nominative: bool) -> Iterator[tuple[Any, ...]]:
    """Structures as a ``structures`` file holds them, one row for each territory and trade."""
    names = (
        "company", "siret", "name", "kind", "naf", "commune", "contact", "phone", "mail",
        "territory", "trade",
    )  # fmt: skip
    for row in queries.structure_rows(connection):
        values = dict(zip(names, row, strict=True))
        values["territory"] = territories.coded_territory(values["territory"] or "")
        yield _written(values, STRUCTURE_COLUMNS, nominative=nominative)


def _written(
    values: Mapping[str, Any], table: TableColumns, *, nominative: bool
) -> tuple[Any, ...]:
    return tuple(
        None if column.nominative and not nominative else values.get(column.field) or None
        for column in table.columns
    )


_NOWHERE = CoverageRow(0, None, None, "", "")
