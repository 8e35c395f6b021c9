"""Two small screens over a small base, for the tests of the shell only."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.commands import Command
from suivi_tui.tui.plain import plain
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.widgets.hour_grid import Cell, CellState, HourGrid, Line, MonthColumn
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import END, Row, Sort
from suivi_tui.vocabulary.hours import Hours

TODAY = date(2026, 3, 12)

HOSTILE = (
    "[/b]",
    "[/]",
    "[@click=app.quit]DUPONT[/]",
    "[bold red]x",
    "\x1b[2J\x1b]52;c;aGVsbG8=\x07",
    "\x9b31m",
    "a\u202eb\u2066c",
    "a\u200bb\ufeff",
    "=1+1",
    "Rue [/12]",
    "[x] fait [sic]",
    "e\u0301\u0301\u0301\u0301\u0301\u0301",
    "日本語 🏗",
)


class SampleBase:
    """A base with one table of ``count`` sites."""

    read_only = False

    def __init__(self, count: int = 300, names: Sequence[str] = ()) -> None:
        self.connection = sqlite3.connect(":memory:", check_same_thread=False)
        self.connection.execute("CREATE TABLE site (id INTEGER PRIMARY KEY, name TEXT)")
        self.connection.execute(
            "CREATE TABLE draft (screen TEXT, row TEXT, content TEXT, saved_at TEXT, "
            "PRIMARY KEY (screen, row))"
        )
        rows = [*names, *(f"Chantier {number:04}" for number in range(len(names), count))]
        self.connection.executemany("INSERT INTO site (name) VALUES (?)", [(n,) for n in rows])
        self.closed = False

    def close(self) -> None:
        self.closed = True
        self.connection.close()


class SiteSource:
    """The sites, paged by key; ``asked`` counts the questions."""

    def __init__(self) -> None:
        self.asked = 0

    def fetch(
        self,
        base: SampleBase,
        after: tuple[Any, ...] | None,
        before: object,
        limit: int,
        sort: Sort | None,
        filter: str,
    ) -> list[Row]:
        self.asked += 1
        down = sort is not None and sort.descending
        backwards = before is not None
        where, values = "name LIKE ?", [f"%{filter}%"]
        key = after if after is not None else before
        if isinstance(key, tuple):
            where += f" AND (name, id) {'<' if down != backwards else '>'} (?, ?)"
            values.extend(key)
        else:
            assert key in (None, END)
        order = "DESC" if down != backwards else "ASC"
        found = base.connection.execute(
            f"SELECT name, id FROM site WHERE {where} ORDER BY name {order}, id {order} LIMIT ?",
            [*values, limit],
        ).fetchall()
        rows = [Row((name, number), number, (name, str(number))) for name, number in found]
        return rows[::-1] if backwards else rows

    def count(self, base: SampleBase, filter: str) -> int | None:
        question = "SELECT count(*) FROM site WHERE name LIKE ?"
        return int(base.connection.execute(question, [f"%{filter}%"]).fetchone()[0])


class Sites(SuiviScreen[None]):
    """A list."""

    screen_name = "marches"
    heading = "Marchés"
    purpose = "Les chantiers de l'essai."
    commands = (
        Command("fail", "a", "Échouer", "Provoquer une erreur.", "marches", "Essai", footer=10),
        Command("late", "", "Échéances", "Voir les échéances.", "marches", "Essai"),
    )
    opened: object = None

    def compose_body(self) -> ComposeResult:
        yield Static(plain("[/b] une ligne"))
        columns = (Column("Nom", 0, sort="name"), Column("Numéro", 8, "right"))
        self.source = SiteSource()
        yield PagedList(
            columns,
            self.source,
            read=self.read,
            sort=Sort("name"),
            title="Chantiers",
            empty="Aucun chantier. Importez un fichier.",
        )

    def action_fail(self) -> None:
        name = "Jeanne CANARI"
        raise ValueError(f"{name} a échoué")

    def action_late(self) -> None:
        self.notify_plain("échéances vues")

    def show_record(self, record: object) -> None:
        self.opened = record


LINES = [Line(number, f"Personne {number}") for number in range(40)]
MONTHS = [
    MonthColumn(202501 + number if number < 12 else 202589 + number, f"mois {number + 1}")
    for number in range(18)
]


class Grid(SuiviScreen[None]):
    """An hour grid that saves in memory and keeps drafts."""

    screen_name = "saisie"
    heading = "Saisie"
    purpose = "La grille de l'essai."

    def __init__(self) -> None:
        super().__init__()
        self.left: list[tuple[object, object, Hours | None]] = []
        self.drafts: list[object] = []
        self.messages: list[object] = []

    def compose_body(self) -> ComposeResult:
        yield HourGrid()

    def load(self) -> None:
        grid = self.query_one(HourGrid)
        cells = {
            (line.key, month.key): Cell(Hours(1000), CellState.PENDING)
            for line in LINES[:3]
            for month in MONTHS[:-1]
        }
        cells[3, MONTHS[-1].key] = Cell(None, locked=True, note="Hors du contrat.")
        grid.set_data(LINES, MONTHS, cells)

    @on(HourGrid.CellLeft)
    def _left(self, event: HourGrid.CellLeft) -> None:
        self.left.append((event.row, event.column, event.hours))
        self.write(
            lambda base: base.connection.execute("SELECT 1").fetchone(),
            lambda _: event.grid.put(event.row, event.column, Cell(event.hours, CellState.PENDING)),
        )

    @on(HourGrid.CellRefused)
    def _refused(self, event: HourGrid.CellRefused) -> None:
        self.notify_plain(event.reason, "warning")

    @on(HourGrid.DraftChanged)
    def _draft(self, event: HourGrid.DraftChanged) -> None:
        self.drafts.append(event.draft)

    @on(HourGrid.ColumnPasted)
    @on(HourGrid.ColumnValidated)
    @on(HourGrid.NoActivity)
    def _other(self, event: object) -> None:
        self.messages.append(event)


SCREENS = {"marches": "tui_samples:Sites", "saisie": "tui_samples:Grid"}


def search(base: SampleBase, text: str) -> list[Any]:
    """The sites whose name holds ``text``."""
    from suivi_tui.tui.dialogs.choose import Choice

    question = "SELECT id, name FROM site WHERE name LIKE ? LIMIT 50"
    found = base.connection.execute(question, [f"%{text}%"]).fetchall()
    return [Choice(("marches", number), name) for number, name in found]


def sample_app(first: str = "marches", base: SampleBase | None = None, **options: Any) -> SuiviApp:
    """The application on the sample screens, ``first`` on top."""
    opened = base or SampleBase()
    names = [first, *(name for name in SCREENS if name != first)]
    options.setdefault("encoding", "utf-8")
    options.setdefault("screens", {name: SCREENS[name] for name in names})
    return SuiviApp(
        Path("essai.sqlite"),
        TODAY,
        lambda: opened,
        clock=lambda: datetime(2026, 3, 12, 14, 2),
        **options,
    )
