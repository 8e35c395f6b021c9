"""The everyday cases: papers of hires, needs and people proposed, what became of those who left."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Final, NamedTuple

from suivi_tui.actions.demonstration.participants import Placed
from suivi_tui.actions.demonstration.posts import Post
from suivi_tui.actions.demonstration.trades import TRADES
from suivi_tui.actions.demonstration.world import EXCHANGES, Obligation, World, iso
from suivi_tui.rules.hire_papers import Paper
from suivi_tui.rules.outcome_points import PersonPath, PointState, Stay, paths_of, points_of
from suivi_tui.store.journal import Change, changed
from suivi_tui.vocabulary.choices import (
    OutcomeSituation,
    Prescriber,
    ProposalAnswer,
    ProposalReason,
)

_MISSING: Final = {Paper.CONTRACT: 0.1, Paper.PROOF: 0.06, Paper.NOTICE: 0.2}
"""How many hires under way lack each paper."""
_FILLED = 9
_OPEN = 5
_OLDEST = timedelta(days=540)
_INITIALS: Final = ("AB", "CD", "MK", "LT", "NS", "RV", "YD", "SP", "EM", "KO")
_PRESCRIBERS: Final = (
    Prescriber.EMPLOYMENT_SERVICE,
    Prescriber.EMPLOYMENT_SERVICE,
    Prescriber.YOUTH_SERVICE,
    Prescriber.PLIE,
    Prescriber.SIAE,
    Prescriber.DEPARTMENT,
)
_ENDINGS: Final = (
    (ProposalAnswer.REFUSED, ProposalReason.SKILLS),
    (ProposalAnswer.REFUSED, ProposalReason.POST_FILLED),
    (ProposalAnswer.REFUSED, ProposalReason.NO_SHOW),
    (ProposalAnswer.DECLINED, ProposalReason.MOBILITY),
    (ProposalAnswer.DECLINED, ProposalReason.OTHER_JOB),
    (ProposalAnswer.UNREACHABLE, ProposalReason.OTHER),
)
_SITUATIONS: Final = (
    (OutcomeSituation.PERMANENT, 16),
    (OutcomeSituation.LONG_FIXED_TERM, 15),
    (OutcomeSituation.SHORT_FIXED_TERM, 19),
    (OutcomeSituation.TRAINING, 7),
    (OutcomeSituation.OTHER_SIAE, 5),
    (OutcomeSituation.UNEMPLOYED, 28),
    (OutcomeSituation.INACTIVE, 3),
    (OutcomeSituation.NO_ANSWER, 7),
)
_ANSWERED, _ASKED = 0.72, 0.86


def plan_cases(world: World, placed: list[Placed]) -> None:
    """Papers, needs and outcomes, as a facilitator would have written them month by month."""
    _papers(world, placed)
    _filled_needs(world, placed)
    _open_needs(world)
    _outcomes(world, placed)


def _papers(world: World, placed: list[Placed]) -> None:
    timeline, rng = world.timeline, world.rng
    months: dict[int, list[Change]] = defaultdict(list)
    for hire in placed:
        post = hire.post
        running = post.end is None or post.end >= timeline.today
        for paper, missing in _MISSING.items():
            came = timeline.past(post.start + timedelta(days=rng.randint(2, 20)))
            if rng.random() < missing and running:
                continue
            month = timeline.offset(max(came, post.start))
            change = changed("work_contract", hire.work_contract, paper.value, iso(came))
            months[min(month, 0)].append(change)
    for month, changes in sorted(months.items()):
        label = f"Pièces des embauches {timeline.of_month(month)}"
        world.plan(timeline.day(month, 28), EXCHANGES, label, changes)


class _Proposed(NamedTuple):
    """A person proposed: a participant, or somebody known by initials."""

    day: date
    answer: ProposalAnswer
    answered_on: date | None
    reason: ProposalReason | None = None
    participant: int | None = None
    prescriber: str = ""


def _need(
    world: World,
    obligation: Obligation,
    number: int,
    asked: date,
    wanted: date,
    closed: date | None,
    people: list[_Proposed],
) -> None:
    need, change = world.create(
        "need",
        {
            "company": obligation.company,
            "obligation": obligation.id,
            "post": TRADES[obligation.lot_plan.trade].post,
            "number": number,
            "asked_on": iso(asked),
            "wanted_on": iso(wanted),
            "closed_on": iso(closed),
        },
    )
    changes = [change]
    for one in people:
        known = one.participant is not None
        initials = "" if known else world.rng.choice(_INITIALS)
        prescriber = one.prescriber if known else world.rng.choice(_PRESCRIBERS).value
        values = {
            "need": need,
            "participant": one.participant,
            "initials": initials,
            "prescriber": prescriber,
            "proposed_on": iso(one.day),
            "answer": one.answer.value,
            "answered_on": iso(one.answered_on),
            "reason": one.reason.value if one.reason is not None else "",
        }
        changes.append(world.create("proposal", values)[1])
    last = max([asked, *(one.answered_on or one.day for one in people)])
    if closed is not None:
        # People are written at the end of the month of their hiring: nothing names them before.
        last = max(last, world.timeline.day(world.timeline.offset(wanted), 28))
    title = obligation.lot_plan.title
    world.plan(last, EXCHANGES, f"Besoin et propositions\u00a0: {title}", changes)


def _turned_down(world: World, asked: date, last: date) -> list[_Proposed]:
    """One or two people who were not hired, proposed between two days."""
    found = []
    for _ in range(world.rng.randint(1, 2)):
        answer, reason = world.rng.choice(_ENDINGS)
        days = (last - asked).days
        day = world.timeline.past(asked + timedelta(days=world.rng.randint(1, max(2, days // 2))))
        answered = world.timeline.past(day + timedelta(days=world.rng.randint(2, 6)))
        found.append(_Proposed(day, answer, max(day, answered), reason))
    return found


def _filled_needs(world: World, placed: list[Placed]) -> None:
    """Needs of the last year and a half that a hiring answered."""
    today = world.timeline.today
    recent = [
        hire for hire in placed
        if today - _OLDEST < hire.post.start < today and hire.post is _first(hire)
        and not hire.post.obligation.plan.exact
    ]  # fmt: skip
    for hire in world.rng.sample(recent, min(_FILLED, len(recent))):
        post = hire.post
        asked = world.timeline.past(post.start - timedelta(days=world.rng.randint(20, 40)))
        proposed = world.timeline.past(post.start - timedelta(days=world.rng.randint(8, 16)))
        answered = world.timeline.past(post.start - timedelta(days=world.rng.randint(1, 6)))
        hired = _Proposed(
            proposed,
            ProposalAnswer.HIRED,
            max(proposed, answered),
            participant=hire.person.row,
            prescriber=hire.person.profile.prescriber,
        )
        people = [*_turned_down(world, asked, proposed), hired]
        _need(world, post.obligation, 1, asked, post.start, max(proposed, answered), people)


def _first(hire: Placed) -> Post:
    return hire.person.profile.path.first


def _open_needs(world: World) -> None:
    """What companies look for today: late, soon, not answered."""
    today, rng = world.timeline.today, world.rng
    told = [world.story("tramway"), world.story("retard")]
    others = [
        each for each in world.obligations
        if not each.closed and each.site and each not in told and each.end > today
    ]  # fmt: skip
    for rank, obligation in enumerate([*told, *rng.sample(others, min(_OPEN, len(others)))]):
        asked = world.timeline.past(today - timedelta(days=rng.randint(12, 45)))
        wanted = today + timedelta(days=(-6, 20, 9, 34, 3, 48, 15)[rank % 7])
        waiting = [
            _Proposed(
                world.timeline.past(today - timedelta(days=rng.randint(2, 11))),
                ProposalAnswer.INTERVIEW if rng.random() < 0.3 else ProposalAnswer.WAITING,
                None,
            )
            for _ in range((2, 0, 1, 3, 1, 0, 2)[rank % 7])
        ]
        refused = _turned_down(world, asked, today) if rank % 2 == 0 else []
        number = 2 if rank in (0, 1) else 1
        _need(world, obligation, number, asked, wanted, None, [*refused, *waiting])


def _outcomes(world: World, placed: list[Placed]) -> None:
    """The points of the paths that are over: most answered, a few still to ask."""
    today = world.timeline.today
    stays: dict[int, list[Stay]] = defaultdict(list)
    for hire in placed:
        stays[hire.person.row].append(Stay(hire.work_contract, hire.post.start, hire.post.end))
    for person, listed in stays.items():
        for path in paths_of(listed, today):
            for point in points_of(path, (), today):
                if point.state in (PointState.TO_ASK, PointState.PASSED):
                    _outcome(world, person, path, point.point.value, point.due)


def _outcome(world: World, person: int, path: PersonPath, point: str, due: date) -> None:
    rng, draw = world.rng, world.rng.random()
    if draw > _ASKED:
        return
    asked = max(world.timeline.past(due + timedelta(days=rng.randint(0, 9))), due)
    answered = max(world.timeline.past(asked + timedelta(days=rng.randint(1, 20))), asked)
    done = draw < _ANSWERED and answered < world.timeline.today
    situations, weights = zip(*_SITUATIONS, strict=True)
    situation = rng.choices(situations, weights)[0]
    _, change = world.create(
        "outcome",
        {
            "participant": person,
            "path": path.opened_by,
            "point": point,
            "asked_on": iso(asked),
            "answered_on": iso(answered) if done else None,
            "situation": situation.value if done else "",
        },
    )
    world.plan(answered if done else asked, EXCHANGES, "Points de parcours", [change])
