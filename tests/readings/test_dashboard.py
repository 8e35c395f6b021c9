from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from builders import new_base, new_contract, new_event, new_hours, new_person, new_placement
from builders_screens import filled_base, new_follow_up, new_site
from reading_costs import plan_of, scans, statements_of
from suivi_tui.readings.dashboard import Dashboard, dashboard
from suivi_tui.reference.loader import thresholds
from suivi_tui.rules.indicators import Totals
from suivi_tui.store.base import Base
from suivi_tui.store.journal import changed, write
from suivi_tui.vocabulary.choices import Gravity

TODAY = date(2026, 7, 1)
LIMITS = thresholds()


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as made:
        yield made


def read(base: Base, today: date = TODAY, first: int = 8) -> Dashboard:
    return dashboard(base.connection, today, LIMITS, first=first)


def test_an_empty_base_has_an_empty_dashboard(base: Base) -> None:
    found = read(base)
    assert found.empty
    assert (found.whole.owed, found.whole.totals, found.alerts) == (0, Totals(), ())
    assert found.alert_counts == dict.fromkeys(Gravity, 0)


def test_figures_of_the_year_and_of_everything_under_way(base: Base) -> None:
    # 730 days over 2025 and 2026, one hour a day.
    market = new_contract(base, owed=730_00, start="2025-01-01", end="2026-12-31")
    placement = new_placement(base, market, new_person(base))
    new_hours(base, placement, 202512, 300_00, 300_00)
    new_hours(base, placement, 202601, 100_00, 90_00)
    new_hours(base, placement, 202602, 50_00)
    found = read(base)
    assert (found.whole.owed, found.whole.expected) == (730_00, 547_00)
    assert found.whole.totals == Totals(450_00, 390_00, 10_00, 50_00)
    assert (found.year.owed, found.year.expected) == (365_00, 182_00)
    assert found.year.totals == Totals(150_00, 90_00, 10_00, 50_00)
    assert (found.whole.obligations, found.whole.unknown, found.contracts) == (1, 0, 1)


def test_an_unknown_objective_is_counted_apart(base: Base) -> None:
    new_contract(base, owed=None)
    found = read(base)
    assert (found.whole.owed, found.whole.unknown) == (0, 1)


def test_only_hours_of_known_objectives_are_divided_by_what_is_owed(base: Base) -> None:
    known = new_contract(base, owed=365_00, start="2026-01-01", end="2026-12-31")
    new_hours(base, new_placement(base, known, new_person(base)), 202601, 100_00, 90_00)
    unknown = new_contract(base, owed=None)
    new_hours(base, new_placement(base, unknown, new_person(base)), 202601, 500_00, 500_00)
    year = read(base).year
    assert (year.owed, year.unknown) == (365_00, 1)
    assert year.totals.validated == 590_00
    assert year.measured == Totals(100_00, 90_00, 10_00, 0)


def test_what_was_closed_this_year_counts_in_the_year_alone(base: Base) -> None:
    for number, day in (("A", "2026-03-31"), ("B", "2025-12-31")):
        market = new_contract(
            base, number=number, owed=100_00, start="2026-01-01", end="2026-03-31"
        )
        write(
            base,
            [
                changed("contract", market.contract, "stage", "clos"),
                changed("contract", market.contract, "closed_on", day),
            ],
            label="Essai",
        )
    found = read(base)
    assert (found.year.obligations, found.year.owed) == (1, 100_00)
    assert (found.whole.obligations, found.whole.owed) == (0, 0)


def test_contracts_of_open_data_are_only_counted(base: Base) -> None:
    new_contract(base, taken_up=0, stage="a_qualifier")
    found = read(base)
    assert (found.contracts, found.to_qualify, found.whole.obligations) == (0, 1, 0)
    assert not found.empty


def test_what_is_due_comes_oldest_first_with_its_record(base: Base) -> None:
    person = new_person(base, last="Exemple", first="Camille")
    for day in ("2026-07-02", "2026-06-28", "2026-07-01", "2026-07-09"):
        new_follow_up(base, "participant", person, due=day)
    new_follow_up(base, "participant", person, due="2026-06-01", done="2026-06-02")
    new_follow_up(base, "participant", person)
    found = read(base)
    assert [item.days for item in found.due] == [-3, 0, 1]
    assert found.due[0].about.title == "Exemple Camille"
    assert found.due[0].about.detail == "né(e) le 17/05/1990"
    assert (len(read(base, first=1).due), read(base, first=1).due_count) == (1, 3)


def test_the_obligations_most_behind_come_first(base: Base) -> None:
    little = new_contract(base, number="petit", owed=100_00)
    much = new_contract(base, number="grand", owed=1_000_00)
    done = new_contract(base, number="fait", owed=100_00)
    new_hours(base, new_placement(base, done, new_person(base)), 202602, 100_00)
    found = read(base)
    assert [item.row.obligation for item in found.behind] == [much.obligation, little.obligation]
    first = found.behind[0]
    assert (first.acquired, first.owed) == (0, 1_000_00)
    assert first.gap == first.expected > 0
    assert read(base, first=1).behind_count == 2


def test_missing_statements_are_grouped_by_obligation(base: Base) -> None:
    site = new_site(base, 202603, 202604)
    found = read(base)
    (missing,) = found.missing
    assert missing.row.obligation == site.obligation
    assert 202603 not in missing.months
    assert 202605 in missing.months
    assert found.missing_count == len(missing.months)


def test_counts_are_of_every_alert_and_the_list_holds_the_first(base: Base) -> None:
    for number in range(3):
        new_contract(base, number=str(number), owed=None)
    found = read(base, first=2)
    assert len(found.alerts) == 2
    assert sum(found.alert_counts.values()) > 2


def test_someone_soon_not_eligible_is_told(base: Base) -> None:
    site = new_site(base, 202606)
    assert read(base).ending_count == 0
    write(
        base,
        [changed("participant", site.person, "entered_scheme_on", "2024-08-01")],
        label="Essai",
    )
    (ending,) = read(base).ending
    assert (ending.participant, ending.participant_name) == (site.person, None)


def test_the_number_of_statements_does_not_depend_on_the_base(tmp_path: Path) -> None:
    counts = []
    for size in (50, 1_000):
        with filled_base(tmp_path, size) as base:
            counts.append(len(statements_of(base.connection, lambda base=base: read(base))))
            assert scans(plan_of(base.connection, lambda base=base: read(base))) == []
    assert counts[0] == counts[1]
    assert counts[0] < 80


def test_planned_phases_are_not_owed(base: Base) -> None:
    market = new_contract(base, owed=100_00)
    new_event(base, market.obligation, 50_00, firm=0, kind="tranche")
    assert read(base).whole.owed == 100_00
