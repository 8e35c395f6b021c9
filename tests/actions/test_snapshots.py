"""A synthesis is frozen, and later found the same, changed, or altered; the past is replayed."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import NewPlacement, new_contract, new_hours, new_person, new_placement
from store_samples import Bits, Clock
from suivi_tui.actions.snapshots import NotFrozen, freeze, remove_snapshot
from suivi_tui.readings import snapshots as readings
from suivi_tui.readings.evaluation import as_json, evaluate
from suivi_tui.readings.filters import Filters
from suivi_tui.readings.past import DayRefused, known_on_day
from suivi_tui.readings.snapshot_differences import differences, figure_lines
from suivi_tui.readings.snapshot_words import explanation_of, verdict_of
from suivi_tui.readings.snapshots import EVALUATION, Asked, State
from suivi_tui.store.base import Base, create_base
from suivi_tui.store.journal import changed, created, removed, write
from suivi_tui.store.undo import undo_last
from suivi_tui.vocabulary.months import Month

TODAY = date(2026, 3, 31)
YEAR = Filters(first=Month(202601), last=Month(202612))
DAY_MS = 86_400_000


class World:
    """Two buyers, a person at work for each."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.base: Base = create_base(folder / "suivi.db", clock=self.clock, random_bits=Bits())
        self.places: list[NewPlacement] = []
        self.buyers: list[int] = []
        for number, name in (("A", "Exemple"), ("B", "Modèle")):
            market = new_contract(self.base, number=number)
            person = new_person(self.base, last=name)
            self.buyers.append(market.buyer)
            self.places.append(new_placement(self.base, market, person))
        self.lines = [new_hours(self.base, place, 202601, 100_00, 100_00) for place in self.places]

    def tomorrow(self) -> date:
        """The day that ends; the clock goes to the next morning."""
        day = datetime.fromtimestamp(self.clock.moment / 1000, UTC).date()
        self.clock.moment = (self.clock.moment // DAY_MS + 1) * DAY_MS + 8 * 3_600_000
        return day

    def freeze(self, filters: Filters = YEAR, **asked: Any) -> int:
        return freeze(self.base, EVALUATION, "Bilan 2026", filters, Asked(TODAY, **asked))

    def edit(self, line: int, **values: int) -> None:
        changes = [changed("hour_entry", self.lines[line], *each) for each in values.items()]
        write(self.base, changes, label="Correction")

    def verify(self, row: int) -> readings.Verification:
        found = readings.verify(self.base.connection, row)
        assert found is not None
        return found

    def state(self, row: int) -> State | None:
        return readings.state_of(self.base.connection, row)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.base.close()


def test_what_is_frozen_is_found_the_same(world: World) -> None:
    row = world.freeze()
    write(world.base, [changed("participant", _person(world), "phone", "0102030405")], label="Tél.")
    found = world.verify(row)
    assert (found.state, found.reproduced, found.intact) == (State.SAME, True, True)
    assert (found.changed_lines, found.lines) == (0, ())
    assert world.state(row) is State.SAME
    assert verdict_of(found) == [
        "Recalculés aujourd'hui, les chiffres sont les mêmes.",
        "Rejoués tels que la base était connue ce jour-là, ils sont retrouvés à l'identique.",
    ]
    assert found.frozen.figures["heures"]["validees"] == 200
    assert found.frozen.asked.fte_base == 1600


def _person(world: World) -> int:
    return int(world.base.connection.execute("SELECT min(id) FROM participant").fetchone()[0])


def test_a_change_is_told_with_its_line_and_the_frozen_figures_are_proven(world: World) -> None:
    row = world.freeze()
    world.edit(0, validated=80_00)
    found = world.verify(row)
    assert (found.state, found.reproduced, found.changed_lines) == (State.CHANGED, True, 1)
    told = {(one.part, one.label): (one.then, one.now) for one in found.differences}
    assert told["Ensemble", "Heures validées"] == ("200,00\u00a0h", "180,00\u00a0h")
    assert told["Sexe", "Femme, heures validées"] == ("200,00\u00a0h", "180,00\u00a0h")
    (line,) = readings.changed_lines(world.base.connection, found.lines)
    assert line.change.name == "Exemple Camille, janvier 2026"
    assert [(one.label, one.old, one.new) for one in line.change.changes] == [
        ("Heures validées", "100,00\u00a0h", "80,00\u00a0h")
    ]
    assert (line.author, line.batch) == ("Facilitateur", "Correction")
    undo_last(world.base)
    again = world.verify(row)
    assert (again.state, again.changed_lines) == (State.SAME, 2)


def test_only_the_lines_of_the_scope_are_told(world: World) -> None:
    row = world.freeze(YEAR._replace(buyers=(world.buyers[0],)))
    world.edit(1, validated=80_00)
    new_hours(world.base, world.places[0], 202701, 10_00)
    assert world.verify(row).changed_lines == 0
    assert world.state(row) is State.SAME
    # A contract that leaves the scope changes it, though it is no longer in it.
    (contract,) = world.base.connection.execute(
        "SELECT id FROM contract WHERE buyer = ?", (world.buyers[0],)
    ).fetchone()
    write(world.base, [changed("contract", contract, "buyer", world.buyers[1])], label="Acheteur")
    found = world.verify(row)
    assert (found.state, found.reproduced, found.changed_lines) == (State.CHANGED, True, 1)


def test_the_day_of_the_synthesis_is_kept(world: World) -> None:
    row = world.freeze()
    expected = world.verify(row).frozen.figures["heures"]["attendues"]
    world.clock.moment += 200 * DAY_MS
    assert world.verify(row).now["heures"]["attendues"] == expected


def test_other_rules_and_other_contents_are_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = world.freeze()
    with monkeypatch.context() as patched:
        patched.setattr(readings, "RULES_VERSION", "2027.1")
        found = world.verify(row)
        assert (found.rules_changed, found.state) == (True, State.SAME)
        assert "Les règles de calcul ont changé" in " ".join(verdict_of(found))
    kept = readings.frozen_syntheses(world.base.connection)[0]
    figures = {**kept.figures, "participants": 99}
    write(
        world.base,
        [changed("snapshot", row, "figures", readings.figures_text(figures, kept.asked))],
        label="Autre outil",
    )
    found = world.verify(row)
    assert (found.intact, found.state, world.state(row)) == (False, State.ALTERED, State.ALTERED)


@pytest.mark.parametrize("figures", ["", "{}", "[1]", "A\x1b[2J", '{"jour":"hier"}'])
def test_what_cannot_be_read_is_told_and_breaks_nothing(world: World, figures: str) -> None:
    row = world.freeze()
    write(world.base, [changed("snapshot", row, "figures", figures)], label="Autre outil")
    found = world.verify(row)
    assert found.state is State.ALTERED and world.state(row) is State.ALTERED
    assert "ne peut pas être lu" in verdict_of(found)[0]
    assert explanation_of(world.base.connection, found)


def test_a_base_restored_from_an_older_copy_says_that_it_cannot_go_back(world: World) -> None:
    row = world.freeze()
    world.base.connection.execute("SELECT 1")
    kept = readings.frozen_syntheses(world.base.connection)[0]
    further = {str(base): last + 1_000 for base, last in kept.vector.items()}
    write(world.base, [changed("snapshot", row, "vector", json.dumps(further))], label="Copie")
    found = world.verify(row)
    assert found.reproduced is None
    assert any("ne remonte pas jusqu'à" in sentence for sentence in verdict_of(found))


def test_it_has_a_name_is_never_edited_and_leaves_a_trace(world: World) -> None:
    with pytest.raises(NotFrozen, match="porte un nom"):
        freeze(world.base, EVALUATION, " \u200b", YEAR, Asked(TODAY))
    row = world.freeze()
    remove_snapshot(world.base, row)
    assert readings.frozen_syntheses(world.base.connection) == []
    with pytest.raises(NotFrozen, match="n'est plus dans la base"):
        remove_snapshot(world.base, row)
    undo_last(world.base)
    assert world.verify(row).state is State.SAME


def test_what_a_later_release_counts_beside_is_no_difference() -> None:
    then = {"participants": 2, "repartitions": {"sexe": [{"valeur": "Femme", "heures": 1.5}]}}
    now = {
        "participants": 2,
        "nouveau": 3,
        "repartitions": {
            "sexe": [{"valeur": "Femme", "heures": 1.5}, {"valeur": "Homme", "heures": 2.0}],
            "taille": [{"valeur": "Petite", "heures": 1.0}],
        },
    }
    (only,) = differences(then, now)
    assert (only.part, only.label, only.then, only.now) == (
        "Sexe", "Homme, heures déclarées", "–", "2,00\u00a0h",
    )  # fmt: skip
    assert [line.label for line in figure_lines(then, then)] == ["Participants"]


# As known on a date: what the base says each evening is what it says later of that evening.

ACTS = st.tuples(
    st.sampled_from(("hours", "decide", "remove", "person", "undo", "sex")),
    st.integers(0, 1),
    st.integers(0, 200_00),
)


def _act(world: World, act: tuple[str, int, int]) -> None:
    name, place, hours = act
    base, line = world.base, world.lines[place]
    if name == "hours":
        values = {"declared": hours, "validated": None}
        write(base, [created("hour_entry", line, values)], label="Heures")
    elif name == "decide":
        write(base, [changed("hour_entry", line, "validated", 0)], label="Validation")
    elif name == "remove":
        write(base, [removed("hour_entry", line, bool(hours % 2))], label="Retrait")
    elif name == "sex":
        sex = "FH"[hours % 2]
        write(base, [changed("participant", _person(world), "sex", sex)], label="Sexe")
    elif name == "person":
        market = world.places[place]
        other = new_placement(base, market, new_person(base))
        new_hours(base, other, 202602, hours)
    else:
        undo_last(base, keep_later=True)


@given(days=st.lists(st.lists(ACTS, max_size=3), min_size=1, max_size=4))
@settings(max_examples=5)
def test_any_evening_gives_again_the_figures_it_gave(days: list[list[Any]]) -> None:
    folder = Path(tempfile.mkdtemp(prefix="suivi-essai-"))
    world = World(folder)
    said = []
    try:
        for acts in days:
            for act in acts:
                _act(world, act)
            said.append((world.tomorrow(), as_json(evaluate(world.base.connection, today=TODAY))))
        last = said[-1][0] + timedelta(days=1)
        for day, figures in said:
            with known_on_day(world.base.connection, day, last, UTC) as past:
                assert as_json(evaluate(past, today=TODAY)) == figures
    finally:
        world.base.close()
        shutil.rmtree(folder, ignore_errors=True)


def test_a_day_to_come_or_before_the_base_is_refused(world: World) -> None:
    with pytest.raises(DayRefused, match="n'est pas encore passé"):
        known_on_day(world.base.connection, date(2026, 4, 1), TODAY)
    with pytest.raises(DayRefused, match="n'existait pas encore le 31/12/2020"):
        known_on_day(world.base.connection, date(2020, 12, 31), TODAY)
