"""The declared columns, and how headers are recognised."""

from typing import NamedTuple

import pytest

from suivi_tui.exchange.columns import (
    ColumnType,
    TableColumns,
    check_required,
    match_header,
    normal_header,
)
from suivi_tui.exchange.columns_contracts import CONTRACT_COLUMNS
from suivi_tui.exchange.columns_hours import HOUR_COLUMNS, HOUR_FILE_COLUMNS
from suivi_tui.exchange.columns_participants import PARTICIPANT_COLUMNS
from suivi_tui.exchange.csv_file import UnreadableFile
from suivi_tui.exchange.lines import ContractLine, HourLine, ParticipantLine

TABLES = [CONTRACT_COLUMNS, PARTICIPANT_COLUMNS, HOUR_COLUMNS]

# The files as users know them: this list is a promise, not a copy of the declarations.
PROMISED = {
    "marches": "acheteur;acheteur_siret;type_acheteur;operation;programme;marche;objet;type_clause;"
    "categorie;nature;cpv;secteur;montant_ht;lieu;avis_le;notification_le;debut;fin;facilitateur;"
    "lot;intitule_lot;montant_lot;entreprise;entreprise_siret;role;contact;contact_telephone;"
    "contact_courriel;heures_dues;obligation_debut;obligation_fin",
    "participants": "participant;nom;prenom;naissance;sexe;code_postal;commune;niveau_formation;"
    "situation_avant;prescripteur;entree_dispositif;critere;justificatif;justificatif_le;decision;"
    "valide_le;fin_eligibilite",
    "heures": "acheteur;acheteur_siret;marche;lot;entreprise;entreprise_siret;mois;participant;"
    "employeur;employeur_siret;type_structure;modalite;type_contrat;contrat_debut;contrat_fin;"
    "temps_hebdo;poste;rome;qpv;nature_heures;heures;validees;motif_refus;piece;commentaire",
}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_promised_columns_stand_in_their_order(table: TableColumns) -> None:
    assert ";".join(column.name for column in table.columns) == PROMISED[table.name]


@pytest.mark.parametrize(
    ("table", "line"),
    [
        (CONTRACT_COLUMNS, ContractLine),
        (PARTICIPANT_COLUMNS, ParticipantLine),
        (HOUR_FILE_COLUMNS, HourLine),
    ],
    ids=["marches", "participants", "heures"],
)
def test_a_line_has_one_field_a_column_in_the_same_order(
    table: TableColumns, line: type[NamedTuple]
) -> None:
    assert line._fields == ("line", *(column.field for column in table.columns))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_header_means_two_columns(table: TableColumns) -> None:
    owners: dict[str, str] = {}
    for column in table.columns:
        for text in (column.name, *column.synonyms):
            assert owners.setdefault(normal_header(text), column.name) == column.name, text


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_listed_columns_have_a_list_and_every_column_says_what_it_is(table: TableColumns) -> None:
    for column in table.columns:
        assert (column.kind is ColumnType.CHOICE) == (column.choice is not None), column.name
        assert column.description


