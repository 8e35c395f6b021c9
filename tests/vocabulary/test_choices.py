"""Closed lists: a code, a label or a synonym names one member, and Roman is never Arabic."""

import pytest

from suivi_tui.vocabulary.choices import (
    Choice,
    CompanyKind,
    Criterion,
    Education,
    Gravity,
    HourKind,
    LotRole,
    Sex,
    find,
    label_of,
    options,
)
from suivi_tui.vocabulary.text import fold

KINDS = sorted(Choice.__subclasses__(), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_spelling_names_one_member_only(kind: type[Choice]) -> None:
    owners: dict[str, Choice] = {}
    for member in kind:
        for spelling in (member.value, member.label, *member.synonyms):
            assert owners.setdefault(fold(spelling), member) is member, spelling
            assert find(kind, spelling.upper()) is member


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_member_has_a_label_of_its_own(kind: type[Choice]) -> None:
    labels = [label for _, label in options(kind)]
    assert all(labels)
    assert len(set(labels)) == len(list(kind))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("V", Education.VOCATIONAL),
        ("niveau V", Education.VOCATIONAL),
        ("5", Education.HIGHER_2),
        ("niveau 5", Education.HIGHER_2),
        ("III", Education.HIGHER_2),
        ("3", Education.VOCATIONAL),
        ("IV", Education.SECONDARY),
        ("4", Education.SECONDARY),
        ("VI", Education.NONE),
        ("6", Education.HIGHER_3),
        ("II", Education.HIGHER_3),
        ("2", Education.NONE),
        ("I", Education.HIGHER_5),
        ("1", Education.NONE),
        ("sans diplome", Education.NONE),
    ],
)
def test_roman_levels_are_the_former_nomenclature(text: str, expected: Education) -> None:
    assert find(Education, text) is expected


@pytest.mark.parametrize("text", ["", None, "zzz", "niveau", "<b>"])
def test_an_unknown_value_names_nothing(text: str | None) -> None:
    assert find(Criterion, text) is None


def test_a_label_is_found_from_its_code() -> None:
    assert label_of(CompanyKind, "EI") == "Entreprise d'insertion"
    assert label_of(CompanyKind, "ancien code") == "ancien code"
    assert label_of(CompanyKind, None) == ""
    assert label_of(CompanyKind, "", missing="Non renseigné") == "Non renseigné"
    assert (str(Sex.WOMAN), f"{Sex.WOMAN}") == ("F", "F")


def test_hour_kinds_keep_the_integer_of_their_key() -> None:
    assert [(kind.value, kind.number) for kind in HourKind] == [
        ("travail", 1),
        ("formation", 2),
        ("autre", 3),
    ]
    assert [HourKind.numbered(kind.number) for kind in HourKind] == list(HourKind)


def test_health_and_justice_are_sensitive() -> None:
    assert {criterion.value for criterion in Criterion if criterion.sensitive} == {
        "AAH",
        "RQTH",
        "INVALIDITE",
        "JUSTICE",
    }


def test_a_subcontractor_owes_nothing() -> None:
    assert [role for role in LotRole if not role.owes] == [LotRole.SUBCONTRACTOR]


def test_gravities_rank_from_the_gravest() -> None:
    assert [gravity.rank for gravity in Gravity] == [0, 1, 2]
