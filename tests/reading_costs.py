"""What a question costs: the plans SQLite chooses and the steps it takes; both deterministic."""

import sqlite3
from collections.abc import Callable, Iterable
from typing import Any

_STEP = 10
# Tables that grow without a limit, under every name the queries give them.
UNBOUNDED = (
    "hour_entry",
    "journal",
    "birth",
    "placement",
    "work_contract",
    "work",
    "statement",
    "eligibility",
    "obligation",
    "obligation_event",
    "event",
    "lot",
    "lot_company",
    "contact",
)


def statements_of(connection: sqlite3.Connection, question: Callable[[], Any]) -> list[str]:
    """The SQL texts, values included, that a question runs."""
    texts: list[str] = []
    connection.set_trace_callback(texts.append)
    try:
        question()
    finally:
        connection.set_trace_callback(None)
    # Lines that begin with "--" are what virtual tables run inside.
    return [text for text in texts if text.lstrip().upper().startswith(("SELECT", "WITH"))]


def plan_of(connection: sqlite3.Connection, question: Callable[[], Any]) -> list[str]:
    """The lines of the plans of every statement of a question."""
    return [
        row[3]
        for text in statements_of(connection, question)
        for row in connection.execute(f"EXPLAIN QUERY PLAN {text}")
    ]


def scans(plan: Iterable[str]) -> list[str]:
    """The lines of a plan that read a whole table without a limit, or build an index to do so."""
    return [
        line
        for line in plan
        if "AUTOMATIC" in line
        or any(line == f"SCAN {name}" or line.startswith(f"SCAN {name} ") for name in UNBOUNDED)
    ]


def steps_of(connection: sqlite3.Connection, question: Callable[[], Any]) -> int:
    """How many steps of SQLite's machine a question takes, to the ten."""
    question()  # statements are prepared, schemas read
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    connection.set_progress_handler(count, _STEP)
    try:
        question()
    finally:
        connection.set_progress_handler(None, 0)
    return taken * _STEP
