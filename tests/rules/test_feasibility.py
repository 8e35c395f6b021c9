"""Can the hours be worked? Each limit at, before and after, and reasons in words."""

from fractions import Fraction
from typing import Any

import pytest

from suivi_tui.reference.calibration_reference import calibration_reference
from suivi_tui.rules.calibration_inputs import Given, usual_inputs
from suivi_tui.rules.feasibility import Criterion, at_most, feasibility, not_under
from suivi_tui.vocabulary.choices import FeasibilityVerdict as V
from suivi_tui.vocabulary.hours import Hours

SHARES = {"part", "encadrement", "part_moyenne", "part_pointe", "retard", "surcout", "marge"}
USUAL = usual_inputs(calibration_reference())
YEAR = {"montant": 1_000_000, "part": 50, "cout": 30, "duree": 12}


def figures(**values: Any) -> dict[str, Given]:
    return {
        code: Given(Fraction(str(value)) / (100 if code in SHARES else 1))
        for code, value in values.items()
    }


def asked(hours: float, **values: Any) -> dict[str, Criterion]:
    found = feasibility(Hours(round(hours * 100)), USUAL | figures(**{**YEAR, **values}))
    return {each.name: each for each in found.criteria}


@pytest.mark.parametrize(
    ("hours", "people", "verdict"),
    [
        (139.99, 1, V.NOT_FEASIBLE),
        (140, 1, V.TIGHT),
        (175, 1, V.TIGHT),
        (175.01, 1, V.FEASIBLE),
        (1820, 1, V.FEASIBLE),
        (1820.01, 2, V.FEASIBLE),
    ],
)
def test_people_and_their_useful_volume(hours: float, people: int, verdict: V) -> None:
    found = asked(hours)["Volume par personne"]
    assert found.verdict is verdict
    assert found.sentence.replace("\u00a0", " ").startswith(
        f"Volume par personne : {people} personne"
    )
    assert "140,00 h" in found.sentence.replace("\u00a0", " ")


def test_a_short_contract_splits_the_hours_under_the_useful_volume() -> None:
    """Three weeks of 35 h hold 105 h: nobody can reach 140 h, however many people come."""
    found = asked(300, duree=Fraction(9, 13))["Volume par personne"]
    assert found.verdict is V.NOT_FEASIBLE
    assert "3 personnes" in found.sentence.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("hours", "verdict"),
    [(1599.99, V.FEASIBLE), (1600, V.TIGHT), (2000, V.TIGHT), (2000.01, V.NOT_FEASIBLE)],
)
def test_share_of_the_mean_crew(hours: float, verdict: V) -> None:
    """Of 10 000 h of labour, 20 % at most; tight from 16 %."""
    assert asked(hours, heures=10_000)["Équipe moyenne"].verdict is verdict


@pytest.mark.parametrize(
    ("crew", "verdict"),
    [(2, V.NOT_FEASIBLE), (3, V.TIGHT), (4, V.FEASIBLE), (Fraction("3.01"), V.FEASIBLE)],
)
def test_one_person_in_a_small_crew(crew: Fraction, verdict: V) -> None:
    """300 h are a sixth of a post, and still one whole person on site: one of three at most."""
    found = asked(300, heures=crew * 1820, pointe=1)["Équipe un jour de pointe"]
    assert found.verdict is verdict, found.sentence


@pytest.mark.parametrize(
    ("limit", "verdict"),
    [("24.99", V.NOT_FEASIBLE), (25, V.TIGHT), ("31.25", V.TIGHT), ("31.26", V.FEASIBLE)],
)
def test_share_of_the_crew_on_the_busiest_day(limit: float, verdict: V) -> None:
    found = asked(300, heures=4 * 1820, pointe=1, part_pointe=limit)["Équipe un jour de pointe"]
    assert found.verdict is verdict


def test_on_the_busiest_day_people_are_whole() -> None:
    """0,6 post and 4,5 posts, half more on the busiest day: 1 person of 7."""
    hours = Fraction(1820)
    found = asked(float(hours * Fraction("0.6")), heures=hours * Fraction("4.5"))
    peak = found["Équipe un jour de pointe"]
    assert peak.measure is not None
    assert peak.measure.value == Fraction(1, 7)
    assert "1 personne sur 7 personnes" in peak.sentence.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("hours", "verdict"),
    [(1599.99, V.FEASIBLE), (1600, V.TIGHT), (2000, V.TIGHT), (2000.01, V.NOT_FEASIBLE)],
)
def test_the_site_does_not_last_longer(hours: float, verdict: V) -> None:
    """Supervision of 10 % of the hours, 2 % of 10 000 h of labour at most."""
    assert asked(hours, heures=10_000)["Durée du chantier"].verdict is verdict


@pytest.mark.parametrize(
    ("amount", "verdict"),
    [
        (299_999, V.NOT_FEASIBLE),
        (300_000, V.TIGHT),
        (375_000, V.TIGHT),
        (375_001, V.FEASIBLE),
    ],
)
def test_the_extra_cost_is_shown_and_limited(amount: int, verdict: V) -> None:
    """1 000 h, 100 h of supervision at 30 EUR: 3 000 EUR, 1 % of the amount at most."""
    found = asked(1000, montant=amount)["Surcoût"]
    assert found.verdict is verdict
    assert "3 000 €" in found.sentence.replace("\u00a0", " ")


def test_the_gap_of_cost_adds_up() -> None:
    found = asked(1000, ecart=4)["Surcoût"]
    assert "7 000 €, soit 0,70 % du montant" in found.sentence.replace("\u00a0", " ")


def test_a_site_where_all_is_well_says_what_was_verified() -> None:
    found = feasibility(Hours(833_00), USUAL | figures(**YEAR))
    assert found.verdict is V.FEASIBLE
    assert (found.people, found.extra_cost) == (1, Fraction(2499))
    assert len(found.reasons) == 5
    assert all("à confirmer" in reason for reason in found.reasons)


def test_reasons_are_those_of_the_worst_first() -> None:
    found = feasibility(Hours(100_00), USUAL | figures(**YEAR))
    assert found.verdict is V.NOT_FEASIBLE
    assert len(found.reasons) == 1
    assert found.reasons[0].startswith("Volume par personne")


def test_what_is_missing_is_named() -> None:
    found = feasibility(Hours(833_00), USUAL | figures(montant=1_000_000))
    assert found.verdict is V.UNKNOWN
    assert found.people is None
    told = " ".join(found.reasons).replace("\u00a0", " ")
    for name in ("durée", "part de main-d'œuvre", "coût horaire chargé"):
        assert name in told


def test_no_hour_is_no_effort() -> None:
    found = feasibility(Hours(0), USUAL | figures(**YEAR))
    assert found.verdict is V.NOT_FEASIBLE
    assert found.people == 0


@pytest.mark.parametrize("margin", [Fraction(4, 5), Fraction(1)])
def test_both_kinds_of_limit(margin: Fraction) -> None:
    ten = Fraction(10)
    assert at_most(ten, ten, margin) is V.TIGHT
    assert at_most(ten + 1, ten, margin) is V.NOT_FEASIBLE
    assert at_most(ten * margin - 1, ten, margin) is V.FEASIBLE
    assert not_under(ten, ten, margin) is V.TIGHT
    assert not_under(ten - 1, ten, margin) is V.NOT_FEASIBLE
    assert not_under(ten / margin + 1, ten, margin) is V.FEASIBLE
