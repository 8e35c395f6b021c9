"""Which statements are awaited, from whom, until when: at, before and after every limit."""

from datetime import date

import pytest

from suivi_tui.rules.statement_schedule import (
    Sent,
    StatementFacts,
    StatementPeriod,
    Work,
    awaited_periods,
    awaited_senders,
    awaited_statements,
    terms_by_month,
    usual_terms,
    watched_months,
)
from suivi_tui.rules.terms import TermLine
from suivi_tui.vocabulary.months import Month

HOLDER, AGENCY, OTHER, FOURTH = 1, 2, 3, 4
START, END = date(2026, 1, 10), date(2026, 12, 20)
MAY = StatementPeriod(Month(202605), Month(202605), date(2026, 6, 15))
QUARTERLY = TermLine("cadence", "trimestrielle")
MONTHLY = TermLine("cadence", "mensuelle", valid_from=date(2026, 8, 1))
FIRST_QUARTER = StatementPeriod(Month(202601), Month(202603), date(2026, 4, 15), quarterly=True)


def periods(
    *lines: TermLine,
    start: date | None = START,
    end: date | None = END,
    due: int = 15,
    until: int = 202612,
    since: int | None = None,
) -> list[tuple[int, int, str]]:
    found = awaited_periods(
        terms_by_month(lines, lot=9),
        start,
        end,
        due,
        Month(until),
        None if since is None else Month(since),
    )
    return [(period.first, period.last, period.due_on.isoformat()) for period in found]


@pytest.mark.parametrize(
    ("start", "end", "until", "months"),
    [
        (None, END, 202612, []),
        (date(2026, 3, 31), date(2026, 4, 1), 202612, [202603, 202604]),
        (date(2026, 3, 1), date(2026, 2, 1), 202612, []),
        (date(2026, 3, 1), None, 202604, [202603, 202604]),
        (date(2026, 5, 1), None, 202604, []),
        (date(2025, 12, 31), date(2026, 1, 1), 202603, [202512, 202601]),
    ],
)
def test_months_from_the_start_on_site_to_the_end(
    start: date | None, end: date | None, until: int, months: list[int]
) -> None:
    found = periods(start=start, end=end, until=until)
    assert [(first, last) for first, last, _ in found] == [(month, month) for month in months]


@pytest.mark.parametrize(
    ("month", "due", "term", "due_on"),
    [
        (202601, 15, "", "2026-02-15"),
        (202601, 28, "", "2026-02-28"),
        (202601, 31, "", "2026-02-28"),  # a reference value longer than the month
        (202801, 31, "", "2028-02-29"),
        (202612, 15, "", "2027-01-15"),
        (202601, 15, "28", "2026-02-28"),
        (202605, 15, "5", "2026-06-05"),
        (202605, 15, "29", "2026-06-15"),  # not a day that a term may say
    ],
)
def test_the_due_day(month: int, due: int, term: str, due_on: str) -> None:
    lines = [TermLine("jour_releve", term)] if term else []
    found = periods(*lines, start=date(2025, 1, 1), end=None, due=due, until=month, since=month)
    assert found == [(month, month, due_on)]


@pytest.mark.parametrize(
    ("start", "end", "until", "since", "found"),
    [
        (START, END, 202601, None, [(202601, 202603, "2026-04-15")]),
        (date(2026, 2, 28), END, 202603, None, [(202602, 202603, "2026-04-15")]),
        # One that stops in its quarter is due once the quarter is over.
        (START, date(2026, 2, 1), 202612, None, [(202601, 202602, "2026-04-15")]),
        (
            date(2025, 12, 31),
            date(2026, 1, 1),
            202612,
            None,
            [(202512, 202512, "2026-01-15"), (202601, 202601, "2026-04-15")],
        ),
        # A window that begins in a quarter shows the whole of it.
        (START, END, 202605, 202603, [(202601, 202603, "2026-04-15"),
                                      (202604, 202606, "2026-07-15")]),
        (START, END, 202605, 202604, [(202604, 202606, "2026-07-15")]),
    ],
)  # fmt: skip
def test_civil_quarters_are_cut_to_the_period(
    start: date, end: date, until: int, since: int | None, found: list[tuple[int, int, str]]
) -> None:
    assert periods(QUARTERLY, start=start, end=end, until=until, since=since) == found


