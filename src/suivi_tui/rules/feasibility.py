"""Can the hours be worked on the site as planned, without making it longer or dearer?

Pays de la Loire calibrates "so that the site does not last longer": four questions are answered,
each with its computation and its limit. Limits are reference data, all unverified and editable.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from suivi_tui.rules.calibration import labour_hours, weeks_of
from suivi_tui.rules.calibration_inputs import (
    AMOUNT,
    COST_GAP,
    CREW_MEAN,
    CREW_PEAK,
    CREW_WEEKLY,
    DELAY,
    DURATION,
    EXTRA_COST,
    FROM_AMOUNT,
    HOURLY_COST,
    KINDS,
    LABOUR_HOURS,
    MARGIN,
    PEAK,
    SUPERVISION,
    USEFUL,
    WEEKLY,
    InputKind,
    Inputs,
    in_a_sentence,
    term,
)
from suivi_tui.rules.calibration_steps import (
    Step,
    Term,
    Unit,
    computed,
    in_full,
    rounded_up,
    written,
)
from suivi_tui.vocabulary.choices import FeasibilityVerdict
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.typography import french

_WORST_FIRST: Final = (
    FeasibilityVerdict.NOT_FEASIBLE,
    FeasibilityVerdict.TIGHT,
    FeasibilityVerdict.UNKNOWN,
    FeasibilityVerdict.FEASIBLE,
)
_HUNDREDTHS: Final = 100

LIMITS: Final = (
    USEFUL, CREW_MEAN, CREW_PEAK, PEAK, CREW_WEEKLY, SUPERVISION, DELAY, EXTRA_COST, MARGIN,
)  # fmt: skip
"""The figures that judge; those of the reference unless a person entered others."""


class Criterion(NamedTuple):
    """One question: its answer, the sentence that says it with its limit, its computation.

    ``measure`` is what was compared with ``limit`` (None when it could not be).
    """

    name: str
    verdict: FeasibilityVerdict
    sentence: str
    steps: tuple[Step, ...] = ()
    measure: Term | None = None
    limit: Term | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """The computation, then what it says."""
        return (*in_full(self.steps), self.sentence)


class Feasibility(NamedTuple):
    """The whole answer: its verdict is that of its worst criterion.

    ``people`` are those it takes over the whole duration, ``extra_cost`` euros; None: unknown.
    """

    verdict: FeasibilityVerdict
    criteria: tuple[Criterion, ...]
    people: Fraction | None = None
    extra_cost: Fraction | None = None

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is not simply feasible, the worst first; what was verified when it is."""
        told = sorted(self.criteria, key=lambda each: _WORST_FIRST.index(each.verdict))
        if self.verdict is FeasibilityVerdict.FEASIBLE:
            return tuple(each.sentence for each in told)
        return tuple(
            each.sentence for each in told if each.verdict is not FeasibilityVerdict.FEASIBLE
        )


def feasibility(hours: Hours, inputs: Inputs) -> Feasibility:
    """Whether ``hours`` of insertion can be worked on a contract, from its figures and limits."""
    wanted = Term(Fraction(hours, _HUNDREDTHS), Unit.HOURS)
    known = {code: given for code, given in inputs.items() if not KINDS[code].fault(given.value)}
    volume, people = _volume(wanted, known)
    crew, peak = _crew(wanted, known)
    extra, cost = _extra_cost(wanted, known)
    criteria = (volume, crew, peak, _delay(wanted, known), extra)
    return Feasibility(worst(each.verdict for each in criteria), criteria, people, cost)


def worst(verdicts: Iterable[FeasibilityVerdict]) -> FeasibilityVerdict:
    """The gravest of several answers."""
    told = set(verdicts)
    return next((each for each in _WORST_FIRST if each in told), FeasibilityVerdict.UNKNOWN)


def at_most(measure: Fraction, limit: Fraction, margin: Fraction) -> FeasibilityVerdict:
    """Beyond the limit it is not feasible; from ``margin`` of the limit on it is tight."""
    if measure > limit:
        return FeasibilityVerdict.NOT_FEASIBLE
    if measure >= limit * margin and measure > 0:
        return FeasibilityVerdict.TIGHT
    return FeasibilityVerdict.FEASIBLE


