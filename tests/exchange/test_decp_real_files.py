"""Every file of the shared data, with counts checked by hand."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from suivi_tui.exchange.decp import DecpFile, UnreadableFile, grouped, is_social, read_decp

DATA = Path(__file__).resolve().parents[3] / "shared/data/decp"
TODAY = date(2026, 11, 22)

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="../shared/data is not beside the project"
)


def read(name: str) -> DecpFile:
    return read_decp(DATA / name, TODAY)


def fields(file: DecpFile) -> dict[str, int]:
    return dict(Counter(warning.field for warning in file.warnings))


@pytest.mark.parametrize(
    ("name", "counts", "social"),
    [
        ("officiel/concessions.json", (2, 0, 2, 2), 2),
        ("officiel/concessions_avec_modifications.json", (2, 0, 2, 2), 2),
        ("officiel/marches_avec_modifications.json", (2, 0, 2, 2), 2),
        ("officiel/marches_concessions.json", (4, 0, 4, 4), 4),
        ("officiel/table_schema_exemple_valide.csv", (2, 0, 2, 2), None),
        ("reel/megalis_2022_format.json", (5, 0, 5, 5), 0),
        ("reel/e_marchespublics_2025_avec_modifications.json", (1, 0, 1, 1), 0),
        ("reel/e_marchespublics_2019.json", (470, 0, 441, 468), None),
        ("reel/marches_publics_info_2019_selection.json", (380, 0, 371, 380), None),
        ("reel/marches_securises_croix_2019_2021.json", (126, 33, 111, 125), None),
        ("reel/decp_info_tabulaire_travaux_2024H2.csv", (5180, 0, 5180, 5180), None),
        ("malforme/anomalies_autres.json", (1, 0, 1, 1), None),
        ("malforme/anomalies_dureeMois0.json", (1, 0, 1, 1), None),
        ("malforme/anomalies_montantNegatif.json", (1, 0, 1, 1), None),
        ("malforme/anomalies_test1.json", (1, 0, 1, 1), None),
        ("malforme/decp_processing_test_2022.json", (5, 0, 5, 5), 1),
        ("malforme/eclaireur_20_marches_modifies.json", (20, 0, 20, 20), 0),
        ("malforme/focus_concessions_valides.json", (2, 0, 2, 2), 0),
        ("malforme/focus_liste_pour_erreurs.json", (0, 4, 0, 0), None),
        ("malforme/focus_marches_liste_valides.json", (3, 0, 3, 3), 0),
    ],
)
def test_counts(name: str, counts: tuple[int, int, int, int], social: int | None) -> None:
    """Records kept, records left out, contracts, lots; records with a consideration."""
    kept, left_out, contracts, lots = counts
    file = read(name)
    groups = grouped(file.records)
    assert (len(file.records), file.left_out) == (kept, left_out)
    assert (len(groups), sum(len(group.lots) for group in groups)) == (contracts, lots)
    assert sum(group.size for group in groups) == kept
    assert file.has_social_field == (social is not None)
    assert sum(bool(is_social(record)) for record in file.records) == (social or 0)


def test_every_file_is_read_or_refused_in_french() -> None:
    for path in sorted(path for path in DATA.rglob("*") if path.is_file()):
        try:
            file = read_decp(path)
        except UnreadableFile as refusal:
            assert "base est inchangée" in str(refusal)
            assert path.suffix in (".xml", ".xsd") or path.parent.name == "schema"
        else:
            assert all(warning.record and warning.message for warning in file.warnings)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("reel/megalis_2022_format.json", {}),
        ("reel/e_marchespublics_2019.json", {}),
        (
            "reel/marches_publics_info_2019_selection.json",
            {
                "dateNotification": 33,  # 32 with a zone, one of the year 218
                "datePublicationDonnees": 31,
                "titulaires.id": 28,
                "montant": 16,
                "valeurGlobale": 2,
                "codeCPV": 7,
                "acheteur.id": 2,
                "concessionnaires.id": 1,
                "modifications.montant": 1,
                "modifications.dureeMois": 1,
            },
        ),
        (
            "malforme/decp_processing_test_2022.json",
            {
                "dureeMois": 1,  # "NC"
                "montant": 1,  # 1e17
                "concessionnaires": 1,  # NaN
                "titulaires.id": 1,  # a VAT number with a wrong key
                "modifications.titulaires": 4,
                "modifications.titulaires.id": 3,
            },
        ),
        ("malforme/anomalies_test1.json", {"anomalies": 1}),
        ("malforme/anomalies_montantNegatif.json", {"acheteur.id": 1, "montant": 1}),
        ("malforme/anomalies_dureeMois0.json", {"acheteur.id": 1, "dureeMois": 1}),
        ("officiel/table_schema_exemple_valide.csv", {"objetModification": 1}),
    ],
)
def test_warnings(name: str, expected: dict[str, int]) -> None:
    assert fields(read(name)) == expected


def test_amounts_of_the_large_table_are_never_added() -> None:
    file = read("reel/decp_info_tabulaire_travaux_2024H2.csv")
    assert max(record.amount_cents or 0 for record in file.records) == 2_000_000_000
    (retirement_home,) = (
        each for each in file.records if each.key == ("26340005300017", "20220001")
    )
    assert retirement_home.amount_cents == 758_719_414 and len(retirement_home.holders) == 13
    assert fields(file)["montant"] == sum(each.amount_cents is None for each in file.records)


def test_lots_of_a_school_have_the_numbers_of_their_objects() -> None:
    groups = {
        group.key: group for group in grouped(read("reel/e_marchespublics_2019.json").records)
    }
    school = groups["21590220600014", "2019000000001500"]
    assert [lot.number for lot in school.lots] == ["3", "5", "7", "8", "9", "10", "11", "12", "15"]
    assert school.object == "Réhabilitation de l'école kleber (17 lots)"


def test_the_modifications_of_a_real_contract() -> None:
    (record,) = read("reel/e_marchespublics_2025_avec_modifications.json").records
    assert record.amount_cents == 37_460_300
    assert [(each.notified_on, each.amount_cents) for each in record.events] == [
        (date(2024, 8, 19), 42_882_400),
        (date(2025, 6, 17), 43_261_200),
    ]


def test_no_tag_is_left_in_a_text() -> None:
    records = read("reel/marches_publics_info_2019_selection.json").records
    assert not any("<" in record.object for record in records)
