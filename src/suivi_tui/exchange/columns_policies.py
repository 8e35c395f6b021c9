"""The columns of ``politiques``: the commitments of buyers, year by year, and what was achieved."""

from typing import Final

from suivi_tui.exchange.columns import Column, ColumnType
from suivi_tui.vocabulary.choices import PolicyIndicator
from suivi_tui.vocabulary.text import NOTES_LIMIT

POLICY_COLUMNS: Final = (
    Column("acheteur", "buyer", "Acheteur"),
    Column("annee", "year", "Année de l'engagement", ColumnType.INTEGER),
    Column("politique", "policy", "Charte, convention ou SPASER"),
    Column("engagement", "commitment", "Engagement, dans les mots de l'acheteur"),
    Column("indicateur", "indicator", "Indicateur", ColumnType.CHOICE, PolicyIndicator),
    Column("unite", "unit", "Unité des chiffres de la ligne"),
    Column("cible", "target", "Cible de l'année", ColumnType.DECIMAL),
    Column("calcule", "computed", "Réalisé, calculé par la base", ColumnType.DECIMAL),
    Column("saisi", "typed", "Réalisé, saisi à la main", ColumnType.DECIMAL),
    Column("ecart", "gap", "Réalisé moins cible", ColumnType.DECIMAL),
    Column("atteint", "reached", "Cible atteinte", ColumnType.FLAG),
    Column("preuves", "evidence", "Preuves et où elles se trouvent", ColumnType.NOTES,
           limit=NOTES_LIMIT),
    Column("formule", "formula", "Comment le chiffre calculé est compté", ColumnType.NOTES,
           limit=NOTES_LIMIT),
    Column("masque", "masked", "Chiffres masqués : trop peu de personnes", ColumnType.FLAG),
)  # fmt: skip
