"""The nearest text in ASCII, for a console or a pipe that knows nothing else."""

import unicodedata
from typing import Final

_NEAREST: Final = {
    "\u00a0": " ", "\u202f": " ", "«": '"', "»": '"', "\u2019": "'", "…": "...", "–": "-",
    "—": "-", "−": "-", "→": "->", "·": "-", "•": "-", "€": "EUR", "°": "o", "œ": "oe",
    "Œ": "OE", "æ": "ae", "Æ": "AE", "×": "x", "✓": "v",
}  # fmt: skip


def nearest_ascii(text: str) -> str:
    """``text`` without accents, and ``?`` for what has no neighbour in ASCII."""
    return "".join(_nearest(char) for char in text)


def _nearest(char: str) -> str:
    if char.isascii():
        return char
    if char in _NEAREST:
        return _NEAREST[char]
    bare = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode("ascii")
    return bare or "?"
