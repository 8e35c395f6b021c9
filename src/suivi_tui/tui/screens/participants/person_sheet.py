"""What the sheet of a person says, line by line."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from suivi_tui.rules.hire_papers import missing_papers
from suivi_tui.tui.screens.besoins.words import answer_tone, answer_words, proposal_words
from suivi_tui.tui.screens.participants.outcomes import outcome_lines
from suivi_tui.tui.screens.shared.follow_up_lines import follow_up_section
from suivi_tui.tui.screens.shared.papers import papers_line
from suivi_tui.tui.screens.shared.sheet import Section, SheetLine
from suivi_tui.tui.screens.shared.texts import day, hours, joined, month, period, said
from suivi_tui.vocabulary import choices
from suivi_tui.vocabulary.choices import Criterion, Decision, Proof, label_of
from suivi_tui.vocabulary.numbers import plural

if TYPE_CHECKING:
    from suivi_tui.readings.eligibility_clock import EligibilityClock
    from suivi_tui.readings.needs import ProposedFor
    from suivi_tui.readings.person import Person
    from suivi_tui.store.queries.people import (
        EligibilityRow,
        ParticipantSheet,
        PlacementRow,
        WorkContractRow,
    )


def person_name(sheet: "ParticipantSheet") -> str:
    """How the person is called."""
    fields = sheet.fields
    return f"{fields.last} {fields.first}".strip() or fields.reference or "Sans nom"


def sections_of(known: "Person", today: date) -> list[Section]:
    """The parts of the sheet."""
    sheet, clock = known.sheet, known.clock
    return [
        Section("Identité", _identity(sheet)),
        Section("Éligibilité", [SheetLine(clock_text(clock, today), tone=_clock_tone(clock)),
                                *map(_criterion, sheet.eligibilities)]),
        Section("Contrats", [line for work in sheet.work_contracts for line in _work(work, today)],
                "Aucun contrat de travail. Touche t pour en ajouter un."),
        Section("Parcours", list(outcome_lines(known.paths))),
        Section("Propositions", [_proposed(one) for one in known.proposed]),
        Section("Heures", list(_hours(sheet)),
                "Aucune heure. Elles se saisissent sur l'écran 2."),
        follow_up_section(sheet.follow_ups, today.isoformat()),
    ]  # fmt: skip


def _identity(sheet: "ParticipantSheet") -> list[SheetLine]:
    fields, row = sheet.fields, sheet.fields.participant
    texts = [
        joined(
            [
                person_name(sheet),
                f"né(e) le {day(fields.birth)}" if fields.birth else "",
                label_of(choices.Sex, fields.sex),
                fields.reference,
            ]
        ),
        joined([f"{fields.postcode} {fields.commune}".strip(), fields.phone, fields.mail]),
        joined(
            [
                label_of(choices.Education, fields.education),
                label_of(choices.Situation, fields.situation),
            ]
        ),
        joined(
            [
                said("Prescripteur", label_of(choices.Prescriber, fields.prescriber)),
                said("Entrée", day(fields.entered_scheme_on)),
                said("Dernier contact", day(fields.last_contact)),
            ]
        ),
    ]
    kept = [text for text in texts if text]
    return [SheetLine(text, "", "participant", row) for text in kept]


def clock_text(clock: "EligibilityClock | None", today: date) -> str:
    """Until when the hours of the person count, in a sentence."""
    if clock is None or not clock.windows:
        return "Ne compte pas : aucun critère validé. Touche c pour décider."
    if clock.current is None:
        last = clock.windows[-1]
        if last.start > today:
            return f"Comptera à partir du {day(last.start.isoformat())}"
        return f"Ne compte plus depuis le {day(last.end.isoformat())} : à réexaminer (c)."
    if clock.days_left is None:
        return "Compte, sans fin connue (premier contrat de travail à saisir)."
    left = plural(clock.days_left, "jour restant", "jours restants")
    return f"Compte jusqu'au {day(clock.current.end.isoformat())} ({left})"


def _clock_tone(clock: "EligibilityClock | None") -> str:
    return "ok" if clock is not None and clock.current is not None else "alerte"


def _criterion(row: "EligibilityRow") -> SheetLine:
    proof = label_of(Proof, row.proof)
    text = joined(
        [
            label_of(Criterion, row.criterion, "Critère à préciser"),
            "principal" if row.rank == 1 else "",
            f"{proof} du {day(row.proof_on)}"
            if proof and row.proof_on
            else proof or "justificatif manquant",
            said("fin", day(row.ends_on)),
        ]
    )
    decision = label_of(Decision, row.decision, "À décider")
    decided = joined([decision, day(row.decided_on)[:5]], " ")
    tone = "" if row.decision in (Decision.ACCEPTED.value, Decision.REFUSED.value) else "alerte"
    return SheetLine(text, decided, "eligibility", row.eligibility, tone)


def _work(work: "WorkContractRow", today: date) -> Iterator[SheetLine]:
    text = joined(
        [
            label_of(choices.EmploymentKind, work.type, "Contrat"),
            work.employer_name,
            period(work.start, work.end),
            work.post,
            label_of(choices.Mode, work.mode),
            label_of(choices.Residence, work.qpv),
        ]
    )
    weekly = f"{hours(work.weekly_hours)}/sem." if work.weekly_hours else ""
    yield SheetLine(text, weekly, "work_contract", work.work_contract)
    current = work.end is None or work.end >= today.isoformat()
    tone = "alerte" if current and missing_papers(work) else "muted"
    yield SheetLine(f"  {papers_line(work)}", "", "work_contract", work.work_contract, tone)
    for placement in work.placements:
        yield _placement(placement)


def _placement(row: "PlacementRow") -> SheetLine:
    lot = "" if row.lot_number in ("", "0") else f" lot {row.lot_number}"
    text = joined([f"{row.number or row.object}{lot}", row.company, period(row.start, row.end)])
    return SheetLine(f"  pour {text}", "", "placement", row.placement)


def _proposed(one: "ProposedFor") -> SheetLine:
    need, row = one.need, one.proposal
    about = joined([need.post, need.company_name])
    text = proposal_words(row, about)
    return SheetLine(text, answer_words(row), "proposal", row.proposal, answer_tone(row), need.need)


def _hours(sheet: "ParticipantSheet") -> Iterator[SheetLine]:
    if not sheet.months:
        return
    total = sheet.totals
    yield SheetLine(
        joined(
            [
                "En tout",
                said("validées", hours(total.validated)),
                said("à valider", hours(total.pending)) if total.pending else "",
                said("refusées", hours(total.refused)) if total.refused else "",
            ]
        ),
        hours(total.declared),
        tone="total",
    )
    where: dict[int, dict[str, None]] = {}
    for line in sheet.hours:
        where.setdefault(line.month, {})[f"{line.number} {line.company}".strip()] = None
    for number, totals in sheet.months:
        state = joined(
            [
                said("à valider", hours(totals.pending)) if totals.pending else "",
                said("refusées", hours(totals.refused)) if totals.refused else "",
            ]
        )
        text = joined([month(number), joined(where.get(number, ()), ", "), state])
        tone = "alerte" if totals.pending else ""
        yield SheetLine(text, hours(totals.declared), tone=tone)
