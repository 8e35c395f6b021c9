"""« Saisir une ligne »: hours in one line of text, from anywhere.

The line says who, where, which month and how many hours; what it would write is shown, Enter
writes it and the dialog waits for the next one.
"""

import json
from collections.abc import Sequence
from typing import Any, ClassVar, Final, cast

from textual import events, on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from suivi_tui import paths
from suivi_tui.readings.quick_entry import (
    Chosen,
    Option,
    QuickReading,
    completed,
    read_quick_entry,
)
from suivi_tui.readings.quick_line import read_line
from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.dialog import Dialog
from suivi_tui.tui.dialogs.form_draft import FormDraft, HalfTyped
from suivi_tui.tui.dialogs.quick_words import Said, before_and_after, doubts, stage_words, would
from suivi_tui.tui.plain import plain
from suivi_tui.tui.widgets.bars import FooterBar
from suivi_tui.tui.widgets.fields import CleanInput
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MemorySource, Row
from suivi_tui.tui.workers import Failure
from suivi_tui.vocabulary.months import month_of
from suivi_tui.vocabulary.numbers import NBSP

DELAY: Final = 0.12
OPTIONS_SHOWN: Final = 7
EXAMPLE: Final = "dupont 2026-10 151,67"
HELP: Final = (
    f"Qui, quel mois, combien{NBSP}: «{NBSP}{EXAMPLE}{NBSP}». Les mots viennent dans tout ordre ; "
    f"sans mois, le mois dernier. Aussi{NBSP}: lot 2, l'employeur, 151:40, formation."
)
_LINE: Final = "line"

COMMANDS = (
    Command("take", "enter", "Enregistrer", "Enregistrer la ligne, ou prendre le choix.", "dialog",
            footer=1),
    Command("complete", "tab", "Compléter", "Compléter avec le choix.", "dialog", footer=2),
    Command("close", "escape", "Fermer", "Fermer ; ce qui est tapé reste en brouillon.", "dialog",
            footer=3),
)  # fmt: skip


