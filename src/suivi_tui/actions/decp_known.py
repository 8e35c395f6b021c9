"""What the base holds of the contracts of one file, read at once before anything is decided."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.actions.decp_parties import Parties
from suivi_tui.exchange.decp import ContractKey, PublishedContract
from suivi_tui.store.base import Base
from suivi_tui.store.queries import entry, provenance, published
from suivi_tui.store.queries.published import (
    KnownContract,
    KnownEvent,
    KnownHolder,
    KnownLot,
    SeenRecord,
)
from suivi_tui.vocabulary.text import fold


class Seen(NamedTuple):
    """What was read of one contract: fingerprints, and for each lot its identity and last day.

    ``gone`` holds the identities of the lots that were removed since.
    """

    fingerprints: frozenset[str]
    lots: dict[int, str]
    last: dict[int, str | None]
    gone: frozenset[str]


NOTHING_SEEN = Seen(frozenset(), {}, {}, frozenset())


def source_key(key: ContractKey, identity: str) -> str:
    """What names a lot of open data in every file: buyer, number and identity of the lot."""
    return json.dumps([*key, identity], ensure_ascii=False, separators=(",", ":"))


class Known:
    """The contracts of the base that some published records may be, with all around them."""

    def __init__(self, base: Base, records: Iterable[PublishedContract], buyers: Parties) -> None:
        connection = base.connection
        named = {record.key: record for record in records}
        seen = published.seen_records(connection, map(_start, named))
        contract_of = published.contracts_of_lots(connection, {each.lot for each in seen})
        self._seen = _by_key(seen, contract_of)
        self._contracts = self._chosen(base, named, contract_of, buyers)
        ids = [contract.id for contract in self._contracts.values()]
        self.lots: dict[int, list[KnownLot]] = defaultdict(list)
        for lot in published.lots_of_contracts(connection, ids):
            self.lots[lot.contract].append(lot)
        lot_ids = [lot.id for lots in self.lots.values() for lot in lots]
        self.holders: dict[int, list[KnownHolder]] = defaultdict(list)
        for holder in published.holders_of_lots(connection, lot_ids):
            self.holders[holder.lot].append(holder)
        self.events: dict[int, list[KnownEvent]] = defaultdict(list)
        for event in published.events_of_contracts(connection, ids):
            self.events[event.contract].append(event)
        self._public: dict[tuple[str, int], set[str]] = defaultdict(set)
        self._base = base

    def learn_provenance(self, keys: Iterable[ContractKey]) -> None:
        """Find out who wrote the contracts of ``keys``: those about which there is news."""
        contracts = {self._contracts[key].id for key in keys if key in self._contracts}
        lots = {lot.id for contract in contracts for lot in self.lots[contract]}
        holders = {holder.id for lot in lots for holder in self.holders[lot]}
        events = {event.id for contract in contracts for event in self.events[contract]}
        wanted = {
            "contract": contracts,
            "lot": lots,
            "lot_company": holders,
            "contract_event": events,
        }
        for entity, rows in wanted.items():
            found = provenance.from_open_data(self._base.connection, entity, rows)
            for row, field in found:
                self._public[entity, row].add(field)

    def public(self, entity: str, row: int) -> set[str]:
        """The fields of a row that open data wrote; ``+`` when it made the row."""
        return self._public[entity, row]

    def contract(self, key: ContractKey) -> KnownContract | None:
        """The contract that a key names, None when the base has none."""
        return self._contracts.get(key)

    def seen(self, key: ContractKey) -> Seen:
        """What was already read of a contract."""
        return self._seen.get(key, NOTHING_SEEN)

    def numbers(self) -> dict[tuple[ContractKey, str], str]:
        """The number of every lot of these contracts, by its identity when open data made it."""
        return {
            (key, self.seen(key).lots.get(lot.id, f"lot {lot.id}")): lot.number
            for key, contract in self._contracts.items()
            for lot in self.lots[contract.id]
        }

    def _chosen(
        self,
        base: Base,
        named: dict[ContractKey, PublishedContract],
        contract_of: dict[int, int],
        buyers: Parties,
    ) -> dict[ContractKey, KnownContract]:
        """Which contract each key names: that of its lots already read, else by buyer and number;
        the one that is followed when several could be."""
        bearing = {
            key: buyers.find(record.buyer_siret, record.buyer_name) for key, record in named.items()
        }
        rows = {buyer for found in bearing.values() for buyer in found}
        read = {contract_of[lot]: key for key in named for lot in self.seen(key).lots}
        rows |= published.buyers_of_contracts(base.connection, read)
        by_key: dict[ContractKey, KnownContract] = {}
        exact: dict[tuple[int, str], KnownContract] = {}
        alike: dict[tuple[int, str], KnownContract] = {}
        for contract in published.contracts_of_buyers(base.connection, rows):
            if contract.id in read:
                by_key.setdefault(read[contract.id], contract)
            _followed_first(exact, (contract.buyer, contract.number), contract)
            if contract.taken_up:
                _followed_first(alike, (contract.buyer, fold(contract.number)), contract)
        # A person may have typed the number in another case; two published ones then differ.
        for numbers, spelled in ((exact, str), (alike, fold)):
            taken = {contract.id for contract in by_key.values()} if numbers is alike else set()
            for key, found in bearing.items():
                for buyer in found:
                    match = numbers.get((buyer, spelled(key.number)))
                    if match is not None and match.id not in taken:
                        by_key.setdefault(key, match)
        return by_key


def known_parties(base: Base, entity: str) -> Parties:
    """The buyers or the companies of the base."""
    return Parties(entity, entry.identities(base.connection, entity), base.new_id)


def _start(key: ContractKey) -> str:
    return source_key(key, "").removesuffix('""]')


def _followed_first(
    found: dict[tuple[int, str], KnownContract], name: tuple[int, str], contract: KnownContract
) -> None:
    """Keep the contract that is followed, else the oldest, of those of one name."""
    rival = found.get(name)
    if rival is None or contract.taken_up > rival.taken_up:
        found[name] = contract


def _by_key(records: Iterable[SeenRecord], contract_of: dict[int, int]) -> dict[ContractKey, Seen]:
    gathered: dict[ContractKey, list[tuple[str, SeenRecord]]] = defaultdict(list)
    for record in records:
        buyer, number, identity = json.loads(record.source_key)
        gathered[ContractKey(buyer, number)].append((identity, record))
    found = {}
    for key, group in gathered.items():
        lots: dict[int, str] = {}
        last: dict[int, str | None] = {}
        for identity, record in sorted(group, key=lambda each: each[1].lot):
            if record.lot in contract_of:
                lots[record.lot] = identity
                last[record.lot] = max(last.get(record.lot) or "", record.published_on or "")
        here = set(lots.values())
        gone = frozenset(identity for identity, _ in group if identity not in here)
        fingerprints = frozenset(record.fingerprint for _, record in group)
        found[key] = Seen(fingerprints, lots, last, gone)
    return found
