"""What the first paint costs: no heavy module, few widgets, the figures in one question."""

import subprocess
import sys
from pathlib import Path

from builders import new_base, new_contract, new_hours, new_person, new_placement

HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "markdown_it",
    "openpyxl",
    "alembic",
    "rich.markdown",
    "suivi_tui.model",
    "suivi_tui.actions",
    "suivi_tui.exchange",
    "suivi_tui.documents",
    "python_calamine",
    "xlsxwriter",
    "rapidfuzz",
    "docxtpl",
    "docx",
    "jinja2",
    "lxml",
    "holidays",
)

_PROBE = """
import asyncio, sys
from datetime import date
from pathlib import Path
from suivi_tui.tui.start import application

async def main():
    app = application(Path({path!r}), date(2026, 9, 20))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await asyncio.wait_for(app.desk.idle(), 20)
        await pilot.pause()
        lines = app.screen._compositor.render_strips()
        text = "".join(segment.text for strip in lines for segment in strip)
        modules = " ".join(sys.modules)
        widgets = len(app.screen.query("*"))
    print("WIDGETS", widgets)
    print("MODULES", modules)
    print("TEXT", text)

asyncio.run(main())
"""


def small_base(folder: Path) -> Path:
    with new_base(folder) as base:
        market = new_contract(base, owed=3_650_00)
        placement = new_placement(base, market, new_person(base))
        new_hours(base, placement, 202603, 120_50)
        return base.path


def test_the_dashboard_paints_its_figures_without_any_heavy_module(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", _PROBE.format(path=str(small_base(tmp_path)))],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    found = dict(
        line.split(" ", 1) for line in done.stdout.splitlines() if line.partition(" ")[0].isupper()
    )
    assert "120,50\u00a0h" in found["TEXT"], done.stderr
    assert "Bâtisseurs du Val" in found["TEXT"]
    assert int(found["WIDGETS"]) <= 15
    imported = set(found["MODULES"].split())
    assert "textual" in imported
    assert not [name for name in imported for heavy in HEAVY if f"{name}.".startswith(f"{heavy}.")]
