"""The modifications of a contract, in all the shapes in which they are published."""

from datetime import date

from suivi_tui.exchange.decp import values
from suivi_tui.exchange.decp.faults import RecordFaults, shown
from suivi_tui.exchange.decp.parties import PublishedHolder, holders
from suivi_tui.exchange.decp.records import PublishedEvent

FIELD = "modifications"

_FIELD_NAMES = """
    id dateNotificationModification dateSignatureModification objetModification dureeMois
    datePublicationDonneesModification montant valeurGlobale titulaires concessionnaires"""
_KNOWN_FIELDS = frozenset(_FIELD_NAMES.split())


def modifications(
    value: object, told: RecordFaults, today: date | None
) -> tuple[PublishedEvent, ...]:
    """The events of a contract, each once, the oldest first; undated ones at the end."""
    found: set[PublishedEvent] = set()
    for item in values.items(value, "modification"):
        if isinstance(item, dict):
            found.add(_event(values.stripped(item), told, today))
            continue
        written = values.text(item, values.OBJECT_LIMIT)
        if written:
            told.warn(
                FIELD, f"Modification écrite comme un texte (« {shown(written)} ») : sans date."
            )
            found.add(PublishedEvent(None, None, None, None, (), written))
        else:
            told.warn(FIELD, f"Modification illisible (« {shown(item)} ») : laissée de côté.")
    return tuple(sorted(found, key=_order))


def _order(event: PublishedEvent) -> tuple[object, ...]:
    return (
        event.on or date.max,
        event.published_on or date.max,
        event.amount_cents is None,
        event.amount_cents or 0,
        event.months or 0,
        event.object,
        event.holders,
    )


def _event(fields: dict[str, object], told: RecordFaults, today: date | None) -> PublishedEvent:
    for name in sorted(fields.keys() - _KNOWN_FIELDS):
        told.warn_once(f"{FIELD}.{name}", "Champ inconnu, laissé de côté.")
    amount = _first(fields, ("montant", "valeurGlobale"), told)
    duration = _first(fields, ("dureeMois",), told)
    notified = _first(fields, ("dateNotificationModification", "dateSignatureModification"), told)
    publication = _first(fields, ("datePublicationDonneesModification",), told)
    event = PublishedEvent(
        notified_on=_day(notified, told, today),
        published_on=_day(publication, told, today),
        amount_cents=values.amount(amount[1], told, _named(amount)) if amount else None,
        months=values.months(duration[1], told, _named(duration)) if duration else None,
        holders=_holders(fields, told),
        object=values.text(fields.get("objetModification"), values.OBJECT_LIMIT),
    )
    if event.notified_on is None:
        told.warn(FIELD, "Modification sans date : la date de publication en tient lieu.")
    return event


def _holders(fields: dict[str, object], told: RecordFaults) -> tuple[PublishedHolder, ...]:
    for outer, inner in (("titulaires", "titulaire"), ("concessionnaires", "concessionnaire")):
        found = holders(fields.get(outer), inner, told, f"{FIELD}.{outer}")
        if found:
            return found
    return ()


def _first(
    fields: dict[str, object], names: tuple[str, ...], told: RecordFaults
) -> tuple[str, object] | None:
    """The first of these fields that says something."""
    for name in names:
        value = values.usable(fields.get(name), told, f"{FIELD}.{name}")
        if value is not None:
            return name, value
    return None


def _named(found: tuple[str, object]) -> str:
    return f"{FIELD}.{found[0]}"


def _day(found: tuple[str, object] | None, told: RecordFaults, today: date | None) -> date | None:
    return values.day(found[1], told, _named(found), today) if found else None
