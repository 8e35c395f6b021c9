"""What the law asks of a planned purchase: a social condition, or a ground in writing.

Article 35 of the law of 22 August 2021 (L2112-2-1), in force at the latest on 22 August 2026
(domain.md 2.2); above the European thresholds only.
"""

from typing import NamedTuple

from suivi_tui.reference.purchasing import Limit, PurchasingReference, Threshold, grounds
from suivi_tui.rules.recommendation_facts import PlannedFacts
from suivi_tui.rules.recommendation_measures import sourced
from suivi_tui.rules.thresholds import outdated, procedure_threshold, reached
from suivi_tui.vocabulary.choices import BuyerKind, Category, RefusalGround
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.numbers import NBSP


class Law(NamedTuple):
    """Whether a social condition is compulsory, the sentence that says so (or that the threshold
    is reached without it), and the grounds that the facts themselves suggest."""

    compulsory: bool = False
    sentence: str = ""
    grounds: tuple[str, ...] = ()


def law_of(facts: PlannedFacts, reference: PurchasingReference) -> Law:
    """What the law asks of a purchase; nothing when its amount or its day is not known."""
    if facts.amount is None or facts.buyer_kind == BuyerKind.PRIVATE.value:
        return Law()
    threshold = procedure_threshold(
        reference,
        facts.category,
        facts.buyer_kind,
        facts.network_operator,
        facts.on,
        specific=facts.family is not None and facts.family.specific,
    )
    since = reference.social_since
    if threshold is None or since is None or not reached(facts.amount, threshold):
        return Law()
    what = _reached(facts.amount, threshold, facts)
    if facts.on < since:
        later = (
            f"{what} La condition sociale n'est obligatoire que pour les consultations lancées "
            f"depuis le {format_date(since)} (L2112-2-1)."
        )
        return Law(False, later)
    sentence = (
        f"{what} Depuis le {format_date(since)}, une condition sociale est obligatoire, ou un "
        "motif écrit (L2112-2-1)."
    )
    return Law(True, sentence, _grounds(facts, reference))


def _reached(amount: Money, threshold: Threshold, facts: PlannedFacts) -> str:
    check = ""
    if outdated(threshold, facts.on):
        check = f" à vérifier{NBSP}: de nouveaux seuils sont attendus,"
    elif not facts.category:
        check = " catégorie à renseigner,"
    return (
        f"Montant{NBSP}: {format_money(amount)}, seuil européen de "
        f"{format_money(threshold.amount)} atteint ({sourced(threshold)}),{check} au "
        f"{format_date(facts.on)}."
    )


def _grounds(facts: PlannedFacts, reference: PurchasingReference) -> tuple[str, ...]:
    """The ground that the facts suggest; the buyer writes it, or another."""
    months, most = facts.duration_months, reference.whole(Limit.SHORT_WORKS)
    works = facts.category == Category.WORKS.value
    if not works or months is None or months >= most:
        return ()
    ground = grounds()[RefusalGround.SHORT.value]
    return (
        f"Durée{NBSP}: {months}{NBSP}mois, moins de {most}{NBSP}mois{NBSP}: motif possible, "
        f"«{NBSP}{ground.text}{NBSP}» ({sourced(reference.limits[Limit.SHORT_WORKS])}).",
    )
