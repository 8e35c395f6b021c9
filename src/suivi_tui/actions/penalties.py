"""What the penalty desk writes: the penalties of a contract, cases, what the buyer decided."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from suivi_tui import __version__
from suivi_tui.actions.records import FieldErrors, RecordGone, Saved, called, save_record
from suivi_tui.readings.penalties import PenaltyFile
from suivi_tui.readings.penalty_basis import basis_text, case_of, with_comment
from suivi_tui.rules.penalty_terms import (
    CAP_TERM,
    CONTRACT_AMOUNT,
    HOLIDAYS,
    NONE,
    PENALTY_TERM,
    PLACES,
    YEARLY_AMOUNT,
    read_amount,
    read_cap,
    read_penalty,
)
from suivi_tui.store.base import Base
from suivi_tui.store.drafts import drop_draft
from suivi_tui.store.journal import Change, Receipt, changed, created, removed, write
from suivi_tui.store.queries import entry, penalties
from suivi_tui.store.queries.terms import of_contracts
from suivi_tui.vocabulary.choices import PenaltyDecision
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean

DRAFT: Final = "penalites/bureau"
"""Where the facts typed on the desk wait, by obligation, until they are in a case."""

COMMENT_LIMIT: Final = 2_000


class NoPenalty(UserError):
    """There is nothing to propose: no penalty could be computed."""


def set_penalty_terms(
    base: Base, contract: int, lot: int | None, values: Mapping[str, str | None]
) -> Receipt:
    """Set penalties of a contract or of one of its lots, in one batch.

    ``values`` are by code (see ``rules.penalty_terms``); None takes a penalty away. Terms that
    are not named stay. Raises FieldErrors for what could not be read again, or RecordGone.
    """
    about = entry.record(base.connection, "contract", contract)
    part = entry.record(base.connection, "lot", lot) if lot is not None else {"contract": contract}
    if about is None or part is None or part["contract"] != contract:
        raise RecordGone
    wrong = [code for code, value in values.items() if value is not None and not _read(code, value)]
    if wrong:
        raise FieldErrors(dict.fromkeys(wrong, "valeur non comprise"))
    stored = [
        row for row in of_contracts(base.connection, [contract]).get(contract, ()) if row.lot == lot
    ]
    changes: list[Change] = []
    for code, value in values.items():
        rows = [row for row in stored if row.code == code]
        if value is not None and rows:
            kept = rows.pop()
            if kept.value != value:
                changes.append(changed("term", kept.term, "value", value))
            if kept.valid_from is not None:
                changes.append(changed("term", kept.term, "valid_from", None))
        elif value is not None:
            fields = {"contract": contract, "lot": lot, "code": code, "value": value}
            changes.append(created("term", base.new_id(), fields))
        changes += [removed("term", row.term) for row in rows]
    where = f" lot {part['number']}" if lot is not None else ""
    return write(base, changes, label=f"Pénalités{NBSP}: marché{called(about)}{where}")


def save_case(base: Base, file: PenaltyFile, case: int | None = None) -> Saved:
    """Save what the desk proposes as a case, or put it in a case that waits for a decision.

    The typed facts are in the case from then on: their draft is dropped. Raises NoPenalty when
    no breach that the contract sanctions is known, or RecordGone.
    """
    facts = file.counted
    if not facts:
        raise NoPenalty(
            "Rien à proposer : aucun manquement que ce marché sanctionne n'est constaté. Saisissez "
            "d'abord les constats ou les conditions."
        )
    notices = [item.notice_on for item in facts if item.notice_on is not None]
    deadlines = [item.notice_deadline for item in facts if item.notice_deadline is not None]
    terms = {term.code: term.value for term in sorted(file.terms, key=lambda term: bool(term.lot))}
    values = {
        "obligation": file.row.obligation,
        "kind": ", ".join(item.breach.value for item in facts),
        "notice_on": max(notices, default=None),
        "notice_due": max(deadlines, default=None),
        "amount_cents": file.penalty.amount,
        "efforts": file.typed.efforts,
        "decision": PenaltyDecision.PROPOSED.value,
        "decided_on": None,
    }
    basis = basis_text(file.penalty, facts, file.typed, file.on, terms, file.bases, __version__)
    saved = save_record(base, "penalty_case", case, {**values, "basis": basis})
    drop_draft(base, DRAFT, str(file.row.obligation))
    return saved


def record_decision(
    base: Base,
    case: int,
    decision: PenaltyDecision,
    decided_on: date | None,
    amount: Money | None = None,
    comment: str = "",
) -> Saved:
    """What the buyer decided of a case; back to « proposed » forgets it.

    A reduced penalty needs its ``amount``, below the one proposed; one that is applied keeps the
    amount proposed. Raises FieldErrors (decided_on, amount_cents) or RecordGone.
    """
    row = penalties.one(base.connection, case)
    if row is None:
        raise RecordGone
    known = case_of(row)
    proposed = known.basis.proposed
    if proposed is None:
        proposed = Money(row.amount_cents or 0)
    waits = decision is PenaltyDecision.PROPOSED
    faults: dict[str, str] = {}
    if not waits and decided_on is None:
        faults["decided_on"] = "à renseigner"
    if decision is PenaltyDecision.REDUCED and (amount is None or not 0 <= amount < proposed):
        faults["amount_cents"] = f"un montant inférieur à {format_money(proposed)} est attendu"
    if decision is not PenaltyDecision.REDUCED and amount not in (None, proposed):
        faults["amount_cents"] = "seule une pénalité réduite change de montant"
    if faults:
        raise FieldErrors(faults)
    reduced = decision is PenaltyDecision.REDUCED
    values = {
        "decision": decision.value,
        "decided_on": None if waits else decided_on,
        "amount_cents": amount if reduced else proposed,
        "basis": with_comment(row.basis, clean(comment, COMMENT_LIMIT)),
    }
    return save_record(base, "penalty_case", case, values)


def _read(code: str, value: str) -> bool:
    """Whether a term of penalties reads back, whole."""
    if not code.startswith(PENALTY_TERM):
        return False
    if code in (CONTRACT_AMOUNT, YEARLY_AMOUNT):
        return read_amount(value) is not None
    if code == HOLIDAYS:
        return value in PLACES
    if value == NONE:
        return True
    if code.startswith(CAP_TERM):
        return read_cap(code, value) is not None
    written, left = read_penalty(code, value)
    return written is not None and not left
