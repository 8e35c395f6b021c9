"""Posts: one work contract each, spread over the months of a site, and the hours it declares.

The hours of a route on an obligation are cut into posts of usual lengths, put where the site
is busiest and least served; August and December come out low by themselves.
"""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from suivi_tui.actions.demonstration.channels import CHANNELS, Channel
from suivi_tui.actions.demonstration.timeline import (
    FIRST_MONTH,
    LAST_DECLARED,
    Timeline,
    site_curve,
    working_day,
)
from suivi_tui.actions.demonstration.world import Obligation
from suivi_tui.vocabulary.choices import Category, EmploymentKind, Sector
from suivi_tui.vocabulary.dates import add_calendar_months
from suivi_tui.vocabulary.months import days_in

_FULL_WEEK = 35
_FULL_MONTH = 15_167
_SHORT_WEEK = 28
_SHORT_SHARE = 0.75
_HELD = 4000
_SCHOOL_YEAR = 12
_STILL_THERE = 0.8
_STILL_BUSY = 1.35
_WHOLE_MONTHS = 0.15
_SPIKE = 0.88
"""From this share of a full month on, the person is on the site all the time."""


@dataclass(slots=True)
class Post:
    """A work contract to be: ``lines`` maps months to hours in hundredths."""

    obligation: Obligation
    channel: Channel
    months: list[int]
    weekly: int
    start: date
    end: date | None
    last_day: date
    lines: dict[int, int] = field(default_factory=dict)
    second: tuple[Obligation, dict[int, int]] | None = None

    @property
    def permanent(self) -> bool:
        """Whether the contract has no end."""
        return self.channel.employment is EmploymentKind.PERMANENT

    @property
    def outlasts(self) -> bool:
        """Whether the contract goes on after the site, so that none can follow it."""
        return self.permanent or self.channel.learning

    def limit(self, timeline: Timeline, offset: int) -> int:
        """The hours of a month under contract, in hundredths."""
        days = days_in(timeline.month(offset))
        first = self.start.day if offset == timeline.offset(self.start) else 1
        last = self.last_day.day if offset == timeline.offset(self.last_day) else days
        worked = last - first + 1
        if worked >= days:
            return _full_month(self.weekly)
        return min(self.weekly * 100 * worked // 7, _full_month(self.weekly))


def _full_month(weekly: int) -> int:
    return _FULL_MONTH if weekly == _FULL_WEEK else weekly * 5200 // 12


def posts_of(obligation: Obligation, timeline: Timeline, rng: Random) -> list[Post]:
    """The posts of an obligation with their hours, that make the planned total exactly."""
    months = obligation.open_months
    if not months or not obligation.plan.teams:
        return []
    wanted = _wanted(obligation, timeline)
    posts: list[Post] = []
    for name, hours in sorted(obligation.plan.teams.items(), key=lambda item: -item[1]):
        channel = CHANNELS[name]
        weekly, usual = _time(obligation, channel)
        lengths = _lengths(hours, usual, channel, len(months), rng)
        line = hours / sum(lengths)
        team = []
        for rank, length in enumerate(lengths):
            # On the biggest sites, the first person hired for good is still there.
            stays = not rank and name == "CDI" and obligation.plan.owed >= _HELD
            opens = not rank and not posts and months[0] == FIRST_MONTH
            edge = -1 if stays else 0 if opens else None
            window = _window(months, length, line, wanted, rng, edge)
            team.append(_post(obligation, channel, weekly, window, timeline, rng, stays=stays))
        _fill(team, hours * 100, timeline, rng)
        posts += team
    return posts


def _time(obligation: Obligation, channel: Channel) -> tuple[int, float]:
    """Weekly hours and usual hours of a month: cleaning is mostly part-time."""
    if obligation.contract_plan.sector is Sector.CLEANING and channel.weekly > _SHORT_WEEK:
        return _SHORT_WEEK, channel.line * _SHORT_SHARE
    return channel.weekly, channel.line


def _wanted(obligation: Obligation, timeline: Timeline) -> dict[int, float]:
    """Hours still to serve in each month: what the greedy placing of posts looks at."""
    plan = obligation.plan
    assert plan.start is not None
    span = max(plan.end - plan.start, 1)
    works = obligation.contract_plan.category is Category.WORKS
    weights = {
        offset: (site_curve((offset - plan.start + 0.5) / span) if works else 1.0)
        * timeline.season(offset)
        * (_STILL_BUSY if offset >= LAST_DECLARED - 2 and not obligation.closed else 1.0)
        for offset in obligation.open_months
    }
    total = sum(weights.values())
    return {offset: plan.planned * weight / total for offset, weight in weights.items()}


def _lengths(hours: int, usual: float, channel: Channel, available: int, rng: Random) -> list[int]:
    """How many months each post of a route lasts: usual lengths, none a mere leftover."""
    left = max(round(hours / usual), 1)
    longest = min(channel.longest, available)
    count = max(round(2 * left / (channel.shortest + longest)), -(-left // longest))
    lengths = []
    for rank in range(count, 0, -1):
        even = -(-left // rank)
        spread = rng.randint(-1, 1) if rank > 1 else 0
        least = left - (rank - 1) * longest
        length = max(min(even + spread, longest, left - rank + 1), least, 1)
        lengths.append(length)
        left -= length
    return lengths


def _window(
    months: list[int],
    length: int,
    line: float,
    wanted: dict[int, float],
    rng: Random,
    edge: int | None,
) -> list[int]:
    """The months of a post: where hours are most wanted, or the first (0) or last (-1) ones."""
    choices = [months[first : first + length] for first in range(len(months) - length + 1)]
    noise = line * length / 3
    if edge is None:
        chosen = max(
            choices, key=lambda each: sum(wanted[month] for month in each) + rng.random() * noise
        )
    else:
        chosen = choices[edge]
    for month in chosen:
        wanted[month] -= line
    return chosen


def _post(
    obligation: Obligation,
    channel: Channel,
    weekly: int,
    months: list[int],
    timeline: Timeline,
    rng: Random,
    *,
    stays: bool,
) -> Post:
    """A work contract that covers some months."""
    first, last = months[0], months[-1]
    start = working_day(timeline.day(first, rng.choice((1, 1, 2, 3, 5, 8))))
    if obligation.start is not None:
        start = max(start, working_day(obligation.start))
    days = days_in(timeline.month(last))
    last_day = timeline.day(last, days if first == last else rng.choice((days, days, 28, 25, 21)))
    at_work = last >= LAST_DECLARED - 1 and obligation.end > timeline.today
    if at_work and (stays or rng.random() < _STILL_THERE):
        # The contract goes on after the last statement.
        last_day = timeline.day(rng.randint(1, 3), 28)
    last_day = min(last_day, obligation.end)
    end: date | None = last_day
    if channel.employment is EmploymentKind.PERMANENT:
        end = None
    elif channel.learning:
        # The site takes a part of the year of a work-study contract.
        end = max(last_day, add_calendar_months(start, _SCHOOL_YEAR))
    return Post(obligation, channel, list(months), weekly, start, end, last_day)


def _fill(team: list[Post], total: int, timeline: Timeline, rng: Random) -> None:
    """Share hours between the lines of posts, none above what its contract allows."""
    cells = []
    for post in team:
        for offset in post.months:
            limit = post.limit(timeline, offset)
            whole = limit == _FULL_MONTH and rng.random() < _WHOLE_MONTHS
            weight = limit * timeline.season(offset) * (2.5 if whole else rng.uniform(0.6, 1.3))
            cells.append((post, offset, limit, weight))
    low, high = 0.0, 50.0
    for _ in range(60):
        scale = (low + high) / 2
        reached = sum(min(limit, weight * scale) for _, _, limit, weight in cells)
        low, high = (scale, high) if reached < total else (low, scale)
    for post, offset, limit, weight in cells:
        hours = min(limit, int(weight * high))
        full = hours >= limit * _SPIKE and timeline.season(offset) == 1.0
        post.lines[offset] = limit if full else max(hours // 25 * 25, min(limit, 400))
    _settle(cells, total)


def _settle(cells: list[tuple[Post, int, int, float]], total: int) -> None:
    """Move the last hours so that the lines add up to ``total``, from the longest line on."""
    gap = total - sum(post.lines[offset] for post, offset, _, _ in cells)
    slack = {(id(cell[0]), cell[1]): cell[2] - cell[0].lines[cell[1]] for cell in cells}
    order = sorted(cells, key=lambda cell: -slack[id(cell[0]), cell[1]])
    for _ in range(4):
        for post, offset, limit, _ in order:
            if not gap:
                return
            now = post.lines[offset]
            step = max(min(gap, 800, limit - now), -800, 200 - now)
            post.lines[offset] = now + step
            gap -= step
    if gap and cells:
        # A route that cannot hold its hours (many sites stopped): the longest contract does more.
        post, offset, _, _ = cells[0]
        post.lines[offset] += gap
