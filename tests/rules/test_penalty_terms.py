"""Penalties as a contract stores them: readable, read back the same, never half understood."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.rules.penalties import Cap, IndexRate, PenaltyTerm
from suivi_tui.rules.penalty_terms import (
    PLACES,
    PenaltyClauses,
    Unread,
    WrittenIndex,
    WrittenPenalty,
    cap_code,
    cap_value,
    penalty_clauses,
    read_cap,
    read_penalty,
    resolved,
)
from suivi_tui.rules.terms import TermLine
from suivi_tui.vocabulary.choices.penalties import (
    Breach,
    CapBasis,
    CountFrom,
    DayCount,
    PenaltyIndex,
    PenaltyKind,
)
from suivi_tui.vocabulary.money import Money

TODAY = date(2026, 6, 30)
HOURS = WrittenPenalty(
    Breach.HOURS,
    PenaltyKind.PER_HOUR,
    Money(60_00),
    count_from=CountFrom.DUE_DATE,
    waived_if_means_proven=True,
)


def clauses(*pairs: tuple[str, str], lot: int | None = None) -> PenaltyClauses:
    return penalty_clauses([TermLine(code, value) for code, value in pairs], lot, TODAY)


@pytest.mark.parametrize(
    ("written", "code", "value"),
    [
        (HOURS, "penalite/heures/par_heure",
         "60,00 € ; dès l'échéance ; remise si tous les moyens sont prouvés"),
        (WrittenPenalty(Breach.PROOFS, PenaltyKind.PER_DAY, Money(50_00), DayCount.WORKING),
         "penalite/justificatifs/par_jour", "50,00 € ; jours ouvrés ; après mise en demeure"),
        (WrittenPenalty(Breach.HOURS, PenaltyKind.PER_HOUR,
                        WrittenIndex(PenaltyIndex.HOURLY_CEILING, Fraction(4), Money(30_00))),
         "penalite/heures/par_heure",
         "4 × plafond_horaire ; indice 30,00 € ; après mise en demeure"),
        (WrittenPenalty(Breach.MEETING, PenaltyKind.FLAT, Money(500_00),
                        count_from=CountFrom.NOTICE_DEADLINE),
         "penalite/reunion/forfait", "500,00 € ; après le délai de la mise en demeure"),
    ],
)  # fmt: skip
def test_what_is_stored_can_be_read_by_anybody(
    written: WrittenPenalty, code: str, value: str
) -> None:
    assert (written.code, written.value) == (code, value)
    assert read_penalty(code, value) == (written, ())


amounts = st.integers(0, 10**9).map(Money)
coefficients = st.builds(Fraction, st.integers(1, 9_999), st.integers(1, 999))
rates = amounts | st.builds(
    WrittenIndex, st.sampled_from(list(PenaltyIndex)), coefficients, st.none() | amounts
)


@st.composite
def penalties(draw: st.DrawFn) -> WrittenPenalty:
    rate = draw(rates)
    kind = draw(st.sampled_from(list(PenaltyKind)))
    by_day = kind is PenaltyKind.PER_DAY
    return WrittenPenalty(
        draw(st.sampled_from(list(Breach))),
        PenaltyKind.PER_HOUR if isinstance(rate, WrittenIndex) else kind,
        rate,
        draw(st.sampled_from(list(DayCount)))
        if by_day and not isinstance(rate, WrittenIndex)
        else DayCount.CALENDAR,
        draw(st.sampled_from(list(CountFrom))),
        draw(st.booleans()),
    )


@settings(max_examples=40, deadline=None)
@given(penalties())
def test_every_penalty_comes_back(written: WrittenPenalty) -> None:
    assert read_penalty(written.code, written.value) == (written, ())


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(list(CapBasis)),
    st.integers(0, 100_000),
    amounts,
    st.sets(st.sampled_from(list(PenaltyKind))),
)
def test_every_cap_comes_back(
    basis: CapBasis, share: int, amount: Money, kinds: set[PenaltyKind]
) -> None:
    covers = tuple(kind for kind in PenaltyKind if kind in kinds)
    if basis is CapBasis.ABSOLUTE:
        cap = Cap(basis, amount=amount, covers=covers)
    else:
        cap = Cap(basis, Fraction(max(share, 1), 100_000), covers=covers)
    assert read_cap(cap_code(cap), cap_value(cap)) == cap


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("penalite/heures/par_heure", ""),
        ("penalite/heures/par_heure", "-60,00 €"),
        ("penalite/heures/par_heure", "4 × indice_inconnu"),
        ("penalite/heures/par_heure", "0 × plafond_horaire"),
        ("penalite/heures/par_heure", "1/0 × plafond_horaire"),
        ("penalite/heures/par_heure", "9" * 500),
        ("penalite/heures/par_jour", "4 × plafond_horaire"),
        ("penalite/heures/par_semaine", "60,00 €"),
        ("penalite/heures", "60,00 €"),
        ("penalite/invention/par_heure", "60,00 €"),
        ("penalite/plafond/montant_fixe", "beaucoup"),
        ("penalite/plafond/montant_marche", "10"),
        ("penalite/plafond/montant_marche", "101 %"),
        ("penalite/plafond/montant_marche/par_siecle", "10 %"),
        ("penalite/plafond/plafond_nouveau", "10 %"),
        ("penalite/montant_annuel", "[red]12"),
        ("penalite/jours_feries", "99"),
    ],
)
def test_what_is_not_known_is_told_and_counts_for_nothing(code: str, value: str) -> None:
    found = clauses((code, value))
    assert (found.penalties, found.caps) == ((), ())
    assert found.unread == (Unread(code, value),)


def test_a_part_of_a_later_release_is_told_beside_what_was_read() -> None:
    found = clauses((HOURS.code, HOURS.value + " ; au-delà de 3 h"))
    assert found.penalties == (HOURS,)
    assert found.unread == (Unread(HOURS.code, "au-delà de 3 h"),)


def test_a_lot_wins_over_its_contract_and_may_spare_a_penalty() -> None:
    day = WrittenPenalty(Breach.STATEMENT, PenaltyKind.PER_DAY, Money(100_00))
    dearer = HOURS._replace(rate=Money(90_00))
    lines = [
        TermLine("cadence", "mensuelle"),
        TermLine(HOURS.code, HOURS.value),
        TermLine(day.code, day.value),
        TermLine(HOURS.code, dearer.value, lot=2),
        TermLine(day.code, "aucune", lot=2),
        TermLine(HOURS.code, dearer.value, valid_from=date(2026, 7, 1)),
        TermLine("penalite/montant_annuel", "42500,00 €"),
        TermLine("penalite/jours_feries", "57", lot=2),
    ]
    assert penalty_clauses(lines, 1, TODAY).penalties == (HOURS, day)
    assert penalty_clauses(lines, 2, TODAY).penalties == (dearer,)
    assert penalty_clauses(lines, 2, TODAY).department == "57"
    assert penalty_clauses(lines, 1, date(2026, 7, 1)).penalties == (dearer, day)
    assert penalty_clauses(lines, 1, TODAY).yearly_amount == 42_500_00


def test_an_index_without_a_value_waits_for_one() -> None:
    index = WrittenIndex(PenaltyIndex.HOURLY_CEILING, Fraction(4))
    written = HOURS._replace(rate=index)
    found = PenaltyClauses((written,))
    assert resolved(found, {}).waiting == (written,)
    rate = IndexRate(PenaltyIndex.HOURLY_CEILING, Fraction(4), Money(30_00))
    wanted = PenaltyTerm(
        Breach.HOURS, PenaltyKind.PER_HOUR, rate, DayCount.CALENDAR, CountFrom.DUE_DATE, True
    )
    assert resolved(found, {PenaltyIndex.HOURLY_CEILING: Money(30_00)}).terms == (wanted,)
    # What somebody confirmed for this contract wins over reference data.
    own = PenaltyClauses((written._replace(rate=index._replace(value=Money(29_00))),))
    assert resolved(own, {PenaltyIndex.HOURLY_CEILING: Money(30_00)}).terms == (
        wanted._replace(rate=rate._replace(value=Money(29_00))),
    )


def test_holidays_of_each_place_are_known() -> None:
    from suivi_tui.reference.public_holidays import public_holidays

    assert all(len(public_holidays(2026, 2026, place)) >= 11 for place in PLACES)
