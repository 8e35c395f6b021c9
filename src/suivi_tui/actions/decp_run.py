"""One file of open data being brought in: what becomes of each of its records."""

from collections import Counter
from collections.abc import Iterable
from enum import Enum

from suivi_tui.actions.decp_cells import Cells
from suivi_tui.actions.decp_contract import ContractState
from suivi_tui.actions.decp_events import Events
from suivi_tui.actions.decp_known import Known, Seen
from suivi_tui.actions.decp_lots import LotState, Owner, matched, numbers_with
from suivi_tui.actions.decp_parties import Parties
from suivi_tui.actions.import_report import ImportWarning
from suivi_tui.exchange.decp import (
    NO_LOT,
    PublishedContract,
    PublishedGroup,
    PublishedLot,
    grouped,
)
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, Value
from suivi_tui.store.queries.provenance import BIRTH
from suivi_tui.store.queries.published import KnownContract, KnownLot
from suivi_tui.vocabulary.choices import LotRole, Stage
from suivi_tui.vocabulary.numbers import NBSP

_TOLD = ("object", "clause_form", "category", "nature", "procedure", "cpv", "place")
_TOLD_IF_KNOWN = ("amount_cents", "notified_on", "end")

Version = tuple[PublishedContract, PublishedLot]


class Mark(Enum):
    """What became of a record."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LEFT_OUT = "left out"


class Run:
    """Brings the ``wanted`` records in; nothing is written before ``changes``."""

    def __init__(
        self,
        base: Base,
        known: Known,
        buyers: Parties,
        companies: Parties,
        wanted: Iterable[PublishedContract],
    ) -> None:
        self._base = base
        self._known = known
        self._buyers = buyers
        self._companies = companies
        self._wanted = list(wanted)
        self._prints = {record.fingerprint for record in self._wanted}
        self._marks: dict[str, Mark] = {}
        self._states: dict[tuple[int, str], ContractState] = {}
        self.warnings: list[ImportWarning] = []

    def bring(self, records: Iterable[PublishedContract]) -> None:
        """Decide of every wanted record; ``records`` are these and the other lots around them."""
        news = []
        for group in grouped(records, self._known.numbers()):
            versions = self._unread(group)
            if versions:
                news.append((group, versions))
        self._known.learn_provenance(group.key for group, _ in news)
        for group, versions in news:
            self._bring(group, versions)
        for state in self._states.values():
            self.warnings += state.told.values()

    def counts(self) -> Counter[Mark]:
        """How many wanted records were created, changed... the same record twice is unchanged."""
        counts: Counter[Mark] = Counter()
        told: set[str] = set()
        for record in self._wanted:
            mark = self._marks.get(record.fingerprint, Mark.UNCHANGED)
            if record.fingerprint in told and mark is not Mark.LEFT_OUT:
                mark = Mark.UNCHANGED
            told.add(record.fingerprint)
            counts[mark] += 1
        return counts

    def changes(self) -> list[Change]:
        """What there is to write."""
        found = [*self._buyers.changes, *self._companies.changes]
        for state in self._states.values():
            found += state.changes()
        return found

    def _unread(self, group: PublishedGroup) -> list[Version]:
        """What no file has published yet, in the order of publication."""
        seen = self._known.seen(group.key).fingerprints
        found = [
            (record, lot)
            for lot in group.lots
            for record in (*lot.earlier, lot.record)
            if record.fingerprint in self._prints and record.fingerprint not in seen
        ]
        return sorted(found, key=lambda version: str(version[0].last_published_on or ""))

    def _bring(self, group: PublishedGroup, versions: list[Version]) -> None:
        versions = self._not_removed(group, versions)
        if not versions:
            return
        state = self._state(group, versions)
        lots = matched(group, state.lots, self._known_holders)
        unknown = {lot.identity: lot for _, lot in versions if lot.identity not in lots}
        if unknown and state.own and state.lots:
            versions = self._leave_unknown_lots(versions, unknown)
        elif unknown:
            lots |= self._new_lots(state, unknown)
        fresh = set(unknown)
        for record, published in versions:
            lot = lots[published.identity]
            lot.identity = published.identity
            moved = state.apply(record, published, lot)
            if published.identity in fresh:
                self._marks[record.fingerprint] = Mark.CREATED
            elif moved:
                self._marks[record.fingerprint] = Mark.CHANGED
            fresh.discard(published.identity)
        if versions:
            state.close(group, versions[-1][0].label)

    def _not_removed(self, group: PublishedGroup, versions: list[Version]) -> list[Version]:
        """Leave out what a person removed from the base since it was read."""
        seen = self._known.seen(group.key)
        everything = bool(seen.gone) and self._known.contract(group.key) is None
        kept = []
        for record, lot in versions:
            if everything or lot.identity in seen.gone:
                message = f"Marché ou lot supprimé de la base depuis{NBSP}: laissé de côté."
                self._leave_out(record, message)
            else:
                kept.append((record, lot))
        return kept

    def _leave_unknown_lots(
        self, versions: list[Version], unknown: dict[str, PublishedLot]
    ) -> list[Version]:
        kept = []
        for record, lot in versions:
            if lot.identity in unknown:
                message = f"Lot absent du marché saisi{NBSP}: laissé de côté, à ajouter au besoin."
                self._leave_out(record, message)
            else:
                kept.append((record, lot))
        return kept

    def _leave_out(self, record: PublishedContract, message: str) -> None:
        self._marks[record.fingerprint] = Mark.LEFT_OUT
        self.warnings.append(ImportWarning(record.label, "", message))

    def _state(self, group: PublishedGroup, versions: list[Version]) -> ContractState:
        latest = versions[-1][0]
        named = next((each.buyer_name for each, _ in reversed(versions) if each.buyer_name), "")
        contract = self._known.contract(group.key)
        if contract is not None:
            buyer = contract.buyer
            self._buyers.complete(buyer, latest.buyer_siret, named)
            name = (contract.id, "")
        else:
            buyer = self._buyers.row(latest.buyer_siret, named)
            name = (buyer, group.key.number)
        if name not in self._states:
            made = self._new_state(buyer, group.key.number)
            seen = self._known.seen(group.key)
            self._states[name] = self._old_state(contract, seen) if contract else made
        return self._states[name]

    def _new_state(self, buyer: int, number: str) -> ContractState:
        row = self._base.new_id()
        values: dict[str, Value] = {"buyer": buyer, "number": number}
        values |= dict.fromkeys(_TOLD, "") | dict.fromkeys(_TOLD_IF_KNOWN)
        values |= {"stage": Stage.TO_QUALIFY.value, "taken_up": 0}
        return ContractState(
            Cells("contract", row, values),
            [],
            Events(row, self._base.new_id),
            followed=False,
            own=False,
            new_id=self._base.new_id,
            companies=self._companies,
        )

    def _old_state(self, contract: KnownContract, seen: Seen) -> ContractState:
        public = self._known.public("contract", contract.id)
        values = {name: getattr(contract, name) for name in (*_TOLD, *_TOLD_IF_KNOWN)}
        events = self._known.events[contract.id]
        typed = {
            event.id
            for event in events
            if BIRTH not in self._known.public("contract_event", event.id)
        }
        return ContractState(
            Cells("contract", contract.id, values, public),
            [self._old_lot(lot, seen) for lot in self._known.lots[contract.id]],
            Events(contract.id, self._base.new_id, events, typed),
            followed=bool(contract.taken_up),
            own=BIRTH not in public,
            new_id=self._base.new_id,
            companies=self._companies,
            last=max((day or "" for day in seen.last.values()), default=None),
        )

    def _old_lot(self, lot: KnownLot, seen: Seen) -> LotState:
        values: dict[str, Value] = {
            "number": lot.number,
            "title": lot.title,
            "cpv": lot.cpv,
            "amount_cents": lot.amount_cents,
        }
        owners = [
            Owner(
                holder.id,
                holder.company,
                holder.role,
                BIRTH in self._known.public("lot_company", holder.id),
            )
            for holder in self._known.holders[lot.id]
            if holder.role != LotRole.SUBCONTRACTOR.value
        ]
        public = self._known.public("lot", lot.id)
        cells = Cells("lot", lot.id, values, public)
        return LotState(cells, seen.lots.get(lot.id), seen.last.get(lot.id), owners)

    def _new_lots(
        self, state: ContractState, unknown: dict[str, PublishedLot]
    ) -> dict[str, LotState]:
        """The lots that these records add to a contract, with their numbers."""
        numbers = {identity: lot.number for identity, lot in unknown.items()}
        if len(state.lots) == 1 and state.lots[0].number == NO_LOT and not state.followed:
            only = state.lots[0]
            if not only.cells.typed("number"):
                numbers = self._renumbered(state, only, unknown)
        made = {}
        taken = {lot.number for lot in state.lots}
        for identity, number in sorted(numbers.items(), key=lambda each: each[1]):
            if identity not in unknown:
                continue
            free = number
            while free in taken:
                free = str(int(free) + 1) if free.isdecimal() else f"{free} bis"
            taken.add(free)
            values: dict[str, Value] = {
                "contract": state.cells.row,
                "number": free,
                "title": "",
                "cpv": "",
                "amount_cents": None,
            }
            lot = LotState(Cells("lot", self._base.new_id(), values), identity)
            made[identity] = lot
            state.lots.append(lot)
        return made

    def _renumbered(
        self, state: ContractState, only: LotState, unknown: dict[str, PublishedLot]
    ) -> dict[str, str]:
        """Numbers of the new lots; the lot that stood alone gets a number and a title too."""
        known = str(state.cells.values["object"])
        day = str(state.cells.values["notified_on"] or "")
        numbers = numbers_with(only, known, day, unknown)
        only.cells.put("number", numbers[only.identity or ""])
        if not only.cells.values["title"]:
            only.cells.put("title", known)
        return numbers

    def _known_holders(self, record: PublishedContract) -> set[int]:
        return {row for holder in record.holders for row in self._companies.find_holder(holder)}
