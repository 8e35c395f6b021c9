"""What groups the figures of an evaluation, as the rules want it."""

from pathlib import Path
from typing import NamedTuple

from suivi_tui.reference.values import reference_values
from suivi_tui.vocabulary.money import Money

_AMOUNTS = "evaluation.montant."


class EvaluationReference(NamedTuple):
    """Days between missions that still follow one another; limits of the classes of amount."""

    chain_days: int
    amounts: tuple[Money, ...]


def evaluation_reference(user_file: Path | None = None) -> EvaluationReference:
    """The values in force, limits of amount in growing order. Raises ReferenceRefused."""
    values = reference_values(user_file, ("evaluation",))
    limits = {
        round(value.number * 100)
        for key, value in values.items()
        if key.startswith(_AMOUNTS) and value.number is not None
    }
    return EvaluationReference(
        chain_days=int(values["evaluation.suite_jours"].number or 0),
        amounts=tuple(Money(cents) for cents in sorted(limits)),
    )
