"""A field that names a file: quotes of a dragged file taken off, « → » completes the name."""

import os
from pathlib import Path
from typing import Final

from textual.suggester import Suggester
from textual.widgets import Static

from suivi_tui.tui.widgets.fields import CleanInput, Field, Wrong

LOOKED_AT: Final = 2_000


def typed_path(text: str) -> Path:
    """The path that a person typed, pasted or dragged into the terminal."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    # Unlike that of Path, this one leaves « ~ » where the home is not known.
    return Path(os.path.expanduser(text)) if text else Path()  # noqa: PTH111 - see above


class FileNames(Suggester):
    """The first name of a folder that begins with what is typed."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The whole path, or None when nothing begins so."""
        typed = value.lstrip("'\"")
        head, tail = os.path.split(typed)
        if not tail or value != typed:
            return None
        try:
            with os.scandir(typed_path(head) if head else Path()) as entries:
                names = sorted(
                    (entry.name, entry.is_dir())
                    for _, entry in zip(range(LOOKED_AT), entries, strict=False)
                    if entry.name.lower().startswith(tail.lower())
                )
        except (OSError, ValueError):
            return None
        if not names:
            return None
        name, folder = names[0]
        return value[: len(value) - len(tail)] + name + (os.sep if folder else "")


class PathField(Field[Path]):
    """A path; the whole line is for it."""

    def parse(self, text: str) -> Path:
        """The path."""
        path = typed_path(text)
        if "\0" in str(path) or not path.name:
            raise Wrong("Indiquez le nom d'un fichier.")
        return path

    def on_mount(self) -> None:
        """The name may be long: it takes the whole width and completes itself."""
        field = self.query_one(CleanInput)
        field.styles.width = "1fr"
        field.suggester = FileNames()
        self.query_one(".reading", Static).display = False
