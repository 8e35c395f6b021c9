"""The exports by name: what each one is for, its columns, whether it may be published.

None of them claims to be the import format of another tool: they are tables to read, to send and
to copy from.
"""

from typing import NamedTuple

from suivi_tui.exchange.columns import Column, ColumnType
from suivi_tui.exchange.columns_contracts import CONTRACT_COLUMNS
from suivi_tui.exchange.columns_directory import DIRECTORY_COLUMNS
from suivi_tui.exchange.columns_hours import HOUR_COLUMNS
from suivi_tui.exchange.columns_participants import PARTICIPANT_COLUMNS
from suivi_tui.exchange.columns_policies import POLICY_COLUMNS
from suivi_tui.exchange.columns_structures import STRUCTURE_COLUMNS
from suivi_tui.exchange.syntheses.columns_people import FSE_COLUMNS, OUTCOME_COLUMNS
from suivi_tui.exchange.syntheses.figure_columns import (
    COUNTS,
    FIGURES,
    HEADING,
    MASKED,
    NUMBER,
    PROVENANCE,
)


class Export(NamedTuple):
    """A table that can be exported.

    ``public`` tables mask the groups of a few people unless told otherwise; ``scoped`` ones are
    about a period and a scope, the others hold the whole base; ``imports`` ones are read back by
    ``importer``; ``named`` ones may hold the names of people.
    """

    title: str
    about: str
    columns: tuple[Column, ...]
    public: bool = False
    scoped: bool = True
    imports: bool = False
    named: bool = False


_SYNTHESIS = (
    HEADING[0],
    HEADING[1],
    Column("valeur", "value", "Valeur de la répartition, ou chiffre sans heures"),
    *COUNTS,
    MASKED,
    *PROVENANCE,
)
_PROGRAMME = (
    Column("programme", "programme", "Programme de renouvellement urbain"),
    Column("operation", "operation", "Opération, vide pour tout le programme"),
    Column("acheteur", "buyer", "Acheteur de l'opération, vide pour tout le programme"),
)
_POLICY = (
    Column("acheteur", "buyer", "Acheteur"),
    Column("annee", "year", "Année de notification et des heures", ColumnType.INTEGER),
    Column("rubrique", "heading", "Indicateur"),
    Column("valeur", "value", "Considération sociale, ou public"),
    Column("marches", "contracts", "Marchés notifiés dans l'année", ColumnType.INTEGER),
    Column("montant", "amount", "Montant en euros hors taxes", ColumnType.MONEY),
    Column("participants", "participants", "Personnes distinctes", ColumnType.INTEGER),
    Column("heures", "declared", "Heures déclarées, ou heures prévues", ColumnType.HOURS),
    Column("validees", "validated", "Heures validées", ColumnType.HOURS),
    *NUMBER,
    MASKED,
    *PROVENANCE,
)

CATALOGUE: dict[str, Export] = {
    "marches": Export(
        "Marchés suivis, lots, entreprises et heures dues",
        "Une ligne par marché, lot et entreprise ; à reprendre dans une autre base.",
        CONTRACT_COLUMNS.columns,
        scoped=False,
        named=True,
        imports=True,
    ),
    "participants": Export(
        "Participants et critères",
        "Une ligne par personne et critère d'éligibilité ; à reprendre dans une autre base.",
        PARTICIPANT_COLUMNS.columns,
        scoped=False,
        named=True,
        imports=True,
    ),
    "heures": Export(
        "Heures déclarées et validées",
        "Une ligne par contrat de travail, obligation, mois et nature ; à reprendre dans une "
        "autre base.",
        HOUR_COLUMNS.columns,
        scoped=False,
        named=True,
        imports=True,
    ),
    "synthese": Export(
        "Synthèse de l'évaluation",
        "Les chiffres et toutes les répartitions de l'écran Évaluation.",
        _SYNTHESIS,
        public=True,
    ),
    "consolidation": Export(
        "Consolidation annuelle du réseau",
        "Marchés, heures, ETP sur 1 600 h, personnes, contrats, acheteurs, structures et "
        "répartitions.",
        FIGURES,
        public=True,
    ),
    "anru": Export(
        "Renouvellement urbain (NPNRU, GUP)",
        "Heures prévues et réalisées, habitants de QPV, femmes, moins de 26 ans, contrats, "
        "situation à 6 mois ; parts de 5 % et 10 % en repère.",
        (*_PROGRAMME, *FIGURES),
        public=True,
    ),
    "observatoire": Export(
        "Observatoire régional",
        "Marchés, heures, personnes, quatre classes d'âge, diplôme, QPV, durées, stages, zones.",
        FIGURES,
        public=True,
    ),
    "rapport_acheteur": Export(
        "Rapport d'un acheteur, en lignes",
        "Les chiffres du rapport remis à un acheteur (--acheteur) : marchés, heures, obligations, "
        "publics, parcours.",
        FIGURES,
        public=True,
    ),
    "spaser": Export(
        "Indicateurs SPASER par acheteur et année",
        "Marchés par considération sociale, montants, heures, personnes, achats à l'insertion et "
        "au handicap.",
        _POLICY,
        public=True,
    ),
    "parcours": Export(
        "Parcours : sortie, 3, 6 et 12 mois",
        "Participant ; date ; point ; situation : une ligne par personne et point demandé ou "
        "répondu ; à reprendre dans une autre base.",
        OUTCOME_COLUMNS.columns,
        imports=True,
    ),
    "politiques": Export(
        "Engagements des acheteurs (chartes, SPASER) : cible, réalisé, preuves",
        "Une ligne par engagement et par année ; le réalisé calculé, et celui qui a été saisi.",
        POLICY_COLUMNS,
        public=True,
        scoped=False,
    ),
    "structures": Export(
        "Structures d'insertion, territoires et métiers",
        "Une ligne par structure, territoire et métier ; à reprendre dans une autre base.",
        STRUCTURE_COLUMNS.columns,
        scoped=False,
        named=True,
        imports=True,
    ),
    "annuaire": Export(
        "Annuaire des facilitateurs et référents",
        "Une ligne par personne, territoire et métier ; à reprendre dans une autre base.",
        DIRECTORY_COLUMNS.columns,
        scoped=False,
        named=True,
        imports=True,
    ),
    "fse": Export(
        "Préparation FSE+ (opérations cofinancées)",
        "Une ligne par personne et opération FSE+ : entrée, sortie, 6 mois, et ce qui manque.",
        FSE_COLUMNS,
        named=True,
    ),
}
"""Every table, in the order of the list; the last one is only prepared."""

FOLDER = "donnees"
FOLDER_ABOUT = (
    "La base entière : un CSV par table, les relations en français (relations.md) et pour les "
    "machines (datapackage.json). Santé et justice y sont regroupées."
)
FOLDER_TITLE = "Toutes les données, un CSV par table"

LISTED: dict[str, str] = {
    **{name: export.title for name, export in CATALOGUE.items() if name != "fse"},
    FOLDER: FOLDER_TITLE,
    "fse": CATALOGUE["fse"].title,
}
"""Everything that ``exporter`` writes, by name, with what it holds."""

NO_CLAIM = "Aucun de ces tableaux ne prétend être le format d'import d'un autre outil."
