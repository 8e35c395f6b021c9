"""People in insertion: identity, eligibility, work contracts, placements, hours."""

from typing import Any, ClassVar

from sqlalchemy import Column, ForeignKey, Integer
from sqlmodel import Field, SQLModel

from suivi_tui.model import columns as column
from suivi_tui.model.columns import Row


class Participant(Row, table=True):
    """The person in insertion, counted once whatever the contracts."""

    reference: str = column.words()
    last: str = column.words()
    first: str = column.words()
    birth: str | None = column.optional_words()
    sex: str = column.words()
    postcode: str = column.words()
    commune: str = column.words()
    phone: str = column.words()
    mail: str = column.words()
    education: str = column.words()
    situation: str = column.words()
    entered_scheme_on: str | None = column.optional_words()
    prescriber: str = column.words()
    legal_hold: int = column.number()
    last_contact: str | None = column.optional_words()


class Eligibility(Row, table=True):
    """A criterion claimed, its proof and date, the decision; rank 1 is the main one."""

    participant: int = column.reference("participant")
    rank: int = column.number(1)
    criterion: str = column.words()
    proof: str = column.words()
    proof_on: str | None = column.optional_words()
    decision: str = column.words()
    decided_on: str | None = column.optional_words()
    ends_on: str | None = column.optional_words()
    rule_set: str = column.words()


class WorkContract(Row, table=True):
    """A work contract, and what was true of the person at hiring (QPV, level, situation).

    The last three days are those of its pieces: contract, proof of eligibility received, and
    eligibility notice sent to the company.
    """

    __tablename__ = "work_contract"

    participant: int = column.reference("participant")
    employer: int | None = column.reference("company", optional=True)
    structure_kind: str = column.words()
    mode: str = column.words()
    type: str = column.words()
    post: str = column.words()
    rome: str = column.words()
    start: str | None = column.optional_words()
    end: str | None = column.optional_words()
    weekly_hours: int | None = column.optional_number()
    qpv: str = column.words()
    qpv_code: str = column.words()
    education: str = column.words()
    situation: str = column.words()
    contract_received_on: str | None = column.optional_words()
    proof_received_on: str | None = column.optional_words()
    notice_sent_on: str | None = column.optional_words()


class Placement(Row, table=True):
    """One work contract serving one obligation."""

    work_contract: int = column.reference("work_contract")
    obligation: int = column.reference("obligation")
    start: str | None = column.optional_words()
    end: str | None = column.optional_words()


class Statement(Row, table=True):
    """What a company or structure declared for one obligation and one month."""

    obligation: int = column.reference("obligation")
    sender: int | None = column.reference("company", optional=True)
    month: int = column.number()
    status: str = column.words()
    received_on: str | None = column.optional_words()
    reference: str = column.words()
    reopened_reason: str = column.words()


def _key(table: str | None) -> Any:
    foreign = [ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")] if table else []
    return Field(sa_column=Column(Integer, *foreign, primary_key=True, nullable=False))


class HourEntry(SQLModel, table=True):
    """One placement, one month, one kind: hours declared, and validated or not (null: pending).

    ``spread`` is 1 for hours estimated from a total over several months; ``corrects`` is the
    month that negative hours take back, null while that is not said.
    """

    __tablename__ = "hour_entry"
    __table_args__: ClassVar[Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}

    obligation: int = _key("obligation")
    month: int = _key(None)
    placement: int = _key("placement")
    kind: int = _key(None)
    declared: int = column.number()
    validated: int | None = column.optional_number()
    refusal_reason: str = column.words()
    comment: str = column.words()
    statement: int | None = column.reference("statement", optional=True)
    reference: str = column.words()
    spread: int = column.number()
    corrects: int | None = column.optional_number()
    removed: int = column.number()
