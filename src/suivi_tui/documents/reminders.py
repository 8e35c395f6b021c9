"""Reminders: one mail a company for all its sites and missing months, at the right level."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from suivi_tui.documents.letter import Found, LeftOut, Letter, Sender, Subject
from suivi_tui.documents.recipients import company_recipients
from suivi_tui.documents.wording import (
    contract_name,
    enumerated,
    legal_ground,
    months_text,
    shared_values,
    text_of,
)
from suivi_tui.readings.wall import MonthState, WallMonth, WallRow, wall
from suivi_tui.reference.letters import LetterDelays
from suivi_tui.reference.loader import AlertThresholds
from suivi_tui.rules.reminders import NextReminder, ReminderSent, Step, next_reminder
from suivi_tui.store.queries import letters as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.letters import ContractRow
from suivi_tui.store.queries.obligations import iso_date
from suivi_tui.vocabulary.choices import DocumentKind, FollowUpKind
from suivi_tui.vocabulary.dates import format_date, long_date
from suivi_tui.vocabulary.months import Month, add_months, month_of
from suivi_tui.vocabulary.numbers import NBSP, plural

_SILENT = {
    MonthState.NO_ACTIVITY: "sans activité déclarée",
    MonthState.LOCKED: "mois verrouillé",
}
# What was said of older months interests nobody in a preview.
_RECENT = 3
_LEVELS = {1: DocumentKind.REMINDER_1, 2: DocumentKind.REMINDER_2}


class Missing(NamedTuple):
    """A statement that a company owes for an obligation: its months, and what comes next."""

    row: WallRow
    months: tuple[Month, ...]
    brick: WallMonth
    label: str
    next: NextReminder


def reminders(
    connection: Connection,
    today: date,
    limits: AlertThresholds,
    delays: LetterDelays,
    sender: Sender,
    *,
    companies: Iterable[int] | None = None,
    contract: int | None = None,
    level: int | None = None,
) -> Found:
    """The reminders of the day, of some companies or of those of one contract when given.

    What is late is what the wall shows late: months without activity, locked, closed or of
    contracts that are not followed never are. ``level`` 1 or 2 is what the person asks for; it
    is then made even if another reminder is recent.
    """
    reading = wall(connection, today, limits)
    wanted = None if companies is None else frozenset(companies)
    rows = [
        row
        for row in reading.rows
        if (wanted is None or row.sender in wanted)
        and (contract is None or row.obligation.contract == contract)
    ]
    sent = _sent(connection, rows)
    by_sender: dict[int, list[WallRow]] = defaultdict(list)
    for row in rows:
        by_sender[row.sender].append(row)
    due: dict[int, list[Missing]] = {}
    left_out: list[LeftOut] = []
    for company, listed in by_sender.items():
        missing = [
            one
            for row in listed
            for one in _missing(row, reading.months, sent, today, delays.reminder_level_2_days)
        ]
        steps = {one.next.step for one in missing}
        if (level is not None and missing) or steps & {Step.FIRST, Step.SECOND}:
            due[company] = missing
        else:
            left_out += _reasons(listed, missing, reading.months, today)
    left_out += [
        LeftOut(name, "rien n'est attendu d'elle")
        for name in _unknown_to_the_wall(connection, wanted, by_sender)
    ]
    maker = _Maker(connection, today, delays, sender, due, level)
    made = tuple(maker.letter(company, missing) for company, missing in due.items())
    return Found(made, tuple(left_out))


def _sent(
    connection: Connection, rows: Sequence[WallRow]
) -> dict[tuple[str, int], list[ReminderSent]]:
    """The reminders filed about the companies, their obligations and their contracts."""
    subjects = {
        "company": {row.sender for row in rows},
        "obligation": {row.obligation.obligation for row in rows},
        "contract": {row.obligation.contract for row in rows},
    }
    found: dict[tuple[str, int], list[ReminderSent]] = defaultdict(list)
    for entity, ids in subjects.items():
        for row in queries.reminders_sent(connection, entity, ids):
            day = iso_date(row.date)
            if day is not None:
                found[entity, row.subject].append(ReminderSent(day, row.kind))
    return found


def _missing(
    row: WallRow,
    window: Sequence[Month],
    sent: Mapping[tuple[str, int], list[ReminderSent]],
    today: date,
    level_2_days: int,
) -> Iterable[Missing]:
    """What is late on a row of the wall, statement by statement."""
    about = row.obligation
    made = [
        one
        for key in (
            ("company", row.sender),
            ("obligation", about.obligation),
            ("contract", about.contract),
        )
        for one in sent.get(key, ())
    ]
    late: dict[object, list[tuple[Month, WallMonth]]] = defaultdict(list)
    for month, brick in zip(window, row.months, strict=True):
        if brick.state is MonthState.LATE:
            late[brick.period].append((month, brick))
    for listed in late.values():
        brick = listed[0][1]
        if brick.late_since is not None and brick.period is not None:
            step = next_reminder(brick.late_since, made, today, level_2_days)
            months = tuple(month for month, _ in listed)
            yield Missing(row, months, brick, brick.period.label, step)


def _reasons(
    rows: Sequence[WallRow],
    missing: Sequence[Missing],
    window: Sequence[Month],
    today: date,
) -> list[LeftOut]:
    """Why a company gets no reminder, when there is something to say of it."""
    name = text_of(rows[0].sender_name)
    if missing:
        latest = max(one.next.after or date.min for one in missing)
        if any(one.next.step is Step.WAIT for one in missing):
            return [LeftOut(name, f"déjà relancée le {format_date(latest)}")]
        return [
            LeftOut(
                name,
                f"deux relances déjà faites, la dernière le {format_date(latest)}{NBSP}: proposez "
                "une mise en demeure à l'acheteur",
            )
        ]
    silent: dict[MonthState, set[Month]] = defaultdict(set)
    for row in rows:
        due = [
            (month, brick)
            for month, brick in zip(window, row.months, strict=True)
            if brick.period is not None and brick.period.due_on < today
        ]
        for month, brick in due[-1:]:
            if brick.state in _SILENT and month >= add_months(month_of(today), -_RECENT):
                silent[brick.state].add(month)
    return [
        LeftOut(name, f"{_SILENT[state]}, {months_text(months)}")
        for state, months in silent.items()
    ]


def _unknown_to_the_wall(
    connection: Connection, wanted: frozenset[int] | None, seen: Mapping[int, object]
) -> list[str]:
    absent = [] if wanted is None else sorted(wanted - seen.keys())
    return [text_of(row.name) for row in queries.companies(connection, absent).values()]


class _Maker:
    """From what a company owes to its letter; contacts and contracts are read once for all."""

    def __init__(
        self,
        connection: Connection,
        today: date,
        delays: LetterDelays,
        sender: Sender,
        due: Mapping[int, Sequence[Missing]],
        level: int | None,
    ) -> None:
        self.today, self.delays, self.sender, self.level = today, delays, sender, level
        self.to = company_recipients(
            connection,
            {
                company: {one.row.obligation.obligation for one in missing}
                for company, missing in due.items()
            },
        )
        contracts = {one.row.obligation.contract for listed in due.values() for one in listed}
        self.contracts = queries.contracts(connection, contracts)

    def letter(self, company: int, missing: Sequence[Missing]) -> Letter:
        """One mail, at the highest level that one of its statements calls for."""
        further = any(one.next.step in (Step.SECOND, Step.EXHAUSTED) for one in missing)
        kind = _LEVELS[self.level or (2 if further else 1)]
        answer_by = self.today + timedelta(days=self.delays.reminder_answer_days)
        to = self.to[company]
        months = {month for one in missing for month in one.months}
        about = [self.contracts[one.row.obligation.contract] for one in missing]
        values: dict[str, Any] = {
            **shared_values(self.sender, to, self.today),
            **_contracts_values(about),
            "constat": _statement_sentence(len(missing)),
            "mois": months_text(months),
            "reponse_avant": long_date(answer_by),
            "relance_precedente": _previous(missing),
            "releves": self._lines(missing),
        }
        lots = dict.fromkeys(_lot(one) for one in missing)
        return Letter(
            kind=kind,
            key=f"{kind.value}-{company}",
            subject=Subject("company", company),
            to=to,
            about=f"{plural(len(missing), 'relevé', 'relevés')} ({months_text(months)})"
            f"{NBSP}: {'; '.join(lots)}",
            values=values,
            follow_up=FollowUpKind.REMINDER,
            answer_by=answer_by,
        )

    def _lines(self, missing: Sequence[Missing]) -> list[dict[str, str]]:
        """One line an obligation: the statements that it awaits."""
        grouped: dict[int, list[Missing]] = defaultdict(list)
        for one in missing:
            grouped[one.row.obligation.obligation].append(one)
        lines = []
        for listed in grouped.values():
            about = listed[0].row.obligation
            contract = self.contracts[about.contract]
            quarterly = any(one.brick.period and one.brick.period.quarterly for one in listed)
            months = months_text(month for one in listed for month in one.months)
            due = min(one.brick.period.due_on for one in listed if one.brick.period)
            lines.append(
                {
                    "marche": _lot(listed[0]),
                    "objet": text_of(contract.operation_name or contract.object),
                    "acheteur": text_of(contract.buyer_name),
                    "mois": enumerated([one.label for one in listed]) if quarterly else months,
                    "limite": format_date(due),
                }
            )
        return lines


def _lot(one: Missing) -> str:
    about = one.row.obligation
    return contract_name(about.number, about.lot_number, about.object)


def _previous(missing: Sequence[Missing]) -> str:
    days = [one.next.after for one in missing if one.next.after is not None]
    return long_date(max(days)) if days else ""


def _contracts_values(about: Sequence[ContractRow]) -> dict[str, str]:
    number = len({row.contract for row in about})
    buyers = list(dict.fromkeys(text_of(row.buyer_name) for row in about))
    grounds = list(dict.fromkeys(legal_ground(row.clause_form) for row in about))
    return {
        "marches": "un marché" if number == 1 else plural(number, "marché", "marchés"),
        "marches_possessif": "ce marché" if number == 1 else "ces marchés",
        "fondement": enumerated(grounds),
        "acheteurs": enumerated(buyers),
    }


def _statement_sentence(count: int) -> str:
    if count == 1:
        return "le relevé d'heures suivant ne m'est pas parvenu"
    return f"les {count} relevés d'heures suivants ne me sont pas parvenus"
