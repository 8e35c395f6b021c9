"""Two states of the figures of an evaluation, compared figure by figure, in words."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from suivi_tui.readings.breakdowns import TITLES
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.numbers import NBSP, format_number, format_percent

ABSENT = "–"


class Difference(NamedTuple):
    """A figure then and now, as texts: in which part, which one."""

    part: str
    label: str
    then: str
    now: str

    @property
    def moved(self) -> bool:
        """Whether it is not the same."""
        return self.then != self.now


_HOURS, _NUMBER, _SHARE, _POSTS, _TEXT = "hours", "number", "share", "posts", "text"
_WHOLE = "Ensemble"
_FIGURES: Mapping[tuple[str, ...], tuple[str, str]] = {
    ("du",): ("Premier mois", _TEXT),
    ("au",): ("Dernier mois", _TEXT),
    ("base_etp",): ("Heures d'un ETP", _NUMBER),
    ("heures", "dues"): ("Heures à réaliser", _HOURS),
    ("heures", "attendues"): ("Heures attendues à ce jour", _HOURS),
    ("heures", "declarees"): ("Heures déclarées", _HOURS),
    ("heures", "validees"): ("Heures validées", _HOURS),
    ("heures", "refusees"): ("Heures refusées", _HOURS),
    ("heures", "a_valider"): ("Heures à valider", _HOURS),
    ("heures", "formation"): ("Heures de formation", _HOURS),
    ("heures", "validees_structures_insertion"): ("Heures des structures d'insertion", _HOURS),
    ("heures", "par_participant"): ("Heures par participant", _HOURS),
    ("taux",): ("Taux de réalisation", _SHARE),
    ("part_structures_insertion",): ("Part des structures d'insertion", _SHARE),
    ("participants",): ("Participants", _NUMBER),
    ("contrats_travail",): ("Contrats de travail", _NUMBER),
    ("suites_de_contrats",): ("Suites de contrats", _NUMBER),
    ("premiers_emplois",): ("Premiers emplois", _NUMBER),
    ("marches",): ("Marchés", _NUMBER),
    ("obligations",): ("Obligations", _NUMBER),
    ("obligations_tenues",): ("Objectifs atteints en heures", _NUMBER),
    ("bilan_obligations", "tenues"): ("Obligations tenues", _NUMBER),
    ("bilan_obligations", "en_partie"): ("Obligations tenues en partie", _NUMBER),
    ("bilan_obligations", "non_tenues"): ("Obligations non tenues", _NUMBER),
    ("bilan_obligations", "neutralisees"): ("Obligations neutralisées", _NUMBER),
    ("bilan_obligations", "en_cours"): ("Obligations en cours", _NUMBER),
    ("bilan_obligations", "objectif_inconnu"): ("Obligations sans objectif saisi", _NUMBER),
    ("objectifs_particuliers",): ("Objectifs particuliers", _NUMBER),
    ("objectifs_particuliers_atteints",): ("Objectifs particuliers atteints", _NUMBER),
    ("entreprises",): ("Entreprises et structures", _NUMBER),
    ("structures_insertion",): ("Structures d'insertion", _NUMBER),
    ("etp",): ("ETP", _POSTS),
}
"""The figures of ``evaluation.as_json`` in words; one that is not here is called by its key."""
_COLUMNS: Mapping[str, tuple[str, str]] = {
    "heures": ("heures déclarées", _HOURS),
    "validees": ("heures validées", _HOURS),
    "participants": ("participants", _NUMBER),
    "contrats": ("contrats de travail", _NUMBER),
}
_BREAKDOWNS, _POSTS_BY_BASE = "repartitions", "etp_par_base"


def figure_lines(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Every figure outside of breakdowns, the same or not, in the order of an evaluation."""
    first, second = dict(_flat(then)), dict(_flat(now))
    keys = [key for key in _merged(first, second) if key[0] != _BREAKDOWNS]
    return tuple(_difference(key, first, second) for key in keys)


def differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Difference, ...]:
    """The figures that are not the same, breakdowns last.

    What a later release began to count, of which ``then`` says nothing, is no difference.
    """
    first, second = dict(_flat(then)), dict(_flat(now))
    return tuple(
        _difference(key, first, second)
        for key in _merged(first, second)
        if first.get(key) != second.get(key) and _was_told(key, then)
    )


def _was_told(key: tuple[str, ...], then: Mapping[str, Any]) -> bool:
    inside: Any = then
    for part in key[:2] if key[0] == _BREAKDOWNS else key:
        if not isinstance(inside, Mapping) or part not in inside:
            return False
        inside = inside[part]
    return True


def _merged(
    first: Mapping[tuple[str, ...], Any], second: Mapping[tuple[str, ...], Any]
) -> list[tuple[str, ...]]:
    known = {key: place for place, key in enumerate(_FIGURES)}
    keys = dict.fromkeys((*first, *second))
    return sorted(keys, key=lambda key: (key[0] == _BREAKDOWNS, known.get(key, len(known))))


def _flat(content: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each figure under its path; the rows of a breakdown under what they are."""
    for name, value in content.items():
        if name == _BREAKDOWNS:
            for key, rows in value.items():
                for row in rows:
                    for column, figure in row.items():
                        if column != "valeur":
                            yield (name, key, str(row["valeur"]), column), figure
        elif isinstance(value, Mapping):
            for inside, figure in value.items():
                yield (name, inside), figure
        else:
            yield (name,), value


def _difference(
    key: tuple[str, ...],
    first: Mapping[tuple[str, ...], Any],
    second: Mapping[tuple[str, ...], Any],
) -> Difference:
    part, label, kind = _named(key)
    return Difference(part, label, _written(first.get(key), kind), _written(second.get(key), kind))


def _named(key: tuple[str, ...]) -> tuple[str, str, str]:
    """The part, the label and the kind of a figure."""
    if key[0] == _BREAKDOWNS:
        column, kind = _COLUMNS.get(key[3], (key[3], _NUMBER))
        return TITLES.get(key[1], key[1]), f"{key[2]}, {column}", kind
    if key[0] == _POSTS_BY_BASE:
        return _WHOLE, f"ETP, base {format_number(int(key[1]))}{NBSP}h", _POSTS
    label, kind = _FIGURES.get(key, (" ".join(key).replace("_", " "), _TEXT))
    return _WHOLE, label, kind


def _written(value: Any, kind: str) -> str:
    if value is None:
        return ABSENT
    if kind == _TEXT or isinstance(value, str):
        return str(value)
    if kind == _HOURS:
        return format_hours(Hours(round(value * 100)))
    if kind == _SHARE:
        return format_percent(Fraction(str(value)))
    return format_number(value, 2 if kind == _POSTS else 0)
