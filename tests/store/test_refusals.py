"""Each thing that is not a base has its own sentence, and is left as it is."""

import errno
import os
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from store_samples import sample_file
from suivi_tui.store.backup import restore
from suivi_tui.store.base import BaseRefused, create_base, open_base
from suivi_tui.store.engine import APPLICATION_ID, SCHEMA_VERSION


def missing(folder: Path) -> Path:
    return folder / "absente.db"


def missing_folder(folder: Path) -> Path:
    return folder / "nulle part" / "suivi.db"


def below_a_file(folder: Path) -> Path:
    return sample_file(folder) / "suivi.db"


def a_folder(folder: Path) -> Path:
    (folder / "dossier.db").mkdir()
    return folder / "dossier.db"


def empty(folder: Path) -> Path:
    (folder / "vide.db").touch()
    return folder / "vide.db"


def some_text(folder: Path) -> Path:
    (folder / "notes.db").write_text("marché;heures\n" * 50, encoding="utf-8")
    return folder / "notes.db"


def short(folder: Path) -> Path:
    (folder / "court.db").write_bytes(b"SQLite format 3\0" + b"\0" * 20)
    return folder / "court.db"


def foreign(folder: Path) -> Path:
    connection = sqlite3.connect(folder / "autre.db")
    connection.execute("CREATE TABLE card (id)")
    connection.commit()
    connection.close()
    return folder / "autre.db"


def hollow(folder: Path) -> Path:
    """Our number, and none of our tables."""
    connection = sqlite3.connect(folder / "creuse.db")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("CREATE TABLE buyer (id)")
    connection.commit()
    connection.close()
    return folder / "creuse.db"


CASES: list[tuple[Callable[[Path], Path], str]] = [
    (missing, "n'existe pas : rien n'a été créé"),
    (missing_folder, "Le dossier .* n'existe pas"),
    (below_a_file, "Le dossier .* n'existe pas"),
    (a_folder, "est un dossier, pas une base"),
    (empty, "est vide"),
    (some_text, "n'est pas une base de suivi"),
    (short, "n'est pas une base de suivi"),
    (foreign, "appartient à un autre programme"),
    (hollow, "endommagée ou illisible"),
]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() if file.is_file() else b""
        for file in folder.rglob("*")
    }


@pytest.mark.parametrize(("make", "words"), CASES, ids=lambda case: getattr(case, "__name__", ""))
@pytest.mark.parametrize("read_only", [False, True])
def test_each_cause_has_its_sentence_and_nothing_is_touched(
    tmp_path: Path, make: Callable[[Path], Path], words: str, read_only: bool
) -> None:
    path = make(tmp_path)
    before = tree(tmp_path)
    with pytest.raises(BaseRefused, match=words.replace(" :", "\u00a0:")) as refusal:
        open_base(path, read_only=read_only)
    if make is not hollow:
        assert tree(tmp_path) == before
    told = str(refusal.value)
    assert told.endswith(".")
    assert not re.search(r" [:;?!»]|« ", told), "French typography wants no-break spaces"
    target = sample_file(tmp_path, "actuelle.db")
    content = target.read_bytes()
    with pytest.raises(Exception, match=r"."):
        restore(path, target)
    assert target.read_bytes() == content


def test_the_sentences_are_all_different(tmp_path: Path) -> None:
    told = set()
    for number, (make, _) in enumerate(CASES):
        folder = tmp_path / str(number)
        folder.mkdir()
        with pytest.raises(BaseRefused) as refusal:
            open_base(make(folder))
        told.add(re.sub(r"/\S+", "", str(refusal.value)))
    assert len(told) >= 7


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "pas le droit de lire"),
        (OSError(errno.EIO, "Input/output error"), "n'a pas pu être lu"),
    ],
)
@pytest.mark.parametrize("name", ["open", "exists"])
def test_a_file_that_may_not_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, words: str, name: str
) -> None:
    path = sample_file(tmp_path)

    def refuse(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(Path, name, refuse)
        with pytest.raises(BaseRefused, match=words) as refusal:
            open_base(path)
    assert error.strerror not in str(refusal.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipe on this system")
def test_a_pipe_is_refused_instead_of_waiting_for_ever(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tube")
    with pytest.raises(BaseRefused, match="fichier ordinaire"):
        open_base(tmp_path / "tube")


@pytest.mark.parametrize("make", [a_folder, empty, some_text, foreign, sample_file])
def test_creating_never_touches_what_exists(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    path = make(tmp_path)
    before = tree(tmp_path)
    with pytest.raises(BaseRefused, match="existe déjà"):
        create_base(path)
    assert tree(tmp_path) == before


def test_creating_below_a_file_or_through_a_broken_link_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BaseRefused, match="n'a pas pu être créée"):
        create_base(below_a_file(tmp_path))
    (tmp_path / "lien.db").symlink_to(tmp_path / "ailleurs.db")
    with pytest.raises(BaseRefused, match="existe déjà"):
        create_base(tmp_path / "lien.db")
    assert not (tmp_path / "ailleurs.db").exists()


def test_creating_makes_the_folder_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "données" / "été 2026 #1 100%.db"
    create_base(path).close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    with open_base(path) as base:
        assert base.path == path
        if os.name == "posix":
            assert path.parent.stat().st_mode & 0o777 == 0o700
            base.set_setting("a", "b")
            modes = {file.name: file.stat().st_mode & 0o077 for file in path.parent.iterdir()}
            assert modes.pop(path.name + ".verrou") is not None
            assert set(modes.values()) == {0}


def test_rights_that_were_widened_are_narrowed_at_opening(tmp_path: Path) -> None:
    path = sample_file(tmp_path)
    path.chmod(0o644)
    open_base(path).close()
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_base_from_a_newer_release_is_refused_with_both_numbers(tmp_path: Path) -> None:
    path = sample_file(tmp_path)
    content = bytearray(path.read_bytes())
    content[60:64] = (SCHEMA_VERSION + 3).to_bytes(4, "big")
    path.write_bytes(content)
    for read_only in (False, True):
        with pytest.raises(BaseRefused) as refusal:
            open_base(path, read_only=read_only)
        assert f"(format {SCHEMA_VERSION + 3})" in str(refusal.value)
        assert f"jusqu'au format {SCHEMA_VERSION}." in str(refusal.value)
    assert tree(tmp_path) == {"suivi.db": bytes(content)}


def test_a_newer_number_still_in_the_log_is_seen(tmp_path: Path) -> None:
    """The header of the file is old, the log beside says the truth."""
    path = sample_file(tmp_path)
    writer = sqlite3.connect(path)
    writer.execute("PRAGMA journal_mode = WAL").fetchall()
    writer.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    (tmp_path / "copie.db").write_bytes(path.read_bytes())
    (tmp_path / "copie.db-wal").write_bytes((tmp_path / "suivi.db-wal").read_bytes())
    writer.close()
    for read_only in (True, False):
        with pytest.raises(BaseRefused, match=f"format {SCHEMA_VERSION + 1}"):
            open_base(tmp_path / "copie.db", read_only=read_only)
