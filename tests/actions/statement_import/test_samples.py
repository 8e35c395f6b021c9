"""The sample files of twenty-four senders, from the file to the base and back, without help."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import reduce
from pathlib import Path

import pytest

from builders import new_hours
from import_samples import one
from statement_samples import SAMPLES, TODAY, Sample
from statement_samples.world import World, world_base
from store_samples import living
from suivi_tui.actions.statement_import.plan import Outcome, StatementPlan, prepare, write_plan
from suivi_tui.exchange.statement_files.layout import Layout, answered
from suivi_tui.exchange.statement_files.reading import LayoutQuestion
from suivi_tui.exchange.statement_files.workbook import open_statement_file
from suivi_tui.store.base import Base, open_base
from suivi_tui.store.journal import renew_identity
from suivi_tui.store.undo import undo_last

SURE = (Outcome.NEW, Outcome.CHANGED, Outcome.IDENTICAL)
Declared = tuple[int, int, int, int, int]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    base, world = world_base(tmp_path_factory.mktemp("monde"))
    base.close()
    return base.path, world


@contextmanager
def copied(template: Path, copy: Path) -> Iterator[Base]:
    """The world in a base of its own."""
    shutil.copyfile(template, copy)
    with open_base(copy) as opened:
        renew_identity(opened)
        yield opened


@pytest.fixture
def base(template: tuple[Path, World], tmp_path: Path) -> Iterator[Base]:
    with copied(template[0], tmp_path / "essai.db") as opened:
        yield opened


def declared(sample: Sample, world: World) -> Counter[Declared]:
    """What the file says, as someone who knows the world reads it."""
    return Counter(
        (
            world.people[line.who],
            world.lots[line.place].obligation if line.place else 0,
            line.month,
            line.kind,
            line.hours,
        )
        for line in sample.expected
    )


def understood(plan: StatementPlan) -> Counter[Declared]:
    """What the plan is sure of."""
    found: Counter[Declared] = Counter()
    shown = {
        (line.sheet, line.line, line.month, line.kind, line.hours, line.where)
        for line in plan.lines
        if line.outcome in SURE
    }
    for fed in plan.draft.cells.fed.values():
        for _, line, match, *_ in fed:
            name = (line.sheet, line.line, line.month, line.kind, line.hours, match.where)
            if name in shown:
                found[match.participant, match.obligation, line.month, line.kind, line.hours] += 1
    return found


# What a base that follows these contracts already holds before a total since the start.
EARLIER = {
    "running total": (
        ("dupont", "ecole-1", 202605, 151_67),
        ("obrien", "gymnase-1", 202606, 920_50),
    ),
    "running title": (("dupont", "ecole-1", 202608, 1061_69), ("legoff", "ecole-1", 202608, 28_00)),
}
# A file that names nobody: the person who got the mail says who sent it.
SENDERS = {"paid or worked": "batisseurs"}


def known_before(base: Base, world: World, sample: Sample) -> dict[tuple[int, int], int]:
    """Put the hours of earlier months in the base; their sum by person and place."""
    sums: dict[tuple[int, int], int] = {}
    for who, place, month, hours in EARLIER.get(sample.name, ()):
        placement = world.placements[who, place]
        new_hours(base, placement, month, hours)
        sums[world.people[who], placement.obligation] = hours
    return sums


def test_nearly_every_line_is_right_without_help_and_none_is_wrong(
    template: tuple[Path, World], tmp_path: Path
) -> None:
    path, world = template
    sure = clear = right = total = 0
    for sample in SAMPLES:
        wanted = declared(sample, world)
        with copied(path, tmp_path / "essai.db") as base:
            known_before(base, world, sample)
            book = open_statement_file(sample.write(tmp_path))
            alone = prepare(base, book, today=TODAY)
            found = understood(alone)
            assert found <= wanted, (sample.name, found - wanted)
            sheets = {
                sheet.shape: reduce(_as_proposed, sheet.questions, sheet.layout)
                for sheet in alone.reading.sheets
                if sheet.questions
            }
            sender = SENDERS.get(sample.name)
            helped = prepare(
                base,
                book,
                today=TODAY,
                layouts=sheets,
                sender=world.companies[sender] if sender else None,
            )
            assert understood(helped) <= wanted, sample.name
        total += wanted.total()
        right += understood(helped).total()
        if not sample.doubtful:
            clear += wanted.total()
            sure += found.total()
    assert sure >= 0.95 * clear, "without any help, where the file leaves no doubt"
    assert right >= 0.95 * total, "with the questions about the sheet answered as proposed"


def _as_proposed(layout: Layout, question: LayoutQuestion) -> Layout:
    return answered(layout, question.key, question.proposed)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_file_comes_in_once_and_goes_out_whole(
    sample: Sample, base: Base, tmp_path: Path
) -> None:
    path = sample.write(tmp_path)
    before = living(base)
    plan = prepare(base, open_statement_file(path), today=TODAY)
    write_plan(base, plan, path=path)
    written = living(base)
    lines = one(base, "SELECT count(*) FROM journal")
    again = prepare(base, open_statement_file(path), today=TODAY)
    assert again.brings == 0
    write_plan(base, again, path=path)
    assert one(base, "SELECT count(*) FROM journal") == lines
    if written != before:
        undo_last(base)
    assert living(base) == before
