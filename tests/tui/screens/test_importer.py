"""« Importer un fichier… » and « Exporter » from the screens."""

import csv
from pathlib import Path

import pytest

from builders import new_base, new_person
from driving import running, screen_text, toasts
from people_samples import SIZES, Town, app_on, fill, press
from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.screens.shared.asking import AskingForm
from suivi_tui.tui.screens.shared.importer import ReportDialog
from suivi_tui.tui.screens.shared.path_field import FileNames, typed_path
from suivi_tui.tui.widgets.fields import CleanInput
from suivi_tui.tui.widgets.paged_list import PagedList

PEOPLE = (
    "participant;nom;prenom;naissance;critere;couleur\n"
    "P1;PINSON;Ève;17/05/1990;RSA;bleu\n"
    "P2;MERLE;Lou;02/03/2001;inconnu au bataillon;vert\n"
)


def write_file(folder: Path, text: str, name: str = "personnes.csv") -> Path:
    """A file typed in a spreadsheet."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("size", SIZES)
async def test_a_table_is_previewed_then_imported(tmp_path: Path, size: tuple[int, int]) -> None:
    base = new_base(tmp_path)
    app = app_on(base, "participants")
    path = write_file(tmp_path, PEOPLE)
    async with running(app, size) as pilot:
        await press(pilot, "i")
        await fill(pilot, path=str(path))
        assert isinstance(app.screen, ReportDialog)
        text = screen_text(app)
        assert "Aperçu\u00a0: Participants" in text
        assert "2\u00a0enregistrements lus" in text
        assert "Rien n'est encore écrit" in text
        assert "couleur" in text
        count = "SELECT count(*) FROM participant"
        assert base.connection.execute(count).fetchone() == (0,)
        await press(pilot, "ctrl+s")
        assert "Import terminé" in screen_text(app)
        assert base.connection.execute(count).fetchone() == (2,)
        await press(pilot, "escape")
        assert "PINSON Ève" in screen_text(app)
        # One batch, taken back at once; the automatic backup was made.
        assert list((tmp_path / "suivi-sauvegardes").glob("*.db"))
        await press(pilot, "ctrl+z")
        assert base.connection.execute(f"{count} WHERE removed = 0").fetchone() == (0,)


@pytest.mark.parametrize("size", SIZES)
async def test_the_form_says_what_a_file_may_hold(tmp_path: Path, size: tuple[int, int]) -> None:
    app = app_on(new_base(tmp_path), "participants")
    async with running(app, size) as pilot:
        await press(pilot, "i")
        line = next(line for line in screen_text(app).splitlines() if "Contenu" in line)
        assert "deviné d'après les colonnes" in line
        assert "Marchés, Participa" in line
        # What does not fit is cut with a mark, not in the middle of nowhere.
        assert "…" in line


async def test_the_palette_imports_from_any_screen(tmp_path: Path) -> None:
    app = app_on(new_base(tmp_path), "entreprises")
    async with running(app) as pilot:
        await press(pilot, "ctrl+p", *"importer", "enter")
        assert isinstance(app.screen, AskingForm)
        assert "Importer un fichier" in screen_text(app)


async def test_a_preview_given_up_writes_nothing(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    app = app_on(base, "historique")
    path = write_file(tmp_path, PEOPLE)
    async with running(app) as pilot:
        await press(pilot, "i")
        await fill(pilot, path=f"'{path}'")
        await press(pilot, "escape")
        assert base.connection.execute("SELECT count(*) FROM participant").fetchone() == (0,)


async def test_a_file_already_imported_has_nothing_to_validate(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    app = app_on(base, "participants")
    path = write_file(tmp_path, PEOPLE)
    async with running(app) as pilot:
        for worth in (True, False):
            await press(pilot, "i")
            await fill(pilot, path=str(path))
            preview = app.screen
            assert isinstance(preview, ReportDialog)
            assert preview.ask is worth
            assert ("rien de" in screen_text(app)) is not worth
            await press(pilot, "ctrl+s", "escape", "escape")
        assert base.connection.execute("SELECT count(*) FROM participant").fetchone() == (2,)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "absent.csv"),
        ("", "vide"),
        ("a;b\n1;2\n", "Choisissez son contenu"),
    ],
)
async def test_a_refused_file_comes_back_in_the_form(
    tmp_path: Path, text: str | None, sentence: str
) -> None:
    base = new_base(tmp_path)
    app = app_on(base, "participants")
    path = tmp_path / "absent.csv" if text is None else write_file(tmp_path, text)
    async with running(app) as pilot:
        await press(pilot, "i")
        await fill(pilot, path=str(path))
        form = app.screen
        assert isinstance(form, AskingForm)
        assert form.texts()["path"] == str(path)
        # What is to be typed again is selected; there, the columns said nothing: its content is.
        field = form.fields[1 if sentence.startswith("Choisissez") else 0].query_one(CleanInput)
        assert form.focused is field
        assert field.selected_text == field.value
        assert sentence in " ".join(screen_text(app).split())


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("acheteur;marche;objet", "marches"),
        ("marche;mois;participant;heures", "heures"),
        ("nom;prenom;naissance", "participants"),
        ("uid,acheteur_id,objet,codeCPV,montant,titulaire_id,dateNotification", "decp"),
        ("un;deux", None),
    ],
)
def test_the_kind_is_told_by_the_columns(tmp_path: Path, header: str, kind: str | None) -> None:
    from suivi_tui.actions.guess_kind import guess_kind

    assert guess_kind(write_file(tmp_path, header + "\n")) == kind


def test_json_is_open_data(tmp_path: Path) -> None:
    from suivi_tui.actions.guess_kind import guess_kind

    assert guess_kind(write_file(tmp_path, '{"marches": []}', "x.json")) == "decp"
    assert guess_kind(write_file(tmp_path, '[{"id": "1"}]', "x.txt")) == "decp"


async def test_the_name_of_a_file_completes_itself(tmp_path: Path) -> None:
    path = write_file(tmp_path, PEOPLE)
    names = FileNames()
    assert await names.get_suggestion(str(tmp_path / "pers")) == str(path)
    assert await names.get_suggestion(str(tmp_path / "zz")) is None
    assert await names.get_suggestion(str(tmp_path / "absent" / "zz")) is None
    assert typed_path(f'"{path}"') == path


def rows_of(path: Path) -> list[list[str]]:
    """The cells of a file for a French spreadsheet."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_shown_is_exported_without_names_unless_asked(
    tmp_path: Path, own_home: Path, size: tuple[int, int]
) -> None:
    town = Town(tmp_path)
    new_person(town.base, last="=1+1", first="", commune="Valmont")
    app = app_on(town.base, "participants")
    async with running(app, size) as pilot:
        await press(pilot, "e")
        await fill(pilot, path=str(tmp_path / "sans"))
        rows = rows_of(tmp_path / "sans.csv")
        assert rows[0][0] == "Nom"
        assert {row[0] for row in rows[1:]} == {""}
        assert [row[4] for row in rows] == ["Déclarées (h)", "", "100,00", "50,00"] or [
            row[4] for row in rows
        ] == ["Déclarées (h)", "0,00", "100,00", "50,00"]
        await press(pilot, "e")
        await fill(pilot, path=str(tmp_path / "avec.csv"), names="avec")
        assert [row[0] for row in rows_of(tmp_path / "avec.csv")] == [
            "Nom", "'=1+1", "CANARI Jeanne", "MOINEAU Paul"
        ]  # fmt: skip


