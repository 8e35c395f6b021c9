"""The figures of an evaluation as lines, each with how it was counted, in French.

What a line shows is what ``evaluer`` prints: nothing is computed here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from suivi_tui.readings.evaluation import Evaluation
from suivi_tui.rules.version import RULES_VERSION
from suivi_tui.tui.screens.evaluation.scope import Scope
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.numbers import NBSP, format_number, format_percent


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure: what it is, how it is written, how it is counted; a title has no ``rule``.

    ``key`` is the figure whose people and lines Enter shows, '' when there are none;
    ``ratio`` draws a gauge instead of a text; ``other`` is the same figure of what is compared.
    """

    label: str
    text: str = ""
    rule: str = ""
    formula: str = ""
    key: str = ""
    ratio: float | None = None
    other: str | None = None


COUNTED: Final = (
    "Seuls comptent les marchés pris en charge. Les heures sont celles des mois de la période."
)
_PEOPLE: Final = (
    "Les personnes et contrats de travail qui ont des heures déclarées dans la période, comptés "
    "une fois chacun, quel que soit le nombre de leurs affectations. Deux groupes ne "
    "s'additionnent pas : une personne peut être dans les deux."
)
_DASH: Final = f"–{NBSP}%"


def figure_lines(
    evaluation: Evaluation, base_name: str, other: Evaluation | None = None
) -> list[FigureLine]:
    """Every figure of an evaluation; ``base_name`` says who counts full-time posts so.

    With ``other``, each line also has the figure of that evaluation.
    """
    lines = _every_line(evaluation, base_name)
    if other is None:
        return lines
    beside = _every_line(other, base_name)
    return [
        _beside(line, twin) for line, twin in zip(lines, beside, strict=True) if line.ratio is None
    ]


def _beside(line: FigureLine, twin: FigureLine) -> FigureLine:
    return FigureLine(
        line.label, line.text, line.rule, line.formula, line.key, None, twin.text or None
    )


def _every_line(evaluation: Evaluation, base_name: str) -> list[FigureLine]:
    parts: tuple[Callable[[], list[FigureLine]], ...] = (
        lambda: _hours(evaluation),
        lambda: _people(evaluation),
        lambda: _posts(evaluation, base_name),
        lambda: _contracts(evaluation),
    )
    return [line for part in parts for line in part()]


def rate_text(evaluation: Evaluation) -> str:
    """Validated over owed; a dash when nothing is owed."""
    return _DASH if evaluation.rate is None else format_percent(evaluation.rate)


def _hours(evaluation: Evaluation) -> list[FigureLine]:
    return [
        FigureLine("Heures"),
        *_owed(evaluation),
        *_declared(evaluation),
        *_rate(evaluation),
        *_within(evaluation),
    ]


def _owed(evaluation: Evaluation) -> list[FigureLine]:
    due, expected = _h(evaluation.due), _h(evaluation.expected)
    share = (
        "Somme des objectifs fermes de toutes les obligations : volume initial, avenants, "
        "tranches affermies, commandes."
        if evaluation.filters.whole_period
        else "Part de chaque objectif ferme qui tombe dans la période, selon l'échéancier de "
        "l'obligation. Sans date de démarrage ou de fin, l'obligation compte pour 0."
    )
    part = (
        "La part des heures à réaliser de la période dont le jour est venu, selon l'échéancier "
        "de chaque obligation."
    )
    return [
        FigureLine("À réaliser", due, share, f"{due} à réaliser", "dues"),
        FigureLine(
            "Attendues à ce jour", expected, part, f"{expected} attendues sur {due}", "dues"
        ),
    ]


def _declared(evaluation: Evaluation) -> list[FigureLine]:
    """What is declared and its three parts, which make it whole."""
    hours = evaluation.hours
    parts = f"{_h(hours.validated)} validées + {_h(hours.refused)} refusées + {_h(hours.pending)}"
    sum_of = f"{_h(hours.declared)} déclarées = {parts} à valider"
    line = "Une ligne d'heures est en entier à valider, ou décidée : validées et refusées."
    accepted = "Heures acceptées après contrôle."
    refused = "Heures déclarées et non retenues, chacune avec son motif."
    pending = "Heures que personne n'a encore décidées."
    return [
        FigureLine("Déclarées", _h(hours.declared), f"{COUNTED} {line}", sum_of, "declarees"),
        FigureLine("  = validées", _h(hours.validated), accepted, sum_of, "validees"),
        FigureLine("  + refusées", _h(hours.refused), refused, sum_of, "refusees"),
        FigureLine("  + à valider", _h(hours.pending), pending, sum_of, "a_valider"),
    ]


def _rate(evaluation: Evaluation) -> list[FigureLine]:
    formula = (
        f"{_h(evaluation.measured.validated)} validées / {_h(evaluation.due)} à réaliser = "
        f"{rate_text(evaluation)}"
        if evaluation.rate is not None
        else "Aucune heure à réaliser n'est connue sur cette période."
    )
    rule = (
        "Heures validées sur heures à réaliser de la même période, pour les obligations dont "
        "la part est connue. Les heures d'une année ne sont jamais divisées par un objectif "
        "de plusieurs années."
    )
    return [
        FigureLine("Taux de réalisation", rate_text(evaluation), rule, formula, "dues"),
        FigureLine("", ratio=float(evaluation.rate or 0)),
    ]


