"""The formula and the schedule of an obligation, to and from the terms of its contract.

An obligation says the code of its formula (``OwedFormula``) and of its schedule
(``ScheduleKind``); the figures are terms of its lot or of its contract (``FormulaTerm``). A figure
that cannot be read is as if it were not there, and what then lacks is said.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple, TypeVar

from suivi_tui.rules.owed_formula import (
    FixedVolume,
    Formula,
    PerAmount,
    PercentOfHours,
    PerTranche,
    PerYear,
)
from suivi_tui.rules.schedules import Step
from suivi_tui.rules.site_calendar import IdleSpan, default_idle_spans, parse_idle_spans
from suivi_tui.rules.terms import TermLine
from suivi_tui.vocabulary.choices import (
    FORMULA_TERM,
    SCHEDULE_TERM,
    AmountBasis,
    Choice,
    FormulaTerm,
    OwedFormula,
    StepReading,
    ThresholdReading,
)
from suivi_tui.vocabulary.dates import NotADate, format_date, parse_date
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours, NotHours, format_hours, parse_hours
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.numbers import NBSP, format_percent, scaled
from suivi_tui.vocabulary.typography import french

C = TypeVar("C", bound=Choice)

YES, NO = "oui", "non"
_WHOLE = 10_000
_TEXT = 1_000
# A comma before a date parts two steps; elsewhere it is that of a figure.
_BETWEEN_STEPS = re.compile(r";|,(?=\s*\d{1,2}/\d{1,2})")
_LONGEST = 18


class Said(NamedTuple):
    """What the terms of a lot say of formulas and schedules: by code, and hours worked by date."""

    values: Mapping[str, str] = {}
    worked: tuple[tuple[date, Hours], ...] = ()

    def whole(self, code: str) -> int | None:
        """A whole number, None when there is none."""
        return _whole(self.values.get(code))

    def hours(self, term: FormulaTerm) -> Hours | None:
        """Hundredths of an hour, None when there are none."""
        number = self.whole(term.value)
        return None if number is None else Hours(number)

    @property
    def planned_work(self) -> Hours | None:
        """All the hours planned to be worked on the contract."""
        return self.hours(FormulaTerm.PLANNED)


class FormulaRead(NamedTuple):
    """A formula, and what is still to be entered before it can be used ('' when nothing is)."""

    formula: Formula
    missing: str = ""


def is_formula_term(code: str) -> bool:
    """Whether a term speaks of formulas or schedules."""
    return code.startswith((FORMULA_TERM, SCHEDULE_TERM))


def said_of(lines: Iterable[TermLine], lot: int) -> Said:
    """What a lot says, else its contract; hours worked are a history, one figure by date."""
    known = [line for line in lines if line.lot in (None, lot) and is_formula_term(line.code)]
    known.sort(key=lambda line: (line.lot is not None, line.valid_from or date.min))
    worked = {
        line.valid_from or date.min: Hours(hours)
        for line in known
        if line.code == FormulaTerm.WORKED and (hours := _whole(line.value)) is not None
    }
    return Said({line.code: line.value for line in known}, tuple(sorted(worked.items())))


def formula_of(code: str, said: Said, start: date | None, end: date | None) -> FormulaRead:
    """The formula that a code names; ``start`` and ``end`` are those of the agreement.

    One that lacks a figure counts written hours only, as a fixed volume.
    """
    if code == OwedFormula.PER_TRANCHE:
        return FormulaRead(PerTranche())
    if code == OwedFormula.PERCENT_OF_HOURS:
        rate = said.whole(FormulaTerm.RATE.value)
        if rate is None:
            return FormulaRead(FixedVolume(), "le pourcentage")
        taken_over = said.hours(FormulaTerm.TAKEN_OVER) or Hours(0)
        return FormulaRead(PercentOfHours(Fraction(rate, _WHOLE), taken_over))
    if code == OwedFormula.PER_AMOUNT:
        return _per_amount(said)
    if code == OwedFormula.PER_YEAR:
        return _per_year(said, start, end)
    return FormulaRead(FixedVolume())


def _per_amount(said: Said) -> FormulaRead:
    hours, step = said.hours(FormulaTerm.HOURS), said.whole(FormulaTerm.STEP.value)
    if hours is None or not step:
        return FormulaRead(FixedVolume(), "les heures et le montant d'un pas")
    return FormulaRead(
        PerAmount(
            hours,
            Money(step),
            Money(said.whole(FormulaTerm.THRESHOLD.value) or 0),
            _member(AmountBasis, said, FormulaTerm.BASIS, AmountBasis.INVOICED),
            _member(ThresholdReading, said, FormulaTerm.READING, ThresholdReading.BEYOND),
            _member(StepReading, said, FormulaTerm.ROUNDING, StepReading.WHOLE_STEPS),
        )
    )


def _per_year(said: Said, start: date | None, end: date | None) -> FormulaRead:
    volume = said.hours(FormulaTerm.VOLUME)
    if volume is None:
        return FormulaRead(FixedVolume(), "le volume d'une année")
    if start is None or end is None:
        return FormulaRead(FixedVolume(), "le début et la fin du marché")
    prefix = FormulaTerm.VOLUME.value + "/"
    volumes = {
        number: Hours(hours)
        for code, text in said.values.items()
        if code.startswith(prefix)
        and (number := _whole(code.removeprefix(prefix))) is not None
        and (hours := _whole(text)) is not None
    }
    carried = said.values.get(FormulaTerm.CARRIED.value) == YES
    return FormulaRead(PerYear(start, end, volume, volumes, carried))


def formula_texts(formula: Formula) -> dict[str, str]:
    """The terms that say a formula, by code; dates and hours worked are elsewhere."""
    texts: dict[FormulaTerm, str] = {}
    if isinstance(formula, PercentOfHours):
        texts[FormulaTerm.RATE] = str(int(formula.rate * _WHOLE))
        if formula.taken_over:
            texts[FormulaTerm.TAKEN_OVER] = str(formula.taken_over)
    elif isinstance(formula, PerAmount):
        texts = {
            FormulaTerm.HOURS: str(formula.hours),
            FormulaTerm.STEP: str(formula.step),
            FormulaTerm.THRESHOLD: str(formula.threshold),
            FormulaTerm.BASIS: formula.basis.value,
            FormulaTerm.READING: formula.reading.value,
            FormulaTerm.ROUNDING: formula.steps.value,
        }
    elif isinstance(formula, PerYear):
        texts[FormulaTerm.VOLUME] = str(formula.volume)
        texts[FormulaTerm.CARRIED] = YES if formula.carried else NO
    said = {term.value: text for term, text in texts.items()}
    if isinstance(formula, PerYear):
        for number, hours in formula.volumes.items():
            said[f"{FormulaTerm.VOLUME.value}/{number}"] = str(hours)
    return said


def formula_sentence(formula: Formula | None) -> str:
    """A formula in words, with the reading of the text that was chosen; None: a fixed volume."""
    if isinstance(formula, PerTranche):
        return "Les heures de la tranche ferme, puis de chaque tranche une fois affermie"
    if isinstance(formula, PercentOfHours):
        text = f"{format_percent(formula.rate, 2)} des heures travaillées sur le marché"
        if formula.taken_over:
            text += f", moins {format_hours(formula.taken_over)} de personnel repris"
        return french(text)
    if isinstance(formula, PerAmount):
        return _amount_sentence(formula)
    if isinstance(formula, PerYear):
        text = f"{format_hours(formula.volume)} par année, du {format_date(formula.start)} au "
        text += format_date(formula.end)
        for number, hours in sorted(formula.volumes.items()):
            text += f", {format_hours(hours)} l'année {number}"
        carried = "reporté" if formula.carried else "non reporté"
        return french(f"{text}, manque d'une année {carried} sur la suivante")
    return "Volume fixe, que les mouvements font évoluer"


def _amount_sentence(formula: PerAmount) -> str:
    invoiced = formula.basis is AmountBasis.INVOICED
    text = f"{format_hours(formula.hours)} par {format_money(formula.step)} "
    text += "facturés" if invoiced else "commandés"
    if formula.threshold > 0:
        text += f" au-delà de {format_money(formula.threshold)}"
        beyond = formula.reading is ThresholdReading.BEYOND
        text += ", seulement ce qui dépasse" if beyond else ", tout le montant dès le seuil dépassé"
    whole = formula.steps is StepReading.WHOLE_STEPS
    return french(text + (", par pas entiers" if whole else ", au prorata"))


class NotSteps(UserError):
    """The text names no dated steps; nothing was changed."""

    def __init__(self, text: str) -> None:
        super().__init__(
            french(
                f"« {text[:40]} » n'est pas une étape : écrivez par exemple 30/06/2026 25 %, "
                "31/12/2026 1 200 h."
            )
        )


def steps_of(said: Said) -> tuple[Step, ...]:
    """The dated steps of a schedule; a part that cannot be read is left out."""
    found = []
    for part in said.values.get(FormulaTerm.STEPS.value, "").split(";"):
        day, _, figure = part.partition("=")
        number = _whole(figure[:-1])
        try:
            on = date.fromisoformat(day)
        except ValueError:
            continue
        if number is not None and figure.endswith("%"):
            found.append(Step(on, share=Fraction(number, _WHOLE)))
        elif number is not None and figure.endswith("h"):
            found.append(Step(on, hours=Hours(number)))
    return tuple(sorted(found, key=lambda step: step.date))


def parse_steps(text: str) -> tuple[Step, ...]:
    """The steps that people write: ``30/06/2026 25 % ; 31/12/2026 1 200 h``. Raises NotSteps."""
    found = []
    for part in filter(None, (each.strip() for each in _BETWEEN_STEPS.split(text[:_TEXT]))):
        day, _, figure = part.replace(NBSP, " ").partition(" ")
        try:
            on = parse_date(day)
            if figure.rstrip().endswith("%"):
                share = scaled(figure.rstrip().removesuffix("%").strip())
                if share is None or not 0 <= share <= _WHOLE:
                    raise NotSteps(part)
                found.append(Step(on, share=Fraction(share, _WHOLE)))
            else:
                found.append(Step(on, hours=parse_hours(figure)))
        except (NotADate, NotHours):
            raise NotSteps(part) from None
    return tuple(sorted(found, key=lambda step: step.date))


def steps_stored(steps: Iterable[Step]) -> str:
    """Steps as they are stored: ``2026-06-30=2500%;2026-12-31=120000h``."""
    parts = []
    for step in sorted(steps, key=lambda step: step.date):
        if step.hours is not None:
            parts.append(f"{step.date.isoformat()}={step.hours}h")
        elif step.share is not None:
            parts.append(f"{step.date.isoformat()}={int(step.share * _WHOLE)}%")
    return ";".join(parts)


def steps_text(steps: Iterable[Step]) -> str:
    """Steps as people write them: ``30/06/2026 25 %, 31/12/2026 1 200 h``."""
    parts = []
    for step in steps:
        figure = format_hours(step.hours) if step.hours is not None else ""
        if step.hours is None and step.share is not None:
            figure = format_percent(step.share, 2)
        parts.append(f"{format_date(step.date)} {figure}")
    return french(" ; ".join(parts))


def idle_of(said: Said, category: str) -> tuple[IdleSpan, ...]:
    """The idle spans of a site calendar; those of the category when the contract says nothing."""
    text = said.values.get(FormulaTerm.IDLE.value)
    if text is None:
        return default_idle_spans(category)
    try:
        return parse_idle_spans(text)
    except UserError:
        return default_idle_spans(category)


def _member(kind: type[C], said: Said, term: FormulaTerm, usual: C) -> C:
    found = kind._value2member_map_.get(said.values.get(term.value))
    return found if isinstance(found, kind) else usual


def _whole(text: str | None) -> int | None:
    if text is None or not (text.isascii() and text.isdigit() and len(text) < _LONGEST):
        return None
    return int(text)
