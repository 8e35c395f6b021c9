"""What imported statements leave behind: where each hour comes from, what was answered once."""

from suivi_tui.model import columns as column
from suivi_tui.model.columns import Row


class SourceLine(Row, table=True):
    """The place of a proof that hours come from: file, sheet, line as a spreadsheet shows it.

    ``obligation``, ``month``, ``placement`` and ``kind`` name the hour line; ``hours`` are what
    this place of the file brought to it, in hundredths. Several places may feed one hour line
    (weeks), and one place several (the total of a quarter).
    """

    __tablename__ = "source_line"

    file: int = column.reference("source_file")
    sheet: str = column.words()
    line: int = column.number()
    obligation: int = column.reference("obligation")
    month: int = column.number()
    placement: int = column.reference("placement")
    kind: int = column.number()
    hours: int = column.number()


class ImportProfile(Row, table=True):
    """How the files of one sender are laid out: answered once, proposed again, editable.

    ``shape`` recognises the layout (its headings), ``layout`` is JSON that ``exchange`` reads;
    without a sender it serves whoever sends that shape.
    """

    __tablename__ = "import_profile"

    sender: int | None = column.reference("company", optional=True)
    name: str = column.words()
    shape: str = column.words()
    layout: str = column.words()


class MatchMemory(Row, table=True):
    """What a text of a sender's files was said to be, once: a person, a company, an obligation.

    ``text`` is folded; ``found`` is the id of the record, null when the text is to be left out.
    """

    __tablename__ = "match_memory"

    sender: int | None = column.reference("company", optional=True)
    entity: str = column.words()
    text: str = column.words()
    found: int | None = column.optional_number()
