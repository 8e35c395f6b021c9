"""Weekly and daily statements of a temporary work agency."""

from datetime import date, timedelta
from pathlib import Path

from statement_samples.expected import Sample, line
from statement_samples.writers import Page, serial, write_text, write_xlsx
from suivi_tui.exchange.statement_files.declared import Basis

SPREAD = Basis.SPREAD


def _week_columns(folder: Path) -> Path:
    return write_xlsx(
        folder / "Passerelle septembre.xlsx",
        Page(
            "Septembre",
            [
                ["ETTI Passerelle Intérim", "", "", "Relevé hebdomadaire"],
                ["Septembre 2026"],
                ["Intérimaire", "Chantier", "S36", "S37", "S38", "S39", "S40", "Total"],
                ["LE GOFF Yann", "Marché 2026-01 lot 1", 35, 35, 35, 35, 35, 175],
                ["KONÉ Ibrahim", "Marché 2026-02 lot 1", "", 21, 35, 28.5, 10, 94.5],
                ["Total", "", 35, 56, 70, 63.5, 45, 269.5],
            ],
        ),
    )


def _at(contract: str, lot: str) -> dict[str, str]:
    return {
        "employer": "ETTI Passerelle Intérim", "contract": contract, "lot": lot,
        "site": f"Marché {contract} lot {lot}",
    }  # fmt: skip


def _week_rows(folder: Path) -> Path:
    rows = [
        ["Agence", "Nom", "Prénom", "Année", "Semaine", "Client", "N° marché", "Lot", "Heures"],
        *(
            ["Passerelle Intérim", last, first, 2026, week, "Peintres Réunis", contract, lot, hours]
            for last, first, contract, lot, weeks in (
                ("BENALI", "Samira", "2026-01", 2, {36: 17.5, 37: 17.5, 38: 14, 39: 7, 40: 35}),
                ("BENALI", "Samira", "2026-02", 2, {36: 17.5, 37: "17h30", 38: "21:00"}),
                ("ÖZTÜRK", "Deniz", "2026-03", "", {39: "35,00", 40: "35,00"}),
            )
            for week, hours in weeks.items()
        ),
    ]
    return write_text(folder / "export_hebdo.csv", rows)


def _painted(contract: str, lot: str) -> dict[str, str]:
    return {
        "employer": "Passerelle Intérim", "company": "Peintres Réunis", "contract": contract,
        "lot": lot,
    }  # fmt: skip


def _from_to(folder: Path) -> Path:
    rows: list[list[object]] = [
        ["Relevé d'heures ETTI"],
        ["Salarié", "Du", "Au", "Marché", "Lot", "Nb heures"],
    ]
    for name, contract, lot, start in (
        ("KONÉ Ibrahim", "2026-02", 1, date(2026, 6, 29)),
        ("ÖZTÜRK Deniz", "2026-03", "", date(2026, 7, 6)),
    ):
        for week in range(2):
            monday = start + timedelta(days=7 * week)
            rows.append(
                [name, serial(monday), serial(monday + timedelta(days=6)), contract, lot, 31.5]
            )
    return write_xlsx(folder / "semaines 27 a 29.xlsx", Page("Feuil1", rows))


def _day_sheets(folder: Path) -> Path:
    def page(name: str, birth: str, days: dict[int, object]) -> Page:
        rows: list[list[object]] = [
            ["FEUILLE D'HEURES INDIVIDUELLE"],
            ["Salarié :", name, "", "Né(e) le :", birth],
            ["Mois :", "août 2026", "", "Marché n° 2026-02 - lot 1"],
            [],
            ["Date", "Jour", "Heures", "Observations"],
        ]
        weekdays = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
        for number in range(1, 32):
            day = date(2026, 8, number)
            rows.append([day, weekdays[day.weekday()], days.get(number, ""), ""])
        rows.append(["TOTAL", "", sum(h for h in days.values() if isinstance(h, int | float)), ""])
        return Page(name.split()[0], rows)

    return write_xlsx(
        folder / "feuilles.xlsx",
        page("MARTIN Paul", "20/11/1995", {3: 7, 4: 7, 5: 7, 6: 7.5, 7: 6.5}),
        page("O'BRIEN Kévin", "21/06/1987", {24: 7, 25: 7, 26: 3.5}),
    )


_GYMNASE = {"contract": "2026-02", "lot": "1"}

SAMPLES = (
    Sample(
        "week columns",
        _week_columns,
        (
            # Week 36 starts on 31 August: one day of five; week 40 ends on 4 October.
            line("legoff", 202608, 7, basis=SPREAD, partial=True, **_at("2026-01", "1")),
            line("legoff", 202609, 154, basis=SPREAD, **_at("2026-01", "1")),
            line("legoff", 202610, 14, basis=SPREAD, partial=True, **_at("2026-01", "1")),
            line("kone", 202609, 90.5, basis=SPREAD, **_at("2026-02", "1")),
            line("kone", 202610, 4, basis=SPREAD, partial=True, **_at("2026-02", "1")),
        ),
        notes="Une colonne par semaine ISO, deux semaines à cheval sur deux mois.",
    ),
    Sample(
        "week rows",
        _week_rows,
        (
            line("benali", 202608, 3.5, place="ecole-2", basis=SPREAD, partial=True,
                 **_painted("2026-01", "2")),
            line("benali", 202609, 73.5, place="ecole-2", basis=SPREAD, **_painted("2026-01", "2")),
            line("benali", 202610, 14, place="ecole-2", basis=SPREAD, partial=True,
                 **_painted("2026-01", "2")),
            line("benali", 202608, 3.5, place="gymnase-2", basis=SPREAD, partial=True,
                 **_painted("2026-02", "2")),
            line("benali", 202609, 52.5, place="gymnase-2", basis=SPREAD,
                 **_painted("2026-02", "2")),
            line("ozturk", 202609, 56, basis=SPREAD, **_painted("2026-03", "")),
            line("ozturk", 202610, 14, basis=SPREAD, partial=True, **_painted("2026-03", "")),
        ),
        notes="Une ligne par semaine, numéro de semaine et année, deux lots par personne.",
    ),
    Sample(
        "weeks from to",
        _from_to,
        (
            # From 29 June: two of the five days are of June.
            line("kone", 202606, 12.6, basis=SPREAD, partial=True, contract="2026-02", lot="1"),
            line("kone", 202607, 50.4, basis=SPREAD, partial=True, contract="2026-02", lot="1"),
            line("ozturk", 202607, 63, partial=True, contract="2026-03"),
        ),
        notes="Des semaines du… au…, en numéros de série du tableur, mois incomplets.",
    ),
    Sample(
        "day sheets",
        _day_sheets,
        (
            line("paul95", 202608, 35, birth="1995-11-20", **_GYMNASE),
            line("obrien", 202608, 17.5, birth="1987-06-21", **_GYMNASE),
        ),
        notes="Une feuille par personne, une ligne par jour.",
    ),
)  # fmt: skip
