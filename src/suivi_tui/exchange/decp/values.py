"""One value of open data, however it is written, into a value of the field, or nothing.

Every reader takes the raw value, says in plain French what it had to guess or to leave out, and
never raises. Marks of the ministry: ``enums.md`` section 8 (``MQ``, ``CDL``, ``INX …``, ``NC``).
"""

import html
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import Final

from suivi_tui.exchange.decp.faults import RecordFaults, shown
from suivi_tui.vocabulary.dates import NotADate, format_date, parse_date
from suivi_tui.vocabulary.identifiers import cpv_fault, normal_cpv
from suivi_tui.vocabulary.money import NotMoney, parse_money
from suivi_tui.vocabulary.text import clean, fold

OBJECT_LIMIT = 1000
NAME_LIMIT = 200

# The readers of identifiers and sums cap what they hold at ten integer digits too.
IMPLAUSIBLE_EUROS = 10_000_000_000
MAX_MONTHS = 1200
FIRST_YEAR, LAST_YEAR = 1980, 2100
FAR_AHEAD = timedelta(days=366)

MAX_WRAPPINGS = 6


class Mark(Enum):
    """What stands in the place of a value that JSON does not know (``NaN``, ``Infinity``)."""

    NOT_A_NUMBER = "NaN"


NOT_A_NUMBER: Final = Mark.NOT_A_NUMBER

_NOTHING = frozenset(
    {"", "nc", "mq", "cdl", "mq nc", "nan", "none", "null", "n/a", "#n/a", "na", "inx"}
)
_MACHINE_NUMBER = re.compile(r"[-+]?[0-9]{1,25}(?:\.[0-9]{1,25})?(?:[eE][-+]?[0-9]{1,2})?")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TAG = re.compile(
    r"</?(?:br|p|b|i|u|a|em|strong|span|div|font|ul|ol|li|h[1-6]|table|tr|td|sup|sub)"
    r"(?:[\s/][^<>]{0,300})?>",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")


def missing(value: object) -> bool:
    """Whether a value says nothing: absent, empty, ``NaN``, or one of the marks for that."""
    if isinstance(value, str):
        return len(value) < 20 and value.strip().lower() in _NOTHING
    return value is None or value is NOT_A_NUMBER or value in ([], {})


def usable(value: object, told: RecordFaults, field: str) -> object:
    """``value``, or None when it says nothing or is marked as unusable (``INX …``)."""
    if missing(value):
        return None
    if isinstance(value, str) and value.lstrip()[:4].upper() == "INX ":
        told.warn(field, f"Valeur déclarée inexploitable (« {shown(value)} ») : laissée vide.")
        return None
    return value


def text(value: object, limit: int = NAME_LIMIT) -> str:
    """A text on one line, tags and entities of HTML removed; empty when there is none."""
    if missing(value) or isinstance(value, bool | dict | list | Mark):
        return ""
    if isinstance(value, Decimal):
        # Numbers written as 2019.0 by a spreadsheet.
        whole = abs(value.adjusted()) < 30 and value == value.to_integral_value()
        return clean(str(int(value)) if whole else str(value), limit)
    written = str(value)
    if "<" in written:
        written = _TAG.sub(" ", written)
    if "&" in written:
        written = html.unescape(written)
    return clean(written, limit)


def amount(value: object, told: RecordFaults, field: str) -> int | None:
    """An amount in cents, or None when it is missing, unreadable, zero or out of reason."""
    euros = _number(value, told, field)
    if euros is None:
        told.warn(field, f"Montant illisible (« {shown(value)} ») : laissé vide.")
        return None
    if not -IMPLAUSIBLE_EUROS < euros < IMPLAUSIBLE_EUROS:
        told.warn(field, f"Montant invraisemblable (« {shown(value)} ») : laissé vide.")
        return None
    cents = int((euros * 100).quantize(Decimal(1), ROUND_HALF_UP))
    if not cents:
        told.warn(field, "Montant de 0 € : laissé vide, à compléter.")
        return None
    if cents < 0:
        told.warn(field, f"Montant négatif (« {shown(value)} ») : gardé, à vérifier.")
    elif cents < 100:
        told.warn(field, f"Montant de moins de 1 € (« {shown(value)} ») : gardé, à vérifier.")
    return cents


def months(value: object, told: RecordFaults, field: str) -> int | None:
    """A duration in whole months, or None when it is unreadable, zero or out of reason."""
    number = _number(value, told, field)
    if number is None or not -MAX_MONTHS <= number <= MAX_MONTHS or number < 0:
        told.warn(field, f"Durée illisible (« {shown(value)} ») : laissée vide.")
        return None
    whole = int(number.quantize(Decimal(1), ROUND_HALF_UP))
    if not whole:
        told.warn(field, "Durée de 0 mois : laissée vide, à compléter.")
        return None
    if whole != number:
        told.warn(field, f"Durée de « {shown(value)} » mois : arrondie à {whole} mois.")
    return whole


def _number(value: object, told: RecordFaults, field: str) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Decimal):
        return Decimal(value)
    if not isinstance(value, str):
        return None
    if not told.textual:
        told.warn_once(field, "Nombre écrit comme un texte : il a été lu.")
    written = value.strip()
    if _MACHINE_NUMBER.fullmatch(written):
        return Decimal(written)
    try:
        return Decimal(parse_money(written)) / 100
    except NotMoney:
        return None


