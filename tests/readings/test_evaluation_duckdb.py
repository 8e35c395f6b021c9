"""Every figure of an evaluation against an independent computation: plain SQL in DuckDB.

DuckDB reads the tables as they are, line by line; nothing of the readings is used to say what is
expected, but the labels of codes.
"""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import new_base
from evaluation_plain_sql import (
    COUNTS,
    INSERTION,
    SUMS,
    VALUES,
    expected_by,
    of_lines,
    opened,
    promise,
)
from evaluation_world import TODAY, World
from suivi_tui.readings.breakdowns import MISSING, TITLES
from suivi_tui.readings.buyer_comparison import compare, compare_buyers
from suivi_tui.readings.evaluation import Evaluation, evaluate
from suivi_tui.readings.evaluation_detail import (
    FIGURES,
    LineBehind,
    lines_of,
    obligations_of,
    people_of,
)
from suivi_tui.readings.evaluation_months import heat, months
from suivi_tui.readings.filters import Filters
from suivi_tui.rules.indicators import OBSERVATORY_AGE_BANDS, Bands, Totals
from suivi_tui.vocabulary.choices import label_of
from suivi_tui.vocabulary.months import Month, iso_month

EXAMPLES = settings(max_examples=3)
SEEDS = st.integers(0, 10_000)
BANDS = Bands(OBSERVATORY_AGE_BANDS, grouped_levels=True)


