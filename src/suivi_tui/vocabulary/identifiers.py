"""Numbers that name a company or a purchase: SIRET, VAT, CPV; and the NIR, which is never kept.

The keys are those of python-stdnum, imported when the first one has to be checked.
"""

import re

from suivi_tui.vocabulary.numbers import NBSP

_SEPARATORS = re.compile(r"[\s\u00a0\u202f.\-_/]+")
_FLOAT_TAIL = re.compile(r"([0-9]{9,14})[.,]0{1,2}")
_DIGITS = re.compile(r"[0-9]+")
_NOT_DIGIT = re.compile(r"[^0-9]")
_VAT = re.compile(r"[A-Z]{2}[0-9A-Z+*]{2,13}")
_FRENCH_VAT = re.compile(r"FR[0-9A-Z]{2}[0-9]{9}")

WRONG_KEY = "clé de contrôle fausse, un chiffre est sans doute erroné"

_CPV = re.compile(r"([0-9]{7,8})(?:-([0-9]))?")
# Divisions of Regulation (EC) 213/2008, annex I.
_CPV_DIVISION = re.compile(
    "03|09|1[45689]|2[24]|3[0-5789]|4[1-58]|5[015]|6[03-6]|7[0-35-79]|80|85|9[028]"
)

# Sex, year, month (or the pseudo-months of INSEE), department, commune, order, key.
_GAP = r"[ \u00a0\u202f.\-]?"
_NIR = re.compile(
    rf"(?<![0-9])[12]{_GAP}[0-9]{{2}}{_GAP}(?:0[1-9]|1[0-2]|[23][0-9]|4[0-2]|[5-9][0-9]){_GAP}"
    rf"(?:[0-9]{{2}}|2[ABab]){_GAP}[0-9]{{3}}{_GAP}[0-9]{{3}}(?:{_GAP}[0-9]{{2}})?(?![0-9])"
)


def clean_siret(text: str) -> str:
    """The digits of a SIRET as typed or as a spreadsheet wrote it (``35600000000048.0``)."""
    if tail := _FLOAT_TAIL.fullmatch(text.strip()):
        return tail[1]
    return _NOT_DIGIT.sub("", text)


def siret_fault(text: str) -> str | None:
    """Why ``text`` is no SIRET, in French, or None when it is one.

    Fourteen digits whose Luhn key holds, not all zeros; the establishments of La Poste
    (SIREN 356000000) follow their own rule, a sum of digits that is a multiple of five.
    """
    stripped = text.strip()
    compact = clean_siret(text) if _FLOAT_TAIL.fullmatch(stripped) else _SEPARATORS.sub("", text)
    if not compact:
        return "SIRET vide"
    if not _DIGITS.fullmatch(compact):
        return "un SIRET ne contient que des chiffres"
    if len(compact) != 14:
        return _length_fault(len(compact))
    if not compact.strip("0") or not compact[:9].strip("0"):
        return "SIRET composé de zéros"
    return None if _siret_key_holds(compact) else WRONG_KEY


def _length_fault(length: int) -> str:
    found = f"longueur{NBSP}: {length} chiffre{'s' if length > 1 else ''} au lieu de 14"
    if length == 9:
        return f"{found}, c'est un SIREN"
    if length == 13:
        return f"{found}, un zéro a sans doute été perdu au début"
    return found


def _siret_key_holds(digits: str) -> bool:
    from stdnum import luhn
    from stdnum.fr import siret

    # Some establishments of La Poste have the key of everybody: either one is right.
    return siret.is_valid(digits) or luhn.is_valid(digits)


def clean_vat(text: str) -> str:
    """A VAT number as typed, without its spaces and points, in capitals."""
    return _SEPARATORS.sub("", text).upper()


def vat_fault(text: str) -> str | None:
    """Why ``text`` is no VAT number of the European Union, in French, or None when it is one.

    Of a French number the key is checked with the SIREN that it holds, not all zeros.
    """
    compact = clean_vat(text)
    if not compact:
        return "numéro de TVA vide"
    if not _VAT.fullmatch(compact):
        return "un numéro de TVA commence par deux lettres (FR44732829320)"
    if compact.startswith("FR"):
        if not _FRENCH_VAT.fullmatch(compact):
            return "un numéro de TVA français a deux signes puis les 9 chiffres du SIREN"
        if not compact[4:].strip("0"):
            return "numéro de TVA composé de zéros"
    from stdnum.eu import vat

    if vat.is_valid(compact):
        return None
    if compact[:2].lower() not in {*vat.MEMBER_STATES, "el", "xi"}:
        return f"{compact[:2]} n'est pas un pays de l'Union européenne"
    return WRONG_KEY


def siren_of_vat(text: str) -> str | None:
    """The SIREN within a French VAT number; None when there is none, or when it is wrong."""
    compact = clean_vat(text)
    return compact[4:] if _FRENCH_VAT.fullmatch(compact) and vat_fault(compact) is None else None


def normal_cpv(text: str) -> str | None:
    """The eight digits of a CPV code, or None when ``text`` is none.

    The control digit of ``45316110-9`` is dropped; seven digits lost their leading zero in a
    spreadsheet.
    """
    found = _CPV.fullmatch(_compact_cpv(text))
    if found is None:
        return None
    code = found[1].zfill(8)
    return code if _CPV_DIVISION.match(code) else None


def cpv_fault(text: str) -> str | None:
    """Why ``text`` is not a well written CPV code, in French, or None when it is.

    A code that lost its zero is a fault, though :func:`normal_cpv` mends it.
    """
    compact = _compact_cpv(text)
    if not compact:
        return "CPV vide"
    found = _CPV.fullmatch(compact)
    if found is None:
        return "un CPV a 8 chiffres, avec ou sans clé (45316110 ou 45316110-9)"
    code = found[1].zfill(8)
    if not _CPV_DIVISION.match(code):
        return f"la division {code[:2]} n'existe pas dans le CPV"
    if len(found[1]) == 7:
        return f"7 chiffres au lieu de 8, un zéro a été perdu{NBSP}: {code}"
    return None


def _compact_cpv(text: str) -> str:
    return "".join(text.split()).removesuffix(".0")


def looks_like_nir(text: str) -> bool:
    """Whether a text holds what looks like a social security number (13 digits, or 15 with key).

    A facilitator's tool must not store one (``domain.md`` 9): better a false alarm than a
    number kept. The key is not checked, since a number typed wrongly still says who.
    """
    return _NIR.search(text) is not None
