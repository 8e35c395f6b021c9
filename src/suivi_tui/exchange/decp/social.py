"""Social considerations: a set of values, however the list is written and in whatever order."""

from suivi_tui.exchange.decp.faults import RecordFaults
from suivi_tui.exchange.decp.values import comparable, texts
from suivi_tui.vocabulary.choices import ClauseForm

FIELD = "considerationsSociales"

_NONE = "none"
_VALUES: dict[str, ClauseForm | str] = {
    comparable("Clause sociale"): ClauseForm.CONDITION,
    comparable("Clauses sociales"): ClauseForm.CONDITION,
    comparable("Critère social"): ClauseForm.CRITERION,
    comparable("Critères sociaux"): ClauseForm.CRITERION,
    comparable("Marché réservé"): ClauseForm.RESERVED,
    comparable("Concession réservée"): ClauseForm.RESERVED,
    comparable("Pas de considération sociale"): _NONE,
    comparable("Sans objet"): _NONE,
}


def considerations(value: object, told: RecordFaults) -> frozenset[ClauseForm] | None:
    """What a record says of its social considerations.

    Empty when it says that there are none, None when it says nothing. Only the three simple
    forms are in the set: condition, criterion, reserved. Source: ``enums.md`` section 8.
    """
    written = texts(value, "considerationSociale", told, FIELD)
    found: set[ClauseForm] = set()
    none_said = False
    for label in written:
        if label.upper().startswith(("INX ", "MQ ", "CDL ")):
            told.warn(FIELD, f"Valeur déclarée inexploitable (« {label} ») : laissée vide.")
            continue
        meaning = _VALUES.get(comparable(label))
        if isinstance(meaning, ClauseForm):
            found.add(meaning)
        elif meaning is _NONE:
            none_said = True
        else:
            told.warn(FIELD, f"Considération sociale inconnue (« {label} ») : laissée de côté.")
    if found and none_said:
        told.warn(FIELD, "Considérations sociales contradictoires : la clause est gardée.")
    if found or none_said:
        return frozenset(found)
    if not written:
        told.warn(FIELD, "Considérations sociales non renseignées : à compléter.")
    return None


def form_of(social: frozenset[ClauseForm] | None) -> ClauseForm | None:
    """The legal form that a set of considerations makes; None when nothing is known."""
    if social is None:
        return None
    if ClauseForm.RESERVED in social:
        return ClauseForm.RESERVED
    if {ClauseForm.CONDITION, ClauseForm.CRITERION} <= social:
        return ClauseForm.CONDITION_CRITERION
    return next(iter(social), ClauseForm.NONE)
