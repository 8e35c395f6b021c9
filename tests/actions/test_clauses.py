"""The text of a clause from the base to the folder, sent, then held against the base."""

import json
from datetime import date
from pathlib import Path

import pytest

from builders import add, new_contract
from clause_world import FACILITATOR, PENALTIES, TODAY, Purchase
from suivi_tui.actions.clauses import (
    MARKDOWN,
    NoClauseText,
    make_clause,
    mark_clause_sent,
    prepare_clause,
    set_clause_terms,
    set_facilitator,
)
from suivi_tui.actions.records import FieldErrors, RecordGone, save_record
from suivi_tui.actions.terms import set_terms
from suivi_tui.documents.clause_filling import ClauseIncomplete
from suivi_tui.documents.clause_word import read_back
from suivi_tui.exchange.whole_file import NotWritten
from suivi_tui.readings.alerts import read_alerts
from suivi_tui.readings.term_texts import term_label, term_text
from suivi_tui.store.undo import undo_last
from suivi_tui.vocabulary.choices import ClausePiece

ALL = list(ClausePiece)


@pytest.fixture
def purchase(tmp_path: Path) -> Purchase:
    return Purchase(tmp_path)


def made_and_sent(purchase: Purchase, folder: Path, sent: date | None = TODAY) -> list[int]:
    """The documents of a whole pack, marked as sent."""
    made = make_clause(purchase.base, purchase.contract, ALL, folder, today=TODAY)
    documents = [one.document for one in made]
    if sent is not None:
        mark_clause_sent(purchase.base, documents, sent)
    return documents


def told(purchase: Purchase) -> list[str]:
    """The alerts about the text, plain spaces."""
    return [
        alert.message.replace("\u00a0", " ")
        for alert in read_alerts(purchase.base.connection, TODAY)
        if alert.code == "texte_different"
    ]


def test_a_pack_is_written_filed_and_read_back_equal_to_the_base(
    purchase: Purchase, tmp_path: Path
) -> None:
    made = make_clause(purchase.base, purchase.contract, ALL, tmp_path / "out", today=TODAY)
    folder = tmp_path / "out" / "clause-2026-014-2026-11-22"
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        f"{piece.value}.{suffix}" for piece in ALL for suffix in ("docx", "md")
    )
    base_values = prepare_clause(purchase.base, purchase.contract, today=TODAY).values
    assert base_values["lot/1/objectif"] == "120000"
    assert base_values["lot/2/objectif"] == "8000"
    assert base_values["penalite/heures/par_heure"] == PENALTIES["penalite/heures/par_heure"]
    read: dict[str, str] = {}
    for one in made:
        for path in one.paths:
            read |= read_back(path.name, path.read_bytes()).values
    assert read == base_values
    prepared = prepare_clause(purchase.base, purchase.contract, today=TODAY)
    assert {row.document for row in prepared.documents} == {one.document for one in made}
    kept = [json.loads(row.variables) for row in prepared.documents]
    assert {one["ensemble"] for one in kept} == {str(made[0].document)}
    assert all(row.sent_on is None and len(row.version) == 12 for row in prepared.documents)
    undo_last(purchase.base)
    assert prepare_clause(purchase.base, purchase.contract, today=TODAY).documents == ()


def test_nothing_is_said_before_the_text_is_sent_nor_while_it_says_the_same(
    purchase: Purchase, tmp_path: Path
) -> None:
    documents = made_and_sent(purchase, tmp_path / "out", sent=None)
    purchase.penalties({"penalite/releve/par_jour": "75,00 € ; jours calendaires ; dès l'échéance"})
    assert told(purchase) == []
    undo_last(purchase.base)
    mark_clause_sent(purchase.base, documents, TODAY)
    assert told(purchase) == []
    # What no piece says changes nothing.
    set_terms(purchase.base, purchase.contract, None, {"premier_mois": "2026-12"})
    assert told(purchase) == []


def test_a_value_that_moved_is_told_until_a_new_text_is_sent_or_the_base_corrected(
    purchase: Purchase, tmp_path: Path
) -> None:
    made_and_sent(purchase, tmp_path / "out")
    hourly = PENALTIES["penalite/heures/par_heure"].replace("50,00", "60,00")
    purchase.penalties({"penalite/heures/par_heure": hourly})
    purchase.amend(100_00)
    first = (
        "La base ne dit plus ce que dit le texte envoyé le 22/11/2026, objectif d'heures, lot 1 : "
        "1 300 heures au lieu de 1 200 heures ; pénalité par heure manquante : 60 € au lieu de "
        "50 €."
    )
    assert told(purchase) == [first]
    prepared = prepare_clause(purchase.base, purchase.contract, today=TODAY)
    assert prepared.sent is not None and len(prepared.sent.differences) == 2
    # Act one: another version, which counts once it is sent.
    again = made_and_sent(purchase, tmp_path / "out", sent=None)
    assert (tmp_path / "out" / "clause-2026-014-2026-11-22-2").is_dir()
    assert told(purchase) == [first]
    mark_clause_sent(purchase.base, again, TODAY)
    assert told(purchase) == []
    # Act two: the base goes back to what the text says.
    purchase.penalties(PENALTIES)
    assert told(purchase) == [
        "La base ne dit plus ce que dit le texte envoyé le 22/11/2026, pénalité par heure "
        "manquante : 50 € au lieu de 60 €."
    ]
    purchase.penalties({"penalite/heures/par_heure": hourly})
    assert told(purchase) == []


