"""The questions asked one by one: who sent the file, what a doubtful column is."""

from typing import TYPE_CHECKING, Final

from suivi_tui.tui.dialogs.choose import Choice
from suivi_tui.tui.screens.importation import engine
from suivi_tui.tui.screens.importation.asking import Ask
from suivi_tui.tui.screens.shared.texts import joined
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.exchange.statement_files.reading import LayoutQuestion, SheetReading
    from suivi_tui.tui.screens.importation.screen import StatementImport
    from suivi_tui.tui.screens.importation.session import Session

UNKNOWN: Final = "unknown"
PROPOSED: Final = "proposé"
SENDER_TITLE: Final = "Expéditeur"
SENDER: Final = (
    "Qui a envoyé ce fichier ? L'employeur ou l'entreprise dont c'est le relevé : ce qui est "
    "répondu est retenu pour lui. Tapez quelques lettres."
)
SAMPLES: Final = 3


def ask_sender(screen: "StatementImport") -> None:
    """Choose the sender among those the file may come from, or any company of the base."""
    plan = screen.plan
    if plan is None:
        return
    likely = [
        Choice(item.id, item.label, item.hint or PROPOSED, item.hint) for item in plan.senders
    ]
    unknown = Choice(UNKNOWN, "Expéditeur inconnu", "pas dans la base")

    def show(found: list[Choice]) -> None:
        known = {choice.key for choice in likely}
        others = [choice for choice in found if choice.key not in known]
        dialog = Ask(SENDER_TITLE, SENDER, [*likely, unknown, *others], screen.suivi.search,
                     "entreprises")  # fmt: skip
        screen.suivi.push_screen(dialog, answered)

    def answered(choice: Choice | None) -> None:
        session = screen.session
        if choice is None:
            screen.put_off()
            return
        before = (session.sender_said, session.sender)
        session.sender_said = True
        session.sender = None if choice.key == UNKNOWN else choice.key
        screen.settled(again=(True, session.sender) != before)

    screen.read("companies", engine.companies, show)


def ask_layout(
    screen: "StatementImport", sheet: "SheetReading", question: "LayoutQuestion"
) -> None:
    """Ask one doubtful thing about the columns of a sheet, the likeliest answer first."""
    codes = [code for code, _ in question.options]

    def answered(choice: Choice | None) -> None:
        if choice is None or choice.key not in codes:
            screen.put_off()
            return
        take_answer(screen.session, sheet, question.key, choice.key)
        screen.settled(again=not screen.session.layout_questions)

    screen.suivi.push_screen(layout_dialog(sheet, question), answered)


def layout_dialog(sheet: "SheetReading", question: "LayoutQuestion") -> Ask:
    """The dialog of a doubtful thing: the sentence, the heading, the likeliest answer first."""
    choices = [
        Choice(code, label, PROPOSED if code == question.proposed else "")
        for code, label in question.options
    ]
    choices.sort(key=lambda choice: choice.key != question.proposed)
    title = f"Feuille «{NBSP}{sheet.name}{NBSP}»" if sheet.name else "Colonnes"
    return Ask(title, joined((question.sentence, sample_said(sheet)), "\n"), choices)


def take_answer(session: "Session", sheet: "SheetReading", key: str, code: str) -> None:
    """Put an answer into the layout of its sheet."""
    from suivi_tui.exchange.statement_files.layout import answered

    session.layouts[sheet.shape] = answered(session.layout_of(sheet), key, code)


def sample_said(sheet: "SheetReading") -> str:
    """The heading of the sheet, to know it again."""
    return f"En-tête{NBSP}: " + joined(sheet.header) if any(sheet.header) else ""
