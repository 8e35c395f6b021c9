"""The names of records as a person reads them."""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo

from suivi_tui.readings.term_texts import term_label
from suivi_tui.rules.alert_kinds import CATALOGUE
from suivi_tui.store.queries import names
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.names import RecordName
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month, format_month

ENTITY_LABELS = {
    "buyer": "Acheteur",
    "operation": "Opération",
    "company": "Entreprise",
    "contact": "Contact",
    "contract": "Marché",
    "contract_event": "Modification du marché",
    "term": "Condition du marché",
    "lot": "Lot",
    "lot_company": "Entreprise du lot",
    "obligation": "Obligation",
    "obligation_event": "Évolution de l'objectif",
    "statement": "Relevé",
    "participant": "Participant",
    "eligibility": "Éligibilité",
    "work_contract": "Contrat de travail",
    "placement": "Affectation",
    "hour_entry": "Ligne d'heures",
    "follow_up": "Échange",
    "document": "Document",
    "target": "Cible",
    "need": "Besoin",
    "proposal": "Proposition",
    "alert_mark": "Marque d'alerte",
    "penalty_case": "Dossier de pénalité",
    "outcome": "Point de parcours",
    "refusal": "Motif sans clause",
    "calibration": "Calibrage",
    "policy": "Politique d'achat",
    "policy_target": "Objectif de politique",
    "evidence": "Preuve",
    "directory_entry": "Contact de l'annuaire",
    "coverage": "Territoire couvert",
    "review": "Avis sur le marché",
    "snapshot": "Synthèse figée",
    "export_log": "Export",
    "author": "Auteur",
    "base": "Installation",
    "source_file": "Fichier importé",
    "source_line": "Ligne d'un fichier importé",
    "import_profile": "Profil d'import",
    "match_memory": "Rapprochement retenu",
    "batch": "Modifications",
    "record_seen": "Ligne déjà lue",
}
"""What a record of each table is called on screen."""


def named_records(
    connection: Connection, records: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], RecordName]:
    """The names of some records, with a ``detail`` that can be shown as it is."""
    return {
        key: name._replace(title=_title(name), detail=_detail(name))
        for key, name in names.record_names(connection, records).items()
    }


def alert_title(code: str) -> str:
    """What an alert of a code is called; the code when this release does not know it."""
    return next((kind.title for kind in CATALOGUE if kind.code == code), code)


def _title(name: RecordName) -> str:
    return alert_title(name.title) if name.entity == "alert_mark" else name.title


def _detail(name: RecordName) -> str:
    if name.entity == "statement" and name.detail.isdigit():
        return shown_month(int(name.detail))
    if name.entity == "term":
        return term_label(name.detail)
    if name.entity == "participant":
        day = shown_date(name.detail)
        return f"né(e) le {day}" if day != name.detail else name.detail
    if name.entity == "batch":
        return shown_moment(name.detail)
    return shown_date(name.detail)


def shown_date(text: str) -> str:
    """An ISO date as people read it; any other text as it is."""
    try:
        return format_date(date.fromisoformat(text))
    except ValueError:
        return text


def shown_month(month: int) -> str:
    """A month as people read it; what is no month as it is."""
    return format_month(Month(month)) if 1 <= month % 100 <= 12 else str(month)


def shown_hours(hours: int) -> str:
    """Hours as people read them."""
    return format_hours(Hours(hours))


def shown_moment(text: str, zone: tzinfo | None = None) -> str:
    """An instant in universal time as people read it, in ``zone`` (None: that of the computer)."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if moment.tzinfo is not None:
        moment = moment.astimezone(zone)
    return f"{format_date(moment.date())} {moment:%H:%M}"
