"""What a form may put in a row: input models that clean and check, table by table.

A field given as None is empty. Only what a column cannot mean is refused, in French, field by
field (see ``input_fields``).
"""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from suivi_tui.model.case_inputs import CASE_INPUTS
from suivi_tui.model.input_fields import (
    Cents,
    Cpv,
    Day,
    FieldErrors,
    Flag,
    Followed,
    Hundredths,
    Id,
    Input,
    Notes,
    Object,
    Positive,
    Required,
    RequiredDay,
    Siret,
    Text,
    Weekly,
    french_faults,
    one_of,
)
from suivi_tui.model.upstream_inputs import UPSTREAM_INPUTS
from suivi_tui.vocabulary import choices

_LONGEST_MONTHS = 1_200
Share = Annotated[int, Field(ge=0, le=10_000)] | None
"""Hundredths of a percent, from none to all."""

__all__ = ["INPUTS", "FieldErrors", "checked"]


class BuyerInput(Input):
    """A buyer."""

    name: Required
    siret: Siret = None
    kind: Annotated[str, one_of(choices.BuyerKind)] = ""
    territory: Text = ""
    answer_weeks: Positive = None
    network_operator: Flag = 0


class OperationInput(Input):
    """An operation of a buyer."""

    buyer: Id
    name: Required
    place: Text = ""
    programme: Annotated[str, one_of(choices.Programme)] = ""


class CompanyInput(Input):
    """A holder, a subcontractor or an insertion structure."""

    name: Required
    siret: Siret = None
    kind: Annotated[str, one_of(choices.CompanyKind)] = ""
    commune: Text = ""
    naf: Text = ""


class ContactInput(Input):
    """A person to call."""

    buyer: Id | None = None
    company: Id | None = None
    contract: Id | None = None
    lot: Id | None = None
    service: Text = ""
    name: Text = ""
    role: Text = ""
    mail: Text = ""
    phone: Text = ""


class ContractInput(Input):
    """A contract; its number may come later than its buyer and object."""

    buyer: Id
    operation: Id | None = None
    number: Text = ""
    object: Object
    clause_form: Annotated[str, one_of(choices.ClauseForm)] = ""
    category: Annotated[str, one_of(choices.Category)] = ""
    nature: Text = ""
    procedure: Text = ""
    cpv: Cpv = ""
    sector: Annotated[str, one_of(choices.Sector)] = ""
    amount_cents: Cents = None
    place: Text = ""
    notice_sent_on: Day = None
    notified_on: Day = None
    start: Day = None
    end: Day = None
    stage: Annotated[str, one_of(choices.Stage)] = choices.Stage.RUNNING.value
    taken_up: Flag = 1
    facilitator: Text = ""
    answer_due: Day = None
    closed_on: Day = None
    asked_on: Day = None
    answered_on: Day = None
    planned_on: Day = None
    duration_months: Annotated[int, Field(ge=0, le=_LONGEST_MONTHS)] | None = None
    labour_share: Share = None
    renews: Id | None = None
    ended_on: Day = None
    final_amount_cents: Cents = None


class LotInput(Input):
    """A lot of a contract; number ``0`` when the contract has no lots."""

    contract: Id
    number: Text = "0"
    title: Text = ""
    cpv: Cpv = ""
    amount_cents: Cents = None
    trade: Text = ""
    labour_share: Share = None


class LotCompanyInput(Input):
    """A company on a lot; ``share_hours`` is what a subcontractor was entrusted with."""

    lot: Id
    company: Id
    role: Annotated[str, one_of(choices.LotRole)] = choices.LotRole.HOLDER.value
    parent: Id | None = None
    share_hours: Positive = None


class ContractEventInput(Input):
    """An amendment, a stop or restart order of a contract."""

    contract: Id
    lot: Id | None = None
    date: RequiredDay
    kind: Annotated[str, one_of(choices.ContractEventKind)] = ""
    amount_cents: Cents = None
    months: int | None = None
    reason: Notes = ""


class ObligationInput(Input):
    """What one company owes on one lot; ``start`` is the start on site."""

    lot: Id
    company: Id
    start: Day = None
    end: Day = None
    formula: Text = "fixe"
    schedule: Text = "lineaire"
    closed_on: Day = None
    outcome: Annotated[str, one_of(choices.ObligationOutcome)] = ""


class ObligationEventInput(Input):
    """What moves the hours owed; hours may be negative, or unknown."""

    obligation: Id
    date: RequiredDay
    kind: Annotated[str, one_of(choices.ObligationEventKind)] = (
        choices.ObligationEventKind.AMENDMENT.value
    )
    hours: Hundredths = None
    amount_cents: Cents = None
    firm: Flag = 1
    reason: Notes = ""


