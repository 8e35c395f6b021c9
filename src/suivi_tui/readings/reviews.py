"""What is said of a contract, on one page: the words of each, the ratings."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import Final, NamedTuple

from suivi_tui.readings.evaluation_cases import in_period, obligations_kept
from suivi_tui.readings.filters import Filters
from suivi_tui.store.queries import reviews
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import iso_date
from suivi_tui.store.queries.reviews import ReviewedRow, ReviewRow
from suivi_tui.vocabulary.choices import ReviewAuthor, label_of
from suivi_tui.vocabulary.numbers import format_number, plural
from suivi_tui.vocabulary.typography import french

BEST: Final = 5
NO_AUTHOR: Final = "Auteur à préciser"


class AuthorReviews(NamedTuple):
    """The reviews of one kind of author; ``average`` None when nobody gave a rating."""

    label: str
    average: Fraction | None
    reviews: tuple[ReviewRow, ...]


class ReviewReading(NamedTuple):
    """The reviews of a contract, by kind of author in the order of the list of authors.

    ``average`` is that of the ``rated`` reviews, each counted once.
    """

    contract: ReviewedRow
    rated: int
    average: Fraction | None
    authors: tuple[AuthorReviews, ...]

    @property
    def given(self) -> int:
        """All the reviews."""
        return sum(len(author.reviews) for author in self.authors)

    @property
    def sentence(self) -> str:
        """One French sentence: how many, the average, on how many ratings."""
        if not self.given:
            return "Aucun avis recueilli."
        text = plural(self.given, "avis recueilli", "avis recueillis")
        if self.average is None:
            return french(f"{text}, aucun avec une note.")
        noted = plural(self.rated, "note", "notes")
        return french(f"{text}, note moyenne {rating_text(self.average)} ({noted}).")


def rating_text(rating: int | Fraction | None) -> str:
    """``4/5``, ``3,7/5`` for an average; empty without a rating."""
    if rating is None:
        return ""
    decimals = 0 if Fraction(rating).denominator == 1 else 1
    return f"{format_number(rating, decimals)}/{BEST}"


def author_text(row: ReviewRow) -> str:
    """Whose words: the kind of author, and who when it was written."""
    kind = label_of(ReviewAuthor, row.author_kind, NO_AUTHOR)
    return f"{kind} ({row.author})" if row.author else kind


def review_reading(connection: Connection, contract: int) -> ReviewReading | None:
    """The reviews of one contract; None when it does not exist or was removed."""
    found = reviews.reviewed_contract(connection, contract)
    if found is None:
        return None
    return _reading(found, reviews.of_contracts(connection, [contract]))


def reviews_of(connection: Connection, filters: Filters) -> list[ReviewReading]:
    """The contracts of a scope that have reviews given in the period, by number.

    A review without a day belongs to the whole time only.
    """
    contracts = {row.contract for row in obligations_kept(connection, filters)}
    listed: dict[int, list[ReviewRow]] = defaultdict(list)
    for row in reviews.of_contracts(connection, contracts):
        if in_period(filters, iso_date(row.given_on)):
            listed[row.contract].append(row)
    found = []
    for contract, rows in listed.items():
        known = reviews.reviewed_contract(connection, contract)
        if known is not None:
            found.append(_reading(known, rows))
    return sorted(found, key=lambda one: (one.contract.number, one.contract.contract))


def _reading(contract: ReviewedRow, rows: Iterable[ReviewRow]) -> ReviewReading:
    listed = list(rows)
    ratings = [row.rating for row in listed if row.rating is not None]
    codes = [author.value for author in ReviewAuthor]
    codes += sorted({row.author_kind for row in listed} - set(codes))
    authors = []
    for code in codes:
        own = tuple(row for row in listed if row.author_kind == code)
        if own:
            given = [row.rating for row in own if row.rating is not None]
            label = label_of(ReviewAuthor, code, NO_AUTHOR)
            authors.append(AuthorReviews(label, _average(given), own))
    return ReviewReading(contract, len(ratings), _average(ratings), tuple(authors))


def _average(ratings: list[int]) -> Fraction | None:
    return Fraction(sum(ratings), len(ratings)) if ratings else None
