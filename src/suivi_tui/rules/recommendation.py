"""What to advise a buyer for a planned purchase, and why (domain.md 1.2, 2.1, 2.2, 5.3).

Each form of clause is held against the facts; the first that suits, in the order of
``_ORDER``, is advised, and the others stay as alternatives with their reasons. Nothing is advised
without a reason.
"""

from collections.abc import Callable, Iterable
from typing import Final

from suivi_tui.reference.purchasing import Limit, PurchasingReference
from suivi_tui.rules.recommendation_facts import (
    LotAdvice,
    LotFacts,
    Option,
    PlannedFacts,
    Recommended,
)
from suivi_tui.rules.recommendation_law import law_of
from suivi_tui.rules.recommendation_measures import (
    Measure,
    amount_measure,
    dependency_measure,
    duration_measure,
    hours_measure,
    number_measure,
    past_sentence,
    share_measure,
    sourced,
)
from suivi_tui.rules.thresholds import free_threshold, reached
from suivi_tui.vocabulary.choices import BuyerKind, Category, Recommendation
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.numbers import NBSP, plural

ARTICLES: Final = {
    Recommendation.CONDITION: ("L2112-2", "L2112-3"),
    Recommendation.CRITERION: ("R2152-7", "L2112-3"),
    Recommendation.CONDITION_CRITERION: ("L2112-2", "R2152-7", "L2112-3"),
    Recommendation.RESERVED_INSERTION: ("L2113-13",),
    Recommendation.RESERVED_DISABILITY: ("L2113-12",),
    Recommendation.INSERTION_CONTRACT: ("R2123-1",),
    Recommendation.TRAINING: ("L2112-2",),
    Recommendation.SOCIAL_CONDITION: ("L2112-2-1",),
    Recommendation.NOTHING: ("L2111-1",),
}
"""The articles that each form rests on (``reference.purchasing.articles``)."""

_HOURS: Final = (Recommendation.CONDITION, Recommendation.CONDITION_CRITERION)
_RESERVED: Final = (Recommendation.RESERVED_INSERTION, Recommendation.RESERVED_DISABILITY)

_WEAKER: Final = (Recommendation.CRITERION, Recommendation.SOCIAL_CONDITION)
"""What is advised only once it is known that hours do not suit."""

Judge = Callable[[PlannedFacts, PurchasingReference], Option]


def recommend(facts: PlannedFacts, reference: PurchasingReference) -> Recommended:
    """The form advised for a purchase, its reasons, the alternatives, and each lot's own form."""
    facts = _with_amount_of_lots(facts)
    law = law_of(facts, reference)
    options = [_option(judge, facts, reference) for judge in _ORDER]
    lots = _lots(facts, reference)
    if len(lots) > 1:
        options = [_by_lots(option, lots) for option in options]
    if law.compulsory:
        # A criterion alone is no condition of execution.
        options = [
            option._replace(fits=False, reasons=(*option.reasons, law.sentence))
            if option.form is Recommendation.CRITERION
            else option
            for option in options
        ]
        reasons = (law.sentence, *law.grounds)
        options.append(Option(Recommendation.SOCIAL_CONDITION, True, reasons))
    chosen = next((option for option in options if option.fits), None)
    also = (law.sentence,) if law.sentence else ()
    lacking = any(option.lacking for option in options)
    if chosen is None or (lacking and chosen.form in _WEAKER):
        chosen, form = _left(facts, reference, options)
    else:
        form = chosen.form
    reasons = tuple(dict.fromkeys((*chosen.reasons, *also)))
    cited = dict.fromkeys(ARTICLES[form]) if form is not None else {}
    if law.compulsory:
        cited |= dict.fromkeys(("L2112-2-1",))
    others = tuple(option for option in options if option is not chosen)
    return Recommended(form, reasons, tuple(cited), others, lots, law.compulsory)


def _with_amount_of_lots(facts: PlannedFacts) -> PlannedFacts:
    amounts = [lot.amount for lot in facts.lots]
    if facts.amount is not None or not amounts or None in amounts:
        return facts
    return facts._replace(amount=Money(sum(amount for amount in amounts if amount is not None)))


def _option(judge: Judge, facts: PlannedFacts, reference: PurchasingReference) -> Option:
    option = judge(facts, reference)
    past = past_sentence(facts)
    return option._replace(reasons=(*option.reasons, past)) if past and option.fits else option


