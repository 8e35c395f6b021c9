"""What the sheet of a contract says, line by line."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from suivi_tui.tui.screens.avis.forms import review_line
from suivi_tui.tui.screens.grille.content import compact
from suivi_tui.tui.screens.marche.conditions import Conditions, condition_lines
from suivi_tui.tui.screens.shared.follow_up_lines import follow_up_section
from suivi_tui.tui.screens.shared.sheet import Section, SheetLine
from suivi_tui.tui.screens.shared.texts import day, hours, joined, month, period, said
from suivi_tui.vocabulary import choices
from suivi_tui.vocabulary.choices import LotRole, Stage, label_of
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.months import short_month
from suivi_tui.vocabulary.numbers import format_percent, plural

if TYPE_CHECKING:
    from suivi_tui.readings.alerts import AlertReading
    from suivi_tui.readings.pace import ObligationPace
    from suivi_tui.store.queries.calibrations import CalibrationRow
    from suivi_tui.store.queries.contacts import ContactRow
    from suivi_tui.store.queries.contracts import (
        ContractEventRow,
        ContractSheet,
        LotCompanyRow,
        LotRow,
    )
    from suivi_tui.store.queries.obligations import EventRow
    from suivi_tui.store.queries.statements import StatementRow

GAUGE: Final = 20
SHOWN_ALERTS: Final = 8
NO_ALERT: Final = "Aucune alerte sur ce marché."


def sections_of(
    sheet: "ContractSheet",
    paces: "Sequence[ObligationPace]",
    alerts: "Sequence[AlertReading] | None",
    conditions: Conditions,
    today: date,
) -> list[Section]:
    """The parts of the sheet; ``alerts`` None while they are not read yet."""
    holders = [row for row in sheet.companies if row.role != LotRole.SUBCONTRACTOR.value]
    entrusted = [row for row in sheet.companies if row.role == LotRole.SUBCONTRACTOR.value]
    told = [] if alerts is None else list(_alerts(alerts))
    return [
        Section("Marché", list(_facts(sheet))),
        Section("À appeler", [_contact(place, row) for place, row in enumerate(sheet.contacts)],
                "Aucun contact. Touche a pour en ajouter un."),
        Section("Obligations", [line for item in paces for line in _obligation(item)],
                "Aucune obligation. Touche a pour ajouter une entreprise à un lot."),
        Section("Objectif", [line for item in sheet.obligations for line in
                             _history(item.history, item.row.company_name,
                                      len(sheet.obligations) > 1)]),
        Section("Alertes", told, "" if alerts is None else NO_ALERT),
        follow_up_section(sheet.follow_ups, today.isoformat()),
        Section("Entreprises", list(map(_company, holders)), "Aucune entreprise sur ses lots."),
        Section("Parts confiées", list(map(_company, entrusted))),
        Section("Modifications", list(map(_event, sheet.events))),
        Section("Conditions", list(condition_lines(conditions, sheet.lots))),
        Section("Relevés", list(map(_statement, sheet.statements)), "Aucun relevé reçu."),
        Section("Avis", list(map(review_line, sheet.reviews))),
        Section("Calibrages", list(map(_calibration, sheet.calibrations))),
        Section("Lots", [_lot(row) for row in sheet.lots if row.number != "0" or row.title]),
    ]  # fmt: skip


def _facts(sheet: "ContractSheet") -> Iterator[SheetLine]:
    fields = sheet.fields
    state = label_of(Stage, fields.stage)
    if not fields.taken_up:
        state = "À qualifier (données ouvertes)"
    row = fields.contract
    yield SheetLine(joined([fields.number or "sans numéro", fields.object]), "", "contract", row)
    yield SheetLine(
        joined(
            [
                state,
                fields.buyer_name,
                fields.operation_name,
                _programme(fields.programme),
            ]
        ),
        "",
        "contract",
        row,
        "" if fields.taken_up else "alerte",
    )
    dates = joined(
        [
            period(fields.start, fields.end),
            said("consultation du", day(fields.notice_sent_on)).replace("\u00a0:", ""),
            said("réponse attendue le", day(fields.answer_due)).replace("\u00a0:", ""),
            said("notifié le", day(fields.notified_on)).replace("\u00a0:", ""),
            said("fini le", day(fields.ended_on)).replace("\u00a0:", ""),
            said("clos le", day(fields.closed_on)).replace("\u00a0:", ""),
            said("durée prévue", _months(fields.duration_months)),
            said("montant final", _final(fields.final_amount_cents)),
        ]
    )
    amount = "" if fields.amount_cents is None else format_money(Money(fields.amount_cents))
    yield SheetLine(dates or "Dates à saisir (touche m)", amount, "contract", row)
    clause = joined(
        [
            label_of(choices.ClauseForm, fields.clause_form),
            label_of(choices.Category, fields.category),
            label_of(choices.Sector, fields.sector),
            fields.place,
            said("CPV", fields.cpv),
            said("facilitateur", fields.facilitator),
            plural(sheet.people, "personne placée", "personnes placées") if sheet.people else "",
        ]
    )
    if clause:
        yield SheetLine(clause, "", "contract", row)


def _months(months: int | None) -> str:
    return plural(months, "mois", "mois") if months else ""


def _final(amount_cents: int | None) -> str:
    return "" if amount_cents is None else format_money(Money(amount_cents))


def _programme(code: str) -> str:
    """The programme that finances the operation, when there is one."""
    none = choices.Programme.NONE.value
    return "" if code == none else label_of(choices.Programme, code)


def _contact(place: int, row: "ContactRow") -> SheetLine:
    owner = row.company_name or row.buyer_name
    text = joined(
        [row.name or row.role, row.role if row.name else "", owner, row.service, row.mail]
    )
    return SheetLine(text, row.phone, "contact", row.contact, "total" if place == 0 else "")


def _obligation(pace: "ObligationPace") -> Iterator[SheetLine]:
    row = pace.row
    lot = f"lot {row.lot_number}" if row.lot_number not in ("", "0") else ""
    owed = "à saisir (o)" if pace.owed is None else format_hours(pace.owed)
    state = f"close le {day(row.closed_on)}" if row.closed_on else "en retard" if pace.late else ""
    tone = "alerte" if pace.owed is None else "critique" if pace.late else ""
    dates = period(row.start, pace.end.isoformat() if pace.end is not None else None)
    yield SheetLine(
        joined([lot, row.company_name, state, dates if row.start else "démarrage à saisir (d)"]),
        owed,
        "obligation",
        pace.obligation,
        tone,
    )
    done = [
        f"validées {compact(pace.validated)}",
        f"à valider {compact(pace.pending)}" if pace.pending else "",
        f"refusées {compact(pace.refused)}" if pace.refused else "",
        "" if pace.remaining is None else f"reste {compact(pace.remaining)}",
        f"prévues en plus {compact(pace.planned)}" if pace.planned else "",
    ]
    yield SheetLine("  " + joined(done), "", "obligation", pace.obligation)
    if pace.rate is not None:
        expected = "" if pace.expected is None else f" attendues {compact(pace.expected)}"
        yield SheetLine(f"  {gauge(pace)}{expected}", format_percent(pace.rate), "obligation",
                        pace.obligation, tone)  # fmt: skip


def gauge(pace: "ObligationPace") -> str:
    """Validated out of owed; `┃` where it should stand to date."""
    rate = pace.rate or Fraction(0)
    full = max(0, min(GAUGE, round(rate * GAUGE)))
    drawn = "█" * full + "░" * (GAUGE - full)
    if pace.expected is not None and pace.owed:
        place = max(0, min(GAUGE - 1, round(Fraction(pace.expected, pace.owed) * GAUGE)))
        drawn = drawn[:place] + "┃" + drawn[place + 1 :]
    return f"[{drawn}]"


def _history(rows: "Sequence[EventRow]", company: str, several: bool) -> Iterator[SheetLine]:
    for row in rows:
        planned = "" if row.firm else "prévisionnel"
        amount = "" if row.amount_cents is None else format_money(Money(row.amount_cents))
        text = joined(
            [
                f"{day(row.date)} {label_of(choices.ObligationEventKind, row.kind)}",
                company if several else "",
                planned,
                amount,
                row.reason,
            ]
        )
        figure = "à saisir" if row.hours is None else _signed(row.hours)
        yield SheetLine(text, figure, "obligation_event", row.event)


def _signed(value: int) -> str:
    return ("+" if value > 0 else "") + format_hours(Hours(value))


def _alerts(alerts: "Sequence[AlertReading]") -> Iterator[SheetLine]:
    yield from map(_alert, alerts[:SHOWN_ALERTS])
    others = len(alerts) - SHOWN_ALERTS
    if others > 0:
        told = plural(others, "autre alerte", "autres alertes")
        yield SheetLine(f"… et {told}, toutes dans l'écran Alertes (touche 6)", tone="muted")


def _alert(alert: "AlertReading") -> SheetLine:
    text = joined([alert.gravity.label, alert.participant_name or "", alert.message])
    # Many alerts differ by their month alone: it must not be cut.
    month = "" if alert.month is None else short_month(alert.month)
    whole = f"{text} → {alert.action}" if alert.action else text
    return SheetLine(whole, month, tone=alert.gravity.value)


def _calibration(row: "CalibrationRow") -> SheetLine:
    lot = f"lot {row.lot_number}" if row.lot_number not in ("", "0") else ""
    method = label_of(choices.CalibrationMethod, row.method)
    used = "objectif de l'obligation" if row.obligation is not None else ""
    text = joined([f"fait le {day(row.made_on)}", lot, method, used, row.comment])
    return SheetLine(text, hours(row.result), "calibration", row.calibration)


def _company(row: "LotCompanyRow") -> SheetLine:
    lot = f"lot {row.lot_number}" if row.lot_number not in ("", "0") else ""
    above = f"pour {row.parent_name}" if row.parent_name else ""
    siret = said("SIRET", row.siret or "")
    text = joined([lot, label_of(LotRole, row.role), row.name, above, siret])
    return SheetLine(text, hours(row.share_hours), "lot_company", row.lot_company)


def _event(row: "ContractEventRow") -> SheetLine:
    lot = f"lot {row.lot_number}" if row.lot_number not in ("", "0") else ""
    longer = plural(row.months, "mois", "mois") if row.months else ""
    kind = label_of(choices.ContractEventKind, row.kind, "Modification")
    amount = "" if row.amount_cents is None else format_money(Money(row.amount_cents))
    text = joined([f"{day(row.date)} {kind}", lot, longer, row.reason])
    return SheetLine(text, amount, "contract_event", row.event)


def _statement(row: "StatementRow") -> SheetLine:
    state = label_of(choices.StatementStatus, row.status)
    received = f"reçu le {day(row.received_on)}" if row.received_on else ""
    text = joined([month(row.month), row.sender_name, state, received, row.reference])
    return SheetLine(text, "", "statement", row.statement)


def _lot(row: "LotRow") -> SheetLine:
    amount = "" if row.amount_cents is None else format_money(Money(row.amount_cents))
    text = joined([f"lot {row.number}", row.title, row.trade, said("CPV", row.cpv)])
    return SheetLine(text, amount, "lot", row.lot)
