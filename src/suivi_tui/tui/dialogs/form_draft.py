"""What is half-typed in a form: kept while it is typed, proposed when the form opens again.

A throttle, not a debounce: somebody who types without a pause is kept too (reliability.md 2.2).
"""

import json
from typing import TYPE_CHECKING, Any, Final

from textual.timer import Timer

from suivi_tui.tui.dialogs.resume import Resume
from suivi_tui.tui.workers import Failure
from suivi_tui.vocabulary.numbers import NBSP, plural

if TYPE_CHECKING:
    from suivi_tui.store.drafts import Draft
    from suivi_tui.tui.dialogs.form import Form

# With the write itself, what is typed is on the disk within 250 ms.
KEEP_DELAY: Final = 0.2
NEW: Final = "nouveau"

HalfTyped = dict[str, tuple[str, str]]
"""By key of field: the text that the form began with, and the one that was typed."""


def new_of(record: int | str) -> str:
    """The name of a draft for something new that belongs to a record."""
    return f"{NEW}/{record}"


class FormDraft:
    """Keeps the draft of one form, under its title and ``record``.

    Nothing is kept on a base that cannot be changed, nor before there is one.
    """

    def __init__(self, form: "Form", record: int | str) -> None:
        self._form = form
        self.place = (f"formulaire/{form.heading}", str(record))
        self._timer: Timer | None = None
        self._ready = False
        # What the base holds; None while that is not known.
        self._content: str | None = None
        self._warned = False

    @property
    def possible(self) -> bool:
        """Whether there is a base to keep it in."""
        app: Any = self._form.app
        return bool(app.screens_known) and not app.read_only

    @property
    def _app(self) -> Any:
        return self._form.app

    def begin(self, *, propose: bool) -> None:
        """The form is shown: ask whether to take an older draft back, if there is one."""
        if not self.possible:
            return
        if propose:
            self._app.desk.read(f"{id(self)}/draft", self._read, self._found, self._not_read)
        else:
            self._start(None)

    def _start(self, content: str | None = "") -> None:
        """From now on what is typed is kept; ``content`` is what the base holds already."""
        self._ready, self._content = True, content
        if self._form.changed:
            self.changed()

    def _read(self, base: Any) -> "Draft | None":
        from suivi_tui.store.drafts import read_draft

        return read_draft(base, *self.place)

    def _not_read(self, failure: Failure) -> None:
        self._start()
        self._app.toast_failure(failure)

    def _found(self, draft: "Draft | None") -> None:
        if not self._form.is_attached:
            return
        if draft is None:
            self._start()
            return
        kept = self._news(draft.content)
        if not kept:
            self._start(draft.content)
            return
        fields = plural(len(kept), "champ", "champs")
        question = Resume(draft.saved_at, f"{self._form.heading}{NBSP}: {fields}.")

        def answered(yes: bool | None) -> None:
            if yes is None:
                self._form.dismiss(None)
                return
            if yes:
                self._form.put_half_typed(kept)
            else:
                self.forget()
            self._start(draft.content if yes else "")

        self._app.push_screen(question, answered)

    def _news(self, content: str) -> HalfTyped:
        """What a draft says that the form does not; nothing when it cannot be read."""
        now = self._form.texts()
        try:
            return {
                key: (str(was), str(text))
                for key, (was, text) in json.loads(content).items()
                if now.get(key, text) != text
            }
        except (ValueError, TypeError, AttributeError):
            return {}

    def changed(self) -> None:
        """Something was typed: it is kept soon, however fast the fingers go on."""
        if self._ready and self._timer is None:
            self._timer = self._form.set_timer(KEEP_DELAY, self.keep)

    def keep(self) -> bool:
        """Keep now what is half-typed; whether there is something, and a base to keep it in."""
        self.stop()
        if not self.possible:
            return False
        typed = self._form.half_typed()
        if not typed:
            if self._ready:
                self.forget()
            return False
        content = json.dumps(typed, ensure_ascii=False)
        if content != self._content:
            self._content = content
            place, now = self.place, self._app.clock()

            def write(base: Any) -> None:
                from suivi_tui.store.drafts import keep_draft

                keep_draft(base, *place, content, now)

            self._app.desk.write(write, None, self._not_kept)
        return True

    def keep_at_end(self) -> None:
        """The application ends; a draft that nobody has answered about yet stays as it is."""
        if self._ready:
            self.keep()

    def _not_kept(self, failure: Failure) -> None:
        if not self._warned:
            self._warned = True
            self._app.toast_failure(failure)

    def stop(self) -> None:
        """Nothing more is to be kept for now."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def forget(self) -> None:
        """Forget the draft: it was saved, thrown away, or typed back."""
        self.stop()
        if self.possible and self._content != "":
            self._app.desk.write(self.drop)
            self._content = ""

    def drop(self, base: Any) -> None:
        """Forget the draft; runs on the desk, where it may follow what saved its content."""
        from suivi_tui.store.drafts import drop_draft

        drop_draft(base, *self.place)