def _left(
    facts: PlannedFacts, reference: PurchasingReference, options: Iterable[Option]
) -> tuple[Option, Recommendation | None]:
    """Nothing suits: no clause, unless a fact that is not known could change that."""
    condition = next(each for each in options if each.form is Recommendation.CONDITION)
    form = None if condition.lacking else Recommendation.NOTHING
    reasons = condition.reasons
    if not (facts.training_suited or _goods(facts) or len(facts.lots) > 1):
        measures = _clause_measures(facts, reference)
        wanted = None if condition.lacking else False
        reasons = tuple(each.sentence for each in measures if each.met is wanted) or reasons
    return Option(Recommendation.NOTHING, form is not None, reasons), form


# the forms


def _insertion_contract(facts: PlannedFacts, reference: PurchasingReference) -> Option:
    form = Recommendation.INSERTION_CONTRACT
    if facts.insertion_object:
        told = plural(facts.offer.insertion, "structure", "structures")
        where = f" {facts.offer.place}" if facts.offer.place else ""
        return Option(form, True, (
            "L'objet du marché est l'insertion elle-même, l'activité n'en est que le support "
            "(R2123-1, services sociaux et autres services spécifiques).",
            f"Structures d'insertion qui peuvent répondre{where}{NBSP}: {told}.",
        ))  # fmt: skip
    return Option(form, False, ("L'objet du marché n'est pas l'insertion elle-même (R2123-1).",))


def _reserved_disability(facts: PlannedFacts, reference: PurchasingReference) -> Option:
    if facts.offer.disability <= facts.offer.insertion and facts.offer.insertion:
        fewer = (
            "Les structures d'insertion sont au moins aussi nombreuses que celles du handicap "
            f"({facts.offer.insertion} et {facts.offer.disability}, L2113-13)."
        )
        return Option(Recommendation.RESERVED_DISABILITY, False, (fewer,))
    return _reserved(facts, reference, Limit.WHOLE_RESERVED, disability=True)


def _reserved_insertion(facts: PlannedFacts, reference: PurchasingReference) -> Option:
    return _reserved(facts, reference, Limit.WHOLE_RESERVED, disability=False)


def _reserved(
    facts: PlannedFacts, reference: PurchasingReference, limit: Limit, *, disability: bool
) -> Option:
    """Reserve the purchase, or a lot of it, to the structures that sell what is bought."""
    form = _RESERVED[disability]
    (article,) = ARTICLES[form]
    if facts.buyer_kind == BuyerKind.PRIVATE.value:
        return Option(form, False, (f"Un acheteur privé ne réserve pas de marché ({article}).",))
    if facts.family is None or not facts.family.sold:
        named = facts.family.label if facts.family is not None else "CPV à renseigner"
        return Option(form, False, (
            f"{named}{NBSP}: les structures d'insertion et du handicap ne le vendent pas "
            "d'ordinaire (Marché de l'inclusion).",
        ))  # fmt: skip
    who = "du secteur du handicap" if disability else "d'insertion"
    where = f" {facts.offer.place}" if facts.offer.place else ""
    number = facts.offer.disability if disability else facts.offer.insertion
    count = number_measure(f"Structures {who}{where}", number, limit, reference)
    measures = (count, dependency_measure(facts, reference))
    sold = f"{facts.family.label}{NBSP}: ces structures le vendent elles-mêmes ({article})."
    # A lot whose amount nobody told yet can be meant for them all the same.
    lot_only = limit is Limit.LOT_RESERVED
    fits = all(measure.met or (lot_only and measure.met is None) for measure in measures)
    reasons = [sold, *(measure.sentence for measure in measures)]
    if not fits and limit is Limit.WHOLE_RESERVED:
        lot = number_measure(f"Structures {who}", number, Limit.LOT_RESERVED, reference)
        if lot.met:
            reasons.append(f"{lot.sentence} Un lot peut leur être réservé.")
    return Option(form, fits, tuple(reasons))


def _clause_measures(facts: PlannedFacts, reference: PurchasingReference) -> list[Measure]:
    return [
        share_measure(facts, reference, Limit.LOW_SHARE),
        amount_measure(facts, reference),
        duration_measure(facts, reference, Limit.MONTHS),
        hours_measure(facts, reference),
    ]


