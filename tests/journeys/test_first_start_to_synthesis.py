"""The main job, by keys alone: from a machine without a base to an exported synthesis."""

import csv
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from driving import running, settle, toasts
from journey import SIZES, Walk, heading, press, type_text, wired
from suivi_tui import paths
from suivi_tui.cli import main
from suivi_tui.readings.evaluation import Evaluation, evaluate
from suivi_tui.store import integrity
from suivi_tui.store.base import open_base
from suivi_tui.store.copies import journal_lines
from suivi_tui.vocabulary.hours import Hours, format_hours, hours_csv

CONTRACTS = """acheteur;marche;objet;operation;type_clause;debut;fin;lot;intitule_lot;entreprise;\
role;heures_dues;obligation_debut;obligation_fin
Ville de Valmont;2026-01;Réhabilitation de l'école;École des Tilleuls;condition;01/01/2026;\
31/12/2026;1;Gros œuvre;Bâtisseurs du Val;titulaire;1 200,00;01/02/2026;31/12/2026
Ville de Valmont;2026-01;Réhabilitation de l'école;École des Tilleuls;condition;01/01/2026;\
31/12/2026;2;Peinture;Couleurs du Lac;titulaire;400;01/03/2026;31/12/2026
"""
PEOPLE = """participant;nom;prenom;naissance;sexe;critere;justificatif_le;decision;valide_le
P1;Exemple;Camille;31/01/1990;F;DELD;02/01/2026;validee;10/01/2026
P2;Modèle;Sacha;12/05/2001;H;RSA;02/01/2026;validee;10/01/2026
"""
HOURS = """marche;lot;mois;participant;employeur;type_contrat;contrat_debut;contrat_fin;\
temps_hebdo;heures;validees;piece
2026-01;1;09/2026;P1;Bâtisseurs du Val;CDD;01/02/2026;31/12/2026;35;151,67;151,67;R09
2026-01;1;10/2026;P1;Bâtisseurs du Val;CDD;01/02/2026;31/12/2026;35;140,5;;R10
2026-01;1;10/2026;P2;Bâtisseurs du Val;CDD;01/09/2026;31/12/2026;35;70:30;60;R10
"""
FILES = {"marches": CONTRACTS, "participants": PEOPLE, "heures": HOURS}
# Typed in the grid for November; then validated.
TYPED = {"35": 3_500, "28,25": 2_825}
DECLARED = 15_167 + 14_050 + 7_050 + sum(TYPED.values())
VALIDATED = 15_167 + 6_000 + sum(TYPED.values())


async def start_a_base(walk: Walk) -> None:
    """The first start: a name, a structure."""
    assert heading(walk.app.screen) == "Premier démarrage"
    await press(walk.pilot, "c")
    await type_text(walk.pilot, "Camille Aubier")
    await press(walk.pilot, "enter")
    await type_text(walk.pilot, "Maison de l'emploi")
    await walk.go("base commencée", "enter")
    assert walk.app.current_mode == "tableau_de_bord"


async def import_file(walk: Walk, file: Path) -> None:
    """The import dialog: the file, its preview, its report."""
    await press(walk.pilot, "3", "i")
    assert heading(walk.app.screen) == "Importer un fichier"
    await type_text(walk.pilot, str(file))
    await walk.go(f"aperçu de {file.name}", "ctrl+s")
    assert heading(walk.app.screen).startswith("Aperçu")
    report = await walk.go(f"import de {file.name}", "ctrl+s")
    assert heading(walk.app.screen) == "Import terminé"
    assert "écartés\u00a0: 0" in report
    await press(walk.pilot, "escape")
    assert len(walk.app.screen_stack) == 1


async def enter_hours(walk: Walk) -> None:
    """The wall, the grid of the first sender, November typed then validated."""
    wall = await walk.go("mur", "2")
    assert "Bâtisseurs" in wall
    grid = await walk.go("grille", "enter")
    assert heading(walk.app.screen) == "Grille d'un déclarant"
    assert "Exemple Camille" in grid
    for text in TYPED:
        await type_text(walk.pilot, text)
        await press(walk.pilot, "enter")
    await walk.go("validé", "v")
    assert "Heures de novembre 2026 validées." in toasts(walk.app)
    await press(walk.pilot, "escape")


