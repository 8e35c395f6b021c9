"""A calibration as text: what is kept with its result, a workbench half-done, a script's answer."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final, NamedTuple

from suivi_tui.rules.calibration import USUAL, Calibration, Options
from suivi_tui.rules.calibration_inputs import KINDS, NOTHING, Given, Inputs
from suivi_tui.rules.calibration_lots import Case
from suivi_tui.rules.calibration_sensitivity import Variation
from suivi_tui.rules.calibration_steps import in_full, written
from suivi_tui.rules.feasibility import Feasibility
from suivi_tui.rules.version import RULES_VERSION
from suivi_tui.vocabulary.choices import HoursRounding, StepReading, ThresholdReading
from suivi_tui.vocabulary.hours import hours_number
from suivi_tui.vocabulary.text import clean

_SOURCE_LIMIT: Final = 200
_LINE_LIMIT: Final = 500
_LONGEST: Final = 60


class Kept(NamedTuple):
    """What the JSON of a kept calibration holds; empty where it cannot be read."""

    inputs: Inputs = NOTHING
    options: Options = USUAL
    formula: tuple[str, ...] = ()
    exact: Fraction | None = None


def kept_text(calibration: Calibration) -> str:
    """What is kept with a result: its figures with their sources, its options, its formula."""
    return json.dumps(
        {
            "version": RULES_VERSION,
            "entrees": inputs_content(calibration.inputs),
            "options": options_content(calibration.options),
            "formule": list(calibration.formula),
            "exact": None if calibration.exact is None else str(calibration.exact),
        },
        ensure_ascii=False,
    )


def kept_of(text: str, known: Options = USUAL) -> Kept:
    """What a kept text says; what cannot be read is as if it were not there."""
    try:
        content = json.loads(text)
        exact = content.get("exact")
        return Kept(
            inputs_of(content.get("entrees") or {}),
            options_of(content.get("options") or {}, known),
            tuple(clean(str(line), _LINE_LIMIT) for line in content.get("formule") or ()),
            None if exact is None else _fraction(exact),
        )
    except (ValueError, TypeError, AttributeError, ZeroDivisionError):
        return Kept()


def inputs_content(inputs: Inputs) -> dict[str, dict[str, str]]:
    """Figures as JSON: exact fractions as text, sources, dates."""
    found = {}
    for code, given in inputs.items():
        said = {
            "valeur": str(given.value),
            "source": given.source,
            "confiance": given.confidence,
            "depuis": given.since.isoformat() if given.since else "",
            "bas": "" if given.low is None else str(given.low),
            "haut": "" if given.high is None else str(given.high),
        }
        found[code] = {name: text for name, text in said.items() if text}
    return found


def inputs_of(content: Mapping[str, Any]) -> dict[str, Given]:
    """Figures read back; an unknown or impossible one is left out."""
    found = {}
    for code, said in content.items():
        kind = KINDS.get(code)
        if kind is None or not isinstance(said, dict) or "valeur" not in said:
            continue
        value = _fraction(said["valeur"])
        if not kind.fault(value):
            since = str(said.get("depuis") or "")
            found[code] = Given(
                value,
                clean(str(said.get("source") or ""), _SOURCE_LIMIT),
                clean(str(said.get("confiance") or "")),
                date.fromisoformat(since) if since else None,
                _fraction(said["bas"]) if said.get("bas") else None,
                _fraction(said["haut"]) if said.get("haut") else None,
            )
    return found


def options_content(options: Options) -> dict[str, str]:
    """The readings and the rounding, by code."""
    return {
        "arrondi": options.rounding.value,
        "lecture": options.reading.value,
        "pas": options.steps.value,
    }


def options_of(content: Mapping[str, Any], known: Options = USUAL) -> Options:
    """Options read back; what cannot be read stays as in ``known``."""
    codes = {name: str(content.get(name) or "") for name in ("arrondi", "lecture", "pas")}
    rounding = HoursRounding._value2member_map_.get(codes["arrondi"], known.rounding)
    reading = ThresholdReading._value2member_map_.get(codes["lecture"], known.reading)
    steps = StepReading._value2member_map_.get(codes["pas"], known.steps)
    assert isinstance(rounding, HoursRounding)
    assert isinstance(reading, ThresholdReading)
    assert isinstance(steps, StepReading)
    return known._replace(rounding=rounding, reading=reading, steps=steps)


def case_text(case: Case) -> str:
    """A whole workbench, to be kept half-done."""
    return json.dumps(
        {
            "commun": inputs_content(case.common),
            "options": options_content(case.options),
            "lots": [
                {"lot": None if lot.lot is None else str(lot.lot), "nom": lot.name,
                 "entrees": inputs_content(lot.own)}
                for lot in case.lots
            ],
        },
        ensure_ascii=False,
    )  # fmt: skip


def case_of(text: str, known: Case) -> Case:
    """A half-done workbench put back over a case; lots that are no longer there are left out."""
    try:
        content = json.loads(text)
        typed = {
            str(lot["lot"]): inputs_of(lot.get("entrees") or {}) for lot in content.get("lots", ())
        }
        return known._replace(
            common=inputs_of(content.get("commun") or {}),
            options=options_of(content.get("options") or {}, known.options),
            lots=tuple(lot._replace(own=typed.get(str(lot.lot), lot.own)) for lot in known.lots),
        )
    except (ValueError, TypeError, AttributeError, KeyError, ZeroDivisionError):
        return known


def _fraction(text: object) -> Fraction:
    return Fraction(str(text)[:_LONGEST])


# a script's answer


def calibration_json(
    calibration: Calibration,
    feasible: Feasibility | None,
    variations: tuple[Variation, ...],
    warnings: Sequence[str] = (),
) -> dict[str, Any]:
    """Everything about one calibration: ``heures`` are those of the clause, once rounded."""
    exact, hours = calibration.exact, calibration.hours
    return {
        "methode": calibration.method.value,
        "libelle": calibration.method.label,
        "entrees": [_input_json(code, given) for code, given in calibration.inputs.items()],
        "formule": list(calibration.formula),
        "exact": None if exact is None else str(exact),
        "heures_exactes": None if exact is None else float(exact),
        "arrondi": calibration.options.rounding.value,
        "heures": None if hours is None else hours_number(hours),
        "refus": calibration.refusal or None,
        "sensibilite": [_variation_json(variation) for variation in variations],
        "faisabilite": None if feasible is None else _feasibility_json(feasible),
        "avertissements": list(warnings),
        "regles": RULES_VERSION,
    }


def _input_json(code: str, given: Given) -> dict[str, Any]:
    kind = KINDS[code]
    return {
        "code": code,
        "libelle": kind.label,
        "valeur": str(given.value),
        "affiche": written(given.value, kind.unit),
        "unite": kind.unit.value,
        "source": given.source,
        "confiance": given.confidence or None,
        "depuis": given.since.isoformat() if given.since else None,
    }


def _variation_json(variation: Variation) -> dict[str, Any]:
    return {
        "code": variation.kind.code,
        "bas": str(variation.low),
        "haut": str(variation.high),
        "heures_bas": None if variation.at_low is None else float(variation.at_low),
        "heures_haut": None if variation.at_high is None else float(variation.at_high),
        "fourchette": variation.by_range,
    }


def _feasibility_json(feasible: Feasibility) -> dict[str, Any]:
    return {
        "verdict": feasible.verdict.value,
        "personnes": None if feasible.people is None else int(feasible.people),
        "surcout": None if feasible.extra_cost is None else float(feasible.extra_cost),
        "criteres": [
            {
                "nom": each.name,
                "verdict": each.verdict.value,
                "phrase": each.sentence,
                "calcul": in_full(each.steps),
            }
            for each in feasible.criteria
        ],
    }