def row(database: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    found = database.execute(sql).fetchone()
    assert found is not None
    return found


def check_hours(database: duckdb.DuckDBPyConnection, found: Evaluation) -> None:
    where = of_lines(found.filters)
    declared, validated, pending, training, insertion, structures, chains = row(
        database,
        f"""SELECT {SUMS}, coalesce(sum(declared) FILTER (kind = 2), 0),
        coalesce(sum(validated) FILTER ({INSERTION}), 0),
        count(DISTINCT line.employer) FILTER ({INSERTION} AND declared <> 0),
        count(DISTINCT coalesce(
          chain.participant || '/' || chain.employer || '/' || chain.rank, CAST(work AS VARCHAR)
        )) FILTER (declared <> 0)
        FROM line LEFT JOIN chain ON chain.id = work
        WHERE {where.replace("employer =", "line.employer =")}""",
    )
    refused = declared - validated - pending
    hours = found.hours
    assert (hours.declared, hours.validated, hours.refused, hours.pending) == (
        declared, validated, refused, pending,
    )  # fmt: skip
    assert (found.training, found.insertion_hours) == (training, insertion)
    assert (found.structures, found.chains) == (structures, chains)
    people, works = row(database, f"SELECT {COUNTS} FROM line WHERE {where}")
    assert (found.participants, found.work_contracts) == (people, works)
    jobs = row(
        database,
        f"""SELECT count(DISTINCT line.participant) FROM line
        JOIN participant p ON p.id = line.participant WHERE {where} AND declared <> 0
        AND hired = (SELECT min(CAST(start AS DATE)) FROM work_contract w
          WHERE w.participant = p.id AND w.removed = 0)
        AND (p.entered_scheme_on IS NULL OR CAST(p.entered_scheme_on AS DATE) >= hired)
        AND year(hired) * 100 + month(hired)
          BETWEEN {found.first or 0} AND {found.last or 999_999}""".replace(
            " AND month BETWEEN", " AND line.month BETWEEN"
        ),
    )
    assert (found.first_jobs,) == jobs


def check_owed(database: duckdb.DuckDBPyConnection, found: Evaluation) -> None:
    filters = found.filters
    promise(database, filters)
    lines = f"SELECT DISTINCT obligation FROM line WHERE {of_lines(filters)} AND declared <> 0"
    if filters.whole_period:
        due, met = "h1 + h2", ""
        counted = "true"
    else:
        begins = iso_month(filters.first or Month(190001)) + "-01"
        closes = f"last_day(DATE '{iso_month(filters.last or Month(299901))}-01')"
        due = (
            f"coalesce((SELECT hours FROM ({expected_by(closes)}) a WHERE a.obligation = "
            "promised.obligation), 0) - coalesce((SELECT hours FROM ("
            f"{expected_by(f'(DATE {chr(39)}{begins}{chr(39)} - 1)')}) a WHERE a.obligation = "
            "promised.obligation), 0)"
        )
        counted = (
            f"(coalesce(site, began) <= {closes} AND coalesce(ends >= '{begins}', true)) "
            f"OR obligation IN ({lines})"
        )
        met = f"AND month <= {filters.last or 999_999}"
    total, obligations, reached = row(
        database,
        f"""SELECT coalesce(sum(CASE WHEN known THEN {due} ELSE 0 END), 0),
        count(*) FILTER (({counted}) OR (known AND {due} <> 0)),
        count(*) FILTER ((({counted}) OR (known AND {due} <> 0)) AND known AND h1 + h2 > 0 AND
          (SELECT coalesce(sum(validated), 0) FROM line
           WHERE line.obligation = promised.obligation {met}) >= h1 + h2)
        FROM promised""",
    )
    assert found.due == total
    assert (found.obligations, found.met) == (obligations, reached)


@EXAMPLES
@given(seed=SEEDS)
def test_every_figure_is_what_duckdb_counts(seed: int) -> None:
    with TemporaryDirectory() as folder, new_base(Path(folder)) as base:
        world = World(base, seed)
        with opened(base) as database:
            for filters in world.filters():
                found = evaluate(base.connection, filters, today=TODAY, bands=BANDS)
                check_hours(database, found)
                check_owed(database, found)
                check_sums(found)


def check_sums(found: Evaluation) -> None:
    for rows in found.breakdowns.values():
        assert sum((line.hours for line in rows), Totals()) == found.hours
        assert all(line.participants <= found.participants for line in rows)
        assert sum(line.participants for line in rows) >= found.participants
        assert all(line.work_contracts <= found.work_contracts for line in rows)
    assert found.expected <= found.due or found.due < 0 or found.expected == 0
    assert sum(found.standing) == found.obligations


@EXAMPLES
@given(seed=SEEDS)
def test_every_breakdown_is_what_duckdb_counts(seed: int) -> None:
    with TemporaryDirectory() as folder, new_base(Path(folder)) as base:
        world = World(base, seed)
        with opened(base) as database:
            for filters in world.filters()[::5]:
                found = evaluate(base.connection, filters, today=TODAY, bands=BANDS)
                assert list(found.breakdowns) == list(TITLES) == list(VALUES)
                for key, (value, kind) in VALUES.items():
                    rows = database.execute(
                        f"SELECT {value} AS value, {COUNTS}, {SUMS} FROM line "
                        f"WHERE {of_lines(filters)} GROUP BY value"
                    ).fetchall()
                    told = {
                        (label_of(kind, said) if kind else said) or MISSING: tuple(figures)
                        for said, *figures in rows
                        if any(figures)
                    }
                    assert {
                        line.value.replace("\u00a0", " "): (
                            line.participants,
                            line.work_contracts,
                            line.hours.declared,
                            line.hours.validated,
                            line.hours.pending,
                        )
                        for line in found.breakdowns[key]
                    } == merged(told), key


def merged(told: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    return {value.replace("\u00a0", " "): figures for value, figures in told.items()}


@EXAMPLES
@given(seed=SEEDS)
def test_months_and_heat_are_what_duckdb_counts(seed: int) -> None:
    with TemporaryDirectory() as folder, new_base(Path(folder)) as base:
        world = World(base, seed)
        with opened(base) as database:
            for filters in world.filters()[::2]:
                where = of_lines(filters)
                found = months(base.connection, filters, TODAY)
                done = evaluate(base.connection, filters, today=TODAY, keys=())
                sums = dict(
                    database.execute(
                        f"SELECT month, sum(declared) FROM line WHERE {where} GROUP BY month"
                    ).fetchall()
                )
                told = {item.month: item.declared_in_month for item in found}
                assert {key: hours for key, hours in told.items() if hours} == {
                    key: hours for key, hours in sums.items() if hours
                }
                if found:
                    assert found[-1].declared == done.hours.declared
                    assert found[-1].validated == done.hours.validated
                if filters.first is not None and filters.last is not None:
                    assert sum(item.owed_in_month for item in found) == done.due
                    known = [item.expected for item in found if item.expected is not None]
                    assert (known[-1] if known else 0) == done.expected
                cells = heat(base.connection, filters, most_months=400)
                grid = {
                    (name or None, month): hours
                    for name, line in zip(cells.names, cells.hours, strict=True)
                    for month, hours in zip(cells.months, line, strict=True)
                    if hours
                }
                rows = database.execute(
                    f"SELECT employer_name, month, sum(declared) FROM line WHERE {where} "
                    "GROUP BY ALL HAVING sum(declared) <> 0"
                ).fetchall()
                assert grid == {(name, month): hours for name, month, hours in rows}


def last_key(lines: list[LineBehind]) -> tuple[int, int, int, int] | None:
    return lines[-1].after if lines else None


@EXAMPLES
@given(seed=SEEDS)
def test_what_is_listed_behind_a_figure_is_what_was_counted(seed: int) -> None:
    with TemporaryDirectory() as folder, new_base(Path(folder)) as base:
        world = World(base, seed)
        connection = base.connection
        for filters in world.filters()[::4]:
            found = evaluate(connection, filters, today=TODAY)
            assert len(people_of(connection, filters)) == found.participants
            lines = lines_of(connection, filters, limit=1000)
            assert sum(line.row.declared for line in lines) == found.hours.declared
            paged = []
            while page := lines_of(
                connection, filters, after=paged[-1].after if paged else None, limit=3
            ):
                paged += page
            assert paged == list(lines)
            assert not any(line.row.last for line in lines)
            sums = {
                "validees": (found.hours.validated, "validated"),
                "a_valider": (found.hours.pending, "declared"),
                "formation": (found.training, "declared"),
                "validees_structures_insertion": (found.insertion_hours, "validated"),
            }
            for figure, (hours, name) in sums.items():
                rows = lines_of(connection, filters, figure, limit=1000)
                assert sum(getattr(line.row, name) or 0 for line in rows) == hours, figure
            assert len(people_of(connection, filters, "premiers_emplois")) == found.first_jobs
            for key in ("sexe", "mois", "employeur"):
                for row_ in found.breakdowns[key]:
                    people = people_of(connection, filters, "participants", key, row_.value)
                    assert len(people) == row_.participants
                    rows = lines_of(connection, filters, "declarees", key, row_.value, limit=1000)
                    assert sum(line.row.declared for line in rows) == row_.hours.declared
            obligations = obligations_of(connection, filters, today=TODAY)
            assert sum(item.due for item in obligations) == found.due
            assert len(obligations_of(connection, filters, "tenues", TODAY)) == found.kept
            for figure in FIGURES:
                people_of(connection, filters, figure, names=True)


@EXAMPLES
@given(seed=SEEDS)
def test_buyers_side_by_side_have_the_figures_they_would_have_alone(seed: int) -> None:
    with TemporaryDirectory() as folder, new_base(Path(folder)) as base:
        world = World(base, seed)
        for filters in world.filters()[::5]:
            for item in compare_buyers(base.connection, filters, today=TODAY):
                wanted = set(filters.buyers or item.buyers) & set(item.buyers)
                alone = filters._replace(buyers=tuple(sorted(wanted)))
                one = evaluate(base.connection, alone, today=TODAY, keys=())
                assert (item.due, item.expected, item.hours) == (one.due, one.expected, one.hours)
                assert (item.participants, item.obligations) == (one.participants, one.obligations)


def test_two_scopes_side_by_side(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        world = World(base, 1)
        left, right = Filters(last=Month(202512)), Filters(company=world.companies[0])
        found = compare(base.connection, left, right, today=TODAY)
        assert found.left == evaluate(base.connection, left, today=TODAY)
        assert found.right == evaluate(base.connection, right, today=TODAY)


@pytest.mark.parametrize("today", [None, date(2025, 12, 31), TODAY])
def test_a_period_expects_no_more_than_it_owes(tmp_path: Path, today: date | None) -> None:
    with new_base(tmp_path) as base:
        World(base, 3)
        filters = Filters(Month(202509), Month(202612))
        found = evaluate(base.connection, filters, today=today, keys=())
        assert 0 <= found.expected <= found.due
        assert (found.expected == found.due) == (today is None)
