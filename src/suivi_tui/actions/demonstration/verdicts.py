"""The lines of hours, and what the facilitator decided on each: validated, refused or pending."""

from collections.abc import Iterable
from dataclasses import dataclass

from suivi_tui.actions.demonstration.participants import Placed
from suivi_tui.actions.demonstration.timeline import LAST_DECLARED
from suivi_tui.actions.demonstration.world import Obligation, World
from suivi_tui.vocabulary.choices import EmploymentKind, HourKind, RefusalReason

_PENDING = 160_000
_REFUSED = 90_000
_OLD_ENOUGH = -3
_BIG_ENOUGH = 450
_WORTH_REFUSING = 4_000
_PARTIAL_STATEMENTS = 4
_LATE_ENOUGH = 12
_REFUSALS = (
    (RefusalReason.NO_PROOF, 1.0, "Contrat de travail jamais transmis"),
    (RefusalReason.OUTSIDE_CONTRACT, 0.5, "Une partie des heures faite sur un autre chantier"),
    (RefusalReason.NO_PROOF, 0.4, "Bulletin de paie inférieur au relevé"),
    (RefusalReason.IMPLAUSIBLE, 0.3, "Heures au-delà du temps prévu au contrat"),
)


@dataclass(slots=True)
class Line:
    """An hour line; hours in hundredths. ``settled`` lines belong to a story."""

    placed: Placed
    obligation: Obligation
    placement: int
    offset: int
    declared: int
    validated: int | None = None
    reason: str = ""
    comment: str = ""
    settled: bool = False

    @property
    def sender(self) -> str:
        """The structure that declares, '' for the holder."""
        return self.placed.post.channel.structure

    @property
    def kind(self) -> int:
        """Work, or training for a trainee."""
        trainee = self.placed.post.channel.employment is EmploymentKind.INTERNSHIP
        return (HourKind.TRAINING if trainee else HourKind.WORK).number

    def refuse(self, hours: int, reason: RefusalReason, comment: str) -> None:
        """Refuse some of the hours, validate the others."""
        self.validated = self.declared - hours
        self.reason, self.comment, self.settled = reason.value, comment, True


def lines_of(placed: Iterable[Placed]) -> list[Line]:
    """Every line, undecided, the oldest month first."""
    lines = []
    for one in placed:
        post = one.post
        for offset, hours in post.lines.items():
            lines.append(Line(one, post.obligation, one.placement, offset, hours))
        if post.second is not None and one.second_placement is not None:
            obligation, more = post.second
            for offset, hours in more.items():
                lines.append(Line(one, obligation, one.second_placement, offset, hours))
    return sorted(lines, key=lambda line: line.offset)


def add_partial_lines(world: World, lines: list[Line]) -> None:
    """A few missions already declared for the month that runs, once it is well begun."""
    today = world.timeline.today
    if today.day < _LATE_ENOUGH:
        return
    running = [
        line
        for line in lines
        if line.offset == LAST_DECLARED
        and line.placed.post.channel.staffing
        and line.placed.post.last_day > today
        and line.obligation.end > today
        and not line.settled
        and not line.obligation.plan.exact
    ]
    for line in running[:_PARTIAL_STATEMENTS]:
        hours = line.placed.post.weekly * (today.day - 2) * 100 // 7 * 6 // 10 // 25 * 25
        partial = Line(line.placed, line.obligation, line.placement, 0, hours, settled=True)
        lines.append(partial)


def decide(world: World, lines: list[Line]) -> None:
    """Leave the latest lines pending, refuse a few old ones, validate the rest."""
    pending = sum(line.declared for line in lines if line.settled and line.validated is None)
    recent = [line for line in lines if not line.settled and not line.obligation.plan.exact]
    world.rng.shuffle(recent)
    recent.sort(key=lambda line: -line.offset)
    for line in recent:
        if line.offset < LAST_DECLARED - 1 or pending >= _PENDING:
            break
        line.settled = True
        pending += line.declared
    _refuse(world, lines)
    for line in lines:
        if not line.settled:
            line.validated = line.declared


def _refuse(world: World, lines: list[Line]) -> None:
    refused = sum(line.declared - line.validated for line in lines if line.validated is not None)
    old = [
        line
        for line in lines
        if not line.settled
        and line.offset <= _OLD_ENOUGH
        and line.declared >= _WORTH_REFUSING
        and line.obligation.plan.planned >= _BIG_ENOUGH
        and not line.obligation.closed
        and not line.obligation.plan.exact
    ]
    world.rng.shuffle(old)
    for rank, line in enumerate(old):
        if refused >= _REFUSED:
            break
        reason, share, comment = _REFUSALS[rank % len(_REFUSALS)]
        hours = min(int(line.declared * share), _REFUSED - refused)
        line.refuse(hours, reason, comment)
        refused += hours
