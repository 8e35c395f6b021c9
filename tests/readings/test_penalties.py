"""The penalty desk from the base to the cent, on the clauses that were read in the field."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import add, new_event, new_lot
from penalty_samples import BAM, CSF, NOTICED, SNCF, TODAY, Ended, put
from suivi_tui.actions.penalties import (
    NoPenalty,
    record_decision,
    save_case,
    set_penalty_terms,
)
from suivi_tui.actions.records import FieldErrors, RecordGone, remove_record
from suivi_tui.readings.penalties import PenaltyFile, proposed_facts, read_cases, read_penalty_file
from suivi_tui.readings.penalty_basis import (
    CaseBasis,
    TypedFacts,
    case_of,
    typed_facts,
    typed_text,
    with_comment,
)
from suivi_tui.rules.penalties import BreachFacts
from suivi_tui.store.journal import changed, write
from suivi_tui.store.queries import penalties
from suivi_tui.store.queries.terms import of_contracts
from suivi_tui.store.undo import undo_last
from suivi_tui.vocabulary.choices import PenaltyDecision
from suivi_tui.vocabulary.choices.penalties import Breach, PenaltyKind
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money


@contextmanager
def ended(folder: Path, *arguments: Any, **values: Any) -> Iterator[Ended]:
    site = Ended(folder, *arguments, **values)
    with site.base:
        yield site


def desk(site: Ended, on: date = TODAY, *typed: BreachFacts, **others: Any) -> PenaltyFile:
    said = TypedFacts({facts.breach: facts for facts in typed}, **others)
    found = read_penalty_file(site.base.connection, site.obligation, on, said)
    assert found is not None
    return found


def plain(file: PenaltyFile) -> list[str]:
    return [line.text.replace("\u00a0", " ") for line in file.penalty.lines]


def warned(file: PenaltyFile) -> str:
    return " ".join(file.warnings).replace("\u00a0", " ")


REPORT = BreachFacts(
    Breach.FINAL_REPORT, received_on=date(2026, 6, 15), notice_on=date.fromisoformat(NOTICED)
)


def test_e9_from_the_base(tmp_path: Path) -> None:
    with ended(tmp_path, SNCF) as site:
        site.notice()
        site.april("2026-06-20")
        file = desk(site, TODAY, REPORT)
        assert file.penalty.amount == 8_500_00
        assert plain(file)[:3] == [
            "Heures d'insertion non réalisées : 100,00 h × 60 € = 6 000 €.",
            "Relevé d'heures non transmis : 10 jours calendaires × 100 € = 1 000 €, "
            "du lendemain du 10/06/2026 au 20/06/2026 inclus.",
            "Bilan de fin de marché non transmis : 5 jours calendaires × 300 € = 1 500 €, "
            "du lendemain du 10/06/2026 au 15/06/2026 inclus.",
        ]
        # The yearly amount is not known: the cap is told, and not applied.
        assert file.penalty.cap_unknown
        set_penalty_terms(
            site.base, site.contract.contract, None, {"penalite/montant_annuel": "40000,00 €"}
        )
        capped = desk(site, TODAY, REPORT)
        assert (capped.penalty.amount, capped.penalty.before_caps) == (8_000_00, 8_500_00)
        assert "20 % × 40 000 € de montant annuel = 8 000 €" in plain(capped)[-1]
        # Means proven: the hours are spared, the delays are not.
        assert desk(site, TODAY, REPORT, means_proven=True).penalty.amount == 2_500_00


@pytest.mark.parametrize(
    ("on", "amount"),
    [
        (date(2026, 5, 31), 0),  # the last day: nothing is missing yet
        (date(2026, 6, 1), 6_000_00),
        (date(2026, 6, 10), 6_000_00),  # the day of the notice is not counted
        (date(2026, 6, 11), 6_100_00),
        (date(2026, 12, 31), 6_000_00 + 204 * 100_00),
        (date(2027, 1, 1), 6_000_00 + 205 * 100_00),
    ],
)
def test_day_by_day_from_the_end_and_from_the_notice(tmp_path: Path, on: date, amount: int) -> None:
    with ended(tmp_path, SNCF) as site:
        site.notice()
        assert desk(site, on).penalty.amount == amount


def test_without_a_notice_sent_no_day_is_counted(tmp_path: Path) -> None:
    with ended(tmp_path, SNCF) as site:
        file = desk(site)
        assert file.penalty.amount == 6_000_00
        assert file.unnoticed == (Breach.STATEMENT,)
        assert "Aucune mise en demeure" in warned(file)
        assert "en retard\u00a0: avril 2026" in file.findings[Breach.STATEMENT].told
        # A letter prepared here is a draft until the day it was sent is known.
        about = {"entity": "obligation", "subject": site.obligation, "kind": "mise_en_demeure"}
        letter = put(site.base, "document", {**about, "made_on": "2026-06-01", "sent_on": None})
        site.notice("2026-06-01", document=letter)
        assert desk(site).notice is None
        assert "1 projet préparé, dont l'envoi n'est pas daté" in warned(desk(site))
        write(site.base, [changed("document", letter, "sent_on", "2026-06-20")], label="Envoi")
        sent = desk(site)
        assert sent.notice is not None and sent.notice.on == date(2026, 6, 20)
        assert sent.penalty.amount == 6_000_00 + 10 * 100_00
        # A later notice counts fewer days; one of another contract, none; one to come, none.
        site.notice("2026-06-25", due="2026-07-10")
        site.notice("2026-07-15")
        site.notice("2026-01-01", subject=site.obligation + 1)
        assert desk(site).penalty.amount == 6_000_00 + 5 * 100_00


def test_a_statement_that_came_before_the_notice_owes_nothing(tmp_path: Path) -> None:
    with ended(tmp_path, SNCF) as site:
        site.april("2026-06-10")
        site.notice()
        assert desk(site).findings[Breach.STATEMENT].facts is None
        assert desk(site).penalty.amount == 6_000_00


def test_e8_waits_for_the_value_of_its_index(tmp_path: Path) -> None:
    with ended(tmp_path, CSF, missing=35_00) as site:
        file = desk(site)
        assert file.penalty.amount == 0
        assert "30 € proposés (à confirmer" in warned(file)
        assert "Rien n'est compté d'ici là" in warned(file)
        value = "4 × plafond_horaire ; indice 30,00 € ; dès l'échéance"
        set_penalty_terms(
            site.base, site.contract.contract, None, {"penalite/heures/par_heure": value}
        )
        file = desk(site)
        assert file.penalty.amount == 4_200_00
        assert plain(file) == [
            "Heures d'insertion non réalisées : 35,00 h × 4 × 30 € "
            "(plafond horaire de la sécurité sociale) = 4 200 €."
        ]
        # The year after, what was kept is no longer what reference data propose.
        assert "propose" not in warned(file)
        assert "la référence propose 29 €" in warned(desk(site, date(2025, 6, 1)))


def test_a_local_reference_file_gives_its_value(tmp_path: Path) -> None:
    chosen = tmp_path / "reference.toml"
    chosen.write_text("[penalites.indice.plafond_horaire]\n2026 = 30\n", encoding="utf-8")
    with ended(tmp_path, CSF, missing=35_00) as site:
        file = read_penalty_file(site.base.connection, site.obligation, TODAY, None, chosen)
        assert file is not None and file.penalty.amount == 4_200_00


@pytest.mark.parametrize(
    ("received", "place", "euros"),
    [
        ("2026-05-07", "", 0),
        ("2026-05-08", "", 0),  # 8 May, a Friday
        ("2026-05-11", "", 50),
        ("2026-05-15", "", 200),  # Ascension Day between
        ("2026-05-26", "", 500),  # Whit Monday too
        ("2026-05-26", "57", 500),
    ],
)
def test_training_clause_by_working_day(
    tmp_path: Path, received: str, place: str, euros: int
) -> None:
    with ended(tmp_path, CSF, missing=0) as site:
        if place:
            terms = {"penalite/jours_feries": place}
            set_penalty_terms(site.base, site.contract.contract, None, dict(terms))
        proofs = BreachFacts(
            Breach.PROOFS, due_on=date(2026, 5, 7), received_on=date.fromisoformat(received)
        )
        assert desk(site, TODAY, proofs).penalty.amount == euros * 100


def test_holidays_of_alsace_are_not_counted_there(tmp_path: Path) -> None:
    with ended(tmp_path, CSF, missing=0) as site:
        # Good Friday 2026 is 3 April.
        proofs = BreachFacts(Breach.PROOFS, due_on=date(2026, 4, 2), received_on=date(2026, 4, 3))
        assert desk(site, TODAY, proofs).penalty.amount == 50_00
        set_penalty_terms(site.base, site.contract.contract, None, {"penalite/jours_feries": "57"})
        assert desk(site, TODAY, proofs).penalty.amount == 0


def test_absence_at_a_meeting_is_typed(tmp_path: Path) -> None:
    with ended(tmp_path, CSF, missing=0) as site:
        assert desk(site).penalty.amount == 0
        absent = BreachFacts(Breach.MEETING, occurrences=2)
        assert desk(site, TODAY, absent).penalty.amount == 1_000_00


@pytest.mark.parametrize(
    ("notice", "on", "days"),
    [
        ("2026-06-10", date(2026, 6, 30), 20),
        ("2028-02-28", date(2028, 2, 29), 1),
        ("2028-02-28", date(2028, 3, 1), 2),
        ("2027-02-28", date(2027, 3, 1), 1),
        ("2026-12-31", date(2026, 12, 31), 0),
        ("2026-12-31", date(2027, 1, 1), 1),
    ],
)
def test_bam_048_from_the_formal_notice(tmp_path: Path, notice: str, on: date, days: int) -> None:
    with ended(tmp_path, BAM, missing=12_50) as site:
        proofs = BreachFacts(Breach.PROOFS, due_on=date(2026, 4, 15))
        assert desk(site, TODAY, proofs).penalty.amount == 0
        site.notice(notice)
        # What is typed keeps its own notice: another breach, another letter.
        typed = proofs._replace(notice_on=date.fromisoformat(notice))
        amount = 200_00 * 25 // 2 * bool(days) + 75_00 * days
        assert desk(site, on, typed).penalty.amount == amount


def test_an_amendment_moves_what_is_missing(tmp_path: Path) -> None:
    with ended(tmp_path, SNCF) as site:
        new_event(site.base, site.obligation, -40_00, "2026-03-01")
        file = desk(site)
        assert file.findings[Breach.HOURS].facts is not None
        assert file.penalty.amount == 60 * 60_00


@pytest.mark.parametrize(
    ("terms", "amounts", "amount"),
    [
        ({"penalite/plafond/montant_marche": "2 %"}, {}, 4_000_00),
        ({"penalite/plafond/montant_marche": "2 %"}, {"penalite/montant_marche": "100000,00 €"},
         2_000_00),
        # The narrowest first: the delays to 400 €, then 6 400 € to 6 100 €.
        ({"penalite/plafond/montant_marche/par_jour": "0,2 %",
          "penalite/plafond/montant_fixe": "6100,00 €"}, {}, 6_100_00),
        ({"penalite/plafond/montant_marche/par_jour": "0,2 %"}, {}, 6_400_00),
    ],
)  # fmt: skip
def test_caps_from_the_base(
    tmp_path: Path, terms: dict[str, str], amounts: dict[str, str], amount: int
) -> None:
    with ended(tmp_path, {**SNCF, "penalite/montant_annuel": "1000000,00 €"}) as site:
        site.notice()
        set_penalty_terms(site.base, site.contract.contract, None, {**terms, **amounts})
        assert desk(site).penalty.amount == amount


def test_a_lot_has_its_own_amount_and_penalties(tmp_path: Path) -> None:
    cap = {"penalite/plafond/montant_marche": "2 %"}
    with ended(tmp_path, {**SNCF, **cap}) as site:
        contract, lot = site.contract.contract, site.contract.lot
        new_lot(site.base, contract, site.contract.company, number="2", amount_cents=1)
        # The amount of the contract is not that of one of its lots.
        assert desk(site).bases.contract is None
        assert desk(site).penalty.cap_unknown
        set_penalty_terms(site.base, contract, lot, {"penalite/heures/par_heure": "aucune"})
        assert desk(site).penalty.amount == 0
        with pytest.raises(RecordGone):
            set_penalty_terms(site.base, contract, lot + 1, {})
        for wrong in ("60,00 € ; au-delà de 3 h", "soixante", "4 × indice_inconnu"):
            with pytest.raises(FieldErrors):
                set_penalty_terms(site.base, contract, None, {"penalite/heures/par_heure": wrong})
        with pytest.raises(FieldErrors):
            set_penalty_terms(site.base, contract, None, {"cadence": "mensuelle"})
        set_penalty_terms(site.base, contract, lot, {"penalite/heures/par_heure": None})
        assert desk(site).penalty.amount == 6_000_00


def test_terms_of_a_later_release_are_told(tmp_path: Path) -> None:
    with ended(tmp_path, {}) as site:
        assert "Aucune pénalité n'est saisie" in warned(desk(site))
        contract = site.contract.contract
        add(site.base, "term", contract=contract, code="penalite/heures/par_siecle", value="1 €")
        file = desk(site)
        assert (file.penalty.amount, file.penalty.lines) == (0, ())
        assert "« penalite/heures/par_siecle : 1 € » n'est pas compris" in warned(file)


def test_a_case_keeps_what_it_was_computed_from(tmp_path: Path) -> None:
    with ended(tmp_path, SNCF) as site:
        site.notice(due="2026-06-25")
        with pytest.raises(NoPenalty):
            save_case(site.base, replace(desk(site), findings={}))
        saved = save_case(site.base, desk(site, TODAY, REPORT, efforts="Trois appels\nsans suite"))
        connection = site.base.connection
        row = penalties.one(connection, saved.row)
        assert row is not None
        assert (row.amount_cents, row.decision) == (6_000_00 + 20 * 100_00 + 1_500_00, "proposee")
        assert (row.notice_on, row.notice_due) == (NOTICED, "2026-06-25")
        assert row.kind == "heures, releve, bilan"
        basis = json.loads(row.basis)
        assert (basis["version"], basis["regles"], basis["au"]) == ("0.1.0", 1, "2026-06-30")
        assert basis["conditions"]["penalite/bilan/par_jour"].startswith("300,00 €")
        case = case_of(row)
        assert case.retained is None
        assert case.basis.facts[-1] == REPORT
        assert case.basis.typed.breaches == {Breach.FINAL_REPORT: REPORT}
        assert case.basis.typed.efforts == "Trois appels\nsans suite"
        # Put in the same case again: one case, the new amount.
        save_case(site.base, desk(site), saved.row)
        assert [case.row.case for case in desk(site).own_cases] == [saved.row]
        undo_last(site.base)
        undo_last(site.base)
        assert penalties.one(connection, saved.row) is None


DAY = date(2026, 7, 2)


def test_the_buyer_decides(tmp_path: Path) -> None:
    with ended(tmp_path, {**SNCF, "penalite/plafond/montant_fixe": "7000,00 €"}) as site:
        site.notice()
        case = save_case(site.base, desk(site)).row
        assert desk(site).penalty.amount == 7_000_00

        def decided(*arguments: Any) -> tuple[Any, ...]:
            record_decision(site.base, case, *arguments)
            row = penalties.one(site.base.connection, case)
            assert row is not None
            return (row.decision, row.decided_on, row.amount_cents, case_of(row).retained)

        for fault in (
            (PenaltyDecision.APPLIED, None),
            (PenaltyDecision.APPLIED, DAY, Money(1)),
            (PenaltyDecision.REDUCED, DAY),
            (PenaltyDecision.REDUCED, DAY, Money(7_000_00)),
        ):
            with pytest.raises(FieldErrors):
                decided(*fault)
        reduced = decided(PenaltyDecision.REDUCED, DAY, Money(6_500_00), "Courrier du 1er juillet")
        assert reduced == ("reduite", "2026-07-02", 6_500_00, 6_500_00)
        found = desk(site)
        # What the buyer kept counts under the same cap; what was taken off is taken off the days.
        assert found.bases.already == {PenaltyKind.PER_HOUR: 6_000_00, PenaltyKind.PER_DAY: 500_00}
        assert found.penalty.amount == 500_00
        assert "compté deux fois" in warned(found)
        assert found.own_cases[0].basis.comment == "Courrier du 1er juillet"
        assert read_cases(site.base.connection)[1:] == (0, 6_500_00)
        assert decided(PenaltyDecision.APPLIED, DAY) == ("appliquee", "2026-07-02", 7_000_00,
                                                         7_000_00)  # fmt: skip
        assert decided(PenaltyDecision.WAIVED, DAY)[-2:] == (7_000_00, 0)
        assert decided(PenaltyDecision.ABANDONED, DAY)[-1] == 0
        assert decided(PenaltyDecision.PROPOSED, None) == ("proposee", None, 7_000_00, None)
        listed = read_cases(site.base.connection)
        assert (len(listed.listed), listed.waiting, listed.kept) == (1, 7_000_00, 0)
        remove_record(site.base, "penalty_case", case)
        assert read_cases(site.base.connection).listed == ()
        with pytest.raises(RecordGone):
            record_decision(site.base, case, PenaltyDecision.APPLIED, DAY)


def test_efforts_are_gathered_and_nobody_is_named(tmp_path: Path) -> None:
    with ended(tmp_path, SNCF) as site:
        company = site.contract.company
        other = new_lot(site.base, site.contract.contract, company, number="2").obligation
        need = add(site.base, "need", company=company, obligation=None, post="Maçon",
                   number=2, asked_on="2026-02-01")  # fmt: skip
        add(site.base, "need", company=company, obligation=other, post="Grutier")
        add(site.base, "proposal", need=need, initials="J. C.", prescriber="france_travail",
            proposed_on="2026-02-10", answer="refuse", reason="mobilite")  # fmt: skip
        for entity, subject in (("company", company), ("contract", site.contract.contract)):
            call = {"kind": "appel", "date": "2026-03-01", "text": "Relance"}
            put(site.base, "follow_up", {"entity": entity, "subject": subject, **call})
        file = desk(site)
        assert [row.post for row in file.needs] == ["Maçon"]
        assert [(row.answer, row.reason) for row in file.proposals] == [("refuse", "mobilite")]
        assert len(file.exchanges) == 2
        assert "J. C." not in repr(file)


def test_typed_facts_come_back_and_nonsense_does_not() -> None:
    typed = TypedFacts(
        {
            Breach.HOURS: BreachFacts(Breach.HOURS, Hours(1_250), due_on=date(2028, 2, 29)),
            Breach.MEETING: BreachFacts(Breach.MEETING, occurrences=0),
            Breach.STATEMENT: None,
        },
        means_proven=True,
        efforts="[b]« appels »",
    )
    assert typed_facts(typed_text(typed)) == typed
    for nonsense in ("", "[]", "nul", "[" * 5_000, '{"constats": [1], "moyens": 1, "efforts": 2}'):
        assert typed_facts(nonsense) == TypedFacts()
    row = penalties.CaseRow(1, 1, "heures", "{nope", None, None, 5, "", "", None)
    assert case_of(row).basis == CaseBasis()
    odd = '{"propose": -1, "par_nature": {"par_heure": "x", "?": 3}, "constats": [3, {}], "au": 1}'
    assert case_of(row._replace(basis=odd)).basis == CaseBasis()


def test_a_long_basis_loses_its_sentences_first() -> None:
    basis = json.dumps({"propose": 5, "etapes": ["é" * 9_900]}, ensure_ascii=False)
    kept = json.loads(with_comment(basis, "Vu" * 200))
    assert (kept["propose"], kept["etapes"], kept["commentaire"]) == (5, [], "Vu" * 200)


def test_what_a_form_begins_with(tmp_path: Path) -> None:
    with ended(tmp_path, SNCF) as site:
        site.notice()
        file = desk(site)
        report = proposed_facts(file, Breach.FINAL_REPORT)
        assert (report.due_on, report.notice_on) == (date(2026, 5, 31), date(2026, 6, 10))
        assert proposed_facts(file, Breach.PROOFS).due_on == date(2026, 5, 15)
        assert proposed_facts(file, Breach.HOURS).missing == 100_00
        assert read_penalty_file(site.base.connection, 1, TODAY) is None
        stored = of_contracts(site.base.connection, [site.contract.contract])
        assert len(stored[site.contract.contract]) == len(SNCF)
