"""The pipeline of purchases, the local offer and the contracts to renew, read from a base."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import add, new_base, new_buyer, new_company
from suivi_tui.readings.local_offer import EVERYWHERE, offer_of, place_of
from suivi_tui.readings.planned_purchases import read_pipeline, read_purchase
from suivi_tui.readings.refusals import Narrowed, by_ground, narrowed, read_register
from suivi_tui.readings.renewals import read_renewals
from suivi_tui.reference.purchasing import purchasing_reference
from suivi_tui.store.base import Base
from suivi_tui.store.queries.planned_purchases import structures
from suivi_tui.vocabulary.choices import Recommendation

TODAY = date(2026, 11, 22)
REFERENCE = purchasing_reference()


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as opened:
        yield opened


def purchase(base: Base, buyer: int, **values: Any) -> int:
    given = {
        "buyer": buyer, "object": "Nettoyage", "stage": "projet", "taken_up": 1,
        "category": "services", "cpv": "90911200", **values,
    }  # fmt: skip
    return add(base, "contract", **given)


def test_who_answers_by_when(base: Base) -> None:
    """Late first, then awaited, then the others by the day of their publication."""
    buyer, other = new_buyer(base, answer_weeks=4), new_buyer(base, "Agglo du Val")
    later = purchase(base, buyer, object="Plus tard", planned_on="2027-09-01")
    sooner = purchase(base, other, object="Sans délai", asked_on="2026-10-01",
                      planned_on="2027-01-01")  # fmt: skip
    awaited = purchase(base, buyer, object="Attendu", asked_on="2026-11-10")
    late = purchase(base, buyer, object="En retard", asked_on="2026-10-24")
    agreed = purchase(base, other, object="Jour convenu", answer_due="2026-11-22")
    done = purchase(base, buyer, object="Répondu", asked_on="2026-01-01", answered_on="2026-02-01")
    purchase(base, buyer, object="Déjà passé", stage="en_cours", asked_on="2026-01-01")
    purchase(base, buyer, object="Données ouvertes", stage="a_qualifier", taken_up=0)
    found = read_pipeline(base.connection, TODAY, REFERENCE)
    assert [one.row.contract for one in found] == [late, agreed, awaited, sooner, later, done]
    assert [one.late for one in found] == [True, False, False, False, False, False]
    assert [one.due for one in found[:3]] == [
        date(2026, 11, 21), date(2026, 11, 22), date(2026, 12, 8),
    ]  # fmt: skip


def test_the_facts_come_from_the_base(base: Base) -> None:
    """The share typed, the calibration kept, the buyer's own past, the day of publication."""
    buyer = new_buyer(base)
    contract = purchase(
        base, buyer, amount_cents=30_000_000, duration_months=24, planned_on="2027-02-01"
    )
    for form, number in (("condition", "1"), ("aucune", "2")):
        purchase(base, buyer, stage="clos", clause_form=form, number=number)
    purchase(base, buyer, stage="clos", clause_form="condition", cpv="45442100", category="travaux")
    one = read_purchase(base.connection, contract, TODAY, REFERENCE)
    assert one is not None and one.family is not None
    assert (one.family.key, one.facts.on) == ("nettoyage", date(2027, 2, 1))
    assert one.facts.labour_share == REFERENCE.shares["nettoyage"].number / 100
    assert (one.facts.past.with_clause, one.facts.past.without_clause) == (1, 1)
    assert one.facts.hours_source.startswith("au plus")

    add(base, "calibration", contract=contract, method="montant", inputs="{}", result=50_000,
        rounding="unite", made_on="2026-11-01")  # fmt: skip
    add(base, "calibration", contract=contract, method="montant", inputs="{}", result=13_000,
        rounding="unite", made_on="2026-11-02")  # fmt: skip
    one = read_purchase(base.connection, contract, TODAY, REFERENCE)
    assert one is not None
    assert (one.facts.hours, one.facts.hours_source) == (13_000, "calibrage gardé")
    assert one.advice.form is not Recommendation.CONDITION


def test_what_is_bought_may_be_insertion_itself(base: Base) -> None:
    buyer = new_buyer(base)
    contract = purchase(base, buyer, object="Marché de service d'insertion, espaces verts",
                        cpv="77310000", amount_cents=12_000_000)  # fmt: skip
    one = read_purchase(base.connection, contract, TODAY, REFERENCE)
    assert one is not None
    assert one.advice.form is Recommendation.INSERTION_CONTRACT


