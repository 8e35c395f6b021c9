"""What people write in a programme of purchases, and what is read of it."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.exchange.programme_headings import role_of
from suivi_tui.exchange.programme_values import amount_of, duration_of, lots_of, planned_day
from suivi_tui.exchange.statement_files.workbook import CellValue

AMOUNTS: list[tuple[CellValue, str, int | None, str]] = [
    (300_000, "", 30_000_000, ""),
    (300_000.5, "", 30_000_050, ""),
    ("150 000 € HT", "", 15_000_000, ""),
    ("150 k€", "", 15_000_000, ""),
    ("1,2 M€", "", 120_000_000, ""),
    (150, "k€", 15_000_000, ""),
    ("150", "k€", 15_000_000, ""),
    ("environ 90 000", "", 9_000_000, ""),
    ("90 000 à 120 000 €", "", 12_000_000, "fourchette"),
    ("entre 90 k€ et 120 k€", "", 12_000_000, "fourchette"),
    ("à définir", "", None, ""),
    ("-", "", None, ""),
    (-5, "", None, "négatif"),
    ("beaucoup", "", None, "montant"),
]


@pytest.mark.parametrize(("cell", "unit", "cents", "remark"), AMOUNTS)
def test_amounts(cell: CellValue, unit: str, cents: int | None, remark: str) -> None:
    found, told = amount_of(cell, unit)
    assert found == cents
    assert remark in told and bool(told) == bool(remark)


DAYS: list[tuple[CellValue, str | None, str]] = [
    (date(2027, 3, 15), "2027-03-15", ""),
    (datetime(2027, 3, 15, 8), "2027-03-15", ""),
    ("15/03/2027", "2027-03-15", ""),
    ("mars 2027", "2027-03-01", ""),
    ("03/2027", "2027-03-01", ""),
    ("2027-03", "2027-03-01", ""),
    ("courant septembre 2027", "2027-09-01", ""),
    ("T2 2027", "2027-04-01", "trimestre"),
    ("2ème trimestre 2027", "2027-04-01", "trimestre"),
    ("4e trim. 2027", "2027-10-01", "trimestre"),
    ("S2 2027", "2027-07-01", "semestre"),
    ("1er semestre 2027", "2027-01-01", "semestre"),
    ("2027", "2027-01-01", "année"),
    (2027, "2027-01-01", "année"),
    ("au printemps", None, "ne dit pas de date"),
    ("", None, ""),
]


@pytest.mark.parametrize(("cell", "day", "remark"), DAYS)
def test_days_and_periods(cell: CellValue, day: str | None, remark: str) -> None:
    found, told = planned_day(cell)
    assert found == day
    assert remark in told and bool(told) == bool(remark)


DURATIONS: list[tuple[CellValue, int | None, str]] = [
    (24, 24, ""),
    ("24", 24, ""),
    ("12 mois", 12, ""),
    ("4 ans", 48, ""),
    ("1,5 an", 18, ""),
    ("6 semaines", 1, ""),
    ("1 an renouvelable 3 fois", 48, "reconductions"),
    ("1 an + 3 ans", 48, "reconductions"),
    ("1 an + 3", 48, "reconductions"),
    ("longue", None, "n'est pas une durée"),
    (0, None, "impossible"),
    ("", None, ""),
]


@pytest.mark.parametrize(("cell", "months", "remark"), DURATIONS)
def test_durations(cell: CellValue, months: int | None, remark: str) -> None:
    found, told = duration_of(cell)
    assert found == months
    assert remark in told and bool(told) == bool(remark)


def test_numbers_of_lots() -> None:
    written = ["3", 3, "oui (4 lots)", "non", "1", "", 500]
    assert [lots_of(cell)[0] for cell in written] == [3, 3, 4, None, None, None, None]


HEADINGS = [
    ("Objet du marché", "object"),
    ("INTITULÉ", "object"),
    ("Désignation de l'achat", "object"),
    ("Montant estimé HT", "amount"),
    ("Estimation (k€)", "amount"),
    ("Montant TTC", "ignored"),
    ("Date prévisionnelle de publication", "planned"),
    ("Lancement", "planned"),
    ("Durée (mois)", "duration"),
    ("Service prescripteur", "service"),
    ("Service acheteur", "service"),
    ("Direction", "service"),
    ("Référent technique", "referent"),
    ("Procédure envisagée", "procedure"),
    ("Type de marché", "category"),
    ("Nature de la prestation", "category"),
    ("Code CPV", "cpv"),
    ("Nb de lots", "lots"),
    ("N° de lot", "lot"),
    ("Intitulé du lot", "lot_title"),
    ("N° marché", "number"),
    ("Lieu d'exécution", "place"),
    ("Maître d'ouvrage", "buyer"),
    ("Observations", ""),
    ("N° de sécurité sociale", ""),
]


@pytest.mark.parametrize(("heading", "role"), HEADINGS)
def test_headings(heading: str, role: str) -> None:
    assert role_of(heading) == role


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    amount, _ = amount_of(text)
    months, _ = duration_of(text)
    day, _ = planned_day(text)
    assert amount is None or amount >= 0
    assert months is None or 0 < months <= 600
    assert day is None or len(day) == 10
