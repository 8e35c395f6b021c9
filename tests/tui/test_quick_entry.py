"""Hours in one line from anywhere, and the form of a sender: journeys through the application."""

from pathlib import Path

from textual.widgets import Input, Static

from builders import new_company, new_contract, new_person, new_placement, new_statement
from driving import running, screen_text, settle, toasts
from entry_samples import Site, app_on
from suivi_tui.exchange.statement_files.form_reading import read_form
from suivi_tui.exchange.statement_files.workbook import open_statement_file
from suivi_tui.tui.dialogs.form import Form
from suivi_tui.tui.dialogs.quick_entry import QuickEntry
from suivi_tui.tui.screens.shared.forms_to_send import ask_form


def said(dialog: QuickEntry) -> str:
    return str(dialog.query_one("#said", Static).content).replace("\u00a0", " ")


async def test_lines_written_one_after_the_other_without_a_guess(tmp_path: Path) -> None:
    site = Site(tmp_path)
    other = new_contract(site.base, number="M-77", buyer=site.contract.buyer,
                         company=site.contract.company)  # fmt: skip
    third = new_person(site.base, last="CANARI", first="[/b] Zoé")
    canari_2 = new_placement(site.base, other, third)
    paul_2 = new_placement(site.base, other, third, work_contract=site.paul.work_contract)
    app = app_on(site.base, "marches")
    async with running(app) as pilot:
        await pilot.press("ctrl+n")
        await settle(pilot)
        dialog = app.screen
        assert isinstance(dialog, QuickEntry)
        line = dialog.query_one(Input)

        # Two homonyms: an Enter typed too fast takes nobody.
        line.value = "canari 12,5"
        await pilot.press("enter")
        await settle(pilot)
        assert "2 personnes possibles" in said(dialog)
        assert "CANARI [/b] Zoé" in screen_text(app)
        assert site.hours(site.jeanne, 202605) == (100_00, 100_00, "")
        await pilot.press("down", "tab")
        await settle(pilot)
        # The whole name completes the line; what would be written is shown before Enter.
        assert line.value.startswith("CANARI")
        assert "12,50 h" in said(dialog) and "marché" in said(dialog)
        chosen = canari_2 if "Zoé" in line.value else site.jeanne
        assert site.hours(canari_2, 202605) is None
        await pilot.press("enter")
        await settle(pilot)
        assert site.hours(chosen, 202605) == (12_50, None, "")
        assert line.value == "" and "✓ CANARI" in screen_text(app)

        # The same person on two contracts: asked; a word of the line settles it too.
        line.value = "moineau 2026-04 7h30"
        await pilot.press("enter")
        await settle(pilot)
        assert "2 marchés possibles" in said(dialog)
        line.value = "moineau m-77 2026-04 7h30"
        await pilot.press("enter")
        await settle(pilot)
        assert site.hours(paul_2, 202604) == (7_50, None, "")
        assert site.hours(site.paul, 202604) is None

        # What was there, what it becomes; then a locked month keeps the text.
        line.value = "moineau lot 0 val 60"
        await pilot.pause()
        dialog.read_now()
        await settle(pilot)
        line.value = "moineau m-77 2026-04 9"
        dialog.read_now()
        await settle(pilot)
        assert "Déjà 7,50 h (à valider) : deviendra 9,00 h" in said(dialog)
        new_statement(site.base, other.obligation, other.company, 202604, "verrouille")
        await pilot.press("enter")
        await settle(pilot)
        assert "verrouillé" in said(dialog)
        assert line.value == "moineau m-77 2026-04 9"
        assert site.hours(paul_2, 202604) == (7_50, None, "")

        # Left half-typed, it is there again, selected.
        await pilot.press("escape")
        await settle(pilot)
        assert toasts(app)[-1] == "Saisie gardée en brouillon."
        await pilot.press("ctrl+n")
        await settle(pilot)
        line = app.screen.query_one(Input)
        assert line.value == "moineau m-77 2026-04 9" and line.selected_text == line.value
        line.value = ""
        await pilot.press("escape", "ctrl+n")
        await settle(pilot)
        assert app.screen.query_one(Input).value == ""
        line = app.screen.query_one(Input)
        line.value = "moineau m-77 2026-03 800"
        await pilot.press("enter")
        await settle(pilot)
        assert "plus de 24 h" in said(app.screen)
        line.value = ""
        await pilot.press("escape")
        await settle(pilot)


async def test_a_form_is_written_where_the_person_says(tmp_path: Path) -> None:
    site = Site(tmp_path)
    agency = int(site.one("SELECT id FROM company WHERE kind = 'ETTI'"))
    app = app_on(site.base, "marches")
    async with running(app) as pilot:
        ask_form(app.screen, agency, 202605)
        await settle(pilot)
        assert isinstance(app.screen, Form)
        field = app.screen.query_one(Input)
        assert field.value.endswith(f"releve-2026-05-{agency}.xlsx")
        target = tmp_path / "vers" / "a.xlsx"
        target.parent.mkdir()
        target.write_bytes(b"avant")
        field.value = str(target)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "existe déjà" in screen_text(app)
        assert target.read_bytes() == b"avant"
        await pilot.press("o")
        await settle(pilot)
        assert any(str(target) in toast for toast in toasts(app))
        found = read_form(open_statement_file(target))
        assert found is not None and (found.sender, found.month) == (agency, 202605)
        nobody = new_company(site.base, name="Personne")
        ask_form(app.screen, nobody, 202605)
        await settle(pilot)
        assert any("ni lot ni salarié" in toast for toast in toasts(app))
