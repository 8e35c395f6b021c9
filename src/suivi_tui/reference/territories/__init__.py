"""Communes, départements and regions of France, read when first asked for (see NOTICE.txt).

The code of a commune or of a département is that of INSEE; a region is ``R`` and its INSEE code,
because ``11`` is both the Aude and the Île-de-France.
"""

import gzip
import re
from collections import defaultdict
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from suivi_tui.vocabulary.text import fold

REGION: Final = "R"

_POSTCODE: Final = re.compile(r"[0-9]{5}")
_CODE: Final = re.compile(r"(?:[0-9]{5}|2[AB][0-9]{3})", re.IGNORECASE)
_CODED: Final = re.compile(r"(R?[0-9]{2,3}|2[AB]) +(.+)")
_CODED_COMMUNE: Final = re.compile(r"([0-9]{5}|2[AB][0-9]{3}) +(.+)")
_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")
_CEDEX: Final = re.compile(r"\bcedex(?: [0-9]+)?$")
# "Paris 18e", "Lyon 3e arrondissement": the commune is the town.
_DISTRICT: Final = re.compile(r" [0-9]{1,2}(?: ?(?:er|e|eme|ieme))?(?: arrondissement)?$")
_SAINTS: Final = {"st": "saint", "ste": "sainte"}
_LONG_DEPARTEMENTS: Final = ("97", "98")


class Level(Enum):
    """How large a territory is."""

    COMMUNE = "commune"
    DEPARTEMENT = "département"
    REGION = "région"


class Territory(NamedTuple):
    """A commune, a département or a region; ``code`` is what a coverage keeps."""

    code: str
    name: str
    level: Level

    @property
    def label(self) -> str:
        """``Valence (26)``, ``Drôme (département)``, ``Bretagne (région)``."""
        place = departement_of(self.code) if self.level is Level.COMMUNE else self.level.value
        return f"{self.name} ({place})"


class Commune(NamedTuple):
    """A commune, its département, its postcodes; a postcode may be that of several."""

    code: str
    name: str
    postcodes: tuple[str, ...]

    @property
    def departement(self) -> str:
        """The code of its département."""
        return departement_of(self.code)

    @property
    def territory(self) -> Territory:
        """The commune as a territory."""
        return Territory(self.code, self.name, Level.COMMUNE)


def departement_of(commune: str) -> str:
    """The code of the département of a commune: ``59350`` is in ``59``, ``97411`` in ``974``."""
    return commune[:3] if commune.startswith(_LONG_DEPARTEMENTS) else commune[:2]


def commune(code: str) -> Commune | None:
    """The commune of an INSEE code; that of today when the code is one of former times."""
    return _communes().by_code.get(code.strip().upper())


def communes_called(text: str) -> tuple[Commune, ...]:
    """The communes of a name, a postcode or an INSEE code; several when nothing tells them apart.

    Accents, hyphens, ``St`` and ``Cedex`` do not matter; a commune that merged gives the one of
    today. ``59100 Roubaix`` narrows the name by the postcode, or by the code.
    """
    known = _communes()
    typed = text.strip()
    if _CODE.fullmatch(typed):
        found = dict.fromkeys(known.by_postcode.get(typed, ()))
        if code := known.by_code.get(typed.upper()):
            found.setdefault(code, None)
        return tuple(found)
    coded = _CODED_COMMUNE.fullmatch(typed.upper())
    if coded and (one := known.by_code.get(coded[1])) and _key(one.name) == _key(coded[2]):
        return (one,)
    postcode = _POSTCODE.search(typed)
    name = _key(_POSTCODE.sub(" ", typed))
    found = dict.fromkeys(known.by_name.get(name) or known.by_name.get(_town(name)) or ())
    if postcode is not None:
        within = [one for one in found if postcode[0] in one.postcodes]
        return tuple(within or (found if not known.by_postcode.get(postcode[0]) else ()))
    return tuple(found)


def communes_beginning(text: str, limit: int = 20) -> tuple[Commune, ...]:
    """Communes whose name begins so, the shortest names first; for who typed a few letters."""
    name = _key(text)
    if not name:
        return ()
    known = _communes().by_name
    found = dict.fromkeys(
        one
        for key in sorted((key for key in known if key.startswith(name)), key=len)
        for one in known[key]
    )
    return tuple(found)[:limit]


def locate(name: str, postcode: str = "", departement: str = "") -> Commune | None:
    """The only commune that a name, a postcode and a département can be; None when in doubt."""
    found = communes_called(name) if name else ()
    if postcode:
        found = tuple(one for one in found if postcode in one.postcodes) or found
    within = departement or departement_of(postcode)
    if within and len(within) > 1 and not (within == "20" or postcode.startswith("20")):
        found = tuple(one for one in found if one.departement == within)
    return found[0] if len(found) == 1 else None


def departement(code: str) -> Territory | None:
    """The département of a code; a lone digit lost its zero in a spreadsheet."""
    wanted = code.strip().upper()
    return _areas().get(wanted.zfill(2) if wanted.isdigit() else wanted)


