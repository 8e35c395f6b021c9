"""How a test drives the application: start it, wait without sleeping, read what is shown."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from suivi_tui.tui.app import SuiviApp

WAIT = 20


@asynccontextmanager
async def running(
    app: SuiviApp, size: tuple[int, int] = (80, 24), faults: bool = False
) -> AsyncIterator[Pilot[None]]:
    """The application, toasts shown; at the end no unexpected error, unless ``faults``."""
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        yield pilot
        if not faults:
            assert app.faults == []


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until the desk and the screen have nothing left to do."""
    desk = pilot.app.desk
    await pilot.pause()
    await asyncio.wait_for(desk.idle(), WAIT)
    await pilot.pause()


def screen_text(app: SuiviApp) -> str:
    """What the terminal shows, line by line."""
    _, height = app.size
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines[:height])


def toasts(app: SuiviApp) -> list[str]:
    """The toasts not yet gone."""
    return [notification.message for notification in app._notifications]
