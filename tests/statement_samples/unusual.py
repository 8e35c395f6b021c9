"""Statements with what must not be read, what must be asked, and what cannot be hours."""

from datetime import date
from pathlib import Path

from statement_samples.expected import Sample, line
from statement_samples.writers import Cell, Page, clock, write_text, write_xls, write_xlsx


def _personal_numbers(folder: Path) -> Path:
    return write_xlsx(
        folder / "effectif.xlsx",
        Page(
            "Heures sept. 2026",
            [
                ["=HYPERLINK(\"http://exemple.invalid\")", "Employeur : GEIQ BTP Valmont"],
                ["N°", "Nom", "Prénom", "N° Sécu", "Allocataire CAF", "Code", "Lot", "Heures"],
                [1, "NGUYEN", "Thi\tMai\x07", "2 99 09 75 056 001 23", "0123456", 299097505600123,
                 "=1+1", 35],
                [2, "PETIT", "Élodie", "", "", 2010475056002, "marché 2026-02 lot 2", "=2+2"],
                [3, "PETIT", "Élodie", "", "", "", "marché 2026-02 lot 2", "12,25"],
            ],
        ),
    )  # fmt: skip


def _old_xls(folder: Path) -> Path:
    return write_xls(
        folder / "HEURES.XLS",
        Page(
            "Feuil1",
            [
                ["Client : Bâtisseurs du Val"],
                ["Référence participant", "Nom", "Prénom", "Chantier", "Mois", "Nb d'heures"],
                ["P-003", "MARTIN", "Paul", "Gymnase Coubertin", date(2026, 8, 1), 77],
                ["P-009", "KONÉ", "Ibrahim", "Gymnase Coubertin", date(2026, 8, 31),
                 Cell(clock(35.5).value, "")],
                ["P-011", "O'BRIEN", "Kévin", "Gymnase Coubertin", "sept 2026", "151,67"],
                ["", "", "", "", "Total", 264.17],
            ],
        ),
    )  # fmt: skip


_COUBERTIN = {"company": "Bâtisseurs du Val", "site": "Gymnase Coubertin"}


def _paid_or_worked(folder: Path) -> Path:
    rows = [
        ["Nom", "Prénom", "Heures payées", "Heures travaillées", "Heures absence"],
        ["DUPONT", "Jean", "151,67", "140", "11,67"],
        ["MARTIN", "Paul", "151,67", "#REF!", "0"],
        ["LE GOFF", "Yann", "1e308", "70", ""],
        ["TOTAL", "", "455,01", "361,67", "11,67"],
    ]
    return write_text(folder / "paie.csv", rows)


def _kinds_and_ranks(folder: Path) -> Path:
    rows = [
        ["Titulaire", "Bâtisseurs du Val", "", "", "", "", ""],
        ["NOM, Prénom", "Né le", "Mois", "Année", "Marché", "Heures travail", "Heures formation"],
        ["MARTIN, Paul", "03/02/88", "8", "2026", "2026-01", "100,00", "14"],
        ["MARTIN, Paul", "20/11/95", "8", "2026", "2026-02", "77", ""],
        ["MARTIN, Paul", "03/02/88", "9", "2026", "2026-01", "35", "+7"],
        ["", "", "", "", "", "40", ""],
        ["O'BRIEN, Kévin", "21/06/87", "13", "2026", "2026-02", "12", ""],
        ["DUPONT, Jean", "12/03/90", "9", "2026", "2026-01", "800", ""],
    ]
    return write_text(folder / "titulaire.csv", rows, separator=",")


_HELD = {"company": "Bâtisseurs du Val"}
_PAUL88 = {**_HELD, "person": "MARTIN Paul", "birth": "1988-02-03", "contract": "2026-01"}

SAMPLES = (
    Sample(
        "personal numbers",
        _personal_numbers,
        (
            line("nguyen", 202609, 35, lot="=1+1", employer="GEIQ BTP Valmont"),
            line("petit", 202609, 12.25, lot="2", contract="2026-02", employer="GEIQ BTP Valmont"),
        ),
        left_out=1,
        warnings=3,
        notes="NIR et numéro d'allocataire, par l'en-tête ou par le contenu ; textes hostiles.",
    ),
    Sample(
        "old xls",
        _old_xls,
        (
            line("paul95", 202608, 77, reference="P-003", **_COUBERTIN),
            line("kone", 202608, 35.5, reference="P-009", **_COUBERTIN),
            line("obrien", 202609, 151.67, reference="P-011", **_COUBERTIN),
        ),
        notes="Un vrai .xls d'Excel 97, des références de participants.",
    ),
    Sample(
        "paid or worked",
        _paid_or_worked,
        (line("dupont", 202609, 140), line("legoff", 202609, 70)),
        doubtful=2,
        left_out=1,
        warnings=1,
        notes="Deux colonnes d'heures et aucun mois : deux questions ; un total qui diffère.",
    ),
    Sample(
        "kinds and ranks",
        _kinds_and_ranks,
        (
            line("paul88", 202608, 100, **_PAUL88),
            line("paul88", 202608, 14, kind=2, **_PAUL88),
            line("paul95", 202608, 77, person="MARTIN Paul", birth="1995-11-20",
                 contract="2026-02", **_HELD),
            line("paul88", 202609, 35, **_PAUL88),
            line("paul88", 202609, 7, kind=2, **_PAUL88),
        ),
        left_out=3,
        notes="Homonymes, heures de formation, mois en chiffres, lignes impossibles.",
    ),
)  # fmt: skip
