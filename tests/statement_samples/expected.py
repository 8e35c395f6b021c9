"""What a sample file declares, told apart from how it is laid out."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from statement_samples.world import LOTS, PEOPLE
from suivi_tui.exchange.statement_files.declared import Basis, DeclaredLine

WHERE = ("company", "employer", "contract", "lot", "site")
NAMES = ("person", "birth", "reference", *WHERE, "type", "start", "end")


class Expected(NamedTuple):
    """The hours (in hundredths) of someone of the world in a month.

    ``place`` is the lot of the world that is meant, as a person reading the file and knowing who
    works where would tell; '' when even that person must ask. ``found`` is what the line itself
    holds of names and places; what is not in it must be empty.
    """

    who: str
    month: int
    hours: int
    place: str = ""
    basis: Basis = Basis.MONTH
    kind: int = 1
    partial: bool = False
    found: tuple[tuple[str, str], ...] = ()

    def agrees(self, line: DeclaredLine) -> bool:
        """Whether a line says the same, no more and no less."""
        told = dict(self.found)
        return (
            (line.month, line.hours, line.basis) == (self.month, self.hours, self.basis)
            and (line.kind, line.partial) == (self.kind, self.partial)
            and all((getattr(line, name) or "") == told.get(name, "") for name in NAMES)
        )


class Sample(NamedTuple):
    """A file as a sender made it. ``doubtful`` is how many questions it deserves; ``notes`` says
    what is peculiar in it. ``left_out`` and ``warnings`` are how many of each it gives.
    """

    name: str
    write: Callable[[Path], Path]
    expected: tuple[Expected, ...]
    doubtful: int = 0
    notes: str = ""
    left_out: int = 0
    warnings: int = 0


def line(
    who: str,
    month: int,
    hours: float,
    *,
    place: str | None = None,
    basis: Basis = Basis.MONTH,
    kind: int = 1,
    partial: bool = False,
    **found: str,
) -> Expected:
    """An expected line; the name is ``DUPONT Jean`` and the place the only one of the person,
    unless told otherwise."""
    person = PEOPLE[who]
    lots = person.lots
    found.setdefault("person", person.name)
    if place is None:
        place = lots[0] if len(lots) == 1 else ""
    assert not place or place in LOTS
    return Expected(
        who, month, round(hours * 100), place, basis, kind, partial, tuple(found.items())
    )