@pytest.mark.parametrize(
    ("day", "told_then"), [(date(2026, 11, 30), 0), (date(2026, 12, 1), 1), (date(2027, 1, 5), 1)]
)
def test_a_term_that_comes_later_differs_from_its_first_day(
    purchase: Purchase, tmp_path: Path, day: date, told_then: int
) -> None:
    made_and_sent(purchase, tmp_path / "out")
    add(purchase.base, "term", contract=purchase.contract, lot=None, code="cadence",
        value="trimestrielle", valid_from="2026-12-01")  # fmt: skip
    alerts = read_alerts(purchase.base.connection, day)
    assert [alert.code for alert in alerts].count("texte_different") == told_then


def test_before_anybody_owes_hours_the_text_has_those_entered_else_those_calibrated(
    tmp_path: Path,
) -> None:
    purchase = Purchase(tmp_path)
    base = purchase.base
    planned = new_contract(base, number="P-1", obligation=False, stage="projet", start=None)

    def objective() -> str | None:
        found = prepare_clause(base, planned.contract, today=TODAY).values
        return found.get("lot/0/objectif")

    assert objective() is None
    for day, result in (("2026-10-01", 700_00), ("2026-11-01", 833_00), ("2026-10-15", 650_00)):
        add(base, "calibration", contract=planned.contract, lot=None, method="montant",
            result=result, rounding="unite", made_on=day)  # fmt: skip
    assert objective() == "83300"
    set_clause_terms(base, planned.contract, planned.lot, {"clause/heures": 800_00})
    assert objective() == "80000"
    step = {"clause/formule": "par_montant", "formule/heures": 1_00, "formule/pas": 2_000_00}
    set_clause_terms(base, planned.contract, planned.lot, step)
    assert objective() == (
        "par_montant;formule/arrondi=pas_entiers;formule/assiette=facture;formule/heures=100;"
        "formule/lecture=au_dela;formule/pas=200000;formule/seuil=0"
    )
    set_clause_terms(base, planned.contract, planned.lot, {"clause/formule": None})
    set_clause_terms(base, planned.contract, planned.lot, {"clause/heures": None})
    assert objective() == "83300"


def test_refusals_leave_the_base_and_the_disk_as_they_were(
    purchase: Purchase, tmp_path: Path
) -> None:
    base, out = purchase.base, tmp_path / "out"
    with pytest.raises(NoClauseText):
        make_clause(base, purchase.contract, [], out, today=TODAY)
    save_record(base, "contract", purchase.contract, {"clause_form": "critere"})
    with pytest.raises(ClauseIncomplete) as refused:
        make_clause(base, purchase.contract, ALL, out, today=TODAY)
    assert refused.value.codes == ("poids",)
    for form, told in (("reserve", "Aucun texte"), ("", "n'est pas choisie")):
        save_record(base, "contract", purchase.contract, {"clause_form": form})
        with pytest.raises(NoClauseText, match=told):
            make_clause(base, purchase.contract, ALL, out, today=TODAY)
    save_record(base, "contract", purchase.contract, {"clause_form": "condition"})
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotWritten):
        make_clause(base, purchase.contract, ALL, tmp_path / "file", today=TODAY)
    assert not out.exists()
    assert prepare_clause(base, purchase.contract, today=TODAY).documents == ()
    with pytest.raises(RecordGone):
        prepare_clause(base, 1, today=TODAY)
    with pytest.raises(RecordGone):
        mark_clause_sent(base, [1], TODAY)


def test_one_piece_in_one_format(purchase: Purchase, tmp_path: Path) -> None:
    (made,) = make_clause(purchase.base, purchase.contract, [ClausePiece.COMMITMENT], tmp_path,
                          today=TODAY, formats=(MARKDOWN,))  # fmt: skip
    assert [path.name for path in made.paths] == ["ae.md"]


def test_what_only_the_text_needs_is_checked_and_told_in_french(purchase: Purchase) -> None:
    base, contract = purchase.base, purchase.contract
    values = {"clause/poids": 15_00, "clause/publics": ["RSA", "QPV"],
              "clause/delai_justificatifs": 10}  # fmt: skip
    set_clause_terms(base, contract, None, values)
    found = prepare_clause(base, contract, today=TODAY).values
    assert (found["poids"], found["publics"]) == ("1500", "RSA+QPV")
    wrong = {"clause/poids": 101_00, "clause/publics": ["ZZZ"], "clause/autre": 1}
    with pytest.raises(FieldErrors) as refused:
        set_clause_terms(base, contract, None, wrong)
    assert set(refused.value.fields) == set(wrong)
    assert term_label("clause/poids") == "Poids du critère social"
    assert term_text("clause/publics", "RSA+QPV") == "Bénéficiaire du RSA, Habitant d'un QPV"


def test_whom_to_call_is_kept_in_the_directory(purchase: Purchase) -> None:
    base, contract = purchase.base, purchase.contract
    set_facilitator(base, contract, FACILITATOR._replace(phone="06 00 00 00 00"))
    listed = base.connection.execute("SELECT name, phone FROM directory_entry").fetchall()
    assert listed == [("Alix Essai", "06 00 00 00 00")]
    found = prepare_clause(base, contract, today=TODAY).values
    assert found["facilitateur/telephone"] == "06 00 00 00 00"
    with pytest.raises(FieldErrors):
        set_facilitator(base, contract, FACILITATOR._replace(name=" "))
