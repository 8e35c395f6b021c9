"""What the case of an obligation needs beside its figures: who is at work, work done, targets."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from suivi_tui.rules.targets import Target, WorkDone
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.facts import EVER
from suivi_tui.store.queries.paging import id_list
from suivi_tui.vocabulary.choices import LotRole
from suivi_tui.vocabulary.hours import Hours


class PresentRow(NamedTuple):
    """A placement that has not ended, its own dates before those of its work contract.

    ``shared_by`` is on how many obligations the same work contract is placed that day.
    """

    obligation: int
    participant: int
    placement: int
    start: str | None
    end: str | None
    weekly_hours: int | None
    shared_by: int


class TargetRow(NamedTuple):
    """What an obligation asks for beside hours."""

    target: int
    obligation: int
    kind: str
    value: int
    as_share: int

    @property
    def rule(self) -> Target:
        """The target as the rules read it."""
        return Target(self.kind, self.value, bool(self.as_share))


class WorkRow(NamedTuple):
    """The hours that count of one person under one work contract; ``employer`` may be unknown."""

    obligation: int
    participant: int
    employer: int | None
    hours: int
    sex: str
    residence: str
    employment: str

    @property
    def rule(self) -> WorkDone:
        """The work as the rules read it."""
        return WorkDone(
            self.participant, Hours(self.hours), self.sex, self.residence, self.employment
        )


_STILL = (
    '{0}.removed = 0 AND (coalesce(nullif({0}."end", \'\'), work."end") IS NULL '
    'OR coalesce(nullif({0}."end", \'\'), work."end") >= :day)'
)
PRESENT = (
    "SELECT placement.obligation, work.participant, placement.id, "
    "coalesce(nullif(placement.start, ''), work.start), "
    'coalesce(nullif(placement."end", \'\'), work."end"), work.weekly_hours, '
    "(SELECT count(*) FROM placement AS other WHERE other.work_contract = work.id AND "
    + _STILL.format("other")
    + ") FROM json_each(:ids) AS wanted "
    "CROSS JOIN placement ON placement.obligation = wanted.value "
    "CROSS JOIN work_contract AS work ON work.id = placement.work_contract AND work.removed = 0 "
    "WHERE " + _STILL.format("placement")
)
TARGETS = (
    "SELECT target.id, target.obligation, target.kind, target.value, target.as_share "
    "FROM json_each(:ids) AS wanted CROSS JOIN target ON target.obligation = wanted.value "
    "WHERE target.removed = 0 ORDER BY target.id"
)
# What was refused does not count; what awaits validation does.
WORK = (
    "SELECT hour_entry.obligation, work.participant, work.employer, "
    "sum(coalesce(hour_entry.validated, hour_entry.declared)), participant.sex, work.qpv, "
    "work.type FROM json_each(:ids) AS wanted "
    "CROSS JOIN hour_entry ON hour_entry.obligation = wanted.value "
    "AND hour_entry.month <= :last "
    "CROSS JOIN placement ON placement.id = hour_entry.placement "
    "CROSS JOIN work_contract AS work ON work.id = placement.work_contract "
    "CROSS JOIN participant ON participant.id = work.participant "
    "WHERE hour_entry.removed = 0 GROUP BY hour_entry.obligation, work.id"
)


def people_present(
    connection: Connection, obligations: Iterable[int], day: date
) -> list[PresentRow]:
    """The placements of some obligations that have not ended on a day, those to come too."""
    values = {"ids": id_list(obligations), "day": day.isoformat()}
    return [PresentRow(*row) for row in connection.execute(PRESENT, values)]


def targets(connection: Connection, obligations: Iterable[int]) -> list[TargetRow]:
    """The targets of some obligations."""
    rows = connection.execute(TARGETS, {"ids": id_list(obligations)})
    return [TargetRow(*row) for row in rows]


def work_done(
    connection: Connection, obligations: Iterable[int], last: int | None = None
) -> list[WorkRow]:
    """Who worked on some obligations, for whom, how many hours; up to the month ``last``."""
    values = {"ids": id_list(obligations), "last": EVER[1] if last is None else last}
    rows = connection.execute(WORK, values)
    return [WorkRow(*row) for row in rows]


def lead_company(connection: Connection, lot: int) -> int | None:
    """The company that answers for the group of a lot, None when nobody was named."""
    found = connection.execute(
        "SELECT company FROM lot_company WHERE lot = ? AND role = ? AND removed = 0 ORDER BY id",
        (lot, LotRole.LEAD.value),
    ).fetchone()
    return int(found[0]) if found else None
