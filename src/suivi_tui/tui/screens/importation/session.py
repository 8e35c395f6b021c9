"""What one import knows so far: the file, its plan, and what the person answered."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from suivi_tui.tui.screens.importation.lines import Place, to_write
from suivi_tui.tui.screens.importation.matches import Given, Key
from suivi_tui.vocabulary.months import Month

if TYPE_CHECKING:
    from suivi_tui.actions.statement_import.planned import MatchQuestion, StatementPlan
    from suivi_tui.exchange.statement_files.layout import Layout
    from suivi_tui.exchange.statement_files.reading import LayoutQuestion, SheetReading
    from suivi_tui.exchange.statement_files.workbook import Workbook


@dataclass
class Session:
    """One file being imported; nothing of it is in the base.

    ``sender`` is a company, None when the person says that nobody knows; it counts once
    ``sender_said``. ``layouts`` are those the person decided something about, by shape.
    ``accepted`` are the places of doubtful lines to take.
    """

    path: Path
    sender: int | None = None
    sender_said: bool = False
    sender_name: str = ""
    month: Month | None = None
    workbook: "Workbook | None" = None
    plan: "StatementPlan | None" = None
    layouts: "dict[str, Layout]" = field(default_factory=dict)
    answers: dict[Key, Given] = field(default_factory=dict)
    accepted: set[Place] = field(default_factory=set)

    def layout_of(self, sheet: "SheetReading") -> "Layout":
        """How a sheet is read, with what the person decided since."""
        return self.layouts.get(sheet.shape, sheet.layout)

    @property
    def layout_questions(self) -> "list[tuple[SheetReading, LayoutQuestion]]":
        """What is still doubtful about the columns, once a shape."""
        if self.plan is None:
            return []
        found: dict[tuple[str, str], tuple[SheetReading, LayoutQuestion]] = {}
        for sheet in self.plan.reading.sheets:
            for question in sheet.questions:
                if question.key not in self.layout_of(sheet).answers:
                    found.setdefault((sheet.shape, question.key), (sheet, question))
        return list(found.values())

    @property
    def match_questions(self) -> "list[MatchQuestion]":
        """Who and what nobody has answered yet, now or at another time."""
        if self.plan is None:
            return []
        return [
            question
            for question in self.plan.questions
            if question.answer is None and question.key not in self.answers
        ]

    @property
    def to_write(self) -> int:
        """How many lines would be written."""
        return to_write(self.plan.lines, self.accepted) if self.plan is not None else 0

    def tick(self, place: Place) -> None:
        """Take a doubtful line, or leave it again."""
        self.accepted ^= {place}
