"""The pictures of every screen, made from the demonstration base of a fixed day.

    python tests/screenshots.py [folder]

Each screen is reached by keys, as a user would, at 80 x 24 and 120 x 40.
"""

import asyncio
import re
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent / "tui"))

from driving import settle
from statement_samples import SAMPLES
from statement_samples import TODAY as STATEMENT_DAY
from statement_samples.world import world_base
from suivi_tui.actions.demonstration import open_or_build
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.start import application

TODAY = date(2026, 11, 22)
SIZES = ((80, 24), (120, 40))


class Picture(NamedTuple):
    """A picture: its name and the keys that lead to what it shows."""

    name: str
    keys: tuple[str, ...]


PICTURES = (
    Picture("tableau-de-bord", ("1",)),
    Picture("saisie", ("2",)),
    Picture("grille", ("2", "down", "down", "down", "left", "o")),
    Picture("grille-declarant", ("2", *("down",) * 21, "left", "enter")),
    Picture("saisir-une-ligne", ("2", "ctrl+n", *"sali 2026-09 151,67")),
    Picture("marches", ("3",)),
    Picture("marche", ("3", "down", "enter")),
    Picture("obligation", ("3", "down", "enter", *("down",) * 7, "enter")),
    Picture("participants", ("4",)),
    Picture("participant", ("4", "down", "enter")),
    Picture("entreprises", ("5",)),
    Picture("entreprise", ("5", "down", "enter")),
    Picture("alertes", ("6",)),
    Picture("evaluation", ("7",)),
    Picture("evaluation-repartition", ("7", "r", *"age", "enter")),
    Picture("syntheses", ("7", "s")),
    Picture("amont", ("8",)),
    Picture("achat", ("8", "enter")),
    Picture("calibrage", ("8", "down", "down", "enter", "c")),
    Picture("clause", ("3", "down", "enter", "t")),
    Picture("annuaire", ("9",)),
    Picture("qui-couvre", ("9", "c", *"poitiers", "enter")),
    Picture("politiques", ("ctrl+p", *"politiques", "enter", "enter")),
    Picture("historique", ("0",)),
    Picture("besoins", ("ctrl+p", *"besoins", "enter")),
    Picture("aide", ("3", "question_mark")),
    Picture("palette", ("1", "ctrl+p", "e", "c", "h")),
    Picture("aller-a", ("1", "ctrl+o", "t", "i", "l")),
)


def svg_of(app: SuiviApp, title: str) -> str:
    """The screen as SVG, without the web fonts that Textual names."""
    svg = app.export_screenshot(title=title, simplify=True)
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    return re.sub(r"@font-face\s*{[^}]*}", "", svg)


async def picture(base: Path, wanted: Picture, size: tuple[int, int]) -> str:
    """One picture of a fresh application on ``base``."""
    app = application(base, TODAY, clock=lambda: datetime(2026, 11, 22, 9, 30))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for key in wanted.keys:
            await pilot.press(key)
            await settle(pilot)
        if app.faults:
            raise SystemExit(f"{wanted.name}: {app.faults!r}")
        return svg_of(app, f"suivi-tui, {wanted.name}")


async def statement(folder: Path, size: tuple[int, int]) -> str:
    """The preview of a file as a sender makes it, in a small invented base."""
    from suivi_tui.tui.screens.importation.screen import StatementImport

    base, _ = world_base(folder / f"releves-{size[0]}")
    path = base.path
    base.close()
    sample = next(sample for sample in SAMPLES if sample.name == "week columns")
    file = sample.write(path.parent)
    app = application(path, STATEMENT_DAY, clock=lambda: datetime(2026, 11, 2, 9, 30))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        app.push_screen(StatementImport(file))
        for _ in range(10):
            await settle(pilot)
        return svg_of(app, "suivi-tui, import d'un relevé")


async def first_start(folder: Path, size: tuple[int, int]) -> str:
    """The question of the very first start."""
    app = application(folder / "absente.db", TODAY)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        return svg_of(app, "suivi-tui, premier démarrage")


async def main(target: Path) -> None:
    """Make every picture in ``target``."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "demonstration.db"
        open_or_build(base, seed=1, today=TODAY)
        for width, height in SIZES:
            for wanted in PICTURES:
                svg = await picture(base, wanted, (width, height))
                (target / f"{wanted.name}-{width}x{height}.svg").write_text(svg, "utf-8")
            svg = await statement(Path(folder), (width, height))
            (target / f"import-releve-{width}x{height}.svg").write_text(svg, "utf-8")
            svg = await first_start(Path(folder), (width, height))
            (target / f"premier-demarrage-{width}x{height}.svg").write_text(svg, "utf-8")


if __name__ == "__main__":
    root = Path(__file__).resolve().parents[1]
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else root / "screenshots"))
