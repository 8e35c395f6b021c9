"""The lines of a statement as the preview shows them: sign and word, hours before and after."""

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from suivi_tui.tui.screens.shared.texts import joined, month
from suivi_tui.tui.widgets.columns import Column
from suivi_tui.tui.widgets.sources import Key, Row, Sort, _End
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month, short_month
from suivi_tui.vocabulary.numbers import NBSP, format_number
from suivi_tui.vocabulary.text import fold

if TYPE_CHECKING:
    from suivi_tui.actions.statement_import.planned import PlannedLine

Place = tuple[str, int]
"""The sheet and the line that a planned line comes from."""

NEW, CHANGED, IDENTICAL = "NEW", "CHANGED", "IDENTICAL"
DOUBTFUL, LEFT_OUT = "DOUBTFUL", "LEFT_OUT"


class Words(NamedTuple):
    """How an outcome is written: sign, word for one line, for several, tone."""

    sign: str
    one: str
    several: str
    tone: str


OUTCOMES: Final = {
    NEW: Words("+", "nouvelle", "nouvelles", "ok"),
    CHANGED: Words("~", "modifiée", "modifiées", "info"),
    IDENTICAL: Words("=", "identique", "identiques", "muted"),
    DOUBTFUL: Words("?", "douteuse", "douteuses", "alerte"),
    LEFT_OUT: Words("×", "écartée", "écartées", "muted"),
}
ACCEPTED: Final = Words("✓", "retenue", "retenues", "ok")
SPREAD: Final = "≈"
WARNED: Final = " !"

NARROW: Final = (
    Column("Résultat", 12),
    Column("Participant", 0),
    Column("Lot, ou motif", 0),
    Column("Mois", 8),
    Column("Heures", 17, "right"),
)
WIDE: Final = (
    Column("Résultat", 12),
    Column("Participant", 22),
    Column("Lot", 22),
    Column("Mois", 8),
    Column("Heures", 19, "right"),
    Column("Motif", 0),
    Column("Ligne", 6, "right"),
)
_ACCENTS: Final = str.maketrans("àâäéèêëîïôöùûüç\u00a0", "aaaeeeeiioouuuc ")


class PlannedLines:
    """The planned lines of some outcomes, in the order of the file, however many there are.

    ``accepted`` are the places of the doubtful lines that the person takes.
    """

    def __init__(
        self,
        lines: "Sequence[PlannedLine]",
        accepted: Collection[Place],
        outcome: str = "",
        *,
        wide: bool = False,
    ) -> None:
        self.lines = lines
        self.accepted = accepted
        self.wide = wide
        self.kept = [
            place for place, line in enumerate(lines) if not outcome or line.outcome.name == outcome
        ]
        self._folded: list[str] | None = None
        self._found: tuple[str, list[int]] = ("", self.kept)

    def fetch(
        self,
        base: Any,
        after: Key | None,
        before: "Key | _End | None",
        limit: int,
        sort: Sort | None,
        filter: str,
    ) -> Sequence[Row]:
        """See :class:`~suivi_tui.tui.widgets.sources.PageSource`; a key is a rank in the list."""
        found = self._matching(filter)
        last = len(found)
        if before is not None:
            end = last if isinstance(before, _End) else before[0]
            start = max(0, end - limit)
        else:
            start = 0 if after is None else after[0] + 1
            end = min(last, start + limit)
        return [self._row(rank, found[rank]) for rank in range(start, end)]

    def count(self, base: Any, filter: str) -> int | None:
        """How many lines match."""
        return len(self._matching(filter))

    def _matching(self, filter: str) -> list[int]:
        if filter == self._found[0]:
            return self._found[1]
        if self._folded is None:
            # Names come back month after month: each is folded once. Reasons are our own French,
            # as long as they are many: their accents are taken off at once.
            folded = cache(fold)
            self._folded = [
                " ".join((*map(folded, names), why.lower().translate(_ACCENTS)))
                for *names, why in map(_words, (self.lines[place] for place in self.kept))
            ]
        words = fold(filter).split()
        texts = zip(self.kept, self._folded, strict=True)
        found = [place for place, text in texts if all(word in text for word in words)]
        self._found = (filter, found)
        return found

    def _row(self, rank: int, place: int) -> Row:
        line = self.lines[place]
        words = self.words(line)
        result = f"{words.sign} {words.one}{WARNED if to_look_at(line) else ''}"
        return Row((rank,), place, self._cells(line, result), words.tone)

    def _cells(self, line: "PlannedLine", result: str) -> tuple[str, ...]:
        why, when, hours = brief(line.why), short(line.month), hours_of(line)
        if self.wide:
            return (result, line.who, line.where, when, hours, why, str(line.line))
        doubt = line.outcome.name in (DOUBTFUL, LEFT_OUT)
        return (result, line.who, (why if doubt else "") or line.where, when, hours)

    def acceptable(self, filter: str) -> set[Place]:
        """The doubtful lines shown that can be taken as they are."""
        found = (self.lines[place] for place in self._matching(filter))
        return {
            (line.sheet, line.line)
            for line in found
            if line.outcome.name == DOUBTFUL and line.acceptable
        }

    def words(self, line: "PlannedLine") -> Words:
        """Sign and word of a line, as the person has decided so far."""
        if is_taken(line, self.accepted):
            return ACCEPTED
        return OUTCOMES[line.outcome.name]


