"""Keeping calibrations and making them what is owed: what is in the base afterwards."""

from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from builders import add, new_base, new_contract, new_event, new_lot
from import_samples import rows
from suivi_tui.actions.calibrations import (
    DRAFT,
    CalibrationRefused,
    NotComputed,
    ToKeep,
    apply_calibration,
    apply_to_new_holder,
    keep_calibrations,
)
from suivi_tui.actions.records import RecordGone, remove_record
from suivi_tui.actions.undoing import undo_last
from suivi_tui.readings.calibration_texts import case_of, case_text, kept_of, kept_text
from suivi_tui.readings.calibrations import empty_case, read_subject
from suivi_tui.reference.calibration_reference import calibration_reference
from suivi_tui.rules.calibration import Calibration, Options, calibrate
from suivi_tui.rules.calibration_inputs import AMOUNT, Given
from suivi_tui.store.base import Base
from suivi_tui.store.drafts import keep_draft, read_draft
from suivi_tui.store.journal import changed, write
from suivi_tui.store.queries import calibrations as queries
from suivi_tui.store.queries.owing import read_owing
from suivi_tui.vocabulary.choices import CalibrationMethod, HoursRounding
from suivi_tui.vocabulary.hours import Hours

TODAY = date(2026, 3, 12)
REFERENCE = calibration_reference()
FIGURES = {"montant": "1000000", "part": "1/2", "taux": "1/20", "cout": "30"}


def e1(rounding: HoursRounding = HoursRounding.UNIT, **changed: str) -> Calibration:
    inputs = {code: Given(Fraction(text)) for code, text in {**FIGURES, **changed}.items()}
    return calibrate(CalibrationMethod.AMOUNT, inputs, Options(rounding))


def due(base: Base, obligation: int) -> Hours | None:
    return read_owing(base.connection, [obligation])[obligation].due(TODAY)


