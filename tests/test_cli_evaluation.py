"""``evaluer`` as known on a date, frozen and checked; the buyer's report from the command line."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from builders import new_contract, new_hours, new_person, new_placement
from suivi_tui.cli import DONE, REFUSED, WRONG_USAGE, main
from suivi_tui.store.base import create_base
from suivi_tui.store.journal import changed, write

NOON = int(datetime(2026, 3, 15, 12, tzinfo=UTC).timestamp() * 1000)
MONTH_MS = 30 * 86_400_000


@pytest.fixture
def base(tmp_path: Path) -> str:
    """100 h declared on 15 March 2026; 80 h of them validated a month later."""
    moment = [NOON]
    path = tmp_path / "essai.db"
    with create_base(path, clock=lambda: moment[0]) as made:
        market = new_contract(made)
        place = new_placement(made, market, new_person(made))
        line = new_hours(made, place, 202602, 100_00)
        moment[0] += MONTH_MS
        write(made, [changed("hour_entry", line, "validated", 80_00)], label="Validation")
    return str(path)


def evaluated(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main(["evaluer", "--json", *words]) == DONE
    content: dict[str, object] = json.loads(capsys.readouterr().out)
    return content


def test_figures_as_known_on_a_date(base: str, capsys: pytest.CaptureFixture[str]) -> None:
    for day, validated in (("31/03/2026", 0), ("2026-03", 0), ("2026-04-20", 80)):
        hours = evaluated(capsys, "--base", base, "--tel-que-connu-le", day)["heures"]
        assert (hours["declarees"], hours["validees"]) == (100, validated)
    assert main(["evaluer", "--base", base, "--tel-que-connu-le", "31/03/2026"]) == DONE
    assert "donnait le 31 mars 2026 au soir" in capsys.readouterr().err.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("day", "said"),
    [("01/01/2025", "n'existait pas encore"), ("01/01/2190", "n'est pas encore passé")],
)
def test_a_day_without_an_answer(
    base: str, day: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluer", "--base", base, "--tel-que-connu-le", day]) == REFUSED
    assert said in capsys.readouterr().err


def test_a_synthesis_is_frozen_then_checked(base: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluer", "--base", base, "--figees"]) == DONE
    assert "Aucune synthèse figée" in capsys.readouterr().out
    assert main(["evaluer", "--base", base, "--figer", "Bilan <2026>"]) == DONE
    assert "Synthèse figée" in capsys.readouterr().err
    assert main(["evaluer", "--base", base, "--figees"]) == DONE
    assert "[identique] Bilan <2026>, figée le" in capsys.readouterr().out
    assert main(["evaluer", "--base", base, "--figees", "--json"]) == DONE
    (only,) = json.loads(capsys.readouterr().out)
    assert (only["nom"], only["etat"], only["reproduite"]) == ("Bilan <2026>", "identique", True)
    assert main(["evaluer", "--base", base, "--figees", "--figer", "x"]) == WRONG_USAGE


@pytest.mark.parametrize("name", ["rapport.html", "rapport.docx"])
def test_the_buyer_s_report(
    base: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / name
    words = ["exporter", "rapport-acheteur", "--base", base, "--vers", str(target)]
    assert main([*words, "--acheteur", "ville de valmont", "--nominatif"]) == DONE
    said = capsys.readouterr().err
    assert "Rapport écrit" in said and "toujours sans nom" in said
    assert target.stat().st_size > 1_000
    assert main([*words, "--acheteur", "Personne"]) == REFUSED
