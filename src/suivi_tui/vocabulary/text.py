"""The filter that every text passes at entry, and the form in which texts are compared.

Source of the filter: ``reliability.md`` 4.2 (terminal and markup injection).
"""

import re
import unicodedata
from functools import lru_cache

NAME_LIMIT = 200
NOTES_LIMIT = 10_000
MARKS_IN_A_ROW = 3

# Most cells are plain words: one look is enough to know that there is nothing to do.
# Below U+0300 every character is already composed (NFC), so no normalisation is needed.
_WORD = r"[!-~\u00a1-\u00ac\u00ae-\u02ff]+"
_PLAIN = re.compile(f"{_WORD}(?: {_WORD})*")

_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_FORBIDDEN = re.compile(
    "["
    r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0, DEL, C1; tab and newline are treated apart
    r"\u00ad\u034f\u061c\u180e"  # soft hyphen, joiner, Arabic mark, Mongolian separator
    r"\u200b-\u200f\u202a-\u202e"  # zero-width, bidi marks and embeddings
    r"\u2060-\u206f"  # word joiner, invisible operators, bidi isolates
    r"\ud800-\udfff"  # lone surrogates
    r"\ufeff\ufff9-\ufffb\ufffe\uffff"  # byte order mark, annotations, non-characters
    r"\U000e0000-\U000e007f"  # tags
    "]+"
)
# A cheap sieve: marks are neither word characters nor spaces nor ASCII.
_MAYBE_MARKS = re.compile(rf"[^\w\s!-~]{{{MARKS_IN_A_ROW + 1},}}")

_APOSTROPHES = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "`": "'", "\u2032": "'"}
    | {"\u2010": "-", "\u2011": "-"}
    | {"\u0153": "oe", "\u0152": "oe", "\u00e6": "ae", "\u00c6": "ae"}
)


def clean(text: str, limit: int = NAME_LIMIT, multiline: bool = False) -> str:
    """``text`` without anything that could move a cursor, hide itself or break a line.

    Composed (NFC), at most ``limit`` characters, no leading or trailing space. On one line,
    line ends, tabs and special spaces become one plain space; with ``multiline``, lines and
    the spaces inside them are kept. Never raises, and cleaning twice changes nothing.
    """
    if len(text) <= limit and (
        _PLAIN.fullmatch(text)
        if not text.isascii()
        else text.isprintable() and "  " not in text and text == text.strip()
    ):
        return text
    text = _LINE_END.sub("\n", text).replace("\t", " ")
    text = _FORBIDDEN.sub("", text)
    # Marks are counted before composing too: composing a long run of them is quadratic.
    text = _fewer_marks(unicodedata.normalize("NFC", _fewer_marks(text)))
    if multiline:
        text = "\n".join(line.rstrip() for line in text.split("\n")).strip()
    else:
        text = " ".join(text.split())
    return text[:limit].rstrip()


def fold(text: str) -> str:
    """``text`` as it is compared and searched.

    Lower case, no accent, ``œ`` as ``oe``, one kind of apostrophe and of hyphen, single plain
    spaces, no space around. Other punctuation is kept.
    """
    if text.isascii() and "`" not in text:
        return " ".join(text.lower().split())
    return _fold(text)


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    text = unicodedata.normalize("NFKD", _fewer_marks(text).translate(_APOSTROPHES)).casefold()
    text = unicodedata.normalize("NFKD", text).translate(_APOSTROPHES)
    kept = [char for char in text if unicodedata.category(char) not in ("Mn", "Me")]
    return " ".join("".join(kept).split())


def _fewer_marks(text: str) -> str:
    return text if text.isascii() else _MAYBE_MARKS.sub(_cap_marks, text)


def _cap_marks(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for char in run.group():
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks <= MARKS_IN_A_ROW:
            kept.append(char)
    return "".join(kept)
