"""Reads the reference files: every value with its source, and what a user's file changes.

A user's file is TOML with the same keys and plain values, for instance::

    [alertes.fin_proche]
    jours = 120

Only the standard library is imported, and nothing is read before it is asked for.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from suivi_tui.vocabulary.errors import UserError

_FILES = {
    "alertes": "alerts.toml",
    "vraisemblance": "plausibility.toml",
    "eligibilite": "eligibility.toml",
    "etp": "fte.toml",
    "calibrage": "calibration.toml",
    "courriers": "letters.toml",
    "penalites": "penalties.toml",
    "publication": "privacy.toml",
    "politiques": "policies.toml",
    "achats": "purchasing.toml",
    "evaluation": "evaluation.toml",
    "effet_clause": "clause_effect.toml",
}
"""The file of each section, so that a use reads no more than it needs."""

SECTIONS = tuple(_FILES)

_OUR_NOTES = re.compile(r" \((?:[^()]*, )?(?:domain\.md [^()]*|S\d+(?:, S\d+)*)\)")
"""Where a source names its place in our own notes, which nobody else has: for who reads the file
of the program, not for who reads the screen."""

_RENAMED = {
    f"calibrage.cout_horaire.{old}": f"calibrage.cout_horaire.usage\u00a0» ({new})"
    for old, new in (("bas", "low"), ("defaut", "value"), ("haut", "high"))
}
"""Keys of former releases, with the one that says it now and under which name."""

UNLIMITED = "illimitée"
"""The value of a validity that never runs out."""

Number = Fraction | None
"""A reference value as the rules use it: exact; None for what is unlimited."""


class ReferenceRefused(UserError):
    """The user's reference file cannot be used; the sentence names the key."""


class Confidence(Enum):
    """How far a value can be trusted."""

    SURE = "sure"
    LIKELY = "likely"
    UNVERIFIED = "unverified"
    LOCAL = "local"

    @property
    def label(self) -> str:
        """What a user reads."""
        return {
            "sure": "sûr",
            "likely": "probable",
            "unverified": "à confirmer",
            "local": "choix local",
        }[self.value]


class Value(NamedTuple):
    """One reference value: its key, what it means, its unit, where it comes from.

    ``low`` and ``high`` are the range that its source gives, in the same unit, if any.
    """

    key: str
    label: str
    number: Number
    unit: str
    source: str
    confidence: Confidence
    valid_from: date
    low: Number = None
    high: Number = None


_UPPER = {
    "%": 100,
    "fraction": 1,
    "jour du mois": 28,
    "mois de l'année": 12,
    "oui ou non": 1,
    "jours": 36_500,
    "mois": 1_200,
    "mois de validité": 1_200,
}
_LONGEST = 20
_WHOLE = {
    "jours", "mois", "mois de validité", "mois de l'année", "jour du mois", "h par an", "nombre",
    "oui ou non",
}  # fmt: skip
_POSITIVE = {
    "mois de validité", "mois de l'année", "jour du mois", "h par an", "h", "€", "€/h", "€/jour",
    "nombre", "x",
}  # fmt: skip
_EXPECTED = {
    "%": "un pourcentage entre 0 et 100",
    "jours": "un nombre entier de jours",
    "mois": "un nombre entier de mois",
    "mois de validité": f"un nombre entier de mois ou «\u00a0{UNLIMITED}\u00a0»",
    "jour du mois": "un jour entre 1 et 28",
    "mois de l'année": "un mois entre 1 et 12",
    "nombre": "un nombre entier supérieur à 0",
    "oui ou non": "0 ou 1",
    "h par an": "un nombre entier d'heures",
    "h": "un nombre d'heures",
    "€": "un montant en euros",
    "€/h": "un montant en euros",
    "€/jour": "un montant en euros",
    "x": "un nombre supérieur à 0",
    "fraction": "une fraction entre 0 et 1",
}


def expected(unit: str) -> str:
    """What a value of a unit must be, in French."""
    return _EXPECTED[unit]


