"""Keys acted upon in the order they were typed, also when the application is late.

Textual gives a letter to the field that has the focus at once, but a key bound to an action
(Enter, Tab, « m ») only once the event has bubbled up to the application: of « 7 Enter 5 Enter »
typed while the screen is being drawn, the field would get 75. Here a key waits for the one before.
"""

from collections import deque
from typing import Any, Final

from textual import events
from textual.app import App
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

_PATIENCE: Final = 0.5
"""Seconds after which the next key is given anyway: the widget of the last one may be gone."""


class KeyDone(Message, bubble=True):
    """It follows a key, by the same way: where it has come, the key has been acted upon."""


class TypeAhead(App[Any], inherit_bindings=False):
    """Holds back what is typed until the key before has been acted upon."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._typed: deque[events.Key | events.Paste] = deque()
        self._underway: tuple[Widget, events.Event, KeyDone] | None = None
        self._patience: Timer | None = None
        super().__init__(*arguments, **options)

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes one at a time; everything else as it comes."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._typed.append(event)
            if self._underway is None or not self._underway[0].is_running:
                await self._give_next()
        else:
            await super().on_event(event)
            if self._underway is not None and event is self._underway[1]:
                # It has bubbled up to here: its action has run, its screen may be gone with it.
                await self._give_next()

    async def on_key_done(self, message: KeyDone) -> None:
        """Give the next one."""
        message.stop()
        if self._underway is not None and message is self._underway[2]:
            await self._give_next()

    async def _give_next(self) -> None:
        if self._patience is not None:
            self._patience.stop()
        self._underway = self._patience = None
        while self._typed and self._underway is None:
            event = self._typed.popleft()
            await super().on_event(event)
            if event.is_forwarded:
                self._follow(event)

    def _follow(self, event: events.Event) -> None:
        widget, done = self.focused or self.screen, KeyDone()
        if widget.post_message(done):
            self._underway = (widget, event, done)
            self._patience = self.set_timer(_PATIENCE, self._give_next)
