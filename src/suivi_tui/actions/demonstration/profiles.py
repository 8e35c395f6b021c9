"""Who the people are: proportions of a real département, given out so that each fits its path."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random

from suivi_tui.actions.demonstration.people import Path
from suivi_tui.vocabulary.choices import (
    Criterion,
    Education,
    Prescriber,
    Residence,
    Sector,
    Sex,
    Situation,
)

_CRITERIA = {
    Criterion.LONG_TERM: 38,
    Criterion.RSA: 29,
    Criterion.YOUNG: 24,
    Criterion.INSERTION: 12,
    Criterion.DISABILITY: 7,
    Criterion.SENIOR: 6,
    Criterion.OPINION: 4,
}
_YOUNG_PEOPLE, _SENIORS = 36, 24
_WOMEN, _CLEANING_WOMEN, _STRUCTURAL_WOMEN = 0.22, 0.65, 0.05
_QPV, _RENEWAL_QPV = 0.35, 0.60
_EDUCATION: dict[str, int] = {
    "": 10,
    Education.NONE.value: 40,
    Education.VOCATIONAL.value: 48,
    Education.SECONDARY.value: 14,
    Education.HIGHER_2.value: 4,
    Education.HIGHER_3.value: 2,
    Education.FOREIGN.value: 2,
}
_PRESCRIBERS: dict[str, int] = {
    Prescriber.DISABILITY_SERVICE.value: 6,
    Prescriber.DEPARTMENT.value: 9,
    Prescriber.SIAE.value: 14,
    Prescriber.YOUTH_SERVICE.value: 23,
    "": 6,
    Prescriber.PLIE.value: 17,
    Prescriber.EMPLOYMENT_SERVICE.value: 45,
}
_LIKELY: dict[str, tuple[Criterion, ...]] = {
    Prescriber.DISABILITY_SERVICE.value: (Criterion.DISABILITY,),
    Prescriber.DEPARTMENT.value: (Criterion.RSA,),
    Prescriber.SIAE.value: (Criterion.INSERTION, Criterion.RSA),
    Prescriber.YOUTH_SERVICE.value: (Criterion.YOUNG,),
    Prescriber.PLIE.value: (Criterion.RSA, Criterion.LONG_TERM),
}
_SITUATIONS: dict[Criterion, tuple[Situation, ...]] = {
    Criterion.LONG_TERM: (Situation.LONG_TERM, Situation.LONG_TERM, Situation.VERY_LONG_TERM),
    Criterion.RSA: (Situation.MINIMUM_INCOME, Situation.VERY_LONG_TERM, Situation.LONG_TERM),
    Criterion.YOUNG: (Situation.JOB_SEEKER, Situation.JOB_SEEKER, Situation.TRAINING),
    Criterion.INSERTION: (Situation.INSERTION,),
}


@dataclass(slots=True)
class Profile:
    """What is known of a person, in the order in which it was settled."""

    path: Path
    sex: Sex = Sex.MAN
    criterion: Criterion = Criterion.LONG_TERM
    band: str = "middle"
    birth: date = date.min
    qpv: Residence = Residence.NO
    education: str = ""
    situation: Situation = Situation.JOB_SEEKER
    prescriber: str = ""


def profiles_of(paths: list[Path], rng: Random) -> list[Profile]:
    """One profile for each path."""
    profiles = [Profile(path) for path in paths]
    _give_sexes(profiles, rng)
    _give_criteria(profiles, rng)
    _give_ages(profiles, rng)
    _give_addresses(profiles, rng)
    _give_levels(profiles, rng)
    _give_prescribers(profiles, rng)
    for profile in profiles:
        known = _SITUATIONS.get(profile.criterion, (Situation.JOB_SEEKER, Situation.LONG_TERM))
        profile.situation = rng.choice(known)
    return profiles


def _shuffled(profiles: Iterable[Profile], rng: Random) -> list[Profile]:
    order = list(profiles)
    rng.shuffle(order)
    return order


def _give_sexes(profiles: list[Profile], rng: Random) -> None:
    cleaning = [each for each in profiles if each.path.sector is Sector.CLEANING]
    structural = [each for each in profiles if each.path.structural]
    women = _shuffled(cleaning, rng)[: round(len(cleaning) * _CLEANING_WOMEN)]
    women += _shuffled(structural, rng)[: round(len(structural) * _STRUCTURAL_WOMEN)]
    others = [
        each for each in profiles if each.path.sector is not Sector.CLEANING
        and not each.path.structural
    ]  # fmt: skip
    # The heaviest draws first: each trade keeps its share, and the total is exact.
    draws = sorted(
        others, key=lambda each: -(rng.random() ** (1 / (each.path.women_weight + 0.01)))
    )
    women += draws[: max(round(len(profiles) * _WOMEN) - len(women), 0)]
    for profile in women:
        profile.sex = Sex.WOMAN


def _give_criteria(profiles: list[Profile], rng: Random) -> None:
    left = _shuffled(profiles, rng)

    def take(criterion: Criterion, fit: Callable[[Profile], bool], count: int) -> int:
        chosen = list(islice(filter(fit, left), count))
        for profile in chosen:
            profile.criterion = criterion
            left.remove(profile)
        return count - len(chosen)

    disabled = take(Criterion.DISABILITY, lambda each: each.path.through("ea"), 7)
    young = take(Criterion.YOUNG, lambda each: each.path.learning, _CRITERIA[Criterion.YOUNG])
    insertion = take(
        Criterion.INSERTION,
        lambda each: each.path.through("ei", "regie", "ai", "aci", "etti"),
        _CRITERIA[Criterion.INSERTION],
    )
    senior = take(Criterion.SENIOR, lambda each: not each.path.learning, 6)
    rest = {
        Criterion.DISABILITY: disabled,
        Criterion.YOUNG: young,
        Criterion.INSERTION: insertion,
        Criterion.SENIOR: senior,
    }
    for criterion in _CRITERIA:
        take(criterion, lambda _: True, rest.get(criterion, _CRITERIA[criterion]))


def _give_ages(profiles: list[Profile], rng: Random) -> None:
    for profile in profiles:
        if profile.criterion is Criterion.YOUNG:
            profile.band = "young"
        elif profile.criterion is Criterion.SENIOR:
            profile.band = "senior"
    free = [each for each in _shuffled(profiles, rng) if each.band == "middle"]
    free.sort(key=lambda each: not each.path.learning)
    young = [each for each in free if each.criterion is not Criterion.RSA]
    missing = _YOUNG_PEOPLE - _CRITERIA[Criterion.YOUNG]
    for profile in young[:missing]:
        profile.band = "young"
    old = [each for each in reversed(free) if each.band == "middle"]
    for profile in old[: _SENIORS - _CRITERIA[Criterion.SENIOR]]:
        profile.band = "senior"
    ages = {"young": (18, 24), "middle": (27, 47), "senior": (51, 60)}
    for profile in profiles:
        age = rng.randint(*ages[profile.band])
        hired = profile.path.hired_on
        birthday = hired.replace(year=hired.year - age, day=min(hired.day, 28))
        profile.birth = birthday - timedelta(days=rng.randint(2, 360))


def _give_addresses(profiles: list[Profile], rng: Random) -> None:
    renewal = [each for each in profiles if each.path.renewal]
    others = [each for each in profiles if not each.path.renewal]
    inside = _shuffled(renewal, rng)[: round(len(renewal) * _RENEWAL_QPV)]
    order = _shuffled(others, rng)
    wanted = max(round(len(profiles) * _QPV) - len(inside), 0)
    for profile in [*inside, *order[:wanted]]:
        profile.qpv = Residence.YES
    for profile in order[wanted : wanted + 4]:
        profile.qpv = Residence.UNKNOWN


def _repeated(quotas: dict[str, int]) -> Iterator[str]:
    for value, count in quotas.items():
        yield from [value] * count


def _give_levels(profiles: list[Profile], rng: Random) -> None:
    for profile, level in zip(_shuffled(profiles, rng), _repeated(_EDUCATION), strict=False):
        profile.education = level


def _give_prescribers(profiles: list[Profile], rng: Random) -> None:
    left = _shuffled(profiles, rng)
    for prescriber, count in _PRESCRIBERS.items():
        likely = _LIKELY.get(prescriber, ())
        # A stable sort: the people that this body follows first, then anyone who may go there.
        left.sort(key=lambda each: each.criterion not in likely)
        if prescriber == Prescriber.YOUTH_SERVICE.value:
            left.sort(key=lambda each: each.band != "young")
        for profile in left[:count]:
            profile.prescriber = prescriber
        left = _shuffled(left[count:], rng)
