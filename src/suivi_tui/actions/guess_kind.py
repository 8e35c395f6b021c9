"""Which kind of table a file is, told by its columns."""

from pathlib import Path

from suivi_tui.exchange.columns import TableColumns, match_header, normal_header
from suivi_tui.exchange.columns_contracts import CONTRACT_COLUMNS
from suivi_tui.exchange.columns_hours import HOUR_FILE_COLUMNS
from suivi_tui.exchange.columns_participants import PARTICIPANT_COLUMNS
from suivi_tui.exchange.csv_file import UnreadableFile, open_csv
from suivi_tui.vocabulary.text import fold

DECP = "decp"
HOURS = HOUR_FILE_COLUMNS.name
_TABLES = (CONTRACT_COLUMNS, PARTICIPANT_COLUMNS, HOUR_FILE_COLUMNS)
# Names that only the tables of open data have, points and spaces as underscores.
_DECP_COLUMNS = frozenset(
    ("uid", "acheteur_id", "codecpv", "datenotification", "titulaire_id", "titulaire_id_1",
     "dureemois", "considerationssociales")
)  # fmt: skip
_DECP_ENOUGH = 3
_WORKBOOKS = frozenset((".xlsx", ".xlsm", ".xls", ".ods"))
_WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# Lists of structures and of people to call: what they have, and one of these at least.
_LISTS = (
    ("structures", frozenset(("siret", "type")), frozenset(("commune", "ville", "territoire"))),
    ("annuaire", frozenset(("nom", "fonction")), frozenset(("territoire", "acheteur", "service"))),
)
# What our file of outcomes has, beside a person and a situation.
_OUTCOMES = frozenset(("participant", "date", "point", "situation"))
# Columns that only we and those we exchange with have: a decision about the hours.
_DECISIONS = frozenset(("validees", "motif_refus"))


def guess_kind(path: Path) -> str | None:
    """``decp``, ``marches``, ``participants``, ``heures``, ``structures`` or ``annuaire``; None
    when the columns do not tell.

    A workbook is a statement of hours: nothing else comes in as one. Raises UnreadableFile when
    the file cannot be read at all.
    """
    if path.suffix.lower() == ".json":
        return DECP
    if is_workbook(path):
        return HOURS
    try:
        header = open_csv(path).header
    except UnreadableFile:
        if _begins_as_json(path):
            return DECP
        raise
    folded = {fold(name).replace(".", "_").replace(" ", "_") for name in header}
    if len(folded & _DECP_COLUMNS) >= _DECP_ENOUGH:
        return DECP
    if _begins_as_json(path):
        return DECP
    if frozenset(normal_header(text) for text in header) >= _OUTCOMES:
        return "parcours"
    found = {table.name: _matched(header, table) for table in _TABLES}
    best = max(found.values())
    likely = [name for name, number in found.items() if number == best]
    if not best:
        return _listed(header)
    return likely[0] if len(likely) == 1 else None


def _listed(header: tuple[str, ...]) -> str | None:
    """``structures`` or ``annuaire``: only by the very columns that no statement has."""
    named = {normal_header(text) for text in header}
    for kind, needed, one_of in _LISTS:
        if needed <= named and named & one_of:
            return kind
    return None


def is_workbook(path: Path) -> bool:
    """Whether a file is one of a spreadsheet, by its name or by its first bytes."""
    return path.suffix.lower() in _WORKBOOKS or _start(path).startswith(_WORKBOOK_STARTS)


def has_our_hours(path: Path) -> bool:
    """Whether a file is our own table of hours: its needed columns under their own names, or a
    decision about the hours among its columns. Any other layout is read as a statement."""
    if is_workbook(path):
        return False
    try:
        header = open_csv(path).header
    except UnreadableFile:
        return False
    if not _matched(header, HOUR_FILE_COLUMNS):
        return False
    present = set(match_header(header, HOUR_FILE_COLUMNS, 1).positions)
    named = {normal_header(text) for text in header}
    needed = {column.name for column in HOUR_FILE_COLUMNS.columns if column.required}
    ours = [needed.union(group) <= named for group in HOUR_FILE_COLUMNS.identities]
    return any(ours) or not _DECISIONS.isdisjoint(present)


def _begins_as_json(path: Path) -> bool:
    return _start(path).lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[")


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(64)
    except OSError:
        return b""


def _matched(header: tuple[str, ...], table: TableColumns) -> int:
    """How many columns of the table the header has; 0 when it lacks one that is needed."""
    present = set(match_header(header, table, 1).positions)
    needed = {column.name for column in table.columns if column.required}
    if not needed <= present:
        return 0
    if table.identities and not any(present.issuperset(group) for group in table.identities):
        return 0
    return len(present)
