"""When a letter was sent, and what that day changes: its deadline, its alert, the penalty desk."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from builders import new_base
from letter_world import TODAY, LetterWorld, rows
from suivi_tui.actions.letters import make, mark_sent, prepare
from suivi_tui.documents.letter import Subject
from suivi_tui.readings.alerts import read_alerts
from suivi_tui.readings.penalties import read_penalty_file
from suivi_tui.vocabulary.choices import DocumentKind


@pytest.fixture
def world(tmp_path: Path) -> Iterator[LetterWorld]:
    with new_base(tmp_path) as base:
        yield LetterWorld(base)


def noticed(world: LetterWorld, folder: Path) -> int:
    about = Subject("obligation", world.school.obligation)
    prepared = prepare(world.base, DocumentKind.FORMAL_NOTICE, about, today=TODAY)
    return make(world.base, prepared, folder)[0].document


def expired(world: LetterWorld, day: date) -> bool:
    found = read_alerts(world.base.connection, day)
    return any(alert.code == "mise_en_demeure_echue" for alert in found)


def test_a_draft_gives_no_deadline_to_the_desk_nor_to_the_alert(
    world: LetterWorld, tmp_path: Path
) -> None:
    noticed(world, tmp_path)
    file = read_penalty_file(world.base.connection, world.school.obligation, date(2027, 3, 1))
    assert file is not None and file.notice is None
    assert [row.sent for row in file.notices] == [0]
    assert not expired(world, date(2027, 3, 1))


def test_a_notice_once_sent_has_its_own_deadline(world: LetterWorld, tmp_path: Path) -> None:
    document = noticed(world, tmp_path)
    due = "SELECT due FROM follow_up WHERE document = ?"
    # Until then: the day on which the buyer is asked about the signature.
    assert rows(world.base, due, document) == [("2026-12-07",)]
    mark_sent(world.base, document, date(2026, 11, 30))
    assert rows(world.base, due, document) == [("2026-12-15",)]
    file = read_penalty_file(world.base.connection, world.school.obligation, date(2027, 1, 4))
    assert file is not None and file.notice is not None
    assert file.notice == (date(2026, 11, 30), date(2026, 12, 15))
    assert not expired(world, date(2026, 12, 15))
    assert expired(world, date(2026, 12, 16))
    # What the buyer wrote wins.
    mark_sent(world.base, document, date(2026, 11, 30), date(2026, 12, 31))
    assert rows(world.base, due, document) == [("2026-12-31",)]
    mark_sent(world.base, document, date(2026, 11, 30))
    assert rows(world.base, due, document) == [("2026-12-31",)]
