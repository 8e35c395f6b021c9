"""The form of a review, and its line on the sheet of a contract."""

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from suivi_tui.tui.screens.shared.sheet import SheetLine
from suivi_tui.tui.screens.shared.texts import as_date, day, joined
from suivi_tui.tui.widgets.fields import ChoiceField, DateField, Field, TextField, Wrong
from suivi_tui.vocabulary.choices import ReviewAuthor, options
from suivi_tui.vocabulary.text import NOTES_LIMIT

if TYPE_CHECKING:
    from suivi_tui.store.queries.reviews import ReviewRow

BEST: Final = 5


class RatingField(Field[int]):
    """A rating from 1 to 5: `4`, `4/5`."""

    def parse(self, text: str) -> int:
        """The rating."""
        digits = text.replace("\u00a0", "").replace(" ", "").removesuffix(f"/{BEST}")
        if len(digits) == 1 and digits in "12345":
            return int(digits)
        raise Wrong(f"Une note de 1 à {BEST} est attendue.")

    def reading(self, value: int) -> str:
        """`4 sur 5`."""
        return f"{value} sur {BEST}"


def review_fields(today: date, known: "ReviewRow | None" = None) -> list[Field[Any]]:
    """Whose words, which words, the rating, the day."""
    return [
        ChoiceField("author_kind", "Qui donne l'avis", options=options(ReviewAuthor),
                    required=True, initial=known.author_kind or None if known else None),
        TextField("author", "Nom ou fonction", hint="chef de chantier, conseiller…",
                  initial=known.author or None if known else None),
        TextField("text", "Ce qui est dit", limit=NOTES_LIMIT,
                  initial=known.text or None if known else None),
        RatingField("rating", "Note", hint=f"de 1 à {BEST}, {BEST} la meilleure",
                    initial=known.rating if known else None),
        DateField("given_on", "Donné le", today=today,
                  initial=as_date(known.given_on) if known else today),
    ]  # fmt: skip


def review_line(row: "ReviewRow") -> SheetLine:
    """A review among the lines of the sheet of a contract."""
    from suivi_tui.readings.reviews import author_text, rating_text

    text = joined([day(row.given_on), author_text(row), row.text])
    return SheetLine(text, rating_text(row.rating), "review", row.review)
