"""One contract while the records that publish it are read: its fields, lots, changes in time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from suivi_tui.actions.decp_cells import Cells, Kept, Timing, kept_message, timing
from suivi_tui.actions.decp_events import Events
from suivi_tui.actions.decp_known import source_key
from suivi_tui.actions.decp_lots import LotState
from suivi_tui.actions.decp_parties import Parties
from suivi_tui.actions.import_report import ImportWarning
from suivi_tui.exchange.decp import (
    NO_LOT,
    PublishedContract,
    PublishedGroup,
    PublishedLot,
    clause_form,
    common_object,
)
from suivi_tui.store.journal import Change, Value, created
from suivi_tui.vocabulary.choices import ClauseForm
from suivi_tui.vocabulary.dates import add_calendar_months
from suivi_tui.vocabulary.numbers import NBSP

# How the format names what a field of ours holds.
_PUBLISHED_AS = {
    "object": "objet",
    "title": "objet",
    "clause_form": "considerationsSociales",
    "nature": "nature",
    "procedure": "procedure",
    "cpv": "codeCPV",
    "amount_cents": "montant",
    "place": "lieuExecution",
    "notified_on": "dateNotification",
    "end": "dureeMois",
}
# What several lots make together is known only of these forms.
_FORMS: dict[Value, frozenset[ClauseForm]] = {
    ClauseForm.NONE.value: frozenset(),
    ClauseForm.CONDITION.value: frozenset({ClauseForm.CONDITION}),
    ClauseForm.CRITERION.value: frozenset({ClauseForm.CRITERION}),
    ClauseForm.CONDITION_CRITERION.value: frozenset({ClauseForm.CONDITION, ClauseForm.CRITERION}),
    ClauseForm.RESERVED.value: frozenset({ClauseForm.RESERVED}),
}


@dataclass(slots=True)
class ContractState:
    """A contract of the base, or one that this import makes.

    ``followed`` when a person took it up: its companies are then no longer those of open data to
    change. ``own`` when a person made it. ``last`` is the day of the last publication read of
    any of its lots, None when none was.
    """

    cells: Cells
    lots: list[LotState]
    events: Events
    followed: bool
    own: bool
    new_id: Callable[[], int]
    companies: Parties
    last: str | None = None
    seen: list[Change] = field(default_factory=list)
    told: dict[tuple[str, str], ImportWarning] = field(default_factory=dict)

    @property
    def moves(self) -> int:
        """Grows with every change, so that a record that changes nothing is known by it."""
        lots = sum(lot.cells.moves for lot in self.lots)
        return self.cells.moves + lots + self.events.moves + self.companies.completed

    def apply(self, record: PublishedContract, published: PublishedLot, lot: LotState) -> bool:
        """Bring in one publication of one lot; whether anything changed."""
        before = self.moves
        day = record.last_published_on.isoformat() if record.last_published_on else None
        of_lot = timing(lot.last is not None, lot.last, day)
        of_contract = timing(self.last is not None, self.last, day)
        moved = self._hold(record, lot, of_lot)
        self._lot_fields(record, lot, of_lot)
        self._fields(record, of_contract)
        self._dates(record, lot, of_contract)
        lot.last = max(lot.last or "", day or "")
        self.last = max(self.last or "", day or "")
        values: dict[str, Value] = {
            "source_key": source_key(record.key, published.identity),
            "fingerprint": record.fingerprint,
            "row": str(lot.row),
            "published_on": day,
        }
        self.seen.append(created("record_seen", self.new_id(), values))
        return moved or self.moves > before

    def close(self, group: PublishedGroup, label: str) -> None:
        """Settle what follows from all the lots together: object and amount."""
        later = Timing.LATER
        if self.own or len(self.lots) == 1:
            if len(group.lots) > 1 and (self.own or self.cells.new):
                self._take(label, self.cells, "object", group.object, later, sure=True)
        else:
            lots = sorted(self.lots, key=_rank)
            common = common_object([str(lot.cells.values["title"]) for lot in lots])
            self._take(label, self.cells, "object", common, later, sure=True)
        amount = self._amount()
        typed = self.cells.typed("amount_cents")
        if amount is not None and not (typed and len(self.lots) > 1):
            self._take(label, self.cells, "amount_cents", amount, later, sure=True)
        elif amount is None and not typed:
            # A sum that lacks a term would pass for the amount of the whole.
            self.cells.put("amount_cents", None)

    def _amount(self) -> int | None:
        """The amount of all the lots together, None when one of them has none."""
        amounts = [lot.cells.values["amount_cents"] for lot in self.lots]
        known = [each for each in amounts if isinstance(each, int)]
        return sum(known) if known and len(known) == len(amounts) else None

    def changes(self) -> list[Change]:
        """What there is to write of the contract and of all that belongs to it."""
        found = self.cells.changes()
        for lot in self.lots:
            found += lot.changes()
        return found + self.events.changes + self.seen

    def _hold(self, record: PublishedContract, lot: LotState, when: Timing) -> bool:
        """The companies of the lot, and what moved since; whether the companies changed."""
        if record.events:
            told = (record.notified_on, record.amount_cents, record.duration_months)
            self.events.keep_start(lot.row, *told)
        held = [self.companies.holder(holder) for holder in record.holders]
        latest = self.events.latest_holder_change(lot.row)
        replaced = False
        for event in record.events:
            change = self.events.change_of(event, record.holders, self.companies)
            new = self.events.add(lot.row, change)
            if change.holders:
                held = list(change.holders)
                replaced = replaced or (new and change.date >= latest)
        if not lot.owners:
            return lot.hold(held, self.new_id)
        if {owner.company for owner in lot.owners} == set(held) or not held:
            return False
        if replaced and not self.followed:
            return lot.hold(held, self.new_id)
        if when is not Timing.EARLIER and (replaced or self.own):
            self._tell_holders(record.label, lot, held)
        return False

    def _tell_holders(self, label: str, lot: LotState, held: list[int]) -> None:
        ours, theirs = (
            ", ".join(sorted(self.companies.name_of(company) for company in companies))
            for companies in ({owner.company for owner in lot.owners}, set(held))
        )
        message = f"Titulaires gardés{NBSP}: {ours}{NBSP}; titulaires publiés{NBSP}: {theirs}."
        self._warn(label, "titulaires", message)

    def _lot_fields(self, record: PublishedContract, lot: LotState, when: Timing) -> None:
        if lot.number != NO_LOT:
            self._take(record.label, lot.cells, "title", record.object, when)
        self._take(record.label, lot.cells, "cpv", record.cpv, when)
        total = self.events.amount(lot.row)
        amount = record.amount_cents if total is None else total
        sure = total is not None
        self._take(record.label, lot.cells, "amount_cents", amount, when, sure=sure)

    def _fields(self, record: PublishedContract, when: Timing) -> None:
        where = f"département {record.department}" if record.department else ""
        published: dict[str, Value] = {
            "nature": record.nature,
            "procedure": record.procedure,
            "cpv": record.cpv,
            "category": record.category.value if record.category else "",
            "place": record.place or where,
        }
        if len(self.lots) == 1:
            published["object"] = record.object
        for name, value in published.items():
            self._take(record.label, self.cells, name, value, when)
        form = clause_form(record)
        known = self.cells.values["clause_form"]
        if form is not None and len(self.lots) > 1 and {known, form.value} <= _FORMS.keys():
            joined = _FORMS[known] | _FORMS[form.value]
            form = form_of(joined)
            self._take(record.label, self.cells, "clause_form", form.value, when, sure=True)
        elif form is not None:
            self._take(record.label, self.cells, "clause_form", form.value, when)

    def _dates(self, record: PublishedContract, lot: LotState, when: Timing) -> None:
        several = len(self.lots) > 1
        notified = record.notified_on.isoformat() if record.notified_on else ""
        known = str(self.cells.values["notified_on"] or "")
        if several and notified and known:
            notified = min(notified, known)
        self._take(record.label, self.cells, "notified_on", notified, when, sure=several)
        months = self.events.months(lot.row)
        since = record.notified_on
        if months is not None and not several:
            # What moved is counted from the date that stands, whichever publication told it.
            since = _day(self.cells.values["notified_on"])
        end = _end(since, record.duration_months if months is None else months)
        known = str(self.cells.values["end"] or "")
        if several and end and known:
            end = max(end, known)
        sure = several or months is not None
        self._take(record.label, self.cells, "end", end, when, sure=sure)

    def _take(
        self, label: str, cells: Cells, name: str, value: Value, when: Timing, *, sure: bool = False
    ) -> None:
        known = cells.values[name]
        kept = cells.take(name, value, when, sure=sure)
        # Of several lots published together each may say something else of the contract.
        if kept is None or name not in _PUBLISHED_AS:
            return
        if kept is Kept.TYPED or cells.entity == "lot" or len(self.lots) == 1:
            self._warn(label, _PUBLISHED_AS[name], kept_message(name, kept, known, value))

    def _warn(self, label: str, name: str, message: str) -> None:
        self.told.setdefault((name, message), ImportWarning(label, name, message))


def form_of(forms: frozenset[ClauseForm]) -> ClauseForm:
    """The legal form of a contract whose lots have these."""
    if ClauseForm.RESERVED in forms:
        return ClauseForm.RESERVED
    if len(forms) > 1:
        return ClauseForm.CONDITION_CRITERION
    return next(iter(forms), ClauseForm.NONE)


def _rank(lot: LotState) -> tuple[int, str]:
    return (int(lot.number) if lot.number.isdecimal() else 1_000_000, lot.number)


def _day(value: Value) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _end(since: date | None, months: int | None) -> str:
    """The last day of a duration counted in calendar months; empty when not known."""
    if since is None or months is None:
        return ""
    try:
        return add_calendar_months(since, months).isoformat()
    except ValueError:
        return ""