def region_of(departement_code: str) -> Territory | None:
    """The region of a département."""
    return _areas().get(_regions_of().get(departement_code, ""))


def departements_of(region: str) -> tuple[str, ...]:
    """The codes of the départements of a region (``R84``)."""
    return tuple(code for code, inside in _regions_of().items() if inside == region)


def territory(code: str) -> Territory | None:
    """The territory of a code kept in a coverage; None when no territory has it."""
    area = _areas().get(code)
    if area is not None:
        return area
    found = _communes().by_code.get(code) if _CODE.fullmatch(code) else None
    return found.territory if found is not None else None


def label_of_territory(code: str) -> str:
    """How a coverage is read: ``Drôme (département)``; the code itself when it is unknown."""
    found = territory(code)
    return found.label if found is not None else code


def coded_territory(code: str) -> str:
    """A territory as files hold it, that nothing else can be: ``59350 Lille``, ``59 Nord``."""
    found = territory(code)
    return f"{code} {found.name}" if found is not None else code


def around(code: str) -> tuple[str, ...]:
    """The codes that cover a commune: its own, its département, its region."""
    within = departement_of(code)
    region = _regions_of().get(within, "")
    return tuple(part for part in (code, within, region) if part)


def territories_called(text: str) -> tuple[Territory, ...]:
    """The territories of a name or of a code: communes, départements, regions.

    ``Paris`` is the commune and the département: the largest comes first.
    """
    typed = text.strip()
    if not typed:
        return ()
    areas = _areas()
    upper = typed.upper()
    if upper in areas:
        return (areas[upper],)
    coded = _CODED.fullmatch(upper)
    if coded and coded[1] in areas and _key(areas[coded[1]].name) == _key(coded[2]):
        return (areas[coded[1]],)
    if len(typed) == 1 and typed.zfill(2) in areas:
        return (areas[typed.zfill(2)],)
    bare = _key(re.sub(r"\((?:département|région|[0-9]{2,3}|2[AaBb])\)", "", typed))
    level = next((one for one in (Level.DEPARTEMENT, Level.REGION) if f"({one.value})" in typed),
                 None)  # fmt: skip
    named = [area for area in areas.values() if _key(area.name) == bare]
    if level is not None:
        return tuple(area for area in named if area.level is level)
    within = re.search(r"\(([0-9]{2,3}|2[AB])\)", upper)
    towns = [one for one in communes_called(re.sub(r"\(.*\)", "", typed))
             if within is None or one.departement == within[1]]  # fmt: skip
    if within is not None:
        named = []
    named.sort(key=lambda area: area.level is not Level.REGION)
    return (*named, *(one.territory for one in towns))


class _Communes(NamedTuple):
    by_code: dict[str, Commune]
    by_name: dict[str, list[Commune]]
    by_postcode: dict[str, list[Commune]]


@cache
def _communes() -> _Communes:
    packed = (files(__name__) / "communes.csv.gz").read_bytes()
    lines = [line.split(";") for line in gzip.decompress(packed).decode("utf-8").splitlines()]
    by_code: dict[str, Commune] = {}
    by_name: dict[str, list[Commune]] = defaultdict(list)
    by_postcode: dict[str, list[Commune]] = defaultdict(list)
    former: list[tuple[str, str, str]] = []
    for line in lines:
        code, name, postcodes, now = [*line, "", ""][:4]
        if now:
            former.append((code, name, now))
            continue
        one = Commune(code, name, tuple(postcodes.split()))
        by_code[code] = one
        by_name[_key(name)].append(one)
        for postcode in one.postcodes:
            by_postcode[postcode].append(one)
    for code, name, now in former:
        current = by_code.get(now)
        if current is not None:
            by_code.setdefault(code, current)
            named = by_name[_key(name)]
            if current not in named:
                named.append(current)
    return _Communes(by_code, dict(by_name), dict(by_postcode))


@cache
def _areas() -> dict[str, Territory]:
    """Départements and regions by the code of a coverage."""
    found = {
        code: Territory(code, name, Level.DEPARTEMENT)
        for code, name, _ in _rows("departements.csv")
    }
    for code, name in _rows("regions.csv"):
        found[REGION + code] = Territory(REGION + code, name, Level.REGION)
    return found


@cache
def _regions_of() -> dict[str, str]:
    return {code: REGION + region for code, _, region in _rows("departements.csv")}


def _rows(name: str) -> list[list[str]]:
    text = (files(__name__) / name).read_text(encoding="utf-8")
    return [line.split(";") for line in text.splitlines()]


def _key(name: str) -> str:
    """A name as it is compared."""
    words = _NOT_WORD.sub(" ", fold(name)).split()
    return _CEDEX.sub("", " ".join(_SAINTS.get(word, word) for word in words)).strip()


def _town(key: str) -> str:
    return _DISTRICT.sub("", key)
