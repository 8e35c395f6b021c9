"""What is read before Textual is imported, and who closes the base then."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from builders import new_base, new_contract, new_hours, new_person, new_placement
from suivi_tui.store.base import Base, open_base
from suivi_tui.store.engine import BaseRefused
from suivi_tui.tui.preparation import prepare
from suivi_tui.tui.start import application

TODAY = date(2026, 9, 20)


def followed_base(folder: Path) -> Path:
    with new_base(folder) as base:
        market = new_contract(base, owed=3_650_00)
        new_hours(base, new_placement(base, market, new_person(base)), 202603, 120_50)
        return base.path


def test_the_year_is_read_once_and_the_base_handed_over(tmp_path: Path) -> None:
    prepared = prepare(followed_base(tmp_path), TODAY)
    with closing(prepared.base):
        year = prepared.take_year()
        assert year is not None
        assert year.months[2] == 120_50
        assert year.figures.totals.declared == 120_50
        assert prepared.take_year() is None


def test_nothing_is_shown_early_of_a_base_that_follows_nothing(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        path = base.path
    prepared = prepare(path, TODAY)
    assert prepared.take_year() is None
    prepared.base.close()


def test_a_base_that_is_not_accepted_is_closed_and_refused(tmp_path: Path) -> None:
    path = followed_base(tmp_path)

    def refuse(_: Base) -> None:
        raise BaseRefused("Pas celle-ci.")

    with pytest.raises(BaseRefused, match="Pas celle-ci"):
        application(path, TODAY, accept=refuse)
    open_base(path).close()


async def test_the_base_is_closed_even_when_nothing_was_asked_of_it(tmp_path: Path) -> None:
    path = followed_base(tmp_path)
    async with application(path, TODAY).run_test(size=(120, 40)):
        pass
    open_base(path).close()
    assert sorted(each.name for each in tmp_path.iterdir() if each.suffix != ".db") in (
        [],
        [f"{path.stem}-sauvegardes"],
    )
