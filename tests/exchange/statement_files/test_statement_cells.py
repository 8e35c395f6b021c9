"""What one cell is worth: hours in every form, days, texts, and what cannot be hours."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.exchange.statement_files.cell_values import (
    Blank,
    Fault,
    day_of,
    hours_of,
    shown,
    text_of,
)
from suivi_tui.exchange.statement_files.layout import DAY_HOURS, Unit
from suivi_tui.exchange.statement_files.row_texts import contract_of, is_total, lot_of, person_of
from suivi_tui.exchange.statement_files.workbook import CellValue
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.text import clean

H = Unit.HOURS


@pytest.mark.parametrize(
    ("value", "hundredths"),
    [
        ("151,67", 15167), ("151.67", 15167), ("151h40", 15167), ("151:40", 15167),
        ("151 h 40 min", 15167), ("1 234,5", 123450), ("90 mn", 150), ("12,5 h", 1250),
        ("-7", -700), ("+7", 700), ("'-7", -700), ("0", 0), (0, 0), (151.67, 15167),
        (151.66666666666666, 15167), (0.005, 1), (1e-15, 0), (-3.5, -350),
        (timedelta(hours=151, minutes=40), 15167), (timedelta(hours=-3, minutes=-30), -350),
        (time(7, 30), 750), (datetime(1900, 1, 6, 7, 40), 15167), (date(1900, 1, 1), 2400),
        (datetime(1900, 3, 10, 12, 0), 70 * 2400 + 1200),
    ],
)  # fmt: skip
def test_hours_of_a_cell(value: CellValue, hundredths: int) -> None:
    assert hours_of(value, H, DAY_HOURS) == hundredths


@pytest.mark.parametrize(
    "value",
    [
        "=1+1", "#REF!", "#N/A", "Err:502", "abs.", "12 j", "nan", "inf", "1e308",
        "35 h/sem", "1,2,3",
        "\x07\x1b[31m", "151h99", True, False, 1e308, float("nan"), float("inf"), -1e17,
        date(2026, 3, 1), datetime(2026, 3, 1, 8, 0), "99999999999999999999", 123456789,
    ],
)  # fmt: skip
def test_what_is_never_hours(value: CellValue) -> None:
    found = hours_of(value, H, DAY_HOURS)
    assert isinstance(found, Fault)
    assert found.replace("\u00a0", " ").isprintable()


@pytest.mark.parametrize("value", ["", " ", "-", "–", "/", "néant", "NC", "\u00a0"])
def test_what_says_nothing(value: str) -> None:
    assert hours_of(value, H, DAY_HOURS) is Blank.BLANK


@pytest.mark.parametrize(
    ("value", "unit", "day", "hundredths"),
    [
        (20, Unit.DAYS, 700, 14000),
        ("10,5", Unit.DAYS, 700, 7350),
        ("2 jours", Unit.DAYS, 750, 1500),
        (0.5, Unit.DAYS, 780, 390),
        (6.319444444, Unit.DAY_FRACTIONS, 700, 15167),
    ],
)
def test_days(value: CellValue, unit: Unit, day: int, hundredths: int) -> None:
    assert hours_of(value, unit, Hours(day)) == hundredths


ANY = (
    st.text(max_size=40)
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
)


@given(ANY, st.sampled_from(list(Unit)))
@settings(max_examples=40)
def test_no_cell_ever_raises(value: CellValue, unit: Unit) -> None:
    found = hours_of(value, unit, DAY_HOURS)
    assert isinstance(found, int | Blank | Fault)
    assert clean(text_of(value)) == text_of(value)
    assert shown(value)
    day_of(value)
    person_of(value)
    lot_of(value)
    contract_of(value)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (46082, date(2026, 3, 1)), ("46082", date(2026, 3, 1)), (46082.0, date(2026, 3, 1)),
        ("01/03/2026", date(2026, 3, 1)), ("2026-03-01", date(2026, 3, 1)),
        (datetime(2026, 3, 1, 8), date(2026, 3, 1)), (date(1900, 1, 6), None), (12, None),
        ("151,67", None), ("", None), (float("inf"), None),
    ],
)  # fmt: skip
def test_days_of_a_cell(value: CellValue, day: date | None) -> None:
    assert day_of(value) == day


@pytest.mark.parametrize(
    ("text", "name", "birth"),
    [
        ("DUPONT Jean", "DUPONT Jean", None),
        ("Jean Dupont", "Jean Dupont", None),
        ("DUPONT, Jean", "DUPONT Jean", None),
        ("M. DUPONT Jean", "DUPONT Jean", None),
        ("Mme Le Goff  Anne", "Le Goff Anne", None),
        ("DUPONT Jean (né le 12/03/1990)", "DUPONT Jean", "1990-03-12"),
        ("DUPONT Jean - 12/03/1990", "DUPONT Jean", "1990-03-12"),
        ("DUPONT 1 90 03 75 056 001 23", "", None),
        ("12", "", None),
        ("", "", None),
    ],
)
def test_who_is_named(text: str, name: str, birth: str | None) -> None:
    assert person_of(text) == (name, birth)


@pytest.mark.parametrize(
    ("text", "lot"),
    [
        ("2", "2"), (2.0, "2"), ("Lot 2 - Peinture", "2"), ("lot n°3", "3"), ("02 bis", "02 BIS"),
        ("2a", "2A"), ("Peinture", "Peinture"), ("", ""), ("Gros œuvre", "Gros œuvre"),
    ],
)  # fmt: skip
def test_numbers_of_lots(text: CellValue, lot: str) -> None:
    assert lot_of(text) == lot


@pytest.mark.parametrize(
    ("text", "contract"),
    [
        ("2026-01", "2026-01"), ("Marché n° 2026-01", "2026-01"), ("2026-01 lot 2", "2026-01"),
        ("Marché 2026-01 - lot 2", "2026-01"), ("V/12 bis", "V/12 bis"), ("", ""),
    ],
)  # fmt: skip
def test_numbers_of_contracts(text: str, contract: str) -> None:
    assert contract_of(text) == contract


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("TOTAL", True), ("Sous-total chantier", True), ("Total général :", True),
        ("S/Total", True), ("12 salariés", True), ("Reste à faire", True), ("", False),
        ("DUPONT Jean", False), ("TOTALL Jean", False), ("Ensembleau Luc", False),
    ],
)  # fmt: skip
def test_lines_of_totals(text: str, total: bool) -> None:
    assert is_total(text) is total
