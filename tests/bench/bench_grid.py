"""What a key costs in the hour grid of 200 people x 24 months, in a base of 500,000 lines.

Never run in CI. By hand: ``python tests/bench/bench_grid.py FOLDER`` (the base is made in FOLDER
the first time). The grid is compared with that of one person, in the same base, at 120 x 40: time
from the key to the first paint that follows (the screen paints at most once a frame), and
processor time spent meanwhile. Bar: one frame (16.7 ms) at the median, and a ratio near 1.
"""

import asyncio
import shutil
import statistics
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from textual import events

from big_base import LINES, TODAY, big_base
from suivi_tui.store.base import Base, open_base
from suivi_tui.store.journal import Change, created, hour_row, write
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.screens.grille.screen import HourGridScreen
from suivi_tui.tui.screens.grille.sender import SenderGridScreen
from suivi_tui.tui.screens.grille.widget import PeopleGrid
from suivi_tui.vocabulary.choices import BatchKind
from suivi_tui.vocabulary.months import add_months, month_of

RUNNING = 30
PEOPLE, MONTHS = 200, 24
ROUNDS = 40
FRAME = 1000 / 60
SIZE = (120, 40)
NOW = month_of(TODAY)
KEYS = {
    "chiffre": ("1", "2", "comma", "5"),
    "effacer": ("backspace",) * 4,
    "déplacement": ("down", "right", "up", "left"),
    "entrée (enregistrement)": ("7", "enter"),
}


class Paints:
    """When the application last painted."""

    def __init__(self, app: SuiviApp) -> None:
        self.last = 0.0
        self._display = app._display
        app._display = self._painted

    def _painted(self, *arguments: Any) -> None:
        self._display(*arguments)
        self.last = time.perf_counter()


def grid_base(folder: Path) -> tuple[Path, dict[str, int]]:
    """The big base with an obligation of 200 people over 24 months, and one of one person."""
    path = folder / f"grille-{LINES}.db"
    if not path.exists():
        shutil.copy(big_base(folder, LINES, RUNNING), path)
        with open_base(path) as base:
            write(base, _site(base, "GRILLE-PLEINE", PEOPLE), kind=BatchKind.IMPORT, label="Essai")
            write(base, _site(base, "GRILLE-VIDE", 1), kind=BatchKind.IMPORT, label="Essai")
    with open_base(path) as base:
        found = base.connection.execute(
            "SELECT contract.number, obligation.id, obligation.company FROM contract "
            "JOIN lot ON lot.contract = contract.id JOIN obligation ON obligation.lot = lot.id "
            "WHERE contract.number LIKE 'GRILLE-%'"
        ).fetchall()
    return path, {number: place for number, *place in found}


def _site(base: Base, number: str, people: int) -> list[Change]:
    """A contract, its holder, people employed by the holder; hours unless there is one person."""
    buyer, company, contract, lot, owing = (base.new_id() for _ in range(5))
    dates = {"start": "2024-01-01", "end": "2027-12-31"}
    changes = [
        created("buyer", buyer, {"name": "Ville d'essai"}),
        created("company", company, {"name": number, "kind": "entreprise"}),
        created("contract", contract, {"buyer": buyer, "number": number, "stage": "en_cours",
                                       "taken_up": 1, **dates}),
        created("lot", lot, {"contract": contract, "number": "0"}),
        created("obligation", owing, {"lot": lot, "company": company, **dates}),
        created("obligation_event", base.new_id(), {
            "obligation": owing, "date": "2024-01-01", "kind": "initial", "hours": 90_000_00}),
    ]  # fmt: skip
    for rank in range(people):
        person, work, placement = (base.new_id() for _ in range(3))
        changes += [
            created("participant", person, {"last": f"EXEMPLE{rank:03}", "first": "Alix"}),
            created("eligibility", base.new_id(), {
                "participant": person, "criterion": "RSA", "decision": "validee",
                "decided_on": "2024-01-01"}),
            created("work_contract", work, {
                "participant": person, "employer": company, "structure_kind": "entreprise",
                "type": "cdd", "mode": "direct", "weekly_hours": 3500, **dates}),
            created("placement", placement, {"work_contract": work, "obligation": owing}),
        ]  # fmt: skip
        for back in range(MONTHS if people > 1 else 0):
            key = hour_row(owing, add_months(NOW, -back), placement, 1)
            changes.append(created("hour_entry", key, {"declared": 10_000 + back}))
    return changes


async def key_times(
    app: SuiviApp, paints: Paints, names: tuple[str, ...]
) -> list[tuple[float, float]]:
    """Milliseconds from each key to the paint that follows, waited and computed."""
    found = []
    for name in names:
        await app.desk.idle()
        await asyncio.sleep(0.03)
        character = {"comma": ","}.get(name, name if len(name) == 1 else None)
        event = events.Key(name, character)
        event.set_sender(app)
        waited, computed = time.perf_counter(), time.process_time()
        app._driver.send_message(event)
        while paints.last < waited and time.perf_counter() - waited < 1:
            await asyncio.sleep(0)
        spent = time.process_time() - computed
        found.append(((paints.last - waited) * 1000, spent * 1000))
    return found


async def measure(path: Path, screen: Any) -> tuple[dict[str, list[tuple[float, float]]], float]:
    """The times of each family of keys, and of opening the grid."""
    moment = datetime(2026, 3, 20, 14, 2)
    app = SuiviApp(path, TODAY, lambda: open_base(path), clock=lambda: moment, encoding="utf-8")
    paints = Paints(app)
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in KEYS}
    async with app.run_test(size=SIZE) as pilot:
        await app.desk.idle()
        await pilot.pause()
        start = time.perf_counter()
        app.push_screen(screen)
        while not app.screen.query(PeopleGrid) or not app.screen.query_one(PeopleGrid).lines:
            await asyncio.sleep(0.001)
        opened = (time.perf_counter() - start) * 1000
        await app.desk.idle()
        await pilot.pause()
        for round_ in range(ROUNDS):
            for name, keys in KEYS.items():
                found = await key_times(app, paints, keys)
                if round_ >= 2:
                    times[name] += found[-1:] if "enter" in keys else found
                if name == "effacer":
                    await key_times(app, paints, ("escape",))
    return times, opened


def main(folder: Path) -> None:
    """Print the times and the ratios."""
    path, places = grid_base(folder)
    full, empty = places["GRILLE-PLEINE"], places["GRILLE-VIDE"]
    views = {
        "obligation": lambda place: HourGridScreen(place[0], NOW),
        "déclarant": lambda place: SenderGridScreen(place[1], NOW),
    }
    for view, screen in views.items():
        alone, opened_alone = asyncio.run(measure(path, screen(empty)))
        many, opened = asyncio.run(measure(path, screen(full)))
        print(f"{view}{'':22}  une personne   {PEOPLE} x {MONTHS}  médiane (95e centile)")
        print(f"  {'ouverture':24} {opened_alone:8.1f} ms {opened:8.1f} ms")
        for name in KEYS:
            said = []
            for place, what in ((0, "attente"), (1, "calcul")):
                few = [item[place] for item in alone[name]]
                lot = [item[place] for item in many[name]]
                high = statistics.quantiles(lot, n=20)[-1]
                ratio = statistics.median(lot) / statistics.median(few)
                said.append(
                    f"{what} {statistics.median(few):5.1f} -> {statistics.median(lot):5.1f} "
                    f"({high:5.1f}) ms x{ratio:4.2f}"
                )
            print(f"  {name:24} {' | '.join(said)}")
    print(f"une image : {FRAME:.1f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
