"""The columns of ``annuaire``: people to call, one line per person, territory and trade."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from suivi_tui.exchange.columns import Column, ColumnType, TableColumns
from suivi_tui.exchange.line_reader import read_lines
from suivi_tui.exchange.line_report import LinesFile
from suivi_tui.vocabulary.choices import DirectoryKind, Sector
from suivi_tui.vocabulary.text import NOTES_LIMIT

DIRECTORY_COLUMNS: Final = TableColumns(
    "annuaire",
    "l'annuaire",
    (
        Column("nom", "name", "Nom de la personne", required=True, refuses_nir=True,
               nominative=True, synonyms=("nom et prénom", "contact", "interlocuteur")),
        Column("fonction", "kind", "Facilitateur, référent, prescripteur ou autre",
               ColumnType.CHOICE, DirectoryKind, synonyms=("type", "qualité")),
        Column("structure", "structure", "Structure qui l'emploie",
               synonyms=("organisme", "employeur")),
        Column("acheteur", "buyer", "Acheteur dont la personne est référente",
               synonyms=("maître d'ouvrage", "donneur d'ordre", "collectivité")),
        Column("acheteur_siret", "buyer_siret", "SIRET de l'acheteur", ColumnType.SIRET,
               synonyms=("siret acheteur",)),
        Column("service", "service", "Service", synonyms=("direction", "pôle")),
        Column("role", "role", "Rôle", synonyms=("poste", "intitulé du poste", "mission")),
        Column("commune", "commune", "Commune", synonyms=("ville",)),
        Column("telephone", "phone", "Téléphone", nominative=True,
               synonyms=("tel", "tél", "numéro de téléphone")),
        Column("courriel", "mail", "Courriel", nominative=True,
               synonyms=("email", "e-mail", "mail", "adresse mail")),
        Column("territoire", "territory",
               "Territoire couvert : commune, département ou région, par nom ou par code",
               synonyms=("territoire couvert", "zone", "secteur géographique")),
        Column("metier", "trade", "Métier suivi", ColumnType.CHOICE, Sector,
               synonyms=("secteur", "activité")),
        Column("commentaire", "comment", "Commentaire", ColumnType.NOTES, limit=NOTES_LIMIT,
               refuses_nir=True, nominative=True, synonyms=("remarque", "observations")),
    ),
)  # fmt: skip


class DirectoryLine(NamedTuple):
    """A person, with one territory and one trade at most; texts as they are read."""

    line: int
    name: str
    kind: str
    structure: str
    buyer: str
    buyer_siret: str | None
    service: str
    role: str
    commune: str
    phone: str
    mail: str
    territory: str
    trade: str
    comment: str


def read_directory(path: Path) -> LinesFile[DirectoryLine]:
    """The lines of an ``annuaire`` file; raises :class:`UnreadableFile`."""
    make: Callable[[Iterable[Any]], DirectoryLine] = partial(tuple.__new__, DirectoryLine)
    return read_lines(path, DIRECTORY_COLUMNS, make)
