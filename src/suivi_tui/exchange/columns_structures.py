"""The columns of ``structures``: insertion structures, one line per structure, territory, trade.

The public lists of structures (Emplois de l'inclusion) are recognised by their usual headers.
"""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from suivi_tui.exchange.columns import Column, ColumnType, TableColumns
from suivi_tui.exchange.line_reader import read_lines
from suivi_tui.exchange.line_report import LinesFile
from suivi_tui.vocabulary.choices import CompanyKind, Sector

STRUCTURE_COLUMNS: Final = TableColumns(
    "structures",
    "structures d'insertion",
    (
        Column("siret", "siret", "SIRET de l'établissement", ColumnType.SIRET,
               synonyms=("n° siret", "numéro siret", "siret structure")),
        Column("nom", "name", "Nom de la structure",
               synonyms=("raison sociale", "dénomination", "nom de la structure",
                         "structure")),
        Column("enseigne", "sign", "Nom d'usage, préféré au nom quand il est donné",
               synonyms=("nom d'usage", "sigle")),
        Column("type", "kind", "Type de structure", ColumnType.CHOICE, CompanyKind,
               synonyms=("type de structure", "catégorie", "statut")),
        Column("naf", "naf", "Code NAF", synonyms=("ape", "code ape", "code naf")),
        Column("code_postal", "postcode", "Code postal, 5 chiffres", ColumnType.POSTCODE,
               synonyms=("cp",)),
        Column("commune", "commune", "Commune du siège", synonyms=("ville", "localité")),
        Column("departement", "departement", "Code du département du siège",
               synonyms=("dpt", "dept", "code département")),
        Column("territoire", "territory",
               "Territoire couvert : commune, département ou région, par nom ou par code",
               synonyms=("territoire couvert", "zone d'intervention", "secteur géographique")),
        Column("metier", "trade", "Métier exercé", ColumnType.CHOICE, Sector,
               synonyms=("secteur", "activité", "secteur d'activité", "corps de métier")),
        Column("contact", "contact", "Personne à appeler", refuses_nir=True, nominative=True,
               synonyms=("interlocuteur", "référent")),
        Column("telephone", "phone", "Téléphone", nominative=True,
               synonyms=("tel", "tél", "numéro de téléphone")),
        Column("courriel", "mail", "Courriel", nominative=True,
               synonyms=("email", "e-mail", "mail", "adresse mail")),
    ),
    identities=(("siret",), ("nom",)),
)  # fmt: skip


class StructureLine(NamedTuple):
    """A structure, with one territory and one trade at most; texts as they are read."""

    line: int
    siret: str | None
    name: str
    sign: str
    kind: str
    naf: str
    postcode: str
    commune: str
    departement: str
    territory: str
    trade: str
    contact: str
    phone: str
    mail: str


def read_structures(path: Path) -> LinesFile[StructureLine]:
    """The lines of a ``structures`` file; raises :class:`UnreadableFile`."""
    make: Callable[[Iterable[Any]], StructureLine] = partial(tuple.__new__, StructureLine)
    return read_lines(path, STRUCTURE_COLUMNS, make)