def _within(evaluation: Evaluation) -> list[FigureLine]:
    """What is told apart among those hours."""
    return [
        FigureLine(
            "dont formation",
            _h(evaluation.training),
            "Heures de formation déclarées ; elles sont dans les heures déclarées.",
            "",
            "formation",
        ),
        FigureLine(
            "dont structures d'insertion",
            _share(evaluation.insertion_share),
            "Part des heures validées dont l'employeur est une structure d'insertion.",
            f"{_h(evaluation.insertion_hours)} sur {_h(evaluation.hours.validated)} validées",
            "validees_structures_insertion",
        ),
    ]


def _people(evaluation: Evaluation) -> list[FigureLine]:
    mean = evaluation.hours_per_person
    return [
        FigureLine("Personnes"),
        FigureLine(
            "Participants", format_number(evaluation.participants), _PEOPLE, "", "participants"
        ),
        FigureLine(
            "Heures par personne",
            "–" if mean is None else _h(mean),
            "Heures validées divisées par le nombre de participants.",
            f"{_h(evaluation.hours.validated)} / {format_number(evaluation.participants)}",
            "participants",
        ),
        FigureLine(
            "Contrats de travail",
            format_number(evaluation.work_contracts),
            _PEOPLE,
            "",
            "contrats_travail",
        ),
        FigureLine(
            "Contrats, suites réunies",
            format_number(evaluation.chains),
            "Les missions d'une même personne chez un même employeur, quand elles se suivent de "
            f"près ({format_number(evaluation.bands.chain_days or 0)} jours au plus), comptent "
            "pour une.",
            "",
            "contrats_travail",
        ),
        FigureLine(
            "Premiers emplois",
            format_number(evaluation.first_jobs),
            "Personnes dont le premier contrat de travail sous une clause a commencé dans la "
            "période ; une entrée dans le dispositif plus ancienne l'écarte.",
            "",
            "premiers_emplois",
        ),
    ]


def _posts(evaluation: Evaluation, base_name: str) -> list[FigureLine]:
    """Full-time posts on the base chosen, then on the others, each with its base."""
    validated = _h(evaluation.hours.validated)
    named = f" ({base_name})" if base_name else ""
    known = [(evaluation.fte_base, evaluation.fte, named)]
    known += [(base, posts, "") for base, posts in evaluation.ftes if base != evaluation.fte_base]
    lines = []
    for base, posts, name in known:
        hours = f"{format_number(base)}{NBSP}h"
        lines.append(
            FigureLine(
                f"ETP, base {hours}",
                format_number(posts, 2),
                f"Équivalents temps plein : heures validées divisées par {hours} par an{name}. "
                "La base est toujours nommée avec le chiffre.",
                f"{validated} / {hours} = {format_number(posts, 2)}",
                "validees",
            )
        )
    return lines


def _contracts(evaluation: Evaluation) -> list[FigureLine]:
    scope = (
        "Obligations des marchés pris en charge qui sont en cours pendant la période, ou qui y ont "
        "des heures."
    )
    standing = evaluation.standing
    judged = (
        "Une obligation finie se juge à la fin de la période : tenue quand ses heures validées "
        "depuis son début atteignent l'objectif, sinon en partie ou non tenue ; l'issue notée "
        "l'emporte. La vue « Obligations tenues ou non » dit pourquoi."
    )
    return [
        FigureLine("Marchés"),
        FigureLine(
            "Marchés", format_number(evaluation.contracts),
            f"Marchés de ces obligations. {scope}", "", "dues",
        ),
        FigureLine("Obligations", format_number(evaluation.obligations), scope, "", "dues"),
        FigureLine(
            "  tenues", format_number(standing.kept), judged,
            f"{format_number(standing.kept)} sur {format_number(evaluation.obligations)}", "tenues",
        ),
        FigureLine("  en partie", format_number(standing.partly), judged, "", "en_partie"),
        FigureLine("  non tenues", format_number(standing.not_kept), judged, "", "non_tenues"),
        FigureLine("  neutralisées", format_number(standing.excused), judged, "",
            "neutralisees"),
        FigureLine("  en cours", format_number(standing.going_on), judged, "", "en_cours"),
        FigureLine(
            "Objectif atteint", format_number(evaluation.met),
            "Obligations, finies ou non, dont les heures validées depuis leur début jusqu'à la "
            "fin de la période atteignent l'objectif.",
            f"{format_number(evaluation.met)} sur {format_number(evaluation.obligations)}", "dues",
        ),
        FigureLine(
            "Cibles atteintes",
            f"{format_number(evaluation.targets_met)} sur {format_number(evaluation.targets)}",
            "Les cibles des obligations à côté des heures : personnes, femmes, habitants des "
            "quartiers prioritaires, alternance.", "", "dues",
        ),
        FigureLine(
            "Entreprises", format_number(evaluation.companies),
            "Titulaires de ces obligations et employeurs des personnes comptées, une fois chacun.",
            "", "dues",
        ),
        FigureLine(
            "Structures d'insertion", format_number(evaluation.structures),
            "Employeurs des personnes comptées dont l'insertion est l'objet.", "",
            "validees_structures_insertion",
        ),
    ]  # fmt: skip


def explanation(line: FigureLine, scope: Scope) -> str:
    """A figure explained: its value, its formula, its rule and version, what it is about."""
    parts = [f"{line.label.strip(' =+').capitalize()}{NBSP}: {line.text}"]
    if line.formula:
        parts.append(line.formula)
    parts += [line.rule, f"Compté sur : {scope.text()}. Règles {RULES_VERSION}."]
    return "\n\n".join(parts)


def _share(share: Fraction | None) -> str:
    return _DASH if share is None else format_percent(share)


def _h(hours: Hours) -> str:
    return format_hours(hours)
