"""Purchases typed, renewed, taken in charge or refused: what is written, what is not."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from builders import add, new_base, new_buyer
from suivi_tui.actions.planned_purchases import (
    AlreadyRenewed,
    NotUpstream,
    answer,
    renew,
    save_purchase,
    take_in_charge,
)
from suivi_tui.actions.records import FieldErrors, RecordGone
from suivi_tui.actions.refusals import change_refusal, refuse
from suivi_tui.reference.purchasing import purchasing_reference
from suivi_tui.store.base import Base
from suivi_tui.store.queries.entry import record
from suivi_tui.store.undo import undo_last

TODAY = date(2026, 11, 22)
REFERENCE = purchasing_reference()


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as opened:
        yield opened


def fields(base: Base, row: int, *names: str) -> list[object]:
    known = record(base.connection, "contract", row) or {}
    return [known[name] for name in names]


def test_a_purchase_is_typed_with_its_buyer(base: Base) -> None:
    made = save_purchase(base, None, {"buyer": "Agglo du Val", "object": "Voirie"}, TODAY)
    assert fields(base, made.row, "stage", "taken_up", "asked_on") == ["projet", 1, "2026-11-22"]
    save_purchase(base, made.row, {"duration_months": 12, "asked_on": None}, TODAY)
    assert fields(base, made.row, "duration_months", "asked_on") == [12, None]
    with pytest.raises(FieldErrors):
        save_purchase(base, None, {"buyer": "Agglo du Val", "object": ""}, TODAY)


def test_a_contract_that_ends_is_planned_again_once(base: Base) -> None:
    buyer = new_buyer(base)
    old = add(base, "contract", buyer=buyer, object="Nettoyage", number="2023-1", taken_up=0,
              stage="a_qualifier", cpv="90911200", notified_on="2023-06-30", duration_months=44,
              clause_form="condition")  # fmt: skip
    made = renew(base, old, REFERENCE)
    assert fields(base, made.row, "renews", "object", "cpv", "stage", "planned_on", "number",
                  "clause_form") == [old, "Nettoyage", "90911200", "projet", "2026-10-28", "",
                                     ""]  # fmt: skip
    with pytest.raises(AlreadyRenewed):
        renew(base, old, REFERENCE)
    undo_last(base)
    assert renew(base, old, REFERENCE).row != made.row


def test_taking_in_charge_answers_the_buyer(base: Base) -> None:
    row = save_purchase(base, None, {"buyer": "Ville", "object": "Voirie"}, TODAY).row
    take_in_charge(base, row, "consultation", "condition", TODAY)
    assert fields(base, row, "stage", "clause_form", "answered_on", "notice_sent_on") == [
        "consultation", "condition", "2026-11-22", "2026-11-22",
    ]  # fmt: skip
    take_in_charge(base, row, "en_cours", "condition", date(2027, 1, 1))
    assert fields(base, row, "stage", "answered_on", "notice_sent_on") == [
        "en_cours", "2026-11-22", "2026-11-22",
    ]  # fmt: skip
    with pytest.raises(NotUpstream):
        take_in_charge(base, row, "en_cours", "condition", TODAY)
    with pytest.raises(NotUpstream):
        answer(base, row, TODAY)


def test_a_refusal_keeps_its_ground_in_one_change(base: Base) -> None:
    row = save_purchase(base, None, {"buyer": "Ville", "object": "Logiciel"}, TODAY).row
    with pytest.raises(FieldErrors):
        refuse(base, row, "sans_lien", " \n", TODAY)
    assert fields(base, row, "stage") == ["projet"]
    entry = refuse(base, row, "sans_lien", "Licence sans prestation.", TODAY).row
    assert fields(base, row, "stage", "answered_on") == ["refuse", "2026-11-22"]
    change_refusal(base, entry, "autre", "Licence seule.", date(2026, 12, 1))
    known = record(base.connection, "refusal", entry) or {}
    assert (known["ground"], known["text"], known["date"]) == (
        "autre", "Licence seule.", "2026-12-01",
    )  # fmt: skip
    undo_last(base)
    undo_last(base)
    assert fields(base, row, "stage", "answered_on") == ["projet", None]
    assert record(base.connection, "refusal", entry) is None
    with pytest.raises(RecordGone):
        refuse(base, 12345, "autre", "Motif.", TODAY)


def test_a_contract_that_runs_only_gets_its_ground(base: Base) -> None:
    row = add(base, "contract", buyer=new_buyer(base), object="Achat", stage="en_cours", taken_up=1)
    refuse(base, row, "concurrence", "Une seule entreprise.", TODAY)
    assert fields(base, row, "stage", "answered_on") == ["en_cours", None]
