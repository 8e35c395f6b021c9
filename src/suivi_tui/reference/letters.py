"""Delays of letters, as the actions that prepare them want them."""

from pathlib import Path
from typing import NamedTuple

from suivi_tui.reference.values import reference_values


class LetterDelays(NamedTuple):
    """Days left to answer, days between two reminders, months during which a path is followed."""

    reminder_answer_days: int
    reminder_level_2_days: int
    request_answer_days: int
    outcome_months: int
    notice_days: int
    signature_days: int


_KEYS = (
    "courriers.relance.delai_reponse",
    "courriers.relance.niveau_2",
    "courriers.avis.delai_reponse",
    "courriers.parcours.mois_suivis",
    "courriers.mise_en_demeure.delai",
    "courriers.signature.delai",
)


def letter_delays(user_file: Path | None = None) -> LetterDelays:
    """The delays in force. Raises ReferenceRefused when the user's file cannot be used."""
    values = reference_values(user_file, ("courriers",))
    numbers = (values[key].number for key in _KEYS)
    return LetterDelays(*(int(number) if number is not None else 0 for number in numbers))
