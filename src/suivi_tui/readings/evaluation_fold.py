"""The hour lines of an evaluation, added up by placement: what every figure is made of.

Lines count when their obligation is in scope and, for a company, when it holds the obligation
or employs the person. What is owed is what it holds.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import compress

from suivi_tui.readings.evaluation_cast import Cast, cast_of
from suivi_tui.readings.filters import Filters
from suivi_tui.rules.indicators import Totals
from suivi_tui.store.queries import evaluation_lines as lines
from suivi_tui.store.queries import facts, figures
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.evaluation_memory import Memory, memory_of
from suivi_tui.store.queries.figures import ScopeRow
from suivi_tui.vocabulary.choices import Programme
from suivi_tui.vocabulary.hours import Hours

_EVERYTHING = "everything"
_FEW_MONTHS = 18
"""Of most obligations, so many months at most are read faster by key than cut out of everything."""


WHOLE_BASE = Filters()
"""Every month and every contract taken up."""


@dataclass(slots=True)
class Fold:
    """Sums of hours, one entry for each placement on an obligation; all lists go together.

    ``ranks`` are those of the cast; ``worked`` tells the entries with declared hours: the others
    count nobody. ``opened`` and ``closed`` are the first and the last month of the lines.
    """

    ranks: list[int] = field(default_factory=list)
    obligations: list[int] = field(default_factory=list)
    declared: list[int] = field(default_factory=list)
    validated: list[int] = field(default_factory=list)
    pending: list[int] = field(default_factory=list)
    training: list[int] = field(default_factory=list)
    worked: list[int] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)

    def kept(self, wanted: list[bool]) -> "Fold":
        """The entries that are wanted."""
        return Fold(*(list(compress(getattr(self, name), wanted)) for name in _LISTS))

    @property
    def totals(self) -> Totals:
        """All the hours."""
        return totals_of(sum(self.declared), sum(self.validated), sum(self.pending))

    @property
    def workers(self) -> list[int]:
        """The ranks of the entries with declared hours."""
        return list(compress(self.ranks, self.worked))


_LISTS = tuple(Fold.__dataclass_fields__)


def totals_of(declared: int, validated: int, pending: int) -> Totals:
    """Refused is what is left, so that the parts make the whole by construction."""
    return Totals(
        Hours(declared), Hours(validated), Hours(declared - validated - pending), Hours(pending)
    )


@dataclass(frozen=True, slots=True)
class Ground:
    """What an evaluation stands on: its filters, the obligations in scope and those held.

    ``all_rows`` are the obligations of every contract taken up; ``scope`` those of the filters
    whoever holds them; ``held`` those of them that are owed here (a company's own).
    """

    connection: Connection
    memory: Memory
    cast: Cast
    filters: Filters
    all_rows: dict[int, ScopeRow]
    scope: dict[int, ScopeRow]
    held: dict[int, ScopeRow]

    @property
    def period(self) -> lines.Period:
        """The months of the hour lines, both included."""
        first, last = facts.EVER
        return self.filters.first or first, self.filters.last or last

    @property
    def whole(self) -> bool:
        """Whether every obligation counts."""
        return len(self.held) == len(self.all_rows)

    def column(self, name: str) -> list[str]:
        """A column of the cast."""
        return self.cast.column(self.connection, name)


def ground_of(connection: Connection, filters: Filters) -> Ground:
    """What an evaluation of these filters stands on."""
    memory = memory_of(connection)
    rows = memory.keep("scope", lambda: {row.obligation: row for row in figures.scope(connection)})
    scope = _in_scope(rows, filters)
    company = filters.company
    held = scope
    if company is not None:
        held = {key: row for key, row in scope.items() if row.company == company}
    return Ground(connection, memory, cast_of(memory), filters, rows, scope, held)


def _in_scope(rows: dict[int, ScopeRow], filters: Filters) -> dict[int, ScopeRow]:
    asked: list[Callable[[ScopeRow], bool]] = []
    if filters.buyers:
        buyers = set(filters.buyers)
        asked.append(lambda row: row.buyer in buyers)
    if filters.territory:
        asked.append(lambda row: row.territory == filters.territory)
    if filters.programme:
        asked.append(lambda row: (row.programme or Programme.NONE.value) == filters.programme)
    if filters.operation is not None:
        asked.append(lambda row: row.operation == filters.operation)
    if filters.contract is not None:
        asked.append(lambda row: row.contract == filters.contract)
    if filters.lot is not None:
        asked.append(lambda row: row.lot == filters.lot)
    if filters.facilitator:
        asked.append(lambda row: row.facilitator == filters.facilitator)
    if not asked:
        return rows
    return {key: row for key, row in rows.items() if all(ask(row) for ask in asked)}


def fold_of(ground: Ground) -> Fold:
    """The hour lines of the filters, added up; the last folds asked are kept."""
    if ground.whole and ground.filters.whole_period:
        return _everything(ground)
    return ground.memory.keep_few(("fold", ground.filters), lambda: _fold(ground))


def _everything(ground: Ground) -> Fold:
    """Every line on a contract taken up; it stays, as every other fold is in it."""
    return ground.memory.keep(_EVERYTHING, lambda: _fold_of_all(ground))


def with_hours_before(ground: Ground, month: int, wanted: list[int]) -> list[int]:
    """Those of some obligations that may have hours before a month: all of them, until every line
    of the base was read once."""
    if not ground.memory.has(_EVERYTHING):
        return wanted
    fold = _everything(ground)
    begun = {key for key, opened in zip(fold.obligations, fold.opened, strict=True)
             if opened < month}  # fmt: skip
    return [key for key in wanted if key in begun]


def _fold(ground: Ground) -> Fold:
    """Part of everything once that is known, or when it is most of it; else read by key."""
    narrow = 2 * len(ground.held) <= len(ground.all_rows)
    known = ground.memory.has(_EVERYTHING)
    if (narrow and not known) or (not narrow and _span(ground.period) <= _FEW_MONTHS):
        return _fold_of_some(ground)
    fold = _everything(ground)
    if not ground.whole:
        fold = _narrowed(ground, fold)
    return fold if ground.filters.whole_period else _within(ground, fold)


def _span(period: lines.Period) -> int:
    first, last = period
    return (last // 100 - first // 100) * 12 + last % 100 - first % 100 + 1


def _within(ground: Ground, fold: Fold) -> Fold:
    """A fold within the period: only what begins or ends outside it is read again."""
    (first, last), cast = ground.period, ground.cast
    inside = [
        first <= opened and closed <= last
        for opened, closed in zip(fold.opened, fold.closed, strict=True)
    ]
    cut = {
        (cast.placements[rank], obligation)
        for rank, obligation, opened, closed, whole in zip(
            fold.ranks, fold.obligations, fold.opened, fold.closed, inside, strict=True
        )
        if not whole and opened <= last and first <= closed
    }
    asked = [placement for placement, _ in cut]
    read = lines.of_placements(ground.connection, asked, ground.period)
    partly = _made(ground, read)
    partly = partly.kept([pair in cut for pair in zip(read[0], read[1], strict=True)])
    return _joined(fold.kept(inside), partly)


def _joined(one: Fold, other: Fold) -> Fold:
    return Fold(*(getattr(one, name) + getattr(other, name) for name in _LISTS))


def _fold_of_all(ground: Ground) -> Fold:
    fold = _made(ground, lines.of_all(ground.connection))
    known = ground.all_rows
    if all(map(known.__contains__, set(fold.obligations))):
        return fold
    return fold.kept([obligation in known for obligation in fold.obligations])


def _fold_of_some(ground: Ground) -> Fold:
    connection, company = ground.connection, ground.filters.company
    fold = _made(ground, lines.of_obligations(connection, ground.held, ground.period))
    if company is None:
        return fold
    # What its people worked for other holders.
    elsewhere = _made(ground, lines.of_employer(connection, company, ground.period))
    scope, held = ground.scope, ground.held
    elsewhere = elsewhere.kept(
        [obligation in scope and obligation not in held for obligation in elsewhere.obligations]
    )
    return _joined(fold, elsewhere)


def _narrowed(ground: Ground, fold: Fold) -> Fold:
    """The entries of a wider fold that the filters keep."""
    scope, held, company = ground.scope, ground.held, ground.filters.company
    if company is None:
        return fold.kept([obligation in held for obligation in fold.obligations])
    employers = ground.cast.employers
    return fold.kept(
        [
            obligation in held or (obligation in scope and employers[rank] == company)
            for obligation, rank in zip(fold.obligations, fold.ranks, strict=True)
        ]
    )


def _made(ground: Ground, columns: lines.Columns) -> Fold:
    placements, *others = columns
    ranks = ground.cast.ranks_of(ground.connection, placements)
    return Fold(ranks, *(list(column) for column in others))
