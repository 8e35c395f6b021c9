"""Stories about people, told before their rows are written."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from suivi_tui.actions.demonstration.participants import Person
from suivi_tui.actions.demonstration.people import Path
from suivi_tui.actions.demonstration.posts import Post
from suivi_tui.actions.demonstration.timeline import LAST_DECLARED
from suivi_tui.actions.demonstration.world import World
from suivi_tui.vocabulary.choices import Criterion, EmploymentKind
from suivi_tui.vocabulary.dates import add_calendar_months

Fit = Callable[[Person, Post], bool]

_WINDOW_MONTHS = 24
_NEAR_ENDS = (24, 49)
_VALIDATED_AFTER = timedelta(days=11)
IMPLAUSIBLE = 18_700
CREDIT = -1_400
_PART_TIME = 30
_LAST_TWO = (LAST_DECLARED, LAST_DECLARED - 1)


class Cast:
    """Who plays which story; a post is cast once."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._people = list(people)
        self._taken: set[int] = set()
        self.leaving: Post
        self.early: Post
        self.implausible: Post
        self.duplicate: Post
        self.credit: Post

    def find(self, *fits: Fit) -> tuple[Person, Post]:
        """The first free person and post that a story can use, the best fit first."""
        for fit in fits:
            for person in self._people:
                for post in person.profile.path.posts:
                    if id(person) not in self._taken and fit(person, post):
                        self._taken.add(id(person))
                        return person, post
        raise LookupError("no post fits a story of the demonstration")


def cast_stories(world: World, people: list[Person]) -> Cast:
    """Choose who plays each story, and change their dates and hours accordingly."""
    cast = Cast(people)
    _passes_the_window(world, cast)
    _near_the_end(world, cast)
    _hired_before_validation(world, cast)
    _too_many_hours(world, cast)
    _sent_twice(world, cast)
    _credit_note(cast)
    _missing_proofs(world, cast)
    _homonyms(people)
    return cast


def _alone(person: Person) -> bool:
    return len(person.profile.path.posts) == 1


def _last(person: Person, post: Post) -> bool:
    return post is person.profile.path.posts[-1] and _free(post)


def _free(post: Post) -> bool:
    return not post.obligation.plan.exact and not post.obligation.closed and post.second is None


def _passes_the_window(world: World, cast: Cast) -> None:
    """A permanent employee whose 24 months ended in the middle of the last month but one."""
    timeline = world.timeline

    def fit(person: Person, post: Post) -> bool:
        at_work = post.permanent and post.last_day > timeline.today
        return _last(person, post) and at_work and set(_LAST_TWO) <= set(post.lines)

    person, cast.leaving = cast.find(fit)
    # Entered the scheme elsewhere, before this hiring: the window counts from there.
    person.entered_on = add_calendar_months(timeline.day(LAST_DECLARED - 1, 15), -_WINDOW_MONTHS)
    _validate_at(person)


def _validate_at(person: Person) -> None:
    person.decided_on = person.entered_on - timedelta(days=6)
    person.proof_on = person.decided_on - timedelta(days=20)


def _near_the_end(world: World, cast: Cast) -> None:
    today = world.timeline.today
    for days in _NEAR_ENDS:
        entered = add_calendar_months(today + timedelta(days=days + 1), -_WINDOW_MONTHS)

        def fit(person: Person, post: Post) -> bool:
            return _last(person, post) and post.last_day > today

        person, _ = cast.find(fit)
        person.entered_on = entered
        _validate_at(person)


def _hired_before_validation(world: World, cast: Cast) -> None:
    def fit(person: Person, post: Post) -> bool:
        first = min(post.lines)
        begun = world.timeline.offset(post.start) == first and post.start.day <= 8
        return _alone(person) and _free(post) and -11 <= first <= -4 and begun

    person, cast.early = cast.find(fit)
    person.decided_on = person.profile.path.hired_on + _VALIDATED_AFTER


def _too_many_hours(world: World, cast: Cast) -> None:
    """187 h in a month for a contract of 30 h a week: most likely two months in one."""

    def fit(person: Person, post: Post) -> bool:
        last = max(post.lines)
        whole = post.limit(world.timeline, last) > 12_000 and world.timeline.season(last) == 1.0
        direct = post.channel.employment is EmploymentKind.FIXED_TERM
        return _free(post) and direct and whole

    def recent(person: Person, post: Post) -> bool:
        return max(post.lines) in _LAST_TWO and fit(person, post)

    _, post = cast.find(recent, fit)
    post.weekly = _PART_TIME
    post.lines[max(post.lines)] = IMPLAUSIBLE
    cast.implausible = post


def _sent_twice(world: World, cast: Cast) -> None:
    """The same month of a mission declared a second time, under another mission number."""

    def fit(person: Person, post: Post) -> bool:
        insertion = post.channel.employment is EmploymentKind.INSERTION_MISSION
        return _free(post) and insertion and -10 <= max(post.lines) <= -4

    person, post = cast.find(fit)
    month = max(post.lines)
    first = max(world.timeline.day(month, 1), post.start)
    twin = Post(
        post.obligation,
        post.channel,
        [month],
        post.weekly,
        first,
        post.end,
        post.last_day,
        {month: post.lines[month]},
    )
    person.profile.path.posts.append(twin)
    cast.duplicate = twin


def _credit_note(cast: Cast) -> None:
    """Hours invoiced by mistake, given back the month after the end of the mission."""

    def fit(person: Person, post: Post) -> bool:
        following = max(post.lines) + 1
        known = following in post.obligation.open_months and following <= -4
        return _free(post) and post.channel.structure == "etti" and known

    _, post = cast.find(fit)
    post.lines[max(post.lines) + 1] = CREDIT
    cast.credit = post


def _missing_proofs(world: World, cast: Cast) -> None:
    def fit(person: Person, post: Post) -> bool:
        return _free(post) and post.last_day > world.timeline.today

    for _ in range(2):
        person, _ = cast.find(fit)
        person.proof, person.proof_on = "", None

    def dated(person: Person, post: Post) -> bool:
        return fit(person, post) and person.profile.criterion is Criterion.LONG_TERM

    person, _ = cast.find(dated)
    person.proof_on = person.decided_on - timedelta(days=150)


def _homonyms(people: list[Person]) -> None:
    """Two people of one name, whom only their birth date tells apart."""
    first = people[len(people) // 3]
    for other in people[len(people) // 3 + 1 :]:
        if other.profile.sex is first.profile.sex and abs(other.birth.year - first.birth.year) > 5:
            other.first, other.last = first.first, first.last
            return


def share_two_sites(paths: list[Path], world: World) -> None:
    """One person on two sites the same month: hours of another post of the structure go to them."""
    posts = [post for path in paths for post in path.posts if _free(post)]
    for post in posts:
        for other in posts:
            month = _common_month(post, other)
            if month is None:
                continue
            total = post.lines[month] + other.lines[month]
            if total <= post.limit(world.timeline, month):
                post.second = (other.obligation, {month: other.lines.pop(month)})
                other.months.remove(month)
                return
    raise LookupError("nobody can work on two sites of the demonstration")


def _common_month(post: Post, other: Post) -> int | None:
    """A month of both posts, of one employer on two sites, that is not the edge of the second."""
    apart = post.obligation is not other.obligation
    employer = post.channel.structure == other.channel.structure == "etti"
    if not (apart and employer and post.channel == other.channel):
        return None
    inner = sorted(other.lines)[1:-1]
    return next((month for month in inner if month in post.lines and month <= -2), None)
