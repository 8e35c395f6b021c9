"""What would be made: to whom, about what, what is left out and why; then the making of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.timer import Timer

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.plain import shown, wrapped
from suivi_tui.tui.screens.courriers.words import (
    PREVIEW,
    PREVIEW_WIDE,
    about_sentence,
    done_text,
    left_out_row,
    letter_detail,
    letter_row,
)
from suivi_tui.tui.screens.importation.asking import with_enter
from suivi_tui.tui.screens.importation.progress import EVERY, Progress
from suivi_tui.tui.screens.shared.fixed_list import FixedList, FixedListScreen, editable
from suivi_tui.tui.screens.shared.path_field import PathField
from suivi_tui.tui.widgets.fields import MonthField, TextField
from suivi_tui.tui.widgets.paged_list import PagedList
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT, MemorySource
from suivi_tui.tui.widgets.status_line import StatusLine
from suivi_tui.tui.workers import Failure
from suivi_tui.vocabulary.choices import DocumentKind
from suivi_tui.vocabulary.months import Month
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.actions.letters import Made, Prepared
    from suivi_tui.documents.letter import Letter

WIDE_FROM: Final = 110
NOTHING: Final = "Aucun courrier à préparer. Échap pour revenir."
STOPPED: Final = "Préparation arrêtée : rien n'a été écrit."


def ready(screen: "LetterPreview") -> bool:
    """Whether something can be made now."""
    kept = screen.prepared is not None and screen.prepared.without(screen.aside).letters
    return bool(kept) and screen.progress is None and editable(screen)


def on_letter(screen: "LetterPreview") -> bool:
    """Whether the cursor is on a letter."""
    return screen.progress is None and screen.letter is not None


def certifying(screen: "LetterPreview") -> bool:
    """Whether a part of the time can be certified."""
    return screen.progress is None and screen.kind is DocumentKind.CERTIFICATE


def asking_reason(screen: "LetterPreview") -> bool:
    """Whether some certificates wait for a reason."""
    known = screen.prepared is not None and bool(screen.prepared.question or screen.reason)
    return certifying(screen) and known


class LetterPreview(FixedListScreen[bool]):
    """The letters of one request; ``True`` when they were made.

    ``kind`` None: reminders, each at its level. ``subject`` is (entity, id), ("", 0): everybody.
    """

    screen_name = "apercu_courriers"
    heading = "Courriers à préparer"
    purpose = (
        "Chaque ligne est un courrier qui serait préparé, ou la raison pour laquelle il ne l'est "
        "pas. Rien n'est écrit avant v (Préparer), et rien n'est jamais envoyé d'ici.\n"
        "Signes : ✓ à préparer, · mis de côté, × écarté."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("make", "v,ctrl+s", "Préparer", "Écrire ces courriers et les classer.",
                "courriers", "Courriers", footer=10, available=ready),
        Command("put_aside", "space", "Mettre de côté", "Ne pas préparer ce courrier, ou si.",
                "courriers", "Courriers", footer=20, available=on_letter),
        Command("reason", "m", "Motif", "Attester sans attendre les heures à valider.",
                "courriers", "Courriers", footer=25, available=asking_reason),
        Command("months", "p", "Période", "N'attester que les heures de certains mois.",
                "courriers", "Courriers", footer=30, available=certifying),
        Command("folder", "d", "Dossier", "Choisir où écrire les courriers.",
                "courriers", "Courriers", footer=40, available=ready),
    )  # fmt: skip

    def __init__(
        self, kind: DocumentKind | None, subject: tuple[str, int], employer: int | None = None
    ) -> None:
        super().__init__()
        self.kind, self.subject, self.employer = kind, subject, employer
        self.first: Month | None = None
        self.last: Month | None = None
        self.reason = ""
        self.folder: Path | None = None
        self.prepared: Prepared | None = None
        self.aside: set[str] = set()
        self.progress: Progress | None = None
        self._ticker: Timer | None = None

    def compose_body(self) -> ComposeResult:
        """What would be made, the list, the line of the cursor in full."""
        yield StatusLine(2, id="about")
        yield FixedList(self.columns(), title="", empty="Lecture de la base…", id="letters")
        yield StatusLine(4, id="line")

    def columns(self) -> tuple[Any, ...]:
        """The contact has a column where there is room."""
        return PREVIEW_WIDE if self.app.size.width >= WIDE_FROM else PREVIEW

    @property
    def letters(self) -> FixedList:
        """The list."""
        return self.query_one("#letters", FixedList)

    @property
    def letter(self) -> "Letter | None":
        """The letter of the cursor."""
        row = self.letters.current if self.is_mounted and self.query("#letters") else None
        letters = self.prepared.letters if self.prepared is not None else ()
        return next((one for one in letters if row is not None and one.key == row.id), None)

    # reading

    def load(self) -> None:
        """Ask what would be made."""
        kind, subject, today = self.kind, self.subject, self.suivi.today
        employer, first, last, reason = self.employer, self.first, self.last, self.reason
        known = self.folder

        def ask(base: Any) -> "tuple[Prepared, Path]":
            from suivi_tui.actions.letter_files import default_folder
            from suivi_tui.actions.letters import prepare
            from suivi_tui.documents.certificates import CertificateScope
            from suivi_tui.documents.letter import Subject

            scope = CertificateScope(employer, first, last, reason)
            found = prepare(base, kind, Subject(*subject), today=today, scope=scope)
            return found, known or default_folder(today)

        if self.progress is None:
            self.read("letters", ask, self.show_prepared)

    def show_prepared(self, found: "tuple[Prepared, Path]") -> None:
        """Show what would be made."""
        first = self.prepared is None
        self.prepared, self.folder = found
        self.show_rows()
        if first and self.prepared.question:
            self.action_reason()

    def show_rows(self) -> None:
        """The letters, then what is left out."""
        prepared = self.prepared
        if prepared is None:
            return
        wide = self.columns() is PREVIEW_WIDE
        rows = [
            letter_row(one, one.key not in self.aside, place, wide=wide)
            for place, one in enumerate(prepared.letters)
        ]
        rows += [
            left_out_row(one, len(rows) + place, wide=wide)
            for place, one in enumerate(prepared.left_out)
        ]
        self.letters.empty = NOTHING
        self.letters.title = "Courriers"
        self.letters.show(MemorySource(rows[:MEMORY_LIMIT]), keep=True)
        folder = f"Dossier{NBSP}: {self.folder}"
        lines = [about_sentence(prepared, self.aside), prepared.question or folder]
        self.query_one("#about", StatusLine).say(*lines)
        self.refresh_bindings()

    def on_resize(self, event: events.Resize) -> None:
        """Another width shows other columns."""
        for each in self.query("#letters").results(FixedList):
            if each.columns != self.columns():
                each.columns = self.columns()
                self.show_rows()

    @on(PagedList.RowHighlighted)
    def _moved(self, event: PagedList.RowHighlighted) -> None:
        bar, letter = self.query_one("#line", StatusLine), self.letter
        width = max(20, (bar.size.width or 80) - 2)
        if letter is not None:
            who, what, about = letter_detail(letter, letter.key not in self.aside)
            lines = wrapped(shown(about), width)[:2]
            bar.say_at_rest((shown(who), "total"), shown(what), *lines)
        else:
            who, why = event.row.cells[1], event.row.cells[-1]
            bar.say_at_rest((shown(who), "total"), *wrapped(shown(why), width)[:3])
        self.refresh_bindings()

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        self.action_put_aside()

    def action_put_aside(self) -> None:
        """Put the letter of the cursor aside, or take it back."""
        letter = self.letter
        if letter is not None and self.progress is None:
            self.aside ^= {letter.key}
            self.show_rows()

    # what is asked

    def action_folder(self) -> None:
        """Ask where to write."""

        def answered(values: Values | None) -> None:
            if values is not None and self.folder is not None:
                self.folder = self.folder.parent / values["folder"]
                self.show_rows()

        field = PathField("folder", "Dossier", initial=self.folder, required=True)
        self.suivi.push_screen(Form("Dossier des courriers", [field]), answered)

    def action_reason(self) -> None:
        """Ask why the certificate does not wait for the hours to validate."""
        question = self.prepared.question if self.prepared is not None else ""

        def answered(values: Values | None) -> None:
            if values is not None:
                self.reason = values["reason"] or ""
                self.load()

        if question:
            self.notify_plain(question, "warning")
        field = TextField("reason", "Motif", initial=self.reason)
        form = Form("Motif, écrit dans l'attestation", [field], record=self.subject[1])
        self.suivi.push_screen(form, answered)

    def action_months(self) -> None:
        """Ask which months are certified."""
        today = self.suivi.today

        def answered(values: Values | None) -> None:
            if values is not None:
                self.first, self.last = values["first"], values["last"]
                self.load()

        fields = [
            MonthField("first", "Premier mois", today=today, initial=self.first),
            MonthField("last", "Dernier mois", today=today, initial=self.last),
        ]
        form = Form("Période attestée (vide : tout)", fields, record=self.subject[1])
        self.suivi.push_screen(form, answered)

    # making

    def action_make(self) -> None:
        """Write the letters and file them."""
        if self.prepared is None or self.folder is None or self.progress is not None:
            return
        kept, folder = self.prepared.without(self.aside), self.folder
        progress = self.progress = Progress("Préparation des courriers")
        self._ticker = self.set_interval(EVERY, self._tick)
        self._tick()
        self.refresh_bindings()

        def make(base: Any) -> "list[Made]":
            from suivi_tui.actions.letters import make

            return make(base, kept, folder, progress)

        self.write(make, self._made, self._failed)

    def _tick(self) -> None:
        if self.progress is not None:
            self.query_one("#about", StatusLine).say(
                self.progress.text(), "Échap arrête : rien n'est écrit."
            )

    def _rest(self) -> None:
        self.progress = None
        if self._ticker is not None:
            self._ticker.stop()
            self._ticker = None
        self.refresh_bindings()

    def _made(self, made: "list[Made]") -> None:
        self._rest()
        folder = made[0].word.parent

        def closed(_: None) -> None:
            self.dismiss(True)

        self.suivi.push_screen(Message("Courriers préparés", done_text(made, folder)), closed)

    def _failed(self, failure: Failure) -> None:
        stopped = self.progress is not None and self.progress.stopped
        if not self.is_attached:
            return
        self._rest()
        if stopped:
            self.notify_plain(STOPPED)
            self.dismiss(False)
            return
        self.suivi.toast_failure(failure)
        if type(failure.error).__name__ == "BaseMoved":
            self.load()
        else:
            self.show_rows()

    def commands_here(self) -> list[Command]:
        """Enter does what Space does."""
        return with_enter(super().commands_here(), "", "")

    def can_undo(self) -> bool:
        """Nothing of this screen is written yet."""
        return False

    def go_back(self) -> None:
        """Leave; while letters are being made, stop them first."""
        if self.progress is not None:
            self.progress.stopped = True
            return
        self.desk.cancel(f"{id(self)}/letters")
        super().go_back()