def checked_number(key: str, raw: object, unit: str) -> Number:
    """The exact number of a raw value; raises ReferenceRefused when it does not fit."""
    if unit == "mois de validité" and raw == UNLIMITED:
        return None
    number: Fraction | None = None
    if isinstance(raw, int | Decimal | str) and not isinstance(raw, bool):
        text = str(raw).replace(",", ".")
        # An exponent or an endless number would be computed digit by digit.
        if len(text) <= _LONGEST and "e" not in text.lower():
            try:
                number = Fraction(text)
            except (ValueError, ZeroDivisionError):
                number = None
    upper = _UPPER.get(unit)
    if (
        number is None
        or number < 0
        or (upper is not None and number > upper)
        or (unit in _WHOLE and number.denominator != 1)
        or (unit in _POSITIVE and number == 0)
    ):
        raise ReferenceRefused(
            f"La valeur de «\u00a0{key}\u00a0» dans le fichier de référence n'est pas "
            f"{_EXPECTED[unit]}\u00a0; rien n'a été changé, corrigez cette ligne."
        )
    return number


def _leaves(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, node in tree.items():
        key = f"{prefix}{name}"
        if isinstance(node, dict) and "value" not in node:
            yield from _leaves(node, f"{key}.")
        else:
            yield key, node


@cache
def defaults(section: str) -> Mapping[str, Value]:
    """The values of one section delivered with the program, by key."""
    # importlib.resources would cost the start more than reading and parsing the file.
    text = Path(__file__).with_name(_FILES[section]).read_text(encoding="utf-8")
    return {
        key: Value(
            key=key,
            label=node["label"],
            number=checked_number(key, node["value"], node["unit"]),
            unit=node["unit"],
            source=_OUR_NOTES.sub("", node["source"]),
            confidence=Confidence(node["confidence"]),
            valid_from=node["valid_from"],
            **_range(key, node, node["unit"]),
        )
        for key, node in _leaves(tomllib.loads(text, parse_float=Decimal))
    }


def _range(key: str, node: Mapping[str, Any], unit: str) -> dict[str, Number]:
    """The bounds that a node gives, checked like its value."""
    return {name: checked_number(key, node[name], unit) for name in ("low", "high") if name in node}


def _overridden(value: Value, node: object) -> Value:
    given = node if isinstance(node, dict) else {"value": node}
    confidence = given.get("confidence", Confidence.LOCAL.value)
    valid_from = given.get("valid_from", value.valid_from)
    if confidence not in [member.value for member in Confidence] or type(valid_from) is not date:
        raise ReferenceRefused(
            f"La source ou la date de «\u00a0{value.key}\u00a0» dans le fichier de référence n'est "
            "pas lisible\u00a0; rien n'a été changé, corrigez cette ligne."
        )
    bounds = _range(value.key, given, value.unit)
    return value._replace(
        number=checked_number(value.key, given["value"], value.unit),
        source=str(given.get("source", "Fichier de référence local")),
        confidence=Confidence(confidence),
        valid_from=valid_from,
        low=bounds.get("low"),
        high=bounds.get("high"),
    )


def _read(user_file: Path) -> Mapping[str, Any]:
    try:
        text = user_file.read_bytes().decode("utf-8-sig")
        return tomllib.loads(text, parse_float=Decimal)
    except OSError as error:
        raise ReferenceRefused(
            f"Le fichier de référence {user_file.name} ne peut pas être lu\u00a0; vérifiez qu'il "
            "existe et qu'il est accessible, ou retirez-le des réglages."
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReferenceRefused(
            f"Le fichier de référence {user_file.name} n'est pas un fichier TOML en UTF-8\u00a0; "
            "rien n'a été changé, corrigez-le ou retirez-le des réglages."
        ) from error


def reference_values(
    user_file: Path | None = None, sections: Iterable[str] = SECTIONS
) -> Mapping[str, Value]:
    """The reference values of some sections by key, the user's file merged over the defaults.

    The whole of the user's file is checked, whatever the sections. Raises ReferenceRefused when
    it cannot be read, names an unknown key or holds a value that does not fit its unit.
    """
    changed = dict(_leaves(_read(user_file))) if user_file is not None else {}
    values: dict[str, Value] = {}
    for section in SECTIONS:
        if section in sections:
            values |= defaults(section)
    for key, node in changed.items():
        section = key.partition(".")[0]
        known = defaults(section).get(key) if section in _FILES else None
        if key in _RENAMED:
            raise ReferenceRefused(
                f"La clé «\u00a0{key}\u00a0» du fichier de référence s'écrit maintenant "
                f"«\u00a0{_RENAMED[key]}\u00a0; rien n'a été changé, corrigez cette ligne."
            )
        if known is None:
            raise ReferenceRefused(
                f"La clé «\u00a0{key}\u00a0» du fichier de référence est inconnue\u00a0; rien n'a "
                "été changé, corrigez ou retirez cette ligne."
            )
        value = _overridden(known, node)
        if key in values:
            values[key] = value
    return values
