"""The columns that tables of figures share: what is counted, the figures, where they come from.

Every line ends with the period, the scope, the day, the base and the version of the rules: a line
taken out of its table still says where it comes from, and the table stays one plain table.
"""

from suivi_tui.exchange.columns import Column, ColumnType

PROVENANCE = (
    Column("du", "first", "Premier mois compté, vide sans limite", ColumnType.MONTH),
    Column("au", "last", "Dernier mois compté, vide sans limite", ColumnType.MONTH),
    Column("perimetre", "scope", "Ce qui est compté : acheteur, programme, territoire…"),
    Column("etabli_le", "made_on", "Jour où le tableau a été établi", ColumnType.DATE),
    Column("base", "base", "Structure et base de données d'où viennent les chiffres"),
    Column("regles", "rules", "Version des règles de calcul"),
)
"""The last columns of every table of figures, the same on every line."""

MASKED = Column(
    "masque",
    "masked",
    "« oui » quand les chiffres de la ligne sont masqués (moins de 5 personnes, ou déduction)",
    ColumnType.FLAG,
)
HEADING = (
    Column("partie", "part", "Partie du tableau"),
    Column("rubrique", "heading", "Ce qui est compté, ou la répartition"),
    Column("valeur", "value", "Valeur de la répartition"),
)
COUNTS = (
    Column("participants", "participants", "Personnes distinctes", ColumnType.INTEGER),
    Column("contrats", "work_contracts", "Contrats de travail distincts", ColumnType.INTEGER),
    Column("heures", "declared", "Heures déclarées, ou heures de la rubrique", ColumnType.HOURS),
    Column("validees", "validated", "Heures validées", ColumnType.HOURS),
)
NUMBER = (
    Column("nombre", "number", "Chiffre sans heures ni personnes", ColumnType.DECIMAL),
    Column("unite", "unit", "Unité de la colonne nombre"),
)
FIGURES = (*HEADING, *COUNTS, *NUMBER, MASKED, *PROVENANCE)
"""The columns of a table of figures."""
