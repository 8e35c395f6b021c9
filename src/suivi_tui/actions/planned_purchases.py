"""Purchases before their contract: typed, renewed from one that ends, answered, taken in charge."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from suivi_tui.actions.named_records import with_links
from suivi_tui.actions.records import RecordGone, Saved, called, save_record
from suivi_tui.model.inputs import checked
from suivi_tui.readings.renewals import publication_day
from suivi_tui.reference.purchasing import PurchasingReference
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, created, write
from suivi_tui.store.queries import entry
from suivi_tui.store.queries.obligations import iso_date
from suivi_tui.store.queries.planned_purchases import UPSTREAM
from suivi_tui.vocabulary.choices import Stage
from suivi_tui.vocabulary.dates import add_calendar_months
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP

Values = Mapping[str, Any]

SINGLE_LOT: Final = "0"
"""The number of a lot that is the whole contract."""

# What the successor of a contract keeps of it; its amount and its duration are a first guess.
_KEPT: Final = (
    "buyer", "operation", "object", "category", "cpv", "sector", "place", "amount_cents",
    "duration_months", "labour_share", "facilitator",
)  # fmt: skip


class NotUpstream(UserError):
    """The purchase is a contract already, or was given up; nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            "Cet achat n'est plus en amont : rien n'a été modifié. Ouvrez le marché pour le suivre."
        )


class AlreadyRenewed(UserError):
    """A planned purchase renews that contract already; nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            "Un achat prévu renouvelle déjà ce marché : rien n'a été modifié. Il est dans la liste "
            "des achats à venir."
        )


def save_purchase(base: Base, contract: int | None, values: Values, today: date) -> Saved:
    """Create a planned purchase (``contract`` None) or change one.

    ``values`` are fields of the contract; the buyer may be named, and is created then. A new one
    is a project, asked today unless a day is given. Raises FieldErrors or RecordGone.
    """
    if contract is not None:
        return save_record(base, "contract", contract, values)
    given = {name: value for name, value in values.items() if value is not None}
    given.setdefault("stage", Stage.PROJECT.value)
    given.setdefault("asked_on", today)
    changes: list[Change] = []
    fields = checked("contract", with_links(base, {**given, "taken_up": 1}, changes))
    return _created(base, fields, changes)


def renew(base: Base, contract: int, reference: PurchasingReference) -> Saved:
    """Make the successor of a contract that ends a planned purchase, with what it keeps of it.

    Its publication is expected some months before the end (``achats.renouvellement.avance``).
    Raises RecordGone, or AlreadyRenewed when a purchase renews it already.
    """
    known = _known(base, contract)
    living = entry.dependents(base.connection, "contract", contract)
    if any(column == "renews" for _, column, _ in living):
        raise AlreadyRenewed
    values = {name: known[name] for name in _KEPT if known[name] not in (None, "")}
    ends = _end_of(known)
    if ends is not None:
        values["planned_on"] = publication_day(ends, reference).isoformat()
    values |= {"stage": Stage.PROJECT.value, "taken_up": 1, "renews": contract}
    return _created(base, checked("contract", values), [])


def _end_of(known: Mapping[str, Any]) -> date | None:
    notified, months = iso_date(known["notified_on"]), known["duration_months"]
    ends = iso_date(known["end"])
    if ends is None and notified is not None and months:
        ends = add_calendar_months(notified, int(months))
    return ends


def _created(base: Base, fields: Mapping[str, Any], changes: list[Change]) -> Saved:
    row = base.new_id()
    changes.append(created("contract", row, dict(fields)))
    receipt = write(base, changes, label=f"Ajout{NBSP}: achat prévu{called(fields)}")
    return Saved(row, *receipt)


def single_lot(base: Base, contract: int) -> Saved:
    """Make the only lot of a contract that has none, on which its hours will be owed.

    Raises RecordGone or FieldErrors.
    """
    return save_record(base, "lot", None, {"contract": contract, "number": SINGLE_LOT})


def answer(base: Base, contract: int, day: date | None) -> Saved:
    """The buyer was answered that day; None: it waits again. Raises NotUpstream or RecordGone."""
    _upstream(base, contract)
    return save_record(base, "contract", contract, {"answered_on": day})


def take_in_charge(base: Base, contract: int, stage: str, clause_form: str, today: date) -> Saved:
    """The purchase goes on with a clause: its consultation is launched, or its contract runs.

    ``stage`` is CONSULTATION or RUNNING; the buyer counts as answered, today unless it was
    before. Raises NotUpstream, RecordGone or FieldErrors.
    """
    known = _upstream(base, contract)
    values: dict[str, Any] = {"stage": stage, "clause_form": clause_form}
    if not known["answered_on"]:
        values["answered_on"] = today
    if stage == Stage.CONSULTATION.value and not known["notice_sent_on"]:
        values["notice_sent_on"] = today
    return save_record(base, "contract", contract, values)


def _upstream(base: Base, contract: int) -> dict[str, Any]:
    known = _known(base, contract)
    if known["stage"] not in UPSTREAM:
        raise NotUpstream
    return known


def _known(base: Base, contract: int) -> dict[str, Any]:
    known = entry.record(base.connection, "contract", contract)
    if known is None:
        raise RecordGone
    return known
