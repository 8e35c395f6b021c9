"""A form asked from a screen: what a refusal says comes back in the form, with what was typed."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from textual.await_complete import AwaitComplete

from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.dialogs.form_draft import NEW
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.widgets.fields import Field
from suivi_tui.tui.workers import Failure
from suivi_tui.vocabulary.errors import UserError

T = TypeVar("T")


class AskingForm(Form):
    """A form that remembers what was typed after it is closed, and opens again with it.

    ``sentence`` and ``faults`` (a sentence by key of field, empty: only the focus) say what was
    refused.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.typed: dict[str, str] = {}
        self.faults: dict[str, str] = {}
        self.sentence = ""

    def begin_draft(self) -> None:
        """Put back what was typed and refused, say why; else propose the draft of last time."""
        if not self.typed:
            super().begin_draft()
            return
        self.put_texts(self.typed)
        self.show_refusal(self.sentence, self.faults)
        self.draft.begin(propose=False)

    def dismiss(self, result: Values | None = None) -> AwaitComplete:
        """Close; the texts stay readable."""
        self.typed = self.texts()
        return super().dismiss(result)


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


def ask_fields(
    screen: SuiviScreen[Any],
    title: str,
    fields: Callable[[], Sequence[Field[Any]]],
    save: Callable[[Any, Values], T],
    record: int | str = NEW,
    then: Callable[[T], object] | None = None,
) -> None:
    """A form about ``record`` (see ``Form``), made of ``fields`` each time it is shown.

    Without ``then`` the screen reads again what it shows.
    """

    def make() -> AskingForm:
        return AskingForm(title, fields(), record=record)

    ask(screen, make, save, then if then is not None else lambda _: screen.reload())


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
    form.forgets_draft = False

    def saved(base: Any, values: Values) -> T:
        done = save(base, values)
        # Only once it is saved: a cut in between loses nothing.
        form.draft.drop(base)
        return done

    def answered(values: Values | None) -> None:
        if values is None:
            return
        kept = form.typed

        def refused(failure: Failure) -> None:
            if isinstance(failure.error, UserError) and screen.is_attached:
                _ask_again(screen, make, save, then, kept, failure)
            else:
                screen.suivi.toast_failure(failure)

        screen.write(lambda base: saved(base, values), then, refused)

    screen.suivi.push_screen(form, answered)
