"""What is known of a planned purchase, and what is answered about it (domain.md 1.2, 2.1)."""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from suivi_tui.reference.purchasing import CpvFamily
from suivi_tui.vocabulary.choices import Recommendation
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money


class Offer(NamedTuple):
    """Local structures able to answer: they cover the place, for the trade of the purchase.

    ``insertion`` sell (EI, ACI, régies), ``disability`` too (EA, ESAT), ``staffing`` provide
    people (ETTI, AI, GEIQ, EATT). ``place`` says where they were looked for; ``unknown`` counts
    the structures of which nobody wrote where or for what they work.
    """

    insertion: int = 0
    disability: int = 0
    staffing: int = 0
    place: str = ""
    unknown: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.insertion + self.disability + self.staffing


class Past(NamedTuple):
    """The buyer's earlier contracts of the same family: with a clause of hours or without, and
    the hours validated on the first."""

    with_clause: int = 0
    without_clause: int = 0
    hours: Hours = Hours(0)


class LotFacts(NamedTuple):
    """A lot of the purchase; what it does not say is that of the purchase."""

    number: str
    title: str = ""
    family: CpvFamily | None = None
    amount: Money | None = None
    labour_share: Fraction | None = None
    share_source: str = ""
    hours: Hours | None = None
    hours_source: str = ""
    offer: Offer | None = None


class PlannedFacts(NamedTuple):
    """A planned purchase; amounts before tax in cents, shares of 1, hours in hundredths.

    ``on`` is the day on which its consultation is launched, or expected to be. ``hours`` is the
    volume of insertion hours that a person could really do, ``hours_source`` where it comes from;
    ``share_source`` likewise. ``insertion_object``: what is bought is insertion itself.
    ``training_suited``: its posts suit a training clause. ``procedure`` is as the buyer wrote it.
    """

    on: date
    category: str = ""
    family: CpvFamily | None = None
    labour_share: Fraction | None = None
    share_source: str = ""
    amount: Money | None = None
    duration_months: int | None = None
    lots: tuple[LotFacts, ...] = ()
    hours: Hours | None = None
    hours_source: str = ""
    offer: Offer = Offer()
    past: Past = Past()
    buyer_kind: str = ""
    network_operator: bool = False
    procedure: str = ""
    insertion_object: bool = False
    training_suited: bool = False


class Option(NamedTuple):
    """One form of clause held against the facts: whether it suits, and why.

    ``lacking``: it might suit, and a fact that is not known is all that is against it.
    """

    form: Recommendation
    fits: bool
    reasons: tuple[str, ...]
    lacking: bool = False


class LotAdvice(NamedTuple):
    """What is advised for one lot; ``form`` None when too little is known of it."""

    number: str
    title: str
    form: Recommendation | None
    reasons: tuple[str, ...]


class Recommended(NamedTuple):
    """What is advised, why, on which articles, and what else was looked at.

    ``form`` is None when too little is known to advise: the reasons say what is missing.
    ``compulsory``: the law asks for a social condition, or for a ground in writing.
    """

    form: Recommendation | None
    reasons: tuple[str, ...]
    articles: tuple[str, ...]
    alternatives: tuple[Option, ...]
    lots: tuple[LotAdvice, ...]
    compulsory: bool
