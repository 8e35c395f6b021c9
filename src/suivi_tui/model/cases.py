"""The case of an obligation: targets, people proposed, letters, penalties; and what was said of
alerts, outcomes and contracts without a clause."""

from suivi_tui.model import columns as column
from suivi_tui.model.columns import Row


class Target(Row, table=True):
    """What an obligation asks for beside hours; ``value`` is people, or hundredths of hours.

    With ``as_share`` 1 it is a share of all, in hundredths of a percent.
    """

    obligation: int = column.reference("obligation")
    kind: str = column.words()
    value: int = column.number()
    as_share: int = column.number()


class Need(Row, table=True):
    """Posts that a company looks to fill with people in insertion."""

    company: int = column.reference("company")
    obligation: int | None = column.reference("obligation", optional=True)
    post: str = column.words()
    number: int = column.number(1)
    asked_on: str | None = column.optional_words()
    wanted_on: str | None = column.optional_words()
    closed_on: str | None = column.optional_words()
    comment: str = column.words()


class Proposal(Row, table=True):
    """A person proposed for a need, by which prescriber, and what the company answered.

    Someone who is not in the base yet is known by initials alone.
    """

    need: int = column.reference("need")
    participant: int | None = column.reference("participant", optional=True)
    initials: str = column.words()
    prescriber: str = column.words()
    proposed_on: str | None = column.optional_words()
    answer: str = column.words()
    answered_on: str | None = column.optional_words()
    reason: str = column.words()


class Document(Row, table=True):
    """A letter or clause that was made: of what, from which template; never its content.

    ``variables`` (JSON) are the figures that the text of a clause holds, so that what is followed
    later can be held against them; empty for letters.
    """

    entity: str = column.words()
    subject: int = column.number()
    kind: str = column.words()
    template: str = column.words()
    version: str = column.words()
    sha256: str = column.words()
    made_on: str = column.words()
    sent_on: str | None = column.optional_words()
    variables: str = column.words()


class AlertMark(Row, table=True):
    """What was said of an alert: put off until a day, or acknowledged.

    ``subject`` names what the alert is about; ``measure`` is how grave its cause was then.
    """

    __tablename__ = "alert_mark"

    code: str = column.words()
    subject: str = column.words()
    state: str = column.words()
    until: str | None = column.optional_words()
    comment: str = column.words()
    measure: int = column.number()
    made_on: str = column.words()


class PenaltyCase(Row, table=True):
    """A penalty computed and proposed to the buyer, who decides; ``basis`` is JSON."""

    __tablename__ = "penalty_case"

    obligation: int = column.reference("obligation")
    kind: str = column.words()
    basis: str = column.words()
    notice_on: str | None = column.optional_words()
    notice_due: str | None = column.optional_words()
    amount_cents: int | None = column.optional_number()
    efforts: str = column.words()
    decision: str = column.words()
    decided_on: str | None = column.optional_words()


class Outcome(Row, table=True):
    """The situation of a person at one point of their path, one path a person and contract."""

    participant: int = column.reference("participant")
    path: int | None = column.reference("work_contract", optional=True)
    point: str = column.words()
    asked_on: str | None = column.optional_words()
    answered_on: str | None = column.optional_words()
    situation: str = column.words()


class Refusal(Row, table=True):
    """The written ground for which a contract has no social condition."""

    contract: int = column.reference("contract")
    ground: str = column.words()
    text: str = column.words()
    date: str | None = column.optional_words()
