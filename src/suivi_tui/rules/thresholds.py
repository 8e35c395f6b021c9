"""Which threshold of public procurement a purchase meets, on a day (domain.md 2.4).

A threshold is reached from its very amount on: « au-dessous » is strictly under it.
"""

from datetime import date

from suivi_tui.reference.purchasing import PurchasingReference, Threshold, ThresholdKind
from suivi_tui.vocabulary.choices import BuyerKind, Category
from suivi_tui.vocabulary.money import Money


def in_force(reference: PurchasingReference, kind: ThresholdKind, on: date) -> Threshold | None:
    """The threshold of a kind in force on a day; None before the first one that is known."""
    begun = [each for each in reference.thresholds[kind] if each.valid_from <= on]
    return begun[-1] if begun else None


def procedure_threshold(
    reference: PurchasingReference,
    category: str,
    buyer_kind: str,
    network_operator: bool,
    on: date,
    *,
    specific: bool = False,
) -> Threshold | None:
    """The European threshold of a purchase: its formal procedure begins there.

    ``category`` is a code of Category (unknown: services, whose threshold is the lower one);
    ``network_operator`` is an entité adjudicatrice, ``specific`` a social or specific service.
    """
    if category == Category.WORKS.value:
        kind = ThresholdKind.WORKS
    elif specific and category != Category.SUPPLIES.value:
        kind = ThresholdKind.SOCIAL_SERVICES
    elif network_operator:
        kind = ThresholdKind.NETWORK
    elif buyer_kind == BuyerKind.STATE.value:
        kind = ThresholdKind.STATE
    else:
        kind = ThresholdKind.OTHERS
    return in_force(reference, kind, on)


def free_threshold(reference: PurchasingReference, category: str, on: date) -> Threshold | None:
    """The amount under which a purchase needs neither publicity nor competition."""
    works = category == Category.WORKS.value
    kind = ThresholdKind.FREE_WORKS if works else ThresholdKind.FREE_SERVICES
    return in_force(reference, kind, on)


def publicity_threshold(
    reference: PurchasingReference, category: str, on: date
) -> Threshold | None:
    """The amount from which a notice in a journal is due; None for works, not read."""
    if category == Category.WORKS.value:
        return None
    return in_force(reference, ThresholdKind.PUBLICITY, on)


def open_data_threshold(reference: PurchasingReference, on: date) -> Threshold | None:
    """The amount from which the essential data of a contract are published."""
    return in_force(reference, ThresholdKind.OPEN_DATA, on)


def reached(amount: Money, threshold: Threshold) -> bool:
    """Whether an amount before tax is at or above a threshold."""
    return amount >= threshold.amount


def outdated(threshold: Threshold, on: date) -> bool:
    """Whether another threshold should be known by that day: the figure is to be checked."""
    return threshold.expires is not None and on >= threshold.expires
