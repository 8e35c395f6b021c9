"""Builds the demonstration base: true to the life of a maison de l'emploi, invented throughout.

The same seed and the same day give the same content, whatever the machine.
"""

from contextlib import closing, suppress
from datetime import date
from itertools import chain
from pathlib import Path
from random import Random

from suivi_tui.actions.demonstration.cases import plan_cases
from suivi_tui.actions.demonstration.commitments import plan_commitments, plan_coverage
from suivi_tui.actions.demonstration.contracts import plan_contracts
from suivi_tui.actions.demonstration.directory import plan_directory
from suivi_tui.actions.demonstration.events import plan_events
from suivi_tui.actions.demonstration.exchanges import plan_exchanges
from suivi_tui.actions.demonstration.names import FACILITATORS, STRUCTURE, Numbers, surnames
from suivi_tui.actions.demonstration.participants import people_of, plan_people
from suivi_tui.actions.demonstration.people import paths_of
from suivi_tui.actions.demonstration.posts import posts_of
from suivi_tui.actions.demonstration.profiles import profiles_of
from suivi_tui.actions.demonstration.purchases import plan_programme, plan_purchases
from suivi_tui.actions.demonstration.reviews import plan_reviews
from suivi_tui.actions.demonstration.silences import plan_silences
from suivi_tui.actions.demonstration.statements import plan_statements
from suivi_tui.actions.demonstration.stories_hours import tell_hours
from suivi_tui.actions.demonstration.stories_people import cast_stories, share_two_sites
from suivi_tui.actions.demonstration.timeline import FIRST_MONTH, Timeline
from suivi_tui.actions.demonstration.verdicts import add_partial_lines, decide, lines_of
from suivi_tui.actions.demonstration.world import Clock, World
from suivi_tui.store.base import Base, create_base, open_base
from suivi_tui.store.demonstration_mark import SETTING, require_demonstration
from suivi_tui.store.journal import write

SEED = 1
_MORNING = 7


def build_demonstration(path: Path, *, seed: int = SEED, today: date) -> None:
    """Make the demonstration base at ``path``, as it stands on the morning of ``today``.

    Raises BaseRefused when a file is already there; nothing is left behind on a failure.
    """
    timeline, clock, rng = Timeline(today), Clock(0), Random(seed)
    clock.move_to(timeline.day(FIRST_MONTH - 4, 6), _MORNING)
    base = create_base(
        path,
        author=FACILITATORS[0],
        structure=STRUCTURE,
        clock=clock,
        random_bits=rng.getrandbits,
    )
    try:
        with closing(base):
            base.set_setting(SETTING, "1")
            _fill(base, timeline, clock, rng)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def _fill(base: Base, timeline: Timeline, clock: Clock, rng: Random) -> None:
    names = surnames(rng)
    world = World(timeline, rng, base.new_id, Numbers(rng), lambda: next(names))
    plan_directory(world)
    plan_contracts(world)
    plan_events(world)
    plan_silences(world)
    posts = list(chain.from_iterable(posts_of(each, timeline, rng) for each in world.obligations))
    paths = paths_of(posts, rng)
    share_two_sites(paths, world)
    people = people_of(world, profiles_of(paths, rng))
    cast = cast_stories(world, people)
    placed = plan_people(world, people)
    lines = lines_of(placed)
    tell_hours(world, cast, lines)
    add_partial_lines(world, lines)
    decide(world, lines)
    plan_statements(world, lines)
    plan_purchases(world)
    plan_exchanges(world, people)
    plan_cases(world, placed)
    plan_programme(world)
    plan_reviews(world)
    plan_commitments(world)
    plan_coverage(world)
    authors = base.setting("author") or "", str(world.colleague)
    for batch in world.agenda():
        clock.move_to(batch.day, _MORNING + batch.rank)
        base.set_setting("author", authors[batch.author])
        write(
            base,
            batch.changes,
            kind=batch.kind,
            label=batch.label,
            source_file=batch.source_file,
        )
    base.set_setting("author", authors[0])


def open_or_build(path: Path, *, seed: int = SEED, today: date) -> bool:
    """Make sure a demonstration stands at ``path``; True when it was made just now.

    An existing demonstration is left as it is. Raises BaseRefused for any other file.
    """
    if not path.exists():
        build_demonstration(path, seed=seed, today=today)
        return True
    with closing(open_base(path, read_only=True)) as base:
        require_demonstration(base)
    return False
