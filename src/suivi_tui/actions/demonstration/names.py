"""Invented names, all marked: a surname that ends in ``-Démo`` is the one of nobody.

Phone numbers are those that the French regulator keeps for fiction (01 99 00, 06 39 98), SIRET
numbers start with 999 and hold their key, mail addresses are at ``exemple.fr``.
"""

from collections.abc import Iterator
from itertools import count
from random import Random

from suivi_tui.vocabulary.text import fold

MARK = "-Démo"
REFERENCE = "DEMO-"

_STARTS = (
    "Alvi", "Bor", "Cali", "Dor", "Esti", "Fari", "Gal", "Hervi", "Isa", "Jolu", "Kara", "Lomi",
    "Mara", "Nori", "Oli", "Pavi", "Quini", "Rova", "Sali", "Tori", "Ubri", "Vani", "Yano", "Zeli",
)  # fmt: skip
_ENDS = ("bel", "dou", "ret", "zin", "mard", "nay", "vel", "gon", "court", "rin")

WOMEN = (
    "Aminata", "Sylvie", "Fatima", "Nadia", "Élodie", "Mariama", "Christelle", "Rachida",
    "Laura", "Inès", "Patricia", "Samira", "Océane", "Véronique", "Aïcha", "Manon", "Natacha",
    "Leïla", "Corinne", "Justine",
)  # fmt: skip
MEN = (
    "Karim", "Julien", "Mamadou", "Thomas", "Yassine", "Frédéric", "Kévin", "Mehdi", "Laurent",
    "Sofiane", "Anthony", "Ibrahim", "David", "Bilal", "Mickaël", "Rachid", "Nicolas", "Samuel",
    "Ousmane", "Jordan", "Olivier", "Hamza", "Cédric", "Tarek", "Florian", "Abdel", "Bruno",
    "Idriss", "Maxime", "Pascal", "Walid", "Lucas", "Moussa", "Gilles", "Amine", "Dylan",
)  # fmt: skip

STRUCTURE = "Maison de l'emploi du Val d'Orme (démonstration)"
FACILITATORS = ("Camille Aubival-Démo", "Nadia Sorbanel-Démo")


def surnames(rng: Random) -> Iterator[str]:
    """Surnames that no two calls share, in an order that the seed decides."""
    every = [start + end + MARK for start in _STARTS for end in _ENDS]
    rng.shuffle(every)
    return iter(every)


def mail(first: str, last: str) -> str:
    """A fictional address."""
    name = f"{first}.{last}".replace(" ", "-")
    return f"{fold(name)}@exemple.fr"


class Numbers:
    """Fictional phone numbers and SIRET numbers, each given once."""

    def __init__(self, rng: Random) -> None:
        self._offices = iter(rng.sample(range(10_000), 400))
        self._mobiles = iter(rng.sample(range(10_000), 400))
        self._siren = count(rng.randrange(10_000, 20_000))

    def office(self) -> str:
        """A phone number of an office."""
        return _phone("01 99 00", next(self._offices))

    def mobile(self) -> str:
        """A mobile phone number."""
        return _phone("06 39 98", next(self._mobiles))

    def siret(self) -> str:
        """A SIRET under a SIREN in 999, with both its control digits."""
        siren = _keyed(f"999{next(self._siren):05d}")
        return _keyed(f"{siren}0001")


def _phone(start: str, number: int) -> str:
    return f"{start} {number // 100:02d} {number % 100:02d}"


def _keyed(digits: str) -> str:
    """``digits`` and the one digit that makes their Luhn sum right."""
    total = 0
    for rank, char in enumerate(reversed(digits)):
        value = int(char) * (2 - rank % 2)
        total += value - 9 if value > 9 else value
    return f"{digits}{-total % 10}"
