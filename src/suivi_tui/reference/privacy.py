"""What a public table may tell, as the exports want it."""

from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from suivi_tui.reference.values import reference_values


class Floor(NamedTuple):
    """A share that a programme asks for, shown beside the figures: never a rule of the program."""

    label: str
    share: Fraction
    source: str


def publication_threshold(user_file: Path | None = None) -> int:
    """People under which a cell is masked. Raises ReferenceRefused, as the functions here."""
    number = reference_values(user_file, ("publication",))["publication.seuil"].number
    assert number is not None
    return int(number)


def programme_floors(user_file: Path | None = None) -> dict[str, Floor]:
    """The least share of the hours that a programme asks for, by code of ``Programme``."""
    values = reference_values(user_file, ("calibrage",))
    found = {}
    for programme in ("npnru", "gup"):
        value = values[f"calibrage.taux.{programme}"]
        assert value.number is not None
        found[programme] = Floor(value.label, value.number / 100, value.source)
    return found
