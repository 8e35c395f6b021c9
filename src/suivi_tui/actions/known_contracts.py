"""The contracts, lots and obligations that an import may speak of, found without a query a line."""

from collections import defaultdict
from typing import NamedTuple

from suivi_tui.store.queries import matching
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.export import NO_NUMBER
from suivi_tui.vocabulary.choices import LotRole
from suivi_tui.vocabulary.text import fold


class OnLot(NamedTuple):
    """A company on a lot."""

    id: int
    company: int
    role: str


class KnownContracts:
    """What the base holds, and what the file being read adds to it."""

    def __init__(self, connection: Connection) -> None:
        self._by_number: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.followed: set[int] = set()
        for contract in matching.contracts(connection):
            number = contract.number or f"{NO_NUMBER}{contract.id}"
            self._by_number[fold(number)].append((contract.id, contract.buyer))
            if contract.taken_up:
                self.followed.add(contract.id)
        self._operations = {
            (row.buyer, fold(row.name)): row.id for row in reversed(matching.operations(connection))
        }
        self._lots: dict[int, dict[str, int]] = defaultdict(dict)
        for lot in reversed(matching.lots(connection)):
            self._lots[lot.contract][fold(lot.number) or "0"] = lot.id
        self._only_lot = {
            contract: next(iter(lots.values()))
            for contract, lots in self._lots.items()
            if len(lots) == 1
        }
        self._on_lots: dict[int, list[OnLot]] = defaultdict(list)
        for row in matching.lot_companies(connection):
            self._on_lots[row.lot].append(OnLot(row.id, row.company, row.role))
        self._obligations: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for obligation in matching.obligations(connection):
            self._obligations[obligation.lot].append((obligation.id, obligation.company))

    def of_buyer(self, buyer: int, number: str) -> list[int]:
        """The contracts of a buyer that have this number."""
        return [row for row, owner in self._by_number.get(fold(number), ()) if owner == buyer]

    def numbered(self, number: str) -> list[tuple[int, int]]:
        """(contract, buyer) of every contract that has this number."""
        return self._by_number.get(fold(number), [])

    def add_contract(self, row: int, buyer: int, number: str) -> None:
        """Know a contract that the file creates."""
        self._by_number[fold(number)].append((row, buyer))

    def operation(self, buyer: int, name: str) -> int | None:
        """The operation of a buyer under this name."""
        return self._operations.get((buyer, fold(name)))

    def add_operation(self, row: int, buyer: int, name: str) -> None:
        """Know an operation that the file creates."""
        self._operations[buyer, fold(name)] = row

    def lot(self, contract: int, number: str) -> int | None:
        """The lot of this number; without a number, lot 0 or the only one the base holds."""
        known = self._lots.get(contract, {})
        found = known.get(fold(number) or "0")
        return self._only_lot.get(contract) if found is None and not number else found

    def near_lot(self, contract: int, number: str) -> int | None:
        """The lot of this number, its leading zeros aside when that leaves no doubt."""
        found = self.lot(contract, number)
        if found is None and number:
            bare = fold(number).lstrip("0")
            near = [
                row
                for known, row in self._lots.get(contract, {}).items()
                if known.lstrip("0") == bare
            ]
            return near[0] if len(near) == 1 else None
        return found

    def lots(self, contract: int) -> list[int]:
        """The lots of a contract."""
        return list(self._lots.get(contract, {}).values())

    def add_lot(self, row: int, contract: int, number: str) -> None:
        """Know a lot that the file creates."""
        self._lots[contract][fold(number) or "0"] = row

    def on_lot(self, lot: int, company: int, role: str) -> OnLot | None:
        """The company on the lot in this role; a holder may be known in another that owes too."""
        present = [row for row in self._on_lots.get(lot, ()) if row.company == company]
        for row in present:
            if row.role == role or not role:
                return row
        if role == LotRole.SUBCONTRACTOR.value:
            return None
        owing = [row for row in present if row.role != LotRole.SUBCONTRACTOR.value]
        return owing[0] if owing else None

    def subcontracts(self, lot: int, companies: list[int]) -> int | None:
        """The one of ``companies`` that is a subcontractor on the lot."""
        for row in self._on_lots.get(lot, ()):
            if row.role == LotRole.SUBCONTRACTOR.value and row.company in companies:
                return row.company
        return None

    def add_on_lot(self, row: int, lot: int, company: int, role: str) -> None:
        """Know a company that the file puts on a lot."""
        self._on_lots[lot].append(OnLot(row, company, role))

    def obligation(self, lot: int, company: int) -> int | None:
        """The obligation of a company on a lot, the first one entered."""
        for row, owner in self._obligations.get(lot, ()):
            if owner == company:
                return row
        return None

    def obligations(self, lot: int) -> list[tuple[int, int]]:
        """(obligation, company) of a lot."""
        return self._obligations.get(lot, [])

    def add_obligation(self, row: int, lot: int, company: int) -> None:
        """Know an obligation that the file creates."""
        self._obligations[lot].append((row, company))
