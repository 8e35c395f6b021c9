"""The base as it was known on a day, for any reading."""

from contextlib import AbstractContextManager
from datetime import date, tzinfo

from suivi_tui.store.as_known import end_of_day, known_at, vector_on
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.errors import UserError


class DayRefused(UserError):
    """A day on which the base can have known nothing; nothing was computed."""


def known_on_day(
    connection: Connection, day: date, today: date, zone: tzinfo | None = None
) -> AbstractContextManager[Connection]:
    """A connection on which every reading answers as the base did in the evening of ``day``.

    ``zone`` says when the day ends (None: where the computer is). Raises DayRefused for a day to
    come or before the base was made, TooLarge.
    """
    if day > today:
        raise DayRefused(
            f"Le {format_date(day)} n'est pas encore passé : rien n'a été calculé. Donnez une date "
            "passée, ou aujourd'hui."
        )
    vector = vector_on(connection, end_of_day(day, zone))
    if not vector:
        raise DayRefused(
            f"La base n'existait pas encore le {format_date(day)} : rien n'a été calculé. "
            "L'historique (touche 0) dit quand elle a été commencée."
        )
    return known_at(connection, vector)
