"""Public contracts, their lots, the companies on them and what was owed."""

from suivi_tui.model import columns as column
from suivi_tui.model.columns import Row


class Contract(Row, table=True):
    """A public contract, from the planned purchase to its closing.

    ``taken_up`` is 0 for a contract known from open data that nobody follows yet. Of a planned
    purchase, ``asked_on`` is the day the buyer asked, ``answer_due`` the day the facilitator's
    answer is awaited and ``answered_on`` that it was given; ``renews`` is the contract that it
    follows. ``duration_months`` is what was planned at notification, ``labour_share`` hundredths
    of a percent of the amount; ``ended_on`` and ``final_amount_cents`` are those of the closing.
    """

    buyer: int = column.reference("buyer")
    operation: int | None = column.reference("operation", optional=True)
    number: str = column.words()
    object: str = column.words()
    clause_form: str = column.words()
    category: str = column.words()
    nature: str = column.words()
    procedure: str = column.words()
    cpv: str = column.words()
    sector: str = column.words()
    amount_cents: int | None = column.optional_number()
    place: str = column.words()
    notice_sent_on: str | None = column.optional_words()
    notified_on: str | None = column.optional_words()
    start: str | None = column.optional_words()
    end: str | None = column.optional_words()
    stage: str = column.words()
    taken_up: int = column.number(1)
    facilitator: str = column.words()
    answer_due: str | None = column.optional_words()
    closed_on: str | None = column.optional_words()
    asked_on: str | None = column.optional_words()
    answered_on: str | None = column.optional_words()
    planned_on: str | None = column.optional_words()
    duration_months: int | None = column.optional_number()
    labour_share: int | None = column.optional_number()
    renews: int | None = column.reference("contract", optional=True)
    ended_on: str | None = column.optional_words()
    final_amount_cents: int | None = column.optional_number()


class Lot(Row, table=True):
    """Part of a contract; a contract without lots has one, number ``0``.

    ``labour_share`` is hundredths of a percent of its amount, null when the reference decides.
    """

    contract: int = column.reference("contract")
    number: str = column.words()
    title: str = column.words()
    cpv: str = column.words()
    amount_cents: int | None = column.optional_number()
    trade: str = column.words()
    labour_share: int | None = column.optional_number()


class ContractEvent(Row, table=True):
    """An amendment, extension, stop or restart order: amounts and dates that moved."""

    __tablename__ = "contract_event"

    contract: int = column.reference("contract")
    lot: int | None = column.reference("lot", optional=True)
    date: str = column.words()
    kind: str = column.words()
    amount_cents: int | None = column.optional_number()
    months: int | None = column.optional_number()
    reason: str = column.words()


class LotCompany(Row, table=True):
    """A company on a lot; ``share_hours`` of a subcontractor is entrusted, never owed."""

    __tablename__ = "lot_company"

    lot: int = column.reference("lot")
    company: int = column.reference("company")
    role: str = column.words()
    parent: int | None = column.reference("lot_company", optional=True)
    share_hours: int | None = column.optional_number()


class Term(Row, table=True):
    """A term of one contract or lot that overrides reference data."""

    contract: int = column.reference("contract")
    lot: int | None = column.reference("lot", optional=True)
    code: str = column.words()
    value: str = column.words()
    valid_from: str | None = column.optional_words()


class Obligation(Row, table=True):
    """What one holder owes on one lot; ``start`` is the start on site."""

    lot: int = column.reference("lot")
    company: int = column.reference("company")
    start: str | None = column.optional_words()
    end: str | None = column.optional_words()
    formula: str = column.words()
    schedule: str = column.words()
    closed_on: str | None = column.optional_words()
    outcome: str | None = column.optional_words()


class ObligationEvent(Row, table=True):
    """What moves the hours owed: initial volume, amendment, order; ``firm`` is 0 when planned."""

    __tablename__ = "obligation_event"

    obligation: int = column.reference("obligation")
    date: str = column.words()
    kind: str = column.words()
    hours: int | None = column.optional_number()
    amount_cents: int | None = column.optional_number()
    firm: int = column.number(1)
    counterpart: int | None = column.reference("obligation", optional=True)
    contract_event: int | None = column.reference("contract_event", optional=True)
    reason: str = column.words()


class RecordSeen(Row, table=True):
    """The fingerprint of a record of open data already read, and the row it made."""

    __tablename__ = "record_seen"

    source_key: str = column.words()
    fingerprint: str = column.words()
    row: str = column.words()
    published_on: str | None = column.optional_words()
