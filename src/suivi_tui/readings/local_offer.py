"""Which local structures could answer a purchase: where they can be called, and for which trade."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from suivi_tui.reference import territories
from suivi_tui.reference.territories import Level
from suivi_tui.rules.recommendation_facts import Offer
from suivi_tui.store.queries.planned_purchases import StructureRow
from suivi_tui.vocabulary.choices import CompanyKind
from suivi_tui.vocabulary.text import fold

_DISABILITY: Final = frozenset((CompanyKind.EA.value, CompanyKind.ESAT.value))
_STAFFING: Final = frozenset(
    kind.value for kind in (CompanyKind.ETTI, CompanyKind.AI, CompanyKind.GEIQ, CompanyKind.EATT)
)
_CODE: Final = re.compile(r"\(?\b([0-9]{5}|2[AB][0-9]{3})\b\)?", re.IGNORECASE)


class Place(NamedTuple):
    """A place as structures cover it: the codes that hold it, those that it holds, its name."""

    codes: tuple[str, ...] = ()
    inside: str = ""
    name: str = ""


EVERYWHERE: Final = Place()


def place_of(texts: Iterable[str]) -> Place:
    """The first of several texts that names one place of France; everywhere when none does."""
    for text in texts:
        found = _place(text)
        if found is not None:
            return found
    return EVERYWHERE


def _place(text: str) -> Place | None:
    code = _CODE.search(text)
    if code is not None:
        named = _CODE.sub(" ", text).strip(" ()-")
        # The postcode of a town is the code of another one: its name comes first.
        commune = territories.locate(named, code[1]) or territories.commune(code[1])
        if commune is not None:
            return Place(territories.around(commune.code), "", commune.name)
    listed = territories.territories_called(text)
    if len({one.code for one in listed}) != 1:
        return None
    territory = listed[0]
    if territory.level is Level.COMMUNE:
        return Place(territories.around(territory.code), "", territory.name)
    if territory.level is Level.DEPARTEMENT:
        region = territories.region_of(territory.code)
        wide = () if region is None else (region.code,)
        return Place((territory.code, *wide), territory.code, territory.name)
    return Place((territory.code,), "", territory.name)


def offer_of(structures: Iterable[StructureRow], place: Place, sector: str) -> Offer:
    """The structures that can be called at a place for a sector of activity.

    One that says no trade answers for any; one of which nobody said where or for what it works
    counts only when the commune of its sheet is the place. Without a sector nobody is counted:
    what is bought is not known.
    """
    able: dict[int, str] = {}
    silent: dict[int, str] = {}
    for row in structures:
        if not row.covers:
            near = bool(place.name) and fold(row.commune) == fold(place.name)
            (able if near else silent)[row.company] = row.kind
        elif sector and row.trade in ("", sector) and _covers(row.territory, place):
            able[row.company] = row.kind
    kinds = list(able.values())
    disability = sum(kind in _DISABILITY for kind in kinds)
    staffing = sum(kind in _STAFFING for kind in kinds)
    where = f"pour {place.name}" if place.name else "dans toute la base"
    return Offer(len(kinds) - disability - staffing, disability, staffing, where, len(silent))


def _covers(territory: str, place: Place) -> bool:
    if not territory or not place.codes:
        return True
    if territory in place.codes:
        return True
    return bool(place.inside) and territory.startswith(place.inside)
