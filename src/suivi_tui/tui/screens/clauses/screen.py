"""« Texte de la clause »: what is missing, the pieces to write, what differs once it is sent."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Button, Static

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.plain import plain
from suivi_tui.tui.screens.clauses import flows, forms
from suivi_tui.tui.screens.clauses.sections import DOCUMENT, FORM, PIECE, VALUE, sections_of
from suivi_tui.tui.screens.shared.asking import ask_fields
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.sheet import Sheet, SheetScreen, on_own_record, on_record
from suivi_tui.tui.screens.shared.texts import joined
from suivi_tui.tui.widgets.paged_list import PagedList
from suivi_tui.vocabulary.choices import ClauseForm, ClausePiece
from suivi_tui.vocabulary.numbers import NBSP, plural
from suivi_tui.vocabulary.typography import french

if TYPE_CHECKING:
    from suivi_tui.actions.clauses import MadeText, PreparedClause
    from suivi_tui.store.queries.clauses import TextRow

GROUP: Final = "Texte de la clause"
GONE: Final = "Ce marché n'est plus dans la base."
_LINES_TOGETHER: Final = 20


def _writable(screen: "ClauseScreen") -> bool:
    known = screen.prepared is not None and screen.prepared.writable
    return known and bool(screen.ticked) and editable(screen)


def _on_piece(screen: "ClauseScreen") -> bool:
    return screen.piece_here() is not None


def _on_document(screen: "ClauseScreen") -> bool:
    return editable(screen) and screen.document_here() is not None


def _known(screen: "ClauseScreen") -> bool:
    return screen.prepared is not None and editable(screen)


def _previewable(screen: "ClauseScreen") -> bool:
    return screen.prepared is not None and bool(screen.prepared.pieces)


def _command(name: str, keys: str, label: str, sentence: str, footer: int = 0,
             available: Any = _known) -> Command:  # fmt: skip
    return Command(name, keys, label, sentence, "clauses", GROUP, footer, available=available)


class TextPreview(Message):
    """A whole text: many lines, shown part by part."""

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__(title, "")
        self.lines = list(lines)

    def compose_body(self) -> ComposeResult:
        """The text and its button."""
        with VerticalScroll(classes="-tall", can_focus=True):
            for start in range(0, len(self.lines), _LINES_TOGETHER):
                part = "\n".join(self.lines[start : start + _LINES_TOGETHER])
                yield Static(plain(part, multiline=True), markup=False)
        yield Button("Fermer", id="close", compact=True)


class ClauseScreen(SheetScreen[None]):
    """The text of the clause of one contract."""

    screen_name = "clauses"
    heading = "Texte de la clause"
    figures = "État"
    purpose = (
        "Les pièces du marché qui parlent de la clause, remplies avec ce que la base sait. Entrée "
        "sur une ligne ouvre l'endroit où elle se saisit ; sur une pièce, elle la montre.\n"
        "Rien n'est écrit s'il manque une valeur. Un texte marqué comme envoyé est ensuite comparé "
        "à la base : ce qui en diffère est signalé ici et dans les alertes. Refaites alors le "
        "texte (v) et renvoyez-le, ou corrigez la base (Entrée)."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        _command("make", "v,ctrl+s", "Écrire", "Écrire les pièces cochées dans un dossier.", 10,
                 _writable),
        _command("tick", "space", "Cocher", "Écrire cette pièce, ou non.", 15, _on_piece),
        _command("preview", "p", "Aperçu", "Lire la pièce choisie.", 20, _previewable),
        _command("sent", "s", "Envoyé", "Dire quand ce texte a été envoyé.", 12, _on_document),
        _command("form", "f", "Forme", "Choisir la forme juridique de la clause.", 25),
        _command("hours", "l", "Heures", "Saisir l'objectif d'un lot.", 30),
        _command("settings", "c", "Réglages", "Poids du critère, CCAG, délai.", 35),
        _command("publics", "b", "Publics", "Choisir les publics éligibles.", 36),
        _command("penalties", "a", "Pénalités", "Saisir les pénalités du texte.", 37),
        _command("folder", "d", "Dossier", "Choisir le dossier et le format.", 0),
        _command("library", "m", "Textes", "Où sont les textes, à modifier.", 0, None),
        _command("history", "h", "Historique", "Qui a changé quoi sur la ligne choisie.", 0,
                 on_record),
        _command("remove", "x,delete", "Retirer", "Retirer ce texte de la liste.", 0,
                 on_own_record),
    )  # fmt: skip

    def __init__(self, contract: int) -> None:
        super().__init__()
        self.contract = contract
        self.prepared: PreparedClause | None = None
        self.ticked: set[ClausePiece] = set(ClausePiece)
        self.folder: Path | None = None
        self.formats = forms.BOTH

    # reading

    def load(self) -> None:
        """What the text says, piece by piece."""
        contract, today = self.contract, self.suivi.today

        def ask_base(base: Any) -> "PreparedClause":
            from suivi_tui.actions.clauses import prepare_clause

            return prepare_clause(base, contract, today=today)

        self.read("clause", ask_base, self.show_prepared)

    def show_prepared(self, prepared: "PreparedClause") -> None:
        """Show the text."""
        self.prepared = prepared
        self.folder = self.folder or prepared.folder
        self._show()
        self.query_one(Sheet).focus()

    def _show(self) -> None:
        if self.prepared is not None:
            facts = self.prepared.facts
            title = joined([facts.number or facts.object, facts.buyer])
            self.query_one(Sheet).show_sections(title, sections_of(self.prepared, self.ticked))
            self.refresh_bindings()

    def show_record(self, contract: int) -> None:
        """Show the text of another contract."""
        self.contract, self.prepared = contract, None
        self.reload()

    def _about(self) -> tuple[str, Any]:
        line = self.query_one(Sheet).line if self.query(Sheet) else None
        return line.about if line is not None and line.about else ("", "")

    def piece_here(self) -> ClausePiece | None:
        """The piece of the cursor."""
        what, about = self._about()
        return about if what == PIECE else None

    def document_here(self) -> "TextRow | None":
        """The text of the cursor, among those that were made; the last one elsewhere."""
        rows = self.prepared.documents if self.prepared is not None else ()
        record = self.query_one(Sheet).record() if self.query(Sheet) else None
        if record is not None and record[0] == DOCUMENT:
            return next((row for row in rows if row.document == record[1]), None)
        return rows[0] if rows else None

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        what, about = self._about()
        if what == PIECE:
            self._preview(about)
        elif what == FORM and editable(self):
            self.action_form()
        elif what == VALUE and editable(self) and self.prepared is not None:
            flows.enter_value(self, self.prepared, about, self.reload)
        elif self.document_here() is not None and editable(self):
            self.action_sent()

    # what is chosen

    def action_tick(self) -> None:
        """Write the piece of the cursor, or not."""
        piece = self.piece_here()
        if piece is not None:
            self.ticked ^= {piece}
            self._show()

    def action_preview(self) -> None:
        """Read the piece of the cursor, or one that is chosen."""
        piece = self.piece_here()
        if piece is not None:
            self._preview(piece)
        elif self.prepared is not None:
            listed = [Choice(one, one.label) for one in ClausePiece]
            self.suivi.push_screen(Choose(french("Quelle pièce ?"), listed), self._preview)

    def _preview(self, piece: ClausePiece | None) -> None:
        states = self.prepared.pieces if self.prepared is not None else ()
        state = next((one for one in states if one.filled.piece is piece), None)
        if state is None:
            return
        lines = state.filled.lines
        if state.absent:
            from suivi_tui.rules.clause_texts import label_of_value

            lacking = ", ".join(map(label_of_value, state.absent))
            lines = [f"Il manque{NBSP}: {lacking}.", "", *lines]
        self.suivi.push_screen(TextPreview(state.filled.piece.label, lines))

    def action_form(self) -> None:
        """Choose the legal form."""
        from suivi_tui.rules.clause_variables import WRITTEN_FORMS

        listed = [Choice(one.value, one.label) for one in WRITTEN_FORMS]
        contract = self.contract

        def chosen(code: str | None) -> None:
            if code is None:
                return

            def save(base: Any) -> object:
                from suivi_tui.actions.records import save_record

                return save_record(base, "contract", contract, {"clause_form": ClauseForm(code)})

            self.write(save, lambda _: self.reload())

        self.suivi.push_screen(Choose("Forme juridique", listed), chosen)

    def action_hours(self) -> None:
        """The objective of a lot."""
        flows.edit_hours(self, self.contract, self.reload)

    def action_settings(self) -> None:
        """What only the text needs."""
        if self.prepared is not None:
            flows.edit_text(self, self.prepared, self.reload)

    def action_publics(self) -> None:
        """The publics, one by one."""
        if self.prepared is not None:
            flows.edit_publics(self, self.prepared, self.reload)

    def action_penalties(self) -> None:
        """What the contract says of penalties."""
        flows.edit_penalties(self, self.contract, self.reload)

    def action_folder(self) -> None:
        """Where to write, and as what."""

        def answered(values: Values | None) -> None:
            if values is not None and self.folder is not None:
                self.folder = self.folder.parent / values["folder"]
                self.formats = values["formats"]

        if self.folder is not None:
            fields = forms.folder_fields(self.folder, self.formats)
            self.suivi.push_screen(Form("Dossier des textes", fields), answered)

    def action_library(self) -> None:
        """Where the texts are; those that are missing are made now."""

        def make(_: Any) -> str:
            from suivi_tui.actions.clauses import library_folder

            return str(library_folder())

        def show(folder: str) -> None:
            text = (
                f"Les textes sont dans{NBSP}:\n{folder}\n\nChaque .md se modifie dans n'importe "
                "quel éditeur. Variables.txt donne la liste des variables. Vos textes ne sont "
                "jamais remplacés ; supprimez-en un pour retrouver celui d'origine."
            )
            self.suivi.push_screen(Message("Textes des clauses", text))

        self.read("library", make, show)

    # making

    def action_make(self) -> None:
        """Write the ticked pieces and file them."""
        contract, today, folder = self.contract, self.suivi.today, self.folder
        pieces = [piece for piece in ClausePiece if piece in self.ticked]
        formats = forms.formats_of(self.formats)
        if folder is None:
            return

        def make(base: Any) -> "list[MadeText]":
            from suivi_tui.actions.clauses import make_clause

            return make_clause(base, contract, pieces, folder, today=today, formats=formats)

        self.write(make, self._made)

    def _made(self, made: "list[MadeText]") -> None:
        folder = made[0].paths[0].parent
        pieces = plural(len(made), "pièce écrite", "pièces écrites")
        text = (
            f"{pieces} dans{NBSP}:\n{folder}\n\nRelisez-les, puis envoyez-les à l'acheteur. "
            "Marquez-les ensuite comme envoyées (touche s) : la base leur sera comparée."
        )
        self.suivi.push_screen(Message("Texte de la clause", text))
        self.reload()

    def action_sent(self) -> None:
        """Say when a text was sent, alone or with those made at the same time."""
        row, today = self.document_here(), self.suivi.today
        rows = self.prepared.documents if self.prepared is not None else ()
        if row is None:
            return

        def save(base: Any, values: Values) -> object:
            from suivi_tui.actions.clauses import mark_clause_sent
            from suivi_tui.readings.clause_differences import kept_together

            alone = values["which"] == forms.ALONE
            together = kept_together(row)
            listed = [one.document for one in rows if one.document == row.document
                      or (not alone and kept_together(one) == together)]  # fmt: skip
            return mark_clause_sent(base, listed, values["sent"])

        ask_fields(self, "Texte envoyé", lambda: forms.sent_fields(today), save, row.document)
