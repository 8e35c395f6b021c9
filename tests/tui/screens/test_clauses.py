"""The page of the text of a clause, by keys: what is missing, written, sent, then different."""

from datetime import datetime
from pathlib import Path

from builders import new_base, new_contract
from clause_world import FACILITATOR, PENALTIES, TODAY, Purchase
from driving import running, screen_text
from people_samples import fill, press
from suivi_tui.actions.clauses import prepare_clause, set_facilitator
from suivi_tui.store.base import Base
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.screens.clauses.opening import open_clause
from suivi_tui.tui.screens.clauses.screen import ClauseScreen
from suivi_tui.tui.screens.shared.sheet import Sheet

SCREENS = {
    "marches": "suivi_tui.tui.screens.marches:ContractsScreen",
    "historique": "suivi_tui.tui.screens.historique.screen:History",
}


def app_on(base: Base) -> SuiviApp:
    return SuiviApp(
        base.path,
        TODAY,
        lambda: base,
        screens=SCREENS,
        clock=lambda: datetime(2026, 11, 22, 14, 2),
        encoding="utf-8",
    )


def words(app: SuiviApp) -> str:
    """The screen on one line, plain spaces."""
    return " ".join(screen_text(app).replace("\u00a0", " ").split())


def go_to(app: SuiviApp, text: str) -> None:
    """Put the cursor on the line that says ``text``."""
    sheet = app.screen.query_one(Sheet)
    place = next(place for place, line in enumerate(sheet.lines)
                 if text in line.text.replace("\u00a0", " "))  # fmt: skip
    sheet.move_to(place - sheet.rows[0].key[0])


async def test_from_the_sheet_of_a_contract_to_a_text_sent_then_different(
    tmp_path: Path, own_home: Path
) -> None:
    purchase = Purchase(tmp_path)
    app = app_on(purchase.base)
    async with running(app) as pilot:
        await press(pilot, "enter", "t")
        assert isinstance(app.screen, ClauseScreen)
        text = words(app)
        assert "Condition d'exécution" in text and "Rien ne manque." in text
        go_to(app, "Cahier des clauses")
        await press(pilot, "enter")
        assert "Cahier des clauses administratives : insertion et formation" in words(app)
        await press(pilot, "escape")
        go_to(app, "Acte d'engagement")
        await press(pilot, "space", "v")
        assert "7 pièces écrites dans" in words(app)
        (folder,) = (own_home / "clauses").iterdir()
        assert not (folder / "ae.docx").exists() and (folder / "ccap.docx").exists()
        await press(pilot, "enter", "s")
        await fill(pilot, sent="20/11/2026")
        go_to(app, "version")
        assert "✓ 20/11/2026" in words(app)
        hourly = PENALTIES["penalite/heures/par_heure"].replace("50,00", "60,00")
        purchase.penalties({"penalite/heures/par_heure": hourly})
        app.base_changed()
        app.screen.reload()
        await press(pilot, "home")
        text = words(app)
        assert "1 écart avec le texte envoyé le 20/11/2026" in text
        assert "60 € au lieu de 50 € · pénalité par heure" in text


async def test_what_is_missing_is_entered_where_it_lives(tmp_path: Path, own_home: Path) -> None:
    base = new_base(tmp_path)
    planned = new_contract(base, number="P-1", obligation=False, stage="projet", start=None,
                           clause_form="")  # fmt: skip
    set_facilitator(base, planned.contract, FACILITATOR)
    app = app_on(base)
    async with running(app) as pilot:
        open_clause(app.screen, planned.contract)
        await press(pilot)
        assert "À choisir (touche f)" in words(app)
        await press(pilot, "f", *"cond et", "enter")
        text = words(app)
        assert "Poids du critère social" in text
        assert "Objectif d'heures d'au moins un lot" in text
        go_to(app, "Poids du critère")
        await press(pilot, "enter")
        await fill(pilot, **{"clause/poids": "10 %"})
        go_to(app, "Objectif d'heures")
        await press(pilot, "enter", *"fixe", "enter")
        await fill(pilot, **{"clause/heures": "500"})
        await press(pilot, "home")
        assert "Rien ne manque." in words(app)
        values = prepare_clause(base, planned.contract, today=TODAY).values
        assert values["lot/0/objectif"] == "50000" and values["poids"] == "1000"