def not_under(measure: Fraction, limit: Fraction, margin: Fraction) -> FeasibilityVerdict:
    """Under the limit it is not feasible; while the limit is ``margin`` of it or more, tight."""
    if measure < limit:
        return FeasibilityVerdict.NOT_FEASIBLE
    if measure * margin <= limit and limit > 0:
        return FeasibilityVerdict.TIGHT
    return FeasibilityVerdict.FEASIBLE


def _lacking(inputs: Inputs, *kinds: InputKind) -> list[InputKind]:
    return [kind for kind in kinds if kind.code not in inputs]


def _unknown(name: str, missing: Sequence[InputKind]) -> Criterion:
    sentence = french(f"{name} : à compléter ({in_a_sentence(missing)}).")
    return Criterion(name, FeasibilityVerdict.UNKNOWN, sentence)


def _limit(inputs: Inputs, kind: InputKind) -> str:
    """A limit and how far it can be trusted."""
    given = inputs[kind.code]
    trust = f"référence, {given.confidence}" if given.confidence else given.source
    return f"{written(*term(inputs, kind))} ({trust})"


def _volume(wanted: Term, inputs: Inputs) -> tuple[Criterion, Fraction | None]:
    """How many people it takes over the duration, each for a useful volume."""
    name = "Volume par personne"
    missing = _lacking(inputs, DURATION, WEEKLY, USEFUL, MARGIN)
    if missing:
        return _unknown(name, missing), None
    weeks = weeks_of(term(inputs, DURATION))
    capacity = computed("Une personne sur la durée", Unit.HOURS, weeks.term,
                        ("×", term(inputs, WEEKLY)))  # fmt: skip
    people = rounded_up("Personnes", Unit.PEOPLE, wanted, ("/", capacity.term))
    if people.value == 0:
        sentence = french(f"{name} : aucune heure à réaliser.")
        return Criterion(name, FeasibilityVerdict.NOT_FEASIBLE, sentence), Fraction(0)
    each = computed(name, Unit.HOURS, wanted, ("/", people.term))
    least = term(inputs, USEFUL)
    verdict = not_under(each.value, least.value, term(inputs, MARGIN).value)
    most = Fraction(wanted.value // least.value) if least.value else people.value
    several = f", jusqu'à {written(most, Unit.PEOPLE)} à ce volume" if most > people.value else ""
    sentence = french(
        f"{name} : {written(*people.term)}, {written(*each.term)} chacune ; minimum "
        f"{_limit(inputs, USEFUL)}{several}."
    )
    steps = (weeks, capacity, people, each)
    return Criterion(name, verdict, sentence, steps, each.term, least), people.value


def _crew(wanted: Term, inputs: Inputs) -> tuple[Criterion, Criterion]:
    """The share of the crew that insertion takes, on average and on the busiest day.

    On that day both are at their peak, in whole people: a small crew feels one person more.
    """
    names = "Équipe moyenne", "Équipe un jour de pointe"
    before, labour = labour_hours(inputs)
    missing = _lacking(inputs, DURATION, WEEKLY, CREW_WEEKLY, CREW_MEAN, CREW_PEAK, PEAK, MARGIN)
    if labour is None:
        missing += _lacking(inputs, *FROM_AMOUNT) or [LABOUR_HOURS]
    if missing or labour is None or not labour.value:
        waited = missing or [LABOUR_HOURS]
        return _unknown(names[0], waited), _unknown(names[1], waited)
    weeks = weeks_of(term(inputs, DURATION))
    crew = computed("Équipe moyenne", Unit.POSTS, labour, ("/", weeks.term),
                    ("/", term(inputs, CREW_WEEKLY)))  # fmt: skip
    posts = computed("Postes d'insertion", Unit.POSTS, wanted, ("/", weeks.term),
                     ("/", term(inputs, WEEKLY)))  # fmt: skip
    mean = computed("Part moyenne", Unit.SHARE, posts.term, ("/", crew.term))
    steps = (*before, weeks, crew, posts, mean)
    together = rounded_up("Présents en pointe", Unit.PEOPLE, posts.term,
                          ("×", term(inputs, PEAK)))  # fmt: skip
    largest = rounded_up("Équipe en pointe", Unit.PEOPLE, crew.term,
                         ("×", term(inputs, PEAK)))  # fmt: skip
    busiest = computed("Part en pointe", Unit.SHARE, together.term, ("/", largest.term))
    peak = (together, largest, busiest)
    return (
        _share(names[0], (posts, crew, mean), steps, CREW_MEAN, inputs),
        _share(names[1], peak, peak, CREW_PEAK, inputs),
    )


def _share(
    name: str, told: tuple[Step, Step, Step], steps: tuple[Step, ...], kind: InputKind,
    inputs: Inputs,
) -> Criterion:  # fmt: skip
    people, crew, share = told
    limit = term(inputs, kind)
    verdict = at_most(share.value, limit.value, term(inputs, MARGIN).value)
    sentence = french(
        f"{name} : {written(*people.term)} sur {written(*crew.term)}, soit "
        f"{written(*share.term)} ; limite {_limit(inputs, kind)}."
    )
    return Criterion(name, verdict, sentence, steps, share.term, limit)


def _delay(wanted: Term, inputs: Inputs) -> Criterion:
    """The time that welcoming people takes from the crew: what could make the site longer."""
    name = "Durée du chantier"
    _, labour = labour_hours(inputs)
    missing = _lacking(inputs, SUPERVISION, DELAY, MARGIN)
    if labour is None:
        missing += _lacking(inputs, *FROM_AMOUNT) or [LABOUR_HOURS]
    if missing or labour is None or not labour.value:
        return _unknown(name, missing or [LABOUR_HOURS])
    taken = computed("Encadrement", Unit.HOURS, wanted, ("×", term(inputs, SUPERVISION)))
    share = computed("Temps pris à l'équipe", Unit.SHARE, taken.term, ("/", labour))
    limit = term(inputs, DELAY)
    verdict = at_most(share.value, limit.value, term(inputs, MARGIN).value)
    sentence = french(
        f"{name} : {written(*taken.term)} d'encadrement, soit {written(*share.term)} des heures "
        f"de travail ; limite {_limit(inputs, DELAY)}."
    )
    return Criterion(name, verdict, sentence, (taken, share), share.term, limit)


def _extra_cost(wanted: Term, inputs: Inputs) -> tuple[Criterion, Fraction | None]:
    """What the effort costs more than the same work without it, as euros and share of the amount.

    Hours of supervision at the hourly cost, and the difference of hourly cost if there is one.
    """
    name = "Surcoût"
    missing = _lacking(inputs, HOURLY_COST, SUPERVISION, EXTRA_COST, MARGIN)
    if missing:
        return _unknown(name, missing), None
    taken = computed("Encadrement", Unit.HOURS, wanted, ("×", term(inputs, SUPERVISION)))
    paid = computed("Coût de l'encadrement", Unit.MONEY, taken.term,
                    ("×", term(inputs, HOURLY_COST)))  # fmt: skip
    steps = [taken, paid]
    whole = paid
    if COST_GAP.code in inputs:
        gap = computed("Écart de coût", Unit.MONEY, wanted, ("×", term(inputs, COST_GAP)))
        whole = computed(name, Unit.MONEY, paid.term, ("+", gap.term))
        steps += [gap, whole]
    if not inputs.get(AMOUNT.code) or not inputs[AMOUNT.code].value:
        sentence = french(f"{name} : {written(*whole.term)} ; il manque le montant pour le juger.")
        return (
            Criterion(name, FeasibilityVerdict.UNKNOWN, sentence, tuple(steps), whole.term),
            whole.value,
        )
    share = computed("Part du montant", Unit.SHARE, whole.term, ("/", term(inputs, AMOUNT)))
    limit = term(inputs, EXTRA_COST)
    verdict = at_most(share.value, limit.value, term(inputs, MARGIN).value)
    sentence = french(
        f"{name} : {written(*whole.term)}, soit {written(*share.term)} du montant ; limite "
        f"{_limit(inputs, EXTRA_COST)}."
    )
    return Criterion(name, verdict, sentence, (*steps, share), share.term, limit), whole.value
