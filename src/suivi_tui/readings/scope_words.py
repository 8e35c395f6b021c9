"""The scope of an export in French words: which records, never a path; the period apart."""

from suivi_tui.readings.filters import Filters
from suivi_tui.store.queries import figures
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.choices import Programme, label_of
from suivi_tui.vocabulary.months import format_month
from suivi_tui.vocabulary.numbers import NBSP

EVERYTHING = "Tous les marchés suivis"


def scope_words(connection: Connection, filters: Filters) -> str:
    """What narrows an evaluation but its period: « Acheteur : Ville de Valmont ; NPNRU »."""
    if not filters.narrowed:
        return EVERYTHING
    rows = figures.scope(connection)
    buyers = {row.buyer: row.name for row in figures.buyers(connection)}
    named = list(dict.fromkeys(buyers[row] for row in filters.buyers if row in buyers))
    operation = next((row for row in rows if row.operation == filters.operation), None)
    contract = next((row for row in rows if row.contract == filters.contract), None)
    lot = next((row for row in rows if row.lot == filters.lot), None)
    company = next(
        (row.name for row in figures.companies(connection) if row.id == filters.company), ""
    )
    parts = (
        ("Acheteur", ", ".join(named) or ("supprimé" if filters.buyers else "")),
        ("Territoire", filters.territory),
        ("Programme", label_of(Programme, filters.programme)),
        ("Opération", _name(filters.operation, operation and operation.operation_name)),
        ("Marché", _name(filters.contract, contract and contract.number)),
        ("Lot", _name(filters.lot, lot and f"{lot.number} lot {lot.lot_number}")),
        ("Entreprise", _name(filters.company, company)),
        ("Facilitateur", "un seul" if filters.facilitator else ""),
    )
    return " ; ".join(f"{title}{NBSP}: {text}" for title, text in parts if text)


def _name(wanted: int | None, found: str | None) -> str:
    return "" if wanted is None else found or "sans nom"


def period_words(filters: Filters) -> str:
    """« de janvier 2026 à mars 2026 », « jusqu'à mars 2026 », « toute la durée »."""
    first, last = filters.first, filters.last
    if first is not None and last is not None:
        if first == last:
            return format_month(first)
        return f"de {format_month(first)} à {format_month(last)}"
    if first is not None:
        return f"depuis {format_month(first)}"
    return f"jusqu'à {format_month(last)}" if last is not None else "toute la durée"
