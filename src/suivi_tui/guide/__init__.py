"""The user guide: Markdown chapters, readable in the application and on their own."""

from pathlib import Path
from typing import NamedTuple


class Chapter(NamedTuple):
    """A chapter of the guide: its title and its lines."""

    title: str
    lines: tuple[str, ...]


def chapters() -> list[Chapter]:
    """The chapters in order; the first line of each file is its title."""
    found = []
    for path in sorted(Path(__file__).parent.glob("*.md")):
        first, *rest = path.read_text(encoding="utf-8").splitlines()
        found.append(Chapter(first.lstrip("# "), tuple(rest)))
    return found
