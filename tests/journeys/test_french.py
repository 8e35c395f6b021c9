"""Whatever the application shows is French, written as French is; the demonstration is read by
``test_demonstration_walk``."""

from pathlib import Path

from driving import running
from journey import DIGITS, SIZES, Walk, copied, press, wired
from reader import Reader
from suivi_tui.store.base import create_base

NARROW, WIDE = SIZES
TECHNICAL = frozenset(("point décimal", "date ISO", "accent perdu"))


async def test_an_empty_base_speaks_french_and_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "vide.db"
    create_base(path, author="Camille Exemple", structure="Maison de l'emploi").close()
    app, reader = wired(path), Reader()
    async with running(app, NARROW) as pilot:
        walk = Walk(pilot, look_at=reader, typing=False)
        for digit in DIGITS:
            shown = await walk.go(digit, digit)
            assert app.current_mode == DIGITS[digit]
            assert len(shown.split()) > 12, "an empty state says what to do"
            await walk.crawl(digit, depth=1)
    assert not reader.faults, reader.told()


async def test_the_guide_and_the_themes_are_french(demonstration: Path, tmp_path: Path) -> None:
    # The guide tells which figures and dates are understood, and how columns are named.
    app, reader = wired(copied(demonstration, tmp_path)), Reader(TECHNICAL)
    async with running(app, WIDE) as pilot:
        walk = Walk(pilot, look_at=reader)
        await walk.go("thèmes", "ctrl+p", *"theme", "enter")
        await press(pilot, "escape")
        before = await walk.go("guide", "ctrl+p", *"guide", "enter")
        while (shown := await walk.go("guide, suite", "pagedown")) != before:
            before = shown
    assert not reader.faults, reader.told()


async def test_the_first_start_speaks_french(tmp_path: Path) -> None:
    app, reader = wired(tmp_path / "absente.db"), Reader()
    async with running(app, NARROW) as pilot:
        walk = Walk(pilot, look_at=reader)
        walk.look("premier démarrage")
        for key in ("c", "a"):
            await walk.go(f"premier démarrage > {key}", key)
            await walk.go(f"premier démarrage > {key} : vide", "ctrl+s")
            await press(pilot, "escape")
        await walk.go("premier démarrage > aide", "?")
        await press(pilot, "escape")
        await walk.go("premier démarrage > palette", "ctrl+p")
    assert not reader.faults, reader.told()
