"""What an evaluation leaves behind: words on a contract, frozen syntheses, exports made."""

from suivi_tui.model import columns as column
from suivi_tui.model.columns import Row


class Review(Row, table=True):
    """What the company, the tutor or a person says of a contract; ``rating`` from 1 to 5."""

    contract: int = column.reference("contract")
    author_kind: str = column.words()
    author: str = column.words()
    text: str = column.words()
    rating: int | None = column.optional_number()
    given_on: str | None = column.optional_words()


class Snapshot(Row, table=True):
    """A synthesis as it was sent: filters and figures (JSON), version of the rules, fingerprint.

    ``vector`` (JSON) is how far the journal of each installation went when it was made.
    """

    preset: str = column.words()
    label: str = column.words()
    filters: str = column.words()
    figures: str = column.words()
    rules_version: str = column.words()
    fingerprint: str = column.words()
    vector: str = column.words()
    made_on: str = column.words()


class ExportLog(Row, table=True):
    """An export that was made: what, when, how many lines, with names or not; never a name.

    ``filters`` is the period and scope in words.
    """

    __tablename__ = "export_log"

    what: str = column.words()
    made_on: str = column.words()
    how_many: int = column.number()
    nominative: int = column.number()
    filters: str = column.words()
