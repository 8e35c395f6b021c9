"""Every screen, detail, dialog and form of the demonstration, reached by keys."""

from pathlib import Path

import pytest

from driving import running
from journey import DIGITS, SIZES, Walk, copied, heading, press, wired
from reader import Reader
from suivi_tui.tui.commands import SCREEN_COMMANDS

# What a walk from each screen opens among other things: here a key that does nothing any more
# is seen.
EXPECTED = {
    "1": {"Tableau de bord", "Aide : Tableau de bord", "Obligation"},
    "2": {"Saisie", "Grille des heures", "Aller à un déclarant", "Ajouter une personne"},
    "3": {"Marchés", "Marché", "Nouveau marché", "Importer un fichier", "Ajouter", "Échange",
          "Contact", "Lot", "Modification du marché", "Objectif", "Retirer", "Grille des heures"},
    "4": {"Participants", "Participant", "Nouvelle personne", "Modifier", "Quel critère ?",
          "Pour quel marché ?", "Retirer", "Échange", "Importer un fichier"},
    "5": {"Entreprises et structures", "Entreprise ou structure", "Contact", "Retirer",
          "Nouvelle entreprise ou structure", "Que voulez-vous voir ?", "Échange"},
    "6": {"Alertes", "Marché", "À une autre date", "Alertes mises de côté"},
    "7": {"Évaluation", "Période", "Acheteur", "Vue", "Exporter : Synthèse", "Comparer avec",
          "Obligations derrière le chiffre", "Figer ces chiffres"},
    "8": {"Amont", "Achat prévu", "Calibrage", "Texte de la clause"},
    "9": {"Annuaire"},
    "0": {"Historique", "Changements d'un enregistrement", "Annuler", "Réglages",
          "Vérification de la base"},
}  # fmt: skip


@pytest.mark.parametrize("digit", DIGITS)
async def test_everything_a_screen_opens_works_and_speaks_french(
    digit: str, demonstration: Path, tmp_path: Path
) -> None:
    app, reader = wired(copied(demonstration, tmp_path)), Reader()
    async with running(app, (80, 24)) as pilot:
        walk = Walk(pilot, look_at=reader)
        await walk.go(digit, digit)
        assert app.current_mode == DIGITS[digit]
        await walk.crawl(digit)
        assert EXPECTED[digit] - walk.opened == set()
        assert f"Aide : {heading(app.screen)}" in walk.opened
    assert not reader.faults, reader.told()


@pytest.mark.parametrize("size", SIZES[:1], ids=["80x24"])
async def test_the_global_dialogs_work_from_every_screen(
    size: tuple[int, int], demonstration: Path, tmp_path: Path
) -> None:
    app, reader = wired(copied(demonstration, tmp_path)), Reader()
    async with running(app, size) as pilot:
        walk = Walk(pilot, look_at=reader)
        for digit in DIGITS:
            await press(pilot, digit)
            root = app.screen
            await walk.go(f"{digit} > ?", "?")
            await walk.back_to(root, f"{digit} > ?")
            await walk.go(f"{digit} > palette", "ctrl+p")
            await walk.go(f"{digit} > palette : rien", *"zzzz")
            await walk.back_to(root, f"{digit} > palette")
            await walk.go(f"{digit} > aller à", "ctrl+o", "t", "i", "l")
            await walk.go(f"{digit} > aller à : rien", *"zzzz")
            await walk.back_to(root, f"{digit} > aller à")
        # The guide, which shows forms of figures and dates, is read by ``test_french``.
        walk.look_at = None
        await walk.go("guide", "ctrl+p", *"guide", "enter")
        assert heading(app.screen) == "Guide"
        await walk.go("guide > fin", "end")
        await walk.back_to(root, "guide")
        await walk.go("thème", "ctrl+p", *"theme", "enter")
        assert heading(app.screen) == "Changer de thème"
        before = app.theme
        await walk.go("thème > clair", *"clair", "enter")
        assert app.theme != before
        assert app.screen is root
    assert not reader.faults, reader.told()


async def test_the_palette_reaches_every_screen_without_its_accents(
    demonstration: Path, tmp_path: Path
) -> None:
    app = wired(copied(demonstration, tmp_path))
    async with running(app) as pilot:
        for command in SCREEN_COMMANDS:
            # Elsewhere « Historique » is also that of the record of the cursor.
            await press(pilot, "1")
            bare = command.label.replace("é", "e").replace("É", "E").lower()
            await press(pilot, "ctrl+p", *bare, "enter")
            assert app.current_mode == command.parameters[0]
