"""The penalty desk by keys: read every step, say what happened, save, note the decision."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from driving import running, screen_text, settle, toasts
from penalty_samples import BAM, CSF, SNCF, TODAY, Ended, put
from suivi_tui.actions.undoing import undo_last
from suivi_tui.store.drafts import read_draft
from suivi_tui.store.queries import penalties
from suivi_tui.store.queries.penalties import CaseRow
from suivi_tui.store.queries.terms import of_contracts
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.dialogs.form import Form
from suivi_tui.tui.screens.penalites.cases import PenaltyCases
from suivi_tui.tui.screens.penalites.desk import PenaltyDesk
from suivi_tui.tui.screens.penalites.opening import open_penalties
from suivi_tui.tui.screens.shared.sheet import Sheet

HOSTILE = "[red]Appel[/red] [@click=app.quit]ici[/] \x1b[31m rouge \u202egauche"


def app_on(site: Ended) -> SuiviApp:
    return SuiviApp(
        site.base.path,
        TODAY,
        lambda: site.base,
        screens={"marches": "suivi_tui.tui.screens.marches:ContractsScreen"},
        undo_last=undo_last,
        clock=lambda: datetime(2026, 6, 30, 14, 2),
        encoding="utf-8",
    )


def go_to(app: SuiviApp, text: str) -> None:
    """Put the cursor on the first line that says ``text``."""
    sheet = app.screen.query_one(Sheet)
    place = next(place for place, line in enumerate(sheet.lines) if text in line.text)
    sheet.move_to(place - sheet.rows[0].key[0])


def go_to_fact(app: SuiviApp, breach: str) -> None:
    """Put the cursor on what happened for a breach."""
    sheet = app.screen.query_one(Sheet)
    place = next(
        place for place, line in enumerate(sheet.lines) if line.entity == f"constat/{breach}"
    )
    sheet.move_to(place - sheet.rows[0].key[0])


async def fill(pilot: Pilot[None], **texts: str) -> None:
    """Type in the fields of the form on top, and save."""
    form = pilot.app.screen
    assert isinstance(form, Form), form
    for field in form.fields:
        if field.key in texts:
            field.text = texts[field.key]
    await pilot.press("ctrl+s")
    await settle(pilot)


def said(app: SuiviApp) -> str:
    """Every line of the desk, on one line, plain spaces only."""
    lines = app.screen.query_one(Sheet).lines
    told = " ".join(f"{line.text} {line.figure}" for line in lines)
    return " ".join(told.replace("\u00a0", " ").split())


def cases(site: Ended) -> list[CaseRow]:
    return penalties.of_lot(site.base.connection, site.contract.lot)


def terms(site: Ended) -> dict[str, str]:
    rows = of_contracts(site.base.connection, [site.contract.contract])
    return {row.code: row.value for row in rows.get(site.contract.contract, [])}


async def test_from_the_facts_to_the_decision(tmp_path: Path) -> None:
    site = Ended(tmp_path, {**SNCF, "penalite/montant_annuel": "42500,00 €"})
    site.notice(text=HOSTILE)
    site.april("2026-06-20")
    app = app_on(site)
    async with running(app, (80, 24)) as pilot:
        open_penalties(app.screen, site.contract.contract)
        await settle(pilot)
        assert isinstance(app.screen, PenaltyDesk)
        text = screen_text(app)
        assert "Le calcul propose, l'acheteur décide." in text
        assert "7\u00a0000\u00a0€" in text
        # Every step is read without moving, its amount under the others as in a sum.
        assert "100,00\u00a0h\u00a0× 60\u00a0€\u00a0= 6\u00a0000\u00a0€." in text
        assert "du lendemain du 10/06/2026 au 20/06/2026 inclus" in said(app)
        assert "Montant proposé" in text
        # Hostile text is only text.
        go_to(app, "Mise en demeure du")
        await settle(pilot)
        assert "[red]Appel[/red] [@click=app.quit]ici[/]" in said(app)
        assert "\x1b" not in screen_text(app) and "\u202e" not in screen_text(app)
        # The final report came five days after the notice: E9, to the cent.
        await pilot.press("f")
        await settle(pilot)
        await pilot.press(*"bil", "enter")
        await settle(pilot)
        assert "Constat\u00a0: Bilan de fin de marché" in screen_text(app)
        await fill(pilot, received_on="15/06/2026")
        assert "5 jours calendaires × 300 € = 1 500 €" in said(app)
        assert "non atteint" in said(app)
        assert "Montant proposé 8 500 €" in said(app)
        assert read_draft(site.base, "penalites/bureau", str(site.obligation)) is not None
        # Means: the hours are spared, then taken back.
        await pilot.press("m")
        await settle(pilot)
        await fill(pilot, proven="oui", efforts="[b]12 appels")
        assert "Montant proposé 2 500 €" in said(app)
        assert "[b]12 appels" in said(app)
        await pilot.press("m")
        await settle(pilot)
        await fill(pilot, proven="non")
        # Saved, then decided.
        await pilot.press("s")
        await settle(pilot)
        assert "proposé à l'acheteur, qui décide" in toasts(app)[-1]
        assert [(row.amount_cents, row.decision) for row in cases(site)] == [(8_500_00, "proposee")]
        assert read_draft(site.base, "penalites/bureau", str(site.obligation)) is None
        assert "Montant proposé 8 500 €" in said(app)
        await pilot.press("v")
        await settle(pilot)
        await fill(pilot, decision="réduite", decided_on="2/7/2026", amount_cents="9000")
        assert "un montant inférieur à 8\u00a0500\u00a0€" in screen_text(app)
        await fill(pilot, amount_cents="4250,50", comment="Difficultés de recrutement")
        row = cases(site)[0]
        assert (row.decision, row.decided_on, row.amount_cents) == ("reduite", "2026-07-02",
                                                                    4_250_50)  # fmt: skip
        assert "Réduite le 02/07/2026" in said(app)
        assert "8 500 € proposés · Difficultés de recrutement 4 250,50 €" in said(app)
        # What the buyer kept counts under the cap of the next proposal.
        assert "dont 4 250,50 € déjà comptés" in said(app)
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert cases(site)[0].decision == "proposee"


async def test_what_a_contract_says_is_typed_and_taken_back(tmp_path: Path) -> None:
    site = Ended(tmp_path, {}, missing=35_00)
    app = app_on(site)
    async with running(app, (120, 40)) as pilot:
        app.push_screen(PenaltyDesk(site.obligation))
        await settle(pilot)
        assert "Aucune pénalité saisie. Touche c" in screen_text(app)
        await pilot.press("s", "f")
        await settle(pilot)
        assert cases(site) == []
        # Per hour, by an index: its value is proposed beside the field, and waits.
        await pilot.press("c")
        await settle(pilot)
        await pilot.press(*"par h", "enter")
        await settle(pilot)
        assert "usage 30 à 100\u00a0€, à confirmer" in screen_text(app)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "Un montant, ou un coefficient et son indice." in screen_text(app)
        await fill(pilot, coefficient="4", index="plafond", count_from="dès l'échéance")
        assert terms(site) == {"penalite/heures/par_heure": "4 × plafond_horaire ; dès l'échéance"}
        assert "30 € proposés (à confirmer" in said(app)
        assert "Montant proposé" not in said(app)
        await pilot.press("c")
        await settle(pilot)
        assert "Retenir 30\u00a0€ pour l'indice" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("right", "enter")
        await settle(pilot)
        assert "Montant proposé 4 200 €" in said(app)
        # A cap, then a day penalty of which the breach is changed: the former one leaves.
        await pilot.press("c")
        await settle(pilot)
        await pilot.press(*"aj plaf", "enter")
        await settle(pilot)
        await fill(pilot, basis="maximal", amount="4000")
        assert terms(site)["penalite/plafond/montant_fixe"] == "4000,00 €"
        assert "Montant proposé 4 000 €" in said(app)
        await pilot.press("c")
        await settle(pilot)
        await pilot.press(*"par j", "enter")
        await settle(pilot)
        await fill(pilot, rate="100")
        assert "penalite/releve/par_jour" in terms(site)
        assert "Aucune mise en demeure pour : Relevé d'heures non transmis." in said(app)
        assert "Touche l pour préparer la mise en demeure" in said(app)
        go_to(app, "100\u00a0€ par jour")
        await pilot.press("enter")
        await settle(pilot)
        await fill(pilot, breach="justificatifs")
        assert {code.split("/")[1] for code in terms(site)} == {
            "heures", "plafond", "justificatifs"
        }  # fmt: skip
        go_to(app, "Plafond : ")
        await pilot.press("x")
        await settle(pilot)
        await pilot.press("right", "enter")
        await settle(pilot)
        assert "penalite/plafond/montant_fixe" not in terms(site)
        # A date of the past, on which nothing was due.
        await pilot.press("d")
        await settle(pilot)
        await fill(pilot, day="31/05/2026")
        assert "rien n'est dû avant le lendemain du 31/05/2026" in said(app)


@pytest.mark.parametrize(
    ("clauses", "received", "amount"),
    [
        (CSF, "15/05/2026", "Montant proposé 4 400 €"),
        (BAM, "", "Montant proposé 8 500 €"),
    ],
)
async def test_the_real_clauses_on_the_screen(
    tmp_path: Path, clauses: Mapping[str, str], received: str, amount: str
) -> None:
    """35 h at 4 × 30 € and 4 working days at 50 €; 35 h at 200 € and 20 days at 75 €."""
    hours = "4 × plafond_horaire ; indice 30,00 € ; dès l'échéance"
    given = {"penalite/heures/par_heure": hours} if clauses is CSF else {}
    site = Ended(tmp_path, {**clauses, **given}, missing=35_00)
    site.notice()
    app = app_on(site)
    async with running(app, (80, 24)) as pilot:
        app.push_screen(PenaltyDesk(site.obligation))
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        await pilot.press(*"jus", "enter")
        await settle(pilot)
        await fill(pilot, due_on="07/05/2026", received_on=received)
        assert amount in said(app)
        assert "saisi ici" in said(app)
        # Back to what the base says: nothing; what it says itself is set aside.
        go_to_fact(app, "justificatifs")
        await pilot.press("x")
        await settle(pilot)
        assert "saisi ici" not in said(app)
        go_to_fact(app, "heures")
        await pilot.press("x")
        await settle(pilot)
        assert "écarté ici" in said(app)
        assert "Montant proposé" not in said(app)


async def test_the_cases_of_all_contracts(tmp_path: Path) -> None:
    site = Ended(tmp_path, SNCF)
    case = put(site.base, "penalty_case", {
        "obligation": site.obligation, "kind": "heures, inconnu", "basis": "{abîmé",
        "amount_cents": 123_45, "efforts": HOSTILE, "decision": "proposee",
    })  # fmt: skip
    app = app_on(site)
    async with running(app, (80, 24)) as pilot:
        app.push_screen(PenaltyCases())
        await settle(pilot)
        text = screen_text(app)
        assert "1\u00a0proposition à décider\u00a0: 123,45\u00a0€ · retenu\u00a0: 0\u00a0€" in text
        assert "Bâtisseurs du Val" in text and "Proposée" in text
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PenaltyDesk)
        assert "[red]Appel[/red] [@click=app.quit]ici[/]" in said(app)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("v")
        await settle(pilot)
        await fill(pilot, decision="remise", decided_on="30/06/2026")
        assert cases(site)[0].decision == "remise"
        assert "0\u00a0proposition à décider" in screen_text(app)
        assert "Remise accordée" in screen_text(app)
        await pilot.press("x")
        await settle(pilot)
        await pilot.press("right", "enter")
        await settle(pilot)
        assert penalties.one(site.base.connection, case) is None
        assert "Aucun dossier de pénalité" in screen_text(app)
