"""The small invented world that all sample files speak of, and a base that holds it.

Two holders, a temporary work agency that feeds several lots, an employers' group, three
contracts of two buyers, twelve people of whom two are namesakes born on different days.
"""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from builders import (
    NewLot,
    NewPlacement,
    new_base,
    new_buyer,
    new_company,
    new_contract,
    new_eligibility,
    new_lot,
    new_person,
    new_placement,
    new_work_contract,
)
from suivi_tui.store.base import Base

TODAY = date(2026, 10, 15)


class Person(NamedTuple):
    """Someone of the world: who employs them, and the lots on which they work."""

    last: str
    first: str
    birth: str
    reference: str
    employer: str
    lots: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name as most senders write it."""
        return f"{self.last} {self.first}"


class Company(NamedTuple):
    """A company or a structure."""

    name: str
    kind: str
    siret: str


class Lot(NamedTuple):
    """A lot of a contract, and the company that owes its hours."""

    contract: str
    number: str
    title: str
    holder: str


COMPANIES = {
    "batisseurs": Company("Bâtisseurs du Val", "entreprise", "80000000200005"),
    "peintres": Company("Peintres Réunis", "entreprise", "73282932000074"),
    "etti": Company("Passerelle Intérim", "ETTI", "11000001200018"),
    "geiq": Company("GEIQ BTP Valmont", "GEIQ", "35600000000048"),
}

# Number of the contract: its buyer and its object.
CONTRACTS = {
    "2026-01": ("Ville de Valmont", "Réhabilitation de l'école Jean Moulin"),
    "2026-02": ("Habitat Valmont", "Construction du gymnase Coubertin"),
    "2026-03": ("Ville de Valmont", "Nettoyage de la médiathèque"),
}

LOTS = {
    "ecole-1": Lot("2026-01", "1", "Gros œuvre", "batisseurs"),
    "ecole-2": Lot("2026-01", "2", "Peinture", "peintres"),
    "gymnase-1": Lot("2026-02", "1", "Gros œuvre", "batisseurs"),
    "gymnase-2": Lot("2026-02", "2", "Peinture", "peintres"),
    "nettoyage": Lot("2026-03", "0", "", "peintres"),
}

PEOPLE = {
    "dupont": Person("DUPONT", "Jean", "1990-03-12", "P-001", "batisseurs", ("ecole-1",)),
    "paul88": Person("MARTIN", "Paul", "1988-02-03", "P-002", "batisseurs", ("ecole-1",)),
    "paul95": Person("MARTIN", "Paul", "1995-11-20", "P-003", "etti", ("gymnase-1",)),
    "benali": Person("BENALI", "Samira", "1992-07-01", "P-004", "etti", ("ecole-2", "gymnase-2")),
    "legoff": Person("LE GOFF", "Yann", "1985-05-25", "P-005", "etti", ("ecole-1",)),
    "nguyen": Person("NGUYEN", "Thi Mai", "1999-09-09", "P-006", "geiq", ("ecole-2",)),
    "dasilva": Person("DA SILVA", "Maria", "1979-12-30", "P-007", "peintres", ("gymnase-2",)),
    "petit": Person("PETIT", "Élodie", "2001-04-18", "P-008", "geiq", ("gymnase-2",)),
    "kone": Person("KONÉ", "Ibrahim", "1994-01-06", "P-009", "etti", ("gymnase-1",)),
    "rousseau": Person("ROUSSEAU", "Chloé", "1998-08-14", "P-010", "peintres", ("nettoyage",)),
    "obrien": Person("O'BRIEN", "Kévin", "1987-06-21", "P-011", "batisseurs", ("gymnase-1",)),
    "ozturk": Person("ÖZTÜRK", "Deniz", "1996-10-03", "P-012", "etti", ("nettoyage",)),
}

_MODES = {"ETTI": "mise_a_disposition", "GEIQ": "mise_a_disposition", "entreprise": "direct"}
_TYPES = {"ETTI": "mission_insertion", "GEIQ": "professionnalisation", "entreprise": "cdd"}


class World(NamedTuple):
    """The ids of what a base holds, by the keys of this module.

    ``placements`` are by (person, lot).
    """

    companies: dict[str, int]
    contracts: dict[str, int]
    lots: dict[str, NewLot]
    people: dict[str, int]
    placements: dict[tuple[str, str], NewPlacement]


def build(base: Base) -> World:
    """Write the world in an empty base."""
    companies = {
        key: new_company(base, company.name, kind=company.kind, siret=company.siret)
        for key, company in COMPANIES.items()
    }
    buyers: dict[str, int] = {}
    contracts: dict[str, int] = {}
    lots: dict[str, NewLot] = {}
    for number, (buyer, title) in CONTRACTS.items():
        if buyer not in buyers:
            buyers[buyer] = new_buyer(base, buyer)
        (first, lot), *others = [(k, v) for k, v in LOTS.items() if v.contract == number]
        made = new_contract(
            base,
            number=number,
            buyer=buyers[buyer],
            company=companies[lot.holder],
            lot=lot.number,
            object=title,
            end="2027-06-30",
        )
        contracts[number] = made.contract
        lots[first] = NewLot(made.lot, made.obligation)
        for key, lot in others:
            lots[key] = new_lot(
                base, made.contract, companies[lot.holder], number=lot.number, title=lot.title
            )
    people: dict[str, int] = {}
    placements: dict[tuple[str, str], NewPlacement] = {}
    for key, person in PEOPLE.items():
        people[key] = new_person(
            base, person.last, person.first, birth=person.birth, reference=person.reference
        )
        new_eligibility(base, people[key])
        kind = COMPANIES[person.employer].kind
        work = new_work_contract(
            base,
            people[key],
            companies[person.employer],
            structure_kind=kind,
            mode=_MODES[kind],
            type=_TYPES[kind],
            end="2027-06-30",
        )
        for place in person.lots:
            placements[key, place] = new_placement(
                base, lots[place], people[key], work_contract=work
            )
    return World(companies, contracts, lots, people, placements)


def world_base(folder: Path) -> tuple[Base, World]:
    """A new base with the world in it."""
    base = new_base(folder)
    return base, build(base)
