"""How each indicator of a buyer's policy is counted, in the words shown by « Expliquer »."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Final, NamedTuple

from suivi_tui.rules.policy_indicators import SocialShare, Spend
from suivi_tui.vocabulary.choices import CompanyKind, PolicyIndicator
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.numbers import NBSP, format_number, format_percent, plural

PERCENT: Final = "%"
_COUNTED: Final = ("marchés", "personnes")
_SHARE: Final = 10_000
"""A share of 1 in hundredths of a percent."""


class Computed(NamedTuple):
    """A figure that the base computes: hundredths of its unit, exact (None: nothing to count on),
    the formula with its numbers, and what is counted."""

    value: Fraction | None
    formula: str
    rule: str


def share_computed(
    share: SocialShare, year: int, open_data: int
) -> dict[PolicyIndicator, Computed]:
    """The share of contracts with a social consideration, by number and by amount."""
    whole = f"{plural(share.contracts, 'marché notifié', 'marchés notifiés')} en {year}"
    rule = (
        f"Dénominateur{NBSP}: tous les marchés de l'acheteur notifiés en {year} que la base "
        f"connaît, suivis ou venus des données ouvertes ({format_number(open_data)} non pris en "
        f"charge). Ceux dont on ne sait rien ({format_number(share.unknown)}) comptent comme "
        "sans considération."
    )
    if not share.contracts:
        by_number = f"Aucun marché notifié en {year}."
    else:
        by_number = (
            f"{format_number(share.social)} avec une clause, un critère ou une réservation / "
            f"{whole} = {percent_text(share.by_number)}"
        )
    amounts = f"{format_money(share.social_amount)} / {format_money(share.amount)}"
    by_amount = (
        f"{amounts} = {percent_text(share.by_amount)}"
        if share.by_amount is not None
        else f"Aucun montant connu pour {year}."
    )
    left_out = plural(share.without_amount, "marché sans montant", "marchés sans montant")
    return {
        PolicyIndicator.SOCIAL_SHARE: Computed(_hundredths(share.by_number), by_number, rule),
        PolicyIndicator.SOCIAL_AMOUNT_SHARE: Computed(
            _hundredths(share.by_amount),
            by_amount,
            f"{rule} Montants des marchés tels que la base les connaît{NBSP}; "
            f"{left_out}, hors du calcul.",
        ),
    }


def hours_computed(hours: Hours, year: int, *, owed: bool) -> Computed:
    """Hours of the year: owed (the part of each objective that falls in it) or validated."""
    text = format_hours(hours)
    if owed:
        return Computed(
            Fraction(hours),
            f"{text} à réaliser sur {year}",
            "Part de chaque objectif ferme qui tombe dans l'année, du démarrage sur site à la fin "
            "de l'obligation. Les heures d'une année ne sont jamais rapportées à un objectif de "
            "plusieurs années.",
        )
    return Computed(
        Fraction(hours),
        f"{text} validées de janvier à décembre {year}",
        "Heures validées des mois de l'année, sur les marchés pris en charge.",
    )


def people_computed(people: int, year: int) -> Computed:
    """Distinct people with declared hours in the year."""
    return Computed(
        Fraction(people * 100),
        f"{plural(people, 'personne', 'personnes')} avec des heures déclarées en {year}",
        "Chaque personne compte une fois, quel que soit le nombre de ses contrats. Deux acheteurs "
        "ne s'additionnent pas.",
    )


def spend_computed(spend: Spend, year: int, kinds: Iterable[CompanyKind]) -> Computed:
    """What was entrusted to structures of some kinds."""
    names = ", ".join(kind.short for kind in kinds)
    rule = (
        f"Montant des lots notifiés en {year} dont tous les titulaires sont {names}{NBSP}; un lot "
        "unique a le montant de son marché. Hors du calcul : "
        f"{plural(spend.shared, 'lot partagé', 'lots partagés')} avec d'autres entreprises, "
        f"{plural(spend.without_amount, 'lot sans montant', 'lots sans montant')}. Les montants "
        "sous-traités ne sont pas connus de la base."
    )
    formula = f"{plural(spend.lots, 'lot', 'lots')}{NBSP}: {format_money(spend.amount)}"
    return Computed(Fraction(spend.amount), formula, rule)


def percent_text(share: Fraction | None) -> str:
    """A share of 1 as a percentage; a dash when there is nothing to count on."""
    return f"–{NBSP}%" if share is None else format_percent(share, 2)


def value_text(value: Fraction | int | None, unit: str) -> str:
    """A figure in hundredths of its unit: ``30 %``, ``1 200,00 h``, ``35 000 €``, ``12 marchés``.

    Empty when it is unknown.
    """
    if value is None:
        return ""
    exact = Fraction(value)
    if unit == PERCENT:
        return format_percent(exact / _SHARE, 2)
    if unit == "h":
        return format_hours(Hours(_whole(exact)))
    if unit == "€":
        return format_money(Money(_whole(exact)))
    number = exact / 100
    text = format_number(number, 0 if number.denominator == 1 else 2)
    if unit in _COUNTED and abs(number) < 2:
        unit = unit.removesuffix("s")
    return f"{text}{NBSP}{unit}" if unit else text


def gap_text(value: Fraction | None, unit: str) -> str:
    """A difference with its sign; points for a percentage."""
    if value is None:
        return ""
    text = value_text(value, unit)
    if unit == PERCENT:
        points = format_number(value / 100, 2).removesuffix(",00")
        text = f"{points}{NBSP}{'point' if abs(value) < 200 else 'points'}"
    return f"+{text}" if value > 0 else text


def _hundredths(share: Fraction | None) -> Fraction | None:
    return None if share is None else share * _SHARE


def _whole(value: Fraction) -> int:
    rounded = int(abs(value) + Fraction(1, 2))
    return -rounded if value < 0 else rounded
