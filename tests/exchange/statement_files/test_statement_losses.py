"""Whatever surrounds it, a line with a name and hours is read, left out or remarked: never lost."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.exchange.statement_files.declared import Basis
from suivi_tui.exchange.statement_files.reading import StatementReading, read_statement
from suivi_tui.exchange.statement_files.workbook import Sheet, Workbook

TODAY = date(2026, 11, 5)
# Words of notes and of totals are names too.
NAMES = (
    "DUPONT Jean", "Martin Léa", "PETIT", "MONTANT Alix", "Reste Paul", "Mai Linh",
    "Avril Rose", "Noël JUIN", "Chantier Luc", "LOT Anna", "Marché Zoé", "Gymnase Tom",
    "Heure Max", "N'DIAYE Awa", "De La Tour Ève", "Semaine Ida", "Dupont Jean :", "Aucun Guy",
)  # fmt: skip
FIGURES = (
    35, 151.67, 7.5, 10, 2026, -12, 0.5, "151,67", "35h30", "12:45", "151 h", "7", "1 234,5",
    "CP", "~35", "(12)", "12 + 8", "35 heures", True,
)  # fmt: skip
NOTES = (
    ["Chantier : École Jules Ferry"], ["Lot 2 - Peinture"], ["Équipe du matin"], ["octobre 2026"],
    ["Septembre 2026"], ["Gymnase Cerdan"], [], ["Total", "", 70], ["Sous-total", "", 35],
    ["", "", 35], ["Période :", "10/2026"], ["Vu le", "05/11/2026"], ["Signature"], ["Nom :"],
    ["Arrêté à", 12], ["", "Cachet"], ["Semaine 40"], ["Report", "", 12],
)  # fmt: skip
HEADERS = (
    ("Nom", "Prénom", "Heures"), ("Nom et prénom", "Mission", "Heures"),
    ("Salarié", "Fonction", "Nb d'heures"), ("Bénéficiaire", "Lot", "Heures réalisées"),
    ("Nom", "Commentaire", "Octobre 2026"), ("Nom", "Remarque", "S40"),
    ("Intérimaire", "Date", "Heures"), ("NOM", "Mois", "HEURES"),
)  # fmt: skip
SECOND = ("", "", "Maçon", "octobre", "10/2026", "Lot 1", "12/10/2026", "Marie", "total", "report")


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[list[Any]], list[int]]:
    """The rows of a sheet, and which of them (from 1) name someone and their hours."""
    rows: list[list[Any]] = [["Relevé d'heures d'octobre 2026"]] * draw(st.integers(0, 1))
    told: list[int] = []
    person = st.tuples(st.sampled_from(NAMES), st.sampled_from(SECOND), st.sampled_from(FIGURES))
    for header in draw(st.lists(st.sampled_from(HEADERS), min_size=1, max_size=2)):
        rows += [*draw(st.lists(st.sampled_from(NOTES), max_size=2)), list(header)]
        for row in draw(st.lists(person.map(list) | st.sampled_from(NOTES), max_size=7)):
            rows.append(row)
            if len(row) == len(header) and row[0] in NAMES:
                told.append(len(rows))
    return rows, told


def mentioned(reading: StatementReading) -> set[int]:
    """The lines that were read or spoken of."""
    numbers = {line.line for line in reading.lines}
    for remark in (*reading.left_out, *reading.warnings):
        numbers.add(remark.line)
        if listed := re.search(r"n° ([0-9, ]+)", remark.message):
            numbers.update(int(number) for number in listed[1].split(","))
    return numbers


def gathered(rows: list[list[Any]], told: list[int], reading: StatementReading) -> set[int]:
    """The lines of someone whose weeks make one line with an earlier one of theirs."""
    people = {rows[line.line - 1][0] for line in reading.lines if line.partial}
    return {number for number in told if rows[number - 1][0] in people}


def read(rows: list[list[Any]]) -> StatementReading:
    sheet = Sheet("Feuil1", tuple(map(tuple, rows)), ())
    return read_statement(Workbook("releve.xlsx", "a" * 64, "xlsx", (sheet,)), {}, TODAY)


@settings(max_examples=100)
@given(sheets())
def test_a_name_and_hours_under_a_header_are_never_lost(
    drawn: tuple[list[list[Any]], list[int]],
) -> None:
    rows, told = drawn
    reading = read(rows)
    unread = any("n'a pas été lu" in remark.message and remark.line == 0
                 for remark in reading.warnings)  # fmt: skip
    if not unread:
        assert set(told) <= mentioned(reading) | gathered(rows, told, reading)


def test_a_week_told_twice_alike_is_added_up_and_told() -> None:
    week = [["Nom", "Semaine", "Heures"], ["DUPONT Jean", 41, 35], ["PETIT Luc", 41, 35]]
    assert not read(week).warnings
    (remark,) = read([*week, ["DUPONT Jean", 41, 35]]).warnings
    assert "n° 4" in remark.message
    assert not read([*week, ["DUPONT Jean", 41, 28]]).warnings


@pytest.mark.parametrize(
    ("months", "asked"),
    [((7, 8, 9), False), ((7, 9, 8), True), ((7, 8, 8), True), ((7, "", 9), True)],
)
def test_a_name_written_once_holds_for_the_months_that_follow_and_is_asked_otherwise(
    months: tuple[Any, ...], asked: bool
) -> None:
    cells = [month and date(2026, month, 1) for month in months]
    rows = [["Nom", "Mois", "Heures"], *(["", cell, 35] for cell in cells)]
    rows[1][0] = "DUPONT Jean"
    found = read(rows)
    assert bool(found.sheets[0].questions) is asked


@pytest.mark.parametrize(("hours", "asked"), [(1213.36, False), (600, True)])
def test_a_title_alone_does_not_make_a_total_since_the_start(hours: float, asked: bool) -> None:
    title = [["Heures réalisées depuis le début"], ["Arrêté à fin septembre 2026"]]
    found = read([*title, ["Nom", "Heures"], ["DUPONT Jean", hours], ["PETIT Luc", 98]])
    assert bool(found.sheets[0].questions) is asked
    assert found.sheets[0].layout.basis is Basis.CUMULATED


def test_hours_said_training_under_any_heading_are_not_work() -> None:
    lines = [["Nom", "Heures", "Type"], ["A Un", 9, "travail"], ["A Un", 7, "Formation"]]
    found = read([*lines, ["B Deux", 5, "réunion"]])
    assert [(line.hours, line.kind) for line in found.lines] == [(900, 1), (700, 2), (500, 1)]
    assert any("nature" in remark.message for remark in found.warnings)
    # One word of work says nothing: it may be a place or a trade.
    other = read([["Nom", "Heures", "Type"], ["A Un", 9, "travail"]])
    assert any("inconnue" in remark.message for remark in other.warnings)
