"""Which kind of table a file is, told by its columns."""

from pathlib import Path

from suivi_tui.exchange.columns import TableColumns, match_header
from suivi_tui.exchange.columns_contracts import CONTRACT_COLUMNS
from suivi_tui.exchange.columns_hours import HOUR_COLUMNS
from suivi_tui.exchange.columns_participants import PARTICIPANT_COLUMNS
from suivi_tui.exchange.csv_file import UnreadableFile, open_csv
from suivi_tui.vocabulary.text import fold

DECP = "decp"
_TABLES = (CONTRACT_COLUMNS, PARTICIPANT_COLUMNS, HOUR_COLUMNS)
# Names that only the tables of open data have, points and spaces as underscores.
_DECP_COLUMNS = frozenset(
    ("uid", "acheteur_id", "codecpv", "datenotification", "titulaire_id", "titulaire_id_1",
     "dureemois", "considerationssociales")
)  # fmt: skip
_DECP_ENOUGH = 3


def guess_kind(path: Path) -> str | None:
    """``decp``, ``marches``, ``participants`` or ``heures``; None when the columns do not tell.

    Raises UnreadableFile when the file cannot be read at all.
    """
    if path.suffix.lower() == ".json":
        return DECP
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
    found = {table.name: _matched(header, table) for table in _TABLES}
    best = max(found.values())
    likely = [name for name, number in found.items() if number == best]
    return likely[0] if best and len(likely) == 1 else None


def _begins_as_json(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(64).lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[")
    except OSError:
        return False


def _matched(header: tuple[str, ...], table: TableColumns) -> int:
    """How many columns of the table the header has; 0 when it lacks one that is needed."""
    present = set(match_header(header, table, 1).positions)
    needed = {column.name for column in table.columns if column.required}
    if not needed <= present:
        return 0
    if table.identities and not any(present.issuperset(group) for group in table.identities):
        return 0
    return len(present)
