"""The lines of the dashboard, section by section: what to do today, and why.

Made in the thread of the base with the reading: the screen only draws them.
"""

from datetime import date
from typing import Final, NamedTuple

from suivi_tui import paths
from suivi_tui.readings.alerts import AlertReading
from suivi_tui.readings.dashboard import Behind, Missing
from suivi_tui.readings.needs import NeedReading
from suivi_tui.readings.record_names import shown_date
from suivi_tui.readings.to_do import Due, Task
from suivi_tui.readings.today import Today, read_today
from suivi_tui.reference.loader import thresholds
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.contacts import CallRow
from suivi_tui.store.queries.follow_ups import FollowUpRow
from suivi_tui.store.queries.obligations import ObligationRow
from suivi_tui.tui.screens.alertes.words import (
    KIND_TITLES,
    alert_place,
    gravity_counts,
    gravity_sign,
    gravity_word,
    lot_name,
    who,
)
from suivi_tui.tui.screens.shared.opening import (
    ALERTS,
    COMPANIES,
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
    (``message``, then the next act); what Enter opens, or the ``alerts`` that it acts on.
    ``follow_up`` can be marked as done."""

    head: str
    text: str
    side: str
    message: str
    act: str
    place: Place | None
    tone: str = ""
    follow_up: FollowUpRow | None = None
    alerts: tuple[AlertReading, ...] = ()
    need: int | None = None


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
    alerts = sum(board.alert_counts.values())
    found = (
        Section(
            _tasks_title(board.task_count),
            tuple(_task(item, board.today) for item in board.tasks),
            board.task_count,
            empty="Rien à faire aujourd'hui.",
        ),
        Section(
            "Dans les sept jours",
            tuple(_due(item) for item in board.coming),
            board.coming_count,
        ),
        Section(
            f"Alertes · {gravity_counts(board.alert_counts)}",
            tuple(_alert(item) for item in board.others),
            alerts,
            (ALERTS, None),
            "Aucune autre que celles à traiter aujourd'hui." if alerts else "",
        ),
        Section(
            "Obligations les plus en retard",
            tuple(_behind(item, today.calls.get(item.row.obligation)) for item in board.behind),
            board.behind_count,
            (ALERTS, None),
        ),
        Section(
            f"Relevés manquants{NBSP}: {board.missing_count}",
            tuple(
                _missing(item, today.sender_calls.get((item.row.obligation, item.sender)))
                for item in board.missing
            ),
            # Statements are counted, senders only listed: one more stands for those not listed.
            len(board.missing)
            + (sum(item.statements for item in board.missing) < board.missing_count),
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


def _tasks_title(count: int) -> str:
    return f"À faire aujourd'hui{NBSP}: {count}" if count else "À faire aujourd'hui"


def _task(task: Task, today: date) -> Entry:
    """An exchange or a need with the alerts it stands for, or the gravest of its alerts."""
    if task.due is not None:
        entry = _due(task.due)
        if not task.alerts:
            return entry
        first = task.alerts[0]
        title = KIND_TITLES.get(first.code, first.code)
        more = f" (et {plural(len(task.alerts) - 1, 'autre', 'autres')})" if task.alerts[1:] else ""
        return entry._replace(
            side=f"{gravity_sign(first.gravity)} {title}{more}",
            act=f"{gravity_word(first.gravity)}{NBSP}: {first.message}",
            tone=task.gravity.value,
        )
    if task.need is not None:
        return _need(task.need, (task.day - today).days)
    return _alert(task.alerts[0]) if not task.alerts[1:] else _statements(task.alerts)


def _statements(missing: tuple[AlertReading, ...]) -> Entry:
    """Every statement that is missing: one batch of reminders."""
    senders = plural(
        len({alert.sender for alert in missing}), "déclarant à relancer", "déclarants à relancer"
    )
    return _alert(missing[0])._replace(
        text=f"{plural(len(missing), 'relevé manquant', 'relevés manquants')} · {senders}",
        side="",
        message="Le détail est plus bas, par déclarant, et sur le mur des relevés (2).",
        act="→ Préparer les relances, ou saisir ce qui est arrivé",
        place=(STATEMENTS, None),
        alerts=missing,
    )


def _need(need: NeedReading, days: int) -> Entry:
    row = need.row
    posts = f"{row.number} {row.post}" if row.number > 1 else row.post
    found = plural(len(need.waiting), "personne proposée", "personnes proposées")
    wanted = f"Besoin pour le {shown_date(row.wanted_on or '')}"
    contract = lot_name(row.contract_number, row.lot_number)
    head, tone = _when(days)
    return Entry(
        head,
        f"Besoin · {posts} · {row.company_name}",
        contract,
        " · ".join(part for part in (wanted, posts, row.company_name, row.comment) if part),
        f"→ {found} sans réponse. Entrée ouvre le besoin.",
        (COMPANIES, row.company),
        tone,
        need=row.need,
    )


def _when(days: int) -> tuple[str, str]:
    """How urgent a day is, in words and in tone."""
    if days < 0:
        return f"en retard {-days} j", "critique"
    words = {0: "aujourd'hui", 1: "demain"}.get(days, f"dans {days} j")
    return words, "alerte" if days < 2 else ""


def _due(item: Due) -> Entry:
    row, about = item.follow_up, item.about
    kind = label_of(FollowUpKind, row.kind) or "Échange"
    head, tone = _when(item.days)
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
        row,
    )


def _alert(item: AlertReading) -> Entry:
    title = KIND_TITLES.get(item.code, item.code)
    name = who(item)
    return Entry(
        gravity_word(item.gravity),
        f"{title} · {name}" if name else title,
        lot_name(item.contract_number, item.lot_number),
        item.message,
        f"→ {item.action}",
        alert_place(item),
        item.gravity.value,
        alerts=(item,),
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
        plural(item.statements, "relevé", "relevés"),
        f"{item.sender_name} · {lot_name(row.number, row.lot_number)}",
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
        alerts=(item,),
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
