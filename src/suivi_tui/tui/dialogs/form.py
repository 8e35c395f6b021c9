"""A form: declared fields in, a dict of values out. Enter goes on, Ctrl+S saves."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.dialogs.dialog import Dialog
from suivi_tui.tui.dialogs.form_draft import NEW, FormDraft, HalfTyped
from suivi_tui.tui.plain import plain, shown
from suivi_tui.tui.widgets.bars import FooterBar
from suivi_tui.tui.widgets.fields import Field
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP

Values = dict[str, Any]

COMMANDS = (
    Command("save", "ctrl+s", "Enregistrer", "Enregistrer et fermer.", "dialog", footer=1),
    Command("close", "escape", "Fermer", "Fermer ; ce qui est tapé reste en brouillon.", "dialog",
            footer=2),
)  # fmt: skip


class Form(Dialog[Values]):
    """The values of ``fields`` by key, or None when the form was left.

    ``check(values)`` may raise a UserError about the whole; its sentence is shown, the form stays.
    ``record`` tells the drafts of forms of the same title apart: what the form is about, when it
    is not one new thing. What is typed is kept until values were given.
    """

    commands: ClassVar[tuple[Command, ...]] = COMMANDS
    # False when whoever saves the values forgets the draft.
    forgets_draft = True

    def __init__(
        self,
        title: str,
        fields: Sequence[Field[Any]],
        *,
        check: Callable[[Values], object] | None = None,
        record: int | str = NEW,
    ) -> None:
        super().__init__(title)
        self.fields = list(fields)
        self.draft = FormDraft(self, record)
        self._check = check

    def compose_body(self) -> ComposeResult:
        """The fields, one under the other, and the keys."""
        with VerticalScroll(classes="-form", can_focus=False):
            yield from self.fields
        yield Static("", id="text", markup=False)
        yield FooterBar()

    def on_mount(self) -> None:
        """The first field is ready to type in."""
        self.query_one("#text").display = False
        if self.fields:
            self.call_after_refresh(self.fields[0].focus_input)
        self.call_after_refresh(self.begin_draft)

    def begin_draft(self) -> None:
        """Ask whether to take back what was half-typed last time."""
        self.draft.begin(propose=True)

    @property
    def changed(self) -> bool:
        """Whether something was typed."""
        return any(field.changed for field in self.fields)

    def texts(self) -> dict[str, str]:
        """What is typed, by key."""
        return {field.key: field.text for field in self.fields}

    def half_typed(self) -> HalfTyped:
        """What was typed, by key, with what stood there before: what a draft keeps."""
        return {field.key: (field.initial, field.text) for field in self.fields if field.changed}

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """Put texts back; each goes on where it stopped."""
        # The change of a text clears the fault of its field: nothing is told about it.
        with self.prevent(Input.Changed):
            for field in self.fields:
                if field.key in texts:
                    field.go_on(texts[field.key])
        for field in self.fields:
            field.show_reading()

    def put_half_typed(self, kept: HalfTyped) -> None:
        """Put a draft back; a field whose record was changed meanwhile says what is there now."""
        self.put_texts({key: text for key, (_, text) in kept.items()})
        for field in self.fields:
            was, _ = kept.get(field.key, (field.initial, ""))
            if was != field.initial:
                now = shown(field.initial) or "rien"
                field.show_error(f"La fiche a changé depuis{NBSP}: elle dit «{NBSP}{now}{NBSP}».")

    @on(Field.Changed)
    def _changed(self) -> None:
        self.draft.changed()

    @on(Field.Submitted)
    def _submitted(self, event: Field.Submitted) -> None:
        """Enter: the next field, or save on the last one."""
        place = self.fields.index(event.field)
        if not event.field.check():
            return
        if place + 1 < len(self.fields):
            self.fields[place + 1].focus_input()
        else:
            self.action_save()

    def action_save(self) -> None:
        """Take the values; on a refusal the focus goes to the first faulty field."""
        faulty = [field for field in self.fields if not field.check()]
        if faulty:
            faulty[0].focus_input()
            return
        values: Values = {field.key: field.value() for field in self.fields}
        if self._check is not None:
            try:
                self._check(values)
            except UserError as error:
                self.show_refusal(str(error), getattr(error, "fields", {}))
                return
        self.dismiss(values)

    def show_refusal(self, sentence: str, faults: Mapping[str, str]) -> None:
        """Say what was refused, under the fields when they are named; the first one is ready to
        be typed again, else the first of the form."""
        faulty = [field for field in self.fields if field.key in faults]
        for field in faulty:
            field.show_error(faults[field.key])
        text = self.query_one("#text", Static)
        text.display = not any(faults[field.key] for field in faulty)
        text.update(plain(sentence, multiline=True))
        for field in (faulty or self.fields)[:1]:
            field.focus_input()

    def dismiss(self, result: Values | None = None) -> AwaitComplete:
        """Close; values given need no draft any more."""
        self.draft.stop()
        if result is not None and self.forgets_draft:
            self.draft.forget()
        return super().dismiss(result)

    def keep_draft(self) -> None:
        """The application ends."""
        self.draft.keep_at_end()

    def action_close(self) -> None:
        """Leave; what was typed stays as a draft, or is asked about where nothing can be kept."""
        if not self.changed:
            self.draft.keep()
            self.dismiss(None)
        elif self.draft.keep():
            app: Any = self.app
            app.toast("Saisie gardée en brouillon.")
            self.dismiss(None)
        else:
            question = "Ce qui a été saisi dans ce formulaire sera abandonné."
            self.app.push_screen(
                Confirm(self.heading, question, yes="Abandonner", no="Continuer la saisie"),
                self._leave_if,
            )

    def _leave_if(self, yes: bool | None) -> None:
        if yes:
            self.dismiss(None)
