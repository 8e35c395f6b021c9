"""Monthly statements: one sheet or many, one month or many, one site or many."""

from datetime import date
from pathlib import Path

from statement_samples.expected import Sample, line
from statement_samples.writers import Cell, Page, write_text, write_xlsx

OWN = {"company": "Bâtisseurs du Val"}


def _title_block(folder: Path) -> Path:
    return write_xlsx(
        folder / "releve_septembre.xlsx",
        Page(
            "Feuil1",
            [
                ["RELEVÉ MENSUEL DES HEURES D'INSERTION"],
                ["Entreprise :", "Bâtisseurs du Val", "", "SIRET :", "800 000 002 00005"],
                ["Marché n° 2026-01 – Lot 1"],
                ["Mois : septembre 2026"],
                [],
                ["Nom", "Prénom", "Né(e) le", "Type de contrat", "Heures réalisées"],
                ["DUPONT", "Jean", date(1990, 3, 12), "CDD", 151.67],
                ["MARTIN", "Paul", date(1988, 2, 3), "CDI", 140],
                [],
                ["TOTAL", "", "", "", 291.67],
                ["Fait à Valmont, le 02/10/2026"],
                ["Signature et cachet"],
            ],
            merged=[(0, 0, 0, 4)],
        ),
    )


_TITLE = {**OWN, "contract": "2026-01", "lot": "1"}


def _old_csv(folder: Path) -> Path:
    rows = [
        ["Suivi des heures d'insertion - Bâtisseurs du Val"],
        [],
        ["Salarié", "N° de marché", "Lot", "Mois", "Nbre d'heures", "Observations"],
        ["Jean Dupont", "2026-01", "1", "août 2026", "151,67", "chantier fermé du 10 au 14"],
        ["Kévin O'Brien", "2026-02", "1", "août 2026", "70,5 h", "arrivé le 17"],
        ["Jean Dupont", "2026-01", "1", "sept. 26", "140", "à l'œuvre"],
        ["", "", "", "", "", ""],
        ["Total", "", "", "", "362,17", ""],
    ]
    return write_text(folder / "heures.csv", rows, encoding="cp1252")


def _month_columns(folder: Path) -> Path:
    rows = [
        ["Peintres Réunis", "", "", "", "", "", ""],
        ["Heures d'insertion 2026", "", "", "", "", "", ""],
        ["Nom Prénom", "Marché", "Lot", "Juillet", "Août", "Septembre", "Total"],
        ["DA SILVA Maria", "2026-02", "2", "151.67", "", "35.5", "187.17"],
        ["ROUSSEAU Chloé", "2026-03", "", "90", "91", "92", "273"],
        ["Total général", "", "", "241.67", "91", "127.5", "460.17"],
    ]
    return write_text(folder / "tableau 2026.txt", rows, separator="\t")


def _two_line_header(folder: Path) -> Path:
    month = "mmm-yy"
    july, august = Cell(46204, month), Cell(46235, month)
    return write_xlsx(
        folder / "GEIQ.xlsx",
        Page(
            "Heures",
            [
                ["GEIQ BTP Valmont - heures réalisées par nos salariés"],
                ["Salarié", "", "Lot", july, "", august, ""],
                ["Nom", "Prénom", "", "Heures", "Jours", "Heures", "Jours"],
                ["NGUYEN", "Thi Mai", "Marché 2026-01 lot 2", 140, 20, 70, 10],
                ["PETIT", "Élodie", "Marché 2026-02 lot 2", 35, 5, "", ""],
                ["Totaux", "", "", 175, 25, 70, 10],
            ],
            merged=[(0, 0, 0, 6), (1, 0, 1, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 1, 6)],
        ),
    )


_GEIQ = {"employer": "GEIQ BTP Valmont"}


def _sheet_per_month(folder: Path) -> Path:
    def page(name: str, hours: list[object]) -> Page:
        head = ["NOM", "PRENOM", "DATE DE NAISSANCE", "HEURES"]
        births = ["03/02/1988", "12/03/1990"]
        rows: list[list[object]] = [
            ["Entreprise", "Bâtisseurs du Val"],
            ["Marché", "2026-01"],
            head,
        ]
        rows += [["MARTIN", "Paul", births[0], hours[0]], ["DUPONT", "Jean", births[1], hours[1]]]
        return Page(name, rows)

    return write_xlsx(
        folder / "releves.xlsx",
        Page("Notice", [["Remplissez un onglet par mois."], ["Envoyez-le avant le 5."]]),
        page("Juillet 2026", [151.67, 151.67]),
        page("Août 2026", ["", 35]),
        page("Sept 2026", [70, 0]),
        Page("Listes", [["CDI"], ["CDD"]], hidden=True),
    )


