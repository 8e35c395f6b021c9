"""A statement already read, for the import screens: its plan without its reader."""

from collections.abc import Callable
from typing import Any

from suivi_tui.actions.import_report import ImportReport
from suivi_tui.actions.statement_import.planned import (
    Candidate,
    MatchQuestion,
    Outcome,
    PlannedLine,
    StatementPlan,
)
from suivi_tui.exchange.statement_files.declared import LineRemark
from suivi_tui.exchange.statement_files.layout import Layout, LayoutColumn
from suivi_tui.exchange.statement_files.reading import (
    LayoutQuestion,
    SheetReading,
    StatementReading,
)
from suivi_tui.exchange.statement_files.roles import Role
from suivi_tui.exchange.statement_files.workbook import Workbook
from suivi_tui.tui.screens.importation import engine
from suivi_tui.tui.screens.importation.session import Session
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

SHEET = "Octobre 2026"
UNIT = LayoutQuestion(
    "unit",
    "La colonne « Qté » compte-t-elle des heures ou des jours ?",
    (("heures", "Des heures"), ("jours", "Des jours de 7 heures")),
    "heures",
)
HEADER = ("N° SS", "Nom et prénom", "Chantier", "Qté", "Divers")
ROLES = (Role.NEVER_READ, Role.PERSON, Role.SITE, Role.HOURS, Role.IGNORE)
DUPONT = MatchQuestion(
    ("participant", "dupont jean"),
    "« DUPONT Jean » : deux participants portent ce nom. De qui s'agit-il ?",
    (
        Candidate(11, "DUPONT Jean", "né le 17/05/1990"),
        Candidate(12, "DUPONT Jean", "né le 02/03/2001"),
    ),
    None,
    False,
    2,
    may_be_new=True,
    text="DUPONT Jean",
)
SITE = MatchQuestion(
    ("obligation", "gymnase nord"),
    "« Gymnase nord » : quelle obligation ?",
    (Candidate(21, "2026-01 lot 3 · Bâtisseurs du Val", "Gymnase du Nord · Gros œuvre"),),
    21,
    False,
    3,
    text="Gymnase nord",
)


def line(
    outcome: Outcome, row: int, who: str = "MARTIN Ève", why: str = "", **options: Any
) -> PlannedLine:
    """A line of the sheet; 151,67 h unless told otherwise."""
    values: dict[str, Any] = {
        "where": "2026-01 lot 3 · Bâtisseurs du Val",
        "month": Month(202610),
        "before": None,
        "after": Hours(151_67),
        **options,
    }
    return PlannedLine(outcome, SHEET, row, who, why=why, **values)


LINES = (
    line(Outcome.NEW, 6),
    line(Outcome.NEW, 7, "LEROY Sam", spread=True, after=Hours(50_56)),
    line(Outcome.CHANGED, 8, "PETIT Noé", before=Hours(120_00)),
    line(Outcome.IDENTICAL, 9, "MOREL Lou", before=Hours(35_00), after=Hours(35_00)),
    line(Outcome.DOUBTFUL, 10, "DUPONT Jean", "Deux participants portent ce nom."),
    line(Outcome.DOUBTFUL, 11, "ROUX Max", "Plus de 212 h ce mois-ci : 260,00 h.",
         after=Hours(260_00), acceptable=True),
    line(Outcome.LEFT_OUT, 12, "FAURE Zoé", "« abc » n'est pas un nombre d'heures.", after=None),
)  # fmt: skip


class FakeEngine:
    """Stands for what reads and writes: what it was asked is kept."""

    def __init__(
        self,
        lines: tuple[PlannedLine, ...] = LINES,
        questions: tuple[MatchQuestion, ...] = (),
        layout_questions: tuple[LayoutQuestion, ...] = (),
        sender: int | None = 1,
        header: tuple[str, ...] = HEADER,
        name: str = "releve.xlsx",
    ) -> None:
        self.lines, self.questions, self.name = lines, questions, name
        self.layout_questions, self.sender = layout_questions, sender
        self.header = header
        self.asked: list[dict[str, Any]] = []
        self.written: list[frozenset[Any]] = []

    def install(self, monkeypatch: Any) -> "FakeEngine":
        """Take the place of the real one."""
        for name in ("open_file", "question_of", "writing"):
            monkeypatch.setattr(engine, name, getattr(self, name))
        return self

    def open_file(self, path: Any) -> Workbook:
        """An empty workbook."""
        return Workbook(path.name, "0" * 64, "xlsx", ())

    def question_of(self, session: Session, *_: Any) -> Callable[[Any], StatementPlan]:
        """The plan, whatever the base."""
        self.asked.append(
            {"sender": session.sender, "answers": dict(session.answers),
             "layouts": dict(session.layouts)}
        )  # fmt: skip
        return lambda base: self.plan(session)

    def plan(self, session: Session) -> StatementPlan:
        """The file as it is understood with the answers of the session."""
        columns = tuple(
            LayoutColumn(heading, role, heading.lower())
            for heading, role in zip(self.header, ROLES, strict=True)
        )
        layout = session.layouts.get("shape", Layout((4,), 5, columns))
        sheet = SheetReading(
            SHEET,
            "shape",
            layout,
            tuple(item for item in self.layout_questions if item.key not in layout.answers),
            self.header,
            (("", "MARTIN Ève", "Gymnase nord", "151,67", "x"),
             ("", "LEROY Sam", "Gymnase nord", "50,56", ""),
             ("", "PETIT Noé", "Gymnase nord", "151,67", "")),
        )  # fmt: skip
        warnings = (LineRemark(SHEET, 0, "N° SS", "numéro de sécurité sociale : non lu"),)
        reading = StatementReading(self.name, "0" * 64, (sheet,), warnings=warnings)
        sender = session.sender if session.sender_said else self.sender
        return StatementPlan(
            self.name,
            "0" * 64,
            sender,
            "Intérim du Val" if sender else "",
            sender is not None and not session.sender_said,
            (Candidate(1, "Intérim du Val", "SIRET 123"),),
            reading,
            self.questions,
            self.lines,
            None,
        )

    def writing(self, session: Session) -> Callable[[Any], ImportReport]:
        """Says that everything went well."""
        self.written.append(frozenset(session.accepted))
        return lambda base: ImportReport(self.name, read=7, created=2, changed=1, left_out=4)
