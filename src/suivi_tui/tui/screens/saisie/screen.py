"""The statement wall: who declares x month; one key marks a statement, Enter opens its hours."""

from collections.abc import Hashable
from functools import partial
from typing import Any, Final

from textual import on
from textual.app import ComposeResult

from suivi_tui import paths
from suivi_tui.readings.wall import MonthState, WallLine, wall_lines
from suivi_tui.readings.wall import Wall as WallReading
from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.grille.screen import HourGridScreen
from suivi_tui.tui.screens.saisie import marks
from suivi_tui.tui.screens.saisie.table import StatementWall
from suivi_tui.tui.screens.saisie.words import (
    SIGNS_TOLD,
    brick_of,
    cell_words,
    contract_lot,
    contracts_of,
    line_of,
)
from suivi_tui.tui.screens.shared.asking import AskingForm, ask
from suivi_tui.tui.screens.shared.exporting import export_shown
from suivi_tui.tui.widgets.cell_table import MonthColumn
from suivi_tui.tui.widgets.columns import Column
from suivi_tui.tui.widgets.fields import TextField
from suivi_tui.tui.widgets.status_line import StatusLine, joined
from suivi_tui.tui.widgets.wall import Wall
from suivi_tui.vocabulary.choices import StatementStatus, find
from suivi_tui.vocabulary.months import Month, format_month, short_month
from suivi_tui.vocabulary.numbers import plural

EMPTY: Final = (
    "Aucune obligation en cours : ajoutez un marché (touche 3, puis a), ou importez un fichier."
)
NOTHING_AWAITED: Final = (
    "Aucun relevé n'est attendu ni reçu : saisissez le démarrage des marchés (touche 3)."
)
NOTHING_LATE: Final = "Aucun relevé n'est en retard. Touche l : revoir tous les relevés."


def _writable(screen: "Statements") -> bool:
    return not screen.suivi.read_only


def _mark(status: StatementStatus, key: str, footer: int) -> Command:
    sentence = f"Marquer le relevé {status.label.lower()}, ou retirer la marque."
    return Command("mark", key, status.label, sentence, "saisie", "Relevés", footer,
                   parameters=(status.value,), available=_writable)  # fmt: skip