@pytest.mark.parametrize(
    ("texts", "name", "codes"),
    [
        (["Roubaix (59100)"], "Roubaix", ("59512", "59", "R32")),
        (["Roubaix"], "Roubaix", ("59512", "59", "R32")),
        (["26"], "Drôme", ("26", "R84")),
        (["Partout", "Valence (26)"], "Valence", ("26362", "26", "R84")),
        (["nulle part"], "", ()),
    ],
)
def test_the_place_of_a_purchase(texts: list[str], name: str, codes: tuple[str, ...]) -> None:
    found = place_of(texts)
    assert (found.name, found.codes) == (name, codes)


def test_structures_are_counted_where_and_for_what_they_can_be_called(base: Base) -> None:
    def structure(kind: str, territory: str | None, trade: str = "", commune: str = "") -> None:
        company = new_company(base, f"{kind} {territory} {trade}", kind=kind, commune=commune)
        if territory is not None:
            add(base, "coverage", company=company, territory=territory, trade=trade)

    structure("EI", "59", "nettoyage")
    structure("ACI", "59512")
    structure("ESAT", "R32", "nettoyage")
    structure("ETTI", "")
    structure("AI", None, commune="Roubaix")
    structure("EI", "62", "nettoyage")
    structure("EI", "59", "batiment")
    structure("GEIQ", None, commune="Lille")
    structure("entreprise", "59", "nettoyage")
    rows = structures(base.connection)
    found = offer_of(rows, place_of(["Roubaix"]), "nettoyage")
    assert (found.insertion, found.disability, found.staffing, found.unknown) == (2, 1, 2, 1)
    anywhere = offer_of(rows, EVERYWHERE, "nettoyage")
    assert (anywhere.insertion, anywhere.unknown) == (3, 2)
    inside = offer_of(rows, place_of(["59"]), "nettoyage")
    assert (inside.insertion, inside.disability) == (2, 1)


@pytest.mark.parametrize(
    ("ends", "listed"),
    [("2026-11-21", False), ("2026-11-22", True), ("2027-11-22", True), ("2027-11-23", False)],
)
def test_contracts_to_renew_end_within_the_months_of_the_reference(
    base: Base, ends: str, listed: bool
) -> None:
    buyer = new_buyer(base)
    values = {"stage": "a_qualifier", "taken_up": 0, "end": ends}
    contract = purchase(base, buyer, **values)
    purchase(base, buyer, category="travaux", **values)
    found = read_renewals(base.connection, TODAY, REFERENCE)
    assert [one.row.contract for one in found] == ([contract] if listed else [])
    purchase(base, buyer, renews=contract)
    assert read_renewals(base.connection, TODAY, REFERENCE) == []


def test_the_end_of_a_contract_is_its_notification_and_its_duration(base: Base) -> None:
    buyer = new_buyer(base)
    purchase(base, buyer, stage="en_cours", notified_on="2024-01-31", duration_months=36)
    agreement = purchase(base, buyer, stage="en_cours", notified_on="2023-03-01",
                         duration_months=48, category="travaux", nature="Accord-cadre")  # fmt: skip
    found = read_renewals(base.connection, TODAY, REFERENCE)
    assert [(one.ends, one.publish_on) for one in found] == [
        (date(2027, 1, 31), date(2026, 9, 30)),
        (date(2027, 3, 1), date(2026, 11, 1)),
    ]
    assert found[1].row.contract == agreement


def test_the_register_by_ground_buyer_and_year(base: Base) -> None:
    town, other = new_buyer(base), new_buyer(base, "Agglo du Val")
    for buyer, ground, day in (
        (town, "sans_lien", "2025-03-01"),
        (town, "courte_duree", "2026-03-01"),
        (other, "sans_lien", "2026-04-01"),
    ):
        contract = purchase(base, buyer, stage="refuse")
        add(base, "refusal", contract=contract, ground=ground, text="Motif", date=day)
    rows = read_register(base.connection)
    assert [row.date for row in rows] == ["2026-04-01", "2026-03-01", "2025-03-01"]
    assert by_ground(rows) == [("sans_lien", 2), ("courte_duree", 1)]
    assert len(narrowed(rows, Narrowed(buyer=town))) == 2
    assert len(narrowed(rows, Narrowed(ground="sans_lien", year="2026"))) == 1
