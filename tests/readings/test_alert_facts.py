"""What the newer alerts look at, read from bases built as a facilitator would build them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import (
    add,
    many_hours,
    new_base,
    new_buyer,
    new_company,
    new_contract,
    new_event,
    new_hours,
    new_lot,
    new_person,
    new_placement,
    new_work_contract,
    sqlite_steps,
)
from reading_costs import plan_of, scans
from suivi_tui.actions.terms import TermErrors, set_terms
from suivi_tui.readings.alerts import AlertReading, read_alerts
from suivi_tui.readings.pace import obligation_paces
from suivi_tui.store.base import Base
from suivi_tui.store.journal import changed, created, removed, write

TODAY = date(2026, 6, 20)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as opened:
        yield opened


def found(base: Base, code: str, today: date = TODAY, contract: int | None = None) -> list[Any]:
    alerts = read_alerts(base.connection, today, contract=contract)
    return [alert for alert in alerts if alert.code == code]


def count(base: Base, code: str, today: date = TODAY) -> int:
    return len(found(base, code, today))


def follow_up(base: Base, entity: str, subject: int, kind: str, day: str, **values: Any) -> int:
    row = base.new_id()
    about = {"entity": entity, "subject": subject, "kind": kind, "date": day, **values}
    write(base, [created("follow_up", row, about)], label="Essai")
    return row


def document(base: Base, entity: str, subject: int, kind: str) -> int:
    row = base.new_id()
    about = {"entity": entity, "subject": subject, "kind": kind, "made_on": "2026-06-01"}
    write(base, [created("document", row, about)], label="Essai")
    return row


def test_the_last_day_to_catch_up_comes_from_hours_people_and_end(base: Base) -> None:
    made = new_contract(base, owed=150_00, end="2026-07-31")
    (alert,) = found(base, "rattrapage")
    assert (alert.obligation, alert.due, alert.gravity.value) == (
        made.obligation, date(2026, 7, 1), "alerte",
    )  # fmt: skip
    assert found(base, "fin_proche") == []
    assert found(base, "rattrapage", date(2026, 7, 2))[0].gravity.value == "critique"
    person = new_person(base)
    new_hours(base, new_placement(base, made, person), 202606, 10_00)
    # The person stays until the end and does more than a month's work by then.
    assert found(base, "rattrapage") == []
    assert [alert.gravity.value for alert in found(base, "fin_proche")] == ["info"]


def test_a_target_is_missed_near_the_end(base: Base) -> None:
    made = new_contract(base, end="2026-07-31")
    row = add(base, "target", obligation=made.obligation, kind="femmes", value=2)
    new_hours(base, new_placement(base, made, new_person(base)), 202605, 10_00)
    (alert,) = found(base, "cible_manquee")
    assert (alert.about, alert.measure) == (f"obligation:{made.obligation}/cible:{row}", 1)
    new_hours(base, new_placement(base, made, new_person(base, last="Autre")), 202605, 10_00)
    assert found(base, "cible_manquee") == []


def test_a_change_of_the_contract_asks_for_a_new_objective(base: Base) -> None:
    made = new_contract(base)
    other = new_lot(base, made.contract, made.company, number="2")
    event = add(
        base, "contract_event", contract=made.contract, lot=made.lot, date="2026-03-01",
        kind="montant", amount_cents=1,
    )  # fmt: skip
    add(base, "contract_event", contract=made.contract, date="2026-03-01", kind="arret")
    assert [alert.lot for alert in found(base, "objectif_a_revoir")] == [made.lot]
    assert found(base, "objectif_a_revoir", date(2026, 2, 28)) == []
    moved = new_event(base, made.obligation, 0, "2026-02-01", contract_event=event)
    assert found(base, "objectif_a_revoir") == []
    write(base, [removed("obligation_event", moved)], label="Essai")
    new_event(base, made.obligation, 50_00, "2026-03-01")
    assert found(base, "objectif_a_revoir") == []
    add(base, "contract_event", contract=made.contract, date="2026-05-01", kind="prolongation")
    assert {alert.obligation for alert in found(base, "objectif_a_revoir")} == {
        made.obligation, other.obligation,
    }  # fmt: skip


def test_a_certificate_filed_anywhere_is_enough(base: Base) -> None:
    ended = [new_contract(base, number=str(row), end="2026-05-21") for row in range(4)]
    assert count(base, "bilan_a_etablir") == 4
    assert count(base, "bilan_a_etablir", date(2026, 6, 19)) == 0
    follow_up(base, "obligation", ended[0].obligation, "attestation", "2026-06-01")
    follow_up(base, "contract", ended[1].contract, "attestation", "2026-06-20")
    document(base, "obligation", ended[2].obligation, "attestation")
    follow_up(base, "contract", ended[3].contract, "reunion", "2026-06-20")
    assert [alert.contract for alert in found(base, "bilan_a_etablir")] == [ended[3].contract]


def test_a_formal_notice_expires_once_it_was_sent(base: Base) -> None:
    made = new_contract(base)
    new_lot(base, made.contract, made.company, number="2")
    draft = document(base, "contract", made.contract, "mise_en_demeure")
    values = {"due": "2026-06-19", "document": draft}
    row = follow_up(base, "contract", made.contract, "mise_en_demeure", "2026-06-01", **values)
    assert count(base, "mise_en_demeure_echue") == 0
    write(base, [changed("document", draft, "sent_on", "2026-06-04")], label="Essai")
    (alert,) = found(base, "mise_en_demeure_echue")  # once, whatever the lots
    assert alert.message.startswith("Mise en demeure du 04/06/2026")
    assert count(base, "mise_en_demeure_echue", date(2026, 6, 19)) == 0
    follow_up(base, "obligation", made.obligation, "penalite", "2026-06-03")
    assert count(base, "mise_en_demeure_echue") == 1
    late = follow_up(base, "contract", made.contract, "dispense", "2026-06-10")
    assert count(base, "mise_en_demeure_echue") == 0
    write(base, [removed("follow_up", late)], label="Essai")
    add(base, "penalty_case", obligation=made.obligation, notice_on="2026-06-04")
    assert count(base, "mise_en_demeure_echue") == 0
    own = new_contract(base, number="2026-02")
    row = follow_up(
        base, "obligation", own.obligation, "mise_en_demeure", "2026-06-01", due="2026-06-10"
    )
    assert count(base, "mise_en_demeure_echue") == 1
    write(base, [changed("follow_up", row, "done", "2026-06-12")], label="Essai")
    assert count(base, "mise_en_demeure_echue") == 0


@pytest.mark.parametrize("entity", ["company", "obligation", "contract"])
def test_a_reminder_without_effect_raises_the_level(base: Base, entity: str) -> None:
    made = new_contract(base, start="2026-05-01")
    subject = getattr(made, entity)
    follow_up(base, entity, subject, "relance", "2026-06-16")
    for day, level in ((date(2026, 6, 20), 1), (date(2026, 7, 1), 1), (date(2026, 7, 2), 2)):
        (alert,) = found(base, "releve_manquant", day)
        assert (alert.level, alert.month) == (level, 202605)


def test_who_can_be_called(base: Base) -> None:
    made = new_contract(base)
    agency = new_company(base, name="Intérim du Val", kind="ETTI")
    new_placement(base, made, new_person(base), employer=agency)
    (alert,) = found(base, "sans_contact")
    assert alert.concerns == (("company", made.company), ("company", agency))
    # Named for the contract without a company: speaks for the holder, not for the agency.
    add(base, "contact", contract=made.contract, name="Conducteur", mail="a@exemple.fr")
    (alert,) = found(base, "sans_contact")
    assert alert.message.startswith("Intérim du Val n'a aucun contact")
    silent = add(base, "contact", company=agency, name="Agence")
    assert count(base, "sans_contact") == 1
    write(base, [changed("contact", silent, "phone", "01 02 03 04 05")], label="Essai")
    assert count(base, "sans_contact") == 0


def test_somebody_must_follow_where_somebody_follows(base: Base) -> None:
    one = new_contract(base)
    assert count(base, "sans_facilitateur") == 0
    other = new_contract(base, number="2026-02", facilitator="Alix Essai")
    assert [alert.contract for alert in found(base, "sans_facilitateur")] == [one.contract]
    assert found(base, "sans_facilitateur", contract=one.contract) != []
    write(base, [changed("contract", other.contract, "stage", "clos")], label="Essai")
    assert count(base, "sans_facilitateur") == 0


def test_the_answer_to_the_buyer(base: Base) -> None:
    buyer = new_buyer(base, answer_weeks=4)
    new_contract(
        base, buyer=buyer, stage="consultation", notice_sent_on="2026-05-25", obligation=False
    )
    (alert,) = found(base, "reponse_acheteur")
    assert alert.due == date(2026, 6, 22)
    write(base, [changed("contract", alert.contract, "answer_due", "2026-07-01")], label="Essai")
    assert found(base, "reponse_acheteur") == []


def test_the_clause_that_the_law_asks_for(base: Base) -> None:
    today = date(2026, 11, 22)
    values: dict[str, Any] = {
        "obligation": False, "clause_form": "aucune", "category": "services", "start": None,
        "end": None, "amount_cents": 300_000_00, "stage": "a_qualifier", "taken_up": 0,
    }  # fmt: skip
    launched = new_contract(base, number="1", notice_sent_on="2026-09-01", **values)
    for number in ("2", "3"):
        new_contract(base, number=number, **values)
    refused = {**values, "stage": "refuse", "taken_up": 1}
    without = new_contract(base, number="4", notice_sent_on="2026-09-01", **refused)
    new_contract(base, number="5", notice_sent_on="2026-09-01", **{**values, "stage": "clos"})
    alerts = found(base, "seuil_europeen", today)
    assert [(alert.contract, alert.contract_number) for alert in alerts] == [
        (launched.contract, "1"), (without.contract, "4"), (None, None),
    ]  # fmt: skip
    assert alerts[2].message.startswith("2\u00a0marchés non suivis")
    add(base, "refusal", contract=without.contract, ground="sans_lien", date="2026-08-01")
    follow_up(base, "contract", launched.contract, "refus_clause", "2026-08-01")
    assert [alert.contract for alert in found(base, "seuil_europeen", today)] == [None]
    followed = new_contract(base, number="6", **{**values, "taken_up": 1, "stage": "projet"})
    (_, first) = found(base, "seuil_europeen", today)
    assert (first.contract, first.gravity.value) == (followed.contract, "info")
    assert found(base, "seuil_europeen", today, contract=followed.contract) == [first]


def test_situations_to_ask(base: Base) -> None:
    made = new_contract(base)
    people = [new_person(base, last=f"Nom{row}") for row in range(4)]
    ends = ("2026-03-20", "2026-06-20", "2026-06-21", "2025-05-19")
    for person, end in zip(people, ends, strict=True):
        new_placement(base, made, person, contract_start="2025-01-01", contract_end=end)
    (alert,) = found(base, "suite_a_demander")
    assert alert.message == "2\u00a0situations à demander\u00a0: 1 à la sortie, 1 à 3 mois."
    assert alert.concerns == (("participant", people[0]), ("participant", people[1]))
    add(base, "outcome", participant=people[0], point="3_mois", asked_on="2026-06-20")
    assert found(base, "suite_a_demander")[0].measure == 1
    assert found(base, "suite_a_demander", contract=made.contract) == []


def test_sheets_that_may_be_one(base: Base) -> None:
    made = new_contract(base)
    one = new_person(base, last="Lefèvre", first="Anne")
    new_placement(base, made, one)
    other = new_person(base, last="LEFEVRE", first="Anne")
    new_person(base, last="Lefèvre", first="Anne", birth="1960-01-30")
    (alert,) = found(base, "doublon_personne")
    assert alert.concerns == (("participant", one), ("participant", other))
    assert alert.participant_name is None
    named = read_alerts(base.connection, TODAY, names=True)
    assert "LEFÈVRE Anne" in {item.participant_name for item in named}
    for _ in range(2):
        new_company(base, siret="73282932000074")
    new_company(base, siret="")
    (same,) = found(base, "doublon_entreprise")
    assert same.measure == 2 and "Bâtisseurs du Val" in same.message


@pytest.mark.parametrize(
    ("values", "hours", "today", "kept"),
    [
        ({"last_contact": "2024-02-29"}, None, date(2026, 2, 27), 0),
        ({"last_contact": "2024-02-29"}, None, date(2026, 2, 28), 0),
        ({"last_contact": "2024-02-29"}, None, date(2026, 3, 1), 1),
        ({"last_contact": "2024-02-28"}, None, date(2026, 2, 28), 1),
        ({"last_contact": "2023-12-31"}, None, date(2025, 12, 31), 1),
        ({"last_contact": "2023-12-31"}, None, date(2025, 12, 30), 0),
        ({"last_contact": "2023-12-31", "legal_hold": 1}, None, TODAY, 0),
        ({}, None, TODAY, 0),  # nothing says when
        ({"last_contact": "2023-01-01"}, 202405, date(2026, 5, 30), 0),
        ({"last_contact": "2023-01-01"}, 202405, date(2026, 5, 31), 1),
        ({"last_contact": "2023-01-01"}, 202406, TODAY, 0),
    ],
)
def test_people_kept_too_long(
    base: Base, values: dict[str, Any], hours: int | None, today: date, kept: int
) -> None:
    person = new_person(base, **values)
    if hours is not None:
        made = new_contract(base, stage="clos")
        dates = {"contract_start": "2022-01-01", "contract_end": "2023-01-01"}
        new_hours(base, new_placement(base, made, person, **dates), hours, 10_00)
    assert sum(alert.measure for alert in found(base, "conservation", today)) == kept


def test_an_exchange_or_a_work_contract_is_a_contact(base: Base) -> None:
    person = new_person(base, last_contact="2023-01-01")
    assert count(base, "conservation") == 1
    follow_up(base, "participant", person, "appel", "2024-06-21")
    assert count(base, "conservation") == 0
    other = new_person(base, last_contact="2023-01-01")
    new_work_contract(base, other, start="2022-01-01", end="2024-06-21")
    assert count(base, "conservation") == 0


def test_the_age_of_the_backup_goes_by_the_day_asked(base: Base) -> None:
    new_contract(base)
    made_on = base.now().date()
    later = date(made_on.year + 1, made_on.month, min(made_on.day, 28))
    (alert,) = found(base, "sauvegarde_ancienne", later)
    assert alert.message.startswith("Aucune sauvegarde")
    assert found(base, "sauvegarde_ancienne", made_on) == []
    moment = base.now().isoformat(timespec="seconds").replace("T00", "T23")
    base.connection.execute(
        "INSERT INTO backup_log (path, made_at, lines, sha256) VALUES ('x', ?, 1, '')", (moment,)
    )
    assert found(base, "sauvegarde_ancienne", later) == []  # nothing changed since
    base.connection.execute("UPDATE backup_log SET made_at = '2020-01-01T00:00:00+00:00'")
    assert found(base, "sauvegarde_ancienne", later)[0].measure > alert.measure
    base.connection.execute("INSERT INTO local_setting VALUES ('demonstration', '1')")
    assert found(base, "sauvegarde_ancienne", later) == []


def test_the_same_hours_twice_unless_both_contracts_pool(base: Base) -> None:
    agency = new_company(base, name="Intérim du Val", kind="ETTI")
    one, other = new_contract(base), new_contract(base, number="2026-02")
    person = new_person(base)
    for made in (one, other):
        new_hours(base, new_placement(base, made, person, employer=agency), 202605, 70_00)
    (alert,) = found(base, "heures_en_double")
    assert "2026-01 et 2026-02" in alert.message
    assert found(base, "heures_en_double", contract=one.contract) == [alert]
    set_terms(base, one.contract, None, {"globalisation": "oui"})
    assert count(base, "heures_en_double") == 1
    set_terms(base, other.contract, None, {"globalisation": "oui"})
    assert count(base, "heures_en_double") == 0


def test_a_contract_sets_its_own_limits_and_the_pace_follows(base: Base) -> None:
    made = new_contract(base)
    new_hours(base, new_placement(base, made, new_person(base)), 202605, 400_00)
    code = "alerte/retard/rythme_minimal"

    def late() -> tuple[int, list[bool]]:
        return count(base, "retard"), [
            pace.late for pace in obligation_paces(base.connection, TODAY)
        ]

    assert late() == (0, [False])  # 85 % of the hours expected
    set_terms(base, made.contract, None, {code: "90"})
    assert late() == (1, [True])
    set_terms(base, made.contract, made.lot, {code: "85"})
    assert late() == (0, [False])
    for value in ("150", "souvent"):
        with pytest.raises(TermErrors, match="pourcentage"):
            set_terms(base, made.contract, None, {code: value})
    with pytest.raises(TermErrors):
        set_terms(base, made.contract, None, {"alerte/conservation/mois": "10"})
    set_terms(base, made.contract, made.lot, {code: None})
    assert late() == (1, [True])


def test_people_who_left_long_ago_cost_next_to_nothing(base: Base) -> None:
    made = new_contract(base)
    many_hours(base, made, [202605], 20)

    def left(number: int) -> None:
        for _ in range(number):
            person = new_person(base, last_contact="2026-01-01")
            new_work_contract(base, person, start="2019-01-01", end="2020-12-31")

    def ask() -> list[AlertReading]:
        return read_alerts(base.connection, TODAY)

    left(5)
    before = sqlite_steps(base, ask)
    left(60)
    assert sqlite_steps(base, ask) <= before * 1.5


def test_every_statement_goes_through_a_key(base: Base) -> None:
    made = new_contract(base)
    new_hours(base, new_placement(base, made, new_person(base)), 202605, 10_00)
    add(base, "target", obligation=made.obligation, kind="femmes", value=2)
    plan = plan_of(base.connection, lambda: read_alerts(base.connection, TODAY))
    assert scans(plan) == []


def test_the_yearly_summary_counts_those_who_worked(base: Base) -> None:
    made = new_contract(base)
    for row, (prescriber, level, hired) in enumerate(
        (("", "cap_bep", ""), ("plie", "", "bac"), ("plie", "", ""), ("plie", "bac", ""))
    ):
        person = new_person(base, last=f"Nom{row}", prescriber=prescriber, education=level)
        placement = new_placement(base, made, person, education=hired)
        new_hours(base, placement, 202605, 10_00)
    (alert,) = found(base, "synthese_incomplete", date(2026, 12, 1))
    assert "1\u00a0personne sans prescripteur et 1\u00a0personne sans niveau" in alert.message
    assert found(base, "synthese_incomplete", date(2026, 11, 30)) == []
