"""The path of a person and the points at which one asks what became of them."""

from datetime import date

import pytest

from suivi_tui.rules.outcome_points import (
    ExitClass,
    PointState,
    Stay,
    Told,
    exit_class,
    paths_of,
    points_of,
)
from suivi_tui.vocabulary.choices import OutcomePoint, OutcomeSituation

TODAY = date(2026, 6, 20)


def day(text: str) -> date:
    return date.fromisoformat(text)


def stay(number: int, start: str | None, end: str | None) -> Stay:
    return Stay(number, day(start) if start else None, day(end) if end else None)


@pytest.mark.parametrize(
    ("stays", "expected"),
    [
        # One contract over, on its last day, the day after, still running, without an end.
        ([stay(1, "2025-01-01", "2026-06-20")], [(1, day("2026-06-20"))]),
        ([stay(1, "2025-01-01", "2026-06-19")], [(1, day("2026-06-19"))]),
        ([stay(1, "2025-01-01", "2026-06-21")], [(1, None)]),
        ([stay(1, "2025-01-01", None)], [(1, None)]),
        # Whatever their order and employer, contracts within a year are one path.
        (
            [stay(2, "2025-09-01", "2026-01-31"), stay(1, "2025-01-01", "2025-03-31")],
            [(1, day("2026-01-31"))],
        ),
        # A year after the exit to the day, then the day after; 29 February ends a year on the 28.
        (
            [stay(1, "2023-01-01", "2024-03-31"), stay(2, "2025-03-31", "2025-06-30")],
            [(1, day("2025-06-30"))],
        ),
        (
            [stay(1, "2023-01-01", "2024-03-31"), stay(2, "2025-04-01", "2025-06-30")],
            [(1, day("2024-03-31")), (2, day("2025-06-30"))],
        ),
        (
            [stay(1, "2023-01-01", "2024-02-29"), stay(2, "2025-03-01", "2025-06-30")],
            [(1, day("2024-02-29")), (2, day("2025-06-30"))],
        ),
        # A long contract covers a short one that begins and ends within it.
        (
            [
                stay(1, "2023-01-01", "2025-12-31"),
                stay(2, "2023-02-01", "2023-03-31"),
                stay(3, "2026-05-01", "2026-05-31"),
            ],
            [(1, day("2026-05-31"))],
        ),
        ([stay(1, None, "2026-01-31")], [(1, day("2026-01-31"))]),
        ([], []),
    ],
)
def test_paths(stays: list[Stay], expected: list[tuple[int, date | None]]) -> None:
    found = paths_of(stays, TODAY)
    assert [(path.opened_by, path.left_on) for path in found] == expected


def states(left: str, told: list[Told], today: str) -> list[PointState]:
    (path,) = paths_of([stay(1, "2024-01-01", left), stay(7, "2024-02-01", left)], day(today))
    return [point.state for point in points_of(path, told, day(today))]


COMING, TO_ASK, ASKED = PointState.COMING, PointState.TO_ASK, PointState.ASKED
ANSWERED, PASSED = PointState.ANSWERED, PointState.PASSED


def told(point: OutcomePoint, asked: str = "", answered: str = "", path: int | None = 1) -> Told:
    situation = OutcomeSituation.PERMANENT.value if answered else ""
    return Told(
        5,
        path,
        point.value,
        day(asked) if asked else None,
        day(answered) if answered else None,
        situation,
    )


@pytest.mark.parametrize(
    ("left", "known", "today", "expected"),
    [
        ("2026-06-20", [], "2026-06-20", [TO_ASK, COMING, COMING, COMING]),
        # Three months to the day; 30 November gives 28 February.
        ("2025-11-30", [], "2026-02-27", [TO_ASK, COMING, COMING, COMING]),
        ("2025-11-30", [], "2026-02-28", [PASSED, TO_ASK, COMING, COMING]),
        ("2024-02-29", [], "2025-02-28", [PASSED, PASSED, PASSED, TO_ASK]),
        (
            "2025-11-30",
            [told(OutcomePoint.EXIT, "2025-12-02", "2025-12-05")],
            "2026-03-01",
            [ANSWERED, TO_ASK, COMING, COMING],
        ),
        (
            "2025-11-30",
            [told(OutcomePoint.MONTHS_3, "2026-03-01")],
            "2026-03-02",
            [PASSED, ASKED, COMING, COMING],
        ),
        # What was written of another contract of the path counts, that of another path does not.
        (
            "2025-11-30",
            [told(OutcomePoint.MONTHS_3, "2026-03-01", path=7)],
            "2026-03-02",
            [PASSED, ASKED, COMING, COMING],
        ),
        (
            "2025-11-30",
            [told(OutcomePoint.MONTHS_3, "2026-03-01", path=99)],
            "2026-03-02",
            [PASSED, TO_ASK, COMING, COMING],
        ),
    ],
)
def test_one_point_is_asked_at_a_time(
    left: str, known: list[Told], today: str, expected: list[PointState]
) -> None:
    assert states(left, known, today) == expected


def test_a_path_that_goes_on_has_no_point() -> None:
    (path,) = paths_of([stay(1, "2026-01-01", None)], TODAY)
    assert points_of(path, [], TODAY) == ()


def test_every_situation_counts_as_something() -> None:
    """Definitions of the IAE (domain.md 7.2)."""
    found = {one: exit_class(one.value) for one in OutcomeSituation}
    assert None not in found.values()
    dynamic = {one for one, kind in found.items() if kind is not None and kind.dynamic}
    assert {one.value for one in OutcomeSituation if one not in dynamic} == {
        "recherche", "inactif", "neutralisee", "sans_reponse",
    }  # fmt: skip
    assert found[OutcomeSituation.LONG_FIXED_TERM] is ExitClass.DURABLE
    assert found[OutcomeSituation.SHORT_FIXED_TERM] is ExitClass.TRANSITION
    assert found[OutcomeSituation.TRAINING] is ExitClass.POSITIVE
    assert exit_class("") is exit_class("autre chose") is None
