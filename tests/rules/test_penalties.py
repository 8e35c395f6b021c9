"""Penalties to the cent: the real clauses, at, just before and just after each limit."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.rules.penalties import (
    PROPOSAL_NOTE,
    BreachFacts,
    Cap,
    CapBases,
    IndexRate,
    Penalty,
    PenaltyTerm,
    counted_after,
    format_decimal,
    late_days,
    proposed_penalty,
)
from suivi_tui.vocabulary.choices.penalties import (
    Breach,
    CapBasis,
    CountFrom,
    DayCount,
    PenaltyIndex,
    PenaltyKind,
)
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money

PER_HOUR, PER_DAY, FLAT = PenaltyKind.PER_HOUR, PenaltyKind.PER_DAY, PenaltyKind.FLAT
NO_NOTICE, NOTICE, DEADLINE = CountFrom.DUE_DATE, CountFrom.NOTICE, CountFrom.NOTICE_DEADLINE
TODAY = date(2026, 6, 30)


def euros(amount: int) -> Money:
    return Money(amount * 100)


# SNCF maintenance contract (domain.md 6.2, S37).
SNCF = (
    PenaltyTerm(
        Breach.HOURS, PER_HOUR, euros(60), count_from=NO_NOTICE, waived_if_means_proven=True
    ),
    PenaltyTerm(Breach.STATEMENT, PER_DAY, euros(100)),
    PenaltyTerm(Breach.FINAL_REPORT, PER_DAY, euros(300)),
)
SNCF_CAP = Cap(CapBasis.YEARLY_AMOUNT, Fraction(20, 100))

# Training clause (domain.md 6.2, S36): without prior formal notice.
CEILING = IndexRate(PenaltyIndex.HOURLY_CEILING, Fraction(4), euros(30))
CSF = (
    PenaltyTerm(Breach.MEETING, FLAT, euros(500), count_from=NO_NOTICE),
    PenaltyTerm(Breach.PROOFS, PER_DAY, euros(50), DayCount.WORKING, NO_NOTICE),
    PenaltyTerm(Breach.HOURS, PER_HOUR, CEILING, count_from=NO_NOTICE),
)

# CCAP 21_BAM_048, article 8.2.2: from the formal notice of the buyer.
BAM = (
    PenaltyTerm(Breach.HOURS, PER_HOUR, euros(200)),
    PenaltyTerm(Breach.PROOFS, PER_DAY, euros(75)),
)

NOTICED = date(2026, 6, 10)
SNCF_CASE = (
    BreachFacts(Breach.HOURS, missing=Hours(10_000)),
    BreachFacts(Breach.STATEMENT, notice_on=NOTICED, received_on=NOTICED + timedelta(days=10)),
    BreachFacts(Breach.FINAL_REPORT, notice_on=NOTICED, received_on=NOTICED + timedelta(days=5)),
)


def plain(penalty: Penalty) -> list[str]:
    return [line.text.replace("\u00a0", " ") for line in penalty.lines]


def test_e9_of_the_domain() -> None:
    penalty = proposed_penalty(SNCF, SNCF_CASE, TODAY)
    assert [line.amount for line in penalty.lines] == [euros(6_000), euros(1_000), euros(1_500)]
    assert penalty.amount == penalty.before_caps == euros(8_500)
    assert plain(penalty) == [
        "Heures d'insertion non réalisées : 100,00 h × 60 € = 6 000 €.",
        "Relevé d'heures non transmis : 10 jours calendaires × 100 € = 1 000 €, "
        "du lendemain du 10/06/2026 au 20/06/2026 inclus.",
        "Bilan de fin de marché non transmis : 5 jours calendaires × 300 € = 1 500 €, "
        "du lendemain du 10/06/2026 au 15/06/2026 inclus.",
    ]


@pytest.mark.parametrize(
    ("yearly", "amount", "over"),
    [
        (4_250_000, 8_500_00, 0),
        (4_250_001, 8_500_00, 0),
        (4_249_999, 8_499_99, 1),
        (4_000_000, 8_000_00, 500_00),
        (0, 0, 8_500_00),
    ],
)
def test_e9_under_its_yearly_cap(yearly: int, amount: int, over: int) -> None:
    bases = CapBases(yearly=Money(yearly))
    penalty = proposed_penalty(SNCF, SNCF_CASE, TODAY, [SNCF_CAP], bases)
    assert (penalty.amount, penalty.before_caps) == (amount, 8_500_00)
    assert penalty.lines[-1].amount == -over
    assert ("non atteint" in penalty.lines[-1].text) is (over == 0)


def test_e8_of_the_domain() -> None:
    penalty = proposed_penalty(CSF, [BreachFacts(Breach.HOURS, missing=Hours(3_500))], TODAY)
    assert penalty.amount == euros(4_200)
    assert plain(penalty) == [
        "Heures d'insertion non réalisées : 35,00 h × 4 × 30 € "
        "(plafond horaire de la sécurité sociale) = 4 200 €."
    ]


# Documents due on Thursday 7 May 2026; Friday 8 is a holiday.
HOLIDAYS = [date(2026, 5, 8), date(2026, 5, 14), date(2026, 5, 25)]


@pytest.mark.parametrize(
    ("received", "amount"),
    [
        (date(2026, 5, 6), 0),
        (date(2026, 5, 7), 0),
        (date(2026, 5, 8), 0),
        (date(2026, 5, 10), 0),
        (date(2026, 5, 11), 50),
        (date(2026, 5, 12), 100),
        (date(2026, 5, 15), 200),
        (None, 50 * 35),
    ],
)
def test_csf_proofs_by_working_day(received: date | None, amount: int) -> None:
    fact = BreachFacts(Breach.PROOFS, due_on=date(2026, 5, 7), received_on=received)
    penalty = proposed_penalty(CSF, [fact], TODAY, holidays=HOLIDAYS)
    assert penalty.amount == euros(amount)


@pytest.mark.parametrize(("times", "amount"), [(0, 0), (1, 500), (3, 1_500)])
def test_csf_absence_at_meetings(times: int, amount: int) -> None:
    fact = BreachFacts(Breach.MEETING, occurrences=times)
    assert proposed_penalty(CSF, [fact], TODAY).amount == euros(amount)


def test_bam_from_the_formal_notice() -> None:
    facts = [
        BreachFacts(Breach.HOURS, missing=Hours(1_250), notice_on=NOTICED),
        BreachFacts(Breach.PROOFS, due_on=date(2026, 4, 15), notice_on=NOTICED),
    ]
    penalty = proposed_penalty(BAM, facts, TODAY)
    assert [line.amount for line in penalty.lines] == [euros(2_500), euros(75 * 20)]


@pytest.mark.parametrize(
    ("on", "days"),
    [
        (date(2026, 5, 31), 0),
        (NOTICED - timedelta(days=1), 0),
        (NOTICED, 0),
        (NOTICED + timedelta(days=1), 1),
        (NOTICED + timedelta(days=2), 2),
        (date(2026, 7, 1), 21),
    ],
)
def test_no_day_is_counted_before_the_day_after_the_notice(on: date, days: int) -> None:
    fact = BreachFacts(Breach.PROOFS, due_on=date(2026, 4, 15), notice_on=NOTICED)
    assert late_days(BAM[1], fact, on) == days
    assert proposed_penalty(BAM, [fact], on).amount == euros(75 * days)


def test_without_notice_nothing_is_due() -> None:
    facts = [
        BreachFacts(Breach.HOURS, missing=Hours(10_000)),
        BreachFacts(Breach.PROOFS, due_on=date(2026, 4, 15)),
    ]
    penalty = proposed_penalty(BAM, facts, TODAY)
    assert penalty.amount == 0
    assert plain(penalty)[0] == (
        "Heures d'insertion non réalisées : pas de mise en demeure, rien n'est dû."
    )


@pytest.mark.parametrize(
    ("count_from", "fact", "after"),
    [
        (NOTICE, BreachFacts(Breach.PROOFS), None),
        (NOTICE, BreachFacts(Breach.PROOFS, notice_on=NOTICED), NOTICED),
        # The deadline only counts when the term says so.
        (
            NOTICE,
            BreachFacts(Breach.PROOFS, notice_on=NOTICED, notice_deadline=TODAY),
            NOTICED,
        ),
        (
            DEADLINE,
            BreachFacts(Breach.PROOFS, notice_on=NOTICED, notice_deadline=TODAY),
            TODAY,
        ),
        (DEADLINE, BreachFacts(Breach.PROOFS, notice_on=NOTICED), NOTICED),
        # A notice sent too early gives no day before the date due.
        (NOTICE, BreachFacts(Breach.PROOFS, notice_on=NOTICED, due_on=TODAY), TODAY),
        (NO_NOTICE, BreachFacts(Breach.PROOFS, notice_on=NOTICED, due_on=TODAY), TODAY),
        (NO_NOTICE, BreachFacts(Breach.PROOFS, notice_on=NOTICED), None),
    ],
)
def test_the_day_after_which_days_count(
    count_from: CountFrom, fact: BreachFacts, after: date | None
) -> None:
    term = PenaltyTerm(Breach.PROOFS, PER_DAY, euros(75), count_from=count_from)
    assert counted_after(term, fact) == after


@pytest.mark.parametrize(("on", "amount"), [(date(2026, 12, 31), 0), (date(2027, 1, 1), 6_000)])
def test_hours_are_not_missing_before_the_end(on: date, amount: int) -> None:
    fact = BreachFacts(Breach.HOURS, missing=Hours(10_000), due_on=date(2026, 12, 31))
    assert proposed_penalty(SNCF, [fact], on).amount == euros(amount)


@pytest.mark.parametrize(
    ("notice", "on", "days"),
    [
        (date(2028, 2, 28), date(2028, 2, 29), 1),
        (date(2028, 2, 28), date(2028, 3, 1), 2),
        (date(2027, 2, 28), date(2027, 3, 1), 1),
        (date(2026, 12, 31), date(2027, 1, 1), 1),
    ],
)
def test_leap_days_and_year_ends(notice: date, on: date, days: int) -> None:
    assert late_days(BAM[1], BreachFacts(Breach.PROOFS, notice_on=notice), on) == days


@pytest.mark.parametrize(
    ("hours", "rate", "cents"),
    [
        (0, euros(60), 0),
        (-100, euros(60), 0),
        (1, euros(60), 60),
        (50, Money(1), 1),  # half a cent is rounded up
        (49, Money(1), 0),
        (1_250, Money(4_567), 57_088),  # 570,875 €
        (
            100,
            IndexRate(PenaltyIndex.MINIMUM_WAGE, Fraction(3, 2), Money(1_201)),
            1_802,
        ),  # 18,015 €: the rate itself is not rounded
        (200, IndexRate(PenaltyIndex.MINIMUM_WAGE, Fraction(3, 2), Money(1_201)), 3_603),
        (100, IndexRate(PenaltyIndex.OTHER, Fraction(1, 3), Money(1_000)), 333),
    ],
)
def test_hours_are_exact_and_rounded_once(hours: int, rate: Money, cents: int) -> None:
    term = PenaltyTerm(Breach.HOURS, PER_HOUR, rate, count_from=NO_NOTICE)
    penalty = proposed_penalty([term], [BreachFacts(Breach.HOURS, Hours(hours))], TODAY)
    assert penalty.amount == cents


def test_an_index_is_by_hour() -> None:
    term = PenaltyTerm(Breach.PROOFS, PER_DAY, CEILING)
    with pytest.raises(ValueError, match="by hour"):
        proposed_penalty([term], [BreachFacts(Breach.PROOFS, notice_on=NOTICED)], TODAY)


def test_proven_means_spare_what_the_contract_says_and_nothing_else() -> None:
    facts = [fact._replace(means_proven=True) for fact in SNCF_CASE]
    penalty = proposed_penalty(SNCF, facts, TODAY)
    assert (penalty.amount, penalty.waived) == (euros(2_500), euros(6_000))
    assert plain(penalty)[0] == (
        "Heures d'insertion non réalisées : 100,00 h × 60 € = 6 000 €, non retenus car "
        "l'entreprise prouve avoir mis en œuvre tous les moyens."
    )


DELAY_CAP = Cap(CapBasis.CONTRACT_AMOUNT, Fraction(10, 100), covers=(PER_DAY,))


@pytest.mark.parametrize(
    ("caps", "bases", "amount", "last"),
    [
        ([Cap(CapBasis.ABSOLUTE, amount=euros(8_500))], CapBases(), 8_500, "non atteint"),
        ([Cap(CapBasis.ABSOLUTE, amount=euros(8_499))], CapBases(), 8_499, "1 € de moins"),
        ([Cap(CapBasis.ABSOLUTE)], CapBases(), 0, "8 500 € de moins"),
        # Penalties of delay alone: 10 % of the amount (CCAG-Travaux 2021).
        ([DELAY_CAP], CapBases(contract=euros(20_000)), 8_000, "500 € de moins"),
        ([DELAY_CAP], CapBases(contract=euros(25_000)), 8_500, "non atteint"),
        # Already counted under the same cap, by kind.
        (
            [DELAY_CAP],
            CapBases(euros(25_000), already={PER_DAY: euros(1_000), PER_HOUR: euros(9_000)}),
            7_500,
            "dont 1 000 € déjà comptés, 1 000 € de moins",
        ),
        (
            [Cap(CapBasis.ABSOLUTE, amount=euros(100))],
            CapBases(already={FLAT: euros(300)}),
            0,
            "8 500 € de moins",
        ),
        # The narrow one first: 8 000, then 7 000 in all.
        (
            [Cap(CapBasis.ABSOLUTE, amount=euros(7_000)), DELAY_CAP],
            CapBases(contract=euros(20_000)),
            7_000,
            "1 000 € de moins",
        ),
    ],
)
def test_caps(caps: list[Cap], bases: CapBases, amount: int, last: str) -> None:
    penalty = proposed_penalty(SNCF, SNCF_CASE, TODAY, caps, bases)
    assert penalty.amount == euros(amount)
    assert last in plain(penalty)[-1]
    assert not penalty.cap_unknown


def test_a_cap_is_rounded_down_and_shows_its_operation() -> None:
    bases = CapBases(yearly=Money(4_000_04))
    penalty = proposed_penalty(SNCF, SNCF_CASE, TODAY, [SNCF_CAP], bases)
    assert penalty.amount == 800_00  # 20 % of 4 000,04 € is 800,008 €
    assert plain(penalty)[-1] == (
        "Plafond des pénalités : 20 % × 4 000,04 € de montant annuel = 800 €, 7 700 € de moins."
    )


def test_a_cap_whose_amount_is_unknown_is_said() -> None:
    penalty = proposed_penalty(SNCF, SNCF_CASE, TODAY, [SNCF_CAP, DELAY_CAP])
    assert (penalty.amount, penalty.cap_unknown) == (euros(8_500), True)
    assert plain(penalty)[-2:] == [
        "Plafond des pénalités (par jour de retard) : 10 % du montant du marché, inconnu ; "
        "le plafond reste à vérifier.",
        "Plafond des pénalités : 20 % du montant annuel, inconnu ; le plafond reste à vérifier.",
    ]


def test_the_buyer_decides() -> None:
    assert "l'acheteur seul décide" in PROPOSAL_NOTE


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(4), "4"),
        (Fraction(3, 2), "1,5"),
        (Fraction(1, 3), "1/3"),
        (Fraction(5, 4), "1,25"),
    ],
)
def test_coefficients_are_shown_exactly(value: Fraction, text: str) -> None:
    assert format_decimal(value) == text


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 100_000).map(Hours),
    st.integers(-30, 400),
    st.integers(0, 5),
    st.integers(0, 10**7).map(Money),
    st.integers(0, 10**6).map(Money),
)
def test_lines_add_up_and_caps_only_lower(
    missing: Hours, days: int, times: int, base: Money, ceiling: Money
) -> None:
    facts = [
        BreachFacts(Breach.HOURS, missing),
        BreachFacts(Breach.STATEMENT, notice_on=TODAY - timedelta(days=days)),
        BreachFacts(Breach.MEETING, occurrences=times),
    ]
    terms = (*SNCF, *CSF)
    caps = [DELAY_CAP, SNCF_CAP, Cap(CapBasis.ABSOLUTE, amount=ceiling)]
    bases = CapBases(base, base)
    free = proposed_penalty(terms, facts, TODAY)
    capped = proposed_penalty(terms, facts, TODAY, caps, bases)
    assert sum(line.amount for line in capped.lines) == capped.amount
    assert 0 <= capped.amount <= min(ceiling, free.amount)
    assert capped.before_caps == free.amount
    tomorrow = proposed_penalty(terms, facts, TODAY + timedelta(days=1))
    assert tomorrow.amount >= free.amount
    more = [facts[0]._replace(missing=Hours(missing + 1)), *facts[1:]]
    assert proposed_penalty(terms, more, TODAY).amount >= free.amount
