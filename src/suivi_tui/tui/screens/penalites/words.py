"""How the penalty desk says things: clauses, facts, cases, what the company did."""

from typing import TYPE_CHECKING, Final

from suivi_tui.rules.penalties import BreachFacts, Cap, format_decimal
from suivi_tui.rules.penalty_terms import (
    CAP_TERM,
    CONTRACT_AMOUNT,
    DAYS,
    HOLIDAYS,
    MEANS,
    NONE,
    PLACES,
    STARTS,
    YEARLY_AMOUNT,
    WrittenIndex,
    WrittenPenalty,
    read_amount,
    read_cap,
    read_penalty,
)
from suivi_tui.tui.screens.shared.texts import day, joined
from suivi_tui.vocabulary.choices import (
    FollowUpKind,
    PenaltyDecision,
    Prescriber,
    ProposalAnswer,
    ProposalReason,
    label_of,
)
from suivi_tui.vocabulary.choices.penalties import Breach, CapBasis, PenaltyKind
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import format_hours
from suivi_tui.vocabulary.money import format_money
from suivi_tui.vocabulary.numbers import format_percent, plural
from suivi_tui.vocabulary.typography import french

if TYPE_CHECKING:
    from suivi_tui.readings.penalty_basis import Case
    from suivi_tui.readings.penalty_facts import Finding
    from suivi_tui.store.queries.penalties import EffortRow, NeedRow, NoticeRow, ProposalRow

DECIDES: Final = "Le calcul propose, l'acheteur décide."
_FOR: Final = {
    PenaltyKind.PER_HOUR: "par heure manquante",
    PenaltyKind.PER_DAY: "par jour",
    PenaltyKind.FLAT: "à chaque fois",
}
_ABOUT: Final = {"obligation": "", "contract": "marché", "company": "entreprise"}


def penalty_words(written: WrittenPenalty) -> str:
    """``60 € par heure manquante, dès l'échéance``."""
    rate = written.rate
    if isinstance(rate, WrittenIndex):
        value = "à retenir" if rate.value is None else format_money(rate.value)
        amount = f"{format_decimal(rate.coefficient)} × {rate.name.label} ({value})"
    else:
        amount = format_money(rate)
    counted = DAYS[written.counting] if written.kind is PenaltyKind.PER_DAY else ""
    spared = MEANS if written.waived_if_means_proven else ""
    parts = [f"{amount} {_FOR[written.kind]}", counted, STARTS[written.count_from], spared]
    return french(joined(parts, ", "))


def cap_words(cap: Cap) -> str:
    """``20 % du montant annuel``."""
    if cap.basis is CapBasis.ABSOLUTE:
        amount = format_money(cap.amount)
    else:
        what = "du montant annuel" if cap.basis is CapBasis.YEARLY_AMOUNT else "du montant"
        amount = f"{format_percent(cap.share, 2)} {what}"
    if not cap.covers:
        return f"{amount}, toutes pénalités"
    return f"{amount}, {' et '.join(kind.label.lower() for kind in cap.covers)}"


def term_words(code: str, value: str) -> str:
    """A stored term about penalties; as it is stored when this release cannot read it."""
    if code in (CONTRACT_AMOUNT, YEARLY_AMOUNT):
        amount = read_amount(value)
        what = "annuel" if code == YEARLY_AMOUNT else "retenu"
        return f"{code} : {value}" if amount is None else (
            f"Montant {what} pour les plafonds : {format_money(amount)}"
        )  # fmt: skip
    if code == HOLIDAYS:
        return f"Jours fériés : {PLACES.get(value, value)}"
    if code.startswith(CAP_TERM):
        cap = read_cap(code, value)
        return f"{code} : {value}" if cap is None else f"Plafond : {cap_words(cap)}"
    written, _ = read_penalty(code, value)
    if written is not None:
        return f"{written.breach.label} : {penalty_words(written)}"
    breach = Breach._value2member_map_.get(code.split("/")[1])
    if value == NONE and isinstance(breach, Breach):
        return f"{breach.label} : aucune pénalité"
    return f"{code} : {value}"


def fact_words(facts: BreachFacts) -> str:
    """Quantities and days of a breach: ``100,00 h, attendu le 31/03/2026``."""
    times = plural(facts.occurrences, "fois", "fois") if facts.occurrences != 1 else ""
    by_hour = facts.breach is Breach.HOURS
    due = "" if facts.due_on is None else format_date(facts.due_on)
    parts = [
        format_hours(facts.missing) if facts.missing or by_hour else "",
        times,
        due and (f"fin le {due}" if by_hour else f"attendu le {due}"),
        "" if facts.received_on is None else f"reçu le {format_date(facts.received_on)}",
        "" if facts.notice_on is None else f"mise en demeure du {format_date(facts.notice_on)}",
    ]
    return joined(parts, ", ")


def finding_words(finding: "Finding") -> str:
    """What happened for a breach, and where that comes from."""
    facts = fact_words(finding.facts) if finding.facts is not None else ""
    return f"{finding.breach.label} : {joined([facts, finding.told], ', ')}"


def notice_words(row: "NoticeRow") -> str:
    """A formal notice that was filed."""
    if not row.sent:
        return f"Projet de mise en demeure du {day(row.date)}, envoi non daté"
    left = f"délai jusqu'au {day(row.due)}" if row.due else ""
    return joined([f"Mise en demeure du {day(row.date)}", left, row.text])


def exchange_words(row: "EffortRow") -> str:
    """A call, a mail, a meeting."""
    kind = label_of(FollowUpKind, row.kind)
    return joined([f"{day(row.date)} {kind}", _ABOUT.get(row.entity, ""), row.text])


def need_words(row: "NeedRow") -> str:
    """What the company asked for."""
    posts = plural(row.number, "poste", "postes")
    asked = f"demandé le {day(row.asked_on)}" if row.asked_on else ""
    closed = f"clos le {day(row.closed_on)}" if row.closed_on else ""
    return joined([f"Besoin : {row.post}", posts, asked, closed])


def proposal_words(row: "ProposalRow") -> str:
    """What became of a person proposed; nobody is named."""
    who = f"1 personne proposée le {day(row.proposed_on)}" if row.proposed_on else (
        "1 personne proposée"
    )  # fmt: skip
    by = f"par {label_of(Prescriber, row.prescriber)}" if row.prescriber else ""
    answer = label_of(ProposalAnswer, row.answer)
    reason = label_of(ProposalReason, row.reason).lower() if row.reason else ""
    return "  " + joined([joined([who, by], " "), answer, reason])


def breaches_words(kind: str) -> str:
    """The breaches of a case: their labels."""
    return joined([label_of(Breach, code.strip()) for code in kind.split(",") if code.strip()],
                  ", ")  # fmt: skip


def decision_words(case: "Case") -> str:
    """What the buyer decided of a case, and when."""
    decision = label_of(PenaltyDecision, case.row.decision, "Proposée à l'acheteur")
    decided = f"le {day(case.row.decided_on)}" if case.row.decided_on else ""
    return joined([decision, decided], " ")


def case_words(case: "Case") -> str:
    """A case on one line."""
    on = f"au {format_date(case.basis.on)}" if case.basis.on else ""
    proposed = case.basis.proposed
    changed = proposed is not None and proposed != case.row.amount_cents
    was = f"{format_money(proposed)} proposés" if changed and proposed is not None else ""
    return joined(
        [joined([decision_words(case), on and f"(calcul {on})"], " "), was, case.basis.comment]
    )
