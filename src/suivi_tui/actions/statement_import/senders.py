"""Whose statement a file is, as far as the file tells: proposed, always shown, never certain."""

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath
from typing import NamedTuple

from suivi_tui.actions.statement_import.planned import Candidate
from suivi_tui.actions.statement_import.world import World
from suivi_tui.exchange.statement_files.reading import StatementReading
from suivi_tui.exchange.statement_files.workbook import Workbook
from suivi_tui.store.queries.import_memory import ProfileRow

_TITLE_ROWS = 15
_LOOKED_LINES = 300
_IN_TITLE, _IN_COLUMN, _IN_PROFILE, _IN_NAME = 3, 3, 2, 2
_MOST, _MOST_WEIGHT = 0.5, 2


class Proposed(NamedTuple):
    """The company that a file most likely comes from, and those that it may come from."""

    sender: int | None
    candidates: tuple[Candidate, ...]


def propose_sender(
    workbook: Workbook,
    reading: StatementReading,
    world: World,
    profiles: Iterable[ProfileRow],
) -> Proposed:
    """Who sent a file: named above its table, in its employer column or in its name, or known
    for this layout. The people in it only decide between companies that something names."""
    scores: Counter[int] = Counter()
    for row in world.companies.named_within(_title(workbook, reading)):
        scores[row] += _IN_TITLE
    for row in world.companies.named_within(PurePath(workbook.name).stem):
        scores[row] += _IN_NAME
    column = _employer_column(reading, world)
    if column is not None:
        scores[column] += _IN_COLUMN
    shapes = {sheet.shape for sheet in reading.sheets}
    known = {row.sender for row in profiles if row.shape in shapes and row.sender is not None}
    if len(known) == 1:
        scores[known.pop()] += _IN_PROFILE
    employers = _employers_of_people(reading, world)
    for row, share in employers.items():
        if share >= _MOST and row in scores:
            scores[row] += _MOST_WEIGHT
    ranked = [row for row, _ in scores.most_common() if row in world.companies.names]
    candidates = dict.fromkeys([*ranked, *employers])
    best = ranked[0] if ranked else None
    if len(ranked) > 1 and scores[ranked[0]] == scores[ranked[1]]:
        best = None
    return Proposed(best, tuple(world.companies.candidate(row) for row in candidates))


def _title(workbook: Workbook, reading: StatementReading) -> str:
    """The texts above the tables."""
    firsts: dict[str, int] = {}
    for sheet in reading.sheets:
        header = min(sheet.layout.header_rows, default=_TITLE_ROWS + 1)
        firsts[sheet.name] = min(header, firsts.get(sheet.name, header))
    texts = []
    for read in workbook.sheets:
        last = min(firsts.get(read.name, 0) - 1, _TITLE_ROWS)
        for cells in read.rows[: max(last, 0)]:
            texts += [str(cell) for cell in cells if isinstance(cell, str | int) and cell != ""]
    return "\n".join(texts)


def _employer_column(reading: StatementReading, world: World) -> int | None:
    named = {(line.employer, line.employer_siret) for line in reading.lines}
    if len(named) != 1:
        return None
    found = world.companies.find(*named.pop())
    return found[0] if len(found) == 1 else None


def _employers_of_people(reading: StatementReading, world: World) -> dict[int, float]:
    """Who employs the people of the file: the share of those that are known."""
    people = {(line.person, line.birth, line.reference) for line in reading.lines[:_LOOKED_LINES]}
    counts: Counter[int] = Counter()
    known = 0
    for name in people:
        found = world.people.known(*name)
        if found is None:
            continue
        known += 1
        employers = {row.employer for row in world.placed.get(found, ()) if row.employer}
        counts.update(employers)
    return {row: count / known for row, count in counts.most_common(3)} if known else {}
