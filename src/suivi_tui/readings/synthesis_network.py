"""What the network and the regional observatory ask of everybody once a year (domain.md 7.1)."""

from fractions import Fraction
from itertools import compress
from typing import Final

from suivi_tui.readings.breakdowns import TITLES
from suivi_tui.readings.evaluation import Evaluation, evaluate
from suivi_tui.readings.evaluation_fold import fold_of, ground_of
from suivi_tui.readings.synthesis_lines import Asked, Line, counted
from suivi_tui.readings.synthesis_masks import Masks, breakdown_lines, masks_of
from suivi_tui.readings.synthesis_outcomes import outcome_lines
from suivi_tui.readings.synthesis_totals import (
    contract_lines,
    contracts_by,
    hour_lines,
    people_lines,
    worked_rows,
)
from suivi_tui.rules.indicators import OBSERVATORY_AGE_BANDS, USUAL_BANDS, Bands
from suivi_tui.rules.policy_indicators import Purchase, has_clause, is_reserved, is_social
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.choices import ClauseForm, EmploymentKind, OutcomePoint

NETWORK_FTE: Final = 1600
"""Hours of a full-time post in the consolidation of the network, whatever else is chosen."""
NETWORK_KEYS: Final = (
    "type_acheteur", "montant", "modalite", "structure", "contrat", "critere", "secteur",
    "type_clause", "niveau", "sexe", "age", "qpv",
)  # fmt: skip
OBSERVATORY_KEYS: Final = (
    "sexe", "age", "niveau", "qpv", "longueur", "contrat", "structure", "modalite", "secteur",
    "type_acheteur", "type_clause", "territoire",
)  # fmt: skip
OBSERVATORY_BANDS: Final = Bands(OBSERVATORY_AGE_BANDS, grouped_levels=True)
PART = "Répartition"


def consolidation(connection: Connection, asked: Asked) -> list[Line]:
    """The consolidation of the network: full-time posts always on 1 600 h."""
    evaluation = evaluate(
        connection,
        asked.filters,
        today=asked.today,
        fte_base=NETWORK_FTE,
        bands=USUAL_BANDS,
        keys=NETWORK_KEYS,
    )
    masks = masks_of(connection, evaluation, asked.threshold)
    return [
        *contract_lines(connection, evaluation),
        *hour_lines(evaluation),
        *people_lines(evaluation, masks),
        *contracts_by(connection, asked.filters, "type_acheteur", "montant", "type_clause"),
        *breakdowns_of(evaluation, masks, NETWORK_KEYS),
    ]


def observatory(connection: Connection, asked: Asked) -> list[Line]:
    """The tables of a regional observatory: four classes of age, four of diploma, lengths, zones.

    The mean weight of criteria is not in the base: only how many contracts have one.
    """
    evaluation = evaluate(
        connection,
        asked.filters,
        today=asked.today,
        fte_base=asked.fte_base,
        bands=OBSERVATORY_BANDS,
        keys=OBSERVATORY_KEYS,
    )
    masks = masks_of(connection, evaluation, asked.threshold)
    return [
        *contract_lines(connection, evaluation),
        *_considerations(connection, asked),
        *hour_lines(evaluation),
        *people_lines(evaluation, masks),
        *_internships(connection, asked, evaluation, masks),
        *breakdowns_of(evaluation, masks, OBSERVATORY_KEYS),
        *outcome_lines(connection, asked, (OutcomePoint.EXIT, OutcomePoint.MONTHS_6)),
    ]


def breakdowns_of(
    evaluation: Evaluation, masks: Masks, keys: tuple[str, ...], part: str = PART
) -> list[Line]:
    """The lines of several breakdowns, in the order asked."""
    return [
        line
        for key in keys
        for line in breakdown_lines(part, TITLES[key], evaluation.breakdowns[key], masks.rows(key))
    ]


def _considerations(connection: Connection, asked: Asked) -> list[Line]:
    """Contracts that produced hours, by what their legal form asks."""
    forms = {
        row.contract: Purchase(row.clause_form, False, None)
        for row in worked_rows(connection, asked.filters)
    }
    part, unit = "Marchés", "marchés"
    kinds = (
        ("Avec considération sociale", is_social),
        ("Avec clause d'insertion ayant produit des heures", has_clause),
        ("Réservés", is_reserved),
    )
    lines = [counted(part, heading, sum(map(ask, forms.values())), unit) for heading, ask in kinds]
    for form in (
        ClauseForm.RESERVED_INSERTION,
        ClauseForm.RESERVED_DISABILITY,
        ClauseForm.CRITERION,
        ClauseForm.CONDITION_CRITERION,
    ):
        number = sum(one.form == form.value for one in forms.values())
        lines.append(counted(part, form.label, number, unit))
    return lines


def _internships(
    connection: Connection, asked: Asked, evaluation: Evaluation, masks: Masks
) -> list[Line]:
    """Hours and people on an internship; hidden with the row of their kind of work contract."""
    heading, label = "Stages", EmploymentKind.INTERNSHIP.label
    rows = evaluation.breakdowns["contrat"]
    hidden = masks.rows("contrat")
    place = next((place for place, row in enumerate(rows) if row.value == label), None)
    if place is None:
        return [Line("Ensemble", heading, participants=0, number=Fraction(0), unit="stagiaires")]
    if hidden is None or place in hidden:
        return [Line("Ensemble", heading, masked=True)]
    row = rows[place]
    return [
        Line(
            "Ensemble",
            heading,
            participants=row.participants,
            work_contracts=row.work_contracts,
            declared=row.hours.declared,
            validated=row.hours.validated,
        )
    ]


def people_in_scope(connection: Connection, asked: Asked) -> set[int]:
    """The people with declared hours in a scope."""
    ground = ground_of(connection, asked.filters)
    fold = fold_of(ground)
    return {ground.cast.people[rank] for rank in compress(fold.ranks, fold.worked)}
