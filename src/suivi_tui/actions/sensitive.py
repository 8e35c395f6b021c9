"""What a file must not tell of a person's health or record, even when it gives the name.

Source: design.md 8, domain.md 9: such criteria are grouped as "Autre public validé".
"""

from typing import Final

from suivi_tui.vocabulary.choices import Criterion, Prescriber, Proof

_CRITERIA: Final = frozenset(str(member.value) for member in Criterion if member.sensitive)
# Who sent a person tells as much as the criterion does.
_PRESCRIBERS: Final = frozenset(
    str(member.value)
    for member in (
        Prescriber.DISABILITY_SERVICE,
        Prescriber.PROBATION,
        Prescriber.YOUTH_JUSTICE,
    )
)
_PROOFS: Final = frozenset({str(Proof.DISABILITY.value)})


def grouped_criterion(code: str | None) -> str | None:
    """The code of a criterion, that of ``Criterion.OTHER`` when it is of health or justice."""
    return str(Criterion.OTHER.value) if code in _CRITERIA else code


def grouped_prescriber(code: str | None) -> str | None:
    """The code of a prescriber, "other" when it tells of health or justice."""
    return str(Prescriber.OTHER.value) if code in _PRESCRIBERS else code


def grouped_proof(code: str | None, criterion: str | None) -> str | None:
    """A proof, None when it would tell what the criterion no longer does."""
    return None if criterion in _CRITERIA or code in _PROOFS else code