def day(value: object, told: RecordFaults, field: str, today: date | None) -> date | None:
    """A date, or None when it is none or lies out of the time of these data.

    A date more than a year after ``today`` (when given) is kept, with a warning.
    """
    written = text(value, 100)
    found = _day(written)
    if found is None:
        told.warn(field, f"Date impossible ou illisible (« {shown(value)} ») : laissée vide.")
        return None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        told.warn(field, f"Date invraisemblable (« {shown(value)} ») : laissée vide.")
        return None
    if not _ISO.fullmatch(written):
        told.warn(field, f"Date « {shown(value)} » : lue comme le {format_date(found)}.")
    if today is not None and found - FAR_AHEAD > today:
        told.warn(field, f"Date lointaine ({format_date(found)}) : gardée, à vérifier.")
    return found


def _day(written: str) -> date | None:
    try:
        if _ISO.fullmatch(written):
            return date.fromisoformat(written)
        return parse_date(written)
    except (ValueError, NotADate):
        return None


def cpv(value: object, told: RecordFaults, field: str) -> str:
    """Eight digits of the CPV, or an empty text when the code is none."""
    written = text(value, 60)
    code = normal_cpv(written)
    if code is None and re.fullmatch(r"[0-9]{9}", written):
        # The control digit without its hyphen.
        code = normal_cpv(f"{written[:8]}-{written[8]}")
        if code is not None:
            told.warn(field, f"Code CPV « {shown(written)} » : lu comme {code}.")
            return code
    if code is None:
        fault = cpv_fault(written)
        told.warn(field, f"Code CPV « {shown(written)} » laissé vide : {fault}.")
        return ""
    if cpv_fault(written) is not None:
        told.warn(field, f"Code CPV « {shown(written)} » sans son zéro : lu comme {code}.")
    return code


def items(value: object, inner: str, depth: int = 0) -> Iterator[object]:
    """The elements of a list however it is wrapped.

    ``[a, b]``, ``a``, ``{inner: [a, b]}``, ``[{inner: a}, {inner: b}]`` and any mixture give
    ``a`` and ``b``; what says nothing gives nothing.
    """
    if depth > MAX_WRAPPINGS or missing(value):
        return
    if isinstance(value, list):
        for element in value:
            yield from items(element, inner, depth + 1)
    elif isinstance(value, dict) and inner in (wrapped := stripped(value)):
        yield from items(wrapped[inner], inner, depth + 1)
    else:
        yield value


def stripped(fields: dict[str, object]) -> dict[str, object]:
    """The fields of an object by their names without the spaces around them."""
    return {name.strip(): value for name, value in fields.items()}


def texts(value: object, inner: str, told: RecordFaults, field: str) -> list[str]:
    """The texts of a list, also when the list itself was written as a text."""
    found: list[str] = []
    for item in items(value, inner):
        whole = text(item, OBJECT_LIMIT)
        parts = _listed(whole)
        # In a CSV file a list can only be a text: only another notation is worth a word.
        if parts != [whole] and (whole.startswith("[") or not told.textual):
            told.warn(field, f"Liste écrite comme un texte (« {shown(whole)} ») : elle a été lue.")
        found += [part for part in parts if not missing(part)]
    return found


def _listed(written: str) -> list[str]:
    if written.startswith("["):
        quoted = [first or second for first, second in _QUOTED.findall(written)]
        if quoted or written.strip("[] ") == "":
            return [clean(part.replace("\\'", "'").replace('\\"', '"')) for part in quoted]
        written = written.strip("[] ")
    return [part.strip() for part in re.split(r"[,;|]", written) if part.strip()]


def comparable(written: str) -> str:
    """A label of a closed list as it is compared: letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", fold(written))