async def figures(pilot: Pilot[Any]) -> Evaluation:
    """What ``evaluate`` says of the base that is open."""
    found: list[Evaluation] = []
    desk = pilot.app.desk
    desk.read("essai", lambda base: evaluate(base.connection), found.append)
    await settle(pilot)
    return found[0]


def synthesis(file: Path) -> dict[str, dict[str, str]]:
    """The headlines of an exported synthesis."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened, delimiter=";"))
    return {row["rubrique"]: row for row in rows if row["partie"] == "Ensemble"}


def same_figures(file: Path, evaluation: Evaluation, shown: str) -> None:
    """The file, the screen and ``evaluate`` agree."""
    headlines = synthesis(file)
    hours = evaluation.hours
    for title, amount in {
        "Heures à réaliser": evaluation.due,
        "Heures déclarées": hours.declared,
        "Heures validées": hours.validated,
        "Heures refusées": hours.refused,
        "Heures à valider": hours.pending,
    }.items():
        assert headlines[title]["heures"] == hours_csv(Hours(amount)), title
        assert format_hours(Hours(amount)) in shown, title
    # A handful of people: a table that may be published does not say how many.
    assert 0 < evaluation.participants < 5
    assert headlines["Participants"]["masque"] == "oui"
    assert not headlines["Participants"]["participants"]
    assert not headlines["Contrats de travail"]["contrats"]
    assert headlines["Obligations"]["valeur"] == str(evaluation.obligations)


@pytest.mark.parametrize("size", SIZES[:1], ids=["80x24"])
async def test_from_nothing_to_a_synthesis(
    size: tuple[int, int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "suivi.db"
    exported = tmp_path / "synthese.csv"
    for name, text in FILES.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")

    app = wired(path)
    async with running(app, size) as pilot:
        walk = Walk(pilot)
        await start_a_base(walk)
        for name in FILES:
            await import_file(walk, tmp_path / f"{name}.csv")
        await enter_hours(walk)
        alerts = await walk.go("alertes", "6")
        assert "Relevé" in alerts or "Retard" in alerts
        shown = await walk.go("évaluation", "7")
        await press(pilot, "e", "ctrl+u")
        await type_text(pilot, str(exported))
        await walk.go("synthèse écrite", "enter")
        assert exported.exists()
        evaluation = await figures(pilot)
        assert evaluation.hours.declared == DECLARED
        assert evaluation.hours.validated == VALIDATED
        assert evaluation.due == 160_000
        same_figures(exported, evaluation, shown)
        # The last change is the validation: undone, the hours typed are pending again.
        await walk.go("annulé", "ctrl+z")
        assert any("Annulé" in toast or "annulé" in toast for toast in toasts(app))
        after = await figures(pilot)
        assert after.hours.declared == DECLARED
        assert after.hours.validated == VALIDATED - sum(TYPED.values())
        await pilot.press("ctrl+q")

    again = wired(path)
    async with running(again, size) as pilot:
        walk = Walk(pilot)
        shown = await walk.go("évaluation, au retour", "7")
        back = await figures(pilot)
        assert (back.hours, back.due, back.participants) == (after.hours, after.due, 2)
        assert format_hours(Hours(DECLARED)) in shown
        grid = await walk.go("grille, au retour", "2", "enter")
        assert "35,00?" in grid
        assert "28,25?" in grid

    backups = sorted(paths.backup_directory(path).glob("*.db"))
    assert backups
    with open_base(path) as base:
        lines = journal_lines(base.connection)
        assert not [
            item
            for item in integrity.findings(base.connection)
            if item.gravity == integrity.UNSOUND
        ]
    with open_base(backups[-1], read_only=True) as copy:
        assert not integrity.findings(copy.connection)
        assert journal_lines(copy.connection) == lines
        assert evaluate(copy.connection).hours == after.hours
    assert main(["verifier", "--base", str(path)]) == 0
    assert "La base est saine." in capsys.readouterr().out
