"""What a buyer's commitments are measured by: contracts of a year, spend, gap to a target.

Pure figures on the facts of one buyer and one year. Shares are exact fractions; money is cents.
Sources: domain.md 2.1 (considerations of open data), 2.5, 5.3 (structures by route).
"""

from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import Final, NamedTuple

from suivi_tui.vocabulary.choices import ClauseForm, CompanyKind, SocialConsideration, find
from suivi_tui.vocabulary.money import Money

INSERTION_KINDS: Final = (
    CompanyKind.EI,
    CompanyKind.ACI,
    CompanyKind.AI,
    CompanyKind.ETTI,
    CompanyKind.EITI,
    CompanyKind.GEIQ,
    CompanyKind.REGIE,
)
"""Structures whose trade is insertion: the SIAE, and GEIQ and régies, always listed with them."""

DISABILITY_KINDS: Final = (CompanyKind.EA, CompanyKind.EATT, CompanyKind.ESAT)
"""The adapted and protected sector."""

_CLAUSE, _CRITERION = SocialConsideration.CLAUSE, SocialConsideration.CRITERION
_RESERVED = SocialConsideration.RESERVED
_CONSIDERATIONS: Final = {
    ClauseForm.CONDITION: frozenset({_CLAUSE}),
    ClauseForm.TRAINING: frozenset({_CLAUSE}),
    ClauseForm.INSERTION_SERVICE: frozenset({_CLAUSE}),
    ClauseForm.PRIVATE: frozenset({_CLAUSE}),
    ClauseForm.CRITERION: frozenset({_CRITERION}),
    ClauseForm.CONDITION_CRITERION: frozenset({_CLAUSE, _CRITERION}),
    ClauseForm.RESERVED: frozenset({_RESERVED}),
    ClauseForm.RESERVED_INSERTION: frozenset({_RESERVED}),
    ClauseForm.RESERVED_DISABILITY: frozenset({_RESERVED}),
    ClauseForm.NONE: frozenset({SocialConsideration.NONE}),
}
_WITHOUT: Final = frozenset({SocialConsideration.NONE})


class Purchase(NamedTuple):
    """A contract notified in the year: its legal form ('' unknown), whether a clause was refused
    in writing, its amount at notification."""

    form: str
    refused: bool
    amount: Money | None


class ConsiderationLine(NamedTuple):
    """The contracts of one consideration (None: nothing known), and their known amounts.

    A contract with a clause and a criterion is in both lines: lines are never added up.
    """

    consideration: SocialConsideration | None
    contracts: int
    amount: Money


class SocialShare(NamedTuple):
    """The contracts notified in a year and those with a social consideration.

    ``contracts`` is the whole, ``unknown`` those of which nothing is known, counted as without.
    ``amount`` and ``social_amount`` leave out the contracts ``without_amount``.
    """

    contracts: int
    social: int
    unknown: int
    amount: Money
    social_amount: Money
    without_amount: int
    lines: tuple[ConsiderationLine, ...]

    @property
    def by_number(self) -> Fraction | None:
        """Share of 1 by number of contracts; None when none was notified."""
        return Fraction(self.social, self.contracts) if self.contracts else None

    @property
    def by_amount(self) -> Fraction | None:
        """Share of 1 by amount; None when no amount is known."""
        return Fraction(self.social_amount, self.amount) if self.amount > 0 else None


class HeldLot(NamedTuple):
    """A lot of a contract notified in the year: its amount, the kinds of its holders."""

    amount: Money | None
    kinds: tuple[str, ...]


class Spend(NamedTuple):
    """What was entrusted to structures of some kinds: amount, lots counted.

    ``shared`` are lots held together with others, whose amount cannot be told apart;
    ``without_amount`` those whose amount is unknown. Neither is in ``amount``.
    """

    amount: Money
    lots: int
    shared: int
    without_amount: int


def considerations(form: str, refused: bool = False) -> frozenset[SocialConsideration] | None:
    """The considerations of a legal form, as open data name them; None when nothing is known."""
    member = find(ClauseForm, form) if form else None
    found = _CONSIDERATIONS.get(member) if member is not None else None
    return _WITHOUT if found is None and refused else found


def is_social(purchase: Purchase) -> bool:
    """Whether a contract has at least one social consideration."""
    found = considerations(purchase.form, purchase.refused)
    return found is not None and SocialConsideration.NONE not in found


def has_clause(purchase: Purchase) -> bool:
    """Whether insertion is due under a contract, whatever the legal form but reserving it."""
    return _CLAUSE in (considerations(purchase.form, purchase.refused) or ())


def is_reserved(purchase: Purchase) -> bool:
    """Whether a contract is reserved to structures of insertion or of the disability sector."""
    return _RESERVED in (considerations(purchase.form, purchase.refused) or ())


def social_share(purchases: Iterable[Purchase]) -> SocialShare:
    """The share of the contracts of a year with a social consideration, by number and amount."""
    known = list(purchases)
    said = [(one, considerations(one.form, one.refused)) for one in known]
    lines = [
        _line(kind, [one for one, found in said if found is not None and kind in found])
        for kind in SocialConsideration
    ]
    lines.append(_line(None, [one for one, found in said if found is None]))
    social = [one for one in known if is_social(one)]
    return SocialShare(
        contracts=len(known),
        social=len(social),
        unknown=sum(found is None for _, found in said),
        amount=_sum(known),
        social_amount=_sum(social),
        without_amount=sum(one.amount is None for one in known),
        lines=tuple(lines),
    )


def spend_with(lots: Iterable[HeldLot], kinds: Collection[CompanyKind]) -> Spend:
    """What the lots of a year entrust to companies of some kinds.

    A lot counts whole when every holder is of these kinds; held with others, it is only told.
    """
    wanted = {str(kind.value) for kind in kinds}
    amount = lots_counted = shared = without = 0
    for lot in lots:
        of_kind = [kind in wanted for kind in lot.kinds]
        if not any(of_kind):
            continue
        if not all(of_kind):
            shared += 1
        elif lot.amount is None:
            without += 1
        else:
            lots_counted += 1
            amount += lot.amount
    return Spend(Money(amount), lots_counted, shared, without)


def gap(achieved: Fraction | None, target: int | None) -> Fraction | None:
    """Achieved less target, in the unit of both; None when one of them is unknown."""
    return achieved - target if achieved is not None and target is not None else None


def reached(achieved: Fraction | None, target: int | None) -> bool | None:
    """Whether a target is met: achieved at least. Exact, never on rounded figures."""
    difference = gap(achieved, target)
    return None if difference is None else difference >= 0


def _line(
    consideration: SocialConsideration | None, purchases: list[Purchase]
) -> ConsiderationLine:
    return ConsiderationLine(consideration, len(purchases), _sum(purchases))


def _sum(purchases: Iterable[Purchase]) -> Money:
    return Money(sum(one.amount for one in purchases if one.amount is not None))