class ParticipantInput(Input):
    """A person in insertion: a name or a reference is enough."""

    reference: Text = ""
    last: Text = ""
    first: Text = ""
    birth: Day = None
    sex: Annotated[str, one_of(choices.Sex)] = ""
    postcode: Text = ""
    commune: Text = ""
    phone: Text = ""
    mail: Text = ""
    education: Annotated[str, one_of(choices.Education)] = ""
    situation: Annotated[str, one_of(choices.Situation)] = ""
    entered_scheme_on: Day = None
    prescriber: Annotated[str, one_of(choices.Prescriber)] = ""
    legal_hold: Flag = 0
    last_contact: Day = None


class EligibilityInput(Input):
    """A criterion claimed by a person; rank 1 is the main one."""

    participant: Id
    rank: Annotated[int, Field(ge=1, le=99)] = 1
    criterion: Annotated[str, one_of(choices.Criterion)] = ""
    proof: Annotated[str, one_of(choices.Proof)] = ""
    proof_on: Day = None
    decision: Annotated[str, one_of(choices.Decision)] = ""
    decided_on: Day = None
    ends_on: Day = None
    rule_set: Text = ""


class WorkContractInput(Input):
    """A work contract and what was true at hiring; weekly time in hundredths of an hour."""

    participant: Id
    employer: Id | None = None
    structure_kind: Annotated[str, one_of(choices.CompanyKind)] = ""
    mode: Annotated[str, one_of(choices.Mode)] = ""
    type: Annotated[str, one_of(choices.EmploymentKind)] = ""
    post: Text = ""
    rome: Text = ""
    start: Day = None
    end: Day = None
    weekly_hours: Weekly = None
    qpv: Annotated[str, one_of(choices.Residence)] = ""
    qpv_code: Text = ""
    education: Annotated[str, one_of(choices.Education)] = ""
    situation: Annotated[str, one_of(choices.Situation)] = ""
    contract_received_on: Day = None
    proof_received_on: Day = None
    notice_sent_on: Day = None


class PlacementInput(Input):
    """A work contract serving an obligation."""

    work_contract: Id
    obligation: Id
    start: Day = None
    end: Day = None


class FollowUpInput(Input):
    """A call, mail, meeting or act about one record."""

    entity: Followed
    subject: Id
    kind: Annotated[str, one_of(choices.FollowUpKind)] = choices.FollowUpKind.OTHER.value
    date: RequiredDay
    due: Day = None
    done: Day = None
    text: Notes = ""


INPUTS: dict[str, type[Input]] = {
    "buyer": BuyerInput,
    "operation": OperationInput,
    "company": CompanyInput,
    "contact": ContactInput,
    "contract": ContractInput,
    "contract_event": ContractEventInput,
    "lot": LotInput,
    "lot_company": LotCompanyInput,
    "obligation": ObligationInput,
    "obligation_event": ObligationEventInput,
    "participant": ParticipantInput,
    "eligibility": EligibilityInput,
    "work_contract": WorkContractInput,
    "placement": PlacementInput,
    "follow_up": FollowUpInput,
    **CASE_INPUTS,
    **UPSTREAM_INPUTS,
}


def checked(
    entity: str, values: Mapping[str, object], *, edit: bool = False
) -> dict[str, str | int | None]:
    """The cleaned ``values`` of a row of ``entity``, ready for the journal.

    For a new row every field is given, with its default; for an ``edit``, only those in
    ``values``: what was stored before is not judged again. Raises FieldErrors.
    """
    if edit:
        return _edited(entity, values)
    given = {name: value for name, value in values.items() if value is not None}
    try:
        return INPUTS[entity].model_validate(given).model_dump()
    except ValidationError as error:
        raise FieldErrors(french_faults(error)) from None


def _edited(entity: str, values: Mapping[str, object]) -> dict[str, str | int | None]:
    cleaned: dict[str, str | int | None] = {}
    faults: dict[str, str] = {}
    for name, value in values.items():
        if name not in INPUTS[entity].model_fields:
            faults[name] = "champ inconnu"
            continue
        try:
            cleaned[name] = _reader(entity, name).validate_python(value)
        except ValidationError as error:
            faults[name] = next(iter(french_faults(error).values()))
    if faults:
        raise FieldErrors(faults)
    return cleaned


@cache
def _reader(entity: str, name: str) -> TypeAdapter[Any]:
    """The reader of one field alone."""
    field = INPUTS[entity].model_fields[name]
    plain: Any = field.annotation
    kind: Any = Annotated[(plain, *field.metadata)] if field.metadata else plain
    return TypeAdapter(kind, config=ConfigDict(hide_input_in_errors=True))
