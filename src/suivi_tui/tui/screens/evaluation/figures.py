"""The figures of an evaluation as lines, each with how it was counted, in French.

What a line shows is what ``evaluer`` prints: nothing is computed here but the two rates.
"""

from dataclasses import dataclass
from typing import Final

from suivi_tui.readings.evaluation import Evaluation
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import format_month, short_month
from suivi_tui.vocabulary.numbers import NBSP, format_number, format_percent


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure: what it is, how it is written, how it is counted; a title has no ``rule``.

    ``ratio`` draws a gauge instead of a text.
    """

    label: str
    text: str = ""
    rule: str = ""
    formula: str = ""
    ratio: float | None = None


COUNTED: Final = (
    "Seuls comptent les marchés pris en charge. Les heures sont celles des mois de la période."
)
_PEOPLE: Final = (
    "Les personnes et contrats de travail qui ont des heures déclarées dans la période, comptés "
    "une fois chacun, quel que soit le nombre de leurs affectations."
)


def figure_lines(evaluation: Evaluation, base_name: str) -> list[FigureLine]:
    """Every figure of an evaluation; ``base_name`` says who counts full-time posts so."""
    return [*_hours(evaluation), *_people(evaluation, base_name), *_contracts(evaluation)]


def rate_text(evaluation: Evaluation) -> str:
    """Validated over owed; a dash when nothing is owed."""
    if evaluation.due <= 0:
        return f"–{NBSP}%"
    return format_percent(evaluation.hours.validated / evaluation.due)


def _hours(evaluation: Evaluation) -> list[FigureLine]:
    hours, due = evaluation.hours, evaluation.due
    whole = evaluation.first is None and evaluation.last is None
    share = (
        "Somme des objectifs fermes de toutes les obligations : volume initial, avenants, "
        "tranches affermies, commandes."
        if whole
        else "Part de chaque objectif ferme qui tombe dans la période, répartie également jour "
        "par jour du démarrage sur site à la fin de l'obligation. Sans l'une de ces dates, "
        "l'obligation compte pour 0."
    )
    parts = f"{_h(hours.validated)} validées + {_h(hours.refused)} refusées + {_h(hours.pending)}"
    sum_of = f"{_h(hours.declared)} déclarées = {parts} à valider"
    line = "Une ligne d'heures est en entier à valider, ou décidée : validées et refusées."
    rate = (
        f"{_h(hours.validated)} validées / {_h(due)} à réaliser = {rate_text(evaluation)}"
        if due > 0
        else "Aucune heure à réaliser n'est connue sur cette période."
    )
    ratio = hours.validated / due if due > 0 else 0.0
    return [
        FigureLine("Heures"),
        FigureLine("À réaliser", _h(due), share, f"{_h(due)} à réaliser"),
        FigureLine("Déclarées", _h(hours.declared), f"{COUNTED} {line}", sum_of),
        FigureLine("  = validées", _h(hours.validated), "Heures acceptées après contrôle.", sum_of),
        FigureLine(
            "  + refusées",
            _h(hours.refused),
            "Heures déclarées et non retenues, chacune avec son motif.",
            sum_of,
        ),
        FigureLine(
            "  + à valider", _h(hours.pending), "Heures que personne n'a encore décidées.", sum_of
        ),
        FigureLine(
            "Taux de réalisation",
            rate_text(evaluation),
            "Heures validées sur heures à réaliser de la même période.",
            rate,
        ),
        FigureLine("", ratio=ratio),
    ]


def _people(evaluation: Evaluation, base_name: str) -> list[FigureLine]:
    posts = format_number(evaluation.fte, 2)
    base = f"{format_number(evaluation.fte_base)}{NBSP}h"
    named = f" ({base_name})" if base_name else ""
    return [
        FigureLine("Personnes"),
        FigureLine("Participants", format_number(evaluation.participants), _PEOPLE),
        FigureLine("Contrats de travail", format_number(evaluation.work_contracts), _PEOPLE),
        FigureLine(
            f"ETP, base {base}",
            posts,
            f"Équivalents temps plein : heures validées divisées par {base} par an{named}. La "
            "base change par « b » ; elle est toujours nommée avec le chiffre.",
            f"{_h(evaluation.hours.validated)} / {base} = {posts}",
        ),
    ]


def _contracts(evaluation: Evaluation) -> list[FigureLine]:
    scope = (
        "Obligations des marchés pris en charge qui sont en cours pendant la période, ou qui y ont "
        "des heures."
    )
    return [
        FigureLine("Marchés"),
        FigureLine(
            "Marchés", format_number(evaluation.contracts), f"Marchés de ces obligations. {scope}"
        ),
        FigureLine("Obligations", format_number(evaluation.obligations), scope),
        FigureLine(
            "Obligations tenues",
            format_number(evaluation.met),
            "Obligations dont les heures validées, depuis leur début jusqu'à la fin de la "
            "période, atteignent l'objectif.",
            f"{format_number(evaluation.met)} sur {format_number(evaluation.obligations)}",
        ),
        FigureLine(
            "Entreprises",
            format_number(evaluation.companies),
            "Titulaires de ces obligations et employeurs des personnes comptées, une fois chacun.",
        ),
    ]


def explanation(line: FigureLine, evaluation: Evaluation) -> str:
    """A figure explained: its value, its formula, its rule, what it was counted on."""
    parts = [f"{line.label.strip(' =+').capitalize()}{NBSP}: {line.text}"]
    if line.formula:
        parts.append(line.formula)
    parts += [line.rule, f"Compté sur : {scope_text(evaluation)}."]
    return "\n\n".join(parts)


def scope_text(evaluation: Evaluation, short: bool = False) -> str:
    """``janvier 2026 à mars 2026, tous les acheteurs``."""
    written = short_month if short else format_month
    first, last = evaluation.first, evaluation.last
    if first is None and last is None:
        period = "toute la base"
    elif last is None and first is not None:
        period = f"depuis {written(first)}"
    elif first is None and last is not None:
        period = f"jusqu'à {written(last)}"
    elif first is not None and last is not None:
        period = written(first) if first == last else f"{written(first)} à {written(last)}"
    return f"{period}, {evaluation.buyer or 'tous les acheteurs'}"


def _h(hours: Hours) -> str:
    return format_hours(hours)
