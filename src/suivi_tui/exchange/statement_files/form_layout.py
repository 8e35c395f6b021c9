"""How our own form is laid out: what the writer and the reader of a form agree on.

The first column of a sheet of ours is hidden and begins with a mark; a hidden row names the
columns. A spreadsheet that saves the form again keeps both, in any format and under any name.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from suivi_tui.vocabulary.months import Month
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import fold

STATEMENT_MARK: Final = "suivi-tui:releve:1"
LOTS_MARK: Final = "suivi-tui:lots:1"
STATEMENT_SHEET, LOTS_SHEET, LISTS_SHEET = "Relevé", "Lots", "Listes"

# A letter before an identity: no spreadsheet takes it for a number and rounds it.
SENDER, OBLIGATION, PLACEMENT, IDLE = "E", "O", "P", "I"
MONTH: Final = "M"
YES: Final = "oui"

HOURS_A_DAY: Final = 24
LABEL_LIMIT: Final = 90


class Code(StrEnum):
    """The hidden name of a column."""

    PLACEMENT = "st:affectation"
    OBLIGATION = "st:obligation"
    LAST = "st:nom"
    FIRST = "st:prenom"
    BIRTH = "st:naissance"
    LOT = "st:lot"
    TYPE = "st:type"
    START = "st:debut"
    END = "st:fin"
    WORK = "st:travail"
    TRAINING = "st:formation"
    COMMENT = "st:commentaire"
    CONTRACT = "st:marche"
    LOT_NUMBER = "st:numero_lot"
    SITE = "st:operation"
    HOLDER = "st:titulaire"
    IDLE = "st:sans_activite"


STATEMENT_CODES: Final = (
    Code.PLACEMENT,
    Code.OBLIGATION,
    Code.LAST,
    Code.FIRST,
    Code.BIRTH,
    Code.LOT,
    Code.TYPE,
    Code.START,
    Code.END,
    Code.WORK,
    Code.TRAINING,
    Code.COMMENT,
)
LOTS_CODES: Final = (
    Code.OBLIGATION,
    Code.LOT,
    Code.CONTRACT,
    Code.LOT_NUMBER,
    Code.SITE,
    Code.HOLDER,
    Code.IDLE,
)


class FormLot(NamedTuple):
    """A lot for which the sender may declare; ``lot`` is ``0`` or '' for a single one."""

    obligation: int
    contract: str
    lot: str
    site: str
    holder: str


class FormPerson(NamedTuple):
    """Someone the sender employs on one of its lots.

    ``birth`` (ISO) is given only where two people of the form bear the same name; ``type`` is a
    code of ``EmploymentKind``; ``start`` and ``end`` are ISO dates.
    """

    placement: int
    obligation: int
    last: str
    first: str
    birth: str | None = None
    type: str = ""
    start: str | None = None
    end: str | None = None


class BlankForm(NamedTuple):
    """What is asked of one sender for one month: its lots, its own people."""

    sender: int
    name: str
    siret: str | None
    month: Month
    lots: tuple[FormLot, ...]
    people: tuple[FormPerson, ...]


def contract_and_lot(lot: FormLot) -> str:
    """``2025-12 lot 2``; the number alone when the contract is not cut in lots."""
    number = lot.contract or "sans numéro"
    return number if lot.lot in ("", "0") else f"{number} lot {lot.lot}"


def lot_labels(lots: Sequence[FormLot], sender: str) -> list[str]:
    """What each lot is called in the drop-down list: short, and never twice the same."""
    labels: list[str] = []
    for lot in lots:
        holder = lot.holder if fold(lot.holder) != fold(sender) else ""
        parts = (contract_and_lot(lot), holder, lot.site)
        label = " - ".join(part for part in parts if part)[:LABEL_LIMIT].strip()
        known = {fold(other) for other in labels}
        unique, number = label, 2
        while fold(unique) in known:
            unique, number = f"{label} ({number})", number + 1
        labels.append(unique)
    return labels


def siret_words(siret: str | None) -> str:
    """``SIRET 356 000 000 00048``, or nothing."""
    if not siret or len(siret) != 14:
        return f"SIRET{NBSP}{siret}" if siret else ""
    return f"SIRET{NBSP}{siret[:3]}{NBSP}{siret[3:6]}{NBSP}{siret[6:9]}{NBSP}{siret[9:]}"
