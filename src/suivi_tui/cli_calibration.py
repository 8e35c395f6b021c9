"""``calibrer``: the hours of a contract from its figures; no base is needed."""

import argparse
import json
import sys
from fractions import Fraction
from types import SimpleNamespace as Options
from typing import TYPE_CHECKING, Any, Final

from suivi_tui import paths

if TYPE_CHECKING:
    from suivi_tui.reference.calibration_reference import CalibrationReference
    from suivi_tui.rules.calibration import Calibration
    from suivi_tui.rules.calibration_inputs import Given

DONE, REFUSED, WRONG_USAGE = 0, 1, 2

_MONEY, _SHARE, _HOURS, _NUMBER = "montant", "part", "heures", "nombre"
# Option, code of the figure, how it is read, what it is.
_FIGURES: Final = (
    ("--montant", "montant", _MONEY, "montant hors taxe du marché ou du lot"),
    ("--part", "part", _SHARE, "part de main-d'œuvre, en %%"),
    ("--taux", "taux", _SHARE, "taux d'insertion, en %%"),
    ("--cout", "cout", _MONEY, "coût horaire chargé, en euros ; jamais supposé"),
    ("--heures", "heures", _HOURS, "heures de travail, si elles sont connues"),
    ("--reprise", "reprise", _HOURS, "heures du personnel repris"),
    ("--heures-par-pas", "heures_pas", _HOURS, "par_montant : heures dues par pas"),
    ("--pas", "pas", _MONEY, "par_montant : montant d'un pas"),
    ("--seuil", "seuil", _MONEY, "par_montant : montant facturé sans heure"),
    ("--personnes", "personnes", _NUMBER, "minimum, formation : nombre de personnes"),
    ("--semaines", "semaines", _NUMBER, "minimum : semaines par personne"),
    ("--hebdo", "hebdo", _HOURS, "heures par semaine d'une personne"),
    ("--duree", "duree", _NUMBER, "durée en mois : faisabilité, formation"),
    ("--mois-formation", "mois_formation", _NUMBER, "formation : mois voulus"),
    ("--ecart", "ecart", _MONEY, "faisabilité : écart de coût horaire, en euros"),
)


def add_verb(verbs: Any) -> argparse.ArgumentParser:
    """The grammar of the verb."""
    from suivi_tui.vocabulary.choices import CalibrationMethod, HoursRounding

    text = "calcule les heures d'insertion d'un marché ou d'un lot, sans base"
    verb: argparse.ArgumentParser = verbs.add_parser("calibrer", help=text, description=text)
    for option, code, kind, help_text in _FIGURES:
        metavar = {_MONEY: "EUROS", _SHARE: "POURCENT", _HOURS: "HEURES"}.get(kind, "NOMBRE")
        verb.add_argument(option, dest=code, type=_READERS[kind], metavar=metavar, help=help_text)
    verb.add_argument("--metier", metavar="M", help="prend la part de main-d'œuvre du métier")
    verb.add_argument(
        "--methode",
        choices=[method.value for method in CalibrationMethod],
        default=CalibrationMethod.AMOUNT.value,
        help="méthode de calcul (montant sans autre choix)",
    )
    verb.add_argument(
        "--arrondi",
        choices=[rounding.value for rounding in HoursRounding],
        default=HoursRounding.UNIT.value,
        help="arrondi, toujours vers le bas (unite sans autre choix)",
    )
    return verb


def _money(text: str) -> Fraction:
    from suivi_tui.vocabulary.money import parse_money

    return Fraction(_read(parse_money, text), 100)


def _share(text: str) -> Fraction:
    from suivi_tui.vocabulary.numbers import scaled

    value = scaled(text.strip().removesuffix("%"))
    if value is None or not 0 <= value <= 100_00:
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas un pourcentage de 0 à 100")
    return Fraction(value, 100_00)


def _hours(text: str) -> Fraction:
    from suivi_tui.vocabulary.hours import parse_hours

    return Fraction(_read(parse_hours, text), 100)


def _number(text: str) -> Fraction:
    from suivi_tui.vocabulary.numbers import scaled

    value = scaled(text)
    if value is None:
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas un nombre")
    return Fraction(value, 100)


def _read(parse: Any, text: str) -> int:
    from suivi_tui.vocabulary.errors import UserError

    try:
        return int(parse(text))
    except UserError as error:
        raise argparse.ArgumentTypeError(str(error).rstrip(".")) from None


_READERS: Final = {_MONEY: _money, _SHARE: _share, _HOURS: _hours, _NUMBER: _number}


