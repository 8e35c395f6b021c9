"""From the rows of a CSV file to typed lines, a column at a time.

Each column of a chunk is mapped through its remembered cells without any Python code per cell:
what is judged one by one is only what a sieve found doubtful.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import compress
from pathlib import Path
from typing import Any, TypeVar

from suivi_tui.exchange.cells import Cells, cells_of, commune_beside_postcode
from suivi_tui.exchange.columns import TableColumns, check_required, match_header
from suivi_tui.exchange.csv_file import Chunk, open_csv
from suivi_tui.exchange.line_report import LinesFile, LineWarning

L = TypeVar("L")


@dataclass(slots=True)
class Batch:
    """A chunk being judged: one list of values for each field, and what was remarked.

    A row is the place of a line in these lists; ``left_out`` holds at most one reason a row.
    """

    numbers: list[int]
    values: dict[str, list[Any]]
    remarks: list[tuple[int, str, str]] = field(default_factory=list)
    left_out: dict[int, LineWarning] = field(default_factory=dict)

    def warn(self, row: int, column: str, message: str) -> None:
        """Remark something about a line that comes in."""
        self.remarks.append((row, column, message))

    def leave_out(self, row: int, column: str, message: str) -> None:
        """Leave a line out; the first reason is the one that is told."""
        self.left_out.setdefault(row, LineWarning(self.numbers[row], column, message))


Judge = Callable[[Batch], None]


def read_lines(
    path: Path,
    table: TableColumns,
    make: Callable[[Iterable[Any]], L],
    judges: Iterable[Judge] = (),
    today: date | None = None,
) -> LinesFile[L]:
    """Read the whole file at ``path`` as lines of ``table``.

    ``make`` builds a line from its number and the values of the columns in their declared
    order. Raises :class:`~suivi_tui.exchange.csv_file.UnreadableFile`.
    """
    file = open_csv(path)
    match = match_header(file.header, table, file.header_number)
    check_required(file.name, match.positions, table)
    result: LinesFile[L] = LinesFile(
        file.name,
        file.sha256,
        [],
        warnings=list(match.warnings),
        columns=frozenset(match.positions),
    )
    columns = _Columns(table, match.positions, today)
    for chunk in file.chunks():
        result.left_out.extend(LineWarning(number, "", why) for number, why in chunk.left_out)
        if not chunk.rows:
            continue
        batch = columns.batch(chunk)
        for judge in judges:
            judge(batch)
        _keep(batch, make, result)
    return result


class _Columns:
    """The columns of one file: where each stands, and its remembered cells."""

    def __init__(self, table: TableColumns, positions: dict[str, int], today: date | None) -> None:
        self._table = table
        self._columns: list[tuple[str, str, int | None, Cells]] = []
        for column in table.columns:
            position = positions.get(column.name)
            cells = cells_of(column, today)
            if column.name == "commune" and position is None:
                position = positions.get("code_postal")
                cells = Cells(commune_beside_postcode)
            self._columns.append((column.name, column.field, position, cells))

    def batch(self, chunk: Chunk) -> Batch:
        """The values of a chunk, with the remarks its cells deserve."""
        texts = list(zip(*chunk.rows, strict=True))
        batch = Batch(chunk.numbers, {})
        faults: dict[tuple[int, str], str] = {}
        for name, key, position, cells in self._columns:
            if position is None:
                batch.values[key] = [cells[""]] * len(chunk.rows)
                continue
            batch.values[key] = list(map(cells.__getitem__, texts[position]))
            if cells.faults and not cells.faults.keys().isdisjoint(texts[position]):
                for row, text in enumerate(texts[position]):
                    if text in cells.faults:
                        faults[row, name] = cells.faults[text]
        self._leave_out_unidentified(batch, faults)
        batch.remarks = [(row, name, fault) for (row, name), fault in faults.items()]
        return batch

    def _leave_out_unidentified(self, batch: Batch, faults: dict[tuple[int, str], str]) -> None:
        """Leave out the lines without a required value or without an identity."""
        for column in self._table.columns:
            if column.required:
                for row in _empty_rows(batch.values[column.field]):
                    why = faults.get((row, column.name), "valeur obligatoire manquante")
                    batch.leave_out(row, column.name, why)
        groups = self._table.identities
        if not groups:
            return
        missing = set(range(len(batch.numbers)))
        for group in groups:
            lacking: set[int] = set()
            for name in group:
                lacking.update(_empty_rows(batch.values[self._table.column(name).field]))
            missing &= lacking
        if missing:
            expected = " ou ".join(", ".join(group) for group in groups)
            names = [name for group in groups for name in group]
            for row in sorted(missing):
                # A date that cannot be read is not a date that is missing.
                wrong = next((name for name in names if (row, name) in faults), None)
                if wrong is not None:
                    batch.leave_out(row, wrong, faults[row, wrong])
                else:
                    batch.leave_out(row, groups[0][0], f"il manque {expected}")


def _empty_rows(values: list[Any]) -> list[int]:
    if None not in values and "" not in values:
        return []
    return [row for row, value in enumerate(values) if value is None or value == ""]


def _keep(batch: Batch, make: Callable[[Iterable[Any]], L], result: LinesFile[L]) -> None:
    rows: Iterable[tuple[Any, ...]] = zip(batch.numbers, *batch.values.values(), strict=True)
    left_out = batch.left_out
    if left_out:
        rows = compress(rows, [row not in left_out for row in range(len(batch.numbers))])
        result.left_out.extend(left_out[row] for row in sorted(left_out))
    result.lines.extend(map(make, rows))
    for row, column, message in sorted(batch.remarks, key=lambda remark: remark[0]):
        if row not in left_out:
            result.warnings.append(LineWarning(batch.numbers[row], column, message))
