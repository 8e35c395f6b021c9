"""From the text of a cell to its value, with a remark in French when it is not understood.

Files repeat themselves: each distinct text of a column is read once and remembered.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from suivi_tui.exchange.columns import Column, ColumnType
from suivi_tui.vocabulary.choices import Choice, HourKind, find
from suivi_tui.vocabulary.dates import parse_date
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import parse_hours
from suivi_tui.vocabulary.identifiers import (
    clean_siret,
    cpv_fault,
    looks_like_nir,
    normal_cpv,
    siret_fault,
)
from suivi_tui.vocabulary.money import parse_money
from suivi_tui.vocabulary.months import Month, add_months, month_of, parse_month
from suivi_tui.vocabulary.numbers import NBSP, format_number
from suivi_tui.vocabulary.text import clean

Read = tuple[Any, str]
"""The value of a cell, and the remark it deserves (empty when there is none)."""

FIRST_MONTH = Month(200001)
MONTHS_AHEAD = 12
NUMBER_LIMIT = 100
FEW_CHOICES = 6

# A spreadsheet runs a text that starts so; the full-width forms too are taken for formulas.
# The apostrophe is one of them so that taking one off always gives back what was written.
DANGEROUS = tuple("=+-@\t\r\n\0'\uff1d\uff0b\uff0d\uff20\uff07")

_POSTCODE = re.compile(r"([0-9]{2}) ?([0-9]{3})(?:[ ,-]+(\D.*))?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def defused(text: str) -> str:
    """``text`` as written in a file: one apostrophe before what a spreadsheet would run."""
    return "'" + text if text.startswith(DANGEROUS) else text


def restored(text: str) -> str:
    """``text`` as it was before :func:`defused`; what a person typed is left alone."""
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text


class Cells(dict[str, Any]):
    """The values of the texts of one column: ``cells[text]`` reads a text the first time.

    ``faults`` holds the remark of each text that deserves one.
    """

    def __init__(self, read: Callable[[str], Read]) -> None:
        super().__init__()
        self._read = read
        self.faults: dict[str, str] = {}

    def __missing__(self, text: str) -> Any:
        value, fault = self._read(text)
        if fault:
            self.faults[text] = fault
        self[text] = value
        return value


def cells_of(column: Column, today: date | None = None) -> Cells:
    """The reader of a column's cells; with ``today``, months and births are bounded by it."""
    read: Callable[[str], Read]
    if column.choice is HourKind:
        read = _hour_kind
    elif column.choice is not None:
        read = _choice_reader(column.choice)
    elif column.kind is ColumnType.MONTH:
        read = _month_reader(today)
    elif column.kind is ColumnType.BIRTH:
        read = _birth_reader(today)
    elif column.kind is ColumnType.HOURS:
        read = _hours_reader(column)
    elif column.kind in (ColumnType.TEXT, ColumnType.NOTES):
        read = _text_reader(column)
    else:
        read = _PLAIN[column.kind]
    return Cells(read)


def commune_beside_postcode(text: str) -> Read:
    """The commune of a cell such as ``59100 Roubaix``, empty when there is only a code."""
    found = _POSTCODE.fullmatch(clean(restored(text)))
    return (found[3] or "" if found else ""), ""


def _text_reader(column: Column) -> Callable[[str], Read]:
    limit, multiline = column.limit, column.kind is ColumnType.NOTES
    refuses_nir = column.refuses_nir

    def read(text: str) -> Read:
        text = restored(text)
        cleaned = clean(text, limit, multiline)
        if refuses_nir and looks_like_nir(cleaned):
            return "", (
                f"le texte ressemble à un numéro de sécurité sociale{NBSP}: il n'a pas été lu"
            )
        if len(text) > limit and len(clean(text, len(text), multiline)) > limit:
            return cleaned, f"texte coupé à {format_number(limit)} caractères"
        return cleaned, ""

    return read


def _choice_reader(choice: type[Choice]) -> Callable[[str], Read]:
    def read(text: str) -> Read:
        cleaned = clean(restored(text))
        member = find(choice, cleaned)
        if member is not None or not cleaned:
            return member.value if member is not None else "", ""
        return "", f"{_unknown(cleaned, choice)}, à compléter"

    return read


def _hour_kind(text: str) -> Read:
    # The kind is part of the key of a line: it can never be left empty.
    cleaned = clean(restored(text))
    member = find(HourKind, cleaned)
    if member is not None:
        return member.number, ""
    fault = f"{_unknown(cleaned, HourKind)}, lue comme du travail" if cleaned else ""
    return HourKind.WORK.number, fault


