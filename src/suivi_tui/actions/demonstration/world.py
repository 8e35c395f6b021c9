"""What is being built: the base, the clock, the agenda of batches, the obligations so far."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from random import Random

from suivi_tui.actions.demonstration.frame import ContractPlan, Due, LotPlan
from suivi_tui.actions.demonstration.names import Numbers
from suivi_tui.actions.demonstration.timeline import Timeline
from suivi_tui.store.journal import Change, Value, created
from suivi_tui.vocabulary.choices import BatchKind

# Within one day: the frame comes before what stands on it.
FRAME, CONTRACTS, PEOPLE, HOURS, CONTROL, EXCHANGES = range(6)


@dataclass(slots=True)
class Clock:
    """A clock that the builder moves; a millisecond passes at each reading."""

    now: int

    def __call__(self) -> int:
        """Milliseconds since 1970."""
        self.now += 1
        return self.now

    def move_to(self, day: date, hour: int) -> None:
        """Move on to a day, never back."""
        moment = datetime.combine(day, time(hour), UTC)
        self.now = max(self.now, int(moment.timestamp()) * 1000)


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes to write together, as if it had been done on ``day``."""

    day: date
    rank: int
    label: str
    changes: tuple[Change, ...]
    kind: BatchKind = BatchKind.ENTRY
    source_file: int | None = None
    author: int = 0


@dataclass(slots=True)
class Obligation:
    """An obligation being filled: its plan, its identities, its days, its months.

    ``site`` holds the months on site up to the last declared one, ``missing`` those whose
    statement never came, ``idle`` those when the site was stopped.
    """

    contract_plan: ContractPlan
    lot_plan: LotPlan
    plan: Due
    id: int
    lot: int
    contract: int
    company: int
    start: date | None
    end: date
    site: tuple[int, ...] = ()
    missing: frozenset[int] = frozenset()
    idle: frozenset[int] = frozenset()
    closed: bool = False

    @property
    def open_months(self) -> list[int]:
        """Months whose hours can have been declared."""
        shut = self.missing | self.idle
        return [offset for offset in self.site if offset not in shut]


@dataclass(slots=True)
class World:
    """Everything the parts of the builder share."""

    timeline: Timeline
    rng: Random
    new_id: Callable[[], int]
    numbers: Numbers
    surnames: Callable[[], str]
    batches: list[Batch] = field(default_factory=list)
    buyers: dict[str, int] = field(default_factory=dict)
    operations: dict[str, int] = field(default_factory=dict)
    companies: dict[str, int] = field(default_factory=dict)
    contracts: dict[int, ContractPlan] = field(default_factory=dict)
    obligations: list[Obligation] = field(default_factory=list)
    colleague: int = 0

    def create(self, entity: str, values: dict[str, Value]) -> tuple[int, Change]:
        """A new row: its identity and the change that makes it."""
        row = self.new_id()
        return row, created(entity, row, values)

    def plan(
        self,
        day: date,
        rank: int,
        label: str,
        changes: Iterable[Change],
        *,
        kind: BatchKind = BatchKind.ENTRY,
        source_file: int | None = None,
        author: int = 0,
    ) -> None:
        """Add a batch to the agenda; a day to come becomes yesterday.

        ``author`` is the rank of the facilitator who writes it.
        """
        lines = tuple(changes)
        if lines:
            when = self.timeline.past(day)
            self.batches.append(Batch(when, rank, label, lines, kind, source_file, author))

    def agenda(self) -> Sequence[Batch]:
        """The batches in the order in which they are written."""
        return sorted(self.batches, key=lambda batch: (batch.day, batch.rank))

    def story(self, name: str) -> Obligation:
        """The first obligation that tells a story."""
        return next(each for each in self.obligations if each.plan.story == name)


def iso(day: date | None) -> str | None:
    """A date as the base keeps it."""
    return None if day is None else day.isoformat()
