"""The penalty desk of one obligation, and the cases of all contracts (domain.md 6.2 to 6.4).

The facts come from the base, or from what somebody typed in their place; the amount comes from
``rules.penalties``. Nothing is decided here: the buyer decides.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from suivi_tui.readings.penalty_basis import DECIDED, Case, TypedFacts, case_of
from suivi_tui.readings.penalty_facts import (
    Finding,
    Notice,
    findings,
    latest_notice,
    with_notice,
)
from suivi_tui.reference.loader import thresholds
from suivi_tui.reference.penalties import PenaltyReference, penalty_reference
from suivi_tui.rules.penalties import (
    BreachFacts,
    CapBases,
    Penalty,
    PenaltyTerm,
    proposed_penalty,
)
from suivi_tui.rules.penalty_terms import (
    PENALTY_TERM,
    PenaltyClauses,
    WrittenIndex,
    WrittenPenalty,
    penalty_clauses,
    resolved,
)
from suivi_tui.store.queries import obligations, penalties, terms
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import ObligationRow
from suivi_tui.store.queries.penalties import (
    Amounts,
    EffortRow,
    ListedCase,
    NeedRow,
    NoticeRow,
    ProposalRow,
)
from suivi_tui.store.queries.terms import TermRow
from suivi_tui.vocabulary.choices.penalties import Breach, DayCount, PenaltyKind
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.numbers import plural
from suivi_tui.vocabulary.typography import french

_YEARS: Final = 30
MOST_CASES: Final = 2_000


@dataclass(frozen=True, slots=True)
class PenaltyFile:
    """Everything the desk shows of one obligation on a day."""

    row: ObligationRow
    on: date
    clauses: PenaltyClauses
    terms: tuple[TermRow, ...]
    reference: PenaltyReference
    amounts: Amounts
    bases: CapBases
    findings: Mapping[Breach, Finding]
    typed: TypedFacts
    notice: Notice | None
    notices: tuple[NoticeRow, ...]
    penalty: Penalty
    waiting: tuple[WrittenPenalty, ...]
    cases: tuple[Case, ...]
    exchanges: tuple[EffortRow, ...]
    needs: tuple[NeedRow, ...]
    proposals: tuple[ProposalRow, ...]

    @property
    def counted(self) -> tuple[BreachFacts, ...]:
        """The facts of the breaches that the contract sanctions."""
        sanctioned = {written.breach for written in self.clauses.penalties}
        return tuple(
            item.facts
            for breach, item in self.findings.items()
            if breach in sanctioned and item.facts is not None
        )

    @property
    def unnoticed(self) -> tuple[Breach, ...]:
        """The breaches that happened and wait for a formal notice."""
        asking = {
            written.breach for written in self.clauses.penalties if written.count_from.needs_notice
        }
        return tuple(
            facts.breach
            for facts in self.counted
            if facts.breach in asking and facts.notice_on is None
        )

    @property
    def own_cases(self) -> tuple[Case, ...]:
        """The cases of this obligation; ``cases`` also has those of the same lot."""
        return tuple(case for case in self.cases if case.row.obligation == self.row.obligation)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What makes the amount unsure, one French sentence each."""
        return tuple(_warnings(self))


def read_penalty_file(
    connection: Connection,
    obligation: int,
    on: date,
    typed: TypedFacts | None = None,
    user_file: Path | None = None,
) -> PenaltyFile | None:
    """The desk of an obligation; None when it is no longer there. Raises ReferenceRefused."""
    row = obligations.one(connection, obligation)
    if row is None:
        return None
    typed = typed or TypedFacts()
    stored = terms.of_contracts(connection, [row.contract]).get(row.contract, [])
    clauses = penalty_clauses([term.line for term in stored], row.lot, on)
    reference = penalty_reference(on, user_file)
    noticed = penalties.notices(connection, obligation, row.contract)
    notice = latest_notice(noticed, on)
    found = findings(connection, row, on, thresholds(user_file), notice)
    for breach, facts in typed.breaches.items():
        told = "saisi ici" if facts is not None else "écarté ici"
        found[breach] = Finding(breach, facts, told, typed=True)
    if typed.means_proven:
        found = {breach: _proven(item) for breach, item in found.items()}
    cases = tuple(case_of(case) for case in penalties.of_lot(connection, row.lot))
    amounts = penalties.amounts(connection, row.lot)
    bases = _bases(clauses, amounts, cases)
    computed = resolved(clauses, reference.usable)
    facts_counted = [item.facts for item in found.values() if item.facts is not None]
    penalty = proposed_penalty(
        computed.terms,
        facts_counted,
        on,
        clauses.caps,
        bases,
        _holidays(computed.terms, facts_counted, on, clauses.department),
    )
    asked = penalties.needs(connection, row.company, obligation)
    return PenaltyFile(
        row=row,
        on=on,
        clauses=clauses,
        terms=tuple(
            term
            for term in stored
            if term.code.startswith(PENALTY_TERM) and term.lot in (None, row.lot)
        ),
        reference=reference,
        amounts=amounts,
        bases=bases,
        findings=found,
        typed=typed,
        notice=notice,
        notices=tuple(noticed),
        penalty=penalty,
        waiting=computed.waiting,
        cases=cases,
        exchanges=tuple(penalties.exchanges(connection, obligation, row.contract, row.company)),
        needs=tuple(asked),
        proposals=tuple(penalties.proposals(connection, [need.need for need in asked])),
    )


