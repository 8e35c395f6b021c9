"""A purchase without a social condition: the ground the buyer writes, kept in the register."""

from datetime import date
from typing import Final

from suivi_tui.actions.records import FieldErrors, RecordGone, Saved, save_record
from suivi_tui.store.base import Base
from suivi_tui.store.journal import changed
from suivi_tui.store.queries import entry
from suivi_tui.store.queries.planned_purchases import UPSTREAM
from suivi_tui.vocabulary.choices import RefusalGround, Stage, find
from suivi_tui.vocabulary.text import clean

_NO_TEXT: Final = "écrivez le motif tel que l'acheteur le retient"


def refuse(base: Base, contract: int, ground: str, text: str, day: date) -> Saved:
    """Give a purchase up, with its ground and its text; the saved row is that of the register.

    A purchase in upstream is refused and its buyer answered that day; a contract that runs only
    gets its ground. An empty text is refused: the register is what the law asks for. Raises
    FieldErrors or RecordGone, nothing being written then.
    """
    known = entry.record(base.connection, "contract", contract)
    if known is None:
        raise RecordGone
    if not clean(text):
        raise FieldErrors({"text": _NO_TEXT})
    also = []
    if known["stage"] in UPSTREAM:
        also.append(changed("contract", contract, "stage", Stage.REFUSED.value))
        if not known["answered_on"]:
            also.append(changed("contract", contract, "answered_on", day.isoformat()))
    kind = find(RefusalGround, ground)
    values = {
        "contract": contract,
        "ground": kind.value if kind is not None else ground,
        "text": text,
        "date": day,
    }
    return save_record(base, "refusal", None, values, also)


def change_refusal(base: Base, refusal: int, ground: str, text: str, day: date) -> Saved:
    """Change the ground, the text or the day of an entry of the register. Raises FieldErrors."""
    if not clean(text):
        raise FieldErrors({"text": _NO_TEXT})
    values = {"ground": ground, "text": text, "date": day}
    return save_record(base, "refusal", refusal, values)
