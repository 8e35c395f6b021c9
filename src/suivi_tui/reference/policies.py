"""What national plans ask of buyers: the share of contracts, the amount that makes a SPASER due."""

from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from suivi_tui.reference.values import Value, reference_values
from suivi_tui.vocabulary.money import Money


class NationalTarget(NamedTuple):
    """A target of the national plan: a share of 1, the years it was written for, its source."""

    share: Fraction
    first_year: int
    last_year: int
    source: str
    confidence: str


class PolicyReference(NamedTuple):
    """The national target of a year (None outside the plan), the amount that makes a SPASER due
    (None before it was in force)."""

    social_share: NationalTarget | None
    spaser_amount: Money | None
    spaser_source: str


def policy_reference(year: int, user_file: Path | None = None) -> PolicyReference:
    """What reference data say for a year. Raises ReferenceRefused."""
    values = reference_values(user_file, ("politiques",))
    share = values["politiques.pnad.part_sociale"]
    target = NationalTarget(
        _number(share) / 100,
        int(_number(values["politiques.pnad.premiere_annee"])),
        int(_number(values["politiques.pnad.derniere_annee"])),
        share.source,
        share.confidence.label,
    )
    spaser = values["politiques.spaser.montant_annuel"]
    in_force = spaser.valid_from.year <= year
    return PolicyReference(
        target if target.first_year <= year <= target.last_year else None,
        Money(round(_number(spaser) * 100)) if in_force else None,
        spaser.source,
    )


def _number(value: Value) -> Fraction:
    assert value.number is not None, value.key
    return value.number
