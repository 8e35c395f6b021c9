"""The text of one cell: its value, and the remark it deserves."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.exchange.cells import cells_of, defused, restored
from suivi_tui.exchange.columns import Column, ColumnType
from suivi_tui.exchange.columns_contracts import CONTRACT_COLUMNS
from suivi_tui.exchange.columns_hours import HOUR_COLUMNS
from suivi_tui.exchange.columns_participants import PARTICIPANT_COLUMNS

TODAY = date(2026, 3, 31)


def read(column: Column, text: str) -> tuple[Any, str]:
    cells = cells_of(column, TODAY)
    return cells[text], cells.faults.get(text, "")


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        (HOUR_COLUMNS.column("heures"), "12,5", 1250),
        (HOUR_COLUMNS.column("heures"), "1 234,5", 123450),
        (HOUR_COLUMNS.column("heures"), "151:40", 15167),
        (HOUR_COLUMNS.column("heures"), " \u200b7h30 ", 750),
        (HOUR_COLUMNS.column("heures"), "-5", -500),
        (HOUR_COLUMNS.column("heures"), "", None),
        (HOUR_COLUMNS.column("mois"), "mars 2026", 202603),
        (HOUR_COLUMNS.column("mois"), "2027-03", 202703),
        (HOUR_COLUMNS.column("contrat_debut"), "31/03/2026", "2026-03-31"),
        (HOUR_COLUMNS.column("contrat_debut"), "2018-12-31+01:00", "2018-12-31"),
        (HOUR_COLUMNS.column("contrat_debut"), " ", None),
        (HOUR_COLUMNS.column("type_structure"), "etti", "ETTI"),
        (HOUR_COLUMNS.column("type_structure"), "Régie de Quartier", "regie"),
        (HOUR_COLUMNS.column("qpv"), "OUI", "oui"),
        (HOUR_COLUMNS.column("nature_heures"), "", 1),
        (HOUR_COLUMNS.column("nature_heures"), "Formation", 2),
        (HOUR_COLUMNS.column("employeur_siret"), "356 000 000 00048", "35600000000048"),
        (HOUR_COLUMNS.column("employeur_siret"), "", None),
        (HOUR_COLUMNS.column("commentaire"), "a\r\nb", "a\nb"),
        (HOUR_COLUMNS.column("poste"), "a\r\nb", "a b"),
        (CONTRACT_COLUMNS.column("cpv"), "45316110-9", "45316110"),
        (CONTRACT_COLUMNS.column("montant_ht"), "35 000,50 €", 3500050),
        (PARTICIPANT_COLUMNS.column("code_postal"), "59100", "59100"),
        (PARTICIPANT_COLUMNS.column("code_postal"), "59 100 Roubaix", "59100"),
        (PARTICIPANT_COLUMNS.column("niveau_formation"), "V", "cap_bep"),
        (PARTICIPANT_COLUMNS.column("niveau_formation"), "5", "bac_2"),
        (PARTICIPANT_COLUMNS.column("niveau_formation"), "Niveau v", "cap_bep"),
        (PARTICIPANT_COLUMNS.column("sexe"), "Monsieur", "H"),
    ],
)
def test_what_is_understood_comes_without_a_remark(column: Column, text: str, value: Any) -> None:
    assert read(column, text) == (value, "")


@pytest.mark.parametrize(
    ("column", "text", "value", "remark"),
    [
        (HOUR_COLUMNS.column("heures"), "nan", None, "«\u00a0nan\u00a0»"),
        (HOUR_COLUMNS.column("heures"), "1e3", None, "nombre d'heures"),
        (HOUR_COLUMNS.column("temps_hebdo"), "200", None, "trop grand"),
        (HOUR_COLUMNS.column("temps_hebdo"), "-1", None, "trop petit"),
        (CONTRACT_COLUMNS.column("heures_dues"), "-10", None, "trop petit"),
        (HOUR_COLUMNS.column("mois"), "1999-12", None, "2000"),
        (HOUR_COLUMNS.column("mois"), "2027-04", None, "12 mois"),
        (HOUR_COLUMNS.column("mois"), "mars", None, "n'est pas un mois"),
        (HOUR_COLUMNS.column("contrat_debut"), "31/02/2026", None, "n'est pas une date"),
        (HOUR_COLUMNS.column("contrat_debut"), "hier", None, "n'est pas une date"),
        (HOUR_COLUMNS.column("type_structure"), "SARL", "", "«\u00a0SARL\u00a0»"),
        (HOUR_COLUMNS.column("qpv"), "peut-être", "", "Hors QPV"),
        (HOUR_COLUMNS.column("nature_heures"), "pause", 1, "travail"),
        (HOUR_COLUMNS.column("employeur_siret"), "35600000000049", "35600000000049", "clé"),
        (HOUR_COLUMNS.column("employeur_siret"), "356 000 000", "356000000", "SIREN"),
        (HOUR_COLUMNS.column("employeur_siret"), "NC", None, "chiffres"),
        (HOUR_COLUMNS.column("employeur_siret"), "3,56E+13", None, "tableur"),
        (HOUR_COLUMNS.column("poste"), "x" * 201, "x" * 200, "coupé à 200"),
        (CONTRACT_COLUMNS.column("cpv"), "3121000", "03121000", "zéro"),
        (CONTRACT_COLUMNS.column("cpv"), "travaux", "travaux", "CPV"),
        (CONTRACT_COLUMNS.column("montant_ht"), "-1500", -150000, "avoir"),
        (CONTRACT_COLUMNS.column("montant_ht"), "NaN", None, "montant"),
        (PARTICIPANT_COLUMNS.column("code_postal"), "1000", "01000", "4 chiffres"),
        (PARTICIPANT_COLUMNS.column("code_postal"), "B-1000", "B-1000", "code postal"),
        (PARTICIPANT_COLUMNS.column("naissance"), "1987", None, "année seule"),
        (PARTICIPANT_COLUMNS.column("naissance"), "16/02/48", None, "futur"),
    ],
)
def test_what_is_not_understood_is_remarked(
    column: Column, text: str, value: Any, remark: str
) -> None:
    found, said = read(column, text)
    assert found == value
    assert remark in said


@pytest.mark.parametrize("name", ["participant", "nom", "prenom"])
def test_a_social_security_number_is_neither_kept_nor_repeated(name: str) -> None:
    value, said = read(PARTICIPANT_COLUMNS.column(name), "1 80 04 44 588 799 77")
    assert value == ""
    assert "sécurité sociale" in said
    assert "588" not in said


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+33 6", "'+33 6"),
        ("-5", "'-5"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("'x", "''x"),
        ("\uff1d1", "'\uff1d1"),
        ("l'an", "l'an"),
        ("", ""),
    ],
)
def test_what_a_spreadsheet_would_run_gets_one_apostrophe(text: str, written: str) -> None:
    assert defused(text) == written
    assert restored(written) == text


@pytest.mark.parametrize("typed", ["'Ndiaye", "'", "' =1", "l'=1"])
def test_an_apostrophe_typed_by_a_person_is_left_alone(typed: str) -> None:
    assert restored(typed) == typed


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n\0\uff1dab 1"), max_size=5))
def test_restoring_gives_back_any_text(text: str) -> None:
    assert restored(defused(text)) == text


def test_each_distinct_text_is_read_once() -> None:
    cells = cells_of(Column("x", "x", "x", ColumnType.DATE))
    assert cells["nc"] is None
    assert list(cells) == ["nc"]
    assert list(cells.faults) == ["nc"]
