"""The reference values as the rules want them: one small frozen set for each use."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from suivi_tui.reference.alert_limits import SECTIONS as ALERT_SECTIONS
from suivi_tui.reference.alert_limits import AlertThresholds as AlertThresholds
from suivi_tui.reference.alert_limits import alert_thresholds
from suivi_tui.reference.values import Value, reference_values
from suivi_tui.vocabulary.hours import Hours


class PlausibilityLimits(NamedTuple):
    """What a person can have worked in a month; hours in hundredths."""

    month_alert: Hours
    month_critical: Hours
    weekly_reference: Hours
    month_reference: Hours
    tolerance: Fraction


class EligibilityLimits(NamedTuple):
    """Months of the counting window, and months a proof is worth by ``Proof`` code (None: any)."""

    months: int
    proof_months: Mapping[str, int | None]


class Thresholds(NamedTuple):
    """Everything the alert rules need."""

    alerts: AlertThresholds
    plausibility: PlausibilityLimits
    eligibility: EligibilityLimits


class FteBase(NamedTuple):
    """Hours of one full-time post over a year, and who counts so."""

    hours: int
    label: str


class FteBases(NamedTuple):
    """The base used unless another is chosen, and those proposed."""

    default: int
    bases: tuple[FteBase, ...]


class _Reader:
    """Typed access to the values of one loading."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = values

    def fraction(self, key: str) -> Fraction:
        number = self._values[key].number
        assert number is not None, key
        return number / 100 if self._values[key].unit == "%" else number

    def whole(self, key: str) -> int:
        return int(self.fraction(key))

    def hundredths(self, key: str) -> int:
        return round(self.fraction(key) * 100)

    def below(self, prefix: str) -> list[str]:
        """The last part of every key under a prefix, in the order of the file."""
        return [key.removeprefix(prefix) for key in self._values if key.startswith(prefix)]


def thresholds(user_file: Path | None = None) -> Thresholds:
    """Limits of the alerts, of plausible hours and of eligibility.

    Raises ReferenceRefused (a UserError naming the key) when the user's file cannot be used.
    """
    values = reference_values(user_file, (*ALERT_SECTIONS, "vraisemblance", "eligibilite"))
    read = _Reader(values)
    proofs = "eligibilite.justificatif."
    months: dict[str, int | None] = {}
    for code in read.below(proofs):
        number = values[proofs + code].number
        months[code] = None if number is None else int(number)
    return Thresholds(
        alerts=alert_thresholds(values),
        plausibility=PlausibilityLimits(
            month_alert=Hours(read.hundredths("vraisemblance.heures_mois_alerte")),
            month_critical=Hours(read.hundredths("vraisemblance.heures_mois_critique")),
            weekly_reference=Hours(read.hundredths("vraisemblance.heures_hebdo_reference")),
            month_reference=Hours(read.hundredths("vraisemblance.heures_mois_reference")),
            tolerance=read.fraction("vraisemblance.tolerance"),
        ),
        eligibility=EligibilityLimits(
            months=read.whole("eligibilite.duree_mois"), proof_months=months
        ),
    )


def fte_bases(user_file: Path | None = None) -> FteBases:
    """Hours of a full-time post: the default base and those proposed. Raises ReferenceRefused."""
    values = reference_values(user_file, ("etp",))
    read = _Reader(values)
    prefix = "etp.bases."
    return FteBases(
        default=read.whole("etp.base"),
        bases=tuple(
            FteBase(read.whole(prefix + name), values[prefix + name].label)
            for name in read.below(prefix)
        ),
    )
