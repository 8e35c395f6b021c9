"""Sizing hours: the worked examples of domain.md 3.6, and that what is shown is computed."""

import re
from fractions import Fraction
from operator import add, mul, sub, truediv
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.reference.calibration_reference import calibration_reference
from suivi_tui.rules.calibration import (
    Calibration,
    Options,
    calibrate,
    labour_hours,
    rounded,
    side_by_side,
    training_months,
)
from suivi_tui.rules.calibration_inputs import KINDS, Given, usual_inputs, usual_ranges
from suivi_tui.rules.calibration_lots import Case, LotCase, of_lots
from suivi_tui.rules.calibration_sensitivity import sensitivity
from suivi_tui.rules.calibration_steps import Step, written
from suivi_tui.rules.owed_formula import PerAmount, hours_for_amount
from suivi_tui.vocabulary.choices import (
    CalibrationMethod,
    HoursRounding,
    StepReading,
    ThresholdReading,
)
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money

M = CalibrationMethod
REFERENCE = calibration_reference()
USUAL = usual_inputs(REFERENCE)
SHARES = {"part", "taux", "taux_anru", "taux_gup"}


def figures(**values: Any) -> dict[str, Given]:
    """Figures by code; shares in percent."""
    return {
        code: Given(Fraction(str(value)) / (100 if code in SHARES else 1))
        for code, value in values.items()
    }


def options(rounding: HoursRounding = HoursRounding.UNIT, **readings: Any) -> Options:
    return Options(rounding, training=REFERENCE.training, **readings)


BY_AMOUNT = {"montant": 1_000_000, "part": 50, "taux": 5, "cout": 30}


@pytest.mark.parametrize(
    ("example", "method", "values", "exact", "whole"),
    [
        ("E1", M.AMOUNT, BY_AMOUNT, "2500/3", 833),
        ("E1b", M.AMOUNT, {**BY_AMOUNT, "cout": 25}, "1000", 1000),
        ("E2", M.AMOUNT, {"montant": 1_500_000, "part": 70, "taux": 10, "cout": 30}, "3500", 3500),
        ("E2 by hours", M.LABOUR_HOURS, {"heures": 35_000, "taux": 10}, "3500", 3500),
        ("E3 peinture", M.AMOUNT, {**BY_AMOUNT, "part": 70}, "3500/3", 1166),
        ("E3 maçonnerie", M.AMOUNT, BY_AMOUNT, "2500/3", 833),
        ("E4", M.AMOUNT, {**BY_AMOUNT, "part": 70}, "3500/3", 1166),
        ("E5", M.AMOUNT, {**BY_AMOUNT, "part": 20}, "1000/3", 333),
        ("E14", M.AFTER_TRANSFER, {"heures": 20_000, "reprise": 15_000, "taux": 10}, "500", 500),
        ("E14 nobody", M.AFTER_TRANSFER, {"heures": 2000, "reprise": 0, "taux": 10}, "200", 200),
        ("E15 works", M.ANRU_WORKS, {"heures": 40_000}, "2000", 2000),
        ("E15 GUP", M.ANRU_NEIGHBOURHOOD, {"heures": 40_000}, "4000", 4000),
        ("minimum", M.MINIMUM, {"personnes": 2, "semaines": 12}, "840", 840),
        ("useful volume", M.MINIMUM, {"personnes": 3, "semaines": 2}, "420", 420),
        ("ANRU by amount", M.ANRU_WORKS, {"montant": 10**6, "part": 50, "cout": 30}, "2500/3", 833),
        ("training", M.TRAINING, {"montant": 300_000, "duree": 24}, "455", 455),
        ("training of two", M.TRAINING, {"montant": 90_000, "duree": 12, "personnes": 2},
         "910/3", 303),
        ("training, shorter", M.TRAINING,
         {"montant": 300_000, "duree": 24, "mois_formation": 1}, "455/3", 151),
    ],
)  # fmt: skip
def test_worked_examples(
    example: str, method: M, values: dict[str, Any], exact: str, whole: int
) -> None:
    found = calibrate(method, USUAL | figures(**values), options())
    assert found.exact == Fraction(exact), example
    assert found.hours == whole * 100


def test_the_first_example_step_by_step() -> None:
    found = calibrate(M.AMOUNT, figures(**BY_AMOUNT))
    assert [line.replace("\u00a0", " ") for line in found.formula] == [
        "Main-d'œuvre : 1 000 000 € × 50 % = 500 000 €",
        "Effort d'insertion : 500 000 € × 5 % = 25 000 €",
        "Heures d'insertion : 25 000 € / 30 €/h ≈ 833,33 h",
        "Arrondi : 833,33 h à l'heure inférieure = 833,00 h",
    ]


