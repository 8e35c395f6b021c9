"""The closed lists of the field.

A list is a :class:`Choice`; a value typed by a person or read in a file is recognised by
:func:`find` through its code, its label or a usual synonym, case and accents ignored.
"""

from suivi_tui.vocabulary.choices.cases import (
    AlertMarkState,
    DocumentKind,
    OutcomePoint,
    OutcomeSituation,
    PenaltyDecision,
    ProposalAnswer,
    ProposalReason,
    RefusalGround,
    TargetKind,
)
from suivi_tui.vocabulary.choices.choice import Choice, find, label_of, options
from suivi_tui.vocabulary.choices.contracts import (
    BuyerKind,
    Category,
    ClauseForm,
    ContractEventKind,
    LotRole,
    ObligationEventKind,
    ObligationOutcome,
    Programme,
    Sector,
    Stage,
)
from suivi_tui.vocabulary.choices.keeping import (
    BatchKind,
    FollowUpKind,
    Gravity,
)
from suivi_tui.vocabulary.choices.people import (
    Criterion,
    Decision,
    Education,
    Prescriber,
    Proof,
    Residence,
    Sex,
    Situation,
)
from suivi_tui.vocabulary.choices.terms import (
    CHECK_TERM,
    Cadence,
    CheckGravity,
    HolderDeclares,
    TermCode,
)
from suivi_tui.vocabulary.choices.work import (
    CompanyKind,
    EmploymentKind,
    HourKind,
    Mode,
    RefusalReason,
    StatementStatus,
)

__all__ = [
    "CHECK_TERM",
    "AlertMarkState",
    "BatchKind",
    "BuyerKind",
    "Cadence",
    "Category",
    "CheckGravity",
    "Choice",
    "ClauseForm",
    "CompanyKind",
    "ContractEventKind",
    "Criterion",
    "Decision",
    "DocumentKind",
    "Education",
    "EmploymentKind",
    "FollowUpKind",
    "Gravity",
    "HolderDeclares",
    "HourKind",
    "LotRole",
    "Mode",
    "ObligationEventKind",
    "ObligationOutcome",
    "OutcomePoint",
    "OutcomeSituation",
    "PenaltyDecision",
    "Prescriber",
    "Programme",
    "Proof",
    "ProposalAnswer",
    "ProposalReason",
    "RefusalGround",
    "RefusalReason",
    "Residence",
    "Sector",
    "Sex",
    "Situation",
    "Stage",
    "StatementStatus",
    "TargetKind",
    "TermCode",
    "find",
    "label_of",
    "options",
]
