"""Indices of penalties: the value of the year, proposed unless it is sure or chosen locally."""

from datetime import date
from pathlib import Path

import pytest

from suivi_tui.reference.penalties import penalty_reference
from suivi_tui.vocabulary.choices.penalties import PenaltyIndex

CEILING = PenaltyIndex.HOURLY_CEILING


@pytest.mark.parametrize(
    ("on", "cents"),
    [
        (date(2024, 12, 31), None),
        (date(2025, 1, 1), 29_00),
        (date(2025, 12, 31), 29_00),
        (date(2026, 1, 1), 30_00),
        (date(2028, 2, 29), 30_00),
    ],
)
def test_the_value_of_a_day_is_only_a_proposal(on: date, cents: int | None) -> None:
    found = penalty_reference(on)
    value = found.value_of(CEILING)
    assert (value.amount if value else None) == cents
    assert found.usable == {}


def test_usual_figures() -> None:
    found = penalty_reference(date(2026, 6, 30))
    assert (found.hour, found.day) == ((30_00, 100_00), (50_00, 150_00))
    assert (found.coefficient, found.delay_cap) == (4, 10)


def test_a_value_chosen_by_the_office_is_used_the_year_it_is_for(tmp_path: Path) -> None:
    chosen = tmp_path / "reference.toml"
    chosen.write_text("[penalites.indice.plafond_horaire]\n2026 = 30\n", encoding="utf-8")
    assert penalty_reference(date(2026, 12, 31), chosen).usable == {CEILING: 30_00}
    assert penalty_reference(date(2027, 1, 1), chosen).usable == {}