def _tables_by_site(folder: Path) -> Path:
    head = ["Nom", "Prénom", "Heures"]
    return write_xlsx(
        folder / "Passerelle sept.xlsx",
        Page(
            "Relevé",
            [
                ["ETTI Passerelle Intérim"],
                ["Relevé d'heures - septembre 2026"],
                [],
                ["Chantier : école Jean Moulin - marché 2026-01 - lot 2"],
                head,
                ["BENALI", "Samira", 70],
                ["Sous-total", "", 70],
                [],
                ["Chantier : gymnase Coubertin - marché 2026-02 - lot 1"],
                head,
                ["MARTIN", "Paul", 84],
                ["KONÉ", "Ibrahim", "151h40"],
                ["Sous-total", "", 235.67],
                [],
                ["Chantier : gymnase Coubertin - marché 2026-02 - lot 2"],
                head,
                ["BENALI", "Samira", 35],
                ["Sous-total", "", 35],
                ["TOTAL GÉNÉRAL", "", 340.67],
            ],
        ),
    )


_ETTI = {"employer": "ETTI Passerelle Intérim"}
_MOULIN = {**_ETTI, "site": "école Jean Moulin", "contract": "2026-01"}
_COUBERTIN = {**_ETTI, "site": "gymnase Coubertin", "contract": "2026-02"}


def _site_lines(folder: Path) -> Path:
    return write_xlsx(
        folder / "heures.xlsx",
        Page(
            "Août",
            [
                ["Agence :", "Passerelle Intérim"],
                ["Période du 01/08/2026 au 31/08/2026"],
                ["Intérimaire", "Client", "Heures"],
                ["ÉCOLE JEAN MOULIN"],
                ["Mme BENALI Samira", "Peintres Réunis", 66.5],
                ["M. LE GOFF Yann", "Bâtisseurs du Val", 151.67],
                [],
                ["GYMNASE COUBERTIN"],
                ["M. MARTIN Paul", "Bâtisseurs du Val", 77],
                ["Mme BENALI Samira", "Peintres Réunis", 21],
                ["", "", 316.17],
            ],
            merged=[(3, 0, 3, 2), (7, 0, 7, 2)],
        ),
    )


def _in_site(site: str, company: str) -> dict[str, str]:
    return {"employer": "Passerelle Intérim", "company": company, "site": site}


def _rows_by_mission(folder: Path) -> Path:
    head = [
        "Intérimaire", "Date de naissance", "Entreprise utilisatrice", "N° marché", "N° lot",
        "Type de contrat", "Début mission", "Fin mission", "Mois", "Heures", "Total facturé HT",
    ]  # fmt: skip
    start, end = date(2026, 9, 1), date(2026, 9, 30)
    month = Cell(46266, "mmmm yyyy")
    client = "Bâtisseurs du Val"
    rows = [
        ["Agence : Passerelle Intérim"],
        head,
        ["MARTIN Paul", date(1995, 11, 20), client, "2026-02", 1, "CTTI", start, end, month, 140.0,
         3500.4],
        ["KONÉ Ibrahim", date(1994, 1, 6), client, "2026-02", 1, "CTTI", start, end, month, 133.25,
         3331.25],
        ["BENALI Samira", date(1992, 7, 1), "Peintres Réunis", "2026-01", 2, "CTTI", start, end,
         month, -7, -175],
    ]  # fmt: skip
    return write_xlsx(folder / "missions.xlsx", Page("Export", rows))


def _mission(company: str, contract: str, lot: str, birth: str) -> dict[str, str]:
    return {
        "employer": "Passerelle Intérim", "company": company, "contract": contract, "lot": lot,
        "birth": birth, "type": "mission_insertion", "start": "2026-09-01", "end": "2026-09-30",
    }  # fmt: skip


