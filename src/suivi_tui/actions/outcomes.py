"""What is asked and answered of the points of a path."""

from datetime import date

from suivi_tui.actions.records import FieldErrors, Saved, Values, save_record
from suivi_tui.store.base import Base
from suivi_tui.store.queries import letter_people
from suivi_tui.vocabulary.choices import OutcomePoint


def save_outcome(
    base: Base, person: int, path: int, point: OutcomePoint, values: Values, today: date
) -> Saved:
    """Write a point of the path that the work contract ``path`` opens; one row a point.

    ``values`` may give ``asked_on``, ``answered_on`` and ``situation``: a situation without a day
    is of ``today``, a day without a situation is refused. Raises FieldErrors.
    """
    given = dict(values)
    if given.get("situation"):
        given["answered_on"] = given.get("answered_on") or today
    elif given.get("answered_on"):
        raise FieldErrors({"situation": "choisissez la situation, ou « Sans réponse »"})
    known = [
        row.outcome
        for row in letter_people.outcomes(base.connection, [person])
        if row.point == point.value and row.path in (None, path)
    ]
    fixed = {"participant": person, "path": path, "point": point.value}
    return save_record(base, "outcome", known[0] if known else None, {**fixed, **given})


def ask_point(base: Base, person: int, path: int, point: OutcomePoint, today: date) -> Saved:
    """The situation was asked for today."""
    return save_outcome(base, person, path, point, {"asked_on": today}, today)
