"""The lots of one contract while published records are read: which is which, and their numbers."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count

from suivi_tui.actions.decp_cells import Cells
from suivi_tui.exchange.decp import (
    NO_LOT,
    PublishedContract,
    PublishedGroup,
    PublishedLot,
    lot_number_told,
)
from suivi_tui.store.journal import Change, Value, changed, created, removed
from suivi_tui.vocabulary.choices import LotRole
from suivi_tui.vocabulary.text import fold


@dataclass(slots=True)
class Owner:
    """A company that owes on a lot; ``public`` when open data put it there."""

    row: int
    company: int
    role: str
    public: bool
    new: bool = False


@dataclass(slots=True)
class LotState:
    """A lot of the base, or one that this import makes.

    ``identity`` tells it in open data, None for a lot that only a person made; ``last`` is the
    day of its last publication (ISO, empty when not told), None when none was read.
    """

    cells: Cells
    identity: str | None
    last: str | None = None
    owners: list[Owner] = field(default_factory=list)
    dropped: list[Owner] = field(default_factory=list)

    @property
    def row(self) -> int:
        """The id of the lot."""
        return self.cells.row

    @property
    def number(self) -> str:
        """Its number, '0' for the only one of a contract without lots."""
        return str(self.cells.values["number"])

    def hold(self, companies: Iterable[int], new_id: Callable[[], int]) -> bool:
        """Make these the companies that owe; whether it changed. What a person typed stays."""
        wanted = list(dict.fromkeys(companies))
        leaving = [owner for owner in self.owners if owner.public and owner.company not in wanted]
        here = {owner.company for owner in self.owners}
        coming = [company for company in wanted if company not in here]
        self.dropped += [owner for owner in leaving if not owner.new]
        self.owners = [owner for owner in self.owners if owner not in leaving]
        self.owners += [Owner(new_id(), company, "", True, True) for company in coming]
        return bool(leaving or coming)

    def changes(self) -> list[Change]:
        """What there is to write of the lot and of the companies on it."""
        # Open data do not say who leads a group, nor whether there is one.
        role = LotRole.HOLDER if len(self.owners) == 1 else LotRole.CO_CONTRACTOR
        found = [*self.cells.changes(), *(removed("lot_company", one.row) for one in self.dropped)]
        moved = bool(self.dropped) or any(owner.new for owner in self.owners)
        for owner in self.owners:
            if owner.new:
                values: dict[str, Value] = {
                    "lot": self.row,
                    "company": owner.company,
                    "role": role.value,
                }
                found.append(created("lot_company", owner.row, values))
            elif moved and owner.public and owner.role != role.value:
                found.append(changed("lot_company", owner.row, "role", role.value))
        return found


def matched(
    group: PublishedGroup,
    lots: Iterable[LotState],
    companies_of: Callable[[PublishedContract], set[int]],
) -> dict[str, LotState]:
    """The lot of the base that each published lot is, by the identity of the latter.

    A lot already read is known by its identity. One that a person typed is known by the number
    that the object tells, by its holders or by its title, when only one can be meant; or because
    there is one lot on each side.
    """
    known = {lot.identity: lot for lot in lots if lot.identity is not None}
    found = {each.identity: known[each.identity] for each in group.lots if each.identity in known}
    typed = [lot for lot in lots if lot.identity is None]
    left = [each for each in group.lots if each.identity not in found]
    if len(group.lots) == 1 and len(typed) == 1 and len(left) == 1 and not known:
        told = lot_number_told(left[0].record.object)
        if told is None or typed[0].number in (NO_LOT, told):
            return {left[0].identity: typed[0]}
    holding = {each.identity: companies_of(each.record) for each in left}
    rules: list[Callable[[PublishedLot, LotState], bool]] = [
        lambda each, lot: lot_number_told(each.record.object) == lot.number.lstrip("0"),
        lambda each, lot: fold(each.record.object) == fold(str(lot.cells.values["title"])),
        lambda each, lot: not holding[each.identity].isdisjoint(o.company for o in lot.owners),
    ]
    for alike in rules:
        pairs = [(each, lot) for each in left for lot in typed if alike(each, lot)]
        for each, lot in pairs:
            if sum(other is lot or one is each for one, other in pairs) == 1:
                found[each.identity] = lot
        left = [each for each in left if each.identity not in found]
        typed = [lot for lot in typed if not any(lot is taken for taken in found.values())]
    return found


def numbers_with(
    first: LotState,
    first_object: str,
    first_day: str,
    coming: Mapping[str, PublishedLot],
) -> dict[str, str]:
    """Numbers by identity, once a contract that had one lot, without a number, gets others.

    They are the same whichever came first: those that the objects tell, then by date of
    notification, object and identity.
    """
    published = {name: lot.record for name, lot in coming.items()}
    own = first.identity or ""
    objects = {own: first_object} | {name: each.object for name, each in published.items()}
    days = {own: first_day} | {
        name: each.notified_on.isoformat() if each.notified_on else ""
        for name, each in published.items()
    }
    told = {name: lot_number_told(text) or "" for name, text in objects.items()}
    alone = {number for number, times in Counter(told.values()).items() if number and times == 1}
    numbers = {name: number for name, number in told.items() if number in alone}
    free = (str(number) for number in count(1) if str(number) not in alone)
    left = sorted(
        objects.keys() - numbers.keys(),
        key=lambda name: (days[name] or "9999", fold(objects[name]), name),
    )
    return numbers | dict(zip(left, free, strict=False))
