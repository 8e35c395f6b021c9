import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.actions.statement_import.likeness import alike, resemble
from suivi_tui.actions.statement_import.texts import (
    compact,
    company_key,
    lot_key,
    lot_within,
    name_key,
    same_file,
    same_series,
    split_name,
    without_nir,
)
from suivi_tui.vocabulary.identifiers import looks_like_nir

KNOWN = {1: "camille exemple", 2: "alix modele", 3: "exemple jean", 4: "dupont durand marie"}
BY_WORD = {
    word: [row for row, key in KNOWN.items() if word in key.split()]
    for key in KNOWN.values()
    for word in key.split()
}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("DUPONT Jean", "dupont jean"),
        ("Jean Dupont", "dupont jean"),
        ("M. DUPONT, Jean", "dupont jean"),
        ("Mme Léa  O'Œuvre-Martin", "lea martin o oeuvre"),
        ("Mme", "mme"),
        ("", ""),
    ],
)
def test_names_are_compared_whatever_their_order(text: str, key: str) -> None:
    assert name_key(text) == key


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("DUPONT Jean", ("DUPONT", "Jean")),
        ("Jean Pierre DE LA TOUR", ("DE LA TOUR", "Jean Pierre")),
        ("Dupont Jean", ("Dupont", "Jean")),
        ("DUPONT JEAN", ("DUPONT", "JEAN")),
        ("Mme DUPONT", ("DUPONT", "")),
    ],
)
def test_names_are_split_for_a_new_record(text: str, parts: tuple[str, str]) -> None:
    assert split_name(text) == parts


def test_other_texts_are_compared() -> None:
    assert company_key("S.A.R.L. Bêta") == company_key("s.a.r.l. beta")
    assert company_key("SARL Bêta") == "beta"
    assert company_key("SARL") == "sarl"
    assert compact("VX-44 / A") == "vx44a"
    assert (lot_key("Lot n° 02"), lot_key("2"), lot_key(""), lot_key("00")) == ("2", "2", "0", "0")
    assert (lot_within("École, lot n°3 bis"), lot_within("Pilote 3")) == ("3", "")


@pytest.mark.parametrize(
    ("one", "other", "version", "series"),
    [
        ("S40.xlsx", "S41.xlsx", False, True),
        ("S40.xlsx", "S40 (1).xlsx", True, False),
        ("S40.xlsx", "s40_v2.xls", True, False),
        ("Relevé octobre.xlsx", "releve octobre corrigé.ods", True, False),
        ("S40 corrigé.xlsx", "S41.xlsx", False, True),
        ("alpha.xlsx", "beta.xlsx", False, False),
    ],
)
def test_file_names_tell_versions_from_weeks(
    one: str, other: str, version: bool, series: bool
) -> None:
    assert (same_file(one, other), same_series(one, other)) == (version, series)


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("camile exemple", 1),
        ("a modele", 2),
        ("exemple", None),
        ("dupont marie", 4),
        ("zorglub", None),
    ],
)
def test_likeness_proposes_one_only_when_it_stands_out(text: str, best: int | None) -> None:
    assert alike(" ".join(sorted(text.split())), KNOWN, BY_WORD).best == best


def test_who_may_be_the_same_person() -> None:
    assert resemble("dupont marie", "dupont durand marie")
    assert resemble("camile exempl", "camille exemple")
    assert not resemble("alix modele", "camille exemple")


@settings(max_examples=40)
@given(st.text(max_size=40), st.from_regex(r"[12] ?\d\d ?\d\d ?\d\d ?\d{3} ?\d{3}", fullmatch=True))
def test_no_social_security_number_is_left(text: str, nir: str) -> None:
    assert not looks_like_nir(without_nir(f"{text} {nir} {text}"))
    if not looks_like_nir(text):
        assert without_nir(text) == text
