"""What the base said on a day is what it says, asked later, as known on that day."""

import shutil
import sqlite3
import tempfile
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import new_contract, new_hours, new_person, new_placement
from store_samples import START_MS, Bits, Clock, State, rows_of
from suivi_tui.store.as_known import end_of_day, known_at, known_on, vector_now, vector_on
from suivi_tui.store.base import Base, create_base
from suivi_tui.store.journal import (
    Change,
    changed,
    created,
    hour_row,
    removed,
    renew_identity,
    write,
)
from suivi_tui.store.tables import JOURNALLED_NAMES
from suivi_tui.store.undo import LaterChanges, NothingToUndo, undo, undo_last

DAY_MS = 86_400_000
MONTHS = (202601, 202602, 202603)


def tables(connection: sqlite3.Connection) -> State:
    """Every journalled row, with the journal itself (which lines are heads apart)."""
    found: State = {}
    for entity in JOURNALLED_NAMES:
        found |= rows_of(connection, f"SELECT * FROM {entity}", entity)
    for line in connection.execute("SELECT base, number, hlc, field, value FROM journal"):
        found["journal", str(line[0]), str(line[1])] = line[2:]
    return found


class Life:
    """A base that lives day after day on a clock that the test holds."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.base: Base = create_base(folder / "suivi.db", clock=self.clock, random_bits=Bits())
        self.market = new_contract(self.base)
        self.person = new_person(self.base)
        self.placement = new_placement(self.base, self.market, self.person)
        self.batches: list[int] = []

    def tomorrow(self) -> None:
        self.clock.moment = (self.clock.moment // DAY_MS + 1) * DAY_MS + 8 * 3_600_000

    @property
    def instant(self) -> datetime:
        return datetime.fromtimestamp(self.clock.moment / 1000, UTC)

    def do(self, act: tuple[str, int, int]) -> None:
        name, first, second = act
        hours = hour_row(self.market.obligation, MONTHS[first % 3], self.placement.placement, 1)
        if name == "undo":
            self._undo(first)
            return
        known = self.base.connection.execute(
            "SELECT 1 FROM hour_entry WHERE month = ?", (MONTHS[first % 3],)
        ).fetchone()
        changes: dict[str, list[Change]] = {
            "buyer": [created("buyer", self.base.new_id(), {"name": f"Ville {first}"})],
            "rename": [changed("participant", self.person, "last", f"Nom {first}")],
            "remove": [removed("contract", self.market.contract, bool(second % 2))],
            "hours": [created("hour_entry", hours, {"declared": second, "validated": None})],
            "decide": [changed("hour_entry", hours, "validated", second)] if known else [],
            "gone": [removed("hour_entry", hours, bool(second % 2))] if known else [],
        }
        if name == "moved":
            renew_identity(self.base)
        elif changes[name]:
            self.batches.append(write(self.base, changes[name], label=name).batch)

    def _undo(self, place: int) -> None:
        try:
            if place % 2 or not self.batches:
                undo_last(self.base)
            else:
                undo(self.base, self.batches[place % len(self.batches)], keep_later=True)
        except (NothingToUndo, LaterChanges):
            pass


ACTS = ("buyer", "rename", "remove", "hours", "hours", "decide", "gone", "undo", "moved")
acts = st.tuples(st.sampled_from(ACTS), st.integers(0, 9), st.integers(0, 20_000))


@given(days=st.lists(st.lists(acts, max_size=4), min_size=2, max_size=5))
@settings(max_examples=8)
def test_each_day_is_found_again(days: list[list[tuple[str, int, int]]]) -> None:
    folder = Path(tempfile.mkdtemp(prefix="suivi-essai-"))
    life = Life(folder)
    said: list[tuple[datetime, dict[int, int], State]] = []
    try:
        for day in days:
            for act in day:
                life.do(act)
            connection = life.base.connection
            said.append((life.instant, vector_now(connection), tables(connection)))
            life.tomorrow()
        for instant, vector, before in said:
            with known_at(life.base.connection, vector) as past:
                assert tables(past) == before
            with known_on(life.base.connection, end_of_day(instant.date(), UTC)) as past:
                assert tables(past) == before
    finally:
        life.base.close()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def life(tmp_path: Path) -> Any:
    made = Life(tmp_path)
    yield made
    made.base.close()


def test_a_line_of_the_last_minute_of_a_day_belongs_to_it(life: Life) -> None:
    midnight = START_MS + 30 * DAY_MS
    for number, moment in enumerate((midnight - 1, midnight)):
        life.clock.moment = moment - 1000
        # Each write reads the clock several times: the day is that of the first reading.
        life.base.clock = lambda moment=moment: moment
        write(
            life.base,
            [changed("participant", life.person, "first", f"P{number}")],
            label="Essai",
        )
    last = date(2026, 1, 30)
    with known_on(life.base.connection, end_of_day(last, UTC)) as past:
        assert past.execute("SELECT first FROM participant").fetchone() == ("P0",)
    with known_on(life.base.connection, end_of_day(last + timedelta(days=1), UTC)) as past:
        assert past.execute("SELECT first FROM participant").fetchone() == ("P1",)


def test_a_day_ends_where_the_computer_is() -> None:
    east = timezone(timedelta(hours=4))
    ending = end_of_day(date(2026, 3, 31), east)
    assert ending.astimezone(UTC) == datetime(2026, 3, 31, 19, 59, 59, 999_000, UTC)


def test_before_its_birth_a_base_said_nothing(life: Life) -> None:
    vector = vector_on(life.base.connection, datetime(2020, 1, 1, tzinfo=UTC))
    assert vector == {}
    with known_at(life.base.connection, vector) as past:
        assert tables(past) == {}


def test_the_past_cannot_be_changed_and_the_present_is_left_alone(life: Life) -> None:
    new_hours(life.base, life.placement, 202601, 100_00)
    before = tables(life.base.connection)
    with known_at(life.base.connection, vector_now(life.base.connection)) as past:
        with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
            past.execute("UPDATE hour_entry SET declared = 1")
        with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
            past.execute("DELETE FROM journal")
    assert tables(life.base.connection) == before


def test_what_was_erased_since_is_not_brought_back(life: Life) -> None:
    vector = vector_now(life.base.connection)
    # What an erasure leaves: the lines, without their values.
    with life.base.door.transaction():
        life.base.connection.execute(
            "UPDATE journal SET value = json_set(value, '$.last', '') "
            "WHERE entity = 'participant' AND field = '+'"
        )
    new_hours(life.base, life.placement, 202601, 100_00)
    write(life.base, [changed("participant", life.person, "first", "Z")], label="Essai")
    with known_at(life.base.connection, vector) as past:
        assert past.execute("SELECT last FROM participant").fetchone() == ("",)


def test_a_read_that_is_interrupted_stops_the_replay(life: Life) -> None:
    class Interrupting(sqlite3.Connection):
        """Somebody else asks to stop as soon as the copy begins."""

        def backup(self, *arguments: Any, **options: Any) -> None:
            self.interrupt()
            super().backup(*arguments, **options)

    copy = sqlite3.connect(":memory:", isolation_level=None, factory=Interrupting)
    life.base.connection.backup(copy)
    with pytest.raises(sqlite3.OperationalError, match="interrupted"), known_at(copy, {}):
        pass
