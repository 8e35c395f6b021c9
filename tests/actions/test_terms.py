"""Terms of a contract: set, changed, taken back, refused with a sentence; one batch each."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import NewContract, add, new_base, new_company, new_contract, new_lot
from suivi_tui.actions.records import FieldErrors, RecordGone
from suivi_tui.actions.terms import set_terms
from suivi_tui.actions.undoing import undo_last
from suivi_tui.rules.terms import ContractTerms, terms_of
from suivi_tui.store.base import Base
from suivi_tui.store.queries.terms import of_contracts
from suivi_tui.vocabulary.choices import Cadence, CheckGravity, HolderDeclares
from suivi_tui.vocabulary.months import Month

EVERYTHING: dict[str, Any] = {
    "cadence": "trimestrielle",
    "jour_releve": 10,
    "premier_mois": Month(202603),
    "titulaire_declare": HolderDeclares.NEVER,
    "globalisation": "oui",
    "fenetre_mois": "18",
    "controle/mois_futur": CheckGravity.IGNORE,
}


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as made:
        yield made


@pytest.fixture
def market(base: Base) -> NewContract:
    return new_contract(base)


def in_force(base: Base, contract: int, lot: int | None = None) -> ContractTerms:
    rows = of_contracts(base.connection, [contract]).get(contract, [])
    return terms_of([row.line for row in rows], lot, date(2026, 6, 1))


def test_every_term_is_set_and_taken_back(base: Base, market: NewContract) -> None:
    agency = new_company(base, name="Intérim du Val", kind="ETTI")
    given = {**EVERYTHING, "declarant": [agency, "Nouvelle structure", agency]}
    receipt = set_terms(base, market.contract, None, given)
    said = in_force(base, market.contract)
    assert said.cadence is Cadence.QUARTERLY
    assert (said.due_day, said.first_month, said.window_months) == (10, 202603, 18)
    assert said.holder_declares is HolderDeclares.NEVER
    assert said.pooling and said.gravities == {"mois_futur": CheckGravity.IGNORE}
    assert len(said.declarants) == 2 and said.declarants[0] == agency
    # One batch, the new company in it; saying the same again writes nothing.
    batches = base.connection.execute(
        "SELECT DISTINCT batch FROM journal WHERE entity = 'term' OR value LIKE '%Nouvelle str%'"
    )
    assert batches.fetchall() == [(receipt.batch,)]
    names = {"declarant": ["Nouvelle structure", "intérim du val"]}
    assert set_terms(base, market.contract, None, {**given, **names}).lines == 0
    back = dict.fromkeys([*EVERYTHING, "declarant"])
    set_terms(base, market.contract, None, back)
    assert in_force(base, market.contract) == ContractTerms()
    undo_last(base)
    assert in_force(base, market.contract) == said


def test_only_what_differs_changes(base: Base, market: NewContract) -> None:
    first, second = (new_company(base, name=name) for name in ("Un", "Deux"))
    set_terms(base, market.contract, None, {"jour_releve": 5, "declarant": [first]})
    before = {row.code: row.term for row in of_contracts(base.connection, [market.contract])[
        market.contract]}  # fmt: skip
    set_terms(base, market.contract, None, {"jour_releve": "07", "declarant": [second, first]})
    rows = of_contracts(base.connection, [market.contract])[market.contract]
    assert {row.code: row.value for row in rows if row.code == "jour_releve"} == {
        "jour_releve": "7"
    }
    assert before["jour_releve"] in {row.term for row in rows}
    assert sorted(row.value for row in rows if row.code == "declarant") == sorted(
        map(str, (first, second))
    )
    # Two values of one term, or one dated, become one that holds from ever.
    add(base, "term", contract=market.contract, code="jour_releve", value="9")
    add(base, "term", contract=market.contract, code="jour_releve", value="9",
        valid_from="2026-09-01")  # fmt: skip
    set_terms(base, market.contract, None, {"jour_releve": 12})
    stored = of_contracts(base.connection, [market.contract])[market.contract]
    assert [(row.value, row.valid_from) for row in stored if row.code == "jour_releve"] == [
        ("12", None)
    ]


def test_a_lot_says_otherwise_than_its_contract(base: Base, market: NewContract) -> None:
    lot = new_lot(base, market.contract, market.company, number="2").lot
    set_terms(base, market.contract, None, {"fenetre_mois": 12, "globalisation": "oui"})
    receipt = set_terms(base, market.contract, lot, {"fenetre_mois": 18, "globalisation": "non"})
    assert (in_force(base, market.contract, lot).window_months,
            in_force(base, market.contract, lot).pooling) == (18, False)  # fmt: skip
    assert in_force(base, market.contract, market.lot).window_months == 12
    label = base.connection.execute(
        "SELECT label FROM batch WHERE id = ?", (receipt.batch,)
    ).fetchone()[0]
    assert label == "Conditions\u00a0: marché 2026-01 lot 2"
    set_terms(base, market.contract, lot, {"fenetre_mois": None})
    assert in_force(base, market.contract, lot).window_months == 12


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"jour_releve": 0}, "un jour de 1 à 28"),
        ({"jour_releve": 29}, "un jour de 1 à 28"),
        ({"jour_releve": "-1"}, "un jour de 1 à 28"),
        ({"fenetre_mois": 1201}, "un nombre de mois de 1 à 1200"),
        ({"fenetre_mois": "٣"}, "un nombre de mois"),
        ({"premier_mois": "13/2026"}, "n'est pas un mois"),
        ({"cadence": "annuelle"}, "pas dans la liste"),
        ({"titulaire_declare": "peut-être"}, "pas dans la liste"),
        ({"globalisation": "peut-être"}, "oui ou non"),
        ({"controle/mois_futur": "refuser"}, "pas dans la liste"),
        ({"controle/inconnu": "avertir"}, "ce contrôle n'existe pas"),
        ({"penalite": "12"}, "champ inconnu"),
        ({"declarant": [123]}, "n'est plus dans la base"),
    ],
)
def test_what_is_refused(
    base: Base, market: NewContract, values: dict[str, Any], fault: str
) -> None:
    with pytest.raises(FieldErrors, match="Rien n'a été enregistré") as refused:
        set_terms(base, market.contract, None, {"cadence": "mensuelle", **values})
    (said,) = refused.value.fields.values()
    assert fault in said
    assert fault in str(refused.value)
    assert of_contracts(base.connection, [market.contract]) == {}


def test_every_fault_is_said_at_once_under_the_name_of_its_term(
    base: Base, market: NewContract
) -> None:
    add(base, "company", name="Double", kind="ETTI")
    add(base, "company", name="Double", kind="ETTI")
    values = {"jour_releve": 31, "declarant": [market.company, "double"]}
    with pytest.raises(FieldErrors) as refused:
        set_terms(base, market.contract, None, values)
    assert list(refused.value.fields) == ["jour_releve", "declarant/1"]
    assert "jour limite d'envoi du relevé\u00a0: un jour" in str(refused.value)
    assert "relevé attendu aussi de\u00a0: plusieurs fiches" in str(refused.value)


def test_a_lot_of_another_contract_is_gone(base: Base, market: NewContract) -> None:
    other = new_contract(base, number="2026-02", company=market.company)
    for contract, lot in ((market.contract, other.lot), (1, None), (market.contract, 1)):
        with pytest.raises(RecordGone):
            set_terms(base, contract, lot, {"jour_releve": 5})