def test_total_labour_hours_of_the_second_example() -> None:
    steps, hours = labour_hours(figures(montant=1_500_000, part=70, cout=30))
    assert hours is not None
    assert (hours.value, len(steps)) == (35_000, 2)


@pytest.mark.parametrize(
    ("amount", "months"),
    [
        (99_999, 1), (100_000, 1), (100_001, 2), (200_000, 2), (200_001, 3), (399_999, 3),
        (400_000, 3), (400_001, 6), (10_000_000, 6),
    ],
)  # fmt: skip
def test_training_months_by_amount(amount: int, months: int) -> None:
    """E7, at each bound and one euro beside it."""
    assert training_months(Fraction(amount), REFERENCE.training) == months


@pytest.mark.parametrize(("duration", "asked"), [(11, False), (12, True), (13, True)])
def test_training_is_asked_of_contracts_of_a_year(duration: int, asked: bool) -> None:
    found = calibrate(M.TRAINING, USUAL | figures(montant=90_000, duree=duration), options())
    assert (found.exact is not None) == asked
    assert asked or "12 mois" in found.refusal.replace("\u00a0", " ")


def test_training_is_never_longer() -> None:
    values = figures(montant=90_000, duree=12, mois_formation=2)
    assert "1 mois au plus" in calibrate(M.TRAINING, USUAL | values, options()).refusal.replace(
        "\u00a0", " "
    )


@pytest.mark.parametrize(
    ("rounding", "hundredths"),
    [
        (HoursRounding.NONE, 833_33), (HoursRounding.UNIT, 833_00),
        (HoursRounding.TEN, 830_00), (HoursRounding.WEEK, 805_00),
    ],
)  # fmt: skip
def test_rounding_is_explicit(rounding: HoursRounding, hundredths: int) -> None:
    found = calibrate(M.AMOUNT, figures(**BY_AMOUNT), options(rounding))
    assert found.hours == hundredths
    assert rounding.label.lower() in found.formula[-1].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "coût horaire chargé"),
        ({"cout": 0}, "supérieur à 0"),
        ({"cout": 30, "part": 101}, "100 % au plus"),
        ({"cout": 30, "taux": -1}, "positif ou nul"),
    ],
)
def test_what_cannot_be_computed_says_why(values: dict[str, Any], said: str) -> None:
    usual = {"montant": 1_000_000, "part": 50, "taux": 5}
    found = calibrate(M.AMOUNT, figures(**{**usual, **values}))
    assert found.hours is None
    assert said in found.refusal.replace("\u00a0", " ")


def test_more_staff_taken_over_than_there_is_work() -> None:
    found = calibrate(M.AFTER_TRANSFER, figures(heures=100, reprise=101, taux=10))
    assert "vérifiez" in found.refusal


def test_every_method_stands_beside_the_others() -> None:
    found = side_by_side(USUAL | figures(**BY_AMOUNT), options())
    assert [each.method for each in found] == list(M)
    assert [each.method for each in found if each.exact is not None] == [
        M.AMOUNT, M.LABOUR_HOURS, M.ANRU_WORKS, M.ANRU_NEIGHBOURHOOD,
    ]  # fmt: skip


AMOUNTS = st.integers(0, 10**9).map(lambda cents: Fraction(cents, 100))


@settings(max_examples=40)
@given(
    AMOUNTS, AMOUNTS, st.integers(1, 10**7), st.integers(0, 10**5),
    st.sampled_from(ThresholdReading), st.sampled_from(StepReading),
)  # fmt: skip
def test_per_amount_is_what_the_obligation_will_owe(
    amount: Fraction, threshold: Fraction, step: int, hours: int, reading: ThresholdReading,
    steps: StepReading,
) -> None:  # fmt: skip
    values = figures(
        montant=amount, seuil=threshold, pas=Fraction(step, 100), heures_pas=Fraction(hours, 100)
    )
    found = calibrate(
        M.PER_AMOUNT, values, options(HoursRounding.NONE, reading=reading, steps=steps)
    )
    clause = PerAmount(Hours(hours), Money(step), Money(int(threshold * 100)),
                       reading=reading, steps=steps)  # fmt: skip
    assert found.hours == hours_for_amount(clause, Money(int(amount * 100)))


_FIGURE = r"-?\d{1,3}(?:\u00a0\d{3})*(?:,\d+)?(?:\u00a0%)?"


