"""What an obligation owes: its movements add up to its due, whatever the formula."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.rules.formula_terms import (
    NotSteps,
    Said,
    formula_of,
    formula_sentence,
    formula_texts,
    parse_steps,
    said_of,
    steps_of,
    steps_stored,
    steps_text,
)
from suivi_tui.rules.movements import Movement
from suivi_tui.rules.obligation import OwedEvent, hours_owed
from suivi_tui.rules.owed_formula import (
    FixedVolume,
    Formula,
    PerAmount,
    PercentOfHours,
    PerTranche,
    PerYear,
    WorkedHours,
    owed_reading,
)
from suivi_tui.rules.owing import Owing
from suivi_tui.rules.schedule import expected_hours
from suivi_tui.rules.schedules import Step
from suivi_tui.rules.terms import TermLine
from suivi_tui.vocabulary.choices.formulas import AmountBasis, StepReading, ThresholdReading
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money

START, END, TODAY = date(2025, 1, 1), date(2027, 12, 31), date(2026, 6, 30)
DAYS = st.integers(0, 1_000).map(lambda days: START + timedelta(days=days))
MOVES = st.lists(
    st.builds(
        Movement,
        DAYS,
        st.sampled_from(["initial", "avenant", "commande", "facture", "tranche", "transfert"]),
        st.none() | st.integers(-500_00, 2_000_00).map(Hours),
        st.none() | st.integers(-10_000_00, 5_000_000_00).map(Money),
        st.booleans(),
    ),
    max_size=6,
).map(tuple)
AMOUNTS = st.builds(
    PerAmount,
    st.integers(0, 10_00).map(Hours),
    st.integers(1, 5_000_00).map(Money),
    st.integers(0, 3_000_000_00).map(Money),
    st.sampled_from(AmountBasis),
    st.sampled_from(ThresholdReading),
    st.sampled_from(StepReading),
)
RATES = st.builds(PercentOfHours, st.integers(1, 100_00).map(lambda rate: Fraction(rate, 10_000)),
                  st.integers(0, 20_000_00).map(Hours))  # fmt: skip
YEARS = st.builds(PerYear, st.just(START), st.just(END), st.integers(0, 9_000_00).map(Hours),
                  st.dictionaries(st.integers(1, 4), st.integers(0, 500_00).map(Hours)),
                  st.booleans())  # fmt: skip
FORMULAS = st.one_of(st.just(FixedVolume()), st.just(PerTranche()), AMOUNTS, RATES, YEARS)


@settings(max_examples=60, deadline=None)
@given(FORMULAS, MOVES, DAYS, st.lists(st.integers(0, 40_000_00).map(Hours), max_size=3))
def test_what_each_movement_brings_adds_up_to_the_reading(
    formula: Formula, moves: tuple[Movement, ...], on: date, worked: list[Hours]
) -> None:
    days = tuple((START + timedelta(days=100 * rank), hours) for rank, hours in
                 enumerate(sorted(worked)))  # fmt: skip
    planned = Hours(50_000_00) if worked else None
    owing = Owing(moves, START, END, formula, worked=days, planned_work=planned)
    to_date = max((hours for day, hours in days if day <= on), default=None)
    # The initial objective is owed whatever the day it was written down.
    known = [
        move._replace(date=min(move.date, on)) if move.kind == "initial" else move for move in moves
    ]
    reading = owed_reading(formula, known, on, WorkedHours(to_date, planned))
    assert owing.due(on) == reading.due
    assert (owing.coming(on) or 0) == (reading.coming or 0)
    assert owing.due(on) == hours_owed(item.event for item in owing.brought(on))


@settings(max_examples=40, deadline=None)
@given(MOVES, DAYS)
def test_a_fixed_volume_is_spread_as_before(moves: tuple[Movement, ...], on: date) -> None:
    events = [OwedEvent(move.date, move.hours, move.firm, move.kind) for move in moves]
    owing = Owing(moves, START, END)
    assert owing.due() == hours_owed(events)
    # What comes later is not expected yet: the figure of the day is the same.
    known = [event for event in events if event.kind == "initial" or event.date <= on]
    assert owing.expected(on) == expected_hours(known, START, END, on)
    assert owing.dates(on)[:2] == (START, END)


@given(FORMULAS)
@settings(max_examples=40, deadline=None)
def test_a_formula_is_read_back_from_its_terms(formula: Formula) -> None:
    codes = {FixedVolume: "fixe", PerTranche: "par_tranche", PerAmount: "par_montant",
             PercentOfHours: "pourcentage_heures", PerYear: "par_annee"}  # fmt: skip
    lines = [TermLine(code, text, 7) for code, text in formula_texts(formula).items()]
    other = [TermLine("formule/heures", "999", 8), TermLine("formule/pas", "x", None)]
    said = said_of([*other, *lines], 7)
    assert formula_of(codes[type(formula)], said, START, END) == (formula, "")
    assert "\u00a0:" not in formula_sentence(formula).removeprefix("Lecture")


@pytest.mark.parametrize(
    ("code", "values", "missing"),
    [
        ("par_montant", {"formule/heures": "100"}, "les heures et le montant d'un pas"),
        ("par_montant", {"formule/heures": "100", "formule/pas": "0"}, "les heures et le montant "
         "d'un pas"),
        ("pourcentage_heures", {"formule/taux": "beaucoup"}, "le pourcentage"),
        ("par_annee", {}, "le volume d'une année"),
        ("inconnue", {}, ""),
    ],
)  # fmt: skip
def test_a_formula_without_its_figures_counts_written_hours_only(
    code: str, values: dict[str, str], missing: str
) -> None:
    assert formula_of(code, Said(values), START, END) == (FixedVolume(), missing)


def test_steps_are_written_stored_and_read_back() -> None:
    text = "30/06/2026 25,5 % ; 31/12/2026 1 200 h, 31/03/2027 50%"
    steps = parse_steps(text)
    assert steps == (
        Step(date(2026, 6, 30), share=Fraction(255, 1000)),
        Step(date(2026, 12, 31), hours=Hours(1_200_00)),
        Step(date(2027, 3, 31), share=Fraction(1, 2)),
    )
    stored = steps_stored(steps)
    assert steps_of(Said({"calendrier/etapes": stored + ";x=1%;2026-99-01=5h"})) == steps
    assert parse_steps(steps_text(steps)) == steps
    for wrong in ("demain", "30/06/2026", "30/06/2026 120 %", "30/06/2026 tout"):
        with pytest.raises(NotSteps):
            parse_steps(wrong)
