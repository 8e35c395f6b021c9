"""The pipeline of planned purchases: who answers by when, and what is advised for each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from suivi_tui.readings.local_offer import Place, offer_of, place_of
from suivi_tui.reference.purchasing import CpvFamily, PurchasingReference, family_of
from suivi_tui.rules.answers import answer_day
from suivi_tui.rules.recommendation import recommend
from suivi_tui.rules.recommendation_facts import LotFacts, Offer, Past, PlannedFacts, Recommended
from suivi_tui.rules.recommendation_measures import most_hours, sourced
from suivi_tui.store.queries import planned_purchases as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import iso_date
from suivi_tui.store.queries.planned_purchases import (
    LotRow,
    PastRow,
    PurchaseRow,
    RefusalRow,
    StructureRow,
)
from suivi_tui.vocabulary.choices import ClauseForm, Sector
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money
from suivi_tui.vocabulary.text import fold

_WHOLE_SHARE: Final = 10_000
_CALIBRATED: Final = "calibrage gardé"
_TYPED: Final = "saisie"
# What is bought when insertion itself is bought, in the words of its object.
_INSERTION_WORDS: Final = (
    "chantier d'insertion", "service d'insertion", "services d'insertion",
    "services de qualification", "insertion et de qualification", "appui a l'insertion",
    "prestation d'insertion", "prestations d'insertion", "insertion par l'activite",
)  # fmt: skip


class PlannedPurchase(NamedTuple):
    """A purchase before its contract, and what is advised for it.

    ``due`` is the day on which the buyer waits for an answer: the day agreed, else so many weeks
    after the question, as this buyer does. ``late``: it is past and nobody answered.
    """

    row: PurchaseRow
    lots: tuple[LotRow, ...]
    family: CpvFamily | None
    facts: PlannedFacts
    advice: Recommended
    due: date | None
    answered_on: date | None
    late: bool
    refusals: tuple[RefusalRow, ...] = ()

    @property
    def upstream(self) -> bool:
        """Whether its contract is not passed, and its clause not given up."""
        return self.row.stage in queries.UPSTREAM

    @property
    def waiting(self) -> bool:
        """Whether the buyer waits for an answer."""
        return self.answered_on is None and self.due is not None


class _World(NamedTuple):
    """What is read once for every purchase of a list."""

    today: date
    reference: PurchasingReference
    structures: Sequence[StructureRow]
    past: Mapping[int, Sequence[PastRow]]
    calibrated: Mapping[tuple[int, int | None], int]
    offers: dict[tuple[Place, str], Offer]
    places: dict[tuple[str, str, str], Place]


def read_pipeline(
    connection: Connection, today: date, reference: PurchasingReference
) -> list[PlannedPurchase]:
    """Every purchase whose contract is not passed yet: late answers first, then by day."""
    rows = queries.pipeline(connection)
    found = _readings(connection, rows, today, reference)
    return sorted(found, key=_urgency)


def read_purchase(
    connection: Connection, contract: int, today: date, reference: PurchasingReference
) -> PlannedPurchase | None:
    """One purchase, its grounds for no clause with it; None when unknown or removed."""
    row = queries.purchase(connection, contract)
    if row is None:
        return None
    (found,) = _readings(connection, [row], today, reference)
    return found._replace(refusals=tuple(queries.refusals(connection, contract)))


def _urgency(purchase: PlannedPurchase) -> tuple[int, date, date, int]:
    """Late, then awaited, then the others by the day of their publication."""
    rank = 0 if purchase.late else 1 if purchase.waiting else 2
    planned = iso_date(purchase.row.planned_on) or date.max
    due = purchase.due if purchase.waiting and purchase.due is not None else date.max
    return rank, due, planned, -purchase.row.contract


def _readings(
    connection: Connection,
    rows: Sequence[PurchaseRow],
    today: date,
    reference: PurchasingReference,
) -> list[PlannedPurchase]:
    ids = [row.contract for row in rows]
    past: dict[int, list[PastRow]] = defaultdict(list)
    for each in queries.past_of_buyers(connection, (row.buyer for row in rows)):
        past[each.buyer].append(each)
    lots = queries.lots_of(connection, ids)
    world = _World(
        today,
        reference,
        queries.structures(connection) if rows else (),
        past,
        queries.calibrated(connection, ids),
        {},
        {},
    )
    return [_reading(row, lots.get(row.contract, []), world) for row in rows]


def _reading(row: PurchaseRow, lots: Sequence[LotRow], world: _World) -> PlannedPurchase:
    texts = (row.place, row.operation_place, row.buyer_territory)
    if texts not in world.places:
        world.places[texts] = place_of(text for text in texts if text)
    facts = _facts(row, lots, world, world.places[texts])
    answered = iso_date(row.answered_on)
    due = answer_day(
        iso_date(row.answer_due),
        iso_date(row.asked_on),
        iso_date(row.notice_sent_on),
        row.answer_weeks,
    )
    late = due is not None and answered is None and due < world.today
    advice = recommend(facts, world.reference)
    return PlannedPurchase(row, tuple(lots), facts.family, facts, advice, due, answered, late)


def _facts(row: PurchaseRow, lots: Sequence[LotRow], world: _World, place: Place) -> PlannedFacts:
    family = family_of(row.cpv) or next(
        (found for lot in lots if (found := family_of(lot.cpv)) is not None), None
    )
    share, said = share_of(row.labour_share, family, world.reference)
    amount = None if row.amount_cents is None else Money(row.amount_cents)
    hours, source = _hours((row.contract, None), amount, share, world)
    object_ = fold(row.object)
    return PlannedFacts(
        on=iso_date(row.notice_sent_on) or iso_date(row.planned_on) or world.today,
        category=row.category,
        family=family,
        labour_share=share,
        share_source=said,
        amount=amount,
        duration_months=row.duration_months,
        lots=tuple(_lot(lot, row, family, world, place) for lot in lots),
        hours=hours,
        hours_source=source,
        offer=_offer(row.sector, family, world, place),
        past=_past(row, family, world.past.get(row.buyer, ())),
        buyer_kind=row.buyer_kind,
        network_operator=bool(row.network_operator),
        procedure=row.procedure,
        insertion_object=row.clause_form == ClauseForm.INSERTION_SERVICE.value
        or any(words in object_ for words in _INSERTION_WORDS),
        training_suited=(family is not None and family.skilled)
        or row.sector == Sector.INTELLECTUAL.value,
    )


def share_of(
    typed: int | None, family: CpvFamily | None, reference: PurchasingReference
) -> tuple[Fraction | None, str]:
    """The labour share of a purchase and where it comes from: typed, else that of its family."""
    if typed is not None:
        return Fraction(typed, _WHOLE_SHARE), _TYPED
    value = reference.shares.get(family.share) if family is not None and family.share else None
    if value is None or value.number is None:
        return None, ""
    return value.number / 100, sourced(value)


def _hours(
    key: tuple[int, int | None], amount: Money | None, share: Fraction | None, world: _World
) -> tuple[Hours | None, str]:
    """The hours of a calibration, else the most that the amount could bring."""
    kept = world.calibrated.get(key)
    if kept is not None:
        return Hours(kept), _CALIBRATED
    if amount is None or amount < 0 or share is None:
        return None, ""
    return most_hours(amount, share, world.reference)


def _lot(
    lot: LotRow, row: PurchaseRow, family: CpvFamily | None, world: _World, place: Place
) -> LotFacts:
    own = family_of(lot.cpv) or family
    typed = row.labour_share if lot.labour_share is None else lot.labour_share
    share, said = share_of(typed, own, world.reference)
    amount = None if lot.amount_cents is None else Money(lot.amount_cents)
    hours, source = _hours((row.contract, lot.lot), amount, share, world)
    offer = None if own is family else _offer("", own, world, place)
    return LotFacts(lot.number, lot.title, own, amount, share, said, hours, source, offer)


def _offer(sector: str, family: CpvFamily | None, world: _World, place: Place) -> Offer:
    wanted = sector or (family.sector if family else "")
    if (place, wanted) not in world.offers:
        world.offers[place, wanted] = offer_of(world.structures, place, wanted)
    return world.offers[place, wanted]


def _past(row: PurchaseRow, family: CpvFamily | None, past: Iterable[PastRow]) -> Past:
    """The buyer's contracts of the same family, or of the same sector when the CPV is not known."""
    alike = [
        each for each in past if each.contract != row.contract and _alike(each, row.sector, family)
    ]
    clauses = [each for each in alike if each.with_clause]
    return Past(len(clauses), len(alike) - len(clauses), Hours(sum(each.hours for each in clauses)))


def _alike(each: PastRow, sector: str, family: CpvFamily | None) -> bool:
    theirs = family_of(each.cpv)
    if family is not None and theirs is not None:
        return family.key == theirs.key
    ours = sector or (family.sector if family is not None else "")
    other = each.sector or (theirs.sector if theirs is not None else "")
    return bool(ours) and ours == other
