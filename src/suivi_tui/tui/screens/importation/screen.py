"""Import a statement: the file read aside, what is doubtful asked, each line shown, one batch."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.screens.importation import engine
from suivi_tui.tui.screens.importation.lines import DOUBTFUL, PlannedLines
from suivi_tui.tui.screens.importation.matches import Key, MatchScreen
from suivi_tui.tui.screens.importation.preview import PreviewScreen
from suivi_tui.tui.screens.importation.progress import Progress
from suivi_tui.tui.screens.importation.questions import ask_layout, ask_sender
from suivi_tui.tui.screens.importation.session import Session
from suivi_tui.tui.screens.importation.words import (
    done_sentence,
    outcome_commands,
    remarks_text,
)
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.widgets.paged_list import PagedList
from suivi_tui.tui.workers import Failure
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.months import Month
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.actions.import_report import ImportReport
    from suivi_tui.actions.statement_import.planned import StatementPlan
    from suivi_tui.exchange.statement_files.workbook import Workbook


class Refused(Protocol):
    """Gets the sentence of a refusal; ``empty``: the file was read, no hours are in it."""

    def __call__(self, sentence: str, *, empty: bool) -> object: ...


NOTHING_WRITTEN: Final = "Import abandonné : rien n'a été écrit."
NOTHING_TO_WRITE: Final = "Rien n'a été écrit."
STEPS: Final = ("Lecture des lignes", "Comparaison avec la base")
NO_TABLE: Final = (
    f"Aucun tableau d'heures n'a été trouvé dans «{NBSP}{{}}{NBSP}» : rien n'a été lu. Vérifiez "
    "que c'est le bon fichier."
)


def ready(screen: "StatementImport") -> bool:
    """Whether the lines are shown: no reading under way."""
    return screen.progress is None and screen.session.plan is not None


def writable(screen: "StatementImport") -> bool:
    """Whether there is something to write, in a base that can be changed."""
    return ready(screen) and editable(screen) and screen.session.to_write > 0


def on_doubt(screen: "StatementImport") -> bool:
    """Whether the cursor is on a doubtful line that can be taken as it is."""
    line = screen.line
    return line is not None and line.outcome.name == DOUBTFUL and line.acceptable


def narrowed_to_doubts(screen: "StatementImport") -> bool:
    """Whether only doubtful lines are shown: they have been looked at together."""
    return ready(screen) and screen.outcome == DOUBTFUL and bool(screen.lines.rows)


class StatementImport(PreviewScreen):
    """The preview of one statement file, and the questions that it raises."""

    screen_name = "importation"
    heading = "Importer un relevé"
    purpose = (
        "Chaque ligne du fichier et ce qu'elle deviendrait. Rien n'est écrit avant v (Valider), "
        "Échap abandonne ; une fois écrit, tout s'annule d'un coup.\n"
        "Signes : + nouvelle, ~ modifiée, = identique, ? douteuse, ✓ douteuse retenue, "
        "× écartée, ! à regarder, ≈ part estimée d'un total plus grand."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("write", "v,ctrl+s", "Valider", "Écrire ces lignes, en un seul enregistrement.",
                "importation", "Import", footer=10, available=writable),
        Command("tick", "space", "Retenir", "Retenir la ligne douteuse, ou la laisser.",
                "importation", "Import", footer=20, available=on_doubt),
        Command("tick_all", "T", "Retenir tout", "Retenir les lignes douteuses affichées, ou non.",
                "importation", "Import", footer=21, available=narrowed_to_doubts),
        Command("matches", "r", "Rapprochements", "Dire qui sont les personnes du fichier.",
                "importation", "Import", footer=30, available=ready),
        Command("columns", "c", "Colonnes", "Voir et changer le rôle des colonnes.",
                "importation", "Import", footer=41, available=ready),
        Command("sender", "o", "Expéditeur", "Dire qui a envoyé ce fichier.",
                "importation", "Import", footer=42, available=ready),
        *outcome_commands(ready),
        Command("remarks", "a", "Remarques", "Ce que la lecture du fichier a remarqué.",
                "importation", "Import", footer=55, available=ready),
        Command("profiles", "p", "Profils d'import", "Les mises en page retenues.",
                "importation", "Import", footer=56),
        Command("another_file", "i", "Autre fichier", "Importer un autre fichier à la place.",
                "importation", "Import", footer=57),
    )  # fmt: skip

    def __init__(
        self,
        path: Path,
        *,
        sender: int | None = None,
        month: Month | None = None,
        refused: Refused | None = None,
        then: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(Session(path, sender, sender is not None, month=month))
        self._refused = refused
        self._then = then
        self._asking = True
        self._seen: set[Key] = set()

    def enter_does(self) -> tuple[str, str]:
        """Enter answers the question that a line waits for; on other doubtful lines, as Space."""
        line = self.line
        if line is not None and line.question is not None:
            return "Reconnaître", "Dire qui est la personne, ou où, de cette ligne."
        return "", ""

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        line = self.line
        if line is not None and line.question is not None:
            self.action_matches(line.question)
        else:
            self.action_tick()

    # reading

    def load(self) -> None:
        """Read the file; when the base changed meanwhile, compare again."""
        if self.session.workbook is not None:
            self.prepare()
        elif self.progress is None:
            self.begin()

    def begin(self) -> None:
        """Open the file, aside: the base and the screen stay free."""
        path = self.session.path
        progress = self.work_on("Ouverture du fichier")

        def opened(workbook: "Workbook") -> None:
            if progress is self.progress and self.is_attached:
                self.session.workbook = workbook
                self.prepare()

        self.desk.aside(lambda: engine.open_file(path), opened, self._failing(progress))

    def prepare(self) -> None:
        """Read the lines and compare them with the base; nothing is written."""
        progress, session, today = (
            self.work_on("Lecture des lignes"),
            self.session,
            self.suivi.today,
        )
        question = engine.question_of(session, today, progress)

        def planned(plan: "StatementPlan | None") -> None:
            if plan is not None and progress is self.progress:
                self.rest()
                session.plan = plan
                reading = plan.reading
                nothing = not (reading.sheets or plan.lines or reading.form)
                if nothing and self._give_back(NO_TABLE.format(plan.name), empty=True):
                    return
                self.show_plan()
                self.ask_next()

        self.read("plan", question, planned, self._failing(progress))

    def _failing(self, progress: Progress) -> Callable[[Failure], object]:
        def failed(failure: Failure) -> None:
            if progress is not self.progress or not self.is_attached:
                return
            self.rest()
            if isinstance(failure.error, UserError) and self._give_back(failure.message):
                return
            self.lines.empty = failure.message
            self.lines.refresh()
            self.suivi.toast_failure(failure)

        return failed

    def _give_back(self, sentence: str, *, empty: bool = False) -> bool:
        """Leave to whoever asked for this file, unless nobody waits for a refusal."""
        refused = self._refused
        if refused is None:
            return False
        self.dismiss()
        refused(sentence, empty=empty)
        return True

    # questions

    def ask_next(self) -> None:
        """Ask the next thing that is doubtful, until the person puts it off."""
        session = self.session
        if not self._asking or session.plan is None or not self.is_current:
            return
        new = {question.key for question in session.match_questions} - self._seen
        if not session.sender_said and session.plan.sender is None:
            self.action_sender()
        elif session.layout_questions:
            ask_layout(self, *session.layout_questions[0])
        elif new:
            # An answer may raise other questions: those already seen are not asked again.
            self._seen |= new
            self.action_matches()

    def settled(self, again: bool) -> None:
        """A question was answered: read again if it changes the lines, or ask the next one."""
        if again:
            self.prepare()
        else:
            self.ask_next()

    def put_off(self) -> None:
        """A question was left without an answer: the preview says what it leaves doubtful."""
        self._asking = False

    def action_sender(self) -> None:
        """Who sent this file."""
        ask_sender(self)

    def action_matches(self, at: Key | None = None) -> None:
        """Who the people of the file are."""
        if self.plan is None:
            return
        before = dict(self.session.answers)
        self._seen |= {question.key for question in self.plan.questions}

        def back(went_on: bool | None) -> None:
            self._asking = bool(went_on)
            if self.session.answers != before:
                self.prepare()

        self.app.push_screen(MatchScreen(self.plan.questions, self.session.answers, at), back)

    def action_columns(self) -> None:
        """The columns of each sheet."""
        from suivi_tui.tui.screens.importation.columns import ColumnsScreen

        if self.plan is None:
            return

        before = dict(self.session.layouts)

        def back(_: None) -> None:
            if self.session.layouts != before:
                self.prepare()

        self.app.push_screen(ColumnsScreen(self.session), back)

    def action_profiles(self) -> None:
        """The layouts kept for the senders."""
        from suivi_tui.tui.screens.importation.profiles import ImportProfiles

        self.app.push_screen(ImportProfiles())

    def action_remarks(self) -> None:
        """What the reading noticed."""
        if self.plan is not None:
            self.app.push_screen(Message("Remarques", remarks_text(self.plan)))

    def action_tick(self) -> None:
        """Take the doubtful line of the cursor, or leave it; then the next one."""
        line = self.line
        if line is not None and on_doubt(self):
            self.session.tick((line.sheet, line.line))
            self.show_plan()
            self.lines.action_cursor_down()

    def action_tick_all(self) -> None:
        """Take the doubtful lines that are shown, or leave them all when they are taken."""
        source = self.lines.source
        if isinstance(source, PlannedLines):
            found = source.acceptable(self.lines.filter)
            if found <= self.session.accepted:
                self.session.accepted -= found
            else:
                self.session.accepted |= found
            self.show_plan()

    # the end

    def action_write(self) -> None:
        """Write everything in one batch."""
        if self.session.layout_questions:
            self._asking = True
            self.notify_plain("Une question sur les colonnes attend d'abord votre réponse.")
            self.ask_next()
            return
        session = self.session

        def failed(failure: Failure) -> None:
            self.status("")
            self.suivi.toast_failure(failure)
            if isinstance(failure.error, UserError) and self.is_attached:
                # The base changed since the preview: what would be written is shown again.
                self.prepare()

        self.status("import en cours…")
        self.write(engine.writing(session), self._written, failed)

    def _written(self, report: "ImportReport") -> None:
        if report.error is not None:
            self.notify_plain(report.error, "error")
            return

        def answered(another: bool | None) -> None:
            from suivi_tui.tui.screens.importation.files import ask_next_file

            then, path = self._then, self.session.path
            self.dismiss()
            if then is not None:
                then()
            if another:
                self.app.call_later(ask_next_file, self.suivi, path, then)

        question = done_sentence(report, self.session)
        self.app.push_screen(
            Confirm("Import terminé", question, yes="Un autre fichier", no="Terminer"), answered
        )

    def action_another_file(self) -> None:
        """Another file instead of this one: nothing of it was written."""
        from suivi_tui.tui.screens.importation.files import ask_next_file

        ask_next_file(self.suivi, self.session.path, self._then, instead=self)

    def go_back(self) -> None:
        """Leave; says that nothing was written."""
        if self.progress is not None:
            self.progress.stopped = True
        self.desk.cancel(f"{id(self)}/plan")
        self.notify_plain(NOTHING_WRITTEN if self.session.to_write else NOTHING_TO_WRITE)
        super().go_back()
