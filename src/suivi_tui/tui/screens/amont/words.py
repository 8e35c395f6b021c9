"""Planned purchases, leads and advice as the screens and the export write them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from suivi_tui.tui.screens.shared.texts import day, joined
from suivi_tui.tui.widgets.paged_list import Column
from suivi_tui.tui.widgets.sources import Row
from suivi_tui.vocabulary.choices import ClauseForm, Recommendation, Stage, label_of
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.readings.planned_purchases import PlannedPurchase
    from suivi_tui.readings.renewals import Renewal
    from suivi_tui.rules.recommendation_facts import Option, Recommended

TO_COMPLETE: Final = "À compléter"
_SHORT: Final = {
    Recommendation.CONDITION: "Condition",
    Recommendation.CRITERION: "Critère",
    Recommendation.CONDITION_CRITERION: "Condition, critère",
    Recommendation.RESERVED_INSERTION: "Réserver insertion",
    Recommendation.RESERVED_DISABILITY: "Réserver handicap",
    Recommendation.INSERTION_CONTRACT: "Marché d'insertion",
    Recommendation.TRAINING: "Formation",
    Recommendation.SOCIAL_CONDITION: "Condition ou motif",
    Recommendation.NOTHING: "Pas de clause",
}
CLAUSE_OF: Final = {
    Recommendation.CONDITION: ClauseForm.CONDITION,
    Recommendation.CRITERION: ClauseForm.CRITERION,
    Recommendation.CONDITION_CRITERION: ClauseForm.CONDITION_CRITERION,
    Recommendation.RESERVED_INSERTION: ClauseForm.RESERVED_INSERTION,
    Recommendation.RESERVED_DISABILITY: ClauseForm.RESERVED_DISABILITY,
    Recommendation.INSERTION_CONTRACT: ClauseForm.INSERTION_SERVICE,
    Recommendation.TRAINING: ClauseForm.TRAINING,
}
"""The form of clause of a contract that follows what was advised."""

PURCHASES_NARROW: Final = (
    Column("Réponse", 12, sort="due"),
    Column("Achat", 0, sort="1"),
    Column("Acheteur", 14, sort="2"),
    Column("Montant", 11, "right", sort="amount"),
    Column("Conseil", 18, sort="4"),
)
PURCHASES_WIDE: Final = (
    *PURCHASES_NARROW,
    Column("Qui répond", 14, sort="5"),
    Column("Publication", 11, sort="planned"),
    Column("État", 15, sort="7"),
)
PURCHASES_SORTING: "Final[Mapping[str, Callable[[PlannedPurchase], Any]]]" = {
    "due": lambda one: (one.answered_on is not None, one.due or date.max),
    "amount": lambda one: one.facts.amount,
    "planned": lambda one: one.row.planned_on,
}
RENEWALS_NARROW: Final = (
    Column("Fin", 10, sort="ends"),
    Column("Marché", 0, sort="1"),
    Column("Acheteur", 16, sort="2"),
    Column("Montant", 12, "right", sort="amount"),
    Column("Publier vers", 12, sort="publish"),
)
RENEWALS_WIDE: Final = (
    *RENEWALS_NARROW,
    Column("Clause", 24, sort="5"),
    Column("Numéro", 14, sort="6"),
)
RENEWALS_SORTING: "Final[Mapping[str, Callable[[Renewal], Any]]]" = {
    "ends": lambda one: one.ends,
    "publish": lambda one: one.publish_on,
    "amount": lambda one: one.row.amount_cents,
}


def form_words(form: Recommendation | None) -> str:
    """What is advised, in full."""
    return form.label if form is not None else TO_COMPLETE


def money(cents: int | None) -> str:
    """An amount; empty when unknown."""
    return "" if cents is None else format_money(Money(cents))


def answer_words(one: "PlannedPurchase") -> str:
    """When the buyer waits for an answer; a late one stands out in its words too."""
    if one.answered_on is not None:
        return "répondu"
    if one.due is None:
        return ""
    return f"! {format_date(one.due)}" if one.late else format_date(one.due)


def purchase_row(one: "PlannedPurchase") -> Row:
    """A purchase in the list."""
    row, form = one.row, one.advice.form
    cells = (
        answer_words(one),
        row.object,
        row.buyer_name,
        money(one.facts.amount),
        _SHORT[form] if form is not None else TO_COMPLETE,
        row.facilitator,
        day(row.planned_on),
        label_of(Stage, row.stage),
    )
    tone = "alerte" if one.late else "muted" if one.answered_on is not None else ""
    return Row((row.contract,), row.contract, cells, tone)


def renewal_row(one: "Renewal") -> Row:
    """A contract that ends soon, in the list."""
    row = one.row
    cells = (
        format_date(one.ends),
        row.object,
        row.buyer_name,
        money(row.amount_cents),
        format_date(one.publish_on),
        label_of(ClauseForm, row.clause_form, ClauseForm.NONE.label),
        row.number,
    )
    return Row((row.contract,), row.contract, cells, "" if row.taken_up else "muted")


def explained(one: "PlannedPurchase") -> str:
    """The advice in full: its reasons, its articles, what else was looked at, lot by lot."""
    from suivi_tui.reference.purchasing import articles

    advice = one.advice
    known = articles()
    cited = [known[number] for number in advice.articles if number in known]
    parts = [
        "\n".join([form_words(advice.form), *_listed(advice.reasons)]),
        "\n".join(
            ["Textes", *(f"· {item.number}, {item.title}{NBSP}: {item.text} "
                         f"({item.source}, {item.confidence.label})" for item in cited)]
        ) if cited else "",
        "\n".join(lots_text(advice)),
        "\n".join(["Autres formes", *others_text(advice)]),
    ]  # fmt: skip
    return "\n\n".join(part for part in parts if part)


def _listed(reasons: tuple[str, ...]) -> list[str]:
    return [f"· {reason}" for reason in reasons]


def lots_text(advice: "Recommended") -> list[str]:
    """What is advised for each lot."""
    lines: list[str] = []
    for lot in advice.lots:
        name = joined([f"Lot {lot.number}", lot.title])
        lines += [f"{name}{NBSP}: {form_words(lot.form)}", *_listed(lot.reasons)]
    return lines


def others_text(advice: "Recommended") -> list[str]:
    """The forms that were not kept, with what is for or against each."""
    lines: list[str] = []
    for option in advice.alternatives:
        lines += [f"{option.form.label}{NBSP}: {_fit(option)}", *_listed(option.reasons)]
    return lines


def _fit(option: "Option") -> str:
    return "possible aussi" if option.fits else "non retenu"
