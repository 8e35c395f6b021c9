"""What enters is harmless, and what is compared ignores case, accents and spaces."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.vocabulary.text import clean, fold

ANY_TEXT = st.text(st.characters(), max_size=60)
HOSTILE = st.text(
    st.sampled_from(
        "aé e\u0301\u0308\u0344\u0323\x1b\x9b\x00\u202e\u200b\ud800\n\t\r\u00a0\u2028'"
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", ""),
        ("Dupré Élodie", "Dupré Élodie"),
        ("  Dupré   Élodie  ", "Dupré Élodie"),
        ("e\u0301te\u0301", "été"),
        ("\x1b[2Jnom", "[2Jnom"),
        ("\x1b]52;c;AAAA\x07nom", "]52;c;AAAAnom"),
        ("\x9b6nnom", "6nnom"),
        ("a\x00b\x7fc", "abc"),
        ("nom\u202etxt.exe", "nomtxt.exe"),
        ("a\u2066b\u2069c\u200ed\u200fe\u061cf", "abcdef"),
        ("a\u200bb\u200cc\u200dd\u2060e\ufefff", "abcdef"),
        ("a\U000e0041\U000e007fb", "ab"),
        ("a\ud800b\udfffc", "abc"),
        ("ligne 1\r\nligne 2\tfin", "ligne 1 ligne 2 fin"),
        ("a\u2028b\u0085c", "a b c"),
        ("12\u00a0345\u202f678", "12 345 678"),
        ("a" + "\u0316" * 50, "a" + "\u0316" * 3),
        ("[/b][@click=app.quit]=1+1", "[/b][@click=app.quit]=1+1"),
        ("Œuvre — l’été, 35 €", "Œuvre — l’été, 35 €"),
    ],
)
def test_one_line_is_left_harmless(raw: str, expected: str) -> None:
    assert clean(raw) == expected


def test_several_lines_are_kept_when_asked() -> None:
    raw = "\n Appel du 3 mars :  \r\n\t- relance\x1b[2J\rfin\n\n"
    assert clean(raw, limit=10_000, multiline=True) == "Appel du 3 mars :\n - relance[2J\nfin"


def test_length_is_capped_after_cleaning() -> None:
    assert clean("a" * 500) == "a" * 200
    assert clean("ab cd", limit=3) == "ab"
    assert clean("\u200b" * 500 + "fin") == "fin"


def test_a_variation_selector_may_stay() -> None:
    assert clean("\u2714\ufe0f fait") == "\u2714\ufe0f fait"


def test_a_long_run_of_marks_is_not_slow_to_normalise() -> None:
    # Without the cap before composing, this run of 200,000 marks takes minutes.
    assert clean("a" + "\u0301\u0323" * 100_000).startswith("\u1ea1")


@settings(max_examples=60, deadline=None)
@given(st.one_of(ANY_TEXT, HOSTILE), st.booleans())
def test_any_text_becomes_safe_and_cleaning_twice_changes_nothing(raw: str, lines: bool) -> None:
    once = clean(raw, limit=30, multiline=lines)
    assert clean(once, limit=30, multiline=lines) == once
    assert len(once) <= 30
    assert once == once.strip()
    assert unicodedata.is_normalized("NFC", once)
    allowed = {"\n"} if lines else set()
    assert {c for c in once if unicodedata.category(c) in ("Cc", "Cs")} <= allowed
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Échéances", "echeances"),
        ("ŒUVRE", "oeuvre"),
        ("l’entreprise", "L'Entreprise"),
        ("bac\u00a0+\u202f2", "Bac + 2"),
        ("  Jean   Dupré ", "jean dupre"),
        ("sous\u2011traitant", "Sous-traitant"),
        ("Straße", "STRASSE"),
        ("e\u0301te\u0301", "été"),
    ],
)
def test_two_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("V", "5"), ("lot 2", "lot 2A"), ("a-b", "ab")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@settings(max_examples=60, deadline=None)
@given(st.one_of(ANY_TEXT, HOSTILE))
def test_folding_never_fails_and_ignores_case_of_french_letters(raw: str) -> None:
    assert fold(raw) == fold(f"  {raw} ")
    assert fold(fold("Élève Œuvre " + raw)).startswith("eleve oeuvre")
