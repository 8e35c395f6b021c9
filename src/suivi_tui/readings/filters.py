"""What an evaluation is about: a period and what narrows it, in one value that can be kept.

Only contracts taken up count. Ids are those of records; '' and None narrow nothing.
"""

import json
from typing import Any, NamedTuple

from suivi_tui.vocabulary.months import Month, iso_month, parse_month


class Filters(NamedTuple):
    """The period (both months included, None: no limit) and the scope of an evaluation.

    ``buyers`` are ids, as one buyer may have been entered twice; ``territory`` is that of the
    buyer, as it is written there; ``programme`` is a code of Programme. ``company`` keeps what a
    company holds (its obligations) and what it employs (its people's hours, wherever they are).
    ``facilitator`` is the name written on the contract.
    """

    first: Month | None = None
    last: Month | None = None
    buyers: tuple[int, ...] = ()
    territory: str = ""
    programme: str = ""
    operation: int | None = None
    contract: int | None = None
    lot: int | None = None
    company: int | None = None
    facilitator: str = ""

    @property
    def whole_period(self) -> bool:
        """Whether every month counts."""
        return self.first is None and self.last is None

    @property
    def narrowed(self) -> bool:
        """Whether anything but the period narrows the evaluation."""
        return any(self[2:])


def filters_text(filters: Filters) -> str:
    """Filters as JSON, to be kept with a synthesis; ids and months as text."""
    said = {name: _written(name, value) for name, value in filters._asdict().items() if value}
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def filters_of(text: str) -> Filters:
    """Filters read back from ``filters_text``; what is not there narrows nothing."""
    said = json.loads(text or "{}")
    values: dict[str, Any] = {
        name: _read(name, said[name]) for name in Filters._fields if name in said
    }
    return Filters(**values)


_MONTHS = ("first", "last")
_TEXTS = ("territory", "programme", "facilitator")


def _written(name: str, value: Any) -> Any:
    if name == "buyers":
        return [str(row) for row in value]
    if name in _MONTHS:
        return iso_month(value)
    return str(value)


def _read(name: str, value: Any) -> Any:
    if name == "buyers":
        return tuple(int(row) for row in value)
    if name in _MONTHS:
        return parse_month(str(value))
    return str(value) if name in _TEXTS else int(value)