@pytest.mark.parametrize(
    ("table", "header", "name"),
    [
        (HOUR_COLUMNS, "Bénéficiaire", "participant"),
        (HOUR_COLUMNS, "SALARIÉ", "participant"),
        (HOUR_COLUMNS, "Donneur d\u2019ordre", "acheteur"),
        (HOUR_COLUMNS, "Maître d'ouvrage", "acheteur"),
        (HOUR_COLUMNS, "attributaire", "entreprise"),
        (HOUR_COLUMNS, "Titulaire", "entreprise"),
        (HOUR_COLUMNS, "Heures réalisées", "heures"),
        (HOUR_COLUMNS, "heures_declarees", "heures"),
        (HOUR_COLUMNS, "  Nb. d'heures ", "heures"),
        (HOUR_COLUMNS, "Numéro de marché", "marche"),
        (HOUR_COLUMNS, "N° Marché", "marche"),
        (HOUR_COLUMNS, "MOIS", "mois"),
        (HOUR_COLUMNS, "Validées", "validees"),
        (CONTRACT_COLUMNS, "Maître_d_ouvrage", "acheteur"),
        (CONTRACT_COLUMNS, "attributaire", "entreprise"),
        (CONTRACT_COLUMNS, "Montant HT", "montant_ht"),
        (CONTRACT_COLUMNS, "Date de notification", "notification_le"),
        (CONTRACT_COLUMNS, "Début", "debut"),
        (CONTRACT_COLUMNS, "Heures à réaliser", "heures_dues"),
        (PARTICIPANT_COLUMNS, "Code postal", "code_postal"),
        (PARTICIPANT_COLUMNS, "Né le", "naissance"),
        (PARTICIPANT_COLUMNS, "Né(e) le", "naissance"),
        (PARTICIPANT_COLUMNS, "Date de Naissance", "naissance"),
        (PARTICIPANT_COLUMNS, "Civilité", "sexe"),
        (PARTICIPANT_COLUMNS, "Prénom bénéficiaire", "prenom"),
    ],
)
def test_usual_headers_are_recognised(table: TableColumns, header: str, name: str) -> None:
    assert match_header([header], table, 1) == ({name: 0}, [])


def test_an_unknown_column_is_reported_on_the_header_line() -> None:
    match = match_header(["marche", "Couleur\x1b[2J", ""], HOUR_COLUMNS, 3)
    assert match.positions == {"marche": 0}
    [warning] = match.warnings
    assert (warning.record, warning.field) == (3, "Couleur[2J")
    assert "inconnue" in warning.message


@pytest.mark.parametrize(
    "header",
    [
        "NIR",
        "n° sécurité sociale",
        "Numéro de Sécurité Sociale",
        "N° Sécu",
        "N° SS",
        "N° CAF",
        "Numéro allocataire",
        "NUMERO DEMANDE RSA",
        "matricule MSA",
        "Identifiant Pôle emploi",
        "Nationalité",
    ],
)
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_what_must_never_be_kept_is_not_read_and_said_so(table: TableColumns, header: str) -> None:
    match = match_header([header], table, 1)
    assert match.positions == {}
    [warning] = match.warnings
    assert warning.field == header
    assert "exprès" in warning.message


def test_of_two_columns_the_first_is_read() -> None:
    match = match_header(["heures", "Heures", "lot"], HOUR_COLUMNS, 1)
    assert match.positions == {"heures": 0, "lot": 2}
    [warning] = match.warnings
    assert "deux colonnes" in warning.message
    assert "colonne 2" in warning.message


def test_a_column_under_its_own_name_is_preferred_to_a_synonym() -> None:
    match = match_header(["Bénéficiaire", "Salarié", "participant"], HOUR_COLUMNS, 1)
    assert match.positions == {"participant": 2}
    assert [warning.field for warning in match.warnings] == ["Bénéficiaire", "Salarié"]


@pytest.mark.parametrize(
    ("table", "present", "missing"),
    [
        (CONTRACT_COLUMNS, ["acheteur", "marche"], "la colonne objet"),
        (CONTRACT_COLUMNS, ["lot"], "les colonnes acheteur, marche, objet"),
        (HOUR_COLUMNS, ["marche", "mois", "participant"], "la colonne heures"),
        (PARTICIPANT_COLUMNS, ["nom", "prenom"], "participant ou nom, prenom, naissance"),
    ],
)
def test_a_file_without_a_required_column_is_refused(
    table: TableColumns, present: list[str], missing: str
) -> None:
    with pytest.raises(UnreadableFile, match=missing):
        check_required("essai.csv", present, table)


@pytest.mark.parametrize("present", [["participant"], ["nom", "prenom", "naissance"]])
def test_a_person_is_named_by_reference_or_by_civil_status(present: list[str]) -> None:
    check_required("essai.csv", present, PARTICIPANT_COLUMNS)
