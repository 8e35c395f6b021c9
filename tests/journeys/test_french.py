"""Whatever the application shows is French, written as French is."""

from pathlib import Path

import pytest

from driving import running
from french import faults_of
from journey import DIGITS, REPRESENTATIONS, SIZES, Look, Walk, copied, press, wired
from suivi_tui.store.base import create_base

NARROW, WIDE = SIZES
TECHNICAL = frozenset(("point décimal", "date ISO", "accent perdu"))


class Reader:
    """Reads what is shown; each fault is told once, with the first place where it was seen."""

    def __init__(self, allowed: frozenset[str] = frozenset()) -> None:
        self.allowed = allowed
        self.faults: dict[tuple[str, str], str] = {}

    def __call__(self, look: Look) -> None:
        for name, around in faults_of(look.said):
            if name not in self.allowed:
                self.faults.setdefault((name, around), look.path)
        found = REPRESENTATIONS.search(look.text)
        if found is not None:
            self.faults.setdefault(("Python", found.group()), look.path)

    def told(self) -> str:
        """The faults, a line each."""
        return "\n".join(
            f"{name} : {around!r}   ({path})" for (name, around), path in self.faults.items()
        )


@pytest.mark.parametrize("digit", DIGITS)
async def test_a_full_base_speaks_french(digit: str, demonstration: Path, tmp_path: Path) -> None:
    app, reader = wired(copied(demonstration, tmp_path)), Reader()
    async with running(app, WIDE) as pilot:
        walk = Walk(pilot, look_at=reader)
        await walk.go(digit, digit)
        await walk.go(f"{digit} > palette", "ctrl+p")
        await walk.go(f"{digit} > palette : rien", *"zzzz")
        await press(pilot, "escape")
        await walk.go(f"{digit} > aller à", "ctrl+o")
        await walk.go(f"{digit} > aller à : rien", *"zzzz")
        await press(pilot, "escape")
        await walk.crawl(digit)
        assert app.faults == []
    assert not reader.faults, reader.told()


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
            await walk.crawl(digit)
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
