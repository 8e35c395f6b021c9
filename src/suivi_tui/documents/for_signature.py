"""Drafts that the buyer signs: formal notice, penalty. The program proposes, the buyer decides."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from suivi_tui.documents.letter import Found, LeftOut, Letter, Sender, Subject
from suivi_tui.documents.recipients import buyer_recipient
from suivi_tui.documents.wording import (
    contract_name,
    day_text,
    hours_text,
    legal_ground,
    lot_name,
    months_text,
    shared_values,
    text_of,
)
from suivi_tui.readings.pace import ObligationPace, obligation_paces
from suivi_tui.readings.penalty_basis import Case, case_of
from suivi_tui.readings.wall import MonthState, wall
from suivi_tui.reference.letters import LetterDelays
from suivi_tui.reference.loader import Thresholds
from suivi_tui.rules.penalties import PROPOSAL_NOTE
from suivi_tui.store.queries import follow_ups, obligations, penalties
from suivi_tui.store.queries import letters as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import ObligationRow, iso_date
from suivi_tui.vocabulary.choices import DocumentKind, FollowUpKind, find
from suivi_tui.vocabulary.dates import format_date, long_date
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.months import Month
from suivi_tui.vocabulary.numbers import plural

_TOLD = (FollowUpKind.REMINDER, FollowUpKind.MEETING, FollowUpKind.VISIT, FollowUpKind.PROMISE)
_MOST_EXCHANGES = 8


class _About(NamedTuple):
    """The obligation a draft is about, with what surrounds it."""

    row: ObligationRow
    pace: ObligationPace
    contract: queries.ContractRow
    company: queries.CompanyRow


def formal_notices(
    connection: Connection,
    today: date,
    limits: Thresholds,
    delays: LetterDelays,
    sender: Sender,
    obligation: int,
) -> Found:
    """The draft of a formal notice about one obligation, for what it failed to do."""
    about = _about(connection, today, limits, obligation)
    if isinstance(about, LeftOut):
        return Found(left_out=(about,))
    missing = _missing_months(connection, today, limits, about)
    faults, asked = _faults(about.pace, missing, today)
    if not faults:
        name = contract_name(about.row.number, about.row.lot_number, about.row.object)
        return Found(left_out=(LeftOut(name, "ni retard ni relevé manquant"),))
    pending = about.pace.pending
    values = {
        "fin": long_date(about.pace.end) if about.pace.end else "",
        "dues": hours_text(about.pace.owed),
        "validees": format_hours(about.pace.validated),
        "a_valider": format_hours(pending) if pending else "",
        "reste": hours_text(about.pace.remaining),
        "delai": plural(delays.notice_days, "jour", "jours"),
        "manquements": faults,
        "demandes": asked,
        "echanges": _exchanges(connection, about.row),
    }
    kind, acts = DocumentKind.FORMAL_NOTICE, FollowUpKind.FORMAL_NOTICE
    due = today + timedelta(days=delays.signature_days)
    return Found((_draft(connection, kind, about, values, acts, due, sender, today),))


def penalty_proposals(
    connection: Connection,
    today: date,
    limits: Thresholds,
    delays: LetterDelays,
    sender: Sender,
    obligation: int,
    case: int | None = None,
) -> Found:
    """The proposal made of a saved penalty case: the latest of an obligation, or a given one."""
    about = _about(connection, today, limits, obligation)
    if isinstance(about, LeftOut):
        return Found(left_out=(about,))
    cases = [
        row
        for row in penalties.of_lot(connection, about.row.lot)
        if row.obligation == obligation and case in (None, row.case)
    ]
    if not cases or cases[0].amount_cents is None:
        name = contract_name(about.row.number, about.row.lot_number, about.row.object)
        why = "aucune pénalité enregistrée : calculez-la d'abord au bureau des pénalités"
        return Found(left_out=(LeftOut(name, why),))
    saved = case_of(cases[0])
    values = {
        "montant": format_money(_proposed(saved)),
        "efforts": text_of(saved.row.efforts),
        "avertissement": PROPOSAL_NOTE,
        "situation": _situation(about, saved),
        "calcul": list(saved.basis.lines) or ["Détail conservé dans le dossier de pénalité."],
    }
    kind, acts = DocumentKind.PENALTY, FollowUpKind.PENALTY
    due = today + timedelta(days=delays.signature_days)
    return Found((_draft(connection, kind, about, values, acts, due, sender, today),))


def _about(
    connection: Connection, today: date, limits: Thresholds, obligation: int
) -> _About | LeftOut:
    row = obligations.one(connection, obligation)
    if row is None:
        return LeftOut("", "cette obligation n'existe plus")
    contract = queries.contracts(connection, [row.contract]).get(row.contract)
    paces = obligation_paces(connection, today, contract=row.contract, thresholds=limits)
    pace = next((one for one in paces if one.obligation == obligation), None)
    name = contract_name(row.number, row.lot_number, row.object)
    if contract is None or not contract.taken_up or pace is None:
        return LeftOut(name, "marché non suivi")
    return _About(row, pace, contract, queries.companies(connection, [row.company])[row.company])


def _draft(
    connection: Connection,
    kind: DocumentKind,
    about: _About,
    values: dict[str, Any],
    acts: FollowUpKind,
    due: date,
    sender: Sender,
    today: date,
) -> Letter:
    row, contract = about.row, about.contract
    to = buyer_recipient(connection, row.contract, contract.buyer_name)
    name = contract_name(row.number, row.lot_number, row.object)
    return Letter(
        kind=kind,
        key=f"{kind.value}-{row.obligation}",
        subject=Subject("obligation", row.obligation),
        to=to,
        about=f"{name}, {text_of(row.company_name)}, soumis à {text_of(contract.buyer_name)}",
        values={
            **shared_values(sender, to, today),
            "commune": text_of(about.company.commune),
            "marche": text_of(row.number) or "sans numéro",
            "objet": text_of(row.object),
            "lot": lot_name(row.lot_number, row.lot_title) if row.lot_number != "0" else "",
            "acheteur": text_of(contract.buyer_name),
            "entreprise": text_of(row.company_name),
            "siret": about.company.siret or "",
            "fondement": legal_ground(contract.clause_form),
            **values,
        },
        follow_up=acts,
        answer_by=due,
    )


def _missing_months(
    connection: Connection, today: date, limits: Thresholds, about: _About
) -> list[Month]:
    """The months of the obligation for which a statement is late, whoever declares."""
    reading = wall(connection, today, limits.alerts)
    return sorted(
        {
            month
            for row in reading.rows
            if row.obligation.obligation == about.row.obligation
            for month, brick in zip(reading.months, row.months, strict=True)
            if brick.state is MonthState.LATE
        }
    )


def _faults(
    pace: ObligationPace, missing: Sequence[Month], today: date
) -> tuple[list[str], list[str]]:
    """What was not done, and what is asked."""
    faults: list[str] = []
    asked: list[str] = []
    left = pace.remaining or Hours(0)
    over = pace.end is not None and pace.end < today
    if left and over:
        faults.append(
            f"{format_hours(left)} d'insertion n'ont pas été réalisées au {format_date(today)}, "
            f"l'obligation ayant pris fin le {day_text(pace.end)} ;"
        )
        asked.append(
            f"faire connaître les {format_hours(left)} manquantes qui ont été réalisées et non "
            "déclarées, ou justifier des moyens mis en œuvre pour les réaliser ;"
        )
    elif pace.late and pace.expected is not None:
        acquired = Hours(pace.validated + pace.pending)
        faults.append(
            f"{format_hours(acquired)} sont validées ou en cours de vérification, pour "
            f"{format_hours(pace.expected)} attendues au {format_date(today)} ;"
        )
        asked.append(
            f"présenter un plan de recrutement permettant de réaliser les {format_hours(left)} "
            "restantes dans le délai du marché ;"
        )
    if missing:
        count = plural(len(missing), "mois", "mois")
        faults.append(
            f"les relevés d'heures de {count} n'ont pas été transmis ({months_text(missing)}) ;"
        )
        asked.append(
            f"transmettre les relevés d'heures et leurs justificatifs ({months_text(missing)}) ;"
        )
    for sentences in (faults, asked):
        if sentences:
            sentences[-1] = sentences[-1].removesuffix(" ;") + "."
    return faults, asked


def _exchanges(connection: Connection, row: ObligationRow) -> list[dict[str, str]]:
    """The acts already done, the oldest first; the texts typed by hand stay in the base."""
    found = [
        each
        for entity, subject in (
            ("obligation", row.obligation),
            ("contract", row.contract),
            ("company", row.company),
        )
        for each in follow_ups.of_records(connection, entity, [subject])
    ]
    told = [
        (day, kind.label)
        for each in found
        if (kind := find(FollowUpKind, each.kind)) in _TOLD
        and (day := iso_date(each.date)) is not None
        and (each.done is not None or each.kind == FollowUpKind.REMINDER.value)
    ]
    latest = sorted(set(told))[-_MOST_EXCHANGES:]
    return [{"date": format_date(day), "nature": label} for day, label in latest]


def _proposed(case: Case) -> Money:
    proposed = case.basis.proposed
    return proposed if proposed is not None else Money(case.row.amount_cents or 0)


def _situation(about: _About, case: Case) -> list[dict[str, str]]:
    pace, row = about.pace, case.row
    lines = [
        ("Heures dues", hours_text(pace.owed)),
        ("Heures validées", format_hours(pace.validated)),
        ("Heures à valider", format_hours(pace.pending)),
        ("Reste à réaliser", hours_text(pace.remaining)),
        ("Fin de l'obligation", day_text(pace.end)),
        ("Mise en demeure reçue le", day_text(iso_date(row.notice_on))),
        ("Délai laissé jusqu'au", day_text(iso_date(row.notice_due))),
        ("Calcul arrêté au", day_text(case.basis.on)),
    ]
    return [{"quoi": what, "valeur": value} for what, value in lines]