def _condition(facts: PlannedFacts, reference: PurchasingReference) -> Option:
    """Hours owed: enough labour, a contract large and long enough, work for one person at least.

    Hours that are known say what the labour share would have said.
    """
    form = Recommendation.CONDITION
    if _goods(facts):
        return Option(form, False, (
            "Fournitures : le travail n'est pas fait sur le marché, des heures ne s'y suivent pas "
            "(L2112-3, lien avec l'objet).",
        ))  # fmt: skip
    if facts.training_suited:
        return Option(form, False, (
            "Postes qualifiés : des heures d'insertion y trouvent rarement un public ; une clause "
            "de formation convient mieux (modèle de 2018).",
        ))  # fmt: skip
    share, amount, duration, hours = _clause_measures(facts, reference)
    asked = [amount, duration] if hours.met and share.met is None else [share, amount, duration]
    # An amount and a share give an order of magnitude of the hours; alone they tell little.
    if hours.met is not None:
        asked.append(hours)
    blocked = any(measure.met is False for measure in asked)
    # A duration that nobody told is the usual one: it does not hold the advice back.
    lacking = [each for each in asked if each.met is None and each is not duration]
    reasons = [measure.sentence for measure in asked]
    if not blocked and not lacking:
        reasons.append(_who_works(facts, reference))
    return Option(form, not blocked and not lacking, tuple(reasons), not blocked and bool(lacking))


def _goods(facts: PlannedFacts) -> bool:
    """Whether goods are bought, made elsewhere; the CPV tells it when the category does not."""
    if facts.category:
        return facts.category == Category.SUPPLIES.value
    return facts.family is not None and facts.family.supplies


def _who_works(facts: PlannedFacts, reference: PurchasingReference) -> str:
    """By which routes the hours can be done."""
    sellers = facts.offer.insertion + facts.offer.disability
    found = number_measure("Structures à qui sous-traiter", sellers, Limit.SUBCONTRACT, reference)
    staffing = plural(facts.offer.staffing, "structure", "structures")
    routes = f"{found.sentence} Mise à disposition{NBSP}: {staffing}."
    if facts.offer.total:
        return routes
    return f"{routes} L'embauche directe reste ouverte à l'entreprise."


def _both(facts: PlannedFacts, reference: PurchasingReference) -> Option:
    """Hours owed and a scored quality: where the trade is ripe and the buyer has done it."""
    condition = _condition(facts, reference)
    form = Recommendation.CONDITION_CRITERION
    if not condition.fits:
        return Option(form, False, ("La condition d'exécution seule n'est déjà pas retenue.",))
    share = share_measure(facts, reference, Limit.HIGH_SHARE)
    duration = duration_measure(facts, reference, Limit.TRAINING_MONTHS)
    if not (share.met and duration.met):
        against = [each.sentence for each in (share, duration) if not each.met]
        return Option(form, False, tuple(against))
    if not facts.past.hours:
        return Option(form, False, (
            "L'acheteur n'a pas encore d'heures validées sur un marché semblable : noter la "
            "qualité de l'insertion demande d'avoir déjà suivi une clause (R2152-7).",
        ))  # fmt: skip
    reasons = (share.sentence, duration.sentence, *condition.reasons[1:])
    return Option(form, True, tuple(dict.fromkeys(reasons)))


def _training(facts: PlannedFacts, reference: PurchasingReference) -> Option:
    """A place of training for a young person without a diploma."""
    form = Recommendation.TRAINING
    if not facts.training_suited:
        named = facts.family.label if facts.family is not None else "Achat"
        return Option(form, False, (
            f"{named}{NBSP}: des heures d'insertion y conviennent mieux qu'un stage (modèle de "
            "clause de formation, 2018).",
        ))  # fmt: skip
    duration = duration_measure(facts, reference, Limit.TRAINING_MONTHS)
    suited = "Postes qualifiés : un stage pour un jeune sans diplôme convient (modèle de 2018)."
    return Option(form, bool(duration.met), (suited, duration.sentence))


