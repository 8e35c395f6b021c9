"""Outcomes of a scope: who is counted, and the same numbers found by another program."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from builders import (
    add,
    new_base,
    new_company,
    new_contract,
    new_person,
    new_placement,
    new_work_contract,
)
from suivi_tui.readings.evaluation_outcomes import outcome_figures, outcome_lines
from suivi_tui.readings.filters import Filters
from suivi_tui.rules.outcome_rates import SITUATIONS
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, created, write
from suivi_tui.vocabulary.choices import OutcomePoint, OutcomeSituation
from suivi_tui.vocabulary.choices.evaluation import OutcomeOrigin

TODAY = date(2026, 6, 20)
CLASSES = {
    "cdi": "durable", "cdd_long": "durable", "fonction_publique": "durable",
    "creation": "durable", "cdd_court": "transition", "contrat_aide": "transition",
    "formation": "positive", "autre_siae": "positive", "recherche": "other",
    "inactif": "other", "neutralisee": "neutral",
}  # fmt: skip


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as made:
        yield made


def left(base: Base, market: Any, end: str, **values: Any) -> Any:
    return new_placement(base, market, new_person(base), contract_start="2025-01-01",
                         contract_end=end, **values)  # fmt: skip


def test_paths_of_the_scope_and_of_the_period(base: Base) -> None:
    here = new_contract(base, number="A")
    there = new_contract(base, number="B")
    agency = new_company(base, "Intérim du Val", kind="ETTI")
    left(base, here, "2026-03-31")
    left(base, here, "2025-12-31")
    left(base, there, "2026-02-28", employer=agency)
    # Never placed on any obligation: nobody follows this person here.
    new_work_contract(base, new_person(base), agency, start="2025-01-01", end="2026-01-31")

    def paths(**filters: Any) -> int:
        return outcome_figures(base.connection, Filters(**filters), today=TODAY).paths

    assert paths() == 3
    assert paths(contract=here.contract) == 2
    assert paths(first=202601, last=202612) == 2
    assert paths(first=202601, last=202603, contract=here.contract) == 1
    # An agency holds nothing, and employs one of them.
    assert paths(company=agency) == 1
    assert paths(company=here.company) == 2
    entered = outcome_figures(base.connection, Filters(first=202501, last=202501), today=TODAY,
                              origin=OutcomeOrigin.ENTRY)  # fmt: skip
    assert entered.paths == 3


def test_missions_that_follow_are_one_path_and_both_scopes_count_it(base: Base) -> None:
    here, there = new_contract(base, number="A"), new_contract(base, number="B")
    person = new_person(base)
    new_placement(base, here, person, contract_start="2025-01-01", contract_end="2025-06-30")
    new_placement(base, there, person, contract_start="2025-09-01", contract_end="2026-03-31")
    add(base, "outcome", participant=person, point="sortie", answered_on="2026-04-02",
        situation="cdi", asked_on="2026-04-01")  # fmt: skip
    for filters in (Filters(), Filters(contract=here.contract), Filters(contract=there.contract)):
        found = outcome_figures(base.connection, filters, today=TODAY)
        at_exit = found.at(OutcomePoint.EXIT)
        assert (found.paths, found.people, at_exit.due, at_exit.durable) == (1, 1, 1, 1)
    lines = outcome_lines(base.connection, today=TODAY, point=OutcomePoint.EXIT)
    assert [(line.day, line.situation) for line in lines] == [(date(2026, 3, 31), "cdi")]


def _random_people(base: Base, seed: int) -> None:
    """Seventy people with one to three work contracts, some of them on no obligation."""
    draw = Random(seed)
    market = new_contract(base)
    changes: list[Change] = []

    def made(entity: str, **values: Any) -> int:
        row = base.new_id()
        changes.append(created(entity, row, values))
        return row

    situations = [each.value for each in OutcomeSituation]
    for rank in range(70):
        person = made("participant", last=f"Personne {rank}", first="Camille")
        works = []
        for _ in range(draw.randint(1, 3)):
            start = date(2022, 1, 1) + timedelta(days=draw.randrange(1600))
            end = start + timedelta(days=draw.randrange(400))
            work = made("work_contract", participant=person, start=start.isoformat(),
                        end=end.isoformat())  # fmt: skip
            works.append(work)
            if draw.random() < 0.7:
                made("placement", work_contract=work, obligation=market.obligation)
        for _ in range(draw.randint(0, 5)):
            asked = draw.random() < 0.9
            situation = draw.choice(["", *situations]) if asked else ""
            made(
                "outcome",
                participant=person,
                path=draw.choice([None, *works]),
                point=draw.choice(list(OutcomePoint)).value,
                asked_on="2026-01-01" if asked else None,
                answered_on="2026-01-02" if situation else None,
                situation=situation,
            )
    write(base, changes, label="Essai : parcours")


_BY_ANOTHER = """
WITH before AS (
    SELECT *, max("end") OVER (PARTITION BY participant ORDER BY start, id
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS over
    FROM work
), numbered AS (
    SELECT *, sum(CASE WHEN over IS NULL OR start > over + INTERVAL 12 MONTH THEN 1 ELSE 0 END)
              OVER (PARTITION BY participant ORDER BY start, id) AS path
    FROM before
), paths AS (
    SELECT participant, path, list(id) AS works, max("end") AS left_on, bool_or(placed) AS here
    FROM numbered GROUP BY participant, path
), due AS (
    SELECT paths.*, point.code FROM paths, point
    WHERE here AND left_on <= $today AND left_on + to_months(point.months) <= $today
), told AS (
    SELECT due.participant, due.path, due.code,
           arg_max(said.asked, said.id) AS asked, arg_max(said.situation, said.id) AS situation
    FROM due LEFT JOIN said ON said.participant = due.participant AND said.point = due.code
        AND (said.path IS NULL OR list_contains(due.works, said.path))
    GROUP BY due.participant, due.path, due.code
)
SELECT told.code, count(*), count(*) FILTER (coalesce(asked, false)),
       count(class.name) FILTER (class.name = 'durable'),
       count(class.name) FILTER (class.name = 'transition'),
       count(class.name) FILTER (class.name = 'positive'),
       count(class.name) FILTER (class.name = 'other'),
       count(class.name) FILTER (class.name = 'neutral')
FROM told LEFT JOIN class ON class.code = told.situation GROUP BY told.code
"""


def _with_duckdb(base: Base) -> dict[str, tuple[int, ...]]:
    """Due, asked and the five classes at each point, computed from the exported lines."""
    other = duckdb.connect()
    other.execute("CREATE TABLE work (id BIGINT, participant BIGINT, start DATE, \"end\" DATE, "
                  "placed BOOLEAN)")  # fmt: skip
    other.execute("CREATE TABLE said (id BIGINT, participant BIGINT, path BIGINT, point TEXT, "
                  "asked BOOLEAN, situation TEXT)")  # fmt: skip
    other.execute("CREATE TABLE point AS SELECT * FROM (VALUES ('sortie', 0), ('3_mois', 3), "
                  "('6_mois', 6), ('12_mois', 12)) AS listed (code, months)")  # fmt: skip
    other.execute("CREATE TABLE class (code TEXT, name TEXT)")
    other.executemany("INSERT INTO class VALUES (?, ?)", list(CLASSES.items()))
    work = base.connection.execute(
        'SELECT id, participant, start, "end", EXISTS (SELECT 1 FROM placement '
        "WHERE placement.work_contract = work_contract.id) FROM work_contract"
    ).fetchall()
    said = base.connection.execute(
        "SELECT id, participant, path, point, asked_on IS NOT NULL, situation FROM outcome"
    ).fetchall()
    other.executemany("INSERT INTO work VALUES (?, ?, ?, ?, ?)", work)
    other.executemany("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?)", said)
    rows = other.execute(_BY_ANOTHER, {"today": TODAY}).fetchall()
    return {row[0]: tuple(row[1:]) for row in rows}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_counts_as_another_program(base: Base, seed: int) -> None:
    _random_people(base, seed)
    found = outcome_figures(base.connection, today=TODAY)
    expected = _with_duckdb(base)
    assert expected["sortie"][0] > 40
    for rates in found.points:
        classes = rates.durable, rates.transition, rates.positive, rates.other, rates.neutral
        assert (rates.due, rates.asked, *classes) == expected[rates.point.value]
        assert sum(classes) == rates.answered and len(classes) == len(SITUATIONS)
    lines = outcome_lines(base.connection, today=TODAY)
    assert len(lines) == sum(rates.due for rates in found.points)
