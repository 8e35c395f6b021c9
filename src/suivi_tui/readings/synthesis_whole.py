"""The synthesis of the evaluation as it leaves the base, the lines of a few people hidden."""

from typing import Final

from suivi_tui.readings.breakdowns import TITLES
from suivi_tui.readings.evaluation import Evaluation, SynthesisRow, evaluation_rows
from suivi_tui.readings.synthesis_lines import WITHHELD
from suivi_tui.readings.synthesis_masks import Masks

_OF_PEOPLE: Final = (
    "Heures par participant", "Participants", "Contrats de travail", "Suites de contrats",
    "Premiers emplois",
)  # fmt: skip
_BREAKDOWN: Final = "Répartition"
_INSERTION: Final = "Heures des structures d'insertion"


def masked_rows(
    evaluation: Evaluation, masks: Masks, threshold: int | None, decimal: str
) -> list[tuple[SynthesisRow, bool]]:
    """The lines of an evaluation, and whether each one is masked."""
    rows = evaluation_rows(evaluation, decimal)
    if threshold is None:
        return [(row, False) for row in rows]
    found = [_headline(row, evaluation, masks, threshold) for row in rows if row.bloc != _BREAKDOWN]
    keys = {title: key for key, title in TITLES.items()}
    listed = [row for row in rows if row.bloc == _BREAKDOWN]
    places: dict[str, int] = {}
    for row in listed:
        place = places.get(row.indicateur, 0)
        places[row.indicateur] = place + 1
        hidden = masks.rows(keys[row.indicateur])
        if hidden is None:
            if place == 0:
                found.append((SynthesisRow(row.bloc, row.indicateur, WITHHELD), True))
        elif place in hidden:
            found.append((SynthesisRow(row.bloc, row.indicateur, row.valeur), True))
        else:
            found.append((row, False))
    return found


def _headline(
    row: SynthesisRow, evaluation: Evaluation, masks: Masks, threshold: int
) -> tuple[SynthesisRow, bool]:
    """A line of the whole: what would count a few people loses its figures."""
    empty = SynthesisRow(row.bloc, row.indicateur)
    # Added up from rows of a breakdown, some of which are hidden.
    if row.indicateur == _INSERTION and masks.rows("structure") != frozenset():
        return empty, True
    if masks.few:
        if row.indicateur in _OF_PEOPLE:
            return empty, True
        if row.participants is not None:
            return row._replace(participants=None, contrats=None), True
    if row.indicateur == "Premiers emplois":
        others = evaluation.participants - evaluation.first_jobs
        if any(0 < count < threshold for count in (evaluation.first_jobs, others)):
            return empty, True
    return row, False
