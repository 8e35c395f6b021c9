"""Who stands behind the placements of an evaluation, by rank, read once and one column at a time.

A placement has a rank the first time it is met; each column is a list by rank, lengthened as
placements come.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from suivi_tui.rules.indicators import Mission, chains_of, first_job
from suivi_tui.store.queries import evaluation_people as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.evaluation_memory import Memory
from suivi_tui.store.queries.obligations import iso_date
from suivi_tui.vocabulary.months import Month, first_day

_CAST = "cast"


class Cast:
    """The placements met so far: work contract, person, employer, and the columns asked."""

    def __init__(self) -> None:
        self.ranks: dict[int, int] = {}
        self.placements: list[int] = []
        self.works: list[int] = []
        self.people: list[int] = []
        self.employers: list[int | None] = []
        self._columns: dict[str, list[str]] = {}
        self._words: dict[str, str] = {}
        self._hired: list[str] = []
        self._chains: dict[int, list[int]] = defaultdict(list)
        self._first_jobs: dict[int, list[int]] = defaultdict(list)

    def ranks_of(self, connection: Connection, placements: Sequence[int]) -> list[int]:
        """The rank of each placement; those never met are read."""
        ranks = self.ranks
        try:
            return list(map(ranks.__getitem__, placements))
        except KeyError:
            self._meet(connection, [item for item in placements if item not in ranks])
        return list(map(ranks.__getitem__, placements))

    def _meet(self, connection: Connection, placements: Iterable[int]) -> None:
        for row in queries.places(connection, placements):
            if row.placement not in self.ranks:
                self.ranks[row.placement] = len(self.placements)
                self.placements.append(row.placement)
                self.works.append(row.work_contract)
                self.people.append(row.participant)
                self.employers.append(row.employer)

    def column(self, connection: Connection, name: str) -> list[str]:
        """A column of ``evaluation_people.COLUMNS`` by rank, '' where nothing is known."""
        column = self._columns.setdefault(name, [])
        if len(column) < len(self.placements):
            asked = self.placements[len(column) :]
            # The same few words come again and again: each is kept once.
            words = self._words
            column.extend(
                words.setdefault(value or "", value or "")
                for value in queries.column(connection, name, asked)
            )
        return column

    def hired(self, connection: Connection) -> list[str]:
        """The day of hiring by rank (ISO text): the start of the work contract, else the first day
        of its first hours, else ''."""
        hired = self._hired
        if len(hired) < len(self.placements):
            begin = len(hired)
            hired.extend(self.column(connection, "start")[begin:])
            undated = [rank for rank in range(begin, len(hired)) if iso_date(hired[rank]) is None]
            months = queries.first_months(connection, {self.works[rank] for rank in undated})
            for rank in undated:
                month = months.get(self.works[rank])
                hired[rank] = first_day(Month(month)).isoformat() if month else ""
        return hired

    def chains(self, connection: Connection, gap: int) -> list[int]:
        """By rank, the first work contract of the chain it belongs to; ``gap`` is the days within
        which missions follow one another."""
        self._follow(connection, gap)
        return self._chains[gap]

    def first_jobs(self, connection: Connection, gap: int) -> list[int]:
        """By rank, the month in which the first job of a person under a clause began; 0 for every
        other work contract."""
        self._follow(connection, gap)
        return self._first_jobs[gap]

    def _follow(self, connection: Connection, gap: int) -> None:
        chains, jobs = self._chains[gap], self._first_jobs[gap]
        begin = len(chains)
        if begin == len(self.placements):
            return
        works: dict[int, list[queries.WorkRow]] = defaultdict(list)
        for row in queries.work_of_people(connection, set(self.people[begin:])):
            works[row.participant].append(row)
        # Who has one work contract is one chain: nothing to put in order.
        opened = chains_of(
            (_mission(row) for own in works.values() if len(own) > 1 for row in own), gap
        )
        first_days = {
            person: day.isoformat()
            for person, own in works.items()
            if (
                day := first_job(
                    [iso_date(row.start) for row in own], iso_date(own[0].entered_scheme_on)
                )
            )
        }
        starts = self.column(connection, "start")
        for rank in range(begin, len(self.placements)):
            work = self.works[rank]
            chains.append(opened.get(work, work))
            begun = first_days.get(self.people[rank]) == starts[rank] != ""
            jobs.append(int(starts[rank][:7].replace("-", "")) if begun else 0)


def _mission(row: queries.WorkRow) -> Mission:
    return Mission(
        row.work_contract,
        row.participant,
        row.employer,
        iso_date(row.start),
        iso_date(row.end),
    )


def cast_of(memory: Memory) -> Cast:
    """The cast of a base as it stands."""
    return memory.keep(_CAST, Cast)
