"""Sizing the hours of a contract or lot, by each method of the field (domain.md 3.1 to 3.6).

A result is an exact fraction of hours with the steps that made it; the rounding is explicit and
kept with it. A method that cannot be computed says why instead.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from suivi_tui.reference.calibration_reference import TrainingTiers
from suivi_tui.rules.calibration_inputs import (
    AMOUNT,
    ANRU_RATE,
    DURATION,
    FROM_AMOUNT,
    GUP_RATE,
    HOURLY_COST,
    KINDS,
    LABOUR_HOURS,
    LABOUR_SHARE,
    NEEDED,
    OPTIONAL,
    PEOPLE,
    RATE,
    STEP_AMOUNT,
    STEP_HOURS,
    THRESHOLD,
    TRAINING,
    TRANSFERRED,
    USEFUL,
    WEEKLY,
    WEEKS,
    Given,
    InputKind,
    Inputs,
    in_a_sentence,
    term,
)
from suivi_tui.rules.calibration_steps import (
    Step,
    Term,
    Unit,
    at_least,
    beyond,
    computed,
    in_full,
    whole_times,
    written,
)
from suivi_tui.vocabulary.choices import (
    CalibrationMethod,
    HoursRounding,
    StepReading,
    ThresholdReading,
)
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.typography import french

WEEKS_OF_A_YEAR: Final = Term(Fraction(52), Unit.WEEKS)
MONTHS_OF_A_YEAR: Final = Term(Fraction(12), Unit.MONTHS)
_HUNDREDTHS: Final = 100
_RESULT: Final = "Heures d'insertion"
NO_TIERS: Final = TrainingTiers((), Fraction(0), "")


class Options(NamedTuple):
    """How texts that allow two readings are read, and how the result is rounded."""

    rounding: HoursRounding = HoursRounding.UNIT
    reading: ThresholdReading = ThresholdReading.BEYOND
    steps: StepReading = StepReading.WHOLE_STEPS
    training: TrainingTiers = NO_TIERS


USUAL: Final = Options()


class Calibration(NamedTuple):
    """What a method gives: the figures it used, its steps, exact hours (None: ``refusal`` says
    why, and ``missing`` which figures it waits for)."""

    method: CalibrationMethod
    inputs: Inputs
    options: Options
    steps: tuple[Step, ...] = ()
    exact: Fraction | None = None
    refusal: str = ""
    missing: tuple[InputKind, ...] = ()

    @property
    def hours(self) -> Hours | None:
        """The hours of the clause: the exact ones, rounded as chosen."""
        return None if self.exact is None else rounded(self.exact, self.options.rounding)

    @property
    def formula(self) -> tuple[str, ...]:
        """The computation in sentences, its rounding last; what refuses it otherwise."""
        if self.exact is None or self.hours is None:
            return (self.refusal,)
        last = rounding_sentence(self.exact, self.options.rounding)
        return (*in_full(self.steps), last)


class _Impossible(Exception):
    """The figures contradict each other; the message is a French sentence."""


def rounded(exact: Fraction, rounding: HoursRounding) -> Hours:
    """Exact hours as those of a clause: down to a step, or to the hundredth half up."""
    if rounding.step is not None:
        return Hours(int(exact // rounding.step) * rounding.step * _HUNDREDTHS)
    hundredths = exact * _HUNDREDTHS
    return Hours(
        (2 * hundredths.numerator + hundredths.denominator) // (2 * hundredths.denominator)
    )


def rounding_sentence(exact: Fraction, rounding: HoursRounding) -> str:
    """The last line of a computation: what the rounding did."""
    text = f"{rounding.label.lower()} = {format_hours(rounded(exact, rounding))}"
    return french(f"Arrondi : {written(exact, Unit.HOURS)} {text}")


def labour_hours(inputs: Inputs) -> tuple[tuple[Step, ...], Term | None]:
    """The hours of labour of a contract: those that are known, else amount x share / cost.

    The steps that made them, and the hours; None when nothing says them.
    """
    if LABOUR_HOURS.code in inputs:
        return (), term(inputs, LABOUR_HOURS)
    if any(kind.code not in inputs for kind in FROM_AMOUNT):
        return (), None
    labour = _labour_amount(inputs)
    hours = computed("Heures de travail", Unit.HOURS, labour.term,
                     ("/", term(inputs, HOURLY_COST)))  # fmt: skip
    return (labour, hours), hours.term


def calibrate(method: CalibrationMethod, inputs: Inputs, options: Options = USUAL) -> Calibration:
    """Hours by one method, from the figures it needs among ``inputs``."""
    used = _used(method, inputs)
    result = Calibration(method, used, options)
    missing = _missing(method, inputs)
    if missing:
        refusal = french(f"Il manque : {in_a_sentence(missing)}.")
        return result._replace(refusal=refusal, missing=missing)
    for code, given in used.items():
        if fault := KINDS[code].fault(given.value):
            return result._replace(refusal=fault)
    try:
        steps = _METHODS[method](used, options)
    except _Impossible as impossible:
        return result._replace(refusal=french(str(impossible)))
    return result._replace(steps=steps, exact=steps[-1].value)


def side_by_side(inputs: Inputs, options: Options = USUAL) -> tuple[Calibration, ...]:
    """Every method on the same figures, in the order of the list of methods."""
    return tuple(calibrate(method, inputs, options) for method in CalibrationMethod)


def _used(method: CalibrationMethod, inputs: Inputs) -> dict[str, Given]:
    kinds = [*NEEDED[method], *OPTIONAL.get(method, ())]
    if LABOUR_HOURS in kinds and LABOUR_HOURS.code not in inputs:
        kinds[:0] = FROM_AMOUNT
    return {kind.code: inputs[kind.code] for kind in kinds if kind.code in inputs}


def _missing(method: CalibrationMethod, inputs: Inputs) -> tuple[InputKind, ...]:
    missing = [kind for kind in NEEDED[method] if kind.code not in inputs]
    if LABOUR_HOURS in missing:
        needed = [kind for kind in FROM_AMOUNT if kind.code not in inputs]
        if not needed:
            missing.remove(LABOUR_HOURS)
    return tuple(missing)


def _labour_amount(inputs: Inputs) -> Step:
    return computed("Main-d'œuvre", Unit.MONEY, term(inputs, AMOUNT),
                    ("×", term(inputs, LABOUR_SHARE)))  # fmt: skip


def _by_amount(inputs: Inputs, _: Options) -> tuple[Step, ...]:
    """A x s x r / c, in the order of E1."""
    labour = _labour_amount(inputs)
    effort = computed("Effort d'insertion", Unit.MONEY, labour.term, ("×", term(inputs, RATE)))
    hours = computed(_RESULT, Unit.HOURS, effort.term, ("/", term(inputs, HOURLY_COST)))
    return labour, effort, hours


def _by_hours(rate: InputKind) -> Callable[[Inputs, Options], tuple[Step, ...]]:
    """A share of the hours of labour: usual rate, or one of the ANRU floors (E15)."""

    def steps(inputs: Inputs, _: Options) -> tuple[Step, ...]:
        before, labour = _known_labour(inputs)
        return *before, computed(_RESULT, Unit.HOURS, labour, ("×", term(inputs, rate)))

    return steps


def _after_transfer(inputs: Inputs, _: Options) -> tuple[Step, ...]:
    """(H_total - H_reprise) x r: only newly assigned staff counts (E14)."""
    before, labour = _known_labour(inputs)
    transferred = term(inputs, TRANSFERRED)
    if transferred.value > labour.value:
        raise _Impossible(
            f"{written(*transferred)} de personnel repris pour {written(*labour)} de travail : "
            "vérifiez ces deux chiffres."
        )
    left = computed("Heures nouvelles", Unit.HOURS, labour, ("-", transferred))
    return *before, left, computed(_RESULT, Unit.HOURS, left.term, ("×", term(inputs, RATE)))


def _per_amount(inputs: Inputs, options: Options) -> tuple[Step, ...]:
    """So many hours for each step of amount beyond a threshold (see ``rules.owed_formula``)."""
    steps: list[Step] = []
    counted = term(inputs, AMOUNT)
    if THRESHOLD.code in inputs:
        over = beyond("Au-delà du seuil", counted, term(inputs, THRESHOLD))
        steps.append(over)
        if options.reading is ThresholdReading.BEYOND or over.value == 0:
            counted = over.term
    size, hours = term(inputs, STEP_AMOUNT), term(inputs, STEP_HOURS)
    if options.steps is StepReading.WHOLE_STEPS:
        number = whole_times("Pas entiers", Unit.STEPS, counted, size)
    else:
        number = computed("Pas", Unit.STEPS, counted, ("/", size))
    return *steps, number, computed(_RESULT, Unit.HOURS, number.term, ("×", hours))


def _minimum(inputs: Inputs, _: Options) -> tuple[Step, ...]:
    """So many people, each for a useful volume."""
    each = computed("Volume par personne", Unit.HOURS, term(inputs, WEEKS),
                    ("×", term(inputs, WEEKLY)))  # fmt: skip
    useful = at_least("Volume utile", each.term, term(inputs, USEFUL))
    return each, useful, computed(_RESULT, Unit.HOURS, term(inputs, PEOPLE), ("×", useful.term))


def _training(inputs: Inputs, options: Options) -> tuple[Step, ...]:
    """Months of training by amount (E7), made hours; a buyer may ask for less, never for more."""
    tiers = options.training
    duration = inputs[DURATION.code].value
    if duration < tiers.least:
        raise _Impossible(
            f"La clause de formation demande un marché de {written(tiers.least, Unit.MONTHS)} "
            f"au moins : celui-ci dure {written(duration, Unit.MONTHS)}."
        )
    amount = term(inputs, AMOUNT)
    most = training_months(amount.value, tiers)
    if most is None:
        raise _Impossible("Les paliers de la clause de formation ne sont pas connus.")
    text = f"{written(*amount)} → {written(most, Unit.MONTHS)} ({tiers.source})"
    months = Step("Formation, au plus", most, Unit.MONTHS, text)
    steps, kept = [months], months.term
    if TRAINING.code in inputs:
        kept = term(inputs, TRAINING)
        if kept.value > most:
            raise _Impossible(
                f"{written(*kept)} de formation demandés : {written(most, Unit.MONTHS)} au plus "
                f"pour {written(*amount)}."
            )
    weeks = weeks_of(kept)
    hours = computed(_RESULT, Unit.HOURS, weeks.term, ("×", term(inputs, WEEKLY)))
    if PEOPLE.code in inputs:
        each = hours._replace(label="Volume par personne")
        hours = computed(_RESULT, Unit.HOURS, term(inputs, PEOPLE), ("×", each.term))
        return *steps, weeks, each, hours
    return *steps, weeks, hours


def training_months(amount: Fraction, tiers: TrainingTiers) -> Fraction | None:
    """The longest training, in months, for an amount in euros (E7); None without tiers.

    An amount that is the bound of a tier is in it: 400 000 EUR gives the shorter of the two
    durations that the source names for it.
    """
    return next((months for bound, months in tiers.tiers if bound is None or amount <= bound), None)


def weeks_of(months: Term) -> Step:
    """Months as weeks, 52 in a year."""
    return computed("Semaines", Unit.WEEKS, months, ("×", WEEKS_OF_A_YEAR),
                    ("/", MONTHS_OF_A_YEAR))  # fmt: skip


def _known_labour(inputs: Inputs) -> tuple[tuple[Step, ...], Term]:
    steps, hours = labour_hours(inputs)
    assert hours is not None
    return steps, hours


_METHODS: Final[Mapping[CalibrationMethod, Callable[[Inputs, Options], tuple[Step, ...]]]] = {
    CalibrationMethod.AMOUNT: _by_amount,
    CalibrationMethod.LABOUR_HOURS: _by_hours(RATE),
    CalibrationMethod.PER_AMOUNT: _per_amount,
    CalibrationMethod.AFTER_TRANSFER: _after_transfer,
    CalibrationMethod.MINIMUM: _minimum,
    CalibrationMethod.ANRU_WORKS: _by_hours(ANRU_RATE),
    CalibrationMethod.ANRU_NEIGHBOURHOOD: _by_hours(GUP_RATE),
    CalibrationMethod.TRAINING: _training,
}
