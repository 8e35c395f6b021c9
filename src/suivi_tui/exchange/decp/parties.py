"""Who buys and who holds: identifiers as published, with what is doubtful about them."""

import re
from typing import NamedTuple

from suivi_tui.exchange.decp.faults import RecordFaults, shown
from suivi_tui.exchange.decp.values import comparable, items, missing, stripped, text, usable
from suivi_tui.vocabulary.identifiers import clean_siret, siret_fault, vat_fault

SIRET, VAT = "SIRET", "TVA"

_SPACES = re.compile(r"[\s\u00a0\u202f.]+")
_FOREIGN = re.compile(r"[A-Z]{2} ?[0-9A-Z]{5,}")
_ID_TYPES = {
    comparable(old): kind
    for kind, olds in {
        SIRET: (SIRET,),
        VAT: ("TVA", "TVA_INTRACOMMUNAUTAIRE", "TVA INTRACOMMUNAUTAIRE"),
        "TAHITI": ("TAHITI",),
        "RIDET": ("RIDET",),
        "FRWF": ("FRWF", "FRW"),
        "IREP": ("IREP",),
        "HORS-UE": ("HORS-UE", "HORS_UE", "HORSUE"),
    }.items()
    for old in olds
}
_KNOWN_FIELDS = frozenset({"id", "typeIdentifiant", "denominationSociale", "nom"})


class PublishedHolder(NamedTuple):
    """A company that holds the contract: identifier as published (digits only for a SIRET)."""

    id: str
    id_type: str
    name: str


def siret_or_text(value: object, told: RecordFaults, field: str) -> str:
    """A SIRET as digits, told when it is wrong; what holds letters is kept as it is."""
    written = text(value, 60)
    if not written:
        return ""
    fault = siret_fault(written)
    if fault is not None:
        told.warn(field, f"SIRET « {shown(written)} » douteux : {fault} ; gardé tel quel.")
    digits = clean_siret(written)
    return digits if fault is None or _SPACES.sub("", written) == digits else written


def buyer(value: object, told: RecordFaults, field: str) -> tuple[str, str]:
    """SIRET and name of the buyer, either of them empty when not published."""
    if isinstance(value, dict):
        parts = stripped(value)
        name = text(parts.get("nom")) or text(parts.get("denominationSociale"))
        identifier = parts.get("id") if not missing(parts.get("id")) else parts.get("siret")
        return siret_or_text(usable(identifier, told, f"{field}.id"), told, f"{field}.id"), name
    written = text(value)
    if not written:
        return "", ""
    told.warn(field, f"Acheteur écrit comme un simple texte (« {shown(written)} ») : il a été lu.")
    if any(char.isdigit() for char in written) and not any(map(str.isalpha, written)):
        return siret_or_text(written, told, field), ""
    return "", written


def holders(
    value: object, inner: str, told: RecordFaults, field: str
) -> tuple[PublishedHolder, ...]:
    """The holders, each once, in an order that does not depend on that of the file."""
    found: set[PublishedHolder] = set()
    for item in items(value, inner):
        if isinstance(item, dict):
            holder = _holder(stripped(item), told, field)
            if holder is not None:
                found.add(holder)
        else:
            told.warn(field, f"Titulaire illisible (« {shown(item)} ») : laissé de côté.")
    return tuple(sorted(found))


def _holder(parts: dict[str, object], told: RecordFaults, field: str) -> PublishedHolder | None:
    for name in sorted(parts.keys() - _KNOWN_FIELDS):
        told.warn_once(f"{field}.{name}", "Champ inconnu, laissé de côté.")
    name = text(parts.get("denominationSociale")) or text(parts.get("nom"))
    identifier = usable(parts.get("id"), told, f"{field}.id")
    written = text(identifier, 60)
    if not written:
        if not name:
            told.warn(field, "Titulaire sans identifiant ni nom : laissé de côté.")
            return None
        told.warn(f"{field}.id", f"Titulaire « {shown(name)} » sans identifiant : à compléter.")
        return PublishedHolder("", "", name)
    kind = _id_type(parts, written, told, field)
    if kind == SIRET:
        written = siret_or_text(identifier, told, f"{field}.id")
    elif kind == VAT and (fault := vat_fault(written)) is not None:
        told.warn(
            f"{field}.id", f"Numéro de TVA « {shown(written)} » douteux : {fault} ; gardé tel quel."
        )
    return PublishedHolder(written, kind, name)


def _id_type(parts: dict[str, object], written: str, told: RecordFaults, field: str) -> str:
    field = f"{field}.typeIdentifiant"
    label = text(parts.get("typeIdentifiant"), 60)
    if label:
        kind = _ID_TYPES.get(comparable(label))
        if kind is None:
            told.warn(field, f"Type d'identifiant inconnu (« {shown(label)} ») : gardé tel quel.")
        return kind or label
    guess = VAT if _FOREIGN.fullmatch(written.upper()) else SIRET
    if "typeIdentifiant" in parts:
        told.warn(field, f"Type d'identifiant vide : lu comme {guess}.")
    return guess
