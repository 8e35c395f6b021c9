"""Random work on one base: whatever is done, the tables are a rebuild of the journal."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from store_samples import (
    YEAR_MS,
    Bits,
    assert_lines_can_merge,
    assert_tables_follow_journal,
    living,
    sample,
    state,
)
from suivi_tui.store import repair
from suivi_tui.store.base import open_base
from suivi_tui.store.integrity import findings
from suivi_tui.store.journal import (
    Change,
    changed,
    created,
    hour_row,
    removed,
    renew_identity,
    write,
)
from suivi_tui.store.undo import LaterChanges, NothingToUndo, undo, undo_last
from suivi_tui.vocabulary.choices import BatchKind

texts = st.text(st.characters(codec="utf-8"), max_size=8)
hours = st.integers(-20_000, 40_000)
FIELDS: dict[str, dict[str, st.SearchStrategy]] = {
    "buyer": {"name": texts, "siret": st.none() | texts, "answer_weeks": st.none() | hours},
    "participant": {"last": texts, "birth": st.none() | texts, "legal_hold": st.booleans()},
    "contract": {"object": texts, "taken_up": st.none() | st.integers(0, 1), "end": texts},
    "follow_up": {"text": texts, "subject": hours},
    "eligibility": {"rank": st.none() | hours, "ends_on": st.none() | texts},
}
HOURS = {"declared": hours, "validated": st.none() | hours, "comment": st.none() | texts}


class Work(RuleBasedStateMachine):
    """A facilitator who creates, edits, removes, imports, takes back, moves the file, whose clock
    is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="suivi-essai-"))

    @initialize()
    def start(self) -> None:
        self.sample = sample(self.folder)
        self.base = self.sample.base
        self.rows: dict[str, list[int]] = {
            "buyer": [self.sample.buyer],
            "participant": [self.sample.person],
            "contract": [self.sample.contract],
            "follow_up": [],
            "eligibility": [],
        }
        self.batches: list[int] = []

    def teardown(self) -> None:
        if hasattr(self, "base"):
            # Hours that do not add up are drawn on purpose: the store keeps what it is given.
            controls = {finding.control for finding in findings(self.base.connection)}
            assert controls <= {"sommes"}
            assert repair.rebuild_tables(self.base) == 0
            self.base.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # What one batch may hold.

    def _birth(self, data: st.DataObject, entity: str) -> Change:
        names = data.draw(st.sets(st.sampled_from(sorted(FIELDS[entity]))))
        values = {name: data.draw(FIELDS[entity][name]) for name in sorted(names)}
        if entity == "contract":
            values["buyer"] = data.draw(st.sampled_from(self.rows["buyer"]))
        if entity == "eligibility":
            values["participant"] = data.draw(st.sampled_from(self.rows["participant"]))
        row = self.base.new_id()
        assert all(row not in rows for rows in self.rows.values()), "an identity came back"
        self.rows[entity].append(row)
        return created(entity, row, values)

    def _edit(self, data: st.DataObject) -> Change:
        entity = data.draw(st.sampled_from([name for name, rows in self.rows.items() if rows]))
        row = data.draw(st.sampled_from(self.rows[entity]))
        if data.draw(st.integers(0, 4)) == 0:
            return removed(entity, row, data.draw(st.booleans()))
        name = data.draw(st.sampled_from(sorted(FIELDS[entity])))
        return changed(entity, row, name, data.draw(FIELDS[entity][name]))

    def _hours(self, data: st.DataObject) -> Change:
        placement = data.draw(st.sampled_from(self.sample.placements))
        row = hour_row(
            placement.obligation, 202600 + data.draw(st.integers(1, 3)), placement.placement, 1
        )
        if self._known(row) and data.draw(st.booleans()):
            if data.draw(st.booleans()):
                return removed("hour_entry", row, data.draw(st.booleans()))
            name = data.draw(st.sampled_from(sorted(HOURS)))
            return changed("hour_entry", row, name, data.draw(HOURS[name]))
        names = data.draw(st.sets(st.sampled_from(sorted(HOURS))))
        return created("hour_entry", row, {name: data.draw(HOURS[name]) for name in sorted(names)})

    def _known(self, row: str) -> bool:
        found = self.base.connection.execute(
            "SELECT 1 FROM journal WHERE entity = 'hour_entry' AND row = ?", (row,)
        )
        return found.fetchone() is not None

    def _some(self, data: st.DataObject) -> list[Change]:
        changes = []
        for _ in range(data.draw(st.integers(1, 4))):
            kind = data.draw(st.integers(0, 3))
            if kind == 0:
                changes.append(self._birth(data, data.draw(st.sampled_from(sorted(FIELDS)))))
            elif kind == 1:
                changes.append(self._edit(data))
            else:
                changes.append(self._hours(data))
        return changes

    def _write(self, changes: list[Change], kind: BatchKind = BatchKind.ENTRY) -> int:
        batch = write(self.base, changes, kind=kind, label="Essai").batch
        self.batches.append(batch)
        return batch

    # What the facilitator does.

    @rule(data=st.data())
    def enters(self, data: st.DataObject) -> None:
        self._write(self._some(data))

    @rule(data=st.data())
    def saves_twice(self, data: st.DataObject) -> None:
        """An answer that got lost is asked again: the second save changes nothing."""
        changes = self._some(data)
        self._write(changes)
        before = state(self.base)
        self._write(changes)
        assert state(self.base) == before

    @rule(data=st.data(), size=st.integers(5, 12))
    def imports(self, data: st.DataObject, size: int) -> None:
        made = [self._birth(data, "participant") for _ in range(size // 4)]
        self._write([*made, *(self._hours(data) for _ in range(size))], BatchKind.IMPORT)

    @rule(data=st.data())
    def changes_their_mind(self, data: st.DataObject) -> None:
        """Undo gives back the state before; undoing the undo gives back the state after."""
        before, seen_before = state(self.base), living(self.base)
        batch = self._write(self._some(data))
        after = state(self.base)
        taken_back = undo(self.base, batch)
        assert living(self.base) == seen_before
        assert {key: row for key, row in state(self.base).items() if key in before} == before
        again = undo(self.base, taken_back.batch)
        assert state(self.base) == after
        self.batches += [taken_back.batch, again.batch]

    @precondition(lambda self: self.batches)
    @rule(data=st.data(), keep_later=st.booleans())
    def takes_back_an_old_batch(self, data: st.DataObject, keep_later: bool) -> None:
        before = state(self.base)
        try:
            receipt = undo(
                self.base, data.draw(st.sampled_from(self.batches)), keep_later=keep_later
            )
        except (LaterChanges, NothingToUndo):
            assert state(self.base) == before
        else:
            self.batches.append(receipt.batch)

    @rule()
    def presses_undo(self) -> None:
        try:
            self.batches.append(undo_last(self.base, keep_later=True)[1].batch)
        except NothingToUndo:
            return

    @rule()
    def moves_to_another_installation(self) -> None:
        renew_identity(self.base)

    @rule(years=st.integers(-60, 5))
    def has_a_wrong_clock(self, years: int) -> None:
        self.sample.clock.moment += years * YEAR_MS
        self.sample.clock.moment = min(self.sample.clock.moment, 2_500_000_000_000)

    @rule()
    def opens_again(self) -> None:
        self.base.close()
        self.base = open_base(self.base.path, clock=self.sample.clock, random_bits=Bits())

    @invariant()
    def tables_follow_the_journal(self) -> None:
        if hasattr(self, "base"):
            assert_tables_follow_journal(self.base)

    @invariant()
    def lines_can_merge(self) -> None:
        if hasattr(self, "base"):
            assert_lines_can_merge(self.base.connection)


TestWork = Work.TestCase
TestWork.settings = settings(
    max_examples=20,
    stateful_step_count=15,
    deadline=None,
    derandomize=True,
    # A machine of real files is slow and big by nature: its length is what is tested.
    suppress_health_check=list(HealthCheck),
)