class QuickEntry(Dialog[None]):
    """Stays open line after line; ``today`` gives the month when a line says none."""

    DEFAULT_CSS = """
    QuickEntry #said { height: auto; min-height: 3; }
    QuickEntry #done { height: auto; max-height: 4; color: $text-success; }
    """
    commands: ClassVar[tuple[Command, ...]] = COMMANDS

    def __init__(self) -> None:
        super().__init__("Saisir une ligne d'heures")
        self.draft = FormDraft(cast("Any", self), "")
        self.reading: QuickReading | None = None
        self.chosen = Chosen()
        self.done: list[str] = []
        self._chosen_for: object = None
        self._asked_text: str | None = None
        self._take_when_read = False
        self._timer: Timer | None = None
        self._busy = False

    def compose_body(self) -> ComposeResult:
        """The line, what it would write, what is to be chosen, what was written."""
        yield CleanInput(placeholder=EXAMPLE, compact=True, id=_LINE)
        yield Static("", id="said", markup=False)
        found = PagedList((Column("", 0), Column("", 40)), empty="", id="found")
        found.can_focus = False
        found.header_height = 0
        # In the style of the widget: the sheet of the application gives lists all the room.
        found.styles.height = OPTIONS_SHOWN
        yield found
        yield Static("", id="done", markup=False)
        yield FooterBar()

    def on_mount(self) -> None:
        """The line is ready to be typed."""
        self.query_one("#done").display = False
        self._show_options(())
        self._say(Said(HELP, "$text-muted"))
        self.query_one(f"#{_LINE}").focus()
        self._resume()

    def _resume(self) -> None:
        """Put back the line that was left half-typed, selected: typing replaces it."""
        app: Any = self.app
        if not self.draft.possible:
            return
        place = self.draft.place

        def ask(base: Any) -> str:
            from suivi_tui.store.drafts import read_draft

            draft = read_draft(base, *place)
            return kept_line(draft.content) if draft is not None else ""

        def put_back(text: str) -> None:
            if not self.is_attached:
                return
            if text and not self.changed:
                self._put(text)
                self.query_one(f"#{_LINE}", CleanInput).select_all()
            self.draft.begin(propose=False)

        app.desk.read(f"{id(self)}/draft", ask, put_back, lambda _: put_back(""))

    @property
    def text(self) -> str:
        """What is typed."""
        return self.query_one(f"#{_LINE}", CleanInput).value

    def _put(self, text: str) -> None:
        field = self.query_one(f"#{_LINE}", CleanInput)
        field.value = text
        field.action_end()

    # what a draft needs of a form

    @property
    def changed(self) -> bool:
        """Whether something is typed."""
        return bool(self.text.strip())

    def texts(self) -> dict[str, str]:
        """What is typed."""
        return {_LINE: self.text}

    def half_typed(self) -> HalfTyped:
        """What a draft keeps."""
        return {_LINE: ("", self.text)} if self.changed else {}

    def keep_draft(self) -> None:
        """The application ends."""
        self.draft.keep_at_end()

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close; the draft stays as it is."""
        self.draft.stop()
        return super().dismiss(result)

    def action_close(self) -> None:
        """Leave; a line half-typed stays as a draft."""
        app: Any = self.app
        if self.draft.keep():
            app.toast("Saisie gardée en brouillon.")
        self.dismiss()

    # reading

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.draft.changed()
        self._take_when_read = False
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(DELAY, self.read_now)

    def read_now(self) -> None:
        """Ask the base what the line would write; an answer to an older line is dropped."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        app: Any = self.app
        text, today = self.text, app.today
        self._asked_text = text
        who = read_line(text, month_of(today)).who
        if who != self._chosen_for:
            self.chosen, self._chosen_for = Chosen(), who
        chosen = self.chosen

        def ask(base: Any) -> QuickReading:
            from suivi_tui.reference.loader import thresholds

            limits = thresholds(paths.reference_file())
            return read_quick_entry(base.connection, text, today, limits, chosen)

        app.desk.read(f"{id(self)}/line", ask, lambda reading: self._show(text, reading))

    def _show(self, text: str, reading: QuickReading) -> None:
        if not self.is_attached or text != self._asked_text:
            return
        self.reading = reading
        self._show_options(reading.options)
        if not text.strip():
            self._say(Said(HELP, "$text-muted"))
        elif reading.options:
            self._say(stage_words(reading), *doubts(reading))
        else:
            self._say(*would(reading), *before_and_after(reading), *doubts(reading))
        wanted, self._take_when_read = self._take_when_read, False
        # Options that were not seen yet are never taken.
        if wanted and not reading.options:
            self._write(reading)

    def _show_options(self, options: Sequence[Option]) -> None:
        found = self.query_one(PagedList)
        found.display = bool(options)
        rows = [
            Row((place,), place, (option.label, option.hint))
            for place, option in enumerate(options)
        ]
        found.show(MemorySource(rows))

    def _say(self, *lines: Said) -> None:
        pieces = [plain(line.text, line.style) for line in lines if line.text]
        self.query_one("#said", Static).update(Content("\n").join(pieces))

    # choosing and writing

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    @on(PagedList.RowSelected)
    def _selected(self, event: PagedList.RowSelected) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Take the option under the cursor, or write the line once it was read."""
        reading = self.reading
        if self._busy:
            return
        if reading is None or self.text != self._asked_text or self._timer is not None:
            self.read_now()
            self._take_when_read = True
        elif reading.options:
            self._choose(reading)
        else:
            self._write(reading)

    def action_complete(self) -> None:
        """Take the option under the cursor; nothing is written."""
        if self.reading is not None and self.reading.options and self.text == self._asked_text:
            self._choose(self.reading)

    def _choose(self, reading: QuickReading) -> None:
        place = self.query_one(PagedList).cursor_row
        if place >= len(reading.options):
            return
        option = reading.options[place]
        self.chosen = self.chosen.of(reading.stage, option.row)
        text = completed(self.text, reading, option)
        self._chosen_for = read_line(text, reading.line.usual).who
        if text != self.text:
            with self.prevent(Input.Changed):
                self._put(f"{text} " if not text.endswith(" ") and reading.hours is None else text)
        self.draft.changed()
        self.read_now()

    def _write(self, reading: QuickReading) -> None:
        target, hours = reading.target, reading.hours
        if not reading.ready or target is None or hours is None:
            return
        app: Any = self.app
        month, kind = reading.month, reading.line.kind

        def save(base: Any) -> int:
            from suivi_tui.actions.entry import HourCell, enter_hours

            cell = HourCell(target.obligation, target.placement, month, kind, hours)
            return enter_hours(base, [cell]).batch

        def written(batch: int) -> None:
            app.base_changed()
            if self.is_attached:
                self._written(reading, bool(batch))

        def failed(failure: Failure) -> None:
            self._busy = False
            if self.is_attached:
                self._say(*would(reading), Said(failure.message, "$error"))

        self._busy = True
        app.desk.write(save, written, failed)

    def _written(self, reading: QuickReading, something: bool) -> None:
        self._busy = False
        said = would(reading)[0].text
        self.done = [*self.done[-1:], f"✓ {said}" if something else f"Inchangé{NBSP}: {said}"]
        shown = self.query_one("#done", Static)
        shown.display = True
        shown.update(plain("\n".join(self.done), multiline=True))
        self.draft.forget()
        self.chosen, self._chosen_for = Chosen(), None
        with self.prevent(Input.Changed):
            self._put("")
        self.reading, self._asked_text = None, None
        self._show_options(())
        self._say(Said(HELP, "$text-muted"))

    def on_key(self, event: events.Key) -> None:
        """The line keeps the focus, arrows move in the list."""
        moves = {"up": -1, "down": 1, "pageup": -5, "pagedown": 5}
        if event.key in moves:
            found = self.query_one(PagedList)
            if found.display:
                found.move_to(found.cursor_row + moves[event.key])
            event.stop()
            event.prevent_default()


def kept_line(content: str) -> str:
    """The line that a draft holds; empty when it cannot be read."""
    try:
        return str(json.loads(content)[_LINE][1])
    except (ValueError, TypeError, LookupError):
        return ""
