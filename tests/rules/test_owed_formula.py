"""Hours owed by the contract's own formula, due now and coming (domain.md 3.1, 3.5, 3.6)."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.rules.movements import Movement
from suivi_tui.rules.obligation import OwedEvent, hours_owed
from suivi_tui.rules.owed_formula import (
    FixedVolume,
    OwedReading,
    PerAmount,
    PercentOfHours,
    PerTranche,
    PerYear,
    WorkedHours,
    framework_years,
    hours_for_amount,
    owed_reading,
    proportional_change,
    reading_sentence,
    year_accounts,
)
from suivi_tui.vocabulary.choices.formulas import AmountBasis, StepReading, ThresholdReading
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money

START, TODAY, LATER = date(2026, 1, 1), date(2026, 6, 1), date(2026, 9, 1)


def move(
    day: date,
    kind: str,
    hours: int | None = None,
    amount: int | None = None,
    firm: bool = True,
    reason: str = "",
) -> Movement:
    """A movement; ``amount`` in euros."""
    return Movement(
        day,
        kind,
        None if hours is None else Hours(hours),
        None if amount is None else Money(amount * 100),
        firm,
        reason=reason,
    )


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def both(reading: OwedReading) -> tuple[int | None, int | None]:
    return reading.due, reading.coming


@pytest.mark.parametrize("formula", [FixedVolume(), PerTranche()])
@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ([], (None, None)),
        ([move(START, "initial")], (None, None)),
        ([move(START, "initial", 40_000)], (40_000, 40_000)),
        ([move(START, "initial", 40_000), move(TODAY, "avenant", -6_000)], (34_000, 34_000)),
        # The day itself counts, the next one is only coming.
        (
            [move(START, "initial", 40_000), move(TODAY + timedelta(1), "avenant", 6_000)],
            (40_000, 46_000),
        ),
        # An optional tranche brings its hours once affirmed.
        (
            [move(START, "initial", 40_000), move(LATER, "tranche", 10_000, firm=False)],
            (40_000, 50_000),
        ),
        ([move(START, "initial", 40_000), move(TODAY, "tranche", 10_000)], (50_000, 50_000)),
        ([move(LATER, "tranche", 10_000, firm=False)], (None, 10_000)),
        ([move(START, "initial", 40_000), move(TODAY, "transfert", -2_500)], (37_500, 37_500)),
        # What only moves dates moves no hours.
        ([move(START, "initial", 40_000), move(TODAY, "prolongation", 5_000)], (40_000, 40_000)),
    ],
)
def test_volume_and_tranches(
    formula: FixedVolume | PerTranche,
    moves: list[Movement],
    expected: tuple[int | None, int | None],
) -> None:
    assert both(owed_reading(formula, moves, TODAY)) == expected


CLAUSE = PerAmount(Hours(100), Money(200_000), Money(270_000_000))
WHOLE = CLAUSE._replace(reading=ThresholdReading.WHOLE)


# The worked examples of data/clauses/ccap_21_bam_048.json are among these.
@pytest.mark.parametrize(
    ("cents", "beyond", "whole", "beyond_pro_rata", "whole_pro_rata"),
    [
        (0, 0, 0, 0, 0),
        (-5_000_00, 0, 0, 0, 0),
        (2_699_999_99, 0, 0, 0, 0),
        (2_700_000_00, 0, 0, 0, 0),
        (2_700_000_01, 0, 135_000, 0, 135_000),
        (2_701_999_99, 0, 135_000, 100, 135_100),
        (2_702_000_00, 100, 135_100, 100, 135_100),
        (2_702_000_01, 100, 135_100, 100, 135_100),
        # Half an hour of a step: 1 000 EUR; a hundredth of an hour is 20 EUR, half of it 10 EUR.
        (2_701_000_00, 0, 135_000, 50, 135_050),
        (2_700_009_99, 0, 135_000, 0, 135_000),
        (2_700_010_00, 0, 135_000, 1, 135_001),
        (4_700_000_00, 100_000, 235_000, 100_000, 235_000),
    ],
)
def test_the_four_readings_at_the_threshold(
    cents: int, beyond: int, whole: int, beyond_pro_rata: int, whole_pro_rata: int
) -> None:
    pro_rata = StepReading.PRO_RATA
    expected = [beyond, whole, beyond_pro_rata, whole_pro_rata]
    formulas = [CLAUSE, WHOLE, CLAUSE._replace(steps=pro_rata), WHOLE._replace(steps=pro_rata)]
    assert [hours_for_amount(formula, Money(cents)) for formula in formulas] == expected


def test_the_reading_is_said() -> None:
    assert plain(reading_sentence(CLAUSE)) == (
        "Lecture retenue : 1,00 h par 2 000 € facturés, seulement sur ce qui "
        "dépasse 2 700 000 €, par pas entiers."
    )
    ordered = WHOLE._replace(basis=AmountBasis.ORDERED, steps=StepReading.PRO_RATA)
    assert plain(reading_sentence(ordered)) == (
        "Lecture retenue : 1,00 h par 2 000 € commandés, sur tout le montant dès que "
        "2 700 000 € sont dépassés, au prorata."
    )
    assert "dépasse" not in reading_sentence(CLAUSE._replace(threshold=Money(0)))


PER_ORDER = PerAmount(Hours(1_000), Money(100_000_00), basis=AmountBasis.ORDERED)
PER_INVOICE = PER_ORDER._replace(basis=AmountBasis.INVOICED)


@pytest.mark.parametrize(
    ("formula", "moves", "expected"),
    [
        (PER_ORDER, [], (None, None)),
        (PER_ORDER, [move(START, "commande", amount=300_000)], (3_000, 3_000)),
        (PER_ORDER, [move(START, "commande", amount=99_999)], (0, 0)),
        # An order placed tomorrow, or only planned, is coming.
        (PER_ORDER, [move(TODAY + timedelta(1), "commande", amount=300_000)], (0, 3_000)),
        (PER_ORDER, [move(START, "commande", amount=300_000, firm=False)], (0, 3_000)),
        # Invoices of what was ordered add nothing to it.
        (
            PER_ORDER,
            [move(START, "commande", amount=300_000), move(TODAY, "facture", amount=200_000)],
            (3_000, 3_000),
        ),
        # Two orders add up before the steps are counted.
        (
            PER_ORDER,
            [move(START, "commande", amount=150_000), move(TODAY, "commande", amount=150_000)],
            (3_000, 3_000),
        ),
        # The estimate of the whole is used up by orders.
        (
            PER_ORDER,
            [
                move(START, "initial", amount=1_000_000, firm=False),
                move(TODAY, "commande", amount=300_000),
            ],
            (3_000, 10_000),
        ),
        (
            PER_ORDER,
            [
                move(START, "initial", amount=200_000, firm=False),
                move(TODAY, "commande", amount=300_000),
            ],
            (3_000, 3_000),
        ),
        # Due on invoices, coming if everything ordered is carried out.
        (
            PER_INVOICE,
            [
                move(START, "commande", amount=500_000),
                move(START, "commande", amount=200_000, firm=False),
                move(TODAY, "facture", amount=300_000),
            ],
            (3_000, 7_000),
        ),
        (PER_INVOICE, [move(TODAY, "facture", amount=300_000)], (3_000, 3_000)),
        # A credit note takes back.
        (
            PER_INVOICE,
            [move(START, "facture", amount=300_000), move(TODAY, "facture", amount=-100_000)],
            (2_000, 2_000),
        ),
        # Hours written on an order are taken as written, its amount leaves the formula.
        (
            PER_ORDER,
            [
                move(START, "commande", amount=300_000),
                move(TODAY, "commande", hours=500, amount=900_000),
            ],
            (3_500, 3_500),
        ),
        (PER_ORDER, [move(START, "initial", hours=2_000)], (2_000, 2_000)),
    ],
)
def test_hours_by_amounts(
    formula: PerAmount, moves: list[Movement], expected: tuple[int | None, int | None]
) -> None:
    assert both(owed_reading(formula, moves, TODAY)) == expected


def test_amounts_divided_by_must_be_positive() -> None:
    with pytest.raises(ValueError, match="step"):
        hours_for_amount(PER_ORDER._replace(step=Money(0)), Money(1))
    with pytest.raises(ValueError, match="amount"):
        proportional_change(Hours(1), Money(0), Money(1))


@pytest.mark.parametrize(
    ("formula", "worked", "expected"),
    [
        (PercentOfHours(Fraction(5, 100)), WorkedHours(), (None, None)),
        # E15: 2 000 h and 4 000 h of 40 000 h of labour.
        (
            PercentOfHours(Fraction(5, 100)),
            WorkedHours(Hours(1_000_000), Hours(4_000_000)),
            (50_000, 200_000),
        ),
        (PercentOfHours(Fraction(10, 100)), WorkedHours(None, Hours(4_000_000)), (None, 400_000)),
        # E14: cleaning, staff taken over by law.
        (
            PercentOfHours(Fraction(10, 100), taken_over=Hours(1_500_000)),
            WorkedHours(Hours(1_500_000), Hours(2_000_000)),
            (0, 50_000),
        ),
        # More worked than planned: what was worked is due.
        (
            PercentOfHours(Fraction(5, 100)),
            WorkedHours(Hours(300_000), Hours(200_000)),
            (15_000, 15_000),
        ),
        # Rounded once, half up: 5 % of 0,10 h is half a hundredth.
        (PercentOfHours(Fraction(5, 100)), WorkedHours(Hours(10), Hours(9)), (1, 1)),
    ],
)
def test_percentage_of_the_hours_worked(
    formula: PercentOfHours, worked: WorkedHours, expected: tuple[int | None, int | None]
) -> None:
    assert both(owed_reading(formula, [], TODAY, worked)) == expected


def test_a_written_minimum_adds_to_a_percentage() -> None:
    moves = [move(START, "avenant", 1_000)]
    reading = owed_reading(PercentOfHours(Fraction(1, 2)), moves, TODAY, WorkedHours(Hours(200)))
    assert both(reading) == (1_100, 1_000)


AGREEMENT = PerYear(date(2024, 3, 1), date(2028, 2, 29), Hours(100_000))


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2024, 2, 29), 0),
        (date(2024, 3, 1), 100_000),
        (date(2025, 2, 28), 100_000),
        (date(2025, 3, 1), 200_000),
        (date(2028, 2, 29), 400_000),
        (date(2030, 1, 1), 400_000),
    ],
)
def test_a_year_is_due_once_begun(on: date, due: int) -> None:
    assert both(owed_reading(AGREEMENT, [], on)) == (due, 400_000)


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), [(date(2026, 12, 31), 36_500)]),
        (
            date(2026, 1, 1),
            date(2027, 1, 1),
            [(date(2026, 12, 31), 36_500), (date(2027, 1, 1), 100)],
        ),
        (date(2026, 1, 1), date(2026, 12, 30), [(date(2026, 12, 30), 36_400)]),
        # Begun on 29 February: the next year begins on the 28th, the fourth on the 29th again.
        (
            date(2024, 2, 29),
            date(2025, 2, 28),
            [(date(2025, 2, 27), 36_500), (date(2025, 2, 28), 100)],
        ),
        (date(2026, 1, 1), date(2025, 12, 31), []),
    ],
)
def test_the_years_of_an_agreement(start: date, end: date, years: list[tuple[date, int]]) -> None:
    found = framework_years(PerYear(start, end, Hours(36_500)))
    assert [(last, volume) for _, last, volume in found] == years


def test_each_year_has_its_own_volume() -> None:
    formula = AGREEMENT._replace(volumes={1: Hours(50_000), 4: Hours(0)})
    moves = [move(date(2024, 6, 1), "avenant", 1_000)]
    assert both(owed_reading(formula, moves, date(2025, 3, 1))) == (151_000, 251_000)


@pytest.mark.parametrize(
    ("carried", "missing", "surplus"),
    [
        (False, [20_000, 0, 100_000, 100_000], [0, 30_000, 0, 0]),
        (True, [20_000, 0, 90_000, 190_000], [0, 10_000, 0, 0]),
    ],
)
def test_unused_hours_pass_to_the_next_year_only_when_said(
    carried: bool, missing: list[int], surplus: list[int]
) -> None:
    formula = AGREEMENT._replace(carried=carried)
    accounts = year_accounts(formula, [Hours(80_000), Hours(130_000)])
    assert [account.missing for account in accounts] == missing
    assert [account.surplus for account in accounts] == surplus
    said = " ".join(owed_reading(formula, [], START).lines)
    assert ("reportées" in said) is carried


def test_every_movement_is_said_with_its_reason() -> None:
    moves = [
        move(START, "initial", 40_000),
        move(LATER, "tranche", 10_000, firm=False, reason="TO1"),
        move(LATER, "avenant", 500),
    ]
    lines = owed_reading(PerTranche(), moves, TODAY).lines
    assert [plain(line) for line in lines] == [
        "Objectif initial du 01/01/2026 : 400,00 h, dû.",
        "Tranche du 01/09/2026 (TO1) : 100,00 h, optionnelle, due une fois affermie.",
        "Avenant du 01/09/2026 : 5,00 h, ferme, dû à cette date.",
    ]


@pytest.mark.parametrize(
    ("owed", "before", "after", "change"),
    [
        (40_000, 100_000, 120_000, 8_000),
        (40_000, 100_000, 80_000, -8_000),
        (40_000, 100_000, 100_000, 0),
        (100, 300, 400, 33),
    ],
)
def test_an_amendment_changes_hours_in_proportion(
    owed: int, before: int, after: int, change: int
) -> None:
    assert proportional_change(Hours(owed), Money(before), Money(after)) == change


MOVES = st.lists(
    st.builds(
        Movement,
        date=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        kind=st.sampled_from(["initial", "commande", "facture", "tranche", "avenant"]),
        hours=st.one_of(st.none(), st.integers(0, 100_000).map(Hours)),
        amount=st.one_of(st.none(), st.integers(0, 10**9).map(Money)),
        firm=st.booleans(),
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(MOVES)
def test_a_volume_is_the_rule_already_known(moves: list[Movement]) -> None:
    events = [OwedEvent(each.date, each.hours, each.firm) for each in moves]
    reading = owed_reading(FixedVolume(), moves, TODAY)
    assert reading.due == hours_owed(events, TODAY)


@settings(max_examples=60, deadline=None)
@given(
    MOVES,
    st.sampled_from([PER_ORDER, PER_INVOICE, CLAUSE, WHOLE, FixedVolume(), AGREEMENT]),
    st.integers(0, 10**9),
)
def test_more_ordered_or_later_is_never_less_due(
    moves: list[Movement], formula: PerAmount | FixedVolume | PerYear, extra: int
) -> None:
    now = owed_reading(formula, moves, TODAY)
    later = owed_reading(formula, moves, LATER)
    assert (now.due or 0) <= (later.due or 0) <= (later.coming or 0)
    more = [*moves, Movement(TODAY, "commande", amount=Money(extra))]
    assert (owed_reading(formula, more, TODAY).coming or 0) >= (now.coming or 0)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 200_000).map(Hours), max_size=4))
def test_carried_balances_lose_nothing(done: list[Hours]) -> None:
    last = year_accounts(AGREEMENT._replace(carried=True), done)[-1]
    assert last.owed - last.done == 400_000 - sum(done)
