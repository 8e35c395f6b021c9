"""The command line as a user or a script meets it: words, exit codes, nothing else touched."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from suivi_tui import __version__
from suivi_tui.cli import DONE, REFUSED, WRONG_USAGE, main
from suivi_tui.cli_opening import opening
from suivi_tui.cli_parser import build_parser

ENGLISH = ("usage:", "positional", "optional arguments", "show this", "required:", "invalid")


@pytest.fixture
def base(tmp_path: Path) -> str:
    path = tmp_path / "essai.db"
    people = tmp_path / "personnes.csv"
    people.write_text("participant;nom;prenom;naissance\nP1;Exemple;Camille;1990-01-31\n", "utf-8")
    assert main(["importer", "participants", str(people), "--base", str(path)]) == DONE
    return str(path)


@pytest.mark.parametrize(
    "words",
    [[], ["demo"], ["--base", "b.db"], ["demo", "--base", "b.db"], ["--base", "b.db", "demo"]],
)
def test_what_opens_the_application_is_read_as_the_grammar_does(words: list[str]) -> None:
    assert opening(words) == build_parser(__version__).parse_args(words, SimpleNamespace())


@pytest.mark.parametrize(
    "words", [["--base"], ["--base", "--json"], ["demo", "--au", "hier"], ["alertes"], ["--help"]]
)
def test_any_other_command_is_left_to_the_grammar(words: list[str]) -> None:
    assert opening(words) is None


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == DONE
    assert capsys.readouterr().out.strip() == f"suivi-tui {__version__}"


@pytest.mark.parametrize(
    "verb",
    [None, "demo", "importer", "exporter", "alertes", "evaluer", "formulaire", "verifier",
     "sauvegarder", "restaurer"],
)  # fmt: skip
def test_help_is_french(verb: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*([verb] if verb else []), "--help"]) == DONE
    text = capsys.readouterr().out
    assert "usage\u00a0:" in text
    assert not [word for word in ENGLISH if word in text]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["inconnu"], "n'existe pas"),
        (["importer"], "il manque"),
        (["importer", "factures", "f.csv"], "n'existe pas"),
        (["alertes", "--faux"], "mots en trop"),
        (["evaluer", "--base-etp", "beaucoup"], "n'est pas comprise"),
        (["evaluer", "--base-etp", "0"], "n'est pas comprise"),
        (["evaluer", "--du", "2026-13"], "n'est pas un mois"),
        (["alertes", "--au", "32/13/2026"], "n'est pas une date"),
        (["demo", "--au", "jadis"], "n'est pas une date"),
        (["importer", "decp", "f.json", "--depuis", "32/13/2026"], "n'est pas une date"),
        (["importer", "heures", "f.csv", "--mois", "treize"], "n'est pas un mois"),
        (["exporter", "synthese", "--au", "99"], "n'est pas un mois"),
        (["formulaire", "--tous"], "il manque"),
        (["formulaire", "--tous", "--mois", "octembre"], "n'est pas un mois"),
        (["sauvegarder", "--vers"], "il manque une valeur"),
        (["exporter", "tout"], "n'est pas un tableau"),
        (["exporter"], "Indiquez un tableau"),
    ],
)
def test_a_badly_written_command_is_explained_in_french(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == WRONG_USAGE
    text = capsys.readouterr().err
    assert said in text
    assert not [word for word in ENGLISH if word in text]


@pytest.mark.parametrize("verb", ["alertes", "evaluer", "verifier", "sauvegarder"])
def test_reading_never_creates_a_base(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([verb, "--base", str(tmp_path / "absente.db")]) == REFUSED
    assert "n'existe pas" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_base_and_json_stand_before_or_after_the_verb(
    base: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = []
    for arguments in (
        ["--base", base, "--json", "evaluer"],
        ["evaluer", "--base", base, "--json"],
        ["--json", "evaluer", "--base", base],
    ):
        assert main(arguments) == DONE
        answers.append(json.loads(capsys.readouterr().out))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["base_etp"] == 1600


def test_data_goes_to_standard_output_and_messages_elsewhere(
    base: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["exporter", "participants", "--nominatif", "--base", base]) == DONE
    assert "Camille" in capsys.readouterr().out
    target = tmp_path / "sortie.csv"
    assert main(["exporter", "participants", "--vers", str(target), "--base", base]) == DONE
    said = capsys.readouterr()
    assert said.out == ""
    assert str(target) in said.err
    assert "Camille" not in target.read_text("utf-8-sig")


def test_a_sound_base_is_said_sound(base: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["verifier", "--json", "--base", base]) == DONE
    assert json.loads(capsys.readouterr().out) == {"ok": True, "constats": []}


def test_a_backup_restores_elsewhere(
    base: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy, other = tmp_path / "copie.db", tmp_path / "autre.db"
    assert main(["sauvegarder", "--vers", str(copy), "--base", base]) == DONE
    assert main(["restaurer", str(copy), "--base", str(other)]) == DONE
    capsys.readouterr()
    assert main(["exporter", "participants", "--nominatif", "--base", str(other)]) == DONE
    assert "Camille" in capsys.readouterr().out


def test_a_refused_file_exits_1_and_the_others_come_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "bon.csv", tmp_path / "vide.csv"
    good.write_text("participant;nom\nP1;Exemple\n", "utf-8")
    bad.write_bytes(b"")
    base = str(tmp_path / "b.db")
    arguments = ["importer", "participants", str(bad), str(good), "--json", "--base", base]
    assert main(arguments) == REFUSED
    first, second = json.loads(capsys.readouterr().out)
    assert first["erreur"] and first["lus"] == 0
    assert second["erreur"] is None and second["crees"] == 1


def test_an_unforeseen_error_is_a_sentence_without_names(
    base: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    def broken(*_: object, **__: object) -> None:
        secret = "CANARI Zoé"
        raise RuntimeError(secret)

    monkeypatch.setattr("suivi_tui.readings.evaluation.evaluate", broken)
    assert main(["evaluer", "--base", base]) == REFUSED
    said = capsys.readouterr()
    assert "Traceback" not in said.err and "CANARI" not in said.err
    written = [path.read_text("utf-8") for path in own_home.rglob("*.log")]
    assert written and not [text for text in written if "CANARI" in text]


@pytest.mark.parametrize("arguments", [[], ["demo"]])
def test_the_application_wants_a_terminal(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--base", str(tmp_path / "b.db")]) == WRONG_USAGE
    assert "dans un terminal" in capsys.readouterr().err


def test_a_name_may_bear_its_accents(base: str, tmp_path: Path) -> None:
    assert main(["exporter", "synthèse", "--base", base, "--vers", str(tmp_path / "s.csv")]) == 0
