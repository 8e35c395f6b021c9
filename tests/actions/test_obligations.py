"""What moves an obligation, from what a person types to the one figure every screen shows."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import (
    NewContract,
    add,
    many_hours,
    new_base,
    new_company,
    new_contract,
    new_hours,
    new_lot,
    new_person,
    new_placement,
    sqlite_steps,
)
from reading_costs import plan_of, scans
from suivi_tui.actions.export import export_table
from suivi_tui.actions.formulas import add_hours_worked, set_formula, set_schedule
from suivi_tui.actions.import_contracts import import_contracts
from suivi_tui.actions.obligations import (
    MovementRefused,
    add_movement,
    add_order,
    affirm,
    save_target,
    share_out,
    transfer,
)
from suivi_tui.actions.records import FieldErrors, RecordGone
from suivi_tui.readings.dashboard import dashboard
from suivi_tui.readings.evaluation import evaluate
from suivi_tui.readings.facts import followed_facts
from suivi_tui.readings.obligation_case import ObligationCase, obligation_cases
from suivi_tui.readings.pace import ObligationPace, obligation_paces
from suivi_tui.reference.loader import thresholds
from suivi_tui.rules.catch_up import Outlook
from suivi_tui.rules.joint_obligation import TransferRefused
from suivi_tui.rules.obligation import hours_owed
from suivi_tui.store.base import Base
from suivi_tui.store.queries.contracts import contracts_page
from suivi_tui.store.undo import undo_last
from suivi_tui.vocabulary.choices.formulas import TargetState
from suivi_tui.vocabulary.hours import Hours

TODAY = date(2026, 6, 30)
LIMITS = thresholds()
BY_AMOUNT = {
    "formula": "par_montant",
    "formule/heures": 1_00,
    "formule/pas": 2_000_00,
    "formule/seuil": 2_700_000_00,
    "formule/assiette": "facture",
    "formule/lecture": "au_dela",
    "formule/arrondi": "pas_entiers",
}


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as opened:
        yield opened


def case_of(base: Base, obligation: int, on: date = TODAY) -> ObligationCase:
    (found,) = obligation_cases(base.connection, on, LIMITS, [obligation])
    return found


def pace_of(base: Base, market: NewContract, on: date = TODAY) -> ObligationPace:
    paces = obligation_paces(base.connection, on, contract=market.contract)
    return next(pace for pace in paces if pace.obligation == market.obligation)


def same_everywhere(base: Base, market: NewContract, on: date = TODAY) -> int | None:
    """The hours owed that every reading gives for the only contract of a base, checked equal."""
    case, pace = case_of(base, market.obligation, on), pace_of(base, market, on)
    (facts,) = followed_facts(base.connection, on, LIMITS).obligations
    (listed,) = contracts_page(base.connection, on=on)
    whole = dashboard(base.connection, on, LIMITS).whole
    due = evaluate(base.connection, today=on).due
    brought = [item.event for item in case.owing.brought(on)]
    assert case.due == pace.owed == listed.owed == hours_owed(facts.events) == hours_owed(brought)
    assert (case.due or 0) == whole.owed == due
    assert case.expected == pace.expected == facts.expected(on)
    assert (case.expected or 0) == whole.expected
    assert case.end == pace.end == facts.last_day
    return case.due


def moved(base: Base, market: NewContract, kind: str, **values: Any) -> int:
    given = {"kind": kind, "date": date(2026, 2, 1), "firm": 1, "reason": "Essai", **values}
    return add_movement(base, market.obligation, given).row


@pytest.mark.parametrize(
    ("cents", "reading", "hours"),
    [
        (2_699_999_99, "au_dela", 0),
        (2_700_000_00, "au_dela", 0),
        (2_702_000_00, "au_dela", 1_00),
        (4_700_000_00, "au_dela", 1_000_00),
        (4_700_000_00, "tout", 2_350_00),
    ],
)
def test_hours_by_amount_invoiced(base: Base, cents: int, reading: str, hours: int) -> None:
    # data/clauses/ccap_21_bam_048.json
    market = new_contract(base, owed=None)
    set_formula(base, market.obligation, {**BY_AMOUNT, "formule/lecture": reading}, TODAY, "CCAP")
    assert same_everywhere(base, market) is None
    moved(base, market, "facture", amount_cents=1_000_000_00)
    moved(base, market, "facture", amount_cents=cents - 1_000_000_00, date=date(2026, 5, 2))
    assert same_everywhere(base, market) == hours
    # An order not invoiced yet is coming only.
    moved(base, market, "commande", amount_cents=cents + 20_000_000_00)
    assert same_everywhere(base, market) == hours
    assert (case_of(base, market.obligation).coming or 0) > hours


def test_a_formula_needs_its_figures_and_a_reason_and_is_undone_at_once(base: Base) -> None:
    market = new_contract(base, owed=500_00)
    for values, reason, field in (
        ({"formula": "par_montant", "formule/pas": 0}, "CCAP", "formule/pas"),
        ({"formula": "par_montant", "formule/pas": 5}, "CCAP", "formule/heures"),
        ({"formula": "pourcentage_heures"}, "CCAP", "formule/taux"),
        ({"formula": "par_annee"}, "CCAP", "formule/volume"),
        ({"formula": "autre"}, "CCAP", "formula"),
        (BY_AMOUNT, " ", "reason"),
    ):
        with pytest.raises(FieldErrors) as refused:
            set_formula(base, market.obligation, values, TODAY, reason)
        assert set(refused.value.fields) == {field}
    set_formula(base, market.obligation, BY_AMOUNT, TODAY, "CCAP article 1.4")
    sheet = base.connection.execute("SELECT reason FROM contract_event").fetchall()
    assert sheet == [("Formule : heures par montant commandé ou facturé. CCAP article 1.4",)]
    # Hours that were written stay written.
    assert same_everywhere(base, market) == 500_00
    undo_last(base)
    rows = base.connection.execute("SELECT count(*) FROM term WHERE removed = 0").fetchone()
    assert rows == (0,)


def test_hours_by_percentage_of_hours_worked(base: Base) -> None:
    market = new_contract(base, owed=None)
    values = {"formula": "pourcentage_heures", "formule/taux": 10_00,
              "formule/reprise": 15_000_00, "formule/prevues": 40_000_00}  # fmt: skip
    set_formula(base, market.obligation, values, TODAY, "Clause de branche")
    add_hours_worked(base, market.obligation, date(2026, 3, 31), Hours(12_000_00), "Bilan T1")
    assert same_everywhere(base, market) == 0
    add_hours_worked(base, market.obligation, date(2026, 6, 30), Hours(20_000_00), "Bilan T2")
    # domain.md 3.6, E14: the staff taken over owes nothing.
    assert same_everywhere(base, market) == 500_00
    case = case_of(base, market.obligation)
    assert (case.coming, case.expected) == (2_500_00, 500_00)
    assert case_of(base, market.obligation, date(2026, 6, 29)).due == 0
    with pytest.raises(FieldErrors):
        add_hours_worked(base, market.obligation, None, Hours(-1), "")


def test_a_volume_for_each_year_is_due_from_its_first_day(base: Base) -> None:
    market = new_contract(base, owed=None, start="2024-01-01", end="2026-06-30")
    values = {"formula": "par_annee", "formule/volume": 1_000_00, "formule/volume/2": 600_00,
              "formule/report": False}  # fmt: skip
    set_formula(base, market.obligation, values, TODAY, "Accord-cadre")
    assert [same_everywhere(base, market, date(2024 + year, 1, 1)) for year in (0, 1, 2)] == [
        1_000_00,
        1_600_00,
        # 181 days of 365 in the last one.
        2_095_89,
    ]
    assert same_everywhere(base, market, date(2024, 12, 31)) == 1_000_00
    at_year_end = case_of(base, market.obligation, date(2024, 12, 31))
    assert (at_year_end.expected, at_year_end.coming) == (1_000_00, 2_095_89)


def test_a_tranche_brings_its_hours_once_affirmed(base: Base) -> None:
    market = new_contract(base, owed=800_00)
    set_formula(base, market.obligation, {"formula": "par_tranche"}, TODAY, "CCAP")
    optional = moved(base, market, "tranche", hours=300_00, firm=0)
    assert same_everywhere(base, market) == 800_00
    assert case_of(base, market.obligation).coming == 1_100_00
    affirm(base, optional, date(2026, 4, 1))
    assert same_everywhere(base, market) == 1_100_00
    with pytest.raises(MovementRefused):
        affirm(base, optional, TODAY)
    # Firm for a later day: coming until then.
    moved(base, market, "avenant", hours=-100_00, date=date(2026, 9, 1))
    assert same_everywhere(base, market) == 1_100_00
    assert same_everywhere(base, market, date(2026, 9, 1)) == 1_000_00


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"hours": None}, "hours"),
        ({"reason": ""}, "reason"),
        ({"kind": "transfert"}, "kind"),
        ({"months": 500}, "months"),
        ({"date": None}, "date"),
    ],
)
def test_a_movement_refused_writes_nothing(base: Base, values: dict[str, Any], field: str) -> None:
    market = new_contract(base)
    with pytest.raises(FieldErrors) as refused:
        moved(base, market, **{"kind": "commande", "hours": 10_00, **values})
    assert field in refused.value.fields
    assert same_everywhere(base, market) == 1_000_00


def test_extension_stop_and_restart_move_the_end(base: Base) -> None:
    market = new_contract(base)

    def order(kind: str, day: date, **values: Any) -> None:
        given = {"kind": kind, "date": day, "reason": "OS", **values}
        add_order(base, market.obligation, given)

    with pytest.raises(MovementRefused):
        order("reprise", date(2026, 3, 1))
    order("arret", date(2026, 3, 1))
    with pytest.raises(MovementRefused):
        order("arret", date(2026, 3, 2))
    # Stopped and not restarted: the end moves a day further every day.
    assert same_everywhere(base, market, date(2026, 3, 10)) == 1_000_00
    assert case_of(base, market.obligation, date(2026, 3, 10)).end == date(2027, 1, 10)
    order("reprise", date(2026, 3, 31))
    assert case_of(base, market.obligation).end == date(2027, 1, 30)
    with pytest.raises(FieldErrors):
        order("prolongation", date(2026, 5, 1))
    order("prolongation", date(2026, 5, 1), months=2, whole=True)
    assert case_of(base, market.obligation).end == date(2027, 3, 30)
    same_everywhere(base, market)
    # A whole duration, as open data says it, is not months more.
    add(base, "contract_event", contract=market.contract, date="2026-05-02", kind="duree",
        months=14, reason="")  # fmt: skip
    assert case_of(base, market.obligation).end == date(2027, 3, 30)
    amendment = {"months": 1, "hours": 50_00, "date": date(2026, 6, 1)}
    moved(base, market, "avenant", **amendment)
    assert case_of(base, market.obligation).end == date(2027, 4, 30)
    assert same_everywhere(base, market) == 1_050_00
    undo_last(base)
    assert case_of(base, market.obligation).end == date(2027, 3, 30)


def test_site_calendar_idle_months_by_default_then_as_written(base: Base) -> None:
    market = new_contract(base, start="2026-07-01", end="2026-09-30", owed=610_00)
    set_schedule(base, market.obligation, {"schedule": "chantier"}, TODAY, "Planning")
    # 61 open days: July and September.
    assert case_of(base, market.obligation, date(2026, 8, 31)).expected == 310_00
    given = {"schedule": "chantier", "calendrier/sans_activite": "01/09-30/09"}
    set_schedule(base, market.obligation, given, TODAY, "Planning revu")
    assert case_of(base, market.obligation, date(2026, 8, 31)).expected == 610_00
    steps = "31/07/2026 25 % ; 31/08/2026 400 h"
    given = {"schedule": "paliers", "calendrier/etapes": steps}
    set_schedule(base, market.obligation, given, TODAY, "CCAP")
    assert [case_of(base, market.obligation, date(2026, month, 31)).expected for month in (7, 8)] \
        == [152_50, 400_00]  # fmt: skip
    same_everywhere(base, market, date(2026, 8, 15))
    for wrong in ({"schedule": "jalons"}, {"schedule": "x"},
                  {"schedule": "chantier", "calendrier/sans_activite": "mars partout"},
                  {"schedule": "paliers", "calendrier/etapes": "demain beaucoup"}):  # fmt: skip
        with pytest.raises(FieldErrors):
            set_schedule(base, market.obligation, wrong, TODAY, "CCAP")


def test_transfers_of_a_group_sum_to_zero(base: Base) -> None:
    market = new_contract(base, owed=700_00)
    mate = new_lot(base, market.contract, new_company(base, "Toitures Alba"), owed=300_00)
    other = market._replace(lot=mate.lot, obligation=mate.obligation)
    transfer(base, market.obligation, mate.obligation, Hours(200_00), TODAY, "Accord du groupement")
    assert (pace_of(base, market).owed, pace_of(base, other).owed) == (500_00, 500_00)
    sides = base.connection.execute("SELECT sum(hours), count(counterpart) FROM obligation_event "
                                    "WHERE kind = 'transfert'").fetchone()  # fmt: skip
    assert sides == (0, 2)
    for giver, hours, refusal in (
        (market.obligation, 501_00, TransferRefused),
        (market.obligation, 0, TransferRefused),
        (mate.obligation, 10_00, TransferRefused),
        (1, 10_00, RecordGone),
    ):
        with pytest.raises(refusal):
            transfer(base, giver, mate.obligation, Hours(hours), TODAY, "Accord")
    with pytest.raises(FieldErrors):
        transfer(base, market.obligation, mate.obligation, None, None, "")
    undo_last(base)
    assert (pace_of(base, market).owed, pace_of(base, other).owed) == (700_00, 300_00)


def test_sharing_out_what_a_group_owes(base: Base) -> None:
    market = new_contract(base, owed=None)
    mate = add(base, "obligation", lot=market.lot, company=new_company(base, "Toitures Alba"),
               start="2026-01-01", formula="fixe", schedule="lineaire")  # fmt: skip
    weights = {market.obligation: 2, mate: 1}
    share_out(base, market.obligation, Hours(1_000_00), weights, TODAY, "Groupement")
    assert [case_of(base, each).due for each in weights] == [666_67, 333_33]
    share_out(base, market.obligation, Hours(900_00), weights, TODAY, "Avenant")
    assert [case_of(base, each).due for each in weights] == [600_00, 300_00]
    with pytest.raises(MovementRefused):
        share_out(base, market.obligation, Hours(900_00), weights, TODAY, "Encore")


def test_the_case_tells_targets_people_and_the_last_day_to_catch_up(base: Base) -> None:
    market = new_contract(base, owed=1_500_00)
    for number, (sex, qpv) in enumerate((("F", "oui"), ("M", ""), ("", "non"))):
        person = new_person(base, last=f"Essai {number}", sex=sex)
        placed = new_placement(base, market, person, qpv=qpv, contract_end="2026-07-31")
        new_hours(base, placed, 202603, 100_00, 90_00 if number == 1 else None)
    for kind, value, share in (("femmes", 2, 0), ("habitants_qpv", 1, 0), ("heures_qpv", 80_00, 1)):
        save_target(base, None, {"obligation": market.obligation, "kind": kind, "value": value,
                                 "as_share": share})  # fmt: skip
    with pytest.raises(FieldErrors):
        save_target(base, None, {"obligation": market.obligation, "kind": "femmes",
                                 "value": 200_00, "as_share": 1})  # fmt: skip
    case = case_of(base, market.obligation)
    assert [reading.state for reading in case.targets] == [
        TargetState.UNKNOWN,
        TargetState.REACHED,
        TargetState.MISSING,
    ]
    assert (case.acquired, case.people) == (290_00, 3)
    # 1 210 h left, three people until the end of July: (1/30 + 1) month each.
    assert case.catch_up is not None
    assert case.catch_up.present == 470_17
    assert case.catch_up.outlook is Outlook.HELP_NEEDED
    # 739,83 h at 151,67 h a month are 4,88 months before the end of December.
    assert case.last_day == date(2026, 8, 4)
    # 1 210 h alone are 7,98 months: too late since May.
    assert case.last_day_alone == date(2026, 5, 1)
    assert case.needed_per_month is not None


def test_files_carry_the_hours_of_the_formula_and_never_change_them(
    base: Base, tmp_path: Path
) -> None:
    market = new_contract(base, owed=None)
    set_formula(base, market.obligation, BY_AMOUNT, TODAY, "CCAP")
    moved(base, market, "facture", amount_cents=2_706_000_00)
    path = tmp_path / "marches.csv"
    export_table(base, "marches", path)
    assert ";3,00;" in path.read_text(encoding="utf-8-sig")
    report = import_contracts(base, path, today=TODAY)
    assert (report.changed, report.warnings) == (0, ())
    path.write_text(path.read_text(encoding="utf-8-sig").replace(";3,00;", ";9,00;"))
    assert len(import_contracts(base, path, today=TODAY).warnings) == 1
    assert same_everywhere(base, market) == 3_00


def test_a_case_reads_nothing_of_other_obligations(base: Base) -> None:
    market, other = new_contract(base), new_contract(base, number="2026-02", stage="clos")
    many_hours(base, market, range(202601, 202607), 5)
    save_target(base, None, {"obligation": market.obligation, "kind": "personnes", "value": 3})

    def ask() -> object:
        return obligation_cases(base.connection, TODAY, LIMITS)

    before = sqlite_steps(base, ask)
    many_hours(base, other, range(202501, 202513), 200)
    assert sqlite_steps(base, ask) <= before * 1.1
    assert scans(plan_of(base.connection, ask)) == []