def recomputed(step: Step, before: list[Step]) -> Fraction:
    """A step read again from its text alone, as a person with a calculator would; a figure that
    an earlier line had to round is taken as that line computed it."""
    left, _, _ = re.split(r" (?:=|≈) ", step.text)[0].partition(", sans le reste")
    parts = re.split(r" (×|/|-|\+) ", left)
    rounded_before = {written(each.value, each.unit): each.value for each in before}
    figures = [rounded_before.get(text, number(text)) for text in parts[::2]]
    value = figures[0]
    for sign, other in zip(parts[1::2], figures[1:], strict=True):
        value = {"×": mul, "/": truediv, "-": sub, "+": add}[sign](value, other)
    return Fraction(value // 1) if "sans le reste" in step.text else value


def number(text: str) -> Fraction:
    found = re.match(_FIGURE, text)
    assert found is not None, text
    figure = found[0].replace("\u00a0", "").replace(",", ".")
    percent = figure.endswith("%")
    return Fraction(figure.removesuffix("%")) / (100 if percent else 1)


@settings(max_examples=40)
@given(
    st.integers(0, 10**8), st.integers(0, 10_000), st.integers(0, 10_000), st.integers(1, 10**4),
    st.sampled_from([M.AMOUNT, M.LABOUR_HOURS, M.ANRU_WORKS, M.PER_AMOUNT]),
)  # fmt: skip
def test_the_formula_shown_is_the_formula_computed(
    amount: int, share: int, rate: int, cost: int, method: M
) -> None:
    values = USUAL | figures(
        montant=amount, part=Fraction(share, 100), taux=Fraction(rate, 100),
        cout=Fraction(cost, 100), pas=cost, heures_pas=Fraction(rate, 100),
    )  # fmt: skip
    found = calibrate(method, values)
    assert found.exact == found.steps[-1].value
    for place, step in enumerate(found.steps):
        assert recomputed(step, list(found.steps[:place])) == step.value
        shown = number(re.split(" [=≈] ", step.text)[1])
        assert abs(shown - step.value) <= (Fraction(1, 200) if "≈" in step.text else 0)


@settings(max_examples=40)
@given(
    st.integers(1, 10**7), st.integers(1, 99), st.integers(1, 99), st.integers(1, 100),
    st.integers(2, 9),
)  # fmt: skip
def test_hours_follow_each_figure(
    amount: int, share: int, rate: int, cost: int, times: int
) -> None:
    def exact(**changed: Any) -> Fraction:
        values = {"montant": amount, "part": share, "taux": rate, "cout": cost, **changed}
        found = calibrate(M.AMOUNT, figures(**values)).exact
        assert found is not None
        return found

    base = exact()
    assert exact(montant=amount * times) == base * times
    assert exact(cout=cost * times) == base / times
    assert exact(part=share + 1) > base
    assert exact(taux=rate + 1) > base
    for rounding in HoursRounding:
        assert 0 <= base * 100 - rounded(base, rounding) + Fraction(1, 2) <= 3501


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 100)), min_size=1, max_size=8))
def test_a_contract_is_the_sum_of_its_lots(drawn: list[tuple[int, int]]) -> None:
    lots = tuple(
        LotCase(place, f"Lot {place}", figures(montant=amount, part=share))
        for place, (amount, share) in enumerate(drawn)
    )
    case = Case(figures(montant=999, taux=5, cout=30, heures=7), lots)
    total = of_lots(M.AMOUNT, case)
    expected = sum(Fraction(amount * share * 5, 100 * 100 * 30) for amount, share in drawn)
    assert total.exact == expected
    assert total.hours == sum(
        int(Fraction(amount * share * 5, 300_000)) * 100 for amount, share in drawn
    )


def test_a_quantity_of_the_contract_is_not_that_of_a_lot() -> None:
    case = Case(figures(montant=999, taux=5, cout=30), (LotCase(1, "Lot 1", figures(part=50)),))
    found: Calibration = of_lots(M.AMOUNT, case).lots[0]
    assert [kind.code for kind in found.missing] == ["montant"]
    assert of_lots(M.AMOUNT, case).hours is None


def test_sensitivity_names_what_matters_most() -> None:
    found = calibrate(M.AMOUNT, figures(**BY_AMOUNT))
    variations = sensitivity(found, usual_ranges(REFERENCE))
    assert [each.kind.code for each in variations] == ["taux", "cout", "montant", "part"]
    rate, cost, amount, _ = variations
    assert (rate.low, rate.high, rate.by_range) == (Fraction(1, 20), Fraction(1, 5), True)
    assert (rate.at_low, rate.at_high) == (Fraction(2500, 3), Fraction(10_000, 3))
    assert (cost.at_low, cost.at_high) == (Fraction(2500, 3), Fraction(5000, 9))
    assert (amount.at_low, amount.at_high, amount.by_range) == (750, Fraction(2750, 3), False)
    outside = sensitivity(calibrate(M.AMOUNT, figures(**{**BY_AMOUNT, "taux": 50})))
    assert {each.kind.code: each.high for each in outside}["taux"] == Fraction(55, 100)


def test_nothing_to_vary_without_a_result() -> None:
    assert sensitivity(calibrate(M.AMOUNT, figures(montant=1))) == ()


def test_every_figure_has_its_words() -> None:
    labels = [kind.label for kind in KINDS.values()]
    assert len(set(labels)) == len(labels)
