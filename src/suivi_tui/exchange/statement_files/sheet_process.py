"""Reads the cells of a workbook in a process of its own, started by ``workbook_process``.

The reader of workbooks is native code: on a hostile or damaged file it may ask for terabytes, loop
or abort. Here that ends this process and nothing else. The file is run by its path: it imports
nothing of the application. It writes one JSON value on its standard output.
"""

import datetime
import json
import sys
from typing import Any

MEMORY = 2_000_000_000


def main(path: str, most_sheets: int, most_cells: int) -> dict[str, Any]:
    """The visible sheets of the workbook at ``path``, or why it is refused."""
    from python_calamine import (
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    try:
        book = CalamineWorkbook.from_path(path)
    except PasswordError:
        return {"refused": "password"}
    listed = [
        (index, data)
        for index, data in enumerate(book.sheets_metadata)
        if data.typ == SheetTypeEnum.WorkSheet
    ]
    if len(listed) > most_sheets:
        return {"refused": "sheets"}
    sheets, hidden = [], []
    for index, data in listed:
        if data.visible != SheetVisibleEnum.Visible:
            hidden.append(data.name)
            continue
        sheet = book.get_sheet_by_index(index)
        last_row, last_column = sheet.end or (-1, -1)
        most_cells -= (last_row + 1) * (last_column + 1)
        if most_cells < 0:
            return {"refused": "cells"}
        rows = sheet.to_python(skip_empty_area=False)
        merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
        sheets.append({"rank": index, "name": data.name, "rows": rows, "merged": merged})
    return {"sheets": sheets, "hidden": hidden}


def _tagged(value: Any) -> Any:
    """What JSON cannot say, with a letter for what it is."""
    if isinstance(value, datetime.datetime | datetime.date):
        return ["D", value.isoformat()]
    if isinstance(value, datetime.time):
        return ["T", value.isoformat()]
    if isinstance(value, datetime.timedelta):
        return ["S", value.total_seconds()]
    return ["?", ""]


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: the caps on cells are all there is
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    _limit_memory()
    try:
        said = main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    except Exception:
        said = {"refused": "damaged"}
    sys.stdout.buffer.write(json.dumps(said, default=_tagged).encode("ascii"))
