"""Every text that comes from the base or a file passes here before it is shown.

What is shown is cleaned again (the base may hold texts of another tool or an older release) and
is never markup: neither can it colour the screen, nor move the cursor, nor run an action.
"""

import re
from typing import Final

import rich._wrap
from rich.cells import cell_len, set_cell_size
from textual.content import Content

from suivi_tui.vocabulary.text import clean
from suivi_tui.vocabulary.typography import displayed

# Rich also breaks lines at no-break spaces: a line would begin with « : ». Its expression is
# private; ``tests/tui/test_plain.py`` pins what we rely on.
rich._wrap.re_word = re.compile(r"[^\S\u00a0]*(?:\S|\u00a0)+[^\S\u00a0]*")

LINE_LIMIT: Final = 500
NOTE_LIMIT: Final = 10_000

NBSP: Final = "\u00a0"


def shown(text: object, multiline: bool = False) -> str:
    """``text`` as it may be displayed, on one line unless ``multiline``; None is empty.

    No-break spaces are kept, and put where French wants them.
    """
    raw = "" if text is None else str(text)
    return displayed(raw, NOTE_LIMIT if multiline else LINE_LIMIT, multiline)


def plain(text: object, style: str = "", multiline: bool = False) -> Content:
    """``text`` cleaned, as content without markup, for Static, Label, OptionList..."""
    return (
        Content.styled(shown(text, multiline), style) if style else Content(shown(text, multiline))
    )


def typed(text: str) -> str:
    """What a person types or pastes into a one-line field; spaces around are kept."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if char in " \u00a0" else clean(char) or _spaced(char) for char in text)


def _spaced(char: str) -> str:
    return " " if char in "\t\n\r\u202f" else ""


def fit(text: str, width: int, align: str = "left") -> str:
    """``text`` on exactly ``width`` cells, cut with an ellipsis when it is longer."""
    if width <= 0:
        return ""
    length = cell_len(text)
    if length > width:
        return set_cell_size(text, width - 1) + "…"
    blank = " " * (width - length)
    if align == "right":
        return blank + text
    if align == "center":
        half = len(blank) // 2
        return blank[:half] + text + blank[half:]
    return text + blank


def wrapped(text: str, width: int) -> list[str]:
    """``text`` cut into lines of at most ``width`` cells, between words."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            if line and cell_len(line) + 1 + cell_len(word) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append(line)
    return lines