def to_look_at(line: "PlannedLine") -> bool:
    """Whether something is said of a line that is written all the same."""
    return bool(line.why) and line.outcome.name in (NEW, CHANGED)


def is_taken(line: "PlannedLine", accepted: Collection[Place]) -> bool:
    """Whether a doubtful line is taken; one place of the file may hold several months."""
    place = (line.sheet, line.line)
    return line.outcome.name == DOUBTFUL and line.acceptable and place in accepted


def _words(line: "PlannedLine") -> tuple[str, ...]:
    return line.who, line.where, short(line.month), line.sheet, line.why


def brief(why: str) -> str:
    """A reason without the full stop of its sentence."""
    return why.rstrip(" .")


def short(number: int | None) -> str:
    """``mars 26``; what is no month is empty."""
    return short_month(Month(number)) if number and 1 <= number % 100 <= 12 else ""


def hours_of(line: "PlannedLine") -> str:
    """``120,00 → 151,67``; an estimated share of a larger total says so."""
    after = "" if line.after is None else format_hours(Hours(line.after), unit=False)
    if line.spread and after:
        after = f"{SPREAD}{NBSP}{after}"
    before = "" if line.before is None else format_hours(Hours(line.before), unit=False)
    if line.outcome.name == IDENTICAL or not before or before == after:
        return after or before
    return f"{before} → {after or 'rien'}"


def counts(lines: "Sequence[PlannedLine]", accepted: Collection[Place]) -> tuple[str, str]:
    """How many lines of each outcome, with its sign: those to write, then the others."""
    found = Counter(line.outcome.name for line in lines)
    taken = sum(is_taken(line, accepted) for line in lines)
    found[DOUBTFUL] -= taken

    def said(*names: str) -> str:
        return joined(_count(OUTCOMES[name], found[name]) for name in names)

    warned = sum(to_look_at(line) for line in lines)
    return (
        joined(
            (
                said(NEW, CHANGED),
                _count(ACCEPTED, taken),
                f"dont {format_number(warned)} à regarder{WARNED}" if warned else "",
            )
        ),
        said(IDENTICAL, DOUBTFUL, LEFT_OUT),
    )


def _count(words: Words, number: int) -> str:
    if not number:
        return ""
    return f"{words.sign} {format_number(number)}{NBSP}{words.one if number < 2 else words.several}"


def to_write(lines: "Sequence[PlannedLine]", accepted: Collection[Place]) -> int:
    """How many lines would be written."""
    return sum(line.outcome.name in (NEW, CHANGED) or is_taken(line, accepted) for line in lines)


def detail(line: "PlannedLine", words: Words) -> tuple[str, str]:
    """The line of the cursor in full: where in the file and what; then the reason."""
    sheet = f"feuille «{NBSP}{line.sheet}{NBSP}», " if line.sheet else ""
    what = joined(
        (
            f"{sheet}ligne {line.line}",
            line.who,
            line.where,
            month(line.month) if line.month else "",
            hours_said(line),
        )
    )
    why = line.why.replace(". ;", ".")
    return f"{words.sign} {words.one}{NBSP}: {what}", why[:1].upper() + why[1:]


def hours_said(line: "PlannedLine") -> str:
    """The hours in full words, with what an estimate is."""
    if line.after is None:
        return ""
    after = format_hours(Hours(line.after))
    share = " (part estimée d'un total plus grand)" if line.spread else ""
    if line.before is None or line.outcome.name == IDENTICAL:
        return after + share
    return f"{format_hours(Hours(line.before))} avant, {after} après{share}"
