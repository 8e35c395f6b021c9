"""The statement wall: who declares x month; one key marks a statement, Enter opens its hours."""

from collections.abc import Hashable
from fractions import Fraction
from functools import partial
from typing import Any, Final

from textual import events, on
from textual.app import ComposeResult

from suivi_tui import paths
from suivi_tui.readings.wall import MonthState, WallMonth, WallRow
from suivi_tui.readings.wall import Wall as WallReading
from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.plain import fit, shown
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.grille import saving
from suivi_tui.tui.screens.grille.screen import HourGridScreen
from suivi_tui.tui.screens.shared.asking import AskingForm, ask
from suivi_tui.tui.screens.shared.exporting import export_shown
from suivi_tui.tui.widgets.cell_table import Line, MonthColumn
from suivi_tui.tui.widgets.columns import Column
from suivi_tui.tui.widgets.fields import TextField
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.tui.widgets.status_line import StatusLine, joined
from suivi_tui.tui.widgets.wall import Brick, Wall
from suivi_tui.vocabulary.choices import StatementStatus, find
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import format_hours
from suivi_tui.vocabulary.months import Month, format_month, short_month
from suivi_tui.vocabulary.numbers import NBSP, format_number, plural

MONTHS: Final = 12
WIDE: Final = 110
PHONE_WIDTH: Final = 16
EMPTY: Final = (
    "Aucune obligation en cours : ajoutez un marché (touche 3, puis a), ou importez un fichier."
)
NOTHING_LATE: Final = "Aucun relevé n'est en retard. Touche l : revoir tous les relevés."
SIGNS: Final = {
    MonthState.OUTSIDE: ("·", "muted"),
    MonthState.EXPECTED: ("?", "info"),
    MonthState.LATE: ("!", "critique"),
    MonthState.PARTIAL: ("~", "alerte"),
    MonthState.RECEIVED: ("•", "alerte"),
    MonthState.NO_ACTIVITY: ("–", "muted"),
    MonthState.CHECKED: ("✓", "ok"),
    MonthState.LOCKED: ("=", "ok"),
}


