"""The two themes of the house, and the French names of those of Textual."""

from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="suivi-sombre",
    primary="#5aa9e6",
    secondary="#7fc8a9",
    warning="#f2b134",
    error="#ef6461",
    success="#7fc8a9",
    accent="#f2b134",
    foreground="#e6e6e6",
    background="#14171c",
    surface="#1b1f26",
    panel="#262c36",
    dark=True,
)

LIGHT: Final = Theme(
    name="suivi-clair",
    primary="#0b5c8f",
    secondary="#1c6b4a",
    warning="#8a5a00",
    error="#a8201a",
    success="#1c6b4a",
    accent="#8a5a00",
    foreground="#1c1f23",
    background="#fbfaf7",
    surface="#f2f0ea",
    panel="#e2dfd6",
    dark=False,
)

DEFAULT: Final = DARK.name


def theme_label(name: str) -> str:
    """How a theme is called on screen."""
    own = {DARK.name: "Suivi sombre", LIGHT.name: "Suivi clair"}
    if name in own:
        return own[name]
    words = {"dark": "sombre", "light": "clair", "ansi": "ANSI", "textual": "Textual"}
    return " ".join(words.get(word, word.capitalize()) for word in name.split("-"))
