"""The variables of a clause: kept whole, told in French, compared value by value."""

from typing import Any

import pytest

from clause_world import PENALTIES, SHAPES, TODAY, facts
from suivi_tui.rules.alert_facts import ContractFacts
from suivi_tui.rules.alerts_contract import text_differs
from suivi_tui.rules.clause_texts import (
    LABELS,
    PUBLIC_TEXTS,
    TextFacts,
    differences,
    label_of_value,
    place_of_value,
    text_of_value,
)
from suivi_tui.rules.clause_variables import (
    Facilitator,
    LotFacts,
    keyed_lots,
    objective_value,
    read_objective,
    values_of,
)
from suivi_tui.rules.owed_formula import PerTranche
from suivi_tui.vocabulary.choices import Criterion
from suivi_tui.vocabulary.hours import Hours


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_owed_on_a_lot_is_kept_and_read_back(shape: str) -> None:
    for lot in facts(**SHAPES[shape]).lots:
        value = objective_value(lot)
        if lot.hours is None and lot.formula is None:
            assert value == ""
            continue
        found = read_objective(value)
        assert found is not None
        assert (found.hours or lot.hours) == lot.hours
        if lot.formula is not None:
            assert found.formula == lot.formula


def test_every_variable_has_a_name_a_place_and_words() -> None:
    known = {label for label, _ in LABELS.values()}
    for shape in SHAPES.values():
        for code, value in values_of(facts(**shape)).items():
            label = label_of_value(code)
            assert label in known or ("/" not in label and "_" not in label), code
            assert place_of_value(code)
            text = text_of_value(code, value)
            assert text and "None" not in text and "_" not in text.replace("2026-014", ""), code
    assert set(PUBLIC_TEXTS) == set(Criterion)
    assert all((label and label[:1].islower()) or label.startswith("CCAG")
               for label, _ in LABELS.values())  # fmt: skip


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("lot/1/objectif", "120000", "1 200 heures"),
        ("lot/1/objectif", "150", "1,50 heure"),
        ("lot/1/objectif", "par_tranche;30000", "300 heures pour la tranche ferme"),
        ("lot/1/tranche/1", "15000|Option 1", "Option 1 : 150 heures"),
        ("jour_releve", "1", "1er"),
        ("jour_releve", "10", "10"),
        ("poids", "1250", "12,50 %"),
        ("fenetre_mois", "24", "24 mois"),
        ("penalite/heures/par_heure", "60,00 € ; dès l'échéance",
         "60 € par heure d'insertion non réalisée, dès le lendemain de l'échéance, sans mise en "
         "demeure préalable"),
        ("penalite/reunion/forfait", "500,00 € ; dès l'échéance",
         "500 € par absence à une réunion de suivi, dès le lendemain de l'échéance, sans mise en "
         "demeure préalable"),
        ("penalite/justificatifs/par_jour", "50,00 € ; jours ouvrés ; après mise en demeure",
         "50 € par jour ouvré de retard dans la remise des justificatifs, à compter du lendemain "
         "de la mise en demeure"),
        ("penalite/plafond/montant_annuel", "20 %",
         "20 % du montant annuel du marché, toutes pénalités de la clause confondues"),
        ("penalite/plafond/montant_fixe/par_jour", "8500,00 €",
         "8 500 €, pour les seules pénalités de retard"),
    ],
)  # fmt: skip
def test_values_in_words(code: str, value: str, text: str) -> None:
    assert plain(text_of_value(code, value)) == text


def changed(**changes: Any) -> list[str]:
    """What differs from a text that says everything, once the base has changed."""
    before, now = values_of(facts()), values_of(facts(**changes))
    return [plain(one.sentence) for one in differences(before, now)]


def hourly(rate: str) -> dict[str, str]:
    return {**PENALTIES, "penalite/heures/par_heure": rate}


MEANS = "après mise en demeure ; remise si tous les moyens sont prouvés"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, []),
        ({"penalties": hourly(f"50,01 € ; {MEANS}")},
         ["pénalité par heure manquante : 50,01 € au lieu de 50 €"]),
        ({"penalties": hourly(f"60,00 € ; {MEANS}")},
         ["pénalité par heure manquante : 60 € au lieu de 50 €"]),
        ({"lots": (LotFacts("1", "Gros œuvre", Hours(1_200_01)), LotFacts("2", "Peinture"))},
         ["objectif d'heures, lot 1 : 1 200,01 heures au lieu de 1 200 heures"]),
        ({"lots": (LotFacts("1", "Gros œuvre", Hours(1_200_00)), LotFacts("2", "Peinture",
                                                                          Hours(80_00)))},
         ["objectif d'heures, lot 2 : 80 heures, absent du texte"]),
        ({"lots": (LotFacts("1", "Gros œuvre"), LotFacts("2", "Peinture"))},
         ["objectif d'heures, lot 1 : absent de la base, 1 200 heures dans le texte"]),
        ({"cadence": "trimestrielle", "due_day": 15},
         ["cadence des relevés : trimestrielle au lieu de mensuelle",
          "jour limite du relevé : 15 au lieu de 10"]),
        ({"pooling": True}, ["globalisation des heures : admise au lieu de non admise"]),
        ({"facilitator": Facilitator("Alix Essai")}, []),
        ({"facilitator": Facilitator("Sam Autre")},
         ["nom du facilitateur : Sam Autre au lieu de Alix Essai"]),
    ],
)  # fmt: skip
def test_what_differs_is_told_value_by_value(changes: dict[str, Any], told: list[str]) -> None:
    assert changed(**changes) == told


def test_a_penalty_whose_rate_is_the_same_is_told_whole() -> None:
    (told,) = changed(penalties=hourly("50,00 € ; après mise en demeure"))
    assert "sans" not in told and told.endswith("tous les moyens dont il disposait")


def test_a_text_that_says_nothing_of_a_value_does_not_differ_by_it() -> None:
    shown = {code: value for code, value in values_of(facts()).items() if code != "cadence"}
    assert differences(shown, values_of(facts(cadence="trimestrielle", general="fcs"))) == ()


def test_the_alert_names_what_differs_and_stays_silent_when_nothing_does() -> None:
    before = values_of(facts())
    for now, told in ((before, 0), (values_of(facts(due_day=11)), 1)):
        text = TextFacts(TODAY, differences(before, now))
        alerts = text_differs(ContractFacts(1, text=text))
        assert [alert.code for alert in alerts] == ["texte_different"] * told
        assert not text_differs(ContractFacts(1, stage="clos", text=text))
        assert not text_differs(ContractFacts(1, taken_up=False, text=text))
    (alert,) = alerts
    assert plain(alert.message) == (
        "La base ne dit plus ce que dit le texte envoyé le 22/11/2026, jour limite du relevé : "
        "11 au lieu de 10."
    )
    assert alert.measure == 1 and text_differs(ContractFacts(1)) == []


def test_lots_that_share_a_number_stay_apart() -> None:
    lots = (LotFacts("1/A"), LotFacts("1/A"), LotFacts(""))
    assert list(keyed_lots(lots)) == ["1-A", "1-A (2)", "0"]


def test_what_cannot_be_read_is_told_as_it_is() -> None:
    assert read_objective("par_montant;rien") is None
    assert text_of_value("lot/1/objectif", "par_montant;rien") == "par_montant;rien"
    assert objective_value(LotFacts("1", missing="le pourcentage")) == ""
    assert read_objective("par_tranche") == (None, PerTranche())
