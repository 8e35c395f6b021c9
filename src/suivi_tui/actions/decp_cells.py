"""Who wins a field: what a person typed, then the latest publication, then what fills a gap."""

from collections.abc import Mapping
from datetime import date
from enum import Enum

from suivi_tui.store.journal import Change, Value, changed, created
from suivi_tui.vocabulary.choices import ClauseForm, label_of
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean, fold

# A legal form that a person typed may say more than the words of open data (domain.md 2.1).
_SAYS_MORE = {
    ClauseForm.RESERVED.value: {
        ClauseForm.RESERVED_INSERTION.value,
        ClauseForm.RESERVED_DISABILITY.value,
        ClauseForm.INSERTION_SERVICE.value,
    },
    ClauseForm.CONDITION.value: {
        ClauseForm.TRAINING.value,
        ClauseForm.INSERTION_SERVICE.value,
        ClauseForm.CONDITION_CRITERION.value,
    },
}


class Timing(Enum):
    """A publication against the last one that was read of the same contract or lot."""

    LATER = "later"
    SAME_DAY = "same day"
    EARLIER = "earlier"


class Kept(Enum):
    """Why a published value did not come in."""

    TYPED = "typed"
    SAME_DAY = "same day"


def timing(read_before: bool, last: str | None, published_on: str | None) -> Timing:
    """When ``published_on`` (ISO, None when not told) stands after the ``last`` one read.

    A publication without a date comes before any dated one.
    """
    if not read_before or (published_on or "") > (last or ""):
        return Timing.LATER
    return Timing.SAME_DAY if (published_on or "") == (last or "") else Timing.EARLIER


class Cells:
    """The fields of one row while a file is read; nothing is written before ``changes``.

    ``public`` names the fields that open data wrote; None for a row that this import makes.
    """

    def __init__(
        self, entity: str, row: int, values: Mapping[str, Value], public: set[str] | None = None
    ) -> None:
        self.entity = entity
        self.row = row
        self.values = dict(values)
        self.new = public is None
        self.moves = 0
        self._before = dict(values)
        self._public = public or set()

    def typed(self, field: str) -> bool:
        """Whether a person wrote the value that the base holds."""
        return (
            not self.new
            and self._before[field] not in (None, "")
            and field not in self._public
            and self.values[field] == self._before[field]
        )

    def take(self, field: str, value: Value, when: Timing, *, sure: bool = False) -> Kept | None:
        """Bring in a published value; why it was not, when another one stays.

        ``sure`` is for a value that follows from all that was published, whatever ``when``: it
        replaces any value that nobody typed. An older publication gives way without a word.
        """
        known = self.values[field]
        if value in (None, "") or known == value:
            return None
        if known in (None, ""):
            self.put(field, value)
        elif self.typed(field):
            if when is not Timing.EARLIER and not _alike(known, value):
                return Kept.TYPED
        elif sure or when is Timing.LATER:
            self.put(field, value)
        elif when is Timing.SAME_DAY and not _alike(known, value):
            return Kept.SAME_DAY
        return None

    def put(self, field: str, value: Value) -> None:
        """Change a field, an empty value included."""
        if self.values[field] != value:
            self.values[field] = value
            self.moves += 1

    def changes(self) -> list[Change]:
        """What there is to write."""
        if self.new:
            return [created(self.entity, self.row, self.values)]
        return [
            changed(self.entity, self.row, field, value)
            for field, value in self.values.items()
            if value != self._before[field]
        ]


def kept_message(field: str, kept: Kept, known: Value, published: Value) -> str:
    """The sentence that tells which value stayed and which one was published."""
    stays = "saisie" if kept is Kept.TYPED else "déjà importée"
    reason = "" if kept is Kept.TYPED else " (publiée le même jour)"
    return (
        f"Valeur {stays} gardée{NBSP}: {_shown(field, known)}{NBSP}; "
        f"valeur publiée{NBSP}: {_shown(field, published)}{reason}."
    )


def _shown(field: str, value: Value) -> str:
    if isinstance(value, int):
        return format_money(Money(value))
    if value is None:
        return "aucune"
    text = value
    if field in ("notified_on", "end"):
        text = format_date(date.fromisoformat(value))
    elif field == "clause_form":
        text = label_of(ClauseForm, value)
    return f"«{NBSP}{clean(text, 60)}{NBSP}»"


def _alike(known: Value, published: Value) -> bool:
    if not isinstance(known, str) or not isinstance(published, str):
        return False
    return fold(known) == fold(published) or known in _SAYS_MORE.get(published, ())
