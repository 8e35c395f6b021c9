"""Statements whose figures are not hours of a month: running totals, quarters, days, clocks."""

from datetime import date, timedelta
from pathlib import Path

from statement_samples.expected import Expected, Sample, line
from statement_samples.writers import Cell, Page, clock, write_ods, write_text, write_xlsx
from suivi_tui.exchange.statement_files.declared import Basis


def _running_total(folder: Path) -> Path:
    rows = [
        ["Titulaire : Bâtisseurs du Val"],
        ["Salarié", "Mois", "Cumul des heures depuis le début du chantier"],
        ["DUPONT Jean", "juin 2026", "303,34"],
        ["DUPONT Jean", "juillet 2026", "455,01"],
        ["O'BRIEN Kévin", "juillet 2026", "1 020,50"],
    ]
    return write_text(folder / "cumul.csv", rows)


_CUMULATED = {"basis": Basis.CUMULATED, "company": "Bâtisseurs du Val"}


def _running_title(folder: Path) -> Path:
    return write_xlsx(
        folder / "point chantier.xlsx",
        Page(
            "Point",
            [
                ["Heures réalisées depuis le début du marché 2026-01, lot 1"],
                ["Arrêté à fin septembre 2026"],
                ["Nom", "Prénom", "Heures"],
                ["DUPONT", "Jean", 1213.36],
                ["LE GOFF", "Yann", 98],
                ["Total", "", 1311.36],
            ],
        ),
    )


_SCHOOL = {"contract": "2026-01", "lot": "1"}


def _quarter(folder: Path) -> Path:
    return write_xlsx(
        folder / "trimestriel.xlsx",
        Page(
            "T3",
            [
                ["Employeur", "GEIQ BTP Valmont"],
                ["Salarié(e)", "Né(e) le", "N° marché", "Lot", "2e trimestre 2026", "T3 2026"],
                ["NGUYEN Thi Mai", "09/09/1999", "2026-01", "2", "", 455],
                ["PETIT Élodie", "18/04/2001", "2026-02", "2", 100, 300.5],
                ["Total", "", "", "", 100, 755.5],
            ],
        ),
    )


def _spread(
    who: str, months: tuple[int, ...], parts: tuple[float, ...], **found: str
) -> list[Expected]:
    return [
        line(who, month, part, basis=Basis.SPREAD, employer="GEIQ BTP Valmont", **found)
        for month, part in zip(months, parts, strict=True)
    ]


_Q2, _Q3 = (202604, 202605, 202606), (202607, 202608, 202609)
_MAI = {"birth": "1999-09-09", "contract": "2026-01", "lot": "2"}
_PETIT = {"birth": "2001-04-18", "contract": "2026-02", "lot": "2"}


def _quarter_title(folder: Path) -> Path:
    rows = [
        ["Peintres Réunis", "", ""],
        ["Période : 3ème trimestre 2026", "", ""],
        ["Nom et prénom", "Marché", "Total heures"],
        ["Maria DA SILVA", "2026-02 lot 2", "200"],
        ["Chloé ROUSSEAU", "2026-03", "0,01"],
    ]
    return write_text(folder / "peintres.csv", rows, encoding="utf-8-sig")


def _days(folder: Path) -> Path:
    return write_xlsx(
        folder / "jours.xlsx",
        Page(
            "sept 2026",
            [
                ["Peintres Réunis - présence des salariés en insertion"],
                ["Nom", "Prénom", "Nb de jours travaillés"],
                ["DA SILVA", "Maria", 20],
                ["ROUSSEAU", "Chloé", 10.5],
                ["Total jours", "", 30.5],
            ],
        ),
    )


def _clocks(folder: Path) -> Path:
    return write_xlsx(
        folder / "pointages.xlsx",
        Page(
            "Août 2026",
            [
                ["Marché 2026-01", "Lot 1"],
                ["Salarié", "Date de naissance", "Temps travaillé"],
                ["DUPONT Jean", date(1990, 3, 12), clock(151 + 2 / 3)],
                ["MARTIN Paul", Cell(32176, "dd/mm/yyyy"), clock(7.5, "hh:mm")],
                ["LE GOFF Yann", "25/05/1985", clock(140.25, "hh:mm")],
                ["Total", "", clock(299.41666667)],
            ],
        ),
    )


