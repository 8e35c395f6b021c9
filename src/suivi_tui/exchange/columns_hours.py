"""The columns of ``heures``: one line per work contract, obligation, month and kind of hours."""

from dataclasses import replace

from suivi_tui.exchange.columns import Column, ColumnType, TableColumns
from suivi_tui.vocabulary.choices import (
    CompanyKind,
    EmploymentKind,
    HourKind,
    Mode,
    RefusalReason,
    Residence,
)
from suivi_tui.vocabulary.text import NOTES_LIMIT

HOUR_COLUMNS = TableColumns(
    "heures",
    "heures",
    (
        Column(
            "acheteur",
            "buyer",
            "Acheteur, utile quand un numéro de marché est ambigu",
            synonyms=("donneur d'ordre", "donneur d'ordres", "maître d'ouvrage", "MOA"),
        ),
        Column(
            "acheteur_siret",
            "buyer_siret",
            "SIRET de l'acheteur, 14 chiffres",
            ColumnType.SIRET,
            synonyms=("siret acheteur", "siret donneur d'ordre", "siret maître d'ouvrage"),
        ),
        Column(
            "marche",
            "contract",
            "Numéro du marché chez l'acheteur",
            required=True,
            synonyms=(
                "numéro de marché",
                "numéro du marché",
                "n° de marché",
                "n° marché",
                "num marché",
                "référence marché",
                "réf marché",
            ),
        ),
        Column(
            "lot",
            "lot",
            "Numéro du lot, vide ou 0 pour un lot unique",
            synonyms=("numéro de lot", "n° de lot", "n° lot", "numéro du lot", "num lot"),
        ),
        Column(
            "entreprise",
            "company",
            "Entreprise dont les heures comptent pour l'obligation",
            synonyms=("attributaire", "titulaire", "entreprise attributaire", "nom entreprise"),
        ),
        Column(
            "entreprise_siret",
            "company_siret",
            "SIRET de l'entreprise, 14 chiffres",
            ColumnType.SIRET,
            synonyms=("siret entreprise", "siret titulaire", "siret attributaire"),
        ),
        Column(
            "mois",
            "month",
            "Mois travaillé",
            ColumnType.MONTH,
            required=True,
            synonyms=("période", "mois concerné", "mois travaillé", "mois de déclaration"),
        ),
        Column(
            "participant",
            "participant",
            "Référence de la personne, ou son nom et son prénom",
            required=True,
            refuses_nir=True,
            synonyms=(
                "bénéficiaire",
                "salarié",
                "référence participant",
                "référence bénéficiaire",
                "nom prénom",
                "nom et prénom",
                "nom du salarié",
                "nom du bénéficiaire",
                "nom du participant",
                "salarié en insertion",
            ),
        ),
        Column(
            "employeur",
            "employer",
            "Employeur de la personne",
            synonyms=("structure", "nom employeur", "structure employeuse", "siae"),
        ),
        Column(
            "employeur_siret",
            "employer_siret",
            "SIRET de l'employeur, 14 chiffres",
            ColumnType.SIRET,
            synonyms=("siret employeur", "siret structure"),
        ),
        Column(
            "type_structure",
            "structure_kind",
            "Type de l'employeur à l'embauche",
            ColumnType.CHOICE,
            CompanyKind,
            synonyms=("type d'employeur", "type employeur", "type siae"),
        ),
        Column(
            "modalite",
            "mode",
            "Modalité de réalisation",
            ColumnType.CHOICE,
            Mode,
            synonyms=("modalité de réalisation", "mode de réalisation"),
        ),
        Column(
            "type_contrat",
            "type",
            "Type de contrat de travail",
            ColumnType.CHOICE,
            EmploymentKind,
            synonyms=("contrat", "nature du contrat", "contrat de travail"),
        ),
        Column(
            "contrat_debut",
            "start",
            "Début du contrat de travail",
            ColumnType.DATE,
            synonyms=(
                "début de contrat",
                "date de début de contrat",
                "date d'embauche",
                "embauche",
                "début contrat de travail",
            ),
        ),
        Column(
            "contrat_fin",
            "end",
            "Fin du contrat de travail",
            ColumnType.DATE,
            synonyms=("fin de contrat", "date de fin de contrat", "fin contrat de travail"),
        ),
        Column(
            "temps_hebdo",
            "weekly_hours",
            "Temps de travail hebdomadaire en heures",
            ColumnType.HOURS,
            minimum=1,
            maximum=168_00,
            synonyms=(
                "temps hebdomadaire",
                "heures hebdo",
                "heures hebdomadaires",
                "durée hebdomadaire",
                "temps de travail hebdomadaire",
            ),
        ),
        Column(
            "poste",
            "post",
            "Poste occupé",
            synonyms=("métier", "emploi", "fonction", "poste occupé"),
        ),
        Column("rome", "rome", "Code ROME du métier", synonyms=("code rome",)),
        Column(
            "qpv",
            "qpv",
            "Adresse à l'embauche dans un quartier prioritaire",
            ColumnType.CHOICE,
            Residence,
            synonyms=("résident qpv", "habitant qpv", "quartier prioritaire"),
        ),
        Column(
            "nature_heures",
            "kind",
            "Nature des heures, travail si rien n'est dit",
            ColumnType.CHOICE,
            HourKind,
            synonyms=("nature des heures", "type d'heures"),
        ),
        Column(
            "heures",
            "declared",
            "Heures déclarées",
            ColumnType.HOURS,
            required=True,
            synonyms=(
                "heures déclarées",
                "heures réalisées",
                "heures travaillées",
                "heures effectuées",
                "nombre d'heures",
                "nb heures",
                "nb d'heures",
                "total heures",
            ),
        ),
        Column(
            "validees",
            "validated",
            "Heures validées, vide tant que rien n'est décidé",
            ColumnType.HOURS,
            synonyms=("heures validées", "heures retenues"),
        ),
        Column(
            "motif_refus",
            "refusal_reason",
            "Motif du refus des heures non validées",
            ColumnType.CHOICE,
            RefusalReason,
            synonyms=("motif", "motif de refus", "motif du refus"),
        ),
        Column(
            "piece",
            "reference",
            "Référence du relevé ou de la pièce",
            synonyms=("référence pièce", "relevé", "n° de relevé", "référence du relevé"),
        ),
        Column(
            "commentaire",
            "comment",
            "Commentaire",
            ColumnType.NOTES,
            limit=NOTES_LIMIT,
            refuses_nir=True,
            synonyms=("observations", "observation", "remarque", "remarques", "commentaires"),
        ),
    ),
)

_PERSON = (
    Column("nom", "last", "Nom de la personne", refuses_nir=True, nominative=True),
    Column("prenom", "first", "Prénom de la personne", refuses_nir=True, nominative=True),
    Column(
        "naissance",
        "birth",
        "Date de naissance, qui distingue deux homonymes",
        ColumnType.BIRTH,
        nominative=True,
    ),
)
HOUR_FILE_COLUMNS = replace(
    HOUR_COLUMNS,
    columns=(
        *(
            replace(column, required=column.required and column.name != "participant")
            for column in HOUR_COLUMNS.columns
        ),
        *_PERSON,
    ),
    identities=(("participant",), ("nom", "prenom")),
)
"""What a file may hold: who is also told by a name and a date of birth, which exports leave out."""
