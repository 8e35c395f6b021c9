"""From the command line to the screen: the base is opened first, so that a refusal is one
sentence in the terminal and not a screen that closes."""

import gc
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from suivi_tui import paths
from suivi_tui.tui.background import start_background
from suivi_tui.tui.preparation import Prepared, prepare

if TYPE_CHECKING:
    from suivi_tui.store.base import Base
    from suivi_tui.tui.app import SuiviApp
    from suivi_tui.tui.dialogs.choose import Choice

# The first screen is shown and read by then: what is prepared behind delays nothing.
REST_SECONDS: Final = 1.0


def run(path: Path, today: date, accept: Callable[["Base"], object] | None = None) -> int:
    """Open the application on a base, or on the first start when there is none yet.

    ``accept`` may refuse the base once it is open. Raises BaseRefused.
    """
    # Textual makes a great many lasting objects: collecting while it starts finds nothing.
    gc.disable()
    app = application(path, today, accept=accept)
    app.call_later(_settle)
    app.call_later(app.set_timer, REST_SECONDS, partial(start_background, app))
    app.run()
    return app.return_code or 0


def application(
    path: Path,
    today: date,
    clock: Callable[[], datetime] = datetime.now,
    accept: Callable[["Base"], object] | None = None,
) -> "SuiviApp":
    """The application, wired to its actions, on a base that is opened now.

    Raises BaseRefused when the base cannot be opened.
    """
    prepared = prepare(path, today, accept) if path.exists() else None
    from suivi_tui.tui.app import SuiviApp
    from suivi_tui.tui.themes import DEFAULT

    settings = paths.load_settings()
    return SuiviApp(
        path,
        today,
        open_base=lambda: _opened(prepared, path),
        read_only=prepared is not None and prepared.base.read_only,
        first_start=prepared is None,
        prepared=None if prepared is None else prepared.take_year,
        undo_last=_undo_last,
        search=_search,
        final=_back_up,
        remember_theme=_remember_theme,
        theme=settings.theme or DEFAULT,
        log_path=paths.log_file(),
        clock=clock,
    )


def _opened(prepared: Prepared | None, path: Path) -> "Base":
    from suivi_tui.store.base import open_base

    return prepared.base if prepared is not None else open_base(path)


def _settle() -> None:
    """After the first paint: collect once, then leave what will stay out of later rounds."""
    gc.collect()
    gc.freeze()
    gc.enable()
    # Work in the base's thread gives way to a key sooner.
    sys.setswitchinterval(0.0005)


def _undo_last(base: "Base", keep_later: bool = False) -> str:
    from suivi_tui.actions.undoing import undo_last

    return undo_last(base, keep_later=keep_later)


# Where a record found by its words is shown; a buyer and a contact, beside one of their contracts.
_SCREENS = {
    "participant": "participants",
    "contract": "marches",
    "company": "entreprises",
    "directory_entry": "annuaire",
}


def _search(base: "Base", text: str) -> list["Choice"]:
    from suivi_tui.readings.go_to import go_to
    from suivi_tui.tui.dialogs.choose import Choice

    choices = []
    for found in go_to(base.connection, text):
        screen, record = _SCREENS.get(found.entity, "marches"), found.id
        if found.entity not in _SCREENS:
            if found.contract is None:
                continue
            record = found.contract
        choices.append(Choice((screen, record), f"{found.title} ({found.kind})", found.subtitle))
    return choices


def _back_up(base: "Base") -> None:
    from suivi_tui.actions.keeping import save_copy_if_needed

    save_copy_if_needed(base)


def _remember_theme(name: str) -> None:
    paths.save_settings(paths.load_settings()._replace(theme=name))
