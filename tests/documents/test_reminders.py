"""Who gets no reminder: no activity, locked months, statements of several months, a recent one."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from builders import add, new_base, new_company, new_contract, new_statement
from suivi_tui.actions.alert_marks import acknowledge
from suivi_tui.actions.letters import EVERYBODY, make, prepare
from suivi_tui.readings.alerts import read_alerts
from suivi_tui.readings.dashboard import dashboard
from suivi_tui.reference.loader import thresholds
from suivi_tui.store.base import Base
from suivi_tui.vocabulary.choices import DocumentKind

TODAY = date(2026, 11, 22)
KINDS = (None, DocumentKind.REMINDER_1, DocumentKind.REMINDER_2)
LIMITS = thresholds()


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as opened:
        yield opened


def site(base: Base, cadence: str = "mensuelle") -> tuple[int, int]:
    """An obligation on site since July, and the company that declares."""
    company = new_company(base, "Alpha Bâtiment")
    made = new_contract(base, number="VX-44", company=company, start="2026-07-01",
                        end="2027-12-31")  # fmt: skip
    add(base, "term", contract=made.contract, code="cadence", value=cadence)
    return made.obligation, company


def reminded(base: Base, kind: DocumentKind | None, today: date = TODAY) -> list[str]:
    letters = prepare(base, kind, EVERYBODY, today=today).letters
    return [letter.about.replace("\u00a0", " ") for letter in letters]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", ["sans_activite", "verrouille"])
@pytest.mark.parametrize("cadence", ["mensuelle", "trimestrielle"])
def test_no_reminder_for_what_was_said_or_locked(
    base: Base, kind: DocumentKind | None, status: str, cadence: str
) -> None:
    obligation, company = site(base, cadence)
    assert len(reminded(base, kind)) == 1
    for month in (202607, 202608, 202609, 202610):
        new_statement(base, obligation, company, month, status)
    assert reminded(base, kind) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", ["sans_activite", "verrouille"])
def test_a_statement_of_several_months_is_asked_whole_or_not_at_all(
    base: Base, kind: DocumentKind | None, status: str
) -> None:
    """What was said of a month of the quarter, or its lock, speaks for the quarter."""
    obligation, company = site(base, "trimestrielle")
    (letter,) = prepare(base, kind, EVERYBODY, today=TODAY).letters
    (line,) = letter.values["releves"]
    assert line["mois"].replace("\u00a0", " ") == "3e trimestre 2026"
    new_statement(base, obligation, company, 202609, status)
    assert reminded(base, kind) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_batch_leaves_out_the_company_without_activity(
    base: Base, kind: DocumentKind | None
) -> None:
    obligation, company = site(base)
    for month in (202607, 202608, 202609, 202610):
        new_statement(base, obligation, company, month, "sans_activite")
    beta = new_company(base, "Bêta Plomberie")
    new_contract(base, number="PT-7", company=beta, start="2026-10-01", end="2027-12-31")
    found = prepare(base, kind, EVERYBODY, today=TODAY)
    assert [letter.subject.id for letter in found.letters] == [beta]
    assert found.left_out[0].why.startswith("sans activité déclarée")


def test_a_reminder_that_waits_asks_nothing_today(base: Base, tmp_path: Path) -> None:
    """The day after it and the day on which the next one may be made; one limit for both."""
    site(base)
    make(base, prepare(base, None, EVERYBODY, today=TODAY), tmp_path)
    delay = LIMITS.alerts.reminder_level_2_days
    for days, level, kinds in (
        (1, 1, []),
        (delay, 1, []),
        (delay + 1, 2, [DocumentKind.REMINDER_2]),
    ):
        day = TODAY + timedelta(days=days)
        tasks = dashboard(base.connection, day, LIMITS).tasks
        codes = {alert.code for task in tasks for alert in task.alerts if task.due is None}
        assert days > delay or "releve_manquant" not in codes
        assert [one.kind for one in prepare(base, None, EVERYBODY, today=day).letters] == kinds
        october = next(
            alert
            for alert in read_alerts(base.connection, day)
            if alert.code == "releve_manquant" and alert.month == 202610
        )
        assert october.level == level
        assert (october.due is not None and october.due <= day) is bool(kinds)


def test_what_is_missing_is_counted_whatever_was_said_of_its_alert(base: Base) -> None:
    site(base)
    before = dashboard(base.connection, TODAY, LIMITS)
    for alert in read_alerts(base.connection, TODAY):
        acknowledge(base, alert, "vu", today=TODAY)
    after = dashboard(base.connection, TODAY, LIMITS)
    assert sum(after.alert_counts.values()) == 0
    assert (after.missing_count, after.behind_count) == (before.missing_count, before.behind_count)
    assert before.missing_count == 4