async def test_an_export_never_overwrites_without_asking(tmp_path: Path) -> None:
    app = app_on(Town(tmp_path).base, "entreprises")
    target = tmp_path / "déjà.csv"
    target.write_text("à moi", encoding="utf-8")
    async with running(app) as pilot:
        await press(pilot, "e")
        await fill(pilot, path=str(target))
        assert isinstance(app.screen, Confirm)
        await press(pilot, "n")
        assert target.read_text(encoding="utf-8") == "à moi"
        await press(pilot, "e")
        await fill(pilot, path=str(target))
        await press(pilot, "o")
        assert rows_of(target)[1][0] == "Bâtisseurs du Val"
        assert "2\u00a0lignes écrites" in toasts(app)[-1]


async def test_an_export_follows_the_filter_and_the_sort(tmp_path: Path, own_home: Path) -> None:
    base = new_base(tmp_path)
    for place in range(120):
        new_person(base, last=f"PINSON{place:03}", first="")
    new_person(base, last="AUTRE")
    app = app_on(base, "participants")
    async with running(app) as pilot:
        people = app.screen.query_one(PagedList)
        people.sort_by("name", descending=True)
        people.filter_by("pinson")
        await press(pilot, "e")
        # A name without a folder goes into the home folder.
        await fill(pilot, path="tri.csv", names="avec")
        names = [row[0] for row in rows_of(own_home / "tri.csv")[1:]]
        assert names == [f"PINSON{place:03}" for place in reversed(range(120))]
