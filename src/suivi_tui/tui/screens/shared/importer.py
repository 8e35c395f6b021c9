"""« Importer un fichier… »: the file, what it would change, then the import itself.

Statements of hours, whatever their layout, have a screen of their own (``importation``).
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Static

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.dialog import Dialog
from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.plain import plain
from suivi_tui.tui.screens.shared.asking import AskingForm
from suivi_tui.tui.screens.shared.path_field import PathField
from suivi_tui.tui.widgets.fields import ChoiceField, Field
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MemorySource, Row
from suivi_tui.tui.widgets.status_line import StatusLine
from suivi_tui.tui.workers import Failure
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP, plural

if TYPE_CHECKING:
    from suivi_tui.actions.import_report import ImportReport
    from suivi_tui.tui.screens.base import SuiviScreen

HOURS: Final = "heures"
PROGRAMME: Final = "programme"
KINDS: Final = (
    ("marches", "Marchés"),
    ("participants", "Participants"),
    (HOURS, "Heures"),
    ("parcours", "Points de parcours"),
    ("structures", "Structures d'insertion"),
    ("annuaire", "Annuaire (facilitateurs, référents)"),
    (PROGRAMME, "Programme d'achats d'un acheteur"),
    ("decp", "Données ouvertes (DECP)"),
    ("decp-tous", "Données ouvertes (DECP), tous les marchés"),
)
EVERYTHING: Final = "-tous"
STATEMENT: Final = "releve"
GUESSED: Final = "deviné d'après les colonnes"
WARNINGS_SHOWN: Final = 2_000
TITLE: Final = "Importer un fichier"
FILE, CONTENT = "path", "kind"

Refused = Callable[[str, str], object]
"""Gets the sentence of a refusal, and the key of the field to type again."""

_ACCEPT = Command("accept", "ctrl+s", "Valider", "Importer ce fichier.", "dialog", footer=1)
_CLOSE = Command("close", "escape", "Fermer", "Ne rien écrire de plus.", "dialog", footer=2)


class Wanted(NamedTuple):
    """A file to import, and its kind when it is known."""

    path: Path
    kind: str | None


class Unknown(UserError):
    """The columns do not tell what the file holds; the person says it."""


UNKNOWN_CONTENT: Final = (
    "Les colonnes ne disent pas ce que contient ce fichier : rien n'a été lu. "
    "Choisissez son contenu (marchés, participants, heures…)."
)


class ReportDialog(Dialog[bool]):
    """What an import would do, or did; ``True`` when the person validates it."""

    commands: ClassVar[tuple[Command, ...]] = (_ACCEPT, _CLOSE)

    def __init__(self, title: str, report: "ImportReport", *, ahead: bool) -> None:
        super().__init__(title)
        self.report = report
        self.ahead = ahead
        # A file that brings nothing has nothing to validate.
        self.ask = ahead and bool(report.created or report.changed)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a preview can be validated."""
        return self.ask if action == "accept" else super().check_action(action, parameters)

    def compose_body(self) -> ComposeResult:
        """Counts, warnings, the whole warning of the cursor, buttons."""
        yield Static(plain(summary(self.report, self.ahead), multiline=True), id="text",
                     markup=False)  # fmt: skip
        if self.report.warnings:
            columns = (Column("Ligne", 14), Column("Champ", 16), Column("Remarque", 0))
            shown = self.report.warnings[:WARNINGS_SHOWN]
            rows = [Row((place,), place, tuple(item)) for place, item in enumerate(shown)]
            title = plural(len(self.report.warnings), "remarque", "remarques")
            listed = PagedList(columns, MemorySource(rows), title=title, id="warnings")
            listed.styles.height = 10
            yield listed
            yield StatusLine(2, id="warning")
        with Horizontal(id="buttons"):
            yield Button("Annuler" if self.ask else "Fermer", id="no", compact=True)
            if self.ask:
                yield Button("Valider", id="yes", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Enter validates when there is nothing to read first."""
        self.query_one("#yes" if self.ask else "#no").focus()

    @on(PagedList.RowHighlighted)
    def _moved(self, event: PagedList.RowHighlighted) -> None:
        from suivi_tui.tui.plain import shown, wrapped

        line = self.query_one("#warning", StatusLine)
        text = shown(event.row.cells[2])
        line.say(*wrapped(text, max(20, line.size.width - 2 or 70))[:2])

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_accept(self) -> None:
        """Validate."""
        self.dismiss(True)

    def action_close(self) -> None:
        """Close."""
        self.dismiss(False)


def summary(report: "ImportReport", ahead: bool) -> str:
    """The counts of a report, in sentences."""
    read = plural(report.read, "enregistrement lu", "enregistrements lus")
    parts = [
        f"{report.file}{NBSP}: {read}.",
        f"Créés{NBSP}: {report.created} · modifiés{NBSP}: {report.changed} · inchangés{NBSP}: "
        f"{report.unchanged} · écartés{NBSP}: {report.left_out}",
    ]
    if ahead and not (report.created or report.changed):
        parts.append("Ce fichier n'apporte rien de nouveau : rien ne sera écrit.")
    elif ahead:
        parts.append("Rien n'est encore écrit. Validez pour importer.")
    return "\n".join(parts)


def ask_import(
    screen: "SuiviScreen[Any]",
    then: Callable[[], object] | None = None,
    typed: dict[str, str] | None = None,
    refusal: str = "",
    faulty: str = FILE,
) -> None:
    """Ask which file, show what it would change, import it; ``then`` runs at the end.

    A refusal opens the form again with what was typed, ready to type the ``faulty`` field again.
    """
    form = AskingForm(TITLE, import_fields())
    form.typed = typed or {}
    form.sentence, form.faults = refusal, {faulty: ""}

    def answered(values: Values | None) -> None:
        if values is not None:
            texts = dict(form.typed)
            again = _again(screen, then, texts)
            preview_import(screen, Wanted(values[FILE], values[CONTENT]), then, again)

    screen.suivi.push_screen(form, answered)


def import_path(
    screen: "SuiviScreen[Any]", path: Path, then: Callable[[], object] | None = None
) -> None:
    """Import a file that was already chosen; a refusal opens the form with its name."""
    again = _again(screen, then, {FILE: str(path)})
    preview_import(screen, Wanted(path, None), then, again)


def _again(
    screen: "SuiviScreen[Any]", then: Callable[[], object] | None, texts: dict[str, str]
) -> Refused:
    return lambda sentence, faulty: ask_import(screen, then, texts, sentence, faulty)


def import_fields() -> list[Field[Any]]:
    """Where the file is, and what it holds."""
    return [
        PathField(FILE, "Fichier", required=True, hint="glissez le fichier ici ou tapez son nom"),
        ChoiceField(CONTENT, "Contenu", options=KINDS, hint=GUESSED),
    ]


def preview_import(
    screen: "SuiviScreen[Any]",
    wanted: Wanted,
    then: Callable[[], object] | None,
    refused: Refused,
) -> None:
    """Read the file without writing, show what it would change, import it once validated."""
    if wanted.kind == PROGRAMME:
        from suivi_tui.tui.screens.amont.programme import bring_programme

        bring_programme(screen, wanted.path, then, refused)
        return
    today = screen.suivi.today

    def rehearse(base: Any) -> "tuple[str, ImportReport | None]":
        kind = content_of(wanted)
        if kind == STATEMENT:
            return kind, None
        return kind, _bring(base, kind, wanted.path, today, dry_run=True)

    def rehearsed(found: "tuple[str, ImportReport | None]") -> None:
        screen.status("")
        kind, report = found
        if report is None:
            _open_statement(screen, wanted, then, refused)
            return
        if report.error is not None:
            refused(report.error, FILE)
            return
        title = f"Aperçu{NBSP}: {dict(KINDS)[kind]}"
        dialog = ReportDialog(title, report, ahead=True)
        screen.suivi.push_screen(
            dialog, lambda yes: _import(screen, kind, wanted.path, then) if yes else None
        )

    def failed(failure: Failure) -> None:
        screen.status("")
        if isinstance(failure.error, UserError):
            refused(failure.message, FILE)
        else:
            screen.suivi.toast_failure(failure)

    screen.status("lecture du fichier…")
    # Not a read: an import rehearsed is never interrupted in the middle of its transaction.
    screen.desk.write(rehearse, rehearsed, failed)


def content_of(wanted: Wanted) -> str:
    """What a file holds: a kind of ``KINDS``, or ``STATEMENT`` when no table of ours.

    Raises UnreadableFile when the file cannot be read at all.
    """
    from suivi_tui.actions.guess_kind import guess_kind, has_our_hours

    # What nobody can tell is looked at as a statement, the only one that has no columns of ours.
    kind = wanted.kind or guess_kind(wanted.path) or STATEMENT
    return STATEMENT if kind == HOURS and not has_our_hours(wanted.path) else kind


def _open_statement(
    screen: "SuiviScreen[Any]",
    wanted: Wanted,
    then: Callable[[], object] | None,
    refused: Refused,
) -> None:
    from suivi_tui.tui.screens.importation.screen import StatementImport

    def given_back(sentence: str, *, empty: bool) -> None:
        # A table that holds no hours may be of another kind: nobody said what it is.
        if empty and wanted.kind is None:
            refused(UNKNOWN_CONTENT, CONTENT)
        else:
            refused(sentence, FILE)

    screen.suivi.push_screen(StatementImport(wanted.path, refused=given_back, then=then))


def _bring(base: Any, kind: str, path: Path, today: date, *, dry_run: bool) -> "ImportReport":
    """Import the file, or say what it would change; ``kind`` is one of ``KINDS``."""
    from suivi_tui.actions.importing import OpenDataFilters, import_files

    filters = OpenDataFilters(everything=kind.endswith(EVERYTHING))
    name = kind.removesuffix(EVERYTHING)
    return import_files(base, name, [path], today=today, dry_run=dry_run, filters=filters)[0]


def _import(
    screen: "SuiviScreen[Any]", kind: str, path: Path, then: Callable[[], object] | None
) -> None:
    today = screen.suivi.today

    def write(base: Any) -> "ImportReport":
        return _bring(base, kind, path, today, dry_run=False)

    def closed(_: bool | None) -> None:
        if then is not None:
            then()

    def written(report: "ImportReport") -> None:
        if report.error is not None:
            screen.notify_plain(report.error, "error")
            return
        screen.reload()
        dialog = ReportDialog("Import terminé", report, ahead=False)
        screen.suivi.push_screen(dialog, closed)

    def failed(failure: Failure) -> None:
        screen.status("")
        screen.suivi.toast_failure(failure)

    screen.status("import en cours…")
    screen.write(write, written, failed)
