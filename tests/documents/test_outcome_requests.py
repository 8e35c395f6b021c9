"""Requests for outcomes ask what the alert counts: one path, one point, never twice."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from builders import add, new_base
from letter_world import LetterWorld, rows
from suivi_tui.actions.letters import EVERYBODY, make, prepare
from suivi_tui.documents.letter import Letter, Subject
from suivi_tui.readings.alerts import read_alerts
from suivi_tui.vocabulary.choices import DocumentKind

KIND = DocumentKind.OUTCOME_REQUEST


@pytest.fixture
def world(tmp_path: Path) -> Iterator[LetterWorld]:
    with new_base(tmp_path) as base:
        yield LetterWorld(base)


def stay(world: LetterWorld, start: str, end: str) -> int:
    return add(world.base, "work_contract", participant=world.camille, employer=world.etti,
               start=start, end=end)  # fmt: skip


def asked(world: LetterWorld, today: date) -> list[Letter]:
    return list(prepare(world.base, KIND, EVERYBODY, today=today).letters)


def alerted(world: LetterWorld, today: date) -> int:
    found = read_alerts(world.base.connection, today)
    return sum(len(alert.concerns) for alert in found if alert.code == "suite_a_demander")


def test_a_point_noted_on_the_first_contract_of_a_path_is_not_asked_again(
    world: LetterWorld, tmp_path: Path
) -> None:
    """Two contracts that follow one another are one path, named by the first of them."""
    (opened,) = rows(world.base, "SELECT id FROM work_contract")[0]
    stay(world, "2026-11-01", "2026-12-31")
    today = date(2027, 1, 5)
    assert alerted(world, today) == len(asked(world, today)) == 1
    make(world.base, prepare(world.base, KIND, EVERYBODY, today=today), tmp_path)
    assert rows(world.base, "SELECT path, point FROM outcome") == [(opened, "sortie")]
    assert alerted(world, today) == len(asked(world, today)) == 0
    # Three months after the exit, the day before and the day itself.
    for day, count in ((date(2027, 3, 30), 0), (date(2027, 3, 31), 1)):
        assert alerted(world, day) == len(asked(world, day)) == count


def test_what_was_said_by_hand_of_the_path_is_not_asked_again(world: LetterWorld) -> None:
    (opened,) = rows(world.base, "SELECT id FROM work_contract")[0]
    stay(world, "2026-11-01", "2026-12-31")
    add(world.base, "outcome", participant=world.camille, path=opened, point="sortie",
        answered_on="2027-01-02", situation="CDI")  # fmt: skip
    today = date(2027, 1, 5)
    assert alerted(world, today) == len(asked(world, today)) == 0
    one = prepare(world.base, KIND, Subject("participant", world.camille), today=today)
    assert [left.why for left in one.left_out] == ["situation déjà connue (à la sortie)"]


def test_another_path_is_asked_for_itself(world: LetterWorld) -> None:
    """A hiring more than a year after the exit is another path: what was said before is its own."""
    (first,) = rows(world.base, "SELECT id FROM work_contract")[0]
    add(world.base, "outcome", participant=world.camille, path=first, point="sortie",
        answered_on="2026-11-02", situation="CDI")  # fmt: skip
    stay(world, "2027-11-01", "2027-12-31")
    today = date(2028, 1, 5)
    (letter,) = asked(world, today)
    assert alerted(world, today) == 1
    assert letter.values["parcours_demandes"][0]["sortie"] == "31/12/2027"
    assert letter.asked[0].path not in (None, first)
