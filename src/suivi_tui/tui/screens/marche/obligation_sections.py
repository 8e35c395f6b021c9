"""What the sheet of an obligation says, line by line."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from suivi_tui.rules.catch_up import CatchUp, Outlook, catch_up
from suivi_tui.rules.formula_terms import formula_sentence, steps_text
from suivi_tui.rules.owing import Brought
from suivi_tui.rules.site_calendar import idle_spans_text
from suivi_tui.tui.screens.grille.content import compact
from suivi_tui.tui.screens.shared.sheet import Section, SheetLine
from suivi_tui.tui.screens.shared.texts import day, joined
from suivi_tui.vocabulary import choices
from suivi_tui.vocabulary.choices import FormulaTerm, ScheduleKind, label_of
from suivi_tui.vocabulary.choices.formulas import TargetState
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.numbers import plural
from suivi_tui.vocabulary.typography import french

if TYPE_CHECKING:
    from suivi_tui.readings.obligation_case import ObligationCase
    from suivi_tui.readings.obligation_sheet import Group, ObligationSheet
    from suivi_tui.rules.joint_obligation import MemberAccount, Transfer

FULL_TIMERS: Final = (1, 2, 3)
_TONES: Final = {
    Outlook.DONE: "",
    Outlook.ON_COURSE: "",
    Outlook.HELP_NEEDED: "alerte",
    Outlook.TOO_LATE: "critique",
}


def sections_of(sheet: "ObligationSheet", today: date) -> list[Section]:
    """The parts of the sheet."""
    case = sheet.case
    return [
        Section("Obligation", list(_facts(sheet))),
        Section("Rythme", list(_pace(case, today))),
        Section("Rattrapage", list(_help(case))),
        Section("Mouvements", list(_movements(sheet, today)),
                "Aucun mouvement : saisissez l'objectif initial (touche o)."),
        Section("Années", list(_years(sheet, today))),
        Section("Dates", list(_dates(sheet))),
        Section("Groupement", list(_group(sheet.group)) if sheet.group is not None else []),
        Section("Cibles", list(_targets(case)), "Aucune cible. Touche v pour en ajouter une."),
    ]  # fmt: skip


def _facts(sheet: "ObligationSheet") -> Iterator[SheetLine]:
    case = sheet.case
    row, own = case.row, case.obligation
    lot = f"lot {row.lot_number}" if row.lot_number not in ("", "0") else ""
    state = f"close le {day(row.closed_on)}" if row.closed_on else ""
    yield SheetLine(joined([lot, row.lot_title, row.company_name, state]), "", "obligation", own)
    yield SheetLine(formula_sentence(case.owing.formula), "", "formula", own)
    if case.owing.missing:
        label = label_of(choices.OwedFormula, sheet.about.formula).lower()
        text = french(f"Formule « {label} » incomplète : il manque {case.owing.missing} (touche f)")
        yield SheetLine(text, "", "formula", own, "alerte")
    due = "à saisir (o)" if case.due is None else format_hours(case.due)
    yield SheetLine("Dues aujourd'hui", due, "obligation", own,
                    "alerte" if case.due is None else "total")  # fmt: skip
    coming = "inconnu" if case.coming is None else format_hours(case.coming)
    yield SheetLine("À venir si tout est exécuté", coming, "obligation", own)
    done = [
        f"validées {compact(case.totals.validated)}",
        f"à valider {compact(case.totals.pending)}" if case.totals.pending else "",
        f"refusées {compact(case.totals.refused)}" if case.totals.refused else "",
    ]
    yield SheetLine(f"Faites, dont {joined(done)}", format_hours(case.acquired), "obligation", own)


def _pace(case: "ObligationCase", today: date) -> Iterator[SheetLine]:
    own, schedule = case.obligation, case.owing.schedule(today)
    words = label_of(ScheduleKind, schedule.kind).lower()
    if schedule.calendar.spans:
        words += f", sans activité : {idle_spans_text(schedule.calendar.spans)}"
    if schedule.steps:
        words += f" : {steps_text(schedule.steps)}"
    expected = "" if case.expected is None else format_hours(case.expected)
    yield SheetLine(french(f"Attendues à ce jour ({words})"), expected or "inconnu",
                    "schedule", own, "" if expected else "muted")  # fmt: skip
    gap = case.gap
    if gap is None:
        reason = "le démarrage (d)" if case.start is None else "la fin (d) ou l'objectif (o)"
        yield SheetLine(f"Le rythme attend {reason}", "", "obligation", own, "alerte")
    elif gap > 0:
        yield SheetLine("Retard sur le rythme", format_hours(gap), "obligation", own, "alerte")
    else:
        yield SheetLine("Avance sur le rythme", format_hours(Hours(-gap)), "obligation", own)
    found = case.catch_up
    if found is not None and found.to_do:
        needed = "aucun mois restant"
        if found.monthly_needed is not None:
            needed = format_hours(found.monthly_needed)
        yield SheetLine("À faire chaque mois d'ici la fin", needed, "obligation", own)


def _help(case: "ObligationCase") -> Iterator[SheetLine]:
    own, found, situation = case.obligation, case.catch_up, case.situation
    if found is None or situation is None:
        yield SheetLine("Inconnu tant que la fin ou l'objectif manque", tone="muted")
        return
    yield SheetLine(found.sentence, "", "obligation", own, _TONES[found.outlook])
    if found.outlook is Outlook.DONE:
        return
    people = plural(case.people, "personne présente", "personnes présentes")
    yield SheetLine(f"Possible avec {people} ou à venir", format_hours(found.present),
                    "obligation", own)  # fmt: skip
    for count in FULL_TIMERS:
        yield limit_line(catch_up(situation._replace(full_timers=count)), own)
    alone = limit_text(found.last_day_alone)
    text = "Sans les personnes présentes, 1 temps plein"
    yield SheetLine(text, alone, "obligation", own, "muted")


def limit_line(found: CatchUp, own: int = 0) -> SheetLine:
    """The last day on which some full-timers still make up what is missing."""
    with_them = plural(found.full_timers, "temps plein", "temps pleins")
    text = f"Date limite de rattrapage avec {with_them}"
    return SheetLine(text, limit_text(found.last_day), "obligation", own, _TONES[found.outlook])


def limit_text(limit: date | None) -> str:
    """A last day to catch up, or that there was none."""
    return "trop tard" if limit is None else format_date(limit)


def _movements(sheet: "ObligationSheet", today: date) -> Iterator[SheetLine]:
    for item in sheet.case.owing.brought(today):
        if item.movement is None:
            worked = _worked_term(sheet, item)
            yield SheetLine(item.label, _brings(item), "term" if worked else "formula",
                            worked or sheet.case.obligation)  # fmt: skip
            continue
        row = sheet.history[item.movement]
        amount = "" if row.amount_cents is None else format_money(Money(row.amount_cents))
        state = "" if item.event.firm else "ferme, à venir" if row.firm else "prévisionnel"
        text = joined([f"{day(row.date)} {label_of(choices.ObligationEventKind, row.kind)}",
                       state, amount, row.reason])  # fmt: skip
        yield SheetLine(text, _brings(item), "obligation_event", row.event,
                        "" if item.event.firm else "muted")  # fmt: skip


def _worked_term(sheet: "ObligationSheet", item: Brought) -> int:
    """The term behind a figure of hours worked."""
    on = item.event.last.isoformat() if item.event.last is not None else ""
    return next((term.term for term in sheet.terms
                 if term.code == FormulaTerm.WORKED and term.valid_from == on), 0)  # fmt: skip


def _brings(item: Brought) -> str:
    hours = item.event.hours
    if hours is None:
        return "selon facture" if item.movement is not None else ""
    return ("+" if hours > 0 else "") + format_hours(hours)


def _years(sheet: "ObligationSheet", today: date) -> Iterator[SheetLine]:
    for year in sheet.years:
        begun = year.first <= today
        text = joined([
            f"Année {year.number}, du {format_date(year.first)} au {format_date(year.last)}",
            f"faites {compact(year.done)}" if begun else "à venir",
            f"manque {compact(year.missing)}" if begun and year.missing else "",
            f"report {compact(year.carried_in)}" if year.carried_in and begun else "",
        ])  # fmt: skip
        late = bool(year.missing) and year.last < today
        yield SheetLine(text, format_hours(year.volume), "formula", sheet.case.obligation,
                        "alerte" if late else "")  # fmt: skip


def _dates(sheet: "ObligationSheet") -> Iterator[SheetLine]:
    case = sheet.case
    own, written = case.obligation, case.owing.end
    start = "à saisir (d)" if case.start is None else format_date(case.start)
    yield SheetLine("Démarrage sur site", start, "obligation", own,
                    "alerte" if case.start is None else "")  # fmt: skip
    whose = "de l'obligation" if case.row.end else "du marché"
    end = "à saisir (d)" if written is None else format_date(written)
    yield SheetLine(f"Fin {whose}, telle qu'écrite", end, "obligation", own)
    for order in sheet.orders:
        longer = f"{order.months} mois" if order.months else ""
        kind = label_of(choices.ContractEventKind, order.kind)
        text = joined([f"{day(order.date)} {kind}", longer, order.reason])
        yield SheetLine(text, "", "contract_event", order.event)
    if case.stopped_since is not None:
        text = f"Arrêté depuis le {format_date(case.stopped_since)} : la fin recule chaque jour"
        yield SheetLine(french(text), "", "obligation", own, "alerte")
    if case.end is not None and case.end != written:
        yield SheetLine("Fin en vigueur", format_date(case.end), "obligation", own, "total")


def _group(group: "Group") -> Iterator[SheetLine]:
    if group.account is None:
        yield SheetLine(group.fault, tone="alerte")
        return
    account = group.account
    own = {member.company: member.obligation for member in group.members}
    for member in account.members:
        yield SheetLine(_member(group, member), format_hours(member.owed) if member.company in own
                        else "", "mate" if member.company in own else "",
                        own.get(member.company, 0))  # fmt: skip
    for line in group.work:
        if line.worked_by != line.counted_for:
            text = f"{_name(group, line.worked_by)} a fait pour {_name(group, line.counted_for)}"
            yield SheetLine("  " + text, format_hours(line.hours))
    missing = f"Ensemble : manque {format_hours(account.missing)}"
    if not account.missing:
        missing = "Ensemble : tout est fait"
    yield SheetLine(french(missing), format_hours(account.owed), tone="total")
    for move in group.proposed:
        yield SheetLine(_proposal(group, move), format_hours(move.hours), tone="muted")


def _member(group: "Group", member: "MemberAccount") -> str:
    role = "mandataire" if member.company == group.lead else ""
    return joined([
        _name(group, member.company),
        role,
        f"faites {compact(member.done)}" if member.done else "",
        f"manque {compact(member.missing)}" if member.missing else "",
        f"surplus {compact(member.surplus)}" if member.surplus and member.owed else "",
        f"reçues {compact(member.received)}" if member.received else "",
        f"cédées {compact(member.given)}" if member.given else "",
        "" if member.owed else "ne doit rien, a travaillé pour le groupement",
    ])  # fmt: skip


def _proposal(group: "Group", move: "Transfer") -> str:
    giver, receiver = _name(group, move.giver), _name(group, move.receiver)
    return french(f"Proposition : {receiver} reprendrait des heures de {giver} (touche t)")


def _name(group: "Group", company: int) -> str:
    return group.names.get(company, "entreprise retirée")


def _targets(case: "ObligationCase") -> Iterator[SheetLine]:
    for row, reading in zip(case.target_rows, case.targets, strict=True):
        tone = {TargetState.MISSING: "alerte", TargetState.UNKNOWN: "muted"}.get(reading.state, "")
        yield SheetLine(reading.sentence, "", "target", row.target, tone)
