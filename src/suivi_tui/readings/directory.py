"""Who covers this commune? And what a territory typed by a person means for a list."""

from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.reference import territories
from suivi_tui.reference.territories import Commune, Level, Territory
from suivi_tui.store.queries import directory as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.directory import CoverRow, Narrowing
from suivi_tui.vocabulary.choices import CompanyKind, DirectoryKind, Sector, find, label_of
from suivi_tui.vocabulary.text import fold


class Cover(NamedTuple):
    """Somebody to call for a commune; ``by`` are the territories of theirs that hold it.

    ``trades`` are codes of Sector. ``by`` is empty for a structure that is only near.
    """

    row: CoverRow
    by: tuple[Territory, ...]
    trades: tuple[str, ...]

    @property
    def kind_label(self) -> str:
        """What they are, in French, in a few letters for a structure."""
        return kind_label(self.row.entity, self.row.kind, short=True)


class Covering(NamedTuple):
    """Who covers a commune: people, structures, and structures elsewhere in its département."""

    commune: Commune
    people: tuple[Cover, ...]
    structures: tuple[Cover, ...]
    nearby: tuple[Cover, ...]


def kind_label(entity: str, kind: str, *, short: bool = False) -> str:
    """The kind of somebody of the directory, in French."""
    if entity == queries.ENTRY:
        return label_of(DirectoryKind, kind, "À préciser")
    member = find(CompanyKind, kind)
    if isinstance(member, CompanyKind):
        return member.short if short else member.label
    return kind


def trade_labels(codes: Iterable[str]) -> str:
    """Trades in French, one after the other."""
    return ", ".join(label_of(Sector, code) for code in codes if code)


def who_covers(connection: Connection, commune: Commune, trade: str = "") -> Covering:
    """Who can be called for a commune, the nearest coverage first.

    An entry covers it by the commune itself, its département or its region. A structure that
    says no territory counts by the commune of its sheet. With ``trade`` (a code of Sector), those
    who say other trades only are left out; who says none is kept.
    """
    codes = territories.around(commune.code)
    rows = queries.covering(connection, codes)
    within = queries.structures_within(connection, commune.departement)
    rows += [row for row in _named(connection, commune) if row.id not in {one.id for one in rows}]
    found = _gathered(rows, codes, commune, trade)
    known = {cover.row.id for cover in found}
    nearby = _gathered((row for row in within if row.id not in known), codes, commune, trade)
    return Covering(
        commune,
        tuple(cover for cover in found if cover.row.entity == queries.ENTRY),
        tuple(cover for cover in found if cover.row.entity == queries.COMPANY),
        tuple(nearby),
    )


def communes_typed(text: str) -> tuple[Commune, ...]:
    """The communes that a person may mean: by name, postcode or code, else by first letters."""
    return territories.communes_called(text) or territories.communes_beginning(text)


def narrowed_to(narrowing: Narrowing, territory: Territory | None) -> Narrowing:
    """The same list, kept to a territory (None: everywhere).

    A commune keeps who covers it; a département or a region, who covers it or a part of it.
    """
    if territory is None:
        return narrowing._replace(territories=(), within=())
    if territory.level is Level.COMMUNE:
        return narrowing._replace(territories=territories.around(territory.code), within=())
    if territory.level is Level.REGION:
        inside = territories.departements_of(territory.code)
        return narrowing._replace(territories=(territory.code,), within=inside)
    region = territories.region_of(territory.code)
    wide = () if region is None else (region.code,)
    return narrowing._replace(territories=(territory.code, *wide), within=(territory.code,))


def territories_text(codes: Iterable[str], limit: int = 3) -> str:
    """Territories in French, the first ones by name."""
    labels = [territories.label_of_territory(code) for code in codes]
    more = f" et {len(labels) - limit} autres" if len(labels) > limit + 1 else ""
    return ", ".join(labels[:limit] if more else labels) + more


def _named(connection: Connection, commune: Commune) -> list[CoverRow]:
    """Structures whose sheet names the commune, and no other territory."""
    wanted = fold(commune.name).replace("-", " ")
    if len(territories.communes_called(commune.name)) > 1:
        # A name that several communes share places nobody.
        return []
    return [
        row
        for row in queries.structures_by_commune_only(connection)
        if fold(row.commune).replace("-", " ") == wanted
    ]


def _gathered(
    rows: Iterable[CoverRow], codes: tuple[str, ...], commune: Commune, trade: str
) -> list[Cover]:
    """One line for each person or structure, with all that it says; the nearest first."""
    by_id: dict[int, list[CoverRow]] = {}
    for row in rows:
        by_id.setdefault(row.id, []).append(row)
    found = []
    for listed in by_id.values():
        trades = tuple(dict.fromkeys(row.trade for row in listed if row.trade))
        if trade and trades and trade not in trades:
            continue
        held = dict.fromkeys(row.territory for row in listed if row.territory in codes)
        areas = [territories.territory(code) for code in sorted(held, key=codes.index)]
        found.append(Cover(listed[0], tuple(area for area in areas if area), trades))

    def nearness(cover: Cover) -> tuple[int, bool, str]:
        place = codes.index(cover.by[0].code) if cover.by else 0
        other_town = fold(cover.row.commune) != fold(commune.name)
        return place, other_town, fold(cover.row.name)

    return sorted(found, key=nearness)
