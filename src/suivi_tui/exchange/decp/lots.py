"""The contracts of a file: the records that share a buyer and a number are its lots."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from suivi_tui.exchange.decp.records import ContractKey, PublishedContract
from suivi_tui.vocabulary.text import fold

NO_LOT = "0"

# « lot n°2 », « Lot 03 : », « LOT No1 », but neither « 6 lots » nor « lots 3 et 8 ».
_LOT = re.compile(r"\blot\s*(?:n\s*[°ºo]?\s*\.?|numero)?\s*:?\s*0*([1-9][0-9]{0,2})(?![0-9])")
_MIN_COMMON = 15


class PublishedLot(NamedTuple):
    """A lot: ``number`` is '0' when the contract has only this one and does not number it.

    ``identity`` tells it from the other lots of the contract in any file (object and holders);
    ``record`` is its last publication, ``earlier`` the other ones in the file, the oldest first;
    ``repeated`` counts the identical records put aside.
    """

    number: str
    identity: str
    record: PublishedContract
    earlier: tuple[PublishedContract, ...]
    repeated: int


class PublishedGroup(NamedTuple):
    """A contract with its lots, in the order of their numbers."""

    key: ContractKey
    lots: tuple[PublishedLot, ...]

    @property
    def size(self) -> int:
        """How many records of the file it stands for."""
        return sum(1 + len(lot.earlier) + lot.repeated for lot in self.lots)

    @property
    def object(self) -> str:
        """The object of the contract: what its lots have in common, else that of the first."""
        return common_object([lot.record.object for lot in self.lots])

    @property
    def amount_cents(self) -> int | None:
        """The amount, when there is one lot: those of several lots are never added up here."""
        return self.lots[0].record.amount_cents if len(self.lots) == 1 else None


def grouped(
    records: Iterable[PublishedContract],
    known: Mapping[tuple[ContractKey, str], str] | None = None,
) -> list[PublishedGroup]:
    """The contracts of a file, whatever the order of its records.

    Two records of a contract with another object or other holders are two lots; so are two
    different records of the same day, neither of which can replace the other. A lot takes the
    number that its object tells (``lot n°2``) when no other lot of the contract tells the same;
    the others are numbered from 1 by date of notification, object and holders, skipping the
    numbers already taken. ``known`` gives the numbers that lots of earlier files already have,
    by key and identity: these are kept.
    """
    by_key: dict[ContractKey, dict[str, list[PublishedContract]]] = {}
    for record in records:
        by_key.setdefault(record.key, {}).setdefault(record.lot_identity, []).append(record)
    numbered: dict[ContractKey, dict[str, str]] = {}
    for (key, identity), number in (known or {}).items():
        numbered.setdefault(key, {})[identity] = number
    return [_group(key, by_key[key], numbered.get(key, {})) for key in sorted(by_key)]


def common_object(objects: Sequence[str]) -> str:
    """What the objects of the lots of a contract have in common, else the first of them."""
    common = []
    for same in zip(*(text.split() for text in objects), strict=False):
        if len(set(same)) > 1:
            break
        common.append(same[0])
    while common and (fold(common[-1]).strip("(-") in ("lot", "") or common[-1] in "-–:/("):
        common.pop()
    found = " ".join(common).rstrip(" :;,-–/(")
    return found if len(found) >= _MIN_COMMON or len(set(objects)) == 1 else objects[0]


def lot_number_told(text: str) -> str | None:
    """The number of the one lot that an object names, without leading zeros, or None."""
    found = set(_LOT.findall(fold(text)))
    return found.pop() if len(found) == 1 else None


def _group(
    key: ContractKey, lots: dict[str, list[PublishedContract]], known: dict[str, str]
) -> PublishedGroup:
    published: dict[str, list[PublishedContract]] = {}
    repeated: dict[str, int] = {}
    for identity, records in lots.items():
        different = _publications(records)
        for rank, versions in enumerate(_separated(different), 1):
            name = identity if rank == 1 else f"{identity}-{rank}"
            published[name] = versions
            repeated[name] = len(records) - len(different) if rank == 1 else 0
    numbers = _numbers(published, known)
    found = [
        PublishedLot(numbers[name], name, versions[-1], tuple(versions[:-1]), repeated[name])
        for name, versions in published.items()
    ]
    return PublishedGroup(key, tuple(sorted(found, key=_rank)))


def _separated(versions: list[PublishedContract]) -> list[list[PublishedContract]]:
    """Publications that follow each other are of one lot; different ones of a same day are not."""
    last = [
        record for record in versions if record.last_published_on == versions[-1].last_published_on
    ]
    if len(last) == 1:
        return [versions]
    before = versions[: len(versions) - len(last)]
    last.sort(key=lambda record: (record.notified_on or date.max, record.amount_cents or 0))
    return [[*before, last[0]], *([record] for record in last[1:])]


def _rank(lot: PublishedLot) -> tuple[int, str]:
    return (int(lot.number) if lot.number.isdecimal() else 1_000_000, lot.number)


def _publications(records: list[PublishedContract]) -> list[PublishedContract]:
    """The different publications of a lot, the last one at the end."""
    different: dict[str, PublishedContract] = {}
    for record in sorted(records, key=lambda record: record.position):
        different.setdefault(record.fingerprint, record)
    return sorted(
        different.values(),
        key=lambda record: (
            record.last_published_on or date.min,
            record.notified_on or date.min,
            record.fingerprint,
        ),
    )


def _numbers(lots: dict[str, list[PublishedContract]], known: dict[str, str]) -> dict[str, str]:
    numbers = {identity: known[identity] for identity in lots if identity in known}
    taken = set(known.values())
    told: dict[str, list[str]] = {}
    for identity, versions in lots.items():
        number = lot_number_told(versions[-1].object)
        if number is not None and identity not in numbers:
            told.setdefault(number, []).append(identity)
    for number, identities in told.items():
        if len(identities) == 1 and number not in taken:
            numbers[identities[0]] = number
            taken.add(number)
    left = sorted(
        (_order(lots[identity][-1]), identity) for identity in lots if identity not in numbers
    )
    if len(lots) == 1 and not taken:
        return numbers | {identity: NO_LOT for _, identity in left}
    free = 0
    for _, identity in left:
        free += 1
        while str(free) in taken:
            free += 1
        numbers[identity] = str(free)
    return numbers


def _order(record: PublishedContract) -> tuple[date, str, tuple[str, ...]]:
    whose = tuple(sorted(holder.id or fold(holder.name) for holder in record.holders))
    return record.notified_on or date.max, fold(record.object), whose
