"""An evaluation for a script (JSON) and for a spreadsheet (lines)."""

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from suivi_tui.readings.breakdowns import TITLES
from suivi_tui.vocabulary.hours import Hours, hours_number
from suivi_tui.vocabulary.months import iso_month
from suivi_tui.vocabulary.numbers import csv_hundredths

if TYPE_CHECKING:
    from suivi_tui.readings.evaluation import Evaluation


def as_json(evaluation: "Evaluation") -> dict[str, Any]:
    """An evaluation for a script: figures as numbers, hours with two decimals, French keys."""
    rate, share = evaluation.rate, evaluation.insertion_share
    mean, standing = evaluation.hours_per_person, evaluation.standing
    return {
        "du": None if evaluation.first is None else iso_month(evaluation.first),
        "au": None if evaluation.last is None else iso_month(evaluation.last),
        "base_etp": evaluation.fte_base,
        "heures": {
            "dues": hours_number(evaluation.due),
            "attendues": hours_number(evaluation.expected),
            "declarees": hours_number(evaluation.hours.declared),
            "validees": hours_number(evaluation.hours.validated),
            "refusees": hours_number(evaluation.hours.refused),
            "a_valider": hours_number(evaluation.hours.pending),
            "formation": hours_number(evaluation.training),
            "validees_structures_insertion": hours_number(evaluation.insertion_hours),
            "par_participant": None if mean is None else hours_number(mean),
        },
        "taux": _share(rate),
        "part_structures_insertion": _share(share),
        "participants": evaluation.participants,
        "contrats_travail": evaluation.work_contracts,
        "suites_de_contrats": evaluation.chains,
        "premiers_emplois": evaluation.first_jobs,
        "marches": evaluation.contracts,
        "obligations": evaluation.obligations,
        "obligations_tenues": evaluation.met,
        "bilan_obligations": {
            "tenues": standing.kept,
            "en_partie": standing.partly,
            "non_tenues": standing.not_kept,
            "neutralisees": standing.excused,
            "en_cours": standing.going_on,
            "objectif_inconnu": standing.unknown,
        },
        "objectifs_particuliers": evaluation.targets,
        "objectifs_particuliers_atteints": evaluation.targets_met,
        "entreprises": evaluation.companies,
        "structures_insertion": evaluation.structures,
        "etp": evaluation.fte,
        "etp_par_base": {str(base): posts for base, posts in evaluation.ftes},
        "repartitions": {
            key: [
                {
                    "valeur": row.value,
                    "participants": row.participants,
                    "contrats": row.work_contracts,
                    "heures": hours_number(row.hours.declared),
                    "validees": hours_number(row.hours.validated),
                }
                for row in rows
            ]
            for key, rows in evaluation.breakdowns.items()
        },
    }


def _share(exact: Fraction | None) -> float | None:
    """A share of 1 to four decimals, half up."""
    return None if exact is None else (2 * 10_000 * exact + 1) // 2 / 10_000


class SynthesisRow(NamedTuple):
    """One line of a synthesis as a table: French field names are its columns.

    A headline has its figure in the column of its unit, or in ``valeur`` when it has none.
    """

    bloc: str
    indicateur: str
    valeur: str = ""
    participants: int | None = None
    contrats: int | None = None
    heures: Hours | None = None
    validees: Hours | None = None


def evaluation_rows(evaluation: "Evaluation", decimal: str = ",") -> list[SynthesisRow]:
    """The same figures as ``as_json``, line by line for a spreadsheet."""
    return [*_head_rows(evaluation, decimal), *_breakdown_rows(evaluation)]


def _head_rows(evaluation: "Evaluation", decimal: str) -> list[SynthesisRow]:
    first, last, hours = evaluation.first, evaluation.last, evaluation.hours
    period, total = "Période", "Ensemble"
    standing = evaluation.standing

    def posts(number: float) -> str:
        return csv_hundredths(round(number * 100), decimal)

    def count(heading: str, number: int) -> SynthesisRow:
        return SynthesisRow(total, heading, str(number))

    rows = [
        SynthesisRow(period, "Du", "" if first is None else iso_month(first)),
        SynthesisRow(period, "Au", "" if last is None else iso_month(last)),
        SynthesisRow(period, "Acheteur", evaluation.buyer or "Tous les acheteurs"),
        SynthesisRow(total, "Heures à réaliser", heures=evaluation.due),
        SynthesisRow(total, "Heures attendues à ce jour", heures=evaluation.expected),
        SynthesisRow(
            total,
            "Heures déclarées",
            participants=evaluation.participants,
            contrats=evaluation.work_contracts,
            heures=hours.declared,
            validees=hours.validated,
        ),
        SynthesisRow(total, "Heures validées", heures=hours.validated),
        SynthesisRow(total, "Heures refusées", heures=hours.refused),
        SynthesisRow(total, "Heures à valider", heures=hours.pending),
        SynthesisRow(total, "Heures de formation", heures=evaluation.training),
        SynthesisRow(
            total, "Heures des structures d'insertion", validees=evaluation.insertion_hours
        ),
        SynthesisRow(total, "Heures par participant", validees=evaluation.hours_per_person),
        SynthesisRow(total, "Participants", participants=evaluation.participants),
        SynthesisRow(total, "Contrats de travail", contrats=evaluation.work_contracts),
        SynthesisRow(total, "Suites de contrats", contrats=evaluation.chains),
        SynthesisRow(total, "Premiers emplois", participants=evaluation.first_jobs),
        count("Marchés", evaluation.contracts),
        count("Obligations", evaluation.obligations),
        count("Obligations tenues", evaluation.met),
        count("Obligations tenues en partie", standing.partly),
        count("Obligations non tenues", standing.not_kept),
        count("Objectifs particuliers", evaluation.targets),
        count("Objectifs particuliers atteints", evaluation.targets_met),
        count("Entreprises et structures", evaluation.companies),
        count("Structures d'insertion", evaluation.structures),
    ]
    bases = dict([(evaluation.fte_base, evaluation.fte), *evaluation.ftes])
    rows += [
        SynthesisRow(total, f"ETP (base {base}\u00a0h)", posts(number))
        for base, number in bases.items()
    ]
    return rows


def _breakdown_rows(evaluation: "Evaluation") -> list[SynthesisRow]:
    return [
        SynthesisRow(
            "Répartition",
            TITLES[key],
            row.value,
            row.participants,
            row.work_contracts,
            row.hours.declared,
            row.hours.validated,
        )
        for key, rows in evaluation.breakdowns.items()
        for row in rows
    ]