def test_a_result_is_kept_with_what_made_it(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        market = new_contract(base, owed=None)
        keep_draft(base, DRAFT, str(market.contract), "{}", datetime(2026, 3, 12, 9))
        result = e1(HoursRounding.TEN)
        (row,) = keep_calibrations(
            base, market.contract, [ToKeep(market.lot, result)], TODAY, "avant consultation"
        ).rows
        kept = queries.one(base.connection, row)
        assert kept is not None
        assert (kept.result, kept.rounding, kept.method) == (830_00, "dizaine", "montant")
        assert (kept.made_on, kept.comment) == ("2026-03-12", "avant consultation")
        said = kept_of(kept.inputs)
        again = calibrate(CalibrationMethod.AMOUNT, said.inputs, said.options)
        assert (again.exact, again.hours) == (said.exact, kept.result) == (Fraction(2500, 3), 83000)
        assert said.formula == tuple(line.replace("\u00a0", " ") for line in result.formula)
        assert read_draft(base, DRAFT, str(market.contract)) is None
        assert queries.of_contract(base.connection, market.contract) == [kept]
        undo_last(base)
        assert queries.of_contract(base.connection, market.contract) == []


def test_the_workbench_begins_from_the_last_calibration_and_what_the_contract_says(
    tmp_path: Path,
) -> None:
    with new_base(tmp_path) as base:
        market = new_contract(base, owed=None)
        write(base, [changed("contract", market.contract, "amount_cents", 2_000_000_00)], label="x")
        keep_calibrations(base, market.contract, [ToKeep(None, e1(cout="38"))], TODAY)
        found = read_subject(base.connection, market.contract, REFERENCE)
        assert found is not None
        figures = {code: given.value for code, given in found.case.common.items()}
        assert (figures["taux"], figures["cout"]) == (Fraction(1, 20), Fraction(38))
        assert figures["montant"] == 2_000_000


def test_nothing_is_kept_without_a_result(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        market = new_contract(base)
        waiting = calibrate(CalibrationMethod.AMOUNT, {}, Options())
        with pytest.raises(NotComputed, match="coût horaire"):
            keep_calibrations(base, market.contract, [ToKeep(None, waiting)], TODAY)
        with pytest.raises(NotComputed):
            keep_calibrations(base, market.contract, [], TODAY)
        with pytest.raises(RecordGone):
            keep_calibrations(base, market.lot, [ToKeep(None, e1())], TODAY)
        assert queries.of_contract(base.connection, market.contract) == []


def test_it_becomes_the_initial_objective(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        market = new_contract(base, owed=None)
        (row,) = keep_calibrations(base, market.contract, [ToKeep(None, e1())], TODAY).rows
        apply_calibration(base, row, market.obligation, date(2026, 1, 1))
        found = "SELECT kind, hours, date, firm FROM obligation_event WHERE removed = 0"
        assert rows(base, found) == [("initial", 833_00, "2026-01-01", 1)]
        assert due(base, market.obligation) == 833_00
        kept = queries.one(base.connection, row)
        assert kept is not None
        assert kept.obligation == market.obligation
        with pytest.raises(CalibrationRefused, match="déjà"):
            apply_calibration(base, row, market.obligation, date(2026, 1, 1))
        undo_last(base)
        assert due(base, market.obligation) is None


def test_an_objective_still_to_enter_takes_its_hours(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        market = new_contract(base, owed=None)
        new_event(base, market.obligation, None, kind="initial")
        (row,) = keep_calibrations(base, market.contract, [ToKeep(None, e1())], TODAY).rows
        apply_calibration(base, row, market.obligation, TODAY)
        assert rows(base, "SELECT hours FROM obligation_event") == [(833_00,)]


def test_what_was_owed_is_never_overwritten(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        market = new_contract(base, owed=1_000_00)
        (row,) = keep_calibrations(base, market.contract, [ToKeep(None, e1())], TODAY).rows
        apply_calibration(base, row, market.obligation, TODAY)
        found = rows(base, "SELECT kind, hours FROM obligation_event ORDER BY id")
        assert found == [("initial", 1_000_00), ("avenant", -167_00)]
        assert due(base, market.obligation) == 833_00


def test_a_lot_without_a_holder_gets_one(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        market = new_contract(base, obligation=False)
        result = [ToKeep(market.lot, e1())]
        (row,) = keep_calibrations(base, market.contract, result, TODAY).rows
        saved = apply_to_new_holder(base, row, market.lot, "Toitures du Val", TODAY)
        assert due(base, saved.row) == 833_00
        assert rows(base, "SELECT name FROM company") == [("Toitures du Val",)]
        assert rows(base, "SELECT role FROM lot_company") == [("titulaire",)]
        undo_last(base)
        assert rows(base, "SELECT id FROM obligation WHERE removed = 0") == []


def test_a_calibration_of_another_lot_is_refused(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        market = new_contract(base, lot="1")
        other = new_lot(base, market.contract, market.company, number="2")
        result = [ToKeep(market.lot, e1())]
        (row,) = keep_calibrations(base, market.contract, result, TODAY).rows
        with pytest.raises(CalibrationRefused, match="lot"):
            apply_calibration(base, row, other.obligation, TODAY)
        assert due(base, other.obligation) == 1_000_00


def test_a_contract_removed_takes_its_calibrations_along(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        market = new_contract(base, obligation=False)
        (row,) = keep_calibrations(base, market.contract, [ToKeep(None, e1())], TODAY).rows
        remove_record(base, "contract", market.contract)
        assert queries.one(base.connection, row) is None


def test_the_figures_that_a_contract_gives(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        market = new_contract(base, amount_cents=1_000_000_00, lot="1")
        add(base, "lot", contract=market.contract, number="2", title="Peinture intérieure",
            amount_cents=200_000_00)  # fmt: skip
        add(base, "lot", contract=market.contract, number="3", trade="Divers", labour_share=4250,
            amount_cents=100_000_00)  # fmt: skip
        subject = read_subject(base.connection, market.contract, REFERENCE)
    assert subject is not None
    common = subject.case.common
    assert (common["montant"].value, common["montant"].source) == (1_000_000, "fiche du marché")
    assert (common["duree"].value, common["duree"].source) == (12, "dates du marché")
    assert {"cout", "taux"}.isdisjoint(common)
    second, third = (subject.case.inputs_of(place) for place in (1, 2))
    assert (second["part"].value, second["part"].confidence) == (Fraction(7, 10), "sûr")
    assert (third["part"].value, third["part"].source) == (Fraction(17, 40), "fiche du lot")
    assert "montant" not in subject.case.inputs_of(0)


def test_a_half_done_workbench_comes_back_whole(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        market = new_contract(base, lot="1", amount_cents=5_000_00)
        new_lot(base, market.contract, market.company, number="2")
        subject = read_subject(base.connection, market.contract, REFERENCE)
    assert subject is not None
    known = subject.case
    changed = known.with_given(None, "taux", Given(Fraction(7, 100), "acheteur"))
    changed = changed.with_given(1, AMOUNT.code, Given(Fraction(300_000)))
    changed = changed._replace(options=changed.options._replace(rounding=HoursRounding.WEEK))
    assert case_of(case_text(changed), known) == changed


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"entrees": 3}', '{"entrees": {"cout": {"valeur": "1/0"}}}']
)
def test_a_text_that_cannot_be_read_gives_nothing(text: str) -> None:
    assert kept_of(text).inputs == {}
    assert case_of(text, empty_case(REFERENCE)).options == empty_case(REFERENCE).options


def test_every_figure_survives_its_text() -> None:
    values: dict[str, Any] = {"part": "1/3"}
    result = e1(HoursRounding.NONE, **values)
    assert kept_of(kept_text(result)).inputs == result.inputs