SAMPLES = (
    Sample(
        "title block",
        _title_block,
        (
            line("dupont", 202609, 151.67, birth="1990-03-12", type="cdd", **_TITLE),
            line("paul88", 202609, 140, birth="1988-02-03", type="cdi", **_TITLE),
        ),
        notes="Bloc de titre, ligne de total, pied de page.",
    ),
    Sample(
        "old csv",
        _old_csv,
        (
            line("dupont", 202608, 151.67, person="Jean Dupont", contract="2026-01", lot="1"),
            line("obrien", 202608, 70.5, person="Kévin O'Brien", contract="2026-02", lot="1"),
            line("dupont", 202609, 140, person="Jean Dupont", contract="2026-01", lot="1"),
        ),
        notes="CSV en cp1252, prénom d'abord, mois en toutes lettres.",
    ),
    Sample(
        "month columns",
        _month_columns,
        (
            line("dasilva", 202607, 151.67, contract="2026-02", lot="2"),
            line("dasilva", 202609, 35.5, contract="2026-02", lot="2"),
            line("rousseau", 202607, 90, contract="2026-03"),
            line("rousseau", 202608, 91, contract="2026-03"),
            line("rousseau", 202609, 92, contract="2026-03"),
        ),
        notes="Une colonne par mois, l'année dans le titre, texte à tabulations.",
    ),
    Sample(
        "two line header",
        _two_line_header,
        (
            line("nguyen", 202607, 140, contract="2026-01", lot="2", **_GEIQ),
            line("nguyen", 202608, 70, contract="2026-01", lot="2", **_GEIQ),
            line("petit", 202607, 35, contract="2026-02", lot="2", **_GEIQ),
        ),
        notes="En-tête sur deux lignes, cellules fusionnées, mois en dates.",
    ),
    Sample(
        "sheet per month",
        _sheet_per_month,
        (
            line("paul88", 202607, 151.67, birth="1988-02-03", contract="2026-01", **OWN),
            line("dupont", 202607, 151.67, birth="1990-03-12", contract="2026-01", **OWN),
            line("dupont", 202608, 35, birth="1990-03-12", contract="2026-01", **OWN),
            line("paul88", 202609, 70, birth="1988-02-03", contract="2026-01", **OWN),
            line("dupont", 202609, 0, birth="1990-03-12", contract="2026-01", **OWN),
        ),
        notes="Une feuille par mois, une notice, une feuille masquée, un zéro.",
        warnings=3,
    ),
    Sample(
        "tables by site",
        _tables_by_site,
        (
            line("benali", 202609, 70, place="ecole-2", lot="2", **_MOULIN),
            line("paul95", 202609, 84, lot="1", **_COUBERTIN),
            line("kone", 202609, 151.67, lot="1", **_COUBERTIN),
            line("benali", 202609, 35, place="gymnase-2", lot="2", **_COUBERTIN),
        ),
        notes="Un tableau par chantier dans la même feuille, sous-totaux et total général.",
    ),
    Sample(
        "site lines",
        _site_lines,
        (
            line("benali", 202608, 66.5, place="ecole-2",
                 **_in_site("ÉCOLE JEAN MOULIN", "Peintres Réunis")),
            line("legoff", 202608, 151.67, **_in_site("ÉCOLE JEAN MOULIN", "Bâtisseurs du Val")),
            line("paul95", 202608, 77, **_in_site("GYMNASE COUBERTIN", "Bâtisseurs du Val")),
            line("benali", 202608, 21, place="gymnase-2",
                 **_in_site("GYMNASE COUBERTIN", "Peintres Réunis")),
        ),
        notes="Le nom du chantier sur sa ligne, un total sans mot, des civilités.",
    ),
    Sample(
        "rows by mission",
        _rows_by_mission,
        (
            line("paul95", 202609, 140,
                 **_mission("Bâtisseurs du Val", "2026-02", "1", "1995-11-20")),
            line("kone", 202609, 133.25,
                 **_mission("Bâtisseurs du Val", "2026-02", "1", "1994-01-06")),
            line("benali", 202609, -7, place="ecole-2",
                 **_mission("Peintres Réunis", "2026-01", "2", "1992-07-01")),
        ),
        notes="Une ligne par mission, dates en dates, une régularisation négative.",
    ),
)  # fmt: skip
