"""Which file comes next: those of the same folder, after the one just imported."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import fold

if TYPE_CHECKING:
    from suivi_tui.tui.app import SuiviApp
    from suivi_tui.tui.screens.base import SuiviScreen

TABLES: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt")
LOOKED_AT: Final = 5_000
SHOWN: Final = 500
ELSEWHERE: Final = "elsewhere"


def tables_near(path: Path) -> list[tuple[str, str]]:
    """The tables of the folder of a file: name and day of the last change, those after it first.

    A folder that cannot be read holds none.
    """
    found: list[tuple[str, str]] = []
    try:
        with os.scandir(path.parent) as entries:
            for _, entry in zip(range(LOOKED_AT), entries, strict=False):
                if entry.name.lower().endswith(TABLES) and not entry.name.startswith(("~$", ".")):
                    changed = datetime.fromtimestamp(entry.stat().st_mtime)
                    found.append((entry.name, format_date(changed.date())))
    except (OSError, ValueError):
        return []
    here = fold(path.name)
    found.sort(key=lambda item: (fold(item[0]) <= here, fold(item[0])))
    return found[:SHOWN]


def ask_next_file(
    app: "SuiviApp",
    path: Path,
    then: Callable[[], object] | None,
    instead: "SuiviScreen[Any] | None" = None,
) -> None:
    """Choose the next file of the same folder, or one from elsewhere.

    ``instead`` is the import to leave once another file is chosen.
    """
    choices = [
        Choice(name, name, "celui-ci" if name == path.name else f"modifié le {day}")
        for name, day in tables_near(path)
    ]
    choices.append(Choice(ELSEWHERE, "Un autre dossier…", "indiquer son chemin"))

    def chosen(name: Any) -> None:
        from suivi_tui.tui.screens.base import SuiviScreen
        from suivi_tui.tui.screens.shared.importer import ask_import, import_path

        if name is None:
            return
        if instead is not None and instead.is_attached:
            instead.dismiss()
        app.call_later(go, name, SuiviScreen, ask_import, import_path)

    def go(name: str, kind: Any, ask_import: Any, import_path: Any) -> None:
        screen = app.screen
        if not isinstance(screen, kind):
            return
        if name == ELSEWHERE:
            ask_import(screen, then)
        else:
            import_path(screen, path.parent / name, then)

    folder = path.parent.name or str(path.parent)
    app.push_screen(Choose(f"Un autre fichier du dossier «{NBSP}{folder}{NBSP}»", choices), chosen)
