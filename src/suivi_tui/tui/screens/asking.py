"""A form asked from a screen: what a refusal says comes back in the form, with what was typed."""

from collections.abc import Callable
from typing import Any, TypeVar

from textual.await_complete import AwaitComplete
from textual.widgets import Input, Static

from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.plain import plain
from suivi_tui.tui.plain import typed as as_typed
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.workers import Failure
from suivi_tui.vocabulary.errors import UserError

T = TypeVar("T")


class AskingForm(Form):
    """A form that remembers what was typed after it is closed, and opens again with it."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.typed: dict[str, str] = {}
        self.faults: dict[str, str] = {}
        self.sentence = ""

    def on_mount(self) -> None:
        """Put back what was typed, and say what was refused."""
        if self.typed:
            # After the form has put the focus on its first field: leaving a field checks it.
            self.call_after_refresh(self.call_after_refresh, self._put_back)

    @property
    def changed(self) -> bool:
        """Whether something was typed; a field shows its first value with ordinary spaces."""
        return any(field.text != as_typed(field.initial) for field in self.fields)

    def dismiss(self, result: Values | None = None) -> AwaitComplete:
        """Close; the texts stay readable."""
        self.typed = self.texts()
        return super().dismiss(result)

    def _put_back(self) -> None:
        # The change of a text clears the fault of its field: it is told after, not before.
        with self.prevent(Input.Changed):
            self.put_texts(self.typed)
        for field in self.fields:
            field.show_reading()
        faulty = [field for field in self.fields if field.key in self.faults]
        for field in faulty:
            field.show_error(self.faults[field.key])
        if faulty:
            faulty[0].focus_input()
        else:
            text = self.query_one("#text", Static)
            text.display = True
            text.update(plain(self.sentence, multiline=True))


def ask(
    screen: SuiviScreen[Any],
    make: Callable[[], AskingForm],
    save: Callable[[Any, Values], T],
    then: Callable[[T], object] | None = None,
) -> None:
    """Show a form; ``save(base, values)`` runs on the desk, ``then`` gets what it returns.

    A refusal opens the form again: nothing typed is lost.
    """
    _ask_again(screen, make, save, then, {}, None)


def _ask_again(
    screen: SuiviScreen[Any],
    make: Callable[[], AskingForm],
    save: Callable[[Any, Values], T],
    then: Callable[[T], object] | None,
    typed: dict[str, str],
    failure: Failure | None,
) -> None:
    form = make()
    form.typed = typed
    form.faults = dict(getattr(failure.error, "fields", {})) if failure else {}
    form.sentence = failure.message if failure else ""

    def answered(values: Values | None) -> None:
        if values is None:
            return
        kept = form.typed

        def refused(failure: Failure) -> None:
            if isinstance(failure.error, UserError) and screen.is_attached:
                _ask_again(screen, make, save, then, kept, failure)
            else:
                screen.suivi.toast_failure(failure)

        screen.write(lambda base: save(base, values), then, refused)

    screen.suivi.push_screen(form, answered)
