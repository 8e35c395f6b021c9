"""A wrong number is named for what is wrong in it; one that names a person is noticed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.vocabulary.identifiers import (
    clean_siret,
    cpv_fault,
    looks_like_nir,
    normal_cpv,
    siren_of_vat,
    siret_fault,
    vat_fault,
)


def with_luhn_key(digits: str) -> str:
    """Thirteen digits and the one that makes them a SIRET (independent of the code tested)."""
    doubled = [int(d) * (1 if rank % 2 == 1 else 2) for rank, d in enumerate(digits)]
    total = sum(value // 10 + value % 10 for value in doubled)
    return digits + str(-total % 10)


@pytest.mark.parametrize(
    "text",
    [
        "73282932000074",
        "732 829 320 00074",
        "732\u00a0829\u00a0320\u00a000074",
        "732.829.320.00074",
        "73282932000074.0",
        "35600000000048",
        "35600000049837",
    ],
)
def test_a_right_siret_has_no_fault(text: str) -> None:
    assert siret_fault(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "vide"),
        ("732829320", "SIREN"),
        ("3282932000074", "zéro a sans doute été perdu"),
        ("1", "1 chiffre au lieu de 14"),
        ("732829320000741", "15 chiffres au lieu de 14"),
        ("73282932000075", "clé de contrôle"),
        ("35600000000002", "clé de contrôle"),
        ("00000000000000", "zéros"),
        ("7328293200007A", "que des chiffres"),
        ("7,32829E+13", "que des chiffres"),
        ("\u0667" * 14, "que des chiffres"),
    ],
)
def test_the_fault_of_a_siret_is_named(text: str, reason: str) -> None:
    fault = siret_fault(text)
    assert fault is not None
    assert reason in fault


@settings(max_examples=60, deadline=None)
@given(st.integers(10**12, 10**13 - 1), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(start: int, shift: int) -> None:
    right = with_luhn_key(str(start))
    wrong = right[:-1] + str((int(right[-1]) + shift) % 10)
    if not right.startswith("356000000"):
        assert siret_fault(right) is None
        assert siret_fault(wrong) is not None


def test_a_siret_is_stored_as_its_digits() -> None:
    assert clean_siret("732 829 320 00074") == "73282932000074"
    assert clean_siret("73282932000074.0") == "73282932000074"
    assert clean_siret("inconnu") == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("45316110", "45316110"),
        ("45316110-9", "45316110"),
        (" 45 31 61 10 ", "45316110"),
        ("3111000", "03111000"),
        ("9000000-7", "09000000"),
        ("45316110.0", "45316110"),
        ("99000000", None),
        ("4531611", None),
        ("453161", None),
        ("45316110-99", None),
        ("travaux", None),
        ("", None),
    ],
)
def test_a_cpv_is_brought_to_eight_digits(text: str, code: str | None) -> None:
    assert normal_cpv(text) == code


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("45316110", None),
        ("45316110-9", None),
        ("", "vide"),
        ("3111000", "un zéro a été perdu\u00a0: 03111000"),
        ("99000000", "division 99"),
        ("4531611", "division 04"),
        ("453161", "8 chiffres"),
        ("travaux", "8 chiffres"),
    ],
)
def test_the_fault_of_a_cpv_is_named(text: str, reason: str | None) -> None:
    fault = cpv_fault(text)
    assert fault is None if reason is None else reason in (fault or "")


# The numbers below are invented: 99 is a department of birth abroad, 999 a country code unused.
@pytest.mark.parametrize(
    "text",
    [
        "1900199999999",
        "190019999999999",
        "1 90 01 99 999 999 99",
        "n° sécu : 2.90.12.2A.999.999 (à effacer)",
        "290122b99999912",
        "1\u00a090\u00a001\u00a099\u00a0999\u00a0999",
    ],
)
def test_a_social_security_number_is_noticed(text: str) -> None:
    assert looks_like_nir(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "73282932000074",
        "732 829 320 00074",
        "06 12 34 56 78",
        "Marché 2026-045, lot 3",
        "1901399999999",
        "3900199999999",
        "19001999999999999",
    ],
)
def test_other_numbers_are_not_taken_for_one(text: str) -> None:
    assert not looks_like_nir(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_no_text_makes_a_check_fail(text: str) -> None:
    assert clean_siret(text) == "" or clean_siret(text).isdecimal()
    assert (normal_cpv(text) is None) or len(normal_cpv(text) or "") == 8
    assert siret_fault(text) is None or siret_fault(text) != ""
    assert cpv_fault(text) is None or cpv_fault(text) != ""
    assert looks_like_nir(text) in (True, False)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("FR44732829320", None),
        ("fr 44 732 829 320", None),
        ("DE136695976", None),
        ("", "vide"),
        ("FR45732829320", "clé de contrôle"),
        ("DE136695977", "clé de contrôle"),
        ("FR00000000000", "zéros"),
        ("FR4473282932", "9 chiffres du SIREN"),
        ("44732829320", "deux lettres"),
        ("US123456789", "Union européenne"),
    ],
)
def test_the_fault_of_a_vat_number_is_named(text: str, reason: str | None) -> None:
    fault = vat_fault(text)
    assert fault is None if reason is None else reason in (fault or "")


def test_a_french_vat_number_holds_a_siren() -> None:
    assert siren_of_vat("FR 44 732 829 320") == "732829320"
    assert siren_of_vat("FR45732829320") is None
    assert siren_of_vat("DE136695976") is None
