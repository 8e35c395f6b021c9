"""The figures of the report handed to a buyer, line by line."""

from typing import Final

from suivi_tui.readings.evaluation import evaluate
from suivi_tui.readings.synthesis_lines import Asked, Line
from suivi_tui.readings.synthesis_masks import masks_of
from suivi_tui.readings.synthesis_network import breakdowns_of
from suivi_tui.readings.synthesis_outcomes import outcome_lines
from suivi_tui.readings.synthesis_totals import contract_lines, hour_lines, people_lines
from suivi_tui.store.queries.connection import Connection

BUYER_KEYS: Final = (
    "marche", "operation", "entreprise", "mois", "sexe", "age", "qpv", "niveau", "critere",
    "contrat", "longueur", "modalite", "structure", "secteur",
)  # fmt: skip


def buyer_report(connection: Connection, asked: Asked) -> list[Line]:
    """What was owed and done for a buyer, by whom, and what became of them."""
    evaluation = evaluate(
        connection,
        asked.filters,
        today=asked.today,
        fte_base=asked.fte_base,
        keys=BUYER_KEYS,
    )
    masks = masks_of(connection, evaluation, asked.threshold)
    return [
        *contract_lines(connection, evaluation),
        *hour_lines(evaluation),
        *people_lines(evaluation, masks),
        *breakdowns_of(evaluation, masks, BUYER_KEYS),
        *outcome_lines(connection, asked),
    ]