class Statements(SuiviScreen[None]):
    """Screen 2: the statements of every obligation under way, month by month.

    One line a sender at first: a sender is one file and one call, and there are half as many of
    them as of senders by obligation.
    """

    screen_name = "saisie"
    heading = "Saisie"
    purpose = (
        "Une ligne par déclarant (× 9 : neuf obligations) ou, touche d, par obligation ; une "
        "colonne par mois. Les touches marquent le relevé du mois, ou du trimestre, sur toutes les "
        "obligations de la ligne. Entrée ouvre la grille du déclarant, o celle d'une obligation. "
        + SIGNS_TOLD
    )
    commands = (
        _mark(StatementStatus.RECEIVED, "r", 20),
        _mark(StatementStatus.NO_ACTIVITY, "s", 30),
        _mark(StatementStatus.CHECKED, "v", 40),
        _mark(StatementStatus.PARTIAL, "t", 0),
        Command("only_late", "l", "Retards", "Ne montrer que les relevés en retard, ou tout.",
                "saisie", "Relevés", 50),
        Command("detail", "d", "Détail", "Une ligne par obligation, ou par déclarant.",
                "saisie", "Relevés", 45),
        Command("open_obligation", "o", "Obligation", "Ouvrir la grille d'une obligation.",
                "saisie", "Relevés"),
        Command("blank_form", "f", "Formulaire",
                "Écrire le relevé vierge du mois, à envoyer à ce déclarant.", "saisie", "Relevés"),
        Command("letter", "c", "Courrier", "Préparer une relance à ce déclarant.", "saisie",
                "Relevés", available=_writable),
        Command("lock", "k", "Verrouiller", "Verrouiller le relevé, ou le rouvrir avec un motif.",
                "saisie", "Relevés", 90, available=_writable),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.reading: WallReading | None = None
        self.lines: list[WallLine] = []
        self.by_sender = True
        self.late_only = False
        self._wanted = 0

    def compose_body(self) -> ComposeResult:
        """A line of figures, the wall, three lines about the cell."""
        yield StatusLine(id="about")
        yield StatementWall(EMPTY, id="wall")
        yield StatusLine(3, id="cell")

    @property
    def wall(self) -> StatementWall:
        """The wall."""
        return self.query_one(StatementWall)

    def load(self) -> None:
        """The statements of the months that alerts watch."""
        today = self.suivi.today

        def ask(base: Any) -> WallReading:
            from suivi_tui.readings.wall import wall
            from suivi_tui.reference.loader import thresholds

            return wall(base.connection, today, thresholds(paths.reference_file()).alerts)

        self.read("wall", ask, self.show_reading)

    def show_reading(self, reading: WallReading) -> None:
        """Show what was read."""
        first, self.reading = self.reading is None, reading
        self.show_lines()
        if first:
            self.wall.focus()

    def show_lines(self) -> None:
        """Lay out the lines: by sender or by obligation, all or the late ones."""
        reading, wall = self.reading, self.wall
        if reading is None:
            return
        rows = [row for row in reading.rows if row.late or not self.late_only]
        self.lines = wall_lines(rows, self.by_sender)
        wall.label_share = 3 if self.by_sender else 2
        wall.empty = NOTHING_AWAITED if reading.obligations else EMPTY
        if self.late_only and reading.rows:
            wall.empty = NOTHING_LATE
        wall.phones = {
            self.key_of(line): line.call.phone for line in self.lines if line.call is not None
        }
        wall.set_data(
            [line_of(line, self.key_of(line), self.by_sender) for line in self.lines],
            [MonthColumn(month, short_month(month)) for month in reading.months],
            {
                (self.key_of(line), month): brick_of(brick)
                for line in self.lines
                for month, brick in zip(reading.months, line.months, strict=True)
            },
        )
        obligations = len({row.obligation.obligation for row in reading.rows})
        self.query_one("#about", StatusLine).say(
            joined(
                [
                    plural(len({row.sender for row in reading.rows}), "déclarant", "déclarants"),
                    plural(obligations, "obligation", "obligations"),
                    plural(reading.late, "relevé en retard", "relevés en retard"),
                    "retards seulement" if self.late_only else "",
                ]
            )
        )
        self._go_to_wanted()
        self.show_cell()

    def key_of(self, line: WallLine) -> Hashable:
        """The key of a line: its sender, and its obligation when it has a line of its own."""
        return line.sender if self.by_sender else (line.sender, line.rows[0].obligation.obligation)

    @on(Wall.CursorMoved)
    def _moved(self, event: Wall.CursorMoved) -> None:
        event.stop()
        here = self.here()
        self.query_one("#cell", StatusLine).say_at_rest(*(cell_words(*here) if here else ()))

    def show_cell(self) -> None:
        """Say now what is under the cursor."""
        here = self.here()
        self.query_one("#cell", StatusLine).say(*(cell_words(*here) if here else ()))

    def here(self) -> tuple[WallLine, Month, int] | None:
        """The line, the month and its column under the cursor."""
        wall, reading = self.wall, self.reading
        if reading is None or wall.cursor_row >= len(self.lines):
            return None
        column = wall.cursor_column
        return self.lines[wall.cursor_row], reading.months[column], column

    # to the grids

    @on(Wall.BrickSelected)
    def _open(self, event: Wall.BrickSelected) -> None:
        from suivi_tui.tui.screens.grille.sender import SenderGridScreen

        event.stop()
        here = self.here()
        if here is not None:
            line, month, _ = here
            senders = dict.fromkeys(item.sender for item in self.lines)
            neighbours = [(sender, month) for sender in senders]
            self.suivi.push_screen(SenderGridScreen(line.sender, month, neighbours))

    def action_open_obligation(self) -> None:
        """The grid of the obligation of the row; of which one, when there are several."""
        here = self.here()
        if here is None:
            return
        line, month, _ = here
        if len(line.rows) == 1:
            self._open_grid(line.rows[0].obligation.obligation, month)
            return
        choices = [
            Choice(row.obligation.obligation, joined([contract_lot(row), row.obligation.object]),
                   row.obligation.operation_name, row.obligation.company_name)
            for row in line.rows
        ]  # fmt: skip

        def go(obligation: int | None) -> None:
            if obligation is not None:
                self._open_grid(obligation, month)

        self.suivi.push_screen(Choose(f"Obligations de {line.sender_name}", choices), go)

    def action_blank_form(self) -> None:
        """Write the blank statement of the sender and month, ready to send."""
        from suivi_tui.tui.screens.shared.forms_to_send import ask_form

        here = self.here()
        if here is not None:
            ask_form(self, here[0].sender, here[1])

    def action_letter(self) -> None:
        """Prepare the reminder of the sender, at the level that is due."""
        from suivi_tui.tui.screens.shared.letters import REMINDERS, ask_letter

        here = self.here()
        if here is not None:
            ask_letter(self, REMINDERS, ("company", here[0].sender))

    def _open_grid(self, obligation: int, month: Month | None) -> None:
        rows = [row.obligation.obligation for line in self.lines for row in line.rows]
        neighbours = list(dict.fromkeys(rows))
        self.suivi.push_screen(HourGridScreen(obligation, month, neighbours))

    def show_record(self, obligation: int) -> None:
        """The hours of an obligation; the wall under them is on its row."""
        self._wanted = obligation
        self._go_to_wanted()
        self._open_grid(obligation, None)

    def _go_to_wanted(self) -> None:
        """To the line of an obligation, one that is late first."""
        found = [
            (not row.late, place)
            for place, line in enumerate(self.lines)
            for row in line.rows
            if row.obligation.obligation == self._wanted
        ]
        if found:
            self.wall.go_to_cell(min(found)[1], self.wall.cursor_column)
            self._wanted = 0

    # marks

    def _places(self) -> list[marks.Place]:
        here = self.here()
        if here is None or self.reading is None:
            return []
        line, _, column = here
        return marks.places_of(line, self.reading.months, column)

    def action_mark(self, status: str) -> None:
        """Mark the statements of the cell, or take the mark back."""
        here, wanted, today = self.here(), find(StatementStatus, status), self.suivi.today
        places = self._places()
        if here is None or wanted is None or not places:
            return
        line, month, column = here
        waiting = line.months[column].pending_lines

        def done(said: str) -> None:
            if said:
                self.notify_plain(said)
            if wanted is StatementStatus.CHECKED and waiting:
                pending = plural(waiting, "ligne reste", "lignes restent")
                self.notify_plain(f"{pending} à valider en {format_month(month)}.", "warning")
            self.load()

        self.write(partial(marks.mark, places=places, status=wanted, today=today), done)

    def action_lock(self) -> None:
        """Lock the statements of the cell, or reopen them with a reason."""
        here, today, places = self.here(), self.suivi.today, self._places()
        if here is None or not places:
            return
        line, month, column = here
        if line.months[column].state is not MonthState.LOCKED:
            self.write(lambda base: marks.lock(base, places, today), lambda _: self.load())
            return
        title = f"Rouvrir {format_month(month)}"
        ask(
            self,
            lambda: AskingForm(
                title,
                [TextField("reason", "Motif de réouverture", required=True)],
                record=places[0][0],
            ),
            lambda base, values: marks.reopen(base, places, values["reason"]),
            lambda _: self.load(),
        )

    # what is shown

    def action_only_late(self) -> None:
        """Only the rows with a late statement, or all."""
        self.late_only = not self.late_only
        self.show_lines()

    def action_detail(self) -> None:
        """A line by obligation, or by sender; the cursor stays on the same sender."""
        here = self.here()
        self.by_sender = not self.by_sender
        self.show_lines()
        if here is not None:
            places = [
                place for place, line in enumerate(self.lines) if line.sender == here[0].sender
            ]
            self.wall.go_to_cell(places[0], here[2])
            self.show_cell()

    def export_shown(self) -> None:
        """The wall as it is shown: a line a row, the state of each month."""
        months = self.reading.months if self.reading is not None else ()
        columns = [Column("Qui déclare"), Column("Marché"), Column("À appeler"),
                   *(Column(format_month(month)) for month in months)]  # fmt: skip
        rows = [
            (
                line.sender_name,
                contracts_of(line),
                joined([line.call.phone or line.call.mail, line.call.name]) if line.call else "",
                *(brick.state.label for brick in line.months),
            )
            for line in self.lines
        ]
        export_shown(self, "Relevés", columns, rows)

    def can_filter(self) -> bool:
        """Whether there is a row to go to."""
        return bool(self.lines)

    def start_filter(self) -> None:
        """Go to a row by a few letters."""
        choices = [
            Choice(place, joined([line.sender_name, contracts_of(line)]),
                   line.rows[0].obligation.operation_name,
                   " ".join(row.obligation.object for row in line.rows))
            for place, line in enumerate(self.lines)
        ]  # fmt: skip

        def go(place: int | None) -> None:
            if place is not None:
                self.wall.go_to_cell(place, self.wall.cursor_column)

        self.suivi.push_screen(Choose("Aller à un déclarant", choices), go)