def test_a_cadence_changes_from_a_month_on() -> None:
    assert periods(QUARTERLY, MONTHLY, until=202609) == [
        (202601, 202603, "2026-04-15"),
        (202604, 202606, "2026-07-15"),
        (202607, 202607, "2026-10-15"),
        (202608, 202608, "2026-09-15"),
        (202609, 202609, "2026-10-15"),
    ]


@pytest.mark.parametrize(
    ("line", "first"),
    [
        (TermLine("premier_mois", "2026-03"), 202603),
        (TermLine("premier_mois", "2025-03"), 202601),
        (TermLine("premier_mois", "2026-03", lot=9), 202603),
        (TermLine("premier_mois", "2026-03", lot=8), 202601),
        (TermLine("premier_mois", "bientôt"), 202601),
    ],
)
def test_the_first_month_awaited(line: TermLine, first: int) -> None:
    assert periods(line, until=202604)[0][0] == first


def test_the_first_month_cuts_its_quarter() -> None:
    lines = (QUARTERLY, TermLine("premier_mois", "2026-02"))
    assert periods(*lines, until=202603) == [(202602, 202603, "2026-04-15")]


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 6, 14), 0),
        (date(2026, 6, 15), 0),
        (date(2026, 6, 16), 1),
        (date(2026, 7, 1), 16),
    ],
)
def test_late_from_the_day_after(today: date, days: int) -> None:
    assert MAY.days_late(today) == days
    assert MAY.late_since == date(2026, 6, 16)


def test_how_a_period_is_called() -> None:
    assert MAY.label == "mai 2026"
    assert FIRST_QUARTER.label == "1er trimestre 2026"
    assert FIRST_QUARTER._replace(first=Month(202610)).label == "4e trimestre 2026"
    assert watched_months(date(2026, 3, 31), 12) == (202503, 202603)


# who


def works(*employers: int | None, start: date | None = START) -> tuple[Work, ...]:
    return tuple(Work(employer, start) for employer in employers)


DECLARANT = TermLine("declarant", str(OTHER))
ALWAYS = TermLine("titulaire_declare", "oui")
NEVER = TermLine("titulaire_declare", "non")


@pytest.mark.parametrize(
    ("employers", "lines", "sent", "worked", "senders"),
    [
        ((), (), (), (), {HOLDER}),
        ((HOLDER,), (), (), (), {HOLDER}),
        ((AGENCY,), (), (), (), {AGENCY}),
        ((None,), (), (), (), {HOLDER}),
        ((HOLDER, AGENCY, OTHER), (), (), (), {HOLDER, AGENCY, OTHER}),
        ((), (DECLARANT,), (), (), {OTHER}),
        ((AGENCY,), (DECLARANT,), (), (), {AGENCY, OTHER}),
        ((AGENCY,), (ALWAYS,), (), (), {AGENCY, HOLDER}),
        ((HOLDER, AGENCY), (NEVER,), (), (), {AGENCY}),
        ((), (NEVER,), (), (), set()),
        # Who sent something, or has hours, stands in for the holder too.
        ((), (), (AGENCY,), (), set()),
        ((), (), (None,), (), {HOLDER}),
        ((), (), (), (AGENCY,), {AGENCY}),
        ((AGENCY,), (), (), (HOLDER,), {AGENCY, HOLDER}),
    ],
)
def test_who_declares(
    employers: tuple[int | None, ...],
    lines: tuple[TermLine, ...],
    sent: tuple[int | None, ...],
    worked: tuple[int, ...],
    senders: set[int],
) -> None:
    facts = StatementFacts(
        HOLDER,
        START,
        END,
        terms_by_month(lines, lot=9),
        works(*employers),
        {Month(202605): tuple(Sent(sender, "recu") for sender in sent)},
        {Month(202605): frozenset(worked)},
    )
    assert set(awaited_senders(facts, MAY)) == senders


@pytest.mark.parametrize(
    ("start", "end", "placed"),
    [
        (date(2026, 5, 31), None, True),
        (date(2026, 6, 1), None, False),
        (date(2026, 1, 1), date(2026, 5, 1), True),
        (date(2026, 1, 1), date(2026, 4, 30), False),
        (None, None, False),
    ],
)
def test_someone_placed_some_day_of_the_month(
    start: date | None, end: date | None, placed: bool
) -> None:
    facts = StatementFacts(HOLDER, START, END, usual_terms, (Work(AGENCY, start, end),))
    assert (AGENCY in awaited_senders(facts, MAY)) is placed


