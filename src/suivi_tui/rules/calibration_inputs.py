"""The figures that enter a calibration: what each is, its value, and where it comes from."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from suivi_tui.reference.calibration_reference import (
    CalibrationReference,
    amount_of,
    range_of,
)
from suivi_tui.reference.values import Value
from suivi_tui.rules.calibration_steps import Term, Unit, written
from suivi_tui.vocabulary.choices import CalibrationMethod
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.typography import french

TYPED: Final = "saisi"
_ONE: Final = Fraction(1)
_LARGEST: Final = Fraction(10**12)


class InputKind(NamedTuple):
    """One figure: its code, its French label and unit, and what it may be."""

    code: str
    label: str
    unit: Unit
    positive: bool = False
    most: Fraction = _LARGEST

    def fault(self, value: Fraction) -> str:
        """Why a value cannot be that figure, in French; '' when it can."""
        if value < 0 or (self.positive and value == 0):
            least = "supérieur à 0" if self.positive else "positif ou nul"
            return french(f"{self.label} : un nombre {least} est attendu.")
        if value > self.most:
            return french(f"{self.label} : {written(self.most, self.unit)} au plus.")
        return ""


AMOUNT: Final = InputKind("montant", "Montant HT", Unit.MONEY)
LABOUR_SHARE: Final = InputKind("part", "Part de main-d'œuvre", Unit.SHARE, most=_ONE)
RATE: Final = InputKind("taux", "Taux d'insertion", Unit.SHARE, most=_ONE)
HOURLY_COST: Final = InputKind("cout", "Coût horaire chargé", Unit.HOURLY, positive=True)
LABOUR_HOURS: Final = InputKind("heures", "Heures de travail", Unit.HOURS)
TRANSFERRED: Final = InputKind("reprise", "Heures du personnel repris", Unit.HOURS)
STEP_HOURS: Final = InputKind("heures_pas", "Heures par pas", Unit.HOURS)
STEP_AMOUNT: Final = InputKind("pas", "Montant d'un pas", Unit.MONEY, positive=True)
THRESHOLD: Final = InputKind("seuil", "Seuil facturé sans heure", Unit.MONEY)
PEOPLE: Final = InputKind("personnes", "Personnes", Unit.PEOPLE, most=Fraction(10_000))
WEEKS: Final = InputKind("semaines", "Semaines par personne", Unit.WEEKS, most=Fraction(1_000))
WEEKLY: Final = InputKind("hebdo", "Heures par semaine", Unit.HOURS, True, Fraction(168))
USEFUL: Final = InputKind("minimum", "Volume utile par personne", Unit.HOURS)
ANRU_RATE: Final = InputKind("taux_anru", "Taux ANRU, travaux", Unit.SHARE, most=_ONE)
GUP_RATE: Final = InputKind("taux_gup", "Taux ANRU, GUP", Unit.SHARE, most=_ONE)
DURATION: Final = InputKind("duree", "Durée", Unit.MONTHS, True, Fraction(1_200))
TRAINING: Final = InputKind("mois_formation", "Mois de formation voulus", Unit.MONTHS)
# Limits of what can be done.
COST_GAP: Final = InputKind("ecart", "Écart de coût horaire", Unit.HOURLY)
SUPERVISION: Final = InputKind("encadrement", "Temps d'encadrement", Unit.SHARE, most=_ONE)
CREW_WEEKLY: Final = InputKind("hebdo_equipe", "Heures d'un poste", Unit.HOURS, True, Fraction(168))
PEAK: Final = InputKind("pointe", "Pointe, × la moyenne", Unit.TIMES, True, Fraction(100))
CREW_MEAN: Final = InputKind("part_moyenne", "Part de l'équipe, moyenne", Unit.SHARE)
CREW_PEAK: Final = InputKind("part_pointe", "Part de l'équipe, pointe", Unit.SHARE)
DELAY: Final = InputKind("retard", "Temps pris à l'équipe", Unit.SHARE)
EXTRA_COST: Final = InputKind("surcout", "Surcoût admis", Unit.SHARE)
MARGIN: Final = InputKind("marge", "Tendu à partir de", Unit.SHARE, True, _ONE)


def in_a_sentence(kinds: Iterable[InputKind]) -> str:
    """Figures named one after the other: ``montant HT, taux d'insertion``."""
    return ", ".join(kind.label[:1].lower() + kind.label[1:] for kind in kinds)


KINDS: Final = {
    kind.code: kind
    for kind in (
        AMOUNT, LABOUR_SHARE, RATE, HOURLY_COST, LABOUR_HOURS, TRANSFERRED, STEP_HOURS,
        STEP_AMOUNT, THRESHOLD, PEOPLE, WEEKS, WEEKLY, USEFUL, ANRU_RATE, GUP_RATE, DURATION,
        TRAINING, COST_GAP, SUPERVISION, CREW_WEEKLY, PEAK, CREW_MEAN, CREW_PEAK, DELAY,
        EXTRA_COST, MARGIN,
    )
}  # fmt: skip
"""Every figure by its code, in the order of a screen."""

