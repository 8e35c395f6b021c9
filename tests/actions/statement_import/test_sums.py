"""Whatever statements come in, in any order: hours have their proof, and all can be taken back."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from import_samples import rows
from statement_world import Small, Statement, filled, preview, said, statement
from store_samples import assert_sound, living
from suivi_tui.actions.statement_import.plan import write_plan
from suivi_tui.store.base import open_base
from suivi_tui.store.journal import renew_identity
from suivi_tui.store.undo import undo_last

MONTHS = (202609, 202610)
PEOPLE = ("Exemple Camille", "Modèle Alix", "Patron Noa", "Gabarit Sacha", "Inconnue")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Small]]:
    base, small = filled(tmp_path_factory.mktemp("monde"))
    base.close()
    yield base.path, small


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """A file of a few lines: one of three contents, under one of three names."""
    partial = draw(st.booleans())
    lines = [
        said(
            row,
            draw(st.sampled_from(PEOPLE)),
            draw(st.sampled_from((0, 700, 3500, 3500, 15167, -700))),
            draw(st.sampled_from(MONTHS)),
            sheet=draw(st.sampled_from(("Un", "Deux"))),
            lot=draw(st.sampled_from(("", "", "2"))),
            contract=draw(st.sampled_from(("", "VX-44"))),
            partial=partial,
        )
        for row in range(2, 2 + draw(st.integers(1, 6)))
    ]
    name = draw(st.sampled_from(("S40.xlsx", "S41.xlsx", "octobre.xlsx")))
    return statement(
        *lines, name=name, sha256=draw(st.sampled_from("abc")) * 64, weekly=draw(st.booleans())
    )


@settings(max_examples=25)
@given(files=st.lists(st.tuples(statements(), st.booleans()), min_size=1, max_size=3))
def test_hours_are_the_sum_of_their_proofs(
    template: tuple[Path, Small], files: list[tuple[Statement, bool]]
) -> None:
    path, small = template
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        copy = Path(name) / "essai.db"
        shutil.copyfile(path, copy)
        with open_base(copy) as base:
            renew_identity(base)
            states = [living(base)]
            for read, accepts in files:
                plan = preview(patch, base, read, sender=small.etti)
                accept = {(line.sheet, line.line) for line in plan.lines} if accepts else set()
                report = write_plan(base, plan, accept=accept)
                assert report.read == len(read.lines)
                if living(base) != states[-1]:
                    states.append(living(base))
                assert rows(base, _WITHOUT_PROOF) == []
                before = living(base)
                again = preview(patch, base, read, sender=small.etti)
                write_plan(base, again)
                assert living(base) == before, "the same file again"
            assert_sound(base)
            for state in reversed(states[:-1]):
                undo_last(base)
                assert living(base) == state


_WITHOUT_PROOF = """
SELECT hour_entry.obligation, hour_entry.month, hour_entry.placement, declared,
    total(source_line.hours) AS proven
FROM hour_entry LEFT JOIN source_line ON source_line.obligation = hour_entry.obligation
    AND source_line.month = hour_entry.month AND source_line.placement = hour_entry.placement
    AND source_line.kind = hour_entry.kind AND source_line.removed = 0
WHERE hour_entry.removed = 0 GROUP BY 1, 2, 3 HAVING declared <> proven
"""
