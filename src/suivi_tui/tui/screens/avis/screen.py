"""« Avis » of a contract: what the company, the tutor, the person and the buyer say of it."""

from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.screens.avis.forms import review_fields
from suivi_tui.tui.screens.avis.sheet_file import ask_sheet
from suivi_tui.tui.screens.shared.asking import ask_fields
from suivi_tui.tui.screens.shared.exporting import export_list
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.record_list import RecordListScreen
from suivi_tui.tui.screens.shared.texts import day
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT, MemorySource, Row, Sort
from suivi_tui.tui.widgets.text_panel import TextPanel
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.readings.reviews import ReviewReading
    from suivi_tui.store.queries.reviews import ReviewRow

SCOPE: Final = "avis"
GROUP: Final = "Avis"
NARROW: Final = (
    Column("Donné le", 10, sort="given"),
    Column("Qui", 24, sort="1"),
    Column("Note", 5, "right", sort="rating"),
    Column("Ce qui est dit", 0),
)
EMPTY: Final = (
    "Aucun avis sur ce marché. Touche a : noter ce qu'en disent l'entreprise, le tuteur, la "
    "personne en insertion ou l'acheteur."
)


def on_review(screen: Any) -> bool:
    """Whether the cursor is on a review, on a base that can be changed."""
    return editable(screen) and screen.row is not None


def has_reviews(screen: Any) -> bool:
    """Whether there is anything to put on the sheet."""
    return bool(screen.listed)


class Reviews(RecordListScreen):
    """The reviews of a contract, the latest first; the one of the cursor in full below."""

    CSS_PATH = "avis.tcss"
    screen_name = "avis"
    heading = "Avis"
    purpose = (
        "Ce que l'entreprise, le tuteur, la personne en insertion et l'acheteur disent d'un "
        "marché, avec une note de 1 à 5. r montre le tout sur une page, w l'écrit pour Word.\n"
        "N'écrivez rien sur la santé ni sur la justice d'une personne."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("add", "a", "Ajouter", "Noter un avis de plus.", SCOPE, GROUP, footer=10,
                available=editable),
        Command("edit", "m", "Modifier", "Modifier l'avis choisi.", SCOPE, GROUP, footer=20,
                available=on_review),
        Command("summary", "r", "Résumé", "Lire tous les avis et les notes moyennes.", SCOPE,
                GROUP, footer=30, available=has_reviews),
        Command("sheet", "w", "Fiche d'avis", "Écrire la fiche d'avis du marché pour Word.", SCOPE,
                GROUP, footer=40, available=has_reviews),
        Command("history", "h", "Historique", "Qui a changé quoi sur cet avis.", SCOPE, GROUP,
                footer=85),
        Command("remove", "x,delete", "Retirer", "Retirer l'avis choisi.", SCOPE, GROUP,
                available=on_review),
    )  # fmt: skip
    entity = "review"
    list_id = "reviews"
    list_title = heading
    empty = EMPTY
    narrow = wide = NARROW
    first_sort = Sort("given", True)
    name_cell = 1

    def __init__(self, contract: int) -> None:
        super().__init__()
        self.contract = contract
        self.reading: ReviewReading | None = None
        self.listed: dict[int, ReviewRow] = {}

    def compose_body(self) -> ComposeResult:
        yield from super().compose_body()
        yield TextPanel(id="words")

    def load(self) -> None:
        contract = self.contract

        def ask(base: Any) -> "ReviewReading | None":
            from suivi_tui.readings.reviews import review_reading

            return review_reading(base.connection, contract)

        self.read("reviews", ask, self.show_reviews)

    def show_reviews(self, reading: "ReviewReading | None") -> None:
        """Show the reviews; a contract that is no longer there closes the screen."""
        if reading is None:
            self.notify_plain("Ce marché n'est plus dans la base.", "warning")
            self.go_back()
            return
        from suivi_tui.readings.reviews import author_text, rating_text

        self.reading = reading
        found = [row for author in reading.authors for row in author.reviews][:MEMORY_LIMIT]
        self.listed = {row.review: row for row in found}
        rows = [
            Row(
                (row.review,),
                row.review,
                (day(row.given_on), author_text(row), rating_text(row.rating), row.text),
            )
            for row in found
        ]
        values = {
            "given": lambda row: self.listed[int(row.id)].given_on or "",
            "rating": lambda row: self.listed[int(row.id)].rating or 0,
        }
        listed = self.query_one(PagedList)
        named = reading.contract.number or reading.contract.object
        listed.title = f"Avis sur le marché {named}"
        listed.show(MemorySource(rows, values), keep=True)
        self._say()
        self.refresh_bindings()

    @property
    def review(self) -> "ReviewRow | None":
        """The review of the cursor."""
        return self.listed.get(int(self.row.id)) if self.row is not None else None

    @on(PagedList.RowHighlighted)
    def _moved(self) -> None:
        self._say()
        self.refresh_bindings()

    def _say(self) -> None:
        if self.reading is None:
            return
        words = self.review.text if self.review is not None else ""
        self.query_one(TextPanel).say((self.reading.sentence, "total"), (words, ""))

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        if on_review(self):
            self.action_edit()

    def export_shown(self) -> None:
        export_list(self, "Avis sur un marché", self.query_one(PagedList), names=("Qui",))

    def action_add(self) -> None:
        """One more review."""
        self._ask(None)

    def action_edit(self) -> None:
        """Change the review of the cursor."""
        if self.review is not None:
            self._ask(self.review)

    def _ask(self, known: "ReviewRow | None") -> None:
        contract, today = self.contract, self.suivi.today
        review = known.review if known is not None else None

        def save(base: Any, values: dict[str, Any]) -> None:
            from suivi_tui.actions.reviews import save_review

            save_review(base, contract, review, values)

        ask_fields(
            self,
            "Avis",
            lambda: review_fields(today, known),
            save,
            new_of(contract) if review is None else review,
        )

    def action_summary(self) -> None:
        """All the words and the averages, on one page."""
        if self.reading is not None:
            self.suivi.push_screen(Message("Avis sur le marché", summary_text(self.reading)))

    def action_sheet(self) -> None:
        """The review sheet, for Word."""
        if self.reading is not None:
            ask_sheet(self, self.contract, self.reading.contract.number)


def summary_text(reading: "ReviewReading") -> str:
    """The reviews on one page, author by author."""
    from suivi_tui.readings.reviews import rating_text

    contract = reading.contract
    parts = [f"{contract.number} {contract.object}".strip(), contract.buyer_name, "",
             reading.sentence]  # fmt: skip
    for author in reading.authors:
        average = rating_text(author.average)
        parts += ["", f"{author.label}{NBSP}: {average}" if average else author.label]
        for row in author.reviews:
            said = row.text or "(note seule)"
            about = ", ".join(filter(None, (day(row.given_on), rating_text(row.rating))))
            head = " · ".join(filter(None, (row.author, about)))
            parts.append(f"  {head}{NBSP}: {said}" if head else f"  {said}")
    return "\n".join(parts)
