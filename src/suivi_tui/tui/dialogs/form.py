"""A form: declared fields in, a dict of values out. Enter goes on, Ctrl+S saves."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.dialogs.dialog import Dialog
from suivi_tui.tui.plain import plain
from suivi_tui.tui.widgets.bars import FooterBar
from suivi_tui.tui.widgets.fields import Field
from suivi_tui.vocabulary.errors import UserError

Values = dict[str, Any]

COMMANDS = (
    Command("save", "ctrl+s", "Enregistrer", "Enregistrer et fermer.", "dialog", footer=1),
    Command("close", "escape", "Abandonner", "Fermer sans enregistrer.", "dialog", footer=2),
)


class Form(Dialog[Values]):
    """The values of ``fields`` by key, or None when the form was left.

    ``check(values)`` may raise a UserError about the whole; its sentence is shown, the form stays.
    ``on_change(texts)`` receives the texts at each change, so that a screen can keep a draft.
    """

    commands: ClassVar[tuple[Command, ...]] = COMMANDS

    def __init__(
        self,
        title: str,
        fields: Sequence[Field[Any]],
        *,
        check: Callable[[Values], object] | None = None,
        on_change: Callable[[dict[str, str]], object] | None = None,
    ) -> None:
        super().__init__(title)
        self.fields = list(fields)
        self._check = check
        self._on_change = on_change

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

    @property
    def changed(self) -> bool:
        """Whether something was typed."""
        return any(field.changed for field in self.fields)

    def texts(self) -> dict[str, str]:
        """What is typed, by key: what a draft keeps."""
        return {field.key: field.text for field in self.fields}

    def put_texts(self, texts: dict[str, str]) -> None:
        """Put a draft back."""
        for field in self.fields:
            if field.key in texts:
                field.text = texts[field.key]

    @on(Field.Changed)
    def _changed(self, event: Field.Changed) -> None:
        if self._on_change is not None and not isinstance(event, Field.Submitted):
            self._on_change(self.texts())

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
                text = self.query_one("#text", Static)
                text.display = True
                text.update(plain(str(error), multiline=True))
                return
        self.dismiss(values)

    def action_close(self) -> None:
        """Leave; asks only when something was typed."""
        if not self.changed:
            self.dismiss(None)
            return
        question = "Ce qui a été saisi dans ce formulaire sera abandonné."
        self.app.push_screen(
            Confirm(self.heading, question, yes="Abandonner", no="Continuer la saisie"),
            self._leave_if,
        )

    def _leave_if(self, yes: bool | None) -> None:
        if yes:
            self.dismiss(None)
