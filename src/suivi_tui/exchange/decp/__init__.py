"""Open procurement data (DECP): a file read into contracts, lots and warnings, without a base.

``read_decp`` reads one file, ``grouped`` gathers its records into contracts and lots.
"""

from suivi_tui.exchange.decp.faults import RecordWarning, UnreadableFile
from suivi_tui.exchange.decp.files import DecpFile, read_decp
from suivi_tui.exchange.decp.lots import (
    NO_LOT,
    PublishedGroup,
    PublishedLot,
    common_object,
    grouped,
    lot_number_told,
)
from suivi_tui.exchange.decp.parties import PublishedHolder
from suivi_tui.exchange.decp.records import (
    ContractKey,
    PublishedContract,
    PublishedEvent,
    clause_form,
    is_social,
)

__all__ = [
    "NO_LOT",
    "ContractKey",
    "DecpFile",
    "PublishedContract",
    "PublishedEvent",
    "PublishedGroup",
    "PublishedHolder",
    "PublishedLot",
    "RecordWarning",
    "UnreadableFile",
    "clause_form",
    "common_object",
    "grouped",
    "is_social",
    "lot_number_told",
    "read_decp",
]
