"""What a default template is made of, before Word: paragraphs with a style, and tables."""

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from suivi_tui.vocabulary.numbers import NBSP

_BEFORE_SIGN = re.compile(r" (?=»|[:;?!](?:\s|$))")


class Style(Enum):
    """How a paragraph looks."""

    SENDER = "sender"
    STRONG = "strong"
    RECIPIENT = "recipient"
    PLACE = "place"
    TITLE = "title"
    OBJECT = "object"
    TEXT = "text"
    ITEM = "item"
    NOTE = "note"
    SIGNATURE = "signature"
    TAG = "tag"
    """Alone in its paragraph: a condition or a loop, nothing is left of it once filled."""


class Paragraph(NamedTuple):
    """One paragraph; its text may hold tags."""

    text: str
    style: Style = Style.TEXT


class LineTable(NamedTuple):
    """A table with one line an item: headings, the loop tag, the cells, widths in centimetres."""

    loop: str
    headings: tuple[str, ...]
    cells: tuple[str, ...]
    widths: tuple[float, ...]


class ColumnTable(NamedTuple):
    """A table with one column an item: the loop tag, then (heading, cell) line by line."""

    loop: str
    lines: tuple[tuple[str, str], ...]


Block = Paragraph | LineTable | ColumnTable


class Model(NamedTuple):
    """A whole default template."""

    title: str
    blocks: Sequence[Block]
    landscape: bool = False


def typographic(text: str) -> str:
    """A text with the no-break spaces that French typography wants; tags are left alone."""
    return _BEFORE_SIGN.sub(NBSP, text).replace("« ", f"«{NBSP}").replace("n° ", f"n°{NBSP}")


def tag(text: str) -> Paragraph:
    """A tag that stands for a whole paragraph."""
    return Paragraph(text, Style.TAG)


def paragraphs(text: str, style: Style = Style.TEXT) -> list[Block]:
    """One paragraph for each block of lines of ``text``; line ends inside one are spaces."""
    return [
        Paragraph(typographic(" ".join(block.split())), style)
        for block in text.split("\n\n")
        if block.strip()
    ]


def optional(condition: str, *blocks: Block) -> list[Block]:
    """Blocks that stand only when a value is not empty."""
    return [tag(f"{{%p if {condition} %}}"), *blocks, tag("{%p endif %}")]
