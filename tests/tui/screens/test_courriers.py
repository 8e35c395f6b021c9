"""The screens of letters: what would be made is shown, then made, filed, marked; or given up."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from builders import new_base, new_hours
from driving import running, screen_text, toasts
from letter_world import TODAY, LetterWorld, docx_text, rows
from people_samples import fill, press
from suivi_tui import paths
from suivi_tui.documents.filling import Filler
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.dialogs.choose import Choose
from suivi_tui.tui.screens.courriers.preview import LetterPreview
from suivi_tui.tui.screens.shared.letters import About, ask_letter
from suivi_tui.tui.widgets.status_line import StatusLine
from suivi_tui.vocabulary.choices import DocumentKind

SCREENS = {
    "historique": "suivi_tui.tui.screens.historique.screen:History",
    "entreprises": "suivi_tui.tui.screens.entreprises.screen:CompaniesScreen",
}


def letters_app(world: LetterWorld) -> SuiviApp:
    return SuiviApp(
        world.base.path,
        TODAY,
        lambda: world.base,
        screens=SCREENS,
        clock=lambda: datetime(2026, 11, 22, 14, 2),
        encoding="utf-8",
    )


def words(app: SuiviApp) -> str:
    """The screen on one line, plain spaces."""
    return " ".join(screen_text(app).replace("\u00a0", " ").split())


def told(app: SuiviApp) -> list[str]:
    """The toasts, plain spaces."""
    return [text.replace("\u00a0", " ") for text in toasts(app)]


@pytest.fixture
def world(tmp_path: Path) -> LetterWorld:
    return LetterWorld(new_base(tmp_path))


async def test_the_reminders_of_the_month_from_preview_to_answer(
    world: LetterWorld, own_home: Path
) -> None:
    app = letters_app(world)
    async with running(app) as pilot:
        app.action_open_page("courriers")
        await pilot.pause()
        await press(pilot, "r")
        text = words(app)
        assert "1 courrier à préparer" in text
        assert "✓ Alpha Bâtiment Relance niveau 1, 4 relevés" in text
        folder = own_home / "courriers" / "2026-11-22"
        bar = app.screen.query_one("#line", StatusLine)
        bar.say_now()
        assert "Sam Référent" in bar.texts[0][0]
        await press(pilot, "space")
        assert "0 courrier à préparer" in words(app)
        await press(pilot, "v", "space", "v")
        assert "1 courrier préparé dans" in words(app)
        assert sorted(path.suffix for path in folder.iterdir()) == [".docx", ".eml"]
        await press(pilot, "enter")
        assert "Relance niveau 1 Alpha Bâtiment 07/12/2026" in words(app)
        await press(pilot, "s")
        await fill(pilot, sent="23/11", due="10/12/2026")
        assert "Relance niveau 1 Alpha Bâtiment 10/12/2026 23/11/2026" in words(app)
        await press(pilot, "y")
        assert "✓ 22/11/2026" in words(app)
        # The same again: everything was asked today.
        await press(pilot, "r")
        assert "× Alpha Bâtiment déjà relancée le 22/11/2026" in words(app)
        await press(pilot, "escape", "m")
        assert "Variables.txt donne la liste" in words(app)
        await press(pilot, "escape", "p")
        # The name of the base's author is proposed until the person writes another one.
        await fill(pilot, town="Valmont", role="Facilitatrice")
        known = paths.load_settings()
        assert (known.author, known.town, known.role) == ("Alix Essai", "Valmont", "Facilitatrice")


async def test_a_certificate_asks_for_a_reason_while_hours_are_pending(
    world: LetterWorld, own_home: Path
) -> None:
    new_hours(world.base, world.placed, 202611, 40_00)
    app = letters_app(world)
    async with running(app, size=(120, 40)) as pilot:
        ask_letter(app.screen, subject=("contract", world.school.contract))
        await pilot.pause()
        assert isinstance(app.screen, Choose)
        labels = [choice.label for choice in app.screen.choices]
        assert labels[0] == "Relance, au niveau qui convient" and len(labels) == 6
        await press(pilot, *"attes", "enter")
        assert "Intérim Plus sous-traitant ou employeur" in words(app)
        await press(pilot, *"lot", "space", "2", "enter")
        assert any(text.startswith("40,00 h restent à valider :") for text in told(app))
        await fill(pilot, reason="solde demandé par l'acheteur")
        assert "1 courrier à préparer" in words(app)
        assert "sans destinataire" in words(app)
        await press(pilot, "v")
        assert "1 brouillon sans destinataire" in words(app)
        (word,) = (own_home / "courriers" / "2026-11-22").glob("attestation-*.docx")
        assert "motif suivant : solde demandé par l'acheteur" in docx_text(word)


@pytest.mark.parametrize(
    ("kind", "about", "shown"),
    [
        (DocumentKind.MEETING_BRIEF, lambda w: ("contract", w.school.contract), "Groupe scolaire"),
        ("relances", lambda w: ("company", w.beta), "Aucun courrier à préparer"),
        (None, lambda w: ("participant", w.camille), "Quel courrier ?"),
        (None, lambda w: ("buyer", w.town), "Aucun courrier n'est prévu pour cette fiche."),
        ("penalite", lambda w: ("contract", w.bridge.contract), "aucune pénalité enregistrée"),
    ],
    ids=["brief", "nothing", "kinds", "none", "penalty"],
)
async def test_one_way_in_from_any_record(
    world: LetterWorld,
    kind: DocumentKind | str | None,
    about: Callable[[LetterWorld], About],
    shown: str,
) -> None:
    app = letters_app(world)
    async with running(app) as pilot:
        screen: Any = app.screen
        ask_letter(screen, kind, about(world))
        await press(pilot)
        assert shown in words(app) or shown in told(app)


async def test_escape_while_letters_are_made_leaves_nothing(
    world: LetterWorld, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = letters_app(world)
    fill_mail, previews = Filler.mail, list[LetterPreview]()

    def slow(filler: Filler, values: Any) -> tuple[str, str]:
        # As if Escape were pressed while this letter is being filled.
        previews[0].go_back()
        return fill_mail(filler, values)

    monkeypatch.setattr(Filler, "mail", slow)
    async with running(app) as pilot:
        screen: Any = app.screen
        ask_letter(screen, "relances")
        await press(pilot)
        assert isinstance(app.screen, LetterPreview)
        previews.append(app.screen)
        await press(pilot, "v")
        assert "Préparation arrêtée : rien n'a été écrit." in told(app)
        assert not isinstance(app.screen, LetterPreview)
        assert not (own_home / "courriers").exists()
        assert rows(world.base, "SELECT 1 FROM document") == []
