"""The pages of upstream work over texts made to harm a terminal or a document."""

import zipfile
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import fromstring

from builders import add, new_base, new_buyer, new_company
from driving import running, screen_text, settle
from people_samples import PLACES, app_on, press
from suivi_tui.actions.policies import write_report
from suivi_tui.tui.plain import shown
from suivi_tui.tui.screens.amont.achat import PurchaseDetail
from suivi_tui.tui.screens.annuaire.screen import DirectoryScreen
from suivi_tui.tui.screens.calibrage.opening import open_calibration
from suivi_tui.tui.screens.clauses.opening import open_clause
from suivi_tui.tui.screens.politiques.fiche import BuyerPolicy
from suivi_tui.tui.widgets.paged_list import PagedList
from tui_samples import HOSTILE

PLACES.setdefault("amont", "suivi_tui.tui.screens.amont.screen:UpstreamScreen")
TODAY = date(2026, 6, 20)


async def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    base = new_base(tmp_path)
    seen = []
    for text in HOSTILE:
        buyer = new_buyer(base, name=text, territory=text)
        contract = add(base, "contract", buyer=buyer, object=text, stage="projet", taken_up=1,
                       place=text, cpv=text, procedure=text, facilitator=text, planned_on=text,
                       clause_form="condition")  # fmt: skip
        add(base, "lot", contract=contract, number=text, title=text, trade=text)
        add(base, "refusal", contract=contract, ground=text, text=text, date=text)
        policy = add(base, "policy", buyer=buyer, name=text, kind=text)
        aim = add(base, "policy_target", buyer=buyer, policy=policy, year=2026, commitment=text,
                  indicator=text, unit=text)  # fmt: skip
        add(base, "evidence", policy_target=aim, label=text, link=text, date=text)
        company = new_company(base, name=text, kind="ACI", commune=text)
        add(base, "coverage", company=company, territory=text, trade=text)
        add(base, "directory_entry", kind=text, name=text, structure=text, buyer=buyer)
        seen.append((buyer, contract))
    for place, (buyer, _) in enumerate(seen[:6]):
        report = write_report(base, buyer, 2026, tmp_path / f"{place}.docx", TODAY)
        with zipfile.ZipFile(report) as word:
            text = "".join(fromstring(word.read("word/document.xml")).itertext())
        assert "\x1b" not in text and "Bilan" in text
    app = app_on(base, "amont")
    async with running(app) as pilot:
        listed = app.screen.query_one(PagedList)
        assert len(listed.rows) == len(HOSTILE)
        for buyer, contract in seen[4:5]:
            app.push_screen(PurchaseDetail(contract))
            await press(pilot, "x", "escape")
            open_calibration(app.screen, contract)
            await press(pilot, "escape")
            open_clause(app.screen, contract)
            await press(pilot, "escape", "escape")
            app.push_screen(BuyerPolicy(buyer, 2026))
            await press(pilot, "down", "x", "escape", "escape")
        for page in ("motifs", "politiques"):
            app.action_open_page(page)
            await settle(pilot)
        app.push_screen(DirectoryScreen())
        await settle(pilot)
        assert {shown(text) for text in HOSTILE[:4]} <= {
            row.cells[0] for row in app.screen.query_one(PagedList).rows
        }
        assert "\x1b" not in screen_text(app)
        assert app.is_running