def test_a_quarter_asks_each_employer_for_its_months() -> None:
    facts = StatementFacts(
        HOLDER,
        START,
        END,
        terms_by_month([QUARTERLY], lot=9),
        (Work(AGENCY, date(2026, 1, 1), date(2026, 2, 3)), Work(HOLDER, date(2026, 3, 1))),
    )
    assert awaited_senders(facts, FIRST_QUARTER) == {AGENCY: (202601, 202602), HOLDER: (202603,)}


# what came


def silent(
    sent: dict[int, tuple[Sent, ...]] | None = None,
    worked: dict[int, frozenset[int]] | None = None,
    employers: tuple[int, ...] = (HOLDER, AGENCY),
    lines: tuple[TermLine, ...] = (),
) -> dict[int, list[int]]:
    """By sender awaited from January to March, the months that nothing came for."""
    facts = StatementFacts(
        HOLDER,
        START,
        END,
        terms_by_month(lines, lot=9),
        works(*employers),
        {Month(month): listed for month, listed in (sent or {}).items()},
        {Month(month): listed for month, listed in (worked or {}).items()},
    )
    found: dict[int, list[int]] = {}
    for one in awaited_statements(facts, 15, Month(202601), Month(202603)):
        found.setdefault(one.sender, []).extend(one.silent)
    return found


JANUARY, FEBRUARY, MARCH = 202601, 202602, 202603


@pytest.mark.parametrize(
    ("statement", "left"),
    [
        (Sent(AGENCY, "recu"), {HOLDER: [JANUARY], AGENCY: []}),
        (Sent(AGENCY, "sans_activite"), {HOLDER: [JANUARY], AGENCY: []}),
        (Sent(HOLDER, "recu"), {HOLDER: [], AGENCY: [JANUARY]}),
        (Sent(None, "recu"), {HOLDER: [], AGENCY: []}),
        # A locked month of the holder is locked for all: nothing is awaited there any more.
        (Sent(HOLDER, "verrouille"), {HOLDER: [], AGENCY: []}),
        (Sent(AGENCY, "verrouille"), {HOLDER: [JANUARY], AGENCY: []}),
    ],
)
def test_each_sender_is_heard_for_itself(statement: Sent, left: dict[int, list[int]]) -> None:
    found = silent({JANUARY: (statement,)})
    assert {sender: months[:-2] for sender, months in found.items()} == left


def test_hours_are_heard_and_a_holder_not_asked_speaks_for_all() -> None:
    assert silent(worked={FEBRUARY: frozenset({AGENCY})})[AGENCY] == [JANUARY, MARCH]
    idle = {JANUARY: (Sent(HOLDER, "sans_activite"),)}
    assert silent(idle, employers=(AGENCY,)) == {AGENCY: [FEBRUARY, MARCH]}
    asked = silent(idle, employers=(AGENCY,), lines=(ALWAYS,))
    assert asked[AGENCY] == [JANUARY, FEBRUARY, MARCH]


def test_a_quarter_is_one_statement_late_once_it_is_over() -> None:
    facts = StatementFacts(
        HOLDER,
        START,
        END,
        terms_by_month([QUARTERLY], lot=9),
    )
    (found,) = awaited_statements(facts, 15, Month(202512), Month(202603))
    assert (found.period, found.silent) == (FIRST_QUARTER, (JANUARY, FEBRUARY, MARCH))
    assert not found.late(date(2026, 4, 15))
    assert found.late(date(2026, 4, 16))


def test_a_quarter_is_heard_of_as_soon_as_one_of_its_months_is() -> None:
    facts = StatementFacts(
        HOLDER,
        START,
        END,
        terms_by_month([QUARTERLY], lot=9),
        sent={Month(JANUARY): (Sent(HOLDER, "recu"),)},
    )
    for first in (Month(202512), Month(202603)):
        (found,) = awaited_statements(facts, 15, first, Month(202603))
        assert found.answered
        assert not found.late(date(2026, 4, 16))
