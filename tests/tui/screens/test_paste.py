"""What a pasted column or table means, before anything is written."""

import pytest

from suivi_tui.tui.screens.grille.paste import Pasted, cells_of_text, read_paste
from suivi_tui.tui.widgets.cell_table import Line, MonthColumn
from suivi_tui.tui.widgets.cells import Cell
from suivi_tui.vocabulary.hours import Hours

LINES = [Line((1, 1), "CANARI Jeanne"), Line((2, 1), "MOINEAU Paul"), Line((3, 1), "PIC Élodie")]
MONTHS = [MonthColumn(202604, "avr. 26"), MonthColumn(202605, "mai 26")]
CELLS = {
    ((1, 1), 202604): Cell(Hours(1000)),
    ((2, 1), 202605): Cell(None, locked=True),
}


def read(text: str, row: int = 0, column: int = 0) -> list[Pasted]:
    return read_paste(cells_of_text(text), LINES, MONTHS, CELLS, (row, column))


def places(values: list[Pasted]) -> list[tuple[object, object, int | None, str]]:
    return [
        (item.line.key if item.line else None, item.month.key if item.month else None,
         item.hours, item.fault)
        for item in values
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "cursor", "found"),
    [
        ("10\n7h30\n", (0, 0), [((1, 1), 202604, 1000, ""), ((2, 1), 202604, 750, "")]),
        ("1\n\n3", (0, 0), [((1, 1), 202604, 100, ""), ((3, 1), 202604, 300, "")]),
        ("1\r\n2", (2, 1), [((3, 1), 202605, 100, ""), (None, 202605, 200, "hors de la grille")]),
        ("1\t2", (0, 1), [((1, 1), 202605, 100, ""), ((1, 1), None, 200, "mois non affiché")]),
        ("x\n1", (0, 0), [((1, 1), 202604, None, "nombre illisible"), ((2, 1), 202604, 100, "")]),
        ("1\n2", (0, 1), [((1, 1), 202605, 100, ""), ((2, 1), 202605, 200, "case fermée")]),
        ("Paul Moineau;1\npic elodie;2", (0, 0),
         [((2, 1), 202604, 100, ""), ((3, 1), 202604, 200, "")]),
        ("Nom\tmai 2026\tavril 2026\nCANARI\t5\t6", (0, 0),
         [((1, 1), 202605, 500, ""), ((1, 1), 202604, 600, "")]),
        ("2026-05\n4", (0, 0), [((1, 1), 202605, 400, "")]),
        ("721", (0, 0), [((1, 1), 202604, 72100, "plus de 24\u00a0h par jour")]),
    ],
)  # fmt: skip
def test_where_values_go(
    text: str, cursor: tuple[int, int], found: list[tuple[object, ...]]
) -> None:
    assert places(read(text, *cursor)) == found


def test_an_unchanged_value_is_not_written() -> None:
    values = read("10\n2")
    assert [item.writes for item in values] == [False, True]


def test_hostile_text_is_cleaned() -> None:
    assert cells_of_text("\x1b[2J\ta\u202eb\n[/b];1") == [["[2J", "ab"], ["[/b];1"]]


def test_other_columns_tell_the_lines_of_a_person_apart() -> None:
    lines = [Line((1, 1), "PIC Zoé", tag="2026-01/3"), Line((2, 1), "PIC Zoé", tag="2026-02")]
    table = cells_of_text("PIC Zoé\t2026-02\t7\npic zoe\t2026-01/3\t8\nPIC Zoé\t?\t9\nX\t?\t1")
    values = read_paste(table, lines, MONTHS, {}, (0, 0))
    assert places(values) == [
        ((2, 1), 202604, 700, ""),
        ((1, 1), 202604, 800, ""),
        (None, 202604, 900, "plusieurs lignes"),
        (None, 202604, 100, "hors de la grille"),
    ]
