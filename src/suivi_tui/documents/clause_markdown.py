"""The little Markdown of the texts of clauses: titles, paragraphs, items, tables, strong words.

A value stands between marks that say which one it is, and nothing of it is ever read as layout.
"""

import json
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Final, NamedTuple

from suivi_tui.rules.clause_variables import PRIVATE

_OPEN, _MIDDLE, _CLOSE = "\ue000", "\ue001", "\ue002"
_MARKED: Final = re.compile(f"{_OPEN}[0-9]+{_MIDDLE}[^{_CLOSE}]*{_CLOSE}")
_MARKS: Final = re.compile(f"{_OPEN}[0-9]+{_MIDDLE}|{_CLOSE}")
_LAYOUT: Final = re.compile(r"[\\`*_{}\[\]<>#|~&]")
_AT_START: Final = re.compile(r"^([-+=]|[0-9]{1,9}(?=[.)]))")
_CELL_END: Final = re.compile(r"(?<!\\)\|")
_TOKEN: Final = re.compile(rf"\\(.)|(\*\*)|{_OPEN}([0-9]+){_MIDDLE}|({_CLOSE})", re.DOTALL)
_RULE: Final = re.compile(r"[-: |]+")
_FENCE: Final = "---"
_LINES: Final = re.compile(r"\n{3,}")


class Span(NamedTuple):
    """A run of text; ``place`` is that of the value it shows, None for the text itself."""

    text: str
    strong: bool = False
    place: int | None = None


class Kind(Enum):
    """What a block is."""

    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    TEXT = "text"
    ITEM = "item"
    TABLE = "table"


class Block(NamedTuple):
    """A part of a text: its spans, or the rows of cells of a table, headings first."""

    kind: Kind
    spans: tuple[Span, ...] = ()
    rows: tuple[tuple[tuple[Span, ...], ...], ...] = ()


def marked(place: int, text: str) -> str:
    """A value as it stands in a text that is being written."""
    return f"{_OPEN}{place}{_MIDDLE}{escaped(text)}{_CLOSE}"


def escaped(text: str) -> str:
    """A text of the base in which nothing can be read as layout."""
    safe = _LAYOUT.sub(r"\\\g<0>", PRIVATE.sub("", " ".join(text.split("\n"))))
    start = _AT_START.match(safe)
    if start is None:
        return safe
    return f"{start[0]}\\{safe[start.end() :]}" if start[0].isdigit() else f"\\{safe}"


def places_in(text: str) -> list[int]:
    """The places of the values that a text shows, each once, in order."""
    found = re.findall(f"{_OPEN}([0-9]+){_MIDDLE}", text)
    return list(dict.fromkeys(map(int, found)))


def without_values(text: str) -> str:
    """What a text says by itself."""
    return _MARKED.sub("", text)


def without_marks(text: str) -> str:
    """A text as it is written in a Markdown file."""
    return _MARKS.sub("", text)


def tidy(text: str) -> str:
    """A filled text without the blank lines that conditions leave."""
    lines = [line.rstrip() for line in text.split("\n")]
    return _LINES.sub("\n\n", "\n".join(lines)).strip() + "\n"


def read_blocks(text: str) -> Iterator[Block]:
    """The blocks of a filled text, marks included or not."""
    waiting: list[str] = []
    rows: list[str] = []
    for line in [*text.split("\n"), ""]:
        kind, rest = _kind(line)
        if rows and kind is not Kind.TABLE:
            yield _table(rows)
            rows = []
        if waiting and kind is not Kind.TEXT:
            yield Block(Kind.TEXT, spans_of(" ".join(waiting)))
            waiting = []
        if kind is Kind.TABLE:
            rows.append(rest)
        elif kind is Kind.TEXT:
            waiting.append(rest)
        elif kind is not None:
            yield Block(kind, spans_of(rest))


def _kind(line: str) -> tuple[Kind | None, str]:
    stripped = line.strip()
    if not stripped:
        return None, ""
    for start, kind in (
        ("### ", Kind.SUBHEADING),
        ("## ", Kind.HEADING),
        ("# ", Kind.TITLE),
        ("- ", Kind.ITEM),
    ):
        if stripped.startswith(start):
            return kind, stripped.removeprefix(start)
    return (Kind.TABLE if stripped.startswith("|") else Kind.TEXT), stripped


def _table(rows: list[str]) -> Block:
    cells = [row for row in rows if not _RULE.fullmatch(row)]
    return Block(
        Kind.TABLE,
        rows=tuple(
            tuple(spans_of(cell.strip()) for cell in _CELL_END.split(row.strip())[1:-1])
            for row in cells
        ),
    )


def spans_of(text: str) -> tuple[Span, ...]:
    """The runs of one line."""
    spans: list[Span] = []
    strong, place, kept = False, None, ""

    def flush() -> None:
        if kept:
            spans.append(Span(kept, strong, place))

    end = 0
    for token in _TOKEN.finditer(text):
        kept += text[end : token.start()]
        end = token.end()
        if token[1] is not None:
            kept += token[1]
            continue
        flush()
        kept = ""
        if token[2] is not None:
            strong = not strong
        elif token[3] is not None:
            place = int(token[3])
        else:
            place = None
    kept += text[end:]
    flush()
    return tuple(spans)


def plain_lines(text: str) -> list[str]:
    """A filled text as a terminal shows it, one line a paragraph, item or row."""
    lines: list[str] = []
    for block in read_blocks(text):
        if block.kind is Kind.TABLE:
            lines += [" | ".join(map(said, row)) for row in block.rows]
            lines.append("")
        elif block.kind is Kind.ITEM:
            lines.append(f"• {said(block.spans)}")
        else:
            title = block.kind in (Kind.TITLE, Kind.HEADING)
            lines += [*([""] if lines and lines[-1] else []), said(block.spans)]
            lines += [] if title else [""]
    return lines


def said(spans: tuple[Span, ...]) -> str:
    """The text of some runs."""
    return "".join(span.text for span in spans)


def with_front_matter(body: str, about: Mapping[str, str], values: Mapping[str, str]) -> str:
    """A Markdown file: what it is and its values before the text."""
    lines = [f"{name}: {_quoted(text)}" for name, text in about.items()]
    lines += ["valeurs:", *(f"  {_quoted(code)}: {_quoted(text)}" for code, text in values.items())]
    return "\n".join([_FENCE, *lines, _FENCE, "", without_marks(body)])


def front_values(content: str) -> dict[str, str]:
    """The values that a Markdown file holds before its text; none when it has none."""
    lines = content.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0] != _FENCE or _FENCE not in lines[1:]:
        return {}
    found: dict[str, str] = {}
    for line in lines[1 : lines.index(_FENCE, 1)]:
        if line.startswith("  "):
            try:
                found |= json.loads(f"{{{line}}}")
            except ValueError:
                continue
    return {str(code): str(text) for code, text in found.items()}


def body_of(content: str) -> str:
    """The text of a Markdown file, without what stands before it."""
    text = content.removeprefix("\ufeff").replace("\r\n", "\n")
    start, found, rest = text.partition(f"\n{_FENCE}\n")
    return rest if found and start.startswith(_FENCE) else text


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