def run(options: Options) -> int:
    """Compute and print; wrong usage when a figure is missing, refused when they contradict."""
    from suivi_tui.reference.calibration_reference import calibration_reference
    from suivi_tui.rules.calibration import Options as Readings
    from suivi_tui.rules.calibration import calibrate
    from suivi_tui.rules.calibration_inputs import KINDS
    from suivi_tui.vocabulary.choices import CalibrationMethod, HoursRounding
    from suivi_tui.vocabulary.typography import displayed

    reference = calibration_reference(paths.reference_file())
    inputs = _inputs(options, reference)
    if inputs is None:
        return WRONG_USAGE
    for code, given in inputs.items():
        if fault := KINDS[code].fault(given.value):
            _tell(fault)
            return WRONG_USAGE
    readings = Readings(HoursRounding(options.arrondi), training=reference.training)
    found = calibrate(CalibrationMethod(options.methode), inputs, readings)
    if found.missing:
        names = {code: option for option, code, _, _ in _FIGURES}
        wanted = ", ".join(names.get(kind.code, kind.label) for kind in found.missing)
        _tell(f"Il manque : {wanted}. {_why(found, reference)}".rstrip())
        return WRONG_USAGE
    if found.exact is None:
        _tell(found.refusal)
        return REFUSED
    _print(found, inputs, reference, as_json=options.json, say=displayed)
    return DONE


def _why(found: "Calibration", reference: "CalibrationReference") -> str:
    """The hourly cost is never supposed: what the sources say of it, with their dates."""
    if not any(kind.code == "cout" for kind in found.missing):
        return ""
    from suivi_tui.rules.calibration_inputs import cost_sentences

    return "Le coût horaire n'est jamais supposé. " + " ".join(cost_sentences(reference))


def _inputs(options: Options, reference: "CalibrationReference") -> "dict[str, Given] | None":
    from suivi_tui.reference.calibration_reference import trade_of
    from suivi_tui.rules.calibration_inputs import LABOUR_SHARE, Given, given_by, usual_inputs

    inputs = usual_inputs(reference)
    if options.metier:
        shares = reference.find_shares(options.metier)
        if len(shares) != 1:
            named = ", ".join(trade_of(value) for value in shares or reference.shares.values())
            _tell(f"--metier : « {options.metier} » n'est pas un seul métier ; choisissez : "
                  f"{named}.")  # fmt: skip
            return None
        inputs[LABOUR_SHARE.code] = given_by(shares[0])
    for option, code, _, _ in _FIGURES:
        value = getattr(options, code)
        if value is not None:
            inputs[code] = Given(value, f"option {option}")
    return inputs


def _print(
    found: "Calibration",
    inputs: "dict[str, Given]",
    reference: "CalibrationReference",
    *,
    as_json: bool,
    say: Any,
) -> None:
    from suivi_tui.readings.calibration_texts import calibration_json
    from suivi_tui.rules.calibration_inputs import HOURLY_COST, cost_sentences, usual_ranges
    from suivi_tui.rules.calibration_sensitivity import sensitivity
    from suivi_tui.rules.calibration_words import (
        feasibility_lines,
        given_line,
        variation_line,
    )
    from suivi_tui.rules.feasibility import feasibility

    assert found.hours is not None
    feasible = feasibility(found.hours, inputs)
    variations = sensitivity(found, usual_ranges(reference))
    warnings = cost_sentences(reference) if HOURLY_COST.code in found.inputs else []
    if as_json:
        content = calibration_json(found, feasible, variations, warnings)
        sys.stdout.write(json.dumps(content, ensure_ascii=True, indent=2) + "\n")
        return
    lines = [found.method.label]
    lines += [f"  {given_line(code, given)}" for code, given in found.inputs.items()]
    lines += ["Calcul", *(f"  {line}" for line in found.formula)]
    lines += ["Si un chiffre change", *(f"  {variation_line(each)}" for each in variations)]
    lines += [f"  {line}" if place else line for place, line in
              enumerate(feasibility_lines(feasible))]  # fmt: skip
    if warnings:
        lines += ["Coûts horaires connus", *(f"  {warning}" for warning in warnings)]
    for line in lines:
        indent = len(line) - len(line.lstrip())
        sys.stdout.write(" " * indent + say(line) + "\n")


def _tell(message: str) -> None:
    from suivi_tui.vocabulary.typography import displayed

    sys.stderr.write(displayed(message, multiline=True) + "\n")
