"""Names that resemble each other: good enough to propose, never to decide."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

SHOWN = 6
_NEAR = 75
_VERY_NEAR = 86
_MARGIN = 4
_SHARED_WORD = 60
_INITIAL = 88
_LONG_ENOUGH = 3


class Alike(NamedTuple):
    """Records by likeness, the nearest first; ``best`` when one stands out."""

    rows: tuple[int, ...]
    best: int | None


def alike(key: str, keys: Mapping[int, str], by_word: Mapping[str, Sequence[int]]) -> Alike:
    """The records whose key (sorted words) resembles ``key`` or shares a word with it."""
    from rapidfuzz import fuzz, process

    wanted = key.split()
    scores = {
        row: float(score)
        for _, score, row in process.extract(
            key, keys, scorer=fuzz.ratio, limit=SHOWN, score_cutoff=_NEAR
        )
    }
    for word in wanted:
        if len(word) >= _LONG_ENOUGH:
            for row in by_word.get(word, ())[:50]:
                near = _INITIAL if _same_initials(wanted, keys[row].split()) else _SHARED_WORD
                scores[row] = max(near, scores.get(row, 0))
    return ranked(scores)


def ranked(scores: Mapping[int, float]) -> Alike:
    """The nearest records; the first is the best only when the next is clearly further."""
    order = sorted(scores, key=lambda row: (-scores[row], row))[:SHOWN]
    if not order or scores[order[0]] < _VERY_NEAR:
        return Alike(tuple(order), None)
    stands_out = len(order) == 1 or scores[order[0]] - scores[order[1]] >= _MARGIN
    return Alike(tuple(order), order[0] if stands_out else None)


def resemble(one: str, other: str) -> bool:
    """Whether two names (sorted words) may be those of one person, one of them mistyped."""
    from rapidfuzz import fuzz

    shared = set(one.split()) & set(other.split())
    if any(len(word) >= _LONG_ENOUGH for word in shared):
        return True
    return bool(fuzz.ratio(one, other) >= _NEAR)


def _same_initials(wanted: list[str], known: list[str]) -> bool:
    """Whether each word is one of the other name, or its initial (``DUPONT J.``)."""
    left = list(known)
    for word in sorted(wanted, key=len, reverse=True):
        match = next((other for other in left if other == word), None)
        if match is None and len(word) == 1:
            match = next((other for other in left if other.startswith(word)), None)
        if match is None:
            return False
        left.remove(match)
    return True
