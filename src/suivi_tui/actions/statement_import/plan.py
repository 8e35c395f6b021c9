"""Prepare a statement, look at it, write it: an import that shows everything and guesses nothing.

``prepare`` reads and compares, ``StatementPlan`` is shown, ``write_plan`` writes what was shown.
"""

from suivi_tui.actions.statement_import.planned import (
    Answer,
    Answers,
    Candidate,
    MatchQuestion,
    Outcome,
    PlannedLine,
    QuestionKey,
    StatementPlan,
)
from suivi_tui.actions.statement_import.preparing import UnknownSender, prepare
from suivi_tui.actions.statement_import.writing import PlanOutdated, write_plan

__all__ = [
    "Answer",
    "Answers",
    "Candidate",
    "MatchQuestion",
    "Outcome",
    "PlanOutdated",
    "PlannedLine",
    "QuestionKey",
    "StatementPlan",
    "UnknownSender",
    "prepare",
    "write_plan",
]
