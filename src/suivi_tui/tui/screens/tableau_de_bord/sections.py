"""The lines of the dashboard, section by section: what to do today, and why.

Made in the thread of the base with the reading: the screen only draws them.
"""

from datetime import date
from typing import Final, NamedTuple

from suivi_tui import paths
from suivi_tui.readings.alerts import AlertReading
from suivi_tui.readings.dashboard import Behind, Due, Missing
from suivi_tui.readings.record_names import shown_date
from suivi_tui.readings.today import Today, read_today
from suivi_tui.reference.loader import thresholds
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.contacts import CallRow
from suivi_tui.store.queries.obligations import ObligationRow
from suivi_tui.tui.screens.alertes.words import (
    KIND_TITLES,
    alert_place,
    gravity_counts,
    gravity_word,
    lot_name,
)
from suivi_tui.tui.screens.shared.opening import (
    ALERTS,
    CONTRACTS,
    STATEMENTS,
    Place,
    place_of,
)
from suivi_tui.vocabulary.choices import FollowUpKind, label_of
from suivi_tui.vocabulary.hours import format_hours
from suivi_tui.vocabulary.months import format_month
from suivi_tui.vocabulary.numbers import NBSP, plural

_CALL: Final = "Entrée ouvre le marché et les personnes à appeler."


class Entry(NamedTuple):
    """A line: how urgent, what, a figure or a phone on the right; in full under the list
    (``message``, then the next act); what Enter opens. ``follow_up`` can be marked as done."""

    head: str
    text: str
    side: str
    message: str
    act: str
    place: Place | None
    tone: str = ""
    follow_up: int | None = None


class Section(NamedTuple):
    """A title, the lines that were read, how many there are in all and where to see the rest.

    ``empty`` is said when there is none; a section without it is then left out.
    """

    title: str
    entries: tuple[Entry, ...]
    total: int
    rest: Place | None = None
    empty: str = ""


Day = tuple[Today, tuple[Section, ...]]
"""What the dashboard shows: the figures of a day, and its lines."""


def read_day(connection: Connection, today: date) -> Day:
    """Everything the dashboard shows, with the limits that the user chose."""
    read = read_today(connection, today, thresholds(paths.reference_file()))
    return read, sections_of(read)


def sections_of(today: Today) -> tuple[Section, ...]:
    """The sections of the dashboard, the most pressing first."""
    board = today.board
    found = (
        Section(
            "À faire",
            tuple(_due(item) for item in board.due),
            board.due_count,
            empty="Aucun échange à faire dans les sept jours.",
        ),
        Section(
            f"Alertes · {gravity_counts(board.alert_counts)}",
            tuple(_alert(item) for item in board.alerts),
            sum(board.alert_counts.values()),
            (ALERTS, None),
        ),
        Section(
            "Obligations les plus en retard",
            tuple(_behind(item, today.calls.get(item.row.obligation)) for item in board.behind),
            board.behind_count,
            (ALERTS, None),
        ),
        Section(
            f"Relevés manquants{NBSP}: {plural(board.missing_count, 'mois', 'mois')}",
            tuple(_missing(item, today.calls.get(item.row.obligation)) for item in board.missing),
            # Months are counted, obligations only listed: one more stands for those not listed.
            len(board.missing)
            + (sum(len(item.months) for item in board.missing) < board.missing_count),
            (STATEMENTS, None),
        ),
        Section(
            "Éligibilités qui finissent bientôt",
            tuple(_ending(item) for item in board.ending),
            board.ending_count,
            (ALERTS, None),
        ),
        _to_qualify(board.to_qualify),
    )
    return tuple(section for section in found if section.entries or section.empty)


def _due(item: Due) -> Entry:
    row, about = item.follow_up, item.about
    kind = label_of(FollowUpKind, row.kind) or "Échange"
    if item.days < 0:
        head, tone = f"en retard {-item.days} j", "critique"
    else:
        head = {0: "aujourd'hui", 1: "demain"}.get(item.days, f"dans {item.days} j")
        tone = "alerte" if item.days < 2 else ""
    name = about.title if about else "Fiche inconnue"
    named = f"{name} ({about.detail})" if about and about.detail else name
    due = f"échéance le {shown_date(row.due)}" if row.due else ""
    return Entry(
        head,
        f"{kind} · {name}" + (f" · {row.text}" if row.text else ""),
        "",
        " · ".join(part for part in (f"{kind} du {shown_date(row.date)}", due, named) if part),
        row.text or "f le marque comme fait, Entrée ouvre la fiche.",
        place_of(row.entity, row.subject, about.contract if about else None),
        tone,
        row.follow_up,
    )


def _alert(item: AlertReading) -> Entry:
    title = KIND_TITLES.get(item.code, item.code)
    who = item.participant_name or item.company_name or item.operation_name or ""
    return Entry(
        gravity_word(item.gravity),
        f"{title} · {who}" if who else title,
        lot_name(item.contract_number, item.lot_number),
        item.message,
        f"→ {item.action}",
        alert_place(item),
        item.gravity.value,
    )


def _behind(item: Behind, call: CallRow | None) -> Entry:
    row = item.row
    return Entry(
        f"−{format_hours(item.gap)}",
        _who(row),
        _phone(call),
        f"{format_hours(item.acquired)} acquises pour {format_hours(item.expected)} attendues à ce "
        f"jour, {format_hours(item.owed)} à réaliser.",
        _call(call),
        (CONTRACTS, row.contract),
        "alerte",
    )


def _missing(item: Missing, call: CallRow | None) -> Entry:
    row = item.row
    months = ", ".join(format_month(month) for month in item.months)
    return Entry(
        plural(len(item.months), "mois", "mois"),
        _who(row),
        _phone(call),
        f"Sans relevé{NBSP}: {months}.",
        _call(call),
        (STATEMENTS, row.obligation),
        "alerte",
    )


def _ending(item: AlertReading) -> Entry:
    return Entry(
        gravity_word(item.gravity),
        item.participant_name or "Participant",
        "",
        item.message,
        f"→ {item.action}",
        alert_place(item),
        item.gravity.value,
    )


def _to_qualify(count: int) -> Section:
    if not count:
        return Section("À qualifier", (), 0)
    several = plural(count, "marché de données ouvertes", "marchés de données ouvertes")
    entry = Entry(
        "à qualifier",
        f"{several} à prendre en charge ou à écarter",
        "",
        "Les données ouvertes disent qu'une clause existe, pas combien d'heures elle demande.",
        "→ Ouvrir les marchés et prendre en charge ceux que vous suivez",
        (CONTRACTS, None),
        "info",
    )
    return Section("Données ouvertes", (entry,), 1)


def _who(row: ObligationRow) -> str:
    return f"{row.company_name} · {lot_name(row.number, row.lot_number)}"


def _phone(call: CallRow | None) -> str:
    return call.phone if call else ""


def _call(call: CallRow | None) -> str:
    if call is None or not (call.name or call.phone or call.mail):
        return "→ Personne à appeler n'est noté. " + _CALL
    role = f" ({call.role})" if call.role else ""
    where = call.phone or call.mail
    return f"→ Appeler {call.name or 'le contact'}{role}" + (f"{NBSP}: {where}" if where else "")
