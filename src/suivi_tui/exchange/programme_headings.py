"""The loose headings of a buyer's yearly programme: what each column holds, and where they are."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from suivi_tui.exchange.columns import NEVER_READ, normal_header
from suivi_tui.exchange.statement_files.cell_values import text_of
from suivi_tui.exchange.statement_files.workbook import CellValue
from suivi_tui.vocabulary.text import clean

HEADER_ROWS: Final = 40
"""The heading is looked for in the first rows, under titles."""

# Words of a heading, whole, and in this order: the first role that has one names the column.
# What is never an estimate stands first, what many headings say stands last.
_WORDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("ignored", ("ttc", "precedent", "consomme", "engage", "realise", "annee derniere",
                 "cout unitaire")),
    ("lot_title", (r"(?:intitule|libelle|designation|objet|titre) .*lots?",)),
    ("lot", (r"(?:n|no|num|numero) .*lot", "^lot$")),
    ("lots", (r"(?:nombre|nb|nbre) .*lots?", "allotissement", "^lots$")),
    ("siret", ("siret",)),
    # « Service acheteur » is one of the buyer's, not the buyer.
    ("service", (r"(?:service|direction|pole) .*(?:acheteu[rs]+|achats?)",)),
    ("buyer", ("acheteur", "pouvoir adjudicateur", r"maitr\w+ ouvrage", "^moa$", "collectivite",
               r"donneurs? ordres?")),
    ("referent", ("referent", "contact", "responsable", r"chargee? (?:achats?|marches?|affaires?)",
                  "acheteur public")),
    ("service", ("service", "direction", "pole", "departement", "entite", "uf")),
    ("cpv", ("cpv",)),
    ("procedure", ("procedure", "mode passation", "type consultation")),
    ("category", ("categorie", r"(?:type|nature) .*(?:marches?|achats?|prestations?|besoins?)",
                  "^type$", "^nature$", "^famille$")),
    ("duration", ("duree", "periode execution", "nombre mois")),
    ("amount", ("montants?", "budget", r"estim\w+", "cout", "valeur", "prix")),
    ("planned", ("publication", "lancement", "consultation", "dates?", "echeance",
                 r"prevision\w*", "periode", "calendrier", "trimestre", "mois")),
    ("place", ("lieu", "site", "commune", "ville", "territoire", "localisation")),
    ("number", ("n", "no", "num", "numero", "ref", "reference", "code", "identifiant")),
    ("object", ("objet", "intitule", "libelle", "designation", "description", "besoins?",
                "projet", "achats?", "marches?", "prestations?")),
)  # fmt: skip
_COMPILED: Final = tuple(
    (role, re.compile(rf"\b(?:{'|'.join(words)})(?!\w)")) for role, words in _WORDS
)
_OBJECT_FIRST: Final = re.compile(r"\b(?:objet|intitule|libelle|designation)\b(?!.*\blots?\b)")
_THOUSANDS: Final = re.compile(r"\bk\s?(?:€|euros?)|\bkeuros?\b|\bmilliers?\b|k€", re.IGNORECASE)
_LEAST: Final = 2


class Header(NamedTuple):
    """Where the heading of a sheet stands: its row (from 0), the place of each role, what was
    not read, and whether amounts are in thousands of euros."""

    row: int
    places: dict[str, int]
    unread: tuple[str, ...]
    unit: str
    names: tuple[str, ...]


def role_of(heading: str) -> str:
    """What a heading says that its column holds; '' when nobody knows."""
    words = normal_header(heading)
    if not words or NEVER_READ.search(words):
        return ""
    # « Objet du marché » names the object, whatever else it says.
    if _OBJECT_FIRST.search(words):
        return "object"
    return next((role for role, pattern in _COMPILED if pattern.search(words)), "")


def find_header(rows: Sequence[Sequence[CellValue]], wanted: str = "") -> Header | None:
    """The heading of a sheet: the row that names most columns, the object among them.

    ``wanted`` is the heading of the object where a person said it. None when there is none.
    """
    best: Header | None = None
    for number, row in enumerate(rows[:HEADER_ROWS]):
        found = _header(number, row, wanted)
        names = len(found.places) if "object" in found.places else 0
        if names >= _LEAST and (best is None or names > len(best.places)):
            best = found
    return best


def likely_headings(rows: Sequence[Sequence[CellValue]]) -> tuple[str, ...]:
    """The texts of the row that could be the heading, when none names the object."""
    counted = [
        [text for cell in row if (text := clean(text_of(cell), 60)) and not _is_number(cell)]
        for row in rows[:HEADER_ROWS]
    ]
    named = [(sum(bool(role_of(text)) for text in texts), len(texts), texts) for texts in counted]
    best = max(named, key=lambda item: item[:2], default=(0, 0, []))
    return tuple(dict.fromkeys(best[2])) if best[0] else ()


def _is_number(cell: CellValue) -> bool:
    return not isinstance(cell, str)


def _header(number: int, row: Sequence[CellValue], wanted: str) -> Header:
    places: dict[str, int] = {}
    unread: list[str] = []
    unit = ""
    names: list[str] = []
    texts = [clean(text_of(cell), 80) if isinstance(cell, str) else "" for cell in row]
    told = normal_header(wanted) if wanted else ""
    here = bool(told) and any(normal_header(text) == told for text in texts if text)
    for place, text in enumerate(texts):
        if not text:
            continue
        names.append(normal_header(text))
        role = role_of(text)
        if here:
            same = normal_header(text) == told
            role = "object" if same else "" if role == "object" else role
        if role in ("", "ignored") or role in places:
            unread.append(text)
            continue
        places[role] = place
        if role == "amount" and _THOUSANDS.search(text):
            unit = "k€"
    return Header(number, places, tuple(unread), unit, tuple(names))
