"""Indices and usual figures of penalties: proposed beside a field, never used in silence."""

from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from suivi_tui.reference.values import Confidence, Value, reference_values
from suivi_tui.vocabulary.choices.penalties import PenaltyIndex
from suivi_tui.vocabulary.money import Money

_INDICES: Final = "penalites.indice."
_USABLE: Final = (Confidence.SURE, Confidence.LOCAL)


class IndexValue(NamedTuple):
    """The value of an index on a day, in cents an hour, and where it comes from.

    ``usable`` without asking: sure (or chosen in the reference file of the office), and of the
    year asked for. Any other one is a proposal.
    """

    name: PenaltyIndex
    amount: Money
    source: str
    confidence: Confidence
    valid_from: date
    usable: bool


class PenaltyReference(NamedTuple):
    """Index values on a day, and usual figures: cents an hour, cents a day, percent."""

    indices: tuple[IndexValue, ...]
    hour: tuple[Money, Money]
    day: tuple[Money, Money]
    coefficient: int
    delay_cap: int

    def value_of(self, wanted: PenaltyIndex) -> IndexValue | None:
        """The value of an index; None when reference data have none for that day."""
        return next((value for value in self.indices if value.name is wanted), None)

    @property
    def usable(self) -> dict[PenaltyIndex, Money]:
        """The indices that may be used without asking."""
        return {value.name: value.amount for value in self.indices if value.usable}


def penalty_reference(on: date, user_file: Path | None = None) -> PenaltyReference:
    """What reference data say of penalties on a day. Raises ReferenceRefused."""
    values = reference_values(user_file, ("penalites",))

    def cents(key: str) -> Money:
        number = values[key].number
        assert number is not None, key
        return Money(round(number * 100))

    def whole(key: str) -> int:
        number = values[key].number
        assert number is not None, key
        return int(number)

    return PenaltyReference(
        indices=tuple(
            found
            for index in PenaltyIndex
            if (found := _index(index, list(values.values()), on)) is not None
        ),
        hour=(cents("penalites.usage.heure_bas"), cents("penalites.usage.heure_haut")),
        day=(cents("penalites.usage.jour_bas"), cents("penalites.usage.jour_haut")),
        coefficient=whole("penalites.usage.coefficient"),
        delay_cap=whole("penalites.usage.plafond_retard"),
    )


def _index(index: PenaltyIndex, values: list[Value], on: date) -> IndexValue | None:
    """The latest value of an index that had begun on that day."""
    known = [
        value
        for value in values
        if value.key.startswith(f"{_INDICES}{index.value}.") and value.valid_from <= on
    ]
    if not known:
        return None
    value = max(known, key=lambda found: found.valid_from)
    assert value.number is not None, value.key
    # These indices change every year: the value of another one is only a proposal.
    usable = value.confidence in _USABLE and value.valid_from.year == on.year
    return IndexValue(
        index,
        Money(round(value.number * 100)),
        value.source,
        value.confidence,
        value.valid_from,
        usable,
    )