def _criterion(facts: PlannedFacts, reference: PurchasingReference) -> Option:
    """Score the social performance of the offers, when no hours are asked."""
    form = Recommendation.CRITERION
    if facts.buyer_kind == BuyerKind.PRIVATE.value:
        return Option(form, False, ("Un acheteur privé choisit librement ses critères.",))
    free = free_threshold(reference, facts.category, facts.on)
    if facts.amount is None or free is None:
        return Option(form, False, ("Montant à renseigner pour savoir si les offres se notent.",))
    under = not reached(facts.amount, free)
    against = "moins de" if under else "au moins"
    competition = (
        f"Montant{NBSP}: {format_money(facts.amount)}, {against} {format_money(free.amount)}, "
        f"seuil de mise en concurrence ({sourced(free)})."
    )
    if under:
        return Option(form, False, (competition,))
    if not facts.offer.total:
        return Option(form, False, (
            "Aucune structure locale connue pour ce métier : rien à valoriser dans les offres "
            "(annuaire).",
        ))  # fmt: skip
    told = plural(facts.offer.total, "structure locale", "structures locales")
    asset = f"{told} à qui les candidats peuvent s'adresser (annuaire)."
    return Option(form, True, (competition, asset))


_ORDER: Final[tuple[Judge, ...]] = (
    _insertion_contract,
    _reserved_disability,
    _reserved_insertion,
    _both,
    _condition,
    _training,
    _criterion,
)
_LOT_ORDER: Final[tuple[Judge, ...]] = (_both, _condition, _training)


# the lots


def _lots(facts: PlannedFacts, reference: PurchasingReference) -> tuple[LotAdvice, ...]:
    """What is advised for each lot; none when the purchase has a single one."""
    if len(facts.lots) < 2:
        return ()
    return tuple(_lot(facts, lot, reference) for lot in facts.lots)


def _lot(facts: PlannedFacts, lot: LotFacts, reference: PurchasingReference) -> LotAdvice:
    own = facts._replace(
        family=lot.family or facts.family,
        amount=lot.amount,
        labour_share=facts.labour_share if lot.labour_share is None else lot.labour_share,
        share_source=lot.share_source or facts.share_source,
        hours=lot.hours,
        hours_source=lot.hours_source,
        offer=lot.offer or facts.offer,
        lots=(),
    )
    more = own.offer.disability > own.offer.insertion
    options = [
        _reserved(own, reference, Limit.LOT_RESERVED, disability=more),
        *(_option(judge, own, reference) for judge in _LOT_ORDER),
    ]
    chosen = next((option for option in options if option.fits), None)
    if chosen is None:
        chosen, form = _left(own, reference, options)
    else:
        form = chosen.form
    return LotAdvice(lot.number, lot.title, form, chosen.reasons)


def _by_lots(option: Option, lots: tuple[LotAdvice, ...]) -> Option:
    """A form of the whole purchase, as its lots allow it."""
    form = option.form
    if form in (Recommendation.INSERTION_CONTRACT, Recommendation.CRITERION):
        return option
    if form in _RESERVED and option.fits:
        return option
    if all(lot.form is None for lot in lots):
        unknown = "Montants ou parts de main-d'œuvre des lots à renseigner."
        return option._replace(reasons=(*option.reasons, unknown))
    kept = [lot for lot in lots if lot.form is form]
    # Hours on some lots come before the lots that are reserved beside them.
    others = form in _RESERVED and any(lot.form in _HOURS for lot in lots)
    if kept and not others:
        return Option(form, True, (_told(kept, lots), *kept[0].reasons, *_beside(form, lots)))
    if kept:
        return option._replace(fits=False, reasons=(_told(kept, lots), *kept[0].reasons))
    if option.fits:
        none = f"Aucun des {len(lots)} lots ne le permet à lui seul."
        return Option(form, False, (*option.reasons, none), option.lacking)
    return option


def _told(kept: list[LotAdvice], lots: tuple[LotAdvice, ...]) -> str:
    numbers = ", ".join(lot.number for lot in kept)
    if len(kept) == len(lots):
        return f"Tous les lots ({numbers}) le permettent."
    word = "Lot" if len(kept) == 1 else "Lots"
    return f"{word} {numbers} sur {len(lots)}{NBSP}: la clause n'a pas à porter sur tous les lots."


def _beside(form: Recommendation, lots: tuple[LotAdvice, ...]) -> list[str]:
    """The lots that would rather be reserved, said beside the form of the whole."""
    reserved = [lot.number for lot in lots if lot.form in _RESERVED and lot.form is not form]
    return (
        [f"Lots à réserver{NBSP}: {', '.join(reserved)} (L2113-12, L2113-13)."] if reserved else []
    )
