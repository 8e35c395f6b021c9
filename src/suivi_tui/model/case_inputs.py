"""What a form may put in the case of an obligation (see ``inputs``)."""

from typing import Annotated

from pydantic import Field

from suivi_tui.model.input_fields import (
    Cents,
    Day,
    Flag,
    Id,
    Input,
    Notes,
    Required,
    RequiredDay,
    Text,
    one_of,
)
from suivi_tui.vocabulary import choices

_MOST_POSTS = 1_000
_MOST_WANTED = 10**9


class TargetInput(Input):
    """A target beside hours; ``value`` is people, hundredths of hours, or of a percent."""

    obligation: Id
    kind: Annotated[str, one_of(choices.TargetKind)]
    value: Annotated[int, Field(ge=1, le=_MOST_WANTED)]
    as_share: Flag = 0


class NeedInput(Input):
    """Posts that a company looks to fill."""

    company: Id
    obligation: Id | None = None
    post: Required
    number: Annotated[int, Field(ge=1, le=_MOST_POSTS)] = 1
    asked_on: Day = None
    wanted_on: Day = None
    closed_on: Day = None
    comment: Notes = ""


class ProposalInput(Input):
    """A person proposed for a need."""

    need: Id
    participant: Id | None = None
    initials: Annotated[Text, Field(max_length=10)] = ""
    prescriber: Annotated[str, one_of(choices.Prescriber)] = ""
    proposed_on: Day = None
    answer: Annotated[str, one_of(choices.ProposalAnswer)] = choices.ProposalAnswer.WAITING.value
    answered_on: Day = None
    reason: Annotated[str, one_of(choices.ProposalReason)] = ""


class PenaltyCaseInput(Input):
    """A penalty computed and proposed."""

    obligation: Id
    kind: Text = ""
    basis: Notes = ""
    notice_on: Day = None
    notice_due: Day = None
    amount_cents: Cents = None
    efforts: Notes = ""
    decision: Annotated[str, one_of(choices.PenaltyDecision)] = ""
    decided_on: Day = None


class OutcomeInput(Input):
    """The situation of a person at one point of their path."""

    participant: Id
    path: Id | None = None
    point: Annotated[str, one_of(choices.OutcomePoint)]
    asked_on: Day = None
    answered_on: Day = None
    situation: Annotated[str, one_of(choices.OutcomeSituation)] = ""


class RefusalInput(Input):
    """The written ground for which a contract has no social condition."""

    contract: Id
    ground: Annotated[str, one_of(choices.RefusalGround)]
    text: Notes = ""
    date: RequiredDay


CASE_INPUTS: dict[str, type[Input]] = {
    "target": TargetInput,
    "need": NeedInput,
    "proposal": ProposalInput,
    "penalty_case": PenaltyCaseInput,
    "outcome": OutcomeInput,
    "refusal": RefusalInput,
}