def proposed_facts(file: PenaltyFile, breach: Breach) -> BreachFacts:
    """What a form about a breach begins with: what is known of it, or what is likely."""
    known = file.findings[breach].facts
    if known is not None:
        return known
    facts = with_notice(BreachFacts(breach), file.notice)
    if breach is Breach.PROOFS:
        late = file.findings[Breach.STATEMENT].facts
        return facts if late is None else facts._replace(due_on=late.due_on)
    if breach in (Breach.FINAL_REPORT, Breach.HOURS):
        return facts._replace(due_on=file.row.last_day)
    return facts


def _proven(item: Finding) -> Finding:
    if item.facts is None:
        return item
    return item._replace(facts=item.facts._replace(means_proven=True))


def _bases(clauses: PenaltyClauses, amounts: Amounts, cases: Sequence[Case]) -> CapBases:
    """The amounts of caps: what the terms say, else the lot, else a contract of one lot."""
    contract = clauses.contract_amount
    if contract is None:
        whole = amounts.lot if amounts.lot is not None or amounts.lots > 1 else amounts.contract
        contract = None if whole is None else Money(whole)
    already: Counter[PenaltyKind] = Counter()
    for case in cases:
        already.update(case.retained_by_kind if case.retained else {})
    counted = {kind: Money(cents) for kind, cents in already.items()}
    return CapBases(contract, clauses.yearly_amount, counted)


def _holidays(
    computed: Sequence[PenaltyTerm], facts: Sequence[BreachFacts], on: date, department: str
) -> frozenset[date]:
    """The public holidays of the days that may count; none when every day counts."""
    if all(term.counting is DayCount.CALENDAR for term in computed):
        return frozenset()
    from suivi_tui.reference.public_holidays import public_holidays

    days = [day for item in facts for day in (item.due_on, item.notice_on) if day is not None]
    # A mistyped year must not ask for the holidays of two thousand years.
    first = max(min((day.year for day in days), default=on.year), on.year - _YEARS)
    return public_holidays(min(first, on.year), on.year, department)


def _warnings(file: PenaltyFile) -> list[str]:
    told: list[str] = []
    if not file.clauses.penalties:
        told.append("Aucune pénalité n'est saisie pour ce marché : rien ne peut être proposé.")
    for item in file.clauses.unread:
        told.append(f"« {item.code} : {item.text} » n'est pas compris, et n'est donc pas compté.")
    for written in file.waiting:
        told.append(_waiting(file, written))
    told += [sentence for written in file.clauses.penalties
             if (sentence := _other_value(file, written))]  # fmt: skip
    if file.unnoticed:
        breaches = ", ".join(breach.label for breach in file.unnoticed)
        told.append(f"Aucune mise en demeure pour : {breaches}. Rien n'est compté avant elle.")
    prepared = sum(1 for row in file.notices if not row.sent)
    if prepared and file.notice is None:
        letters = plural(prepared, "projet préparé", "projets préparés")
        told.append(f"Mise en demeure : {letters}, dont l'envoi n'est pas daté.")
    counted = [case for case in file.own_cases if case.row.decision in DECIDED]
    if counted:
        decided = plural(len(counted), "dossier déjà décidé", "dossiers déjà décidés")
        told.append(
            f"{decided} sur cette obligation : vérifiez qu'aucune heure ni aucun jour ne soit "
            "compté deux fois."
        )
    return [french(sentence) for sentence in told]


def _waiting(file: PenaltyFile, written: WrittenPenalty) -> str:
    assert isinstance(written.rate, WrittenIndex)
    name = written.rate.name
    label = name.label if name.label.isupper() else name.label[0].lower() + name.label[1:]
    value = file.reference.value_of(name)
    told = f"{written.breach.label} : la valeur de l'indice ({label}) reste à retenir"
    if value is None:
        return f"{told}. Rien n'est compté d'ici là."
    return (
        f"{told} ; {format_money(value.amount)} proposés ({value.confidence.label}, "
        f"{value.source}). Rien n'est compté d'ici là."
    )


def _other_value(file: PenaltyFile, written: WrittenPenalty) -> str:
    """That the value kept for an index is not the one of reference data, on that day."""
    if not isinstance(written.rate, WrittenIndex) or written.rate.value is None:
        return ""
    value = file.reference.value_of(written.rate.name)
    if value is None or value.amount == written.rate.value:
        return ""
    return (
        f"{written.breach.label} : la valeur retenue est {format_money(written.rate.value)}, "
        f"la référence propose {format_money(value.amount)} ({value.confidence.label})."
    )


def waiting_case(connection: Connection, obligation: int) -> Case | None:
    """The latest case of an obligation that the buyer has not decided."""
    row = obligations.one(connection, obligation)
    found = penalties.of_lot(connection, row.lot) if row is not None else []
    cases = (case_of(case) for case in found if case.obligation == obligation)
    return next((case for case in cases if case.retained is None), None)


class Cases(NamedTuple):
    """The cases of all contracts; amounts in cents: waiting for a decision, kept by buyers."""

    listed: tuple[tuple[ListedCase, Case], ...]
    waiting: Money
    kept: Money


def read_cases(connection: Connection) -> Cases:
    """The cases of all contracts, those that wait for a decision first."""
    rows = penalties.every_case(connection, MOST_CASES)
    listed = tuple((row, case_of(row.case)) for row in rows)
    undecided = [case for _, case in listed if case.retained is None]
    return Cases(
        listed,
        Money(sum(case.row.amount_cents or 0 for case in undecided)),
        Money(sum(case.retained or 0 for _, case in listed)),
    )