def _clock_texts(folder: Path) -> Path:
    rows = [
        [["Chantier", "Médiathèque (marché 2026-03)"][0], "Médiathèque (marché 2026-03)", ""],
        ["Personne", "Mois", "Heures"],
        ["ROUSSEAU Chloé", "07/2026", "151:40"],
        ["ROUSSEAU Chloé", "2026-08", "151h40"],
        ["ROUSSEAU Chloé", "30/09/2026", "1 h 30 min"],
        ["ÖZTÜRK Deniz", "07/2026", "-"],
        ["ÖZTÜRK Deniz", "août-26", "90 mn"],
        ["ÖZTÜRK Deniz", "9/2026", "abs."],
    ]
    return write_text(folder / "mediatheque.csv", rows)


_CLEANING = {"site": "Médiathèque (marché 2026-03)", "contract": "2026-03"}


def _open_document(folder: Path) -> Path:
    return write_ods(
        folder / "releve.ods",
        Page(
            "Relevé",
            [
                ["Structure", "GEIQ BTP Valmont"],
                ["Salarié", "Mois", "Heures", "dont formation"],
                ["NGUYEN Thi Mai", date(2026, 7, 1), 140.5, ""],
                ["", date(2026, 8, 1), timedelta(hours=151, minutes=40), ""],
                ["", date(2026, 9, 1), 70, ""],
                ["PETIT Élodie", date(2026, 8, 1), 35, ""],
                ["", date(2026, 9, 1), "7,5", ""],
                ["Total", "", 404.67, ""],
            ],
        ),
    )


_GEIQ = {"employer": "GEIQ BTP Valmont"}

SAMPLES = (
    Sample(
        "running total",
        _running_total,
        (
            line("dupont", 202606, 303.34, **_CUMULATED),
            line("dupont", 202607, 455.01, **_CUMULATED),
            line("obrien", 202607, 1020.5, **_CUMULATED),
        ),
        notes="Totaux cumulés depuis le début, dits par la colonne.",
    ),
    Sample(
        "running title",
        _running_title,
        (
            line("dupont", 202609, 1213.36, basis=Basis.CUMULATED, **_SCHOOL),
            line("legoff", 202609, 98, basis=Basis.CUMULATED, **_SCHOOL),
        ),
        notes="Totaux cumulés, dits par le titre et par des figures qu'aucun mois ne contient.",
    ),
    Sample(
        "quarter",
        _quarter,
        (
            *_spread("nguyen", _Q3, (151.67, 151.66, 151.67), **_MAI),
            *_spread("petit", _Q2, (33.33, 33.34, 33.33), **_PETIT),
            *_spread("petit", _Q3, (100.17, 100.16, 100.17), **_PETIT),
        ),
        notes="Une colonne par trimestre.",
    ),
    Sample(
        "quarter in title",
        _quarter_title,
        (
            *(
                line("dasilva", month, hours, basis=Basis.SPREAD, person="Maria DA SILVA",
                     contract="2026-02", lot="2")
                for month, hours in zip(_Q3, (66.67, 66.66, 66.67), strict=True)
            ),
            *(
                line("rousseau", month, hours, basis=Basis.SPREAD, person="Chloé ROUSSEAU",
                     contract="2026-03")
                for month, hours in zip(_Q3, (0, 0.01, 0), strict=True)
            ),
        ),
        notes="Un total par trimestre, dit par le titre.",
    ),
    Sample(
        "days",
        _days,
        (line("dasilva", 202609, 140), line("rousseau", 202609, 73.5)),
        doubtful=1,
        notes="Des jours : une question, sept heures par défaut.",
    ),
    Sample(
        "clocks",
        _clocks,
        (
            line("dupont", 202608, 151.67, birth="1990-03-12", **_SCHOOL),
            line("paul88", 202608, 7.5, birth="1988-02-03", **_SCHOOL),
            line("legoff", 202608, 140.25, birth="1985-05-25", **_SCHOOL),
        ),
        notes="Des durées du tableur, affichées de trois façons.",
    ),
    Sample(
        "clock texts",
        _clock_texts,
        (
            line("rousseau", 202607, 151.67, **_CLEANING),
            line("rousseau", 202608, 151.67, **_CLEANING),
            line("rousseau", 202609, 1.5, **_CLEANING),
            line("ozturk", 202608, 1.5, **_CLEANING),
        ),
        left_out=1,
        notes="Des durées écrites, un tiret, un mot à la place des heures.",
    ),
    Sample(
        "open document",
        _open_document,
        (
            line("nguyen", 202607, 140.5, **_GEIQ),
            line("nguyen", 202608, 151.67, **_GEIQ),
            line("nguyen", 202609, 70, **_GEIQ),
            line("petit", 202608, 35, **_GEIQ),
            line("petit", 202609, 7.5, **_GEIQ),
        ),
        notes="Un .ods où le nom n'est écrit qu'une fois pour les mois qui suivent.",
    ),
)  # fmt: skip