def _unknown(text: str, choice: type[Choice]) -> str:
    expected = ""
    if len(choice) <= FEW_CHOICES:
        expected = f" (attendu{NBSP}: {', '.join(member.label for member in choice)})"
    return f"valeur inconnue «{NBSP}{text[:60]}{NBSP}»{expected}"


def _hours_reader(column: Column) -> Callable[[str], Read]:
    def read(text: str) -> Read:
        cleaned = clean(text, NUMBER_LIMIT)
        if not cleaned:
            return None, ""
        try:
            hours = parse_hours(cleaned)
        except UserError as error:
            return None, str(error)
        if column.minimum is not None and hours < column.minimum:
            return None, f"«{NBSP}{cleaned}{NBSP}» est trop petit, à compléter"
        if column.maximum is not None and hours > column.maximum:
            return None, f"«{NBSP}{cleaned}{NBSP}» est trop grand, à compléter"
        return hours, ""

    return read


def _month_reader(today: date | None) -> Callable[[str], Read]:
    last = None if today is None else add_months(month_of(today), MONTHS_AHEAD)

    def read(text: str) -> Read:
        cleaned = clean(text, NUMBER_LIMIT)
        if not cleaned:
            return None, ""
        try:
            month = parse_month(cleaned)
        except UserError as error:
            return None, str(error)
        if month < FIRST_MONTH:
            return None, f"«{NBSP}{cleaned}{NBSP}» est avant l'an 2000"
        if last is not None and month > last:
            return None, f"«{NBSP}{cleaned}{NBSP}» est dans plus de {MONTHS_AHEAD} mois"
        return month, ""

    return read


def _birth_reader(today: date | None) -> Callable[[str], Read]:
    def read(text: str) -> Read:
        value, fault = _date(text)
        if fault and _YEAR.fullmatch(clean(text, NUMBER_LIMIT)):
            return None, f"l'année seule ne donne pas une date de naissance{NBSP}: à compléter"
        if value is not None and today is not None and value > today.isoformat():
            return None, f"la date de naissance est dans le futur{NBSP}: à compléter"
        return value, fault

    return read


def _date(text: str) -> Read:
    cleaned = clean(text, NUMBER_LIMIT)
    if not cleaned:
        return None, ""
    try:
        return parse_date(cleaned).isoformat(), ""
    except UserError as error:
        return None, str(error)


def _money(text: str) -> Read:
    cleaned = clean(text, NUMBER_LIMIT)
    if not cleaned:
        return None, ""
    try:
        cents = parse_money(cleaned)
    except UserError as error:
        return None, str(error)
    return cents, "montant négatif, gardé comme un avoir" if cents < 0 else ""


def _siret(text: str) -> Read:
    cleaned = clean(restored(text))
    if not cleaned:
        return None, ""
    fault = siret_fault(cleaned)
    if fault is None:
        return clean_siret(cleaned), ""
    if re.fullmatch(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]+", cleaned):
        return None, f"SIRET abrégé par le tableur ({cleaned[:20]}){NBSP}: à saisir de nouveau"
    # Letters would make one "SIRET" of all the companies marked "NC": they are not kept.
    digits = re.sub(r"[\s.\-_/]", "", cleaned)
    return digits if re.fullmatch(r"[0-9]+", digits) else None, f"SIRET{NBSP}: {fault}"


def _cpv(text: str) -> Read:
    cleaned = clean(restored(text), NUMBER_LIMIT)
    if not cleaned:
        return "", ""
    code, fault = normal_cpv(cleaned), cpv_fault(cleaned)
    return code or cleaned, fault or ""


def _postcode(text: str) -> Read:
    cleaned = clean(restored(text), NUMBER_LIMIT)
    if not cleaned:
        return "", ""
    if found := _POSTCODE.fullmatch(cleaned):
        return found[1] + found[2], ""
    if re.fullmatch(r"[1-9][0-9]{3}", cleaned):
        return f"0{cleaned}", f"code postal de 4 chiffres, lu 0{cleaned}"
    return cleaned, "ce n'est pas un code postal français"


_PLAIN: dict[ColumnType, Callable[[str], Read]] = {
    ColumnType.DATE: _date,
    ColumnType.MONEY: _money,
    ColumnType.SIRET: _siret,
    ColumnType.CPV: _cpv,
    ColumnType.POSTCODE: _postcode,
}
