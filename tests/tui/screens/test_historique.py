"""Screen 0: batches, undo with later changes, backups, verification, settings."""

import sqlite3
from pathlib import Path

import pytest

from builders import new_base, new_company, new_person
from driving import running, screen_text, toasts
from people_samples import SIZES, Town, app_on, fill, press
from suivi_tui import paths
from suivi_tui.actions.records import save_record
from suivi_tui.store.base import open_base
from suivi_tui.store.journal import changed, created, write
from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.plain import shown
from suivi_tui.tui.screens.historique.enregistrement import BatchDetail
from suivi_tui.tui.screens.historique.verification import VerificationDialog
from suivi_tui.tui.widgets.paged_list import PagedList
from tui_samples import HOSTILE


def labels(app: object) -> list[str]:
    """The batches listed, the latest first."""
    found = app.screen.query_one("#batches", PagedList)
    return [row.cells[1] for row in found.rows]


@pytest.mark.parametrize("size", SIZES)
async def test_a_batch_is_opened_line_by_line_then_undone(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    base = new_base(tmp_path)
    company = new_company(base, name="Avant")
    save_record(base, "company", company, {"name": "Après"})
    app = app_on(base, "historique")
    async with running(app, size) as pilot:
        assert labels(app)[0] == "Modification\u00a0: entreprise Après"
        assert "Alix Essai" in screen_text(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, BatchDetail)
        assert "Nom\u00a0: Avant → Après" in screen_text(app)
        await press(pilot, "u")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "o")
        assert base.connection.execute("SELECT name FROM company").fetchone() == ("Avant",)
        assert "(annulé)" in screen_text(app)
        await press(pilot, "u")
        assert isinstance(app.screen, BatchDetail)
        await press(pilot, "escape")
        assert labels(app)[0] == "Annulation\u00a0: Modification\u00a0: entreprise Après"
        assert "annulé" in screen_text(app)


def _changed_since(base: object) -> tuple[int, int]:
    """Two companies made together, one of them changed since by another act."""
    first, second = base.new_id(), base.new_id()
    write(
        base,
        [created("company", first, {"name": "Un"}), created("company", second, {"name": "Deux"})],
        label="Deux entreprises",
    )
    write(base, [changed("company", first, "name", "Un bis")], label="Ensuite")
    return first, second


@pytest.mark.parametrize(("answer", "left"), [("o", ["Un bis"]), ("n", ["Un bis", "Deux"])])
async def test_later_changes_are_kept_or_the_undo_given_up(
    tmp_path: Path, answer: str, left: list[str]
) -> None:
    base = new_base(tmp_path)
    _changed_since(base)
    app = app_on(base, "historique")
    async with running(app) as pilot:
        await press(pilot, "down", "u", "o")
        assert isinstance(app.screen, Confirm)
        assert "modifiée ou utilisée depuis" in screen_text(app).replace("\n", " ")
        await press(pilot, answer)
        rows = base.connection.execute("SELECT name FROM company WHERE removed = 0 ORDER BY id")
        assert [name for (name,) in rows] == left


async def test_ctrl_z_asks_the_same_question(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    first, _ = _changed_since(base)
    # Somebody else's later change: the last act of this person is the making of both.
    other = base.new_id()
    write(base, [created("author", other, {"name": "Lou"})], label="Autrice")
    app = app_on(base, "historique", undo_last=_undo_the_first)
    async with running(app) as pilot:
        await press(pilot, "ctrl+z")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "o")
        rows = base.connection.execute("SELECT id FROM company WHERE removed = 0").fetchall()
        assert rows == [(first,)]
        assert toasts(app)[-1].startswith("Annulé")


def _undo_the_first(base: object, keep_later: bool = False) -> str:
    from suivi_tui.actions.undoing import undo_batch

    batch = base.connection.execute(
        "SELECT id FROM batch WHERE label = 'Deux entreprises'"
    ).fetchone()[0]
    return undo_batch(base, batch, keep_later=keep_later)


@pytest.mark.parametrize("size", SIZES)
async def test_a_backup_is_made_then_put_back(tmp_path: Path, size: tuple[int, int]) -> None:
    base = new_base(tmp_path)
    new_person(base, last="AVANT")
    app = app_on(base, "historique")
    async with running(app, size) as pilot:
        assert "Aucune sauvegarde. Touche s" in screen_text(app)
        await press(pilot, "s")
        assert "1 sur 1" in screen_text(app)
        app.desk.write(lambda base: new_person(base, last="APRES"))
        await press(pilot, "tab", "r")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "o")
        assert any(toast.startswith("Sauvegarde restaurée") for toast in toasts(app))
        assert not any("APRES" in label for label in labels(app))
        seen: list[object] = []
        app.desk.read("people", lambda base: base.connection.execute(
            "SELECT last FROM participant").fetchall(), seen.append)  # fmt: skip
        await press(pilot, "down")
        assert seen == [[("AVANT",)]]
    kept = [path for path in tmp_path.glob("*.db") if "avant-restauration" in path.name]
    assert len(kept) == 1