class StatementWall(Wall):
    """Who declares beside the contract and lot; the phone too when the window is wide."""

    right_title = "Téléphone"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(empty=EMPTY, id=id)
        self.names: dict[Hashable, tuple[str, str, str]] = {}

    def on_resize(self, event: events.Resize) -> None:
        """Room for the phone."""
        self.right_width = PHONE_WIDTH if event.size.width >= WIDE else 0

    def draw_row(self, row: int, width: int) -> list[Piece]:
        """The name is cut, never the contract and lot."""
        pieces = super().draw_row(row, width)
        who, contract, _ = self.names.get(self.lines[row].key, ("", "", ""))
        room = self.label_width - 2
        right = fit(shown(contract), min(len(shown(contract)), room * 2 // 3))
        left = fit(shown(who), max(0, room - len(right)))
        return [(f"{pieces[0][0][:1]}{left} {right}", ""), *pieces[1:]]

    def draw_right(self, row: int, width: int) -> list[Piece]:
        """The phone of whom to call."""
        phone = self.names.get(self.lines[row].key, ("", "", ""))[2]
        return [(fit(" " + shown(phone), width), "")] if width else []


def _writable(screen: "Statements") -> bool:
    return not screen.suivi.read_only


def _mark(status: StatementStatus, key: str, footer: int) -> Command:
    sentence = f"Marquer le relevé {status.label.lower()}, ou retirer la marque."
    return Command("mark", key, status.label, sentence, "saisie", "Relevés", footer,
                   parameters=(status.value,), available=_writable)  # fmt: skip


class Statements(SuiviScreen[None]):
    """Screen 2: the statements of every obligation under way, month by month."""

    screen_name = "saisie"
    heading = "Saisie"
    purpose = (
        "Une ligne par obligation, une colonne par mois. Entrée ouvre la grille des heures. "
        "Signes : ? attendu, ! en retard, • reçu, ~ partiel, – sans activité, ✓ vérifié, "
        "= verrouillé, · hors période."
    )
    commands = (
        _mark(StatementStatus.RECEIVED, "r", 20),
        _mark(StatementStatus.NO_ACTIVITY, "s", 30),
        _mark(StatementStatus.CHECKED, "v", 40),
        Command("only_late", "l", "Retards", "Ne montrer que les relevés en retard, ou tout.",
                "saisie", "Relevés", 50),
        Command("lock", "k", "Verrouiller", "Verrouiller le relevé, ou le rouvrir avec un motif.",
                "saisie", "Relevés", 90, available=_writable),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.reading: WallReading | None = None
        self.rows: list[WallRow] = []
        self.late_only = False
        self._wanted = 0

    def compose_body(self) -> ComposeResult:
        """A line of figures, the wall, three lines about the cell."""
        yield StatusLine(id="about")
        yield StatementWall(id="wall")
        yield StatusLine(3, id="cell")

    @property
    def wall(self) -> StatementWall:
        """The wall."""
        return self.query_one(StatementWall)

    def load(self) -> None:
        """The statements of the last twelve months."""
        today = self.suivi.today

        def ask(base: Any) -> WallReading:
            from suivi_tui.readings.wall import wall
            from suivi_tui.reference.loader import thresholds

            return wall(base.connection, today, thresholds(paths.reference_file()).alerts, MONTHS)

        self.read("wall", ask, self.show_reading)

    def show_reading(self, reading: WallReading) -> None:
        """Show what was read."""
        first, self.reading = self.reading is None, reading
        self.rows = [row for row in reading.rows if row.late or not self.late_only]
        wall = self.wall
        wall.empty = NOTHING_LATE if self.late_only and reading.rows else EMPTY
        wall.names = {
            row.obligation.obligation: (
                row.obligation.company_name,
                contract_lot(row),
                row.call.phone if row.call else "",
            )
            for row in self.rows
        }
        wall.set_data(
            [line_of(row) for row in self.rows],
            [MonthColumn(month, short_month(month)) for month in reading.months],
            {
                (row.obligation.obligation, month): brick_of(brick)
                for row in self.rows
                for month, brick in zip(reading.months, row.months, strict=True)
            },
        )
        late = sum(row.late for row in reading.rows)
        self.query_one("#about", StatusLine).say(
            joined(
                [
                    plural(len(reading.rows), "obligation", "obligations"),
                    plural(late, "relevé en retard", "relevés en retard"),
                    "retards seulement" if self.late_only else "",
                ]
            )
        )
        self._go_to_wanted()
        self.show_cell()
        if first:
            wall.focus()

    @on(Wall.CursorMoved)
    def _moved(self, event: Wall.CursorMoved) -> None:
        event.stop()
        self.query_one("#cell", StatusLine).say_at_rest(*self._cell_words())

    def show_cell(self) -> None:
        """Say now what is under the cursor."""
        self.query_one("#cell", StatusLine).say(*self._cell_words())

    def _cell_words(self) -> tuple[Piece, ...]:
        here = self.here()
        if here is None:
            return ()
        row, month, brick = here
        state = (month_words(month, brick), SIGNS[brick.state][1])
        if brick.state is MonthState.OUTSIDE and row.obligation.start is None:
            unknown = "démarrage à saisir dans l'écran Marchés, touche d"
            state = (f"{format_month(month)}{NBSP}: {unknown}", "alerte")
        return (row_words(row), ""), (call_words(row), ""), state

    def here(self) -> tuple[WallRow, Month, WallMonth] | None:
        """The obligation, the month and its state under the cursor."""
        wall, reading = self.wall, self.reading
        if reading is None or wall.cursor_row >= len(self.rows):
            return None
        row = self.rows[wall.cursor_row]
        return row, reading.months[wall.cursor_column], row.months[wall.cursor_column]

    @on(Wall.BrickSelected)
    def _open(self, event: Wall.BrickSelected) -> None:
        event.stop()
        here = self.here()
        if here is not None:
            row, month, _ = here
            neighbours = [item.obligation.obligation for item in self.rows]
            self.suivi.push_screen(HourGridScreen(row.obligation.obligation, month, neighbours))

    def action_mark(self, status: str) -> None:
        """Mark the statement of the cell, or take the mark back."""
        here, wanted, today = self.here(), find(StatementStatus, status), self.suivi.today
        if here is None or wanted is None:
            return
        row, month, brick = here
        obligation = row.obligation.obligation

        def done(_: None) -> None:
            if wanted is StatementStatus.CHECKED and brick.pending_lines:
                pending = plural(brick.pending_lines, "ligne reste", "lignes restent")
                self.notify_plain(f"{pending} à valider en {format_month(month)}.", "warning")
            self.load()

        mark = partial(
            saving.toggle, obligation=obligation, month=month, status=wanted, today=today
        )
        self.write(mark, done)

    def action_lock(self) -> None:
        """Lock the statement of the cell, or reopen it with a reason."""
        here = self.here()
        if here is None:
            return
        row, month, brick = here
        obligation = row.obligation.obligation
        if brick.state is not MonthState.LOCKED:
            self.write(lambda base: saving.lock(base, obligation, month), lambda _: self.load())
            return
        reason = "Motif de réouverture"
        ask(
            self,
            lambda: AskingForm(
                f"Rouvrir {format_month(month)}",
                [TextField("reason", reason, required=True)],
                record=obligation,
            ),
            lambda base, values: saving.reopen(base, obligation, month, values["reason"]),
            lambda _: self.load(),
        )

    def action_only_late(self) -> None:
        """Only the obligations with a late statement, or all."""
        self.late_only = not self.late_only
        if self.reading is not None:
            self.show_reading(self.reading)

    def show_record(self, obligation: int) -> None:
        """The hours of an obligation; the wall under them is on its row."""
        self._wanted = obligation
        self._go_to_wanted()
        neighbours = [row.obligation.obligation for row in self.rows]
        self.suivi.push_screen(HourGridScreen(obligation, None, neighbours))

    def _go_to_wanted(self) -> None:
        places = [row.obligation.obligation for row in self.rows]
        if self._wanted in places:
            self.wall.go_to_cell(places.index(self._wanted), self.wall.cursor_column)
            self._wanted = 0

    def export_shown(self) -> None:
        """The wall as it is shown: a line an obligation, the state of each month."""
        months = self.reading.months if self.reading is not None else ()
        columns = [Column("Qui déclare"), Column("Marché"), Column("À appeler"),
                   *(Column(format_month(month)) for month in months)]  # fmt: skip
        rows = [
            (
                row.obligation.company_name,
                contract_lot(row),
                joined([row.call.phone or row.call.mail, row.call.name]) if row.call else "",
                *(brick.state.label for brick in row.months),
            )
            for row in self.rows
        ]
        export_shown(self, "Relevés", columns, rows)

    def can_filter(self) -> bool:
        """Whether there is a row to go to."""
        return bool(self.rows)

    def start_filter(self) -> None:
        """Go to a row by a few letters."""
        choices = [
            Choice(place, joined([row.obligation.company_name, contract_lot(row)]),
                   row.obligation.operation_name, row.obligation.object)
            for place, row in enumerate(self.rows)
        ]  # fmt: skip

        def go(place: int | None) -> None:
            if place is not None:
                self.wall.go_to_cell(place, self.wall.cursor_column)

        self.suivi.push_screen(Choose("Aller à une obligation", choices), go)


def line_of(row: WallRow) -> Line:
    """A line of the wall; its label is as long as what is drawn."""
    about = row.obligation
    return Line(about.obligation, f"{about.company_name} {contract_lot(row)}")


def contract_lot(row: WallRow) -> str:
    """Number of the contract, and of the lot when there are lots."""
    about = row.obligation
    lot = f"/{about.lot_number}" if about.lot_number not in ("", "0") else ""
    return f"{about.number or 'sans numéro'}{lot}"


def brick_of(month: WallMonth) -> Brick:
    """Sign, whole hours, tone."""
    sign, tone = SIGNS[month.state]
    text = format_number(Fraction(month.declared, 100)) if month.declared else ""
    return Brick(sign, text, tone)


def row_words(row: WallRow) -> str:
    """The obligation: who, which contract and lot, where."""
    about = row.obligation
    lot = f"lot {about.lot_number}" if about.lot_number not in ("", "0") else ""
    contract = f"{about.number} {lot}".strip()
    return joined([about.company_name, contract, about.operation_name or about.object])


def call_words(row: WallRow) -> str:
    """Whom to call, the phone first."""
    call = row.call
    if call is None:
        return f"Appeler{NBSP}: aucun contact"
    return f"Appeler{NBSP}: " + joined([call.phone or call.mail, call.name, call.role])


def month_words(month: Month, brick: WallMonth) -> str:
    """State of the month in words, since when it is late, hours."""
    said = f"{format_month(month)}{NBSP}: {brick.state.label.lower()}"
    if brick.late_since is not None:
        days = plural(brick.days_late, "jour", "jours")
        said += f" depuis le {format_date(brick.late_since)} ({days})"
    hours = f"{format_hours(brick.declared)} déclarées" if brick.lines else ""
    pending = ""
    if brick.pending_lines:
        pending = plural(brick.pending_lines, "ligne à valider", "lignes à valider")
    return joined([said, hours, pending])