NEEDED: Final[Mapping[CalibrationMethod, tuple[InputKind, ...]]] = {
    CalibrationMethod.AMOUNT: (AMOUNT, LABOUR_SHARE, RATE, HOURLY_COST),
    CalibrationMethod.LABOUR_HOURS: (LABOUR_HOURS, RATE),
    CalibrationMethod.PER_AMOUNT: (AMOUNT, STEP_HOURS, STEP_AMOUNT),
    CalibrationMethod.AFTER_TRANSFER: (LABOUR_HOURS, TRANSFERRED, RATE),
    CalibrationMethod.MINIMUM: (PEOPLE, WEEKS, WEEKLY, USEFUL),
    CalibrationMethod.ANRU_WORKS: (LABOUR_HOURS, ANRU_RATE),
    CalibrationMethod.ANRU_NEIGHBOURHOOD: (LABOUR_HOURS, GUP_RATE),
    CalibrationMethod.TRAINING: (AMOUNT, DURATION, WEEKLY),
}
"""What each method cannot do without; hours of labour may come from amount, share and cost."""

OPTIONAL: Final[Mapping[CalibrationMethod, tuple[InputKind, ...]]] = {
    CalibrationMethod.PER_AMOUNT: (THRESHOLD,),
    CalibrationMethod.TRAINING: (PEOPLE, TRAINING),
}

FROM_AMOUNT: Final = (AMOUNT, LABOUR_SHARE, HOURLY_COST)
"""What hours of labour are computed from when they are not known."""

_REFERENCE: Final = {
    WEEKLY: "volume.heures_hebdo",
    USEFUL: "volume.minimum_utile",
    ANRU_RATE: "taux.npnru",
    GUP_RATE: "taux.gup",
    SUPERVISION: "cout.encadrement",
    CREW_WEEKLY: "volume.heures_hebdo",
    PEAK: "equipe.pointe",
    CREW_MEAN: "equipe.part_moyenne",
    CREW_PEAK: "equipe.part_pointe",
    DELAY: "cout.retard",
    EXTRA_COST: "cout.surcout",
    MARGIN: "marge",
}


class Given(NamedTuple):
    """The value of a figure, in its unit (a share of 1), and where it comes from.

    ``confidence`` is a French label, '' for what a person entered; ``since`` the date of the
    source; ``low`` and ``high`` the range it gives.
    """

    value: Fraction
    source: str = TYPED
    confidence: str = ""
    since: date | None = None
    low: Fraction | None = None
    high: Fraction | None = None

    @property
    def origin(self) -> str:
        """The source in a few French words: ``MEF Sud 77, 01/01/2016, sûr``."""
        day = format_date(self.since) if self.since is not None else ""
        return ", ".join(part for part in (self.source, day, self.confidence) if part)


Inputs = Mapping[str, Given]
"""Figures by code."""

NOTHING: Final[Inputs] = {}


def given_by(value: Value) -> Given:
    """A figure taken from the reference."""
    low, high = range_of(value) or (None, None)
    return Given(
        amount_of(value), value.source, value.confidence.label, value.valid_from, low, high
    )


def usual_inputs(reference: CalibrationReference) -> dict[str, Given]:
    """The figures that the reference gives whatever the contract: never a cost, never a rate."""
    return {kind.code: given_by(reference.limits[key]) for kind, key in _REFERENCE.items()}


def usual_ranges(reference: CalibrationReference) -> dict[str, tuple[Fraction, Fraction]]:
    """The usual ranges of what a person enters, for its sensitivity."""
    rates = reference.limits["taux.minimum"], reference.limits["taux.maximum"]
    found = {RATE.code: (amount_of(rates[0]), amount_of(rates[1]))}
    cost = range_of(reference.costs["usage"]) if "usage" in reference.costs else None
    if cost is not None:
        found[HOURLY_COST.code] = cost
    return found


def term(inputs: Inputs, kind: InputKind) -> Term:
    """A figure that is known, ready for a step."""
    return Term(inputs[kind.code].value, kind.unit)


def entered(kind: InputKind, value: Fraction | int | str, source: str = TYPED) -> dict[str, Given]:
    """One figure that a person entered, by its code."""
    return {kind.code: Given(Fraction(value), source)}


def cost_sentences(reference: CalibrationReference) -> list[str]:
    """What the sources say of the hourly cost, each with its date: beside the one entered."""
    found = []
    for value in reference.costs.values():
        given = given_by(value)
        bounds = written(given.value, Unit.HOURLY)
        if given.low is not None and given.high is not None:
            bounds = f"{written(given.low, Unit.HOURLY)} à {written(given.high, Unit.HOURLY)}"
        found.append(french(f"{value.label} : {bounds} ({given.origin})."))
    return found