async def test_a_damaged_backup_leaves_the_base_open_and_whole(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    new_person(base, last="AVANT")
    app = app_on(base, "historique")
    async with running(app) as pilot:
        await press(pilot, "s")
        copy = Path(str(app.screen.query_one("#backups", PagedList).rows[0].id))
        copy.write_bytes(b"rien")
        await press(pilot, "tab", "r", "o")
        assert toasts(app)
        assert not any("restaurée." in toast for toast in toasts(app))
        await press(pilot, "shift+tab", "enter")
        assert isinstance(app.screen, BatchDetail)
    with open_base(tmp_path / "suivi.db") as again:
        assert again.connection.execute("SELECT last FROM participant").fetchone() == ("AVANT",)


async def test_a_sound_base_is_said_sound(tmp_path: Path) -> None:
    app = app_on(Town(tmp_path).base, "historique")
    async with running(app) as pilot:
        await press(pilot, "v")
        assert isinstance(app.screen, VerificationDialog)
        assert "La base est saine" in screen_text(app)
        assert "Rétablir" not in screen_text(app)


@pytest.mark.parametrize(("key", "name"), [("r", "Vrai"), ("p", "Ailleurs")])
async def test_what_another_tool_changed_is_put_back_or_adopted(
    tmp_path: Path, key: str, name: str
) -> None:
    base = new_base(tmp_path)
    new_company(base, name="Vrai")
    base.close()
    with sqlite3.connect(tmp_path / "suivi.db") as other:
        other.execute("UPDATE company SET name = 'Ailleurs'")
    other.close()
    base = open_base(tmp_path / "suivi.db")
    app = app_on(base, "historique")
    async with running(app) as pilot:
        await press(pilot, "v")
        assert "La base n'est pas saine" in screen_text(app)
        await press(pilot, key)
        assert base.connection.execute("SELECT name FROM company").fetchone() == (name,)
        await press(pilot, "v")
        assert "La base est saine" in screen_text(app)


async def test_the_settings_change_the_author_and_the_theme(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    themes: list[str] = []
    app = app_on(base, "historique", remember_theme=themes.append)
    async with running(app) as pilot:
        await press(pilot, "p")
        await fill(pilot, name="Noé Essai", structure="PLIE", theme="suivi clair")
        assert base.connection.execute("SELECT name, structure FROM author").fetchone() == (
            "Noé Essai",
            "PLIE",
        )
        assert paths.load_settings().author == "Noé Essai"
        assert themes == [app.theme]
        assert "Noé Essai" in screen_text(app)


async def test_hostile_labels_and_values(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    for text in HOSTILE:
        write(base, [created("company", base.new_id(), {"name": text})], label=text)
    app = app_on(base, "historique")
    async with running(app) as pilot:
        batches = app.screen.query_one("#batches", PagedList)
        for place, row in enumerate(list(batches.rows)[: len(HOSTILE)]):
            batches.move_to(place)
            await press(pilot, "enter")
            assert isinstance(app.screen, BatchDetail)
            assert shown(row.cells[1])[:20] in screen_text(app)
            await press(pilot, "h", "escape", "u", "n", "escape")
        assert app.is_running


async def test_the_changes_are_filtered_by_their_label(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    company = new_company(base, name="Avant")
    for name in ("École", "Atelier"):
        save_record(base, "company", company, {"name": name})
    app = app_on(base, "historique")
    async with running(app) as pilot:
        await press(pilot, "slash", *"ecole", "enter")
        assert labels(app) == ["Modification\u00a0: entreprise École"]
        await press(pilot, "escape")
        assert len(labels(app)) > 2


async def test_a_batch_names_the_record_of_an_exchange(tmp_path: Path) -> None:
    town = Town(tmp_path)
    values = {"entity": "company", "subject": town.holder, "date": "2026-06-01", "text": "Rappel"}
    save_record(town.base, "follow_up", None, values)
    app = app_on(town.base, "historique")
    async with running(app, (120, 40)) as pilot:
        await press(pilot, "enter")
        text = screen_text(app)
        assert "Concerne\u00a0: Entreprise" in text
        assert "Fiche\u00a0: Bâtisseurs du Val" in text
