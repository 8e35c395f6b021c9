"""« Profils d'import »: what was understood of a sender's files, renamed, corrected, forgotten."""

from pathlib import Path

from builders import add, new_base, new_company, new_person
from driving import running, screen_text
from people_samples import app_on, fill, press
from suivi_tui.actions.import_profiles import layout_of
from suivi_tui.exchange.statement_files.layout import Layout, LayoutColumn, shape_of
from suivi_tui.exchange.statement_files.roles import Role
from suivi_tui.store.journal import created, write
from suivi_tui.store.queries.import_memory import every_memory, profiles
from suivi_tui.tui.screens.importation.memories import MemoryScreen
from suivi_tui.tui.screens.importation.profiles import ImportProfiles, ProfileColumns

HEADER = ("Nom", "[/b]", "Qté")
ROLES = (Role.PERSON, Role.IGNORE, Role.HOURS)


async def test_a_profile_is_renamed_corrected_then_forgotten(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    agency = new_company(base, name="Intérim du Val", kind="ETTI")
    columns = tuple(LayoutColumn(*column) for column in zip(HEADER, ROLES, strict=True))
    layout = Layout(columns=columns, answers={"unit": "heures"})
    add(base, "import_profile", sender=agency, name="mai.xlsx", shape=shape_of(HEADER),
        layout=layout.as_json())  # fmt: skip
    app = app_on(base, "historique")
    async with running(app) as pilot:
        app.push_screen(ImportProfiles())
        await press(pilot, "down")
        text = screen_text(app)
        assert "mai.xlsx" in text
        assert "Intérim du Val" in text
        assert "Nom, Qté" in text
        await press(pilot, "m")
        await fill(pilot, name="Relevé mensuel")
        assert "Relevé mensuel" in screen_text(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ProfileColumns)
        assert "[/b]" in screen_text(app)
        await press(pilot, "down", "enter", *"comm", "enter")
        kept = profiles(base.connection)[0]
        assert kept.name == "Relevé mensuel"
        # The next file is read so: the answer names the column as its reading does.
        read = layout_of(kept)
        assert read.answers == {"unit": "heures", f"role/{read.columns[1].token}": "commentaire"}
        assert [column.role for column in read.columns] == [Role.PERSON, Role.COMMENT, Role.HOURS]
        assert "Commentaire" in screen_text(app)
        await press(pilot, "ctrl+z")
        assert layout_of(profiles(base.connection)[0]).columns[1].role is Role.IGNORE
        await press(pilot, "escape", "x", "o")
        assert profiles(base.connection) == []
        assert "Aucun profil" in screen_text(app)
        await press(pilot, "ctrl+z", "enter")
        assert isinstance(app.screen, ProfileColumns)


async def test_names_remembered_are_shown_forgotten_and_asked_again(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    agency, other = new_company(base, name="Intérim du Val"), new_company(base, name="Autre")
    person = new_person(base, last="Merle", first="Ida")
    for sender, text, found in (
        (agency, "i merle", person), (agency, "divers [/b]", None), (other, "merle i", person)
    ):  # fmt: skip
        values = {"sender": sender, "entity": "participant", "text": text, "found": found}
        write(base, [created("match_memory", base.new_id(), values)], label="Import")
    add(base, "import_profile", sender=agency, name="mai.xlsx", shape="x",
        layout=Layout().as_json())  # fmt: skip
    app = app_on(base, "historique")
    async with running(app) as pilot:
        app.push_screen(ImportProfiles())
        await press(pilot, "down", "n")
        assert isinstance(app.screen, MemoryScreen)
        text = screen_text(app)
        assert all(word in text for word in ("i merle", "Merle Ida", "[/b]", "laissé de côté"))
        await press(pilot, "x")
        assert [row.text for row in every_memory(base.connection, 9)] == ["divers [/b]", "i merle"]
        await press(pilot, "escape", "x", "o")
        assert "2 noms retenus" in screen_text(app).replace("\u00a0", " ")
        await press(pilot, "o")
        assert every_memory(base.connection, 9) == []
        await press(pilot, "ctrl+z")
        assert len(every_memory(base.connection, 9)) == 2
