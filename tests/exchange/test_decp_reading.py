"""Files refused as a whole: one French sentence each, never another exception."""

import json
from pathlib import Path

import pytest

from suivi_tui.exchange.decp import UnreadableFile, read_decp

CONTRACT = {"id": "M1", "acheteur": {"id": "21590163800019"}, "objet": "Façades"}
ONE = json.dumps({"marches": {"marche": [CONTRACT]}}, ensure_ascii=False)
HEADER = "id,acheteur_id,montant\n"


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "a.json", "est vide"),
        (b"\xef\xbb\xbf \n", "a.csv", "est vide"),
        (b"PK\x03\x04xxxx", "a.xlsx", "classeur ou une archive"),
        (b"\x00\x01\x02\xff" * 20, "a.json", "pas un fichier de texte"),
        (ONE.encode("utf-16"), "a.json", "UTF-16"),
        (ONE.encode("cp1252"), "a.json", "pas encodé en UTF-8"),
        (ONE[:-9].encode(), "a.json", "tronqué"),
        (ONE[: ONE.index("Fa") + 3].encode(), "a.json", "tronqué"),
        (b'{"marches": [}', "a.json", "pas un JSON valable (ligne 1)"),
        (b"bonjour", "a.json", "pas un JSON valable"),
        (b"[" * 100_000 + b"]" * 100_000, "a.json", "trop profondément"),
        (b'{"marches": [{"montant": ' + b"9" * 5000 + b"}]}", "a.json", "nombre démesuré"),
        (b'{"bonjour": 1}', "a.json", "ne contient pas de marchés"),
        (b"null", "a.json", "ne contient pas de marchés"),
        (b"<?xml version='1.0'?><marches/>", "a.xml", "seuls le JSON et le CSV"),
        (b"nom;prenom\nun;deux\n", "a.csv", "colonnes des données essentielles"),
        (HEADER.encode() + b"M1,21590163800019", "a.csv", "tronqué"),
        (HEADER.rstrip().encode(), "a.csv", "tronqué"),
        (HEADER.encode() + b'M1,"21590163800019,5\nM2,1,2\n', "a.csv", "guillemet"),
        (HEADER.encode() + "é,1,2\n".encode() + b"\xe9,1,2\n", "a.csv", "deux encodages"),
    ],
)
def test_an_unreadable_file_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, name: str, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as refusal:
        read_decp(path)
    message = str(refusal.value).replace("\u00a0", " ")
    assert told in message
    assert message.startswith(f"Le fichier « {name} » n'a pas été lu")
    assert "la base est inchangée" in message
    assert message.count(".") - name.count(".") == 1 and "\n" not in message


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="n'existe pas"):
        read_decp(tmp_path / "absent.json")
    with pytest.raises(UnreadableFile, match="pas un fichier"):
        read_decp(tmp_path)


def test_caps_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([CONTRACT] * 4))
    monkeypatch.setattr("suivi_tui.exchange.decp.shapes.MAX_RECORDS", 3)
    with pytest.raises(UnreadableFile, match="enregistrements"):
        read_decp(path)
    monkeypatch.setattr("suivi_tui.exchange.decp.reading.MAX_ITEMS", 3)
    with pytest.raises(UnreadableFile, match="trop d'éléments"):
        read_decp(path)
    monkeypatch.setattr("suivi_tui.exchange.decp.reading.MAX_BYTES", 10)
    with pytest.raises(UnreadableFile, match="dépasse"):
        read_decp(path)


def test_a_hostile_file_name_is_shown_harmless(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\u202e.json"
    path.write_text("{}")
    with pytest.raises(UnreadableFile) as refusal:
        read_decp(path)
    assert "\x1b" not in str(refusal.value) and "\u202e" not in str(refusal.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_json_is_read_with_or_without_mark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(ONE.encode(encoding))
    assert [record.object for record in read_decp(path).records] == ["Façades"]
