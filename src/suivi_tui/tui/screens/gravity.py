"""Gravities as every screen writes them: a sign and a word, the colour only repeats them."""

from typing import Final

from suivi_tui.vocabulary.choices import Gravity
from suivi_tui.vocabulary.numbers import plural

_SIGNS: Final = {Gravity.CRITICAL: "▲", Gravity.ALERT: "!", Gravity.INFO: "i"}
_WORDS: Final = {Gravity.CRITICAL: "Critique", Gravity.ALERT: "Alerte", Gravity.INFO: "Info"}
_PLURALS: Final = {
    Gravity.CRITICAL: ("critique", "critiques"),
    Gravity.ALERT: ("alerte", "alertes"),
    Gravity.INFO: ("information", "informations"),
}


def gravity_word(gravity: Gravity) -> str:
    """``▲ Critique``, ``! Alerte``, ``i Info``; the tone of the line is ``gravity.value``."""
    return f"{_SIGNS[gravity]} {_WORDS[gravity]}"


def gravity_counts(counts: dict[Gravity, int]) -> str:
    """``▲ 2 critiques · ! 9 alertes · i 1 information``."""
    return " · ".join(
        f"{_SIGNS[gravity]} {plural(counts.get(gravity, 0), *_PLURALS[gravity])}"
        for gravity in Gravity
    )
