"""What is advised for 40 planned purchases; what one changed fact changes (domain.md 1.2, 2)."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from suivi_tui.reference.purchasing import articles, family_of, purchasing_reference
from suivi_tui.rules.recommendation import recommend
from suivi_tui.rules.recommendation_facts import (
    LotFacts,
    Offer,
    Past,
    PlannedFacts,
    Recommended,
)
from suivi_tui.rules.recommendation_measures import most_hours
from suivi_tui.vocabulary.choices import BuyerKind, Category, Recommendation
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money

REFERENCE = purchasing_reference()
CONDITION, BOTH = Recommendation.CONDITION, Recommendation.CONDITION_CRITERION
CRITERION, TRAINING = Recommendation.CRITERION, Recommendation.TRAINING
INSERTION, NOTHING = Recommendation.INSERTION_CONTRACT, Recommendation.NOTHING
FOR_INSERTION = Recommendation.RESERVED_INSERTION
FOR_DISABILITY = Recommendation.RESERVED_DISABILITY
SOCIAL = Recommendation.SOCIAL_CONDITION

SHARES = {"travaux": Fraction(1, 2), "services": Fraction(3, 4)}
BEFORE, SINCE = date(2026, 8, 21), date(2026, 8, 22)
SOME = Offer(insertion=4, disability=2, staffing=3)
MANY = Offer(insertion=31, disability=5, staffing=3)
DONE = Past(with_clause=2, hours=Hours(180_000))
STATE = BuyerKind.STATE.value


def facts(category: str, cpv: str, euros: int | None, months: int | None = 24, **more: Any):
    """A purchase of a town, known enough to be advised, launched in May 2026."""
    family = family_of(cpv)
    given: dict[str, Any] = {
        "on": date(2026, 5, 4),
        "category": category,
        "family": family,
        "amount": None if euros is None else Money(euros * 100),
        "duration_months": months,
        "labour_share": SHARES.get(category),
        "buyer_kind": BuyerKind.COMMUNE.value,
        "offer": SOME,
        "training_suited": family is not None and family.skilled,
    }
    given |= more
    if "hours" not in given and given["amount"] and given["labour_share"] is not None:
        given["hours"], given["hours_source"] = most_hours(
            given["amount"], given["labour_share"], REFERENCE
        )
    return PlannedFacts(**given)


def lot(number: str, euros: int | None, cpv: str = "", share: Fraction | None = None, **more: Any):
    """A lot, with the hours that its amount could bring."""
    amount = None if euros is None else Money(euros * 100)
    hours = None
    if amount is not None:
        hours, _ = most_hours(amount, Fraction(1, 2) if share is None else share, REFERENCE)
    return LotFacts(
        number, family=family_of(cpv), amount=amount, labour_share=share, hours=hours, **more
    )


WORKS, SERVICES, SUPPLIES = (each.value for each in (
    Category.WORKS, Category.SERVICES, Category.SUPPLIES,
))  # fmt: skip

# What is bought, and what is advised with a word of the reason.
CASES: list[tuple[str, PlannedFacts, Recommendation | None, str]] = [
    # Works: the everyday execution condition.
    ("école, gros œuvre", facts(WORKS, "45262500", 800_000), CONDITION, "Part de main-d'œuvre"),
    ("peinture d'un groupe scolaire", facts(WORKS, "45442100", 150_000, 6), CONDITION, "6 mois"),
    ("voirie, deux ans", facts(WORKS, "45233140", 1_200_000, labour_share=Fraction(3, 10)),
     CONDITION, "30 %"),
    ("petits travaux", facts(WORKS, "45400000", 60_000, offer=Offer()), NOTHING, "90 000 €"),
    ("travaux de deux mois", facts(WORKS, "45233140", 400_000, 2, offer=Offer()), NOTHING,
     "Durée"),
    ("charpente métallique, faible part", facts(WORKS, "45223210", 300_000,
     labour_share=Fraction(1, 10), offer=Offer()), NOTHING, "10 %"),
    ("même chose, un réseau de structures locales", facts(WORKS, "45223210", 300_000,
     labour_share=Fraction(1, 10)), CRITERION, "9 structures locales"),
    ("grand chantier avant la loi", facts(WORKS, "45210000", 6_000_000, on=BEFORE), CONDITION,
     "22/08/2026"),
    ("grand chantier depuis la loi", facts(WORKS, "45210000", 6_000_000, on=SINCE), CONDITION,
     "obligatoire"),
    ("grand chantier éclair depuis la loi", facts(WORKS, "45210000", 6_000_000, 2, on=SINCE),
     SOCIAL, "motif possible"),
    ("le même avant la loi", facts(WORKS, "45210000", 6_000_000, 2, on=BEFORE, offer=Offer()),
     NOTHING, "Durée"),
    ("ascenseurs", facts(WORKS, "45313100", 200_000, labour_share=Fraction(17, 100)), CONDITION,
     "17 %"),
    ("travaux d'un acheteur de l'État, trop petits", facts(WORKS, "45210000", 250_000,
     buyer_kind=STATE, offer=Offer()), NOTHING, "300 000 €"),
    ("travaux d'un acheteur de l'État", facts(WORKS, "45210000", 300_000, buyer_kind=STATE),
     CONDITION, "300 000 €"),
    # Services.
    ("nettoyage, premier marché", facts(SERVICES, "90911200", 400_000, 48), CONDITION, "75 %"),
    ("nettoyage, clause déjà suivie", facts(SERVICES, "90911200", 400_000, 48, past=DONE), BOTH,
     "1 800,00 h validées"),
    ("nettoyage court, clause déjà suivie", facts(SERVICES, "90911200", 400_000, 11, past=DONE),
     CONDITION, "75 %"),
    ("nettoyage, beaucoup d'entreprises d'insertion", facts(SERVICES, "90911200", 400_000, 48,
     offer=MANY), FOR_INSERTION, "31 structures"),
    ("le même, trop gros pour une structure", facts(SERVICES, "90911200", 800_000, 48,
     offer=MANY), CONDITION, "Volume d'heures"),
    ("espaces verts, surtout le handicap", facts(SERVICES, "77310000", 100_000, 12,
     offer=Offer(insertion=8, disability=31)), FOR_DISABILITY, "L2113-12"),
    ("petit entretien réservé malgré son montant", facts(SERVICES, "77310000", 30_000, 12,
     offer=MANY), FOR_INSERTION, "le vendent elles-mêmes"),
    ("petit entretien sans offre", facts(SERVICES, "77310000", 30_000, 12, offer=Offer()),
     NOTHING, "30 000 €"),
    ("gardiennage", facts(SERVICES, "79710000", 350_000, 36, labour_share=Fraction(85, 100)),
     CONDITION, "85 %"),
    ("collecte", facts(SERVICES, "90511000", 900_000, 60, labour_share=Fraction(47, 100)),
     CONDITION, "47 %"),
    ("chantier d'insertion", facts(SERVICES, "77310000", 120_000, 12, insertion_object=True),
     INSERTION, "R2123-1"),
    ("chantier d'insertion, gros montant", facts(SERVICES, "77310000", 500_000, 12,
     insertion_object=True, on=SINCE), INSERTION, "insertion elle-même"),
    ("maîtrise d'œuvre, deux ans", facts(SERVICES, "71221000", 180_000, 24), TRAINING, "12 mois"),
    ("étude de six mois", facts(SERVICES, "71241000", 80_000, 6, offer=Offer()), NOTHING,
     "qualifiés"),
    ("étude de six mois, structures locales", facts(SERVICES, "71241000", 80_000, 6), CRITERION,
     "seuil de mise en concurrence"),
    ("étude de six mois au-dessus du seuil", facts(SERVICES, "71241000", 250_000, 6, on=SINCE),
     SOCIAL, "216 000 €"),
    ("informatique, trois ans", facts(SERVICES, "72253000", 300_000, 36), TRAINING, "Postes"),
    # Supplies.
    ("véhicules", facts(SUPPLIES, "34144000", 190_000, 12, offer=Offer()), NOTHING,
     "Fournitures"),
    ("véhicules au-dessus du seuil", facts(SUPPLIES, "34144000", 216_000, 12, on=SINCE,
     offer=Offer()), SOCIAL, "motif écrit"),
    ("véhicules, acheteur de l'État", facts(SUPPLIES, "34144000", 140_000, 12, on=SINCE,
     buyer_kind=STATE, offer=Offer()), SOCIAL, "140 000 €"),
    ("véhicules d'une régie de réseau", facts(SUPPLIES, "34144000", 300_000, 12, on=SINCE,
     network_operator=True, offer=Offer()), NOTHING, "Fournitures"),
    ("mobilier vendu par des entreprises adaptées", facts(SUPPLIES, "39130000", 50_000, 12,
     offer=Offer(disability=35)), FOR_DISABILITY, "Mobilier"),
    # Lots.
    ("construction en trois lots", facts(WORKS, "45210000", None, 18, lots=(
        lot("1", 500_000, "45262500"), lot("2", 150_000, "45442100"), lot("3", 40_000, "45313100"),
    )), CONDITION, "Lots 1, 2 sur 3"),
    ("entretien dont un lot se réserve", facts(SERVICES, "90911200", None, 24, lots=(
        lot("1", 600_000, "90911200", Fraction(3, 4)),
        lot("2", 60_000, "77310000", Fraction(2, 3), offer=Offer(insertion=11)),
    )), CONDITION, "Lots à réserver : 2"),
    # Too little is known.
    ("rien qu'un objet", facts("", "", None, None), None, "à renseigner"),
    ("montant inconnu", facts(WORKS, "45210000", None), None, "Montant à renseigner"),
]  # fmt: skip


def plain(text: str) -> str:
    """No-break spaces as people type them."""
    return text.replace("\u00a0", " ")


def told(found: Recommended) -> str:
    return plain(" ".join(found.reasons))


@pytest.mark.parametrize(
    ("purchase", "form", "word"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_what_is_advised_and_why(
    purchase: PlannedFacts, form: Recommendation | None, word: str
) -> None:
    found = recommend(purchase, REFERENCE)
    assert found.form is form, told(found)
    assert word in told(found)
    assert set(found.articles) <= set(articles())
    assert (form is None) == (not found.articles)


def test_there_are_forty_cases() -> None:
    assert len(CASES) == len({case[0] for case in CASES}) == 40
    assert {case[2] for case in CASES} == {*Recommendation, None}


@pytest.mark.parametrize("purchase", [case[1] for case in CASES])
def test_no_recommendation_nor_alternative_without_a_reason(purchase: PlannedFacts) -> None:
    found = recommend(purchase, REFERENCE)
    for form in (found, *found.alternatives, *found.lots):
        assert form.reasons and all(reason.endswith(".") for reason in form.reasons)


CLEANING = facts(SERVICES, "90911200", 210_000, 48)
BUILDING = facts(WORKS, "45210000", 6_000_000, 2, on=SINCE)
STUDY = facts(SERVICES, "71221000", 180_000, 12)

# From a purchase, one fact changed, what is advised before and after, a word that says so.
CHANGES: list[tuple[PlannedFacts, dict[str, Any], Any, Any, str]] = [
    (CLEANING, {"labour_share": Fraction(14, 100)}, CONDITION, CRITERION, "structures locales"),
    (CLEANING, {"labour_share": Fraction(15, 100)}, CONDITION, CONDITION, "15 %"),
    (CLEANING, {"amount": Money(89_999_99)}, CONDITION, CRITERION, "60 000 €"),
    (CLEANING, {"amount": Money(90_000_00)}, CONDITION, CONDITION, "90 000 €"),
    (CLEANING, {"amount": Money(59_999_99)}, CONDITION, NOTHING, "90 000 €"),
    (CLEANING, {"duration_months": 2}, CONDITION, CRITERION, "structures locales"),
    (CLEANING, {"duration_months": 3}, CONDITION, CONDITION, "3 mois"),
    (CLEANING, {"hours": Hours(139_99)}, CONDITION, CRITERION, "structures locales"),
    (CLEANING, {"hours": Hours(140_00)}, CONDITION, CONDITION, "140,00 h"),
    (CLEANING, {"offer": Offer(insertion=30)}, CONDITION, CONDITION, "30 structures"),
    (CLEANING, {"offer": Offer(insertion=31)}, CONDITION, FOR_INSERTION, "plus de 30"),
    (CLEANING, {"offer": Offer(31, 32)}, CONDITION, FOR_DISABILITY, "32 structures"),
    (CLEANING, {"past": DONE}, CONDITION, BOTH, "validées"),
    (CLEANING, {"past": Past(with_clause=2)}, CONDITION, CONDITION, "aucune heure validée"),
    (CLEANING, {"past": Past(without_clause=2)}, CONDITION, CONDITION, "sans clause"),
    (CLEANING, {"insertion_object": True}, CONDITION, INSERTION, "L'objet du marché"),
    (CLEANING, {"category": SUPPLIES}, CONDITION, CRITERION, "structures locales"),
    (CLEANING, {"amount": None}, CONDITION, None, "Montant à renseigner"),
    (CLEANING, {"labour_share": None, "hours": None}, CONDITION, None, "à renseigner"),
    (CLEANING, {"labour_share": None}, CONDITION, CONDITION, "Volume d'heures"),
    (BUILDING, {"on": BEFORE}, SOCIAL, CRITERION, "22/08/2026"),
    (BUILDING, {"amount": Money(5_403_999_00)}, SOCIAL, CRITERION, "5 403 999 €"),
    (BUILDING, {"amount": Money(5_404_000_00)}, SOCIAL, SOCIAL, "5 404 000 €"),
    (BUILDING, {"duration_months": 6}, SOCIAL, CONDITION, "6 mois"),
    (BUILDING, {"buyer_kind": BuyerKind.PRIVATE.value}, SOCIAL, NOTHING, "Durée"),
    (STUDY, {"duration_months": 11}, TRAINING, CRITERION, "structures locales"),
    (STUDY, {"training_suited": False}, TRAINING, CONDITION, "Part de main-d'œuvre"),
]  # fmt: skip


@pytest.mark.parametrize(("purchase", "change", "before", "after", "word"), CHANGES)
def test_one_changed_fact_changes_the_advice_as_told(
    purchase: PlannedFacts, change: dict[str, Any], before: Any, after: Any, word: str
) -> None:
    assert recommend(purchase, REFERENCE).form is before
    found = recommend(purchase._replace(**change), REFERENCE)
    assert found.form is after, told(found)
    assert word in told(found)


def test_a_lot_is_reserved_over_ten_structures_and_none_under() -> None:
    def advised(insertion: int) -> Recommendation | None:
        lots = (
            lot("1", 600_000, "90911200", Fraction(3, 4)),
            lot("2", 60_000, "77310000", Fraction(2, 3), offer=Offer(insertion=insertion)),
        )
        return recommend(facts(SERVICES, "90911200", None, lots=lots), REFERENCE).lots[1].form

    assert advised(11) is FOR_INSERTION
    assert advised(10) is NOTHING


def test_only_lots_that_can_be_reserved_make_a_reserved_purchase() -> None:
    reserved = Offer(insertion=12)
    lots = (
        lot("1", 50_000, "77310000", Fraction(2, 3), offer=reserved),
        lot("2", 40_000, "45313100", Fraction(1, 10), offer=Offer()),
    )
    found = recommend(facts(SERVICES, "77310000", None, 12, lots=lots), REFERENCE)
    assert found.form is FOR_INSERTION
    assert "Lot 1 sur 2" in told(found)


def test_a_compulsory_condition_leaves_no_place_to_a_criterion_alone() -> None:
    found = recommend(BUILDING, REFERENCE)
    assert found.compulsory
    assert "L2112-2-1" in found.articles
    criterion = next(each for each in found.alternatives if each.form is CRITERION)
    assert not criterion.fits
    assert "obligatoire" in plain(" ".join(criterion.reasons))


def test_a_threshold_older_than_two_years_is_said_to_be_checked() -> None:
    found = recommend(BUILDING._replace(on=date(2028, 1, 1)), REFERENCE)
    assert "à vérifier" in told(found)
