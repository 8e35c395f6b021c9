"""The filter of a list, typed in its title line: no field to mount, no layout to redo."""

from typing import Final

from textual import events
from textual.timer import Timer

from suivi_tui.tui.plain import typed
from suivi_tui.tui.widgets.line_table import LineTable

FILTER_DELAY: Final = 0.12
FILTER_LIMIT: Final = 80


class FilteredTable(LineTable):
    """A table whose letters belong to the filter after ``/``, until Enter or Escape."""

    def __init__(
        self, *, name: str | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.filter = ""
        self.filtering = False
        self._typing: str | None = None
        self._filter_timer: Timer | None = None

    def filter_by(self, text: str) -> None:
        """Keep the rows that match ``text``, from the first one."""
        raise NotImplementedError

    @property
    def filter_typed(self) -> str:
        """The filter as it is being typed."""
        return self.filter if self._typing is None else self._typing

    def start_filter(self) -> None:
        """Letters now belong to the filter, until Enter or Escape."""
        self.filtering = True
        self.refresh_header()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """While filtering, letters and digits belong to the filter."""
        return self.filtering and character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Type the filter."""
        if not self.filtering:
            if event.key == "escape" and self.filter:
                event.stop()
                event.prevent_default()
                self.filter_by("")
            return
        if event.key == "escape":
            self.filtering = False
            self._typed("")
        elif event.key in ("enter", "down"):
            self.filtering = False
            self.filter_now()
        elif event.key == "backspace":
            self._typed(self.filter_typed[:-1])
        elif event.key == "ctrl+u":
            self._typed("")
        elif event.is_printable and event.character:
            self._typed(self.filter_typed + typed(event.character))
        else:
            return
        event.stop()
        event.prevent_default()
        self.refresh_header()

    def on_paste(self, event: events.Paste) -> None:
        """A paste while filtering goes into the filter."""
        if self.filtering:
            event.stop()
            self._typed(self.filter_typed + typed(event.text.replace("\n", " ")))
            self.refresh_header()

    def _typed(self, text: str) -> None:
        self._typing = text[:FILTER_LIMIT]
        if self._filter_timer is not None:
            self._filter_timer.stop()
        self._filter_timer = self.set_timer(FILTER_DELAY, self.filter_now)

    def filter_now(self) -> None:
        """Apply the filter typed so far without waiting."""
        if self._filter_timer is not None:
            self._filter_timer.stop()
            self._filter_timer = None
        if self._typing is not None:
            text, self._typing = self._typing, None
            self.filter_by(text)
