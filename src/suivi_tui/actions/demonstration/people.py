"""Who holds the posts: one person for one post, or for several that follow one another."""

from dataclasses import dataclass
from datetime import date
from random import Random

from suivi_tui.actions.demonstration.frame import OPERATIONS
from suivi_tui.actions.demonstration.posts import Post
from suivi_tui.actions.demonstration.trades import STRUCTURAL, TRADES
from suivi_tui.vocabulary.choices import Mode, Programme, Sector

PEOPLE = 120

_LONGEST_PATH = 600
"""Days between the first and the last day of a path: within the window of eligibility."""


@dataclass(slots=True)
class Path:
    """The posts of one person, the oldest first."""

    posts: list[Post]

    @property
    def first(self) -> Post:
        """The post of the first hiring."""
        return self.posts[0]

    @property
    def hired_on(self) -> date:
        """The first day of the first post."""
        return self.first.start

    @property
    def sector(self) -> Sector:
        """The sector of the first post."""
        return self.first.obligation.contract_plan.sector

    @property
    def structural(self) -> bool:
        """Whether the first post is in the structural work of a building."""
        return self.first.obligation.lot_plan.trade in STRUCTURAL

    @property
    def women_weight(self) -> float:
        """How likely a woman holds the first post, beside another trade."""
        return TRADES[self.first.obligation.lot_plan.trade].women

    @property
    def renewal(self) -> bool:
        """Whether one of the posts belongs to an urban renewal programme."""
        return any(_programme(post) is Programme.NPNRU for post in self.posts)

    def through(self, *structures: str) -> bool:
        """Whether one of the posts was held through one of these structures."""
        return any(post.channel.structure in structures for post in self.posts)

    @property
    def learning(self) -> bool:
        """Whether one of the posts is a work-study contract."""
        return any(post.channel.learning for post in self.posts)


def _programme(post: Post) -> Programme:
    return OPERATIONS[post.obligation.contract_plan.operation].programme


def paths_of(posts: list[Post], rng: Random) -> list[Path]:
    """As many paths as there are people: posts are chained until the number is right."""
    chained = sorted(posts, key=lambda post: (post.start, post.obligation.id))
    followers: dict[int, Post] = {}
    taken: set[int] = set()
    starts: dict[int, Post] = {id(post): post for post in chained}
    for widest in (120, 240, 400):
        for before in rng.sample(chained, len(chained)):
            if len(posts) - len(followers) <= PEOPLE:
                break
            if id(before) in followers or before.outlasts:
                continue
            after = _next(before, starts[id(before)], chained, taken, widest)
            if after is not None:
                followers[id(before)] = after
                taken.add(id(after))
                _carry(after, starts[id(before)], followers, starts)
    return [Path(_chain(post, followers)) for post in chained if id(post) not in taken]


def _next(
    before: Post, first: Post, posts: list[Post], taken: set[int], widest: int
) -> Post | None:
    """The first post that the same person can hold afterwards."""
    for after in posts:
        gap = (after.start - before.last_day).days
        if (
            0 < gap <= widest
            and id(after) not in taken
            and (after.last_day - first.start).days <= _LONGEST_PATH
            and _alike(before, after)
        ):
            return after
    return None


def _alike(before: Post, after: Post) -> bool:
    """Whether the same person may go from one post to the other."""
    if after.channel.mode is Mode.TRAINING:
        return False
    one, other = before.obligation.contract_plan, after.obligation.contract_plan
    if one.sector is other.sector:
        return True
    return before.channel.structure == after.channel.structure != "" and one.category is (
        other.category
    )


def _carry(after: Post, first: Post, followers: dict[int, Post], starts: dict[int, Post]) -> None:
    """Remember where the path of ``after`` and of what follows it begins."""
    step: Post | None = after
    while step is not None:
        starts[id(step)] = first
        step = followers.get(id(step))


def _chain(post: Post, followers: dict[int, Post]) -> list[Post]:
    chain = [post]
    while (following := followers.get(id(chain[-1]))) is not None:
        chain.append(following)
    return chain
