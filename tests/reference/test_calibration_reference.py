"""What the reference says when hours are sized: sourced shares, ranges, never a default cost."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from suivi_tui.reference.calibration_reference import (
    amount_of,
    calibration_reference,
    range_of,
    trade_of,
)
from suivi_tui.reference.values import Confidence
from suivi_tui.rules.calibration_inputs import HOURLY_COST, RATE, cost_sentences, usual_inputs

REFERENCE = calibration_reference()


@pytest.mark.parametrize(
    ("trade", "share"), [("peinture", 70), ("maconnerie", 50), ("charpente_metallique", 20)]
)
def test_sourced_shares(trade: str, share: int) -> None:
    value = REFERENCE.shares[trade]
    assert amount_of(value) == Fraction(share, 100)
    assert (value.confidence, value.valid_from) == (Confidence.SURE, date(2016, 1, 1))


def test_a_range_without_a_source_is_shown_as_such() -> None:
    value = REFERENCE.shares["vrd"]
    assert range_of(value) == (Fraction(1, 4), Fraction(7, 20))
    assert value.confidence is Confidence.UNVERIFIED
    for each in REFERENCE.shares.values():
        bounds = range_of(each)
        assert bounds is None or bounds[0] <= amount_of(each) <= bounds[1], each.key


@pytest.mark.parametrize(
    ("trade", "sector", "found"),
    [
        ("Peinture intérieure", "", "Peinture intérieure"),
        ("Lot 02 - Gros œuvre", "", "Gros œuvre"),
        ("Électricité courants faibles", "", "Électricité"),
        ("Charpente métallique", "", "Charpente métallique"),
        ("Nettoyage des locaux", "batiment", "Nettoyage"),
        ("Divers", "batiment", "Bâtiment, moyenne des lots"),
        ("", "nettoyage", "Nettoyage"),
        ("Divers", "", None),
        ("", "action_sociale", None),
    ],
)
def test_the_share_of_a_trade_as_people_write_it(
    trade: str, sector: str, found: str | None
) -> None:
    value = REFERENCE.share_of(trade, sector)
    assert (None if value is None else trade_of(value)) == found


def test_no_hourly_cost_nor_rate_is_taken_in_silence() -> None:
    usual = usual_inputs(REFERENCE)
    assert HOURLY_COST.code not in usual
    assert RATE.code not in usual
    sentences = cost_sentences(REFERENCE)
    assert any("avant 2016" in each and "01/01/2016" in each for each in sentences)
    assert any("à confirmer" in each for each in sentences)


def test_a_local_value_replaces_the_range_with_its_own(tmp_path: Path) -> None:
    path = tmp_path / "references.toml"
    path.write_text(
        "[calibrage.part_main_oeuvre]\nvrd = 28\n"
        "[calibrage.part_main_oeuvre.sols]\nvalue = 50\nlow = 45\nhigh = 55\n",
        encoding="utf-8",
    )
    shares = calibration_reference(path).shares
    assert (amount_of(shares["vrd"]), range_of(shares["vrd"])) == (Fraction(28, 100), None)
    assert shares["vrd"].confidence is Confidence.LOCAL
    assert range_of(shares["sols"]) == (Fraction(9, 20), Fraction(11, 20))
