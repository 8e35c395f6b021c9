"""How a text of the base or of our own is shown."""

import pytest
from rich._wrap import divide_line

from suivi_tui.tui.plain import shown, wrapped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, ""),
        ("Mois : mars", "Mois\u00a0: mars"),
        ("a\x1b[2Jb\u202ec", "a[2Jbc"),
        ("12\u00a0345,50 h", "12\u00a0345,50\u00a0h"),
        ("[/b]", "[/b]"),
    ],
)
def test_what_is_shown_is_harmless_and_typeset(text: object, expected: str) -> None:
    assert shown(text) == expected


def test_lines_never_break_at_a_no_break_space() -> None:
    text = shown("ab abcdef : ghi")
    assert divide_line("ab abcdef : ghi", 9) == [10]
    assert divide_line(text, 9) == [3, 12]
    assert wrapped(text, 9) == ["ab", "abcdef\u00a0:", "ghi"]
