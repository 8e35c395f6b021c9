"""One file of open data, read from beginning to end."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from suivi_tui.exchange.decp.contracts import published
from suivi_tui.exchange.decp.faults import Faults, RecordWarning
from suivi_tui.exchange.decp.raw import RawRecord
from suivi_tui.exchange.decp.reading import is_json, json_tree, read_bytes, table_text
from suivi_tui.exchange.decp.records import PublishedContract
from suivi_tui.exchange.decp.shapes import json_records
from suivi_tui.exchange.decp.social import FIELD as SOCIAL
from suivi_tui.exchange.decp.tables import read_table
from suivi_tui.exchange.decp.versions import table_records


@dataclass(frozen=True, slots=True)
class DecpFile:
    """What a file publishes.

    ``left_out`` counts the records that nothing can name (each has its warning);
    ``has_social_field`` is false when no record has the field of social considerations, as in
    the format of 2019. ``sha256`` is the fingerprint of the bytes.
    """

    name: str
    records: list[PublishedContract]
    left_out: int
    warnings: list[RecordWarning]
    has_social_field: bool
    sha256: str


def read_decp(path: Path, today: date | None = None) -> DecpFile:
    """The contracts that the JSON or CSV file at ``path`` publishes, with their faults.

    ``today``, when given, only serves to tell dates that are far ahead. Raises
    :class:`~suivi_tui.exchange.decp.faults.UnreadableFile` when the file as a whole cannot be
    read; nothing else.
    """
    content = read_bytes(path)
    faults = Faults()
    raw, left_out = _raw_records(content, path.name, faults)
    records: list[PublishedContract] = []
    for item in raw:
        record = published(item, faults, today)
        if record is not None:
            records.append(record)
    return DecpFile(
        name=path.name,
        records=records,
        left_out=left_out + len(raw) - len(records),
        warnings=faults.told(),
        has_social_field=any(SOCIAL in item.fields for item in raw),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _raw_records(content: bytes, name: str, faults: Faults) -> tuple[list[RawRecord], int]:
    if is_json(content, name):
        return json_records(json_tree(content, name), name, faults)
    table = read_table(table_text(content, name), name, faults)
    return table_records(table, faults), table.left_out
