"""What buyers committed to, and who covers which territory around the invented agglomeration."""

from typing import Final, NamedTuple

from suivi_tui.actions.demonstration.companies import STRUCTURES
from suivi_tui.actions.demonstration.names import FACILITATORS, MEN, STRUCTURE, WOMEN, mail
from suivi_tui.actions.demonstration.world import EXCHANGES, FRAME, World
from suivi_tui.store.journal import Change, Value
from suivi_tui.vocabulary.choices import DirectoryKind, PolicyIndicator, PolicyKind, Sector


class Commitment(NamedTuple):
    """A target of a year: the indicator, the words, the unit, the figure aimed at, one typed."""

    indicator: PolicyIndicator
    words: str
    unit: str
    target: int
    typed: int | None = None


_SPASER: Final = (
    Commitment(PolicyIndicator.SOCIAL_SHARE, "Un marché sur trois avec une considération sociale",
               "%", 30),
    Commitment(PolicyIndicator.HOURS_DONE, "Heures d'insertion réalisées dans l'année", "h",
               14_000),
    Commitment(PolicyIndicator.RESERVED_CONTRACTS, "Marchés réservés à l'insertion ou au handicap",
               "marchés", 2),
    Commitment(PolicyIndicator.OTHER, "Acheteurs formés à l'achat responsable", "agents", 12, 9),
)  # fmt: skip
_CHARTER: Final = (
    Commitment(PolicyIndicator.HOURS_DONE, "Heures d'insertion de la convention NPNRU", "h", 3_500),
    Commitment(PolicyIndicator.PARTICIPANTS, "Habitants et demandeurs d'emploi employés",
               "personnes", 20),
)  # fmt: skip
_TRADES: Final = {
    "etti": (Sector.BUILDING, Sector.PUBLIC_WORKS),
    "geiq": (Sector.BUILDING,),
    "ei": (Sector.CLEANING, Sector.GREEN_SPACES),
    "ai": (Sector.CLEANING, Sector.CATERING),
    "regie": (Sector.CLEANING, Sector.GREEN_SPACES),
    "aci": (Sector.WATER_WASTE, Sector.GREEN_SPACES),
    "ea": (Sector.OTHER_SERVICES,),
}
_REFERENTS: Final = (("AGG", "Commande publique"), ("DEP", "Direction des routes"),
                     ("VHA", "Maîtrise d'ouvrage"), ("CHV", "Achats"))  # fmt: skip
_NEIGHBOURS: Final = (("Maison de l'emploi de la Haute-Vère", "79"),
                      ("PLIE des Trois-Vallées", "17"))  # fmt: skip
_HERE: Final = "86"
"""Invented people need real codes for « Qui couvre cette commune ? » to answer."""


def plan_commitments(world: World) -> None:
    """A SPASER of the agglomeration, a charter of a landlord, with the targets of this year."""
    year = world.timeline.today.year
    day = world.timeline.day(-10, 12)
    for code, kind, name, targets in (
        ("AGG", PolicyKind.SPASER, f"SPASER {year - 1}-{year + 2}", _SPASER),
        ("VHA", PolicyKind.CHARTER, "Charte locale d'insertion des Tilleuls", _CHARTER),
    ):
        buyer = world.buyers[code]
        policy, change = world.create(
            "policy",
            {
                "buyer": buyer,
                "kind": kind.value,
                "name": name,
                "start": f"{year - 1}-01-01",
                "end": f"{year + 2}-12-31",
                "text": "",
            },
        )
        changes = [change]
        for target in targets:
            changes += _target(world, buyer, policy, year, target)
        world.plan(day, EXCHANGES, f"Engagements\u00a0: {name}", changes)


def _target(world: World, buyer: int, policy: int, year: int, target: Commitment) -> list[Change]:
    row, change = world.create(
        "policy_target",
        {
            "buyer": buyer,
            "policy": policy,
            "year": year,
            "indicator": target.indicator.value,
            "commitment": target.words,
            "unit": target.unit,
            "target": target.target * 100,
            "typed": None if target.typed is None else target.typed * 100,
        },
    )
    if target.typed is None:
        return [change]
    proof: dict[str, Value] = {
        "policy_target": row,
        "date": None,
        "label": "Feuilles d'émargement des sessions",
        "link": "Classeur formation, service commande publique",
    }
    return [change, world.create("evidence", proof)[1]]


def plan_coverage(world: World) -> None:
    """Facilitators of here and next door, référents of buyers, trades of the structures."""
    changes: list[Change] = []
    for name in FACILITATORS:
        first, last = name.split(" ", 1)
        address = mail(first, last)
        changes += _facilitator(world, name, address, STRUCTURE, _HERE)
    for structure, territory in _NEIGHBOURS:
        changes += _facilitator(world, *_somebody(world), structure, territory)
    for code, service in _REFERENTS:
        name, address = _somebody(world)
        changes += _entry(world, DirectoryKind.REFERENT, name, "", address,
                          buyer=world.buyers[code], service=service)  # fmt: skip
    for key in STRUCTURES:
        for trade in _TRADES.get(key, ()):
            covered: dict[str, Value] = {
                "company": world.companies[key],
                "territory": _HERE,
                "trade": trade.value,
            }
            changes.append(world.create("coverage", covered)[1])
    world.plan(world.timeline.day(-12, 8), FRAME, "Annuaire du territoire", changes)


def _somebody(world: World) -> tuple[str, str]:
    first, last = world.rng.choice(WOMEN + MEN), world.surnames()
    return f"{first} {last}", mail(first, last)


def _facilitator(
    world: World, name: str, address: str, structure: str, territory: str
) -> list[Change]:
    """A facilitator, and the département that they cover."""
    entry = _entry(world, DirectoryKind.FACILITATOR, name, structure, address)
    covered: dict[str, Value] = {"entry": int(entry[0].row), "territory": territory}
    return [*entry, world.create("coverage", covered)[1]]


def _entry(
    world: World, kind: DirectoryKind, name: str, structure: str, address: str, **more: Value
) -> list[Change]:
    values: dict[str, Value] = {
        "kind": kind.value,
        "name": name,
        "structure": structure,
        "mail": address,
        "phone": world.numbers.office(),
        **more,
    }
    return [world.create("directory_entry", values)[1]]
