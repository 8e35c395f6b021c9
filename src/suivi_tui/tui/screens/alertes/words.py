"""Alerts as every screen writes them: gravity by a sign and a word, title, place, record."""

from collections.abc import Mapping
from typing import Final

from suivi_tui.readings.alerts import AlertReading
from suivi_tui.rules.alert_kinds import BACKUP_OLD, CATALOGUE, STATEMENT_MISSING
from suivi_tui.tui.screens.shared.opening import (
    COMPANIES,
    CONTRACTS,
    PARTICIPANTS,
    STATEMENTS,
    Place,
)
from suivi_tui.vocabulary.choices import Gravity
from suivi_tui.vocabulary.numbers import plural

HISTORY: Final = "historique"
KIND_TITLES: Final = {kind.code: kind.title for kind in CATALOGUE}
_SIGNS: Final = {Gravity.CRITICAL: "▲", Gravity.ALERT: "!", Gravity.INFO: "i"}
_WORDS: Final = {Gravity.CRITICAL: "Critique", Gravity.ALERT: "Alerte", Gravity.INFO: "Info"}
_PLURALS: Final = {
    Gravity.CRITICAL: ("critique", "critiques"),
    Gravity.ALERT: ("alerte", "alertes"),
    Gravity.INFO: ("information", "informations"),
}


def gravity_word(gravity: Gravity) -> str:
    """``▲ Critique``, ``! Alerte``, ``i Info``; the tone of the line is ``gravity.value``."""
    return f"{_SIGNS[gravity]} {_WORDS[gravity]}"


def gravity_sign(gravity: Gravity) -> str:
    """``▲``, ``!``, ``i``."""
    return _SIGNS[gravity]


def gravity_count(gravity: Gravity, count: int) -> str:
    """``▲ 2 critiques``."""
    return f"{_SIGNS[gravity]} {plural(count, *_PLURALS[gravity])}"


def gravity_counts(counts: Mapping[Gravity, int]) -> str:
    """``▲ 2 critiques · ! 9 alertes · i 1 information``."""
    return " · ".join(gravity_count(gravity, counts.get(gravity, 0)) for gravity in Gravity)


def known_counts(counts: Mapping[Gravity, int]) -> str:
    """The same, without the gravities that there are none of."""
    return " · ".join(
        gravity_count(gravity, counts[gravity]) for gravity in Gravity if counts.get(gravity)
    )


def lot_name(number: str | None, lot: str | None) -> str:
    """``2026-01 lot 3``; the only lot of a contract has no number."""
    return f"{number or ''} lot {lot}" if lot and lot != "0" else number or ""


def who(alert: AlertReading) -> str:
    """The person, else who should have sent a statement, else the company, else the operation."""
    company = alert.sender_name or alert.company_name
    return alert.participant_name or company or alert.operation_name or ""


def alert_place(alert: AlertReading) -> Place | None:
    """The record that an alert asks to look at; None when it counts several."""
    if alert.participant is not None:
        return PARTICIPANTS, alert.participant
    if alert.code == STATEMENT_MISSING.code and alert.obligation is not None:
        return STATEMENTS, alert.obligation
    if alert.code == BACKUP_OLD.code:
        return HISTORY, None
    if alert.contract is not None:
        return CONTRACTS, alert.contract
    return (COMPANIES, alert.company) if alert.company is not None else None
