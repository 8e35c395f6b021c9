"""The columns of the tables that follow people: outcomes, and what FSE+ asks of each one."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from suivi_tui.exchange.columns import Column, ColumnType, TableColumns
from suivi_tui.exchange.line_reader import read_lines
from suivi_tui.exchange.line_report import LinesFile
from suivi_tui.exchange.syntheses.figure_columns import PROVENANCE
from suivi_tui.vocabulary.choices import (
    Criterion,
    Education,
    OutcomePoint,
    OutcomeSituation,
    Residence,
    Sex,
    Situation,
)

OUTCOME_COLUMNS = TableColumns(
    "parcours",
    "points de parcours",
    (
        Column(
            "participant",
            "participant",
            "Référence de la personne dans la base",
            required=True,
            refuses_nir=True,
            synonyms=("référence", "bénéficiaire", "salarié", "identifiant"),
        ),
        Column(
            "date",
            "date",
            "Jour de la réponse, ou de la demande tant qu'il n'y a pas de situation",
            ColumnType.DATE,
            synonyms=("répondu le", "date de la réponse", "date du point"),
        ),
        Column(
            "point",
            "point",
            "Point du parcours",
            ColumnType.CHOICE,
            OutcomePoint,
            required=True,
            synonyms=("échéance", "moment"),
        ),
        Column(
            "situation",
            "situation",
            "Situation de la personne à ce point",
            ColumnType.CHOICE,
            OutcomeSituation,
            synonyms=("sortie", "situation à la sortie", "issue"),
        ),
    ),
)


class OutcomeLine(NamedTuple):
    """A point of the path of a person: codes, and the day as ISO text."""

    line: int
    participant: str
    date: str | None
    point: str
    situation: str


def read_outcome_lines(path: Path, today: date | None = None) -> LinesFile[OutcomeLine]:
    """The lines of a ``parcours`` file; raises :class:`UnreadableFile`."""
    make: Callable[[Iterable[Any]], OutcomeLine] = partial(tuple.__new__, OutcomeLine)
    return read_lines(path, OUTCOME_COLUMNS, make, (), today)


FSE_COLUMNS = (
    Column("operation", "operation", "Opération cofinancée"),
    Column("acheteur", "buyer", "Acheteur qui porte l'opération"),
    Column("participant", "participant", "Référence de la personne dans la base"),
    Column("nom", "last", "Nom", nominative=True),
    Column("prenom", "first", "Prénom", nominative=True),
    Column("naissance", "birth", "Date de naissance", ColumnType.BIRTH, nominative=True),
    Column("sexe", "sex", "Sexe", ColumnType.CHOICE, Sex),
    Column("code_postal", "postcode", "Code postal de résidence", ColumnType.POSTCODE),
    Column("qpv", "qpv", "Résidence en QPV à l'entrée", ColumnType.CHOICE, Residence),
    Column("niveau_formation", "education", "Niveau de formation à l'entrée", ColumnType.CHOICE,
           Education),
    Column("situation_entree", "situation", "Situation juste avant l'entrée", ColumnType.CHOICE,
           Situation),
    Column("critere", "criterion", "Critère principal, santé et justice regroupées",
           ColumnType.CHOICE, Criterion),
    Column("entree_le", "entered_on", "Entrée dans l'opération", ColumnType.DATE),
    Column("sortie_le", "left_on", "Sortie du parcours, vide tant qu'il dure", ColumnType.DATE),
    Column("situation_sortie", "at_exit", "Situation à la sortie", ColumnType.CHOICE,
           OutcomeSituation),
    Column("situation_6_mois", "after_six_months", "Situation 6 mois après la sortie",
           ColumnType.CHOICE, OutcomeSituation),
    Column("validees", "validated", "Heures validées dans l'opération", ColumnType.HOURS),
    Column("a_completer", "missing", "Ce qui manque encore à cette ligne"),
    *PROVENANCE,
)  # fmt: skip
