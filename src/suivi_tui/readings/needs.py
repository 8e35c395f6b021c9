"""Needs of companies with what became of them: the everyday list, and the file of "all means"."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from suivi_tui.store.queries import needs as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.needs import NeedRow, ProposalRow
from suivi_tui.store.queries.obligations import iso_date
from suivi_tui.vocabulary.choices import ProposalAnswer

_WAITING = (ProposalAnswer.WAITING.value, ProposalAnswer.INTERVIEW.value)


class NeedReading(NamedTuple):
    """A need and the people proposed for it, the first proposed first."""

    row: NeedRow
    proposals: tuple[ProposalRow, ...]

    @property
    def open(self) -> bool:
        """Whether people are still looked for."""
        return self.row.closed_on is None

    @property
    def waiting(self) -> tuple[ProposalRow, ...]:
        """The proposals that the company has not answered for good."""
        return tuple(one for one in self.proposals if one.answer in _WAITING or not one.answer)

    @property
    def hired(self) -> int:
        """How many of the people proposed were hired."""
        return sum(one.answer == ProposalAnswer.HIRED.value for one in self.proposals)

    @property
    def filled(self) -> bool:
        """Whether as many were hired as were asked for."""
        return self.hired >= self.row.number

    @property
    def oldest_waiting(self) -> date | None:
        """When the proposal that has waited longest was made; None when none waits, or when no
        day is known."""
        days = (iso_date(one.proposed_on) for one in self.waiting)
        return min((day for day in days if day is not None), default=None)

    def late(self, today: date) -> bool:
        """Whether the day on which people were wanted is past, the posts not being filled."""
        wanted = iso_date(self.row.wanted_on)
        return self.open and not self.filled and wanted is not None and wanted < today


class NeedCount(NamedTuple):
    """Needs in figures: all, open, people proposed, waiting, hired."""

    needs: int
    open: int
    proposed: int
    waiting: int
    hired: int


def read_needs(
    connection: Connection,
    *,
    company: int | None = None,
    obligation: int | None = None,
    open_only: bool = False,
) -> list[NeedReading]:
    """The latest needs (``queries.SHOWN`` at most): all, of a company, or of an obligation."""
    rows = queries.needs(connection, company=company, obligation=obligation, open_only=open_only)
    return _with_proposals(connection, rows)


def read_need(connection: Connection, need: int) -> NeedReading | None:
    """One need; None when unknown or removed."""
    row = queries.need(connection, need)
    return None if row is None else _with_proposals(connection, [row])[0]


def _with_proposals(connection: Connection, rows: Iterable[NeedRow]) -> list[NeedReading]:
    listed = list(rows)
    by_need: dict[int, list[ProposalRow]] = {}
    for one in queries.proposals(connection, [row.need for row in listed]):
        by_need.setdefault(one.need, []).append(one)
    return [NeedReading(row, tuple(by_need.get(row.need, ()))) for row in listed]


def count_needs(readings: Iterable[NeedReading]) -> NeedCount:
    """Needs in figures."""
    listed = list(readings)
    return NeedCount(
        len(listed),
        sum(one.open for one in listed),
        sum(len(one.proposals) for one in listed),
        sum(len(one.waiting) for one in listed),
        sum(one.hired for one in listed),
    )


class ProposedFor(NamedTuple):
    """A proposal of a participant, with the need it answers."""

    proposal: ProposalRow
    need: NeedRow


def proposed_for(connection: Connection, participant: int) -> list[ProposedFor]:
    """What a participant was proposed for, the latest first; removed needs are left out."""
    rows = queries.proposals_of_person(connection, participant)
    known = queries.needs_by_id(connection, [row.need for row in rows])
    return [ProposedFor(row, known[row.need]) for row in reversed(rows) if row.need in known]
