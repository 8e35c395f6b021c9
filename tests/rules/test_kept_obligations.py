"""Obligations kept or not, and why: a table of worked cases around each limit."""

from datetime import date
from typing import Any

import pytest

from suivi_tui.rules.kept_obligations import ObligationFacts, VerdictCounts, judged, verdict_counts
from suivi_tui.vocabulary.choices import FollowUpKind, ObligationOutcome, PenaltyDecision
from suivi_tui.vocabulary.choices.evaluation import ObligationVerdict as Verdict
from suivi_tui.vocabulary.choices.evaluation import VerdictReason as Reason
from suivi_tui.vocabulary.hours import Hours

END = date(2026, 6, 30)
LATER = date(2026, 9, 1)
OWED = Hours(1_000_00)


def facts(validated: int = 0, **given: Any) -> ObligationFacts:
    values: dict[str, Any] = {"owed": OWED, "last_day": END, **given}
    return ObligationFacts(validated=Hours(validated), **values)


@pytest.mark.parametrize(
    ("given", "verdict", "reasons"),
    [
        # A hundredth of an hour below what is owed, exactly, above.
        (facts(999_99), Verdict.PARTLY, (Reason.UNSAID,)),
        (facts(1_000_00), Verdict.KEPT, (Reason.DONE,)),
        (facts(1_000_01), Verdict.KEPT, (Reason.DONE,)),
        (facts(1), Verdict.PARTLY, (Reason.UNSAID,)),
        (facts(0), Verdict.NOT_KEPT, (Reason.UNSAID,)),
        (facts(0, owed=None), Verdict.UNKNOWN, ()),
        (facts(0, owed=Hours(0)), Verdict.EXCUSED, (Reason.NOTHING_OWED,)),
        # What was written goes before the hours, what was decided too.
        (
            facts(500_00, outcome=ObligationOutcome.NEUTRALISED.value, holder_changed=True),
            Verdict.EXCUSED,
            (Reason.NEUTRALISED, Reason.HOLDER),
        ),
        (facts(500_00, outcome=ObligationOutcome.MET.value), Verdict.PARTLY, (Reason.UNSAID,)),
        (
            facts(500_00, decisions=(PenaltyDecision.WAIVED.value,), efforts=True),
            Verdict.EXCUSED,
            (Reason.WAIVED, Reason.EFFORTS),
        ),
        # A waiver does not excuse what was decided again since.
        (
            facts(500_00, decisions=(PenaltyDecision.APPLIED.value, PenaltyDecision.WAIVED.value)),
            Verdict.PARTLY,
            (Reason.PENALTY,),
        ),
        (facts(0, decisions=("",)), Verdict.NOT_KEPT, (Reason.PROPOSED,)),
        (facts(0, decisions=(PenaltyDecision.REDUCED.value,)), Verdict.NOT_KEPT,
         (Reason.REDUCED,)),
        (
            facts(0, acts=frozenset({"penalite", "mise_en_demeure"})),
            Verdict.NOT_KEPT,
            (Reason.PROPOSED, Reason.NOTICE),
        ),
        (facts(1, acts=frozenset({FollowUpKind.WAIVER.value})), Verdict.PARTLY,
         (Reason.EFFORTS,)),
        # Pending or refused hours are the reason only when they would have been enough.
        (facts(900_00, pending=Hours(100_00)), Verdict.PARTLY, (Reason.PENDING,)),
        (facts(900_00, pending=Hours(99_99)), Verdict.PARTLY, (Reason.UNSAID,)),
        (facts(900_00, refused=Hours(100_00)), Verdict.PARTLY, (Reason.REFUSED,)),
        (facts(900_00, refused=Hours(99_99)), Verdict.PARTLY, (Reason.UNSAID,)),
        (
            facts(100_00, holder_changed=True, stopped=True),
            Verdict.PARTLY,
            (Reason.HOLDER, Reason.STOPPED),
        ),
        (facts(100_00, closed_on=date(2026, 6, 29)), Verdict.PARTLY, (Reason.EARLY,)),
        (facts(100_00, closed_on=END), Verdict.PARTLY, (Reason.UNSAID,)),
        (facts(0, last_day=None), Verdict.GOING_ON, ()),
    ],
)  # fmt: skip
def test_verdicts_and_reasons(
    given: ObligationFacts, verdict: Verdict, reasons: tuple[Reason, ...]
) -> None:
    found = judged(given, LATER, LATER)
    assert (found.verdict, found.reasons) == (verdict, reasons)


@pytest.mark.parametrize(
    ("until", "today", "going_on"),
    [
        # The day before the end, the end itself (one still works), the day after.
        ("2026-06-29", "2026-06-29", True),
        ("2026-06-30", "2026-06-30", True),
        ("2026-07-01", "2026-07-01", False),
        # A period that is over: its last evening counts, whatever comes later.
        ("2026-06-30", "2026-12-31", False),
        ("2026-05-31", "2026-12-31", True),
    ],
)
def test_an_obligation_is_judged_the_day_after_its_end(
    until: str, today: str, going_on: bool
) -> None:
    found = judged(facts(0), date.fromisoformat(until), date.fromisoformat(today))
    assert (found.verdict is Verdict.GOING_ON) is going_on


def test_closed_before_its_end_it_is_judged_that_day() -> None:
    closed = facts(0, closed_on=date(2026, 3, 10))
    day = date(2026, 3, 10)
    assert judged(closed, day, day).over_on == day
    assert judged(closed, date(2026, 3, 9), day).verdict is Verdict.GOING_ON


def test_the_sentence_says_the_figures_and_why() -> None:
    found = judged(facts(620_00, decisions=(PenaltyDecision.APPLIED.value,), stopped=True),
                   LATER, LATER)  # fmt: skip
    assert found.missing == 380_00
    assert found.sentence.replace("\u00a0", " ") == (
        "Tenue en partie : 620,00 h validées sur 1 000,00 h (62 %). Finie le 30/06/2026. "
        "Pénalité appliquée, chantier arrêté."
    )


def test_counts_add_up_and_the_rate_leaves_out_what_was_excused() -> None:
    counts = verdict_counts([*Verdict, Verdict.KEPT, Verdict.EXCUSED])
    assert counts == VerdictCounts(2, 1, 1, 2, 1, 1)
    assert (counts.total, counts.judged) == (8, 6)
    assert counts.rate is not None and float(counts.rate) == 0.5
    assert verdict_counts([]).rate is None
