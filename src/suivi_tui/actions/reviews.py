"""What is said of a contract: a review written down, the sheet of all of them."""

from datetime import date
from pathlib import Path

from suivi_tui.actions.export_log import ExportDone, log_export
from suivi_tui.actions.export_view import AlreadyThere, default_target
from suivi_tui.actions.records import FieldErrors, RecordGone, Saved, Values, save_record
from suivi_tui.documents.review_sheet import review_sheet
from suivi_tui.exchange.whole_file import whole_file
from suivi_tui.readings.reviews import review_reading
from suivi_tui.rules.privacy_scan import SensitiveMatter, scan
from suivi_tui.store.base import Base
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.entry import record
from suivi_tui.vocabulary.text import clean

WHAT = "Fiche d'avis"


def save_review(base: Base, contract: int, review: int | None, values: Values) -> Saved:
    """Write a review of a contract (``review`` None), or change one.

    ``values`` may give ``author_kind``, ``author``, ``text``, ``rating`` (1 to 5), ``given_on``;
    without words nor rating there is nothing to keep. Raises FieldErrors.
    """
    known = record(base.connection, "review", review) if review is not None else None
    whole = {**(known or {}), **values}
    if not clean(str(whole.get("text") or "")) and whole.get("rating") is None:
        raise FieldErrors({"text": "écrivez ce qui est dit, ou donnez une note"})
    return save_record(base, "review", review, {**values, "contract": contract})


def default_sheet(contract_number: str, today: date) -> Path:
    """The file proposed for a review sheet, in the user's documents."""
    return default_target(f"avis {contract_number}", today).with_suffix(".docx")


def sensitive_reviews(connection: Connection, contract: int) -> dict[SensitiveMatter, int]:
    """How many reviews of a contract speak of each sensitive matter; their words always go out."""
    reading = review_reading(connection, contract)
    if reading is None:
        return {}
    return scan(row.text for author in reading.authors for row in author.reviews)


def write_review_sheet(
    base: Base,
    contract: int,
    target: Path,
    today: date,
    *,
    names: bool = False,
    overwrite: bool = False,
) -> int:
    """Write the review sheet of a contract as a Word file; how many reviews it holds.

    The history gets a line of it. With ``names`` it says who gave each review. Raises
    AlreadyThere unless ``overwrite``, RecordGone and NotWritten; a file is written whole or not
    at all.
    """
    reading = review_reading(base.connection, contract)
    if reading is None:
        raise RecordGone
    if target.exists() and not overwrite:
        raise AlreadyThere(target)
    content = review_sheet(reading, today, names=names)
    with whole_file(target) as file:
        file.write(content)
    log_export(base, ExportDone(WHAT, reading.given, names, reading.contract.number))
    return reading.given
