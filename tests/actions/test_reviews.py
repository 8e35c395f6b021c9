"""What is said of a contract: written down, read back on one page, sent for Word."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from builders import NewContract, add, new_base, new_contract
from suivi_tui.actions.export_view import AlreadyThere
from suivi_tui.actions.records import FieldErrors, RecordGone, remove_record
from suivi_tui.actions.reviews import save_review, sensitive_reviews, write_review_sheet
from suivi_tui.readings.filters import Filters
from suivi_tui.readings.reviews import review_reading, reviews_of
from suivi_tui.rules.privacy_scan import SensitiveMatter
from suivi_tui.store.base import Base

TODAY = date(2026, 6, 20)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as made:
        yield made


def reviewed(base: Base) -> NewContract:
    market = new_contract(base)
    for kind, rating, text in (
        ("entreprise", 4, "Bon accueil <b> & suivi"),
        ("tuteur", 5, ""),
        ("entreprise", None, "À refaire"),
    ):
        save_review(
            base,
            market.contract,
            None,
            {"author_kind": kind, "author": "Sam Essai", "text": text, "rating": rating,
             "given_on": TODAY},
        )  # fmt: skip
    return market


def test_reviews_are_read_by_author_with_their_average(base: Base) -> None:
    market = reviewed(base)
    reading = review_reading(base.connection, market.contract)
    assert reading is not None
    assert (reading.given, reading.rated) == (3, 2)
    assert reading.sentence.replace("\u00a0", " ") == (
        "3 avis recueillis, note moyenne 4,5/5 (2 notes)."
    )
    assert [(author.label, len(author.reviews)) for author in reading.authors] == [
        ("L'entreprise", 2),
        ("Le tuteur", 1),
    ]


def test_changing_and_removing_a_review(base: Base) -> None:
    market = reviewed(base)
    reading = review_reading(base.connection, market.contract)
    assert reading is not None
    review = reading.authors[1].reviews[0].review
    save_review(base, market.contract, review, {"rating": 2})
    changed = review_reading(base.connection, market.contract)
    assert changed is not None and changed.authors[1].reviews[0].rating == 2
    remove_record(base, "review", review)
    left = review_reading(base.connection, market.contract)
    assert left is not None and left.given == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"author_kind": "tuteur"}, "text"),
        ({"author_kind": "tuteur", "text": " \u200b "}, "text"),
        ({"author_kind": "tuteur", "rating": 6}, "rating"),
        ({"author_kind": "tuteur", "rating": 0}, "rating"),
        ({"author_kind": "voisin", "text": "Bien"}, "author_kind"),
    ],
)
def test_what_says_nothing_or_makes_no_sense_is_refused(
    base: Base, values: dict[str, object], field: str
) -> None:
    market = new_contract(base)
    with pytest.raises(FieldErrors) as refused:
        save_review(base, market.contract, None, values)
    assert field in refused.value.fields
    assert review_reading(base.connection, market.contract).given == 0


def _words(path: Path) -> str:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as packed:
        return packed.read("word/document.xml").decode()


def test_the_sheet_names_nobody_unless_asked(base: Base, tmp_path: Path) -> None:
    market = reviewed(base)
    target = tmp_path / "avis.docx"
    assert write_review_sheet(base, market.contract, target, TODAY) == 3
    words = _words(target)
    assert "Bon accueil &lt;b&gt; &amp; suivi" in words and "4,5/5" in words
    assert "Sam Essai" not in words
    with pytest.raises(AlreadyThere):
        write_review_sheet(base, market.contract, target, TODAY)
    write_review_sheet(base, market.contract, target, TODAY, names=True, overwrite=True)
    assert "Sam Essai" in _words(target)
    with pytest.raises(RecordGone):
        write_review_sheet(base, 1, tmp_path / "rien.docx", TODAY)
    assert not (tmp_path / "rien.docx").exists()


def test_the_reviews_of_a_scope(base: Base) -> None:
    market = reviewed(base)
    add(base, "review", contract=market.contract, author_kind="acheteur", rating=1)
    new_contract(base, number="2026-02")
    everything = reviews_of(base.connection, Filters())
    assert [reading.given for reading in everything] == [4]
    # A review without a day belongs to no month.
    june = reviews_of(base.connection, Filters(first=202606, last=202606))
    assert [reading.given for reading in june] == [3]
    assert reviews_of(base.connection, Filters(first=202607)) == []


@pytest.mark.parametrize("names", [False, True])
def test_a_sheet_that_leaves_is_told_in_the_history_and_its_words_are_searched(
    base: Base, tmp_path: Path, names: bool
) -> None:
    market = reviewed(base)
    assert sensitive_reviews(base.connection, market.contract) == {}
    save_review(
        base, market.contract, None, {"author_kind": "tuteur", "text": "En arrêt maladie en mai"}
    )
    found = sensitive_reviews(base.connection, market.contract)
    assert found == {SensitiveMatter.HEALTH: 1}
    write_review_sheet(base, market.contract, tmp_path / "avis.docx", TODAY, names=names)
    left = base.connection.execute("SELECT what, how_many, nominative FROM export_log").fetchall()
    assert left == [("Fiche d'avis", 4, int(names))]
