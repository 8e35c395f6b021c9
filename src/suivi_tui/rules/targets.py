"""What a contract asks for beside hours: residents of QPV, women, work-study hours, people.

ANRU asks for residents of QPV and, as objectives of quality, for women and work-study
(domain.md 3.4). A person whose residence or sex is unknown is counted neither for nor against:
the target is then reached, missed so far, or impossible to tell.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from suivi_tui.vocabulary.choices import EmploymentKind, Residence, Sex, TargetKind, find, label_of
from suivi_tui.vocabulary.choices.formulas import TargetState
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.numbers import format_number, format_percent, plural
from suivi_tui.vocabulary.typography import french

_WORK_STUDY = (EmploymentKind.APPRENTICESHIP.value, EmploymentKind.PROFESSIONAL_TRAINING.value)
_IN_HOURS = (TargetKind.WORK_STUDY_HOURS.value, TargetKind.QPV_HOURS.value)
_SHARE_UNIT = 10_000


class WorkDone(NamedTuple):
    """The hours that count of one person under one work contract.

    ``hours`` are hundredths; codes are those of ``Sex``, ``Residence`` at hiring and
    ``EmploymentKind``, '' when unknown.
    """

    participant: int
    hours: Hours
    sex: str = ""
    residence: str = ""
    employment: str = ""


class Target(NamedTuple):
    """A target: a code of ``TargetKind`` and a whole number.

    The number is of people or, for a kind counted in hours, of hundredths of an hour; with
    ``as_share`` it is a share of all people, or of all hours, in hundredths of a per cent
    (5 % is 500).
    """

    kind: str
    value: int
    as_share: bool = False

    @property
    def in_hours(self) -> bool:
        """Whether hours are counted, and not people."""
        return self.kind in _IN_HOURS


class TargetReading(NamedTuple):
    """How far a target is, in people or in hundredths of an hour.

    ``needed`` is what the target asks for today (a share of what was done, rounded up), None
    when it is a share of nothing; ``done`` what surely counts, ``unknown`` what may count once
    its data are known; ``missing`` is ``needed`` less ``done``, never below 0.
    """

    target: Target
    state: TargetState
    needed: int | None
    done: int
    unknown: int
    total: int
    missing: int

    @property
    def sentence(self) -> str:
        """One French sentence: what is asked, what is done, what is not known."""
        target = self.target
        label = label_of(TargetKind, target.kind)
        asked = self._quantity(target.value)
        if target.as_share:
            asked = format_percent(Fraction(target.value, _SHARE_UNIT), 2)
            asked += " des heures" if target.in_hours else " des personnes"
        text = f"{label} : {self._quantity(self.done)}"
        if target.as_share and self.total:
            text += f", soit {format_percent(Fraction(self.done, self.total), 2)}"
        text += f" (objectif : {asked})"
        if self.unknown:
            text += f", {self._quantity(self.unknown)} à vérifier"
        if self.state is TargetState.MISSING:
            text += f", il manque {self._quantity(self.missing)}"
        return french(f"{text}. {self.state.label}.")

    def _quantity(self, value: int) -> str:
        return format_hours(Hours(value)) if self.target.in_hours else format_number(value)


def target_reading(target: Target, work: Iterable[WorkDone]) -> TargetReading:
    """How far a target is, from the work that counts.

    Reached when what surely counts is enough; missing when even what is unknown would not be;
    otherwise nobody can say. A share of nothing cannot be told either. People are counted once
    each, and count as soon as one of their contracts does. Nobody can say of a kind that this
    release does not know either.
    """
    kind = find(TargetKind, target.kind)
    if kind is None:
        return TargetReading(target, TargetState.UNKNOWN, None, 0, 0, 0, 0)
    lines = [line for line in work if line.hours > 0]
    done, unknown, total = _hours(kind, lines) if target.in_hours else _people(kind, lines)
    if not target.as_share:
        needed: int | None = target.value
    elif total:
        needed = -(-target.value * total // _SHARE_UNIT)
    else:
        needed = None
    if needed is None:
        state = TargetState.UNKNOWN
    elif done >= needed:
        state = TargetState.REACHED
    elif done + unknown < needed:
        state = TargetState.MISSING
    else:
        state = TargetState.UNKNOWN
    missing = 0 if needed is None else max(needed - done, 0)
    return TargetReading(target, state, needed, done, unknown, total, missing)


def summary(readings: Iterable[TargetReading]) -> str:
    """One French line for several targets: how many are reached, missing, impossible to tell."""
    counts = dict.fromkeys(TargetState, 0)
    for reading in readings:
        counts[reading.state] += 1
    parts = [
        plural(counts[TargetState.REACHED], "cible atteinte", "cibles atteintes"),
        plural(counts[TargetState.MISSING], "pas encore atteinte", "pas encore atteintes"),
        plural(counts[TargetState.UNKNOWN], "impossible à dire", "impossibles à dire"),
    ]
    return ", ".join(parts)


def _counts(kind: TargetKind, line: WorkDone) -> bool | None:
    """Whether one line serves a target; None when the datum is missing."""
    if kind is TargetKind.PEOPLE:
        return True
    if kind is TargetKind.WOMEN:
        return None if not line.sex else line.sex == Sex.WOMAN.value
    if kind is TargetKind.WORK_STUDY_HOURS:
        return None if not line.employment else line.employment in _WORK_STUDY
    if line.residence in ("", Residence.UNKNOWN.value):
        return None
    return line.residence == Residence.YES.value


def _hours(kind: TargetKind, lines: list[WorkDone]) -> tuple[int, int, int]:
    done = sum(line.hours for line in lines if _counts(kind, line))
    unknown = sum(line.hours for line in lines if _counts(kind, line) is None)
    return done, unknown, sum(line.hours for line in lines)


def _people(kind: TargetKind, lines: list[WorkDone]) -> tuple[int, int, int]:
    answers: dict[int, set[bool | None]] = {}
    for line in lines:
        answers.setdefault(line.participant, set()).add(_counts(kind, line))
    done = sum(True in found for found in answers.values())
    unknown = sum(True not in found and None in found for found in answers.values())
    return done, unknown, len(answers)
