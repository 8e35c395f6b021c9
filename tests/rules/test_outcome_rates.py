"""What became of people at each point, path by path: the day before, the day, the day after."""

from datetime import date
from fractions import Fraction

import pytest

from suivi_tui.rules.outcome_points import Stay, Told, paths_of, points_of
from suivi_tui.rules.outcome_rates import FollowedPath, OutcomeRates, outcome_rates
from suivi_tui.vocabulary.choices import OutcomePoint, OutcomeSituation
from suivi_tui.vocabulary.choices.evaluation import OutcomeOrigin

EXIT, ENTRY = OutcomeOrigin.EXIT, OutcomeOrigin.ENTRY
POINTS = list(OutcomePoint)


def day(text: str) -> date:
    return date.fromisoformat(text)


def path(
    start: str, end: str | None, today: str, **situations: OutcomeSituation | None
) -> FollowedPath:
    """A path of one work contract; ``situations`` by point (None: asked, not answered)."""
    told = [
        Told(1, 1, name.removeprefix("m_"), day("2025-01-01"),
             day("2025-01-02") if said else None, said.value if said else "")
        for name, said in situations.items()
    ]  # fmt: skip
    (found,) = paths_of([Stay(1, day(start), day(end) if end else None)], day(today))
    return FollowedPath(found, points_of(found, told, day(today)))


def due(found: tuple[OutcomeRates, ...]) -> list[int]:
    return [rates.due for rates in found]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        # Left on 31 January: the evening before, the day, then each point around its own day.
        ("2026-01-30", [0, 0, 0, 0]),
        ("2026-01-31", [1, 0, 0, 0]),
        ("2026-04-29", [1, 0, 0, 0]),
        ("2026-04-30", [1, 1, 0, 0]),
        ("2026-05-01", [1, 1, 0, 0]),
        ("2026-07-30", [1, 1, 0, 0]),
        ("2026-07-31", [1, 1, 1, 0]),
        ("2027-01-30", [1, 1, 1, 0]),
        ("2027-01-31", [1, 1, 1, 1]),
        ("2027-02-01", [1, 1, 1, 1]),
    ],
)
def test_a_path_is_due_from_the_day_of_its_point(today: str, expected: list[int]) -> None:
    assert due(outcome_rates([path("2025-03-01", "2026-01-31", today)], day(today))) == expected


@pytest.mark.parametrize(
    ("today", "expected", "going_on"),
    [
        # Entered on 1 March 2025, left on 31 August: in the path at 3 months, out at 6 and 12.
        ("2025-05-31", [0, 0, 0, 0], [0, 0, 0, 0]),
        ("2025-06-01", [0, 0, 0, 0], [0, 1, 0, 0]),
        ("2025-08-31", [1, 0, 0, 0], [0, 1, 0, 0]),
        ("2025-09-01", [1, 0, 1, 0], [0, 1, 0, 0]),
        ("2026-02-28", [1, 0, 1, 0], [0, 1, 0, 0]),
        ("2026-03-01", [1, 0, 1, 1], [0, 1, 0, 0]),
    ],
)
def test_points_counted_from_the_entry(
    today: str, expected: list[int], going_on: list[int]
) -> None:
    found = outcome_rates([path("2025-03-01", "2025-08-31", today)], day(today), ENTRY)
    assert due(found) == expected
    assert [rates.going_on for rates in found] == going_on


def test_the_last_day_of_work_is_still_in_the_path() -> None:
    on_the_day = path("2025-03-01", "2025-06-01", "2026-01-01")
    the_day_before = path("2025-03-01", "2025-05-31", "2026-01-01")
    found = outcome_rates([on_the_day, the_day_before], day("2026-01-01"), ENTRY)
    assert (found[1].due, found[1].going_on) == (1, 1)


def test_from_the_entry_a_later_answer_says_nothing_of_that_day() -> None:
    # Left a month after the entry; 3 months after the entry only the exit had been asked about.
    one = path("2025-01-01", "2025-01-31", "2026-06-01", sortie=OutcomeSituation.UNEMPLOYED,
               m_3_mois=OutcomeSituation.PERMANENT)  # fmt: skip
    at_3, at_6 = outcome_rates([one], day("2026-06-01"), ENTRY)[1:3]
    assert (at_3.other, at_3.durable) == (1, 0)
    assert (at_6.other, at_6.durable) == (0, 1)


def test_classes_rates_and_what_they_are_computed_on() -> None:
    said = [
        *[OutcomeSituation.PERMANENT] * 2,
        OutcomeSituation.AIDED,
        OutcomeSituation.TRAINING,
        OutcomeSituation.INACTIVE,
        OutcomeSituation.NEUTRAL,
        OutcomeSituation.NO_ANSWER,
        None,
    ]
    today = "2026-02-01"
    paths = [path("2025-01-01", "2026-01-31", today, sortie=one) for one in said]
    paths.append(path("2025-01-01", "2026-01-31", today))
    at_exit = outcome_rates(paths, day(today))[0]
    assert at_exit == OutcomeRates(OutcomePoint.EXIT, 9, 0, 8, 6, 2, 1, 1, 1, 1)
    assert at_exit.response_rate == Fraction(6, 9)
    assert (at_exit.counted, at_exit.dynamic) == (5, 4)
    assert at_exit.share(at_exit.dynamic) == Fraction(4, 5)
    assert at_exit.sentence == (
        "À la sortie\u00a0: 9\u00a0parcours, 8\u00a0demandés, 6\u00a0réponses (66,7\u00a0%). "
        "Sorties dynamiques\u00a0: 80\u00a0% des 5\u00a0réponses hors neutralisées."
    )


def test_nobody_due_or_only_neutral_answers_give_no_rate() -> None:
    nobody = OutcomeRates(OutcomePoint.EXIT)
    assert nobody.response_rate is None and nobody.share(0) is None
    assert "aucun parcours" in nobody.sentence
    neutral = OutcomeRates(OutcomePoint.EXIT, due=1, asked=1, answered=1, neutral=1)
    assert neutral.share(neutral.dynamic) is None
    assert "Aucun taux" in neutral.sentence
