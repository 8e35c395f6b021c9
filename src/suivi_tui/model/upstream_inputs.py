"""What a form may put in upstream work, in the directory and in evaluations (see ``inputs``)."""

from typing import Annotated

from pydantic import Field

from suivi_tui.model.input_fields import (
    Day,
    Flag,
    Id,
    Input,
    Notes,
    Object,
    Positive,
    Required,
    RequiredDay,
    Text,
    one_of,
)
from suivi_tui.vocabulary import choices

_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_BEST = 5


class CalibrationInput(Input):
    """One computation of hours."""

    contract: Id | None = None
    lot: Id | None = None
    method: Annotated[str, one_of(choices.CalibrationMethod)]
    inputs: Notes = ""
    result: Positive = None
    rounding: Annotated[str, one_of(choices.HoursRounding)] = choices.HoursRounding.UNIT.value
    obligation: Id | None = None
    made_on: RequiredDay
    comment: Notes = ""


class PolicyInput(Input):
    """A charter, a convention or a SPASER of a buyer."""

    buyer: Id
    kind: Annotated[str, one_of(choices.PolicyKind)] = ""
    name: Required
    start: Day = None
    end: Day = None
    text: Notes = ""


class PolicyTargetInput(Input):
    """One commitment of a buyer for one year; figures in hundredths of their unit."""

    buyer: Id
    policy: Id | None = None
    year: Annotated[int, Field(ge=_FIRST_YEAR, le=_LAST_YEAR)]
    indicator: Annotated[str, one_of(choices.PolicyIndicator)]
    commitment: Object = ""
    unit: Text = ""
    target: Positive = None
    typed: Positive = None


class EvidenceInput(Input):
    """What proves that a target was met."""

    policy_target: Id
    date: Day = None
    label: Required
    link: Text = ""


class DirectoryEntryInput(Input):
    """A facilitator, a référent or another contact of the directory."""

    kind: Annotated[str, one_of(choices.DirectoryKind)] = ""
    name: Required
    structure: Text = ""
    company: Id | None = None
    buyer: Id | None = None
    service: Text = ""
    role: Text = ""
    commune: Text = ""
    mail: Text = ""
    phone: Text = ""
    comment: Notes = ""


class CoverageInput(Input):
    """Where, and for which trade, somebody can be called."""

    entry: Id | None = None
    company: Id | None = None
    territory: Text = ""
    trade: Annotated[str, one_of(choices.Sector)] = ""


class ReviewInput(Input):
    """What somebody says of a contract."""

    contract: Id
    author_kind: Annotated[str, one_of(choices.ReviewAuthor)]
    author: Text = ""
    text: Notes = ""
    rating: Annotated[int, Field(ge=1, le=_BEST)] | None = None
    given_on: Day = None


class ExportLogInput(Input):
    """An export that was made."""

    what: Required
    made_on: Required
    how_many: Annotated[int, Field(ge=0)] = 0
    nominative: Flag = 0
    filters: Object = ""


UPSTREAM_INPUTS: dict[str, type[Input]] = {
    "calibration": CalibrationInput,
    "policy": PolicyInput,
    "policy_target": PolicyTargetInput,
    "evidence": EvidenceInput,
    "directory_entry": DirectoryEntryInput,
    "coverage": CoverageInput,
    "review": ReviewInput,
    "export_log": ExportLogInput,
}
