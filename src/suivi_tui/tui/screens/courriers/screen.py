"""The letters that were made, what answer they wait for; the reminders of the month in one key."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult

from suivi_tui import paths
from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.screens.courriers.words import DOCUMENTS, document_row
from suivi_tui.tui.screens.shared.asking import AskingForm, ask
from suivi_tui.tui.screens.shared.exporting import export_list
from suivi_tui.tui.screens.shared.fixed_list import FixedList, FixedListScreen, editable
from suivi_tui.tui.screens.shared.letters import REMINDERS, ask_letter
from suivi_tui.tui.screens.shared.opening import open_place, place_of
from suivi_tui.tui.widgets.fields import DateField, TextField
from suivi_tui.tui.widgets.paged_list import PagedList
from suivi_tui.tui.widgets.sources import KeyedSource, Row, Sort
from suivi_tui.tui.widgets.status_line import StatusLine
from suivi_tui.vocabulary.choices import DocumentKind
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from datetime import date

    from suivi_tui.documents.letter import Sender
    from suivi_tui.store.queries.letters import DocumentRow
    from suivi_tui.store.queries.paging import Page

EMPTY: Final = (
    "Aucun courrier. Touche r pour les relances du mois ; depuis un marché, une entreprise ou un "
    "participant, touche l."
)
OWN: Final = (
    ("author", "Votre nom"),
    ("structure", "Structure"),
    ("role", "Fonction"),
    ("phone", "Téléphone"),
    ("mail", "Courriel"),
    ("address", "Adresse"),
    ("town", "Ville"),
)
_SIGNATURES: Final = (DocumentKind.FORMAL_NOTICE.value, DocumentKind.PENALTY.value)


class Documents(KeyedSource):
    """The letters, the latest first; ``known`` keeps what was read of them."""

    def __init__(self, today: "date") -> None:
        self.today = today
        self.known: dict[int, DocumentRow] = {}
        self.contracts: dict[int, int | None] = {}

    def page(self, base: Any, page: "Page", sort: Sort | None, filter: str) -> Sequence[Row]:
        """See :class:`~suivi_tui.tui.widgets.sources.KeyedSource`."""
        from suivi_tui.store.queries.letters import documents_page
        from suivi_tui.store.queries.names import record_names

        rows = documents_page(base.connection, page)
        names = record_names(base.connection, [(row.entity, row.subject) for row in rows])
        found = []
        for row in rows:
            name = names.get((row.entity, row.subject))
            self.known[row.document] = row
            self.contracts[row.document] = name.contract if name else None
            title = name.title if name else "fiche supprimée"
            detail = f" · {name.detail}" if name and name.entity == "obligation" else ""
            found.append(document_row(row, f"{title}{detail}", self.today))
        return found


def on_document(screen: "LettersScreen") -> bool:
    """Whether the cursor is on a letter, in a base that can be changed."""
    return editable(screen) and screen.document is not None


def waiting(screen: "LettersScreen") -> bool:
    """Whether the letter of the cursor waits for an answer."""
    row = screen.document
    return editable(screen) and row is not None and row.due is not None and row.done is None


class LettersScreen(FixedListScreen[None]):
    """Every letter that was made, with the answer it waits for and the day it was sent."""

    screen_name = "courriers"
    heading = "Courriers"
    purpose = (
        "Les courriers préparés, les derniers en premier. r prépare les relances du mois de toutes "
        "les entreprises ; s dit quand un courrier est parti ; y note que la réponse est venue.\n"
        "Le programme prépare des fichiers : il n'envoie rien. Mise en demeure et pénalité sont "
        "des projets, l'acheteur décide."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("reminders", "r", "Relances du mois", "Préparer les relances du mois, toutes les "
                "entreprises à la fois.", "courriers", "Courriers", footer=10, available=editable),
        Command("another", "a", "Autre courrier", "Préparer d'autres courriers.", "courriers",
                "Courriers", footer=20, available=editable),
        Command("sent", "s", "Envoyé le…", "Dire quand ce courrier est parti.", "courriers",
                "Courriers", footer=30, available=on_document),
        Command("answered", "y", "Réponse reçue", "Noter que la réponse est venue.", "courriers",
                "Courriers", footer=35, available=waiting),
        Command("templates", "m", "Modèles", "Où sont les modèles à modifier dans Word.",
                "courriers", "Courriers", footer=45),
        Command("own_details", "p", "Coordonnées", "Ce que les courriers disent de vous.",
                "courriers", "Courriers", footer=48, available=editable),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.source: Documents | None = None

    def compose_body(self) -> ComposeResult:
        """The list, and the letter of the cursor in full."""
        self.source = Documents(self.suivi.today)
        yield FixedList(DOCUMENTS, self.source, read=self.read, title="Courriers préparés",
                        empty=EMPTY, id="documents")  # fmt: skip
        yield StatusLine(2, id="line")

    @property
    def document(self) -> "DocumentRow | None":
        """The letter of the cursor."""
        row = self.query_one(FixedList).current if self.is_mounted else None
        known = self.source.known if self.source is not None else {}
        return known.get(int(row.id)) if row is not None else None

    def load(self) -> None:
        """Read the letters again."""
        self.query_one(FixedList).reload()

    def can_filter(self) -> bool:
        """The letters come in the order they were made, all of them."""
        return False

    def export_shown(self) -> None:
        """The list of the letters; what they are about may name a person."""
        export_list(self, "Courriers", self.query_one(FixedList), names=("À propos de",))

    @on(PagedList.RowHighlighted)
    def _moved(self, event: PagedList.RowHighlighted) -> None:
        row = self.document
        if row is not None:
            said = f"Modèle{NBSP}: {row.template}, version {row.version}"
            self.query_one("#line", StatusLine).say_at_rest((event.row.cells[2], "total"), said)
        self.refresh_bindings()

    @on(PagedList.Loaded)
    def _loaded(self) -> None:
        self.refresh_bindings()

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        row = self.document
        if row is not None and self.source is not None:
            contract = self.source.contracts.get(row.document)
            open_place(self, place_of(row.entity, row.subject, contract))

    def action_reminders(self) -> None:
        """The reminders of every company."""
        ask_letter(self, REMINDERS)

    def action_another(self) -> None:
        """Other letters that everybody may be due."""
        ask_letter(self)

    def action_sent(self) -> None:
        """Say when the letter was sent; a formal notice then has its own deadline."""
        row, today = self.document, self.suivi.today
        if row is None:
            return
        fields = [DateField("sent", "Envoyé le", today=today, initial=today)]
        if row.kind in _SIGNATURES or row.due is not None:
            fields.append(DateField("due", "Réponse avant le", today=today, ahead=True))

        def save(base: Any, values: dict[str, Any]) -> object:
            from suivi_tui.actions.letters import mark_sent

            return mark_sent(base, row.document, values["sent"], values.get("due"))

        ask(self, lambda: AskingForm("Courrier envoyé", fields, record=row.document), save,
            lambda _: self.load())  # fmt: skip

    def action_answered(self) -> None:
        """The answer came."""
        row, today = self.document, self.suivi.today
        if row is None or row.follow_up is None:
            return
        follow_up = row.follow_up

        def save(base: Any) -> object:
            from suivi_tui.actions.records import save_record

            return save_record(base, "follow_up", follow_up, {"done": today})

        self.write(save, lambda _: self.load())

    def action_templates(self) -> None:
        """Where the templates are; those that are missing are made now."""

        def make(_: Any) -> str:
            from suivi_tui.documents.templates import prepare_folder

            folder = paths.templates_directory()
            prepare_folder(folder)
            return str(folder)

        def show(folder: str) -> None:
            text = (
                f"Les modèles sont dans{NBSP}:\n{folder}\n\nChaque .docx se modifie dans Word ; le "
                ".txt du même nom est le courriel. Variables.txt donne la liste des variables. "
                "Vos modèles ne sont jamais remplacés ; supprimez-en un pour retrouver celui "
                "d'origine."
            )
            self.suivi.push_screen(Message("Modèles de courriers", text))

        self.read("templates", make, show)

    def action_own_details(self) -> None:
        """What letters say of who writes them."""

        def known(base: Any) -> "Sender":
            from suivi_tui.actions.letters import sender_of

            return sender_of(base)

        def save(base: Any, values: dict[str, Any]) -> None:
            typed = {key: value or "" for key, value in values.items()}
            paths.save_settings(paths.load_settings()._replace(**typed))

        def show(sender: "Sender") -> None:
            def make() -> AskingForm:
                fields = [TextField(key, label, initial=getattr(sender, key)) for key, label in OWN]
                return AskingForm("Vos coordonnées dans les courriers", fields)

            ask(self, make, save)

        self.read("sender", known, show)
