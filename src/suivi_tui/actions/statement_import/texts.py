"""Names and places as files write them, in the form in which they are compared."""

import re
from collections.abc import Iterable
from datetime import date

from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.identifiers import looks_like_nir
from suivi_tui.vocabulary.text import clean, fold

_NOT_WORD = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d[\d .\-/]{5,}")
_CIVILITIES = frozenset(("m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle"))
_LEGAL_FORMS = frozenset(
    ("sarl", "sas", "sasu", "sa", "eurl", "scop", "sca", "snc", "scic", "ets", "ste", "societe",
     "etablissements", "entreprise", "association", "asso")
)  # fmt: skip
_COMMON = frozenset(
    ("de", "du", "des", "d", "la", "le", "les", "l", "et", "a", "au", "aux", "en", "sur", "pour",
     "chantier", "marche", "operation", "travaux", "site", "n", "no", "num", "numero", "lot")
)  # fmt: skip
_VERSION = re.compile(
    r"\(\d+\)|[\W_]+(?:v|version|rev)[\W_]?\d+(?![a-z0-9])"
    r"|[\W_]+(?:corrigee?s?|rectifiee?s?|modifiee?s?|correction|bis|ter|copie|final|def)(?![a-z0-9])"
)
_FIGURES = re.compile(r"\d+")
_LOT = re.compile(
    r"(?<![a-z0-9])lots?[\W_]*(?:n[o°.]?|numero)?[\W_]*([0-9]{1,3}[a-z]?)(?![a-z0-9])"
)


def words(text: str) -> list[str]:
    """The words of a text, folded, punctuation aside."""
    return _NOT_WORD.sub(" ", fold(text)).split()


def name_words(text: str) -> list[str]:
    """The words of a person's name, its civility aside."""
    found = words(text)
    return [word for word in found if word not in _CIVILITIES] or found


def name_key(text: str) -> str:
    """A name whatever the order of its words: ``DUPONT Jean`` and ``Jean Dupont`` are one."""
    return " ".join(sorted(name_words(text)))


def company_key(text: str) -> str:
    """The name of a company without its legal form."""
    found = words(text)
    return " ".join(word for word in found if word not in _LEGAL_FORMS) or " ".join(found)


def place_words(text: str) -> frozenset[str]:
    """The words of a place that tell it from another."""
    return frozenset(word for word in words(text) if word not in _COMMON)


def compact(text: str) -> str:
    """Letters and figures only: how the number of a contract is compared."""
    return "".join(words(text))


def lot_key(text: str) -> str:
    """A lot number without the word nor its leading zeros; ``0`` for none."""
    bare = [word for word in words(text) if word not in ("lot", "n", "no", "numero")]
    return "".join(bare).lstrip("0") or "0"


def lot_within(text: str) -> str:
    """The number of the lot that a text names, '' without one."""
    found = _LOT.search(fold(text))
    return found[1] if found else ""


def same_file(name: str, other: str) -> bool:
    """Whether two file names are versions of one file (``S40.xlsx``, ``S40 corrigé (1).xlsx``)."""
    return _unversioned(name) == _unversioned(other)


def same_series(name: str, other: str) -> bool:
    """Whether two file names differ by their figures only: the weeks of one sender."""
    one, two = _unversioned(name), _unversioned(other)
    return one != two and _FIGURES.sub("#", one) == _FIGURES.sub("#", two)


def _unversioned(name: str) -> str:
    stem = fold(name).rpartition(".")[0] or fold(name)
    return " ".join(words(_VERSION.sub(" ", stem)))


def split_name(text: str) -> tuple[str, str]:
    """Last and first name: capitals are the last name; else the first word is (``Dupont Jean``)
    when a file writes last names first, as most do."""
    parts = clean(text).split()
    parts = [part for part in parts if fold(part).strip(".") not in _CIVILITIES] or parts
    capitals = [part for part in parts if part.isupper() and len(part) > 1]
    if capitals and len(capitals) < len(parts):
        return " ".join(capitals), " ".join(part for part in parts if part not in capitals)
    if len(parts) < 2:
        return " ".join(parts), ""
    return parts[0], " ".join(parts[1:])


def without_nir(text: str) -> str:
    """``text`` without what looks like a social security number, which never enters the base."""
    if not text or not looks_like_nir(text):
        return text
    kept = clean(_DIGITS.sub(" ", text))
    return "" if looks_like_nir(kept) else kept


def memory_text(parts: Iterable[str | None]) -> str:
    """What an answer is remembered under: the texts of the file that were asked about."""
    return " | ".join(fold(part) for part in parts if part)[:400]


def shown_day(iso: str) -> str:
    """An ISO date as a person reads it; as it is when it is not one."""
    try:
        return format_date(date.fromisoformat(iso))
    except ValueError:
        return iso
