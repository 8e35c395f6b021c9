"""The rows of a flattened CSV file: which columns it has, and one dictionary for each row.

Recognised by their headers: the table of decp.info and the table schema (``acheteur_id``), the
older ones with points (``acheteur.id``), the numbered holders of the ministry
(``titulaire_id_1``).
"""

import csv
import io
import re
from dataclasses import dataclass

from suivi_tui.exchange.decp.faults import WHOLE_FILE, Faults, UnreadableFile
from suivi_tui.vocabulary.numbers import format_number
from suivi_tui.vocabulary.text import clean, fold

MAX_ROWS = 500_000
MAX_COLUMNS = 200
SEPARATORS = (",", ";", "\t")

Row = dict[str, str]

# Header, folded and with underscores, to the name of the field in the format.
_COLUMNS = {
    "id": "id",
    "uid": "uid",
    "type": "type",
    "acheteur_id": "acheteur_id",
    "acheteur_siret": "acheteur_id",
    "acheteur_nom": "acheteur_nom",
    "acheteur_departement_code": "acheteur_departement_code",
    "nature": "nature",
    "objet": "objet",
    "codecpv": "codeCPV",
    "procedure": "procedure",
    "idaccordcadre": "idAccordCadre",
    "lieuexecution_code": "lieuExecution_code",
    "lieuexecution_typecode": "lieuExecution_typeCode",
    "lieuexecution_nom": "lieuExecution_nom",
    "dureemois": "dureeMois",
    "datenotification": "dateNotification",
    "datepublicationdonnees": "datePublicationDonnees",
    "montant": "montant",
    "techniques": "techniques",
    "considerationssociales": "considerationsSociales",
    "titulaire_id": "titulaire_id",
    "titulaire_typeidentifiant": "titulaire_typeIdentifiant",
    "titulaire_nom": "titulaire_nom",
    "titulaire_denominationsociale": "titulaire_nom",
    "objetmodification": "objetModification",
    "modification_objet": "objetModification",
    "modification_id": "modification_id",
    "donneesactuelles": "donneesActuelles",
}
_UNUSED_NAMES = """
    attributionavance tauxavance ccag origineue originefrance marcheinnovant offresrecues
    soustraitancedeclaree typegroupementoperateurs source sourcedataset sourcefile anomalies
    formeprix typeprix typesprix modalitesexecution considerationsenvironnementales uuid
    datepublication created_at updated_at"""
_UNUSED = frozenset(_UNUSED_NAMES.split())
_UNUSED_ABOUT = re.compile(r"(?:acheteur|titulaire|lieuexecution|distance|sous_?traitance)_.+")
_NUMBERED = re.compile(r"(titulaire)s?_(id|typeidentifiant|nom|denominationsociale)_([0-9]{1,2})")

_NAMING = frozenset(("id", "uid"))
_BUYING = frozenset(("acheteur_id", "acheteur_nom", "uid"))
_TELLING = frozenset(("objet", "montant", "codeCPV", "titulaire_id", "titulaire_id#1"))


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, each with the number of its line; ``left_out`` could not be read."""

    columns: frozenset[str]
    rows: list[tuple[int, Row]]
    left_out: int


def read_table(text: str, name: str, faults: Faults) -> Table:
    """The rows of a flattened file; raises :class:`UnreadableFile` when it is none."""
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = next((cells for cells in reader if any(cells)), [])
        columns = _columns(header, name, faults)
        rows: list[tuple[int, list[str]]] = []
        for cells in reader:
            if any(cells):
                rows.append((reader.line_num, cells))
            if len(rows) > MAX_ROWS:
                raise _too_large(name)
    except csv.Error as error:
        # With strict=True an unclosed quote is an error instead of one cell to the end.
        raise UnreadableFile(
            name,
            f"un guillemet est mal fermé ou la fin manque (ligne {reader.line_num})",
            "téléchargez-le de nouveau",
        ) from error
    cut = len(rows[-1][1]) < len(header) if rows else not text.endswith("\n")
    if cut:
        raise UnreadableFile(
            name, "il est tronqué, sa dernière ligne est incomplète", "téléchargez-le de nouveau"
        )
    return _table(rows, columns, faults)


def _table(rows: list[tuple[int, list[str]]], columns: list[str], faults: Faults) -> Table:
    kept: list[tuple[int, Row]] = []
    used = [(rank, column) for rank, column in enumerate(columns) if column]
    for line, cells in rows:
        if len(cells) != len(columns):
            message = f"{len(cells)} cellules pour {len(columns)} colonnes : ligne laissée de côté."
            faults.warn(f"ligne {line}", "", message)
            continue
        kept.append((line, {column: cells[rank] for rank, column in used}))
    return Table(frozenset(column for _, column in used), kept, len(rows) - len(kept))


def _separator(text: str) -> str:
    """The separator that cuts the first line into the most columns that are known."""
    first = text.lstrip()[:10_000].split("\n", 1)[0]
    return max(SEPARATORS, key=lambda separator: _known(first.split(separator)))


def _known(cells: list[str]) -> int:
    return sum(bool(_column(cell.strip().strip('"'))) for cell in cells)


def _column(header: str) -> str:
    """The field that a header names, empty when none that is read."""
    folded = _folded(header)
    if numbered := _NUMBERED.fullmatch(folded):
        base = _COLUMNS[f"{numbered[1]}_{numbered[2]}"]
        return f"{base}#{int(numbered[3])}"
    return _COLUMNS.get(folded.replace("titulaires_", "titulaire_"), "")


def _folded(header: str) -> str:
    return fold(clean(header)).replace(".", "_").replace(" ", "_")


def _columns(header: list[str], name: str, faults: Faults) -> list[str]:
    """The field of each column, empty for those that are not read."""
    if len(header) > MAX_COLUMNS:
        raise UnreadableFile(
            name, f"il a plus de {MAX_COLUMNS} colonnes", "retirez les colonnes inutiles"
        )
    columns = [_column(cell) for cell in header]
    found = set(columns)
    if not (_NAMING & found and _BUYING & found and _TELLING & found):
        raise UnreadableFile(
            name,
            "il n'a pas les colonnes des données essentielles (id, acheteur_id, montant…)",
            "choisissez un fichier JSON ou CSV de données essentielles",
        )
    for rank, (cell, column) in enumerate(zip(header, columns, strict=True)):
        if column and column in columns[:rank]:
            faults.warn(WHOLE_FILE, cell, "Colonne en double : la première est lue.")
            columns[rank] = ""
        elif not column and not _unused(_folded(cell)):
            faults.warn(WHOLE_FILE, cell, "Colonne inconnue, laissée de côté.")
    return columns


def _unused(folded: str) -> bool:
    return not folded or folded in _UNUSED or _UNUSED_ABOUT.fullmatch(folded) is not None


def _too_large(name: str) -> UnreadableFile:
    return UnreadableFile(
        name, f"il a plus de {format_number(MAX_ROWS)} lignes", "partagez-le en plusieurs fichiers"
    )
