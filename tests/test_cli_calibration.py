"""``calibrer``, as a script or a person at a prompt meets it."""

import json
from typing import Any

import pytest

from suivi_tui.cli import DONE, REFUSED, WRONG_USAGE, main

E1 = ("--montant", "1000000", "--part", "50", "--taux", "5", "--cout", "30")


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(["calibrer", *words, "--json"]) == DONE
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("words", "exact", "hours"),
    [
        (E1, "2500/3", 833),
        ((*E1, "--cout", "25"), "1000", 1000),
        ((*E1, "--arrondi", "dizaine"), "2500/3", 830),
        ((*E1, "--arrondi", "aucun"), "2500/3", 833.33),
        (("--methode", "heures", "--heures", "35 000", "--taux", "10 %"), "3500", 3500),
        (("--methode", "hors_reprise", "--heures", "20000", "--reprise", "15000", "--taux", "10"),
         "500", 500),
        (("--methode", "anru_travaux", "--heures", "40000"), "2000", 2000),
        (("--methode", "anru_gup", "--heures", "40000"), "4000", 4000),
        (("--methode", "par_montant", "--montant", "3,2 M€", "--seuil", "2,7 M€", "--pas",
          "2 000", "--heures-par-pas", "1"), "250", 250),
        (("--methode", "minimum", "--personnes", "2", "--semaines", "12"), "840", 840),
        (("--methode", "formation", "--montant", "100000", "--duree", "12"), "455/3", 151),
    ],
)  # fmt: skip
def test_each_method(
    words: tuple[str, ...], exact: str, hours: float, capsys: pytest.CaptureFixture[str]
) -> None:
    found = asked(capsys, *words)
    assert (found["exact"], found["heures"]) == (exact, hours)


def test_the_whole_answer(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, *E1, "--duree", "12")
    assert (found["methode"], found["arrondi"]) == ("montant", "unite")
    assert {each["code"]: each["valeur"] for each in found["entrees"]} == {
        "montant": "1000000", "part": "1/2", "taux": "1/20", "cout": "30",
    }  # fmt: skip
    assert found["entrees"][3]["source"] == "option --cout"
    assert len(found["formule"]) == 4
    assert found["sensibilite"][0]["code"] == "taux"
    assert found["faisabilite"]["verdict"] == "faisable"
    assert (found["faisabilite"]["personnes"], found["faisabilite"]["surcout"]) == (1, 2499.0)
    assert any("avant 2016" in warning for warning in found["avertissements"])


def test_the_hourly_cost_is_never_supposed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calibrer", *E1[:-2]]) == WRONG_USAGE
    captured = capsys.readouterr()
    told = captured.err.replace("\u00a0", " ")
    assert captured.out == ""
    assert told.startswith("Il manque : --cout. Le coût horaire n'est jamais supposé.")
    assert "avant 2016, 01/01/2016" in told


def test_the_share_of_a_trade(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--montant", "1M€", "--metier", "peinture", "--taux", "5", "--cout", "30")
    found = asked(capsys, *words)
    assert found["exact"] == "3500/3"
    share = found["entrees"][1]
    assert (share["affiche"].replace("\u00a0", " "), share["confiance"]) == ("70 %", "sûr")
    assert main(["calibrer", "--metier", "astronaute", *words[4:]]) == WRONG_USAGE
    assert "Maçonnerie" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((*E1, "--cout", "0"), WRONG_USAGE, "supérieur à 0"),
        ((*E1, "--part", "120"), WRONG_USAGE, "pourcentage de 0 à 100"),
        ((*E1, "--montant", "35.000"), WRONG_USAGE, "montant clair"),
        ((*E1, "--methode", "autre"), WRONG_USAGE, "n'existe pas"),
        (("--methode", "hors_reprise", "--heures", "10", "--reprise", "11", "--taux", "5"), REFUSED,
         "vérifiez"),
        (("--methode", "formation", "--montant", "1", "--duree", "11"), REFUSED, "12 mois"),
    ],
)  # fmt: skip
def test_what_cannot_be_computed(
    words: tuple[str, ...], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["calibrer", *words]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err.replace("\u00a0", " ")


def test_what_a_person_reads(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calibrer", *E1, "--duree", "12"]) == DONE
    told = capsys.readouterr().out.replace("\u00a0", " ")
    for text in (
        "Heures d'insertion : 25 000 € / 30 €/h ≈ 833,33 h",
        "Taux d'insertion : 5 % → 833,33 h ; 20 % → 3 333,33 h",
        "Faisabilité : faisable",
        "Surcoût : 2 499 €, soit 0,25 % du montant",
    ):
        assert text in told
