"""The hour lines that a statement feeds: what each held, what it would hold, and why not.

Weeks and sites of one placement and month make one hour line. What is settled depends on the
doubtful lines that a person accepts, so that a preview and its writing are the same reckoning.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from suivi_tui.actions.locks import HourPlace, Locks
from suivi_tui.actions.reconcile import quoted
from suivi_tui.actions.statement_import.matched import Match
from suivi_tui.actions.statement_import.planned import Outcome
from suivi_tui.actions.statement_import.texts import same_file, same_series
from suivi_tui.exchange.statement_files.declared import Basis, DeclaredLine
from suivi_tui.store.journal import hour_row
from suivi_tui.store.queries import matching, proofs, statement_places
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month, days_in, first_day, of_month
from suivi_tui.vocabulary.numbers import NBSP

HOURS_A_DAY = 24_00
HourKey: TypeAlias = tuple[int, int, int, int]
Place: TypeAlias = tuple[str, int]
"""A sheet and a line: what a person accepts."""


class Fed(NamedTuple):
    """A line of the file that feeds an hour line; ``rank`` is its place in the file.

    ``doubt`` keeps it out until it is accepted; ``blocked``, until a question is answered.
    """

    rank: int
    line: DeclaredLine
    match: Match
    doubt: str = ""
    blocked: str = ""

    @property
    def place(self) -> Place:
        """Where the line stands in the file."""
        return self.line.sheet, self.line.line


@dataclass(slots=True)
class Settled:
    """What becomes of an hour line with the lines that feed it.

    ``shares`` are the hours that each line brings; ``replaced``, the source lines that the file
    takes the place of.
    """

    outcome: Outcome
    before: Hours | None
    after: Hours | None
    why: str = ""
    shares: list[tuple[Fed, Hours]] = field(default_factory=list)
    replaced: list[int] = field(default_factory=list)
    proven: bool = False


class FileMarks(NamedTuple):
    """The file that is read: its name and its fingerprint."""

    name: str
    sha256: str


class Cells:
    """Every hour line that a file feeds, against what the base holds."""

    def __init__(self, connection: Connection, fed: Iterable[Fed], marks: FileMarks) -> None:
        self._connection, self._marks = connection, marks
        self._locks = Locks(connection)
        self.fed: dict[HourKey, list[Fed]] = defaultdict(list)
        self._cumulated = False
        for one in fed:
            match, line = one.match, one.line
            self.fed[match.obligation, line.month, match.placement, line.kind].append(one)
            self._cumulated = self._cumulated or line.basis is Basis.CUMULATED
        self.held: dict[HourKey, statement_places.HeldRow] = {}
        self._earlier: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        self._sources: dict[HourKey, list[proofs.SourcedRow]] = defaultdict(list)
        self._imported: dict[HourKey, bool] = {}
        if self.fed:
            self._read()

    def _read(self) -> None:
        obligations = {key[0] for key in self.fed}
        months = [key[1] for key in self.fed]
        first = 0 if self._cumulated else min(months)
        for row in statement_places.held(self._connection, obligations, first, max(months)):
            self._earlier[row.placement, row.kind][row.month] = row.declared
            if row.key in self.fed:
                self.held[row.key] = row
        for source in proofs.sourced(self._connection, obligations, min(months), max(months)):
            if source.key in self.fed:
                self._sources[source.key].append(source)
        differing = [
            key
            for key, row in self.held.items()
            if row.declared != sum(one.line.hours for one in self.fed[key])
        ]
        self._look_who_wrote(differing)

    def settle(self, accept: Collection[Place] = ()) -> dict[HourKey, Settled]:
        """Every hour line with what is sure and what is accepted, in the order of the file.

        Months are reckoned one after the other: a total since the start needs those before.
        """
        settled: dict[HourKey, Settled] = {}
        reckoned: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        for key in sorted(self.fed, key=lambda key: key[1]):
            taken = [one for one in self.fed[key] if self.is_taken(key, one, accept)]
            if not taken:
                continue
            result = self.judged(key, taken, reckoned[key[2:]])
            if result.outcome is Outcome.DOUBTFUL and any(one.place in accept for one in taken):
                result.outcome = self._accepted(key, result)
            if result.outcome is not Outcome.LEFT_OUT and result.after is not None:
                reckoned[key[2:]][key[1]] = result.after
            settled[key] = result
        return {key: settled[key] for key in self.fed if key in settled}

    def is_taken(self, key: HourKey, one: Fed, accept: Collection[Place] = ()) -> bool:
        """Whether a line counts: sure, accepted, or accepted when this very file came before."""
        if one.blocked:
            return False
        return not one.doubt or one.place in accept or one.place in self._taken_before(key)

    def judged(self, key: HourKey, taken: Sequence[Fed], reckoned: Mapping[int, int]) -> Settled:
        """What an hour line becomes with the lines ``taken``."""
        held = self.held.get(key)
        before = Hours(held.declared) if held else None
        month = Month(key[1])
        value, doubt = self._value(key, taken, reckoned)
        sources = self._sources.get(key, [])
        own = [source for source in sources if source.sha256 == self._marks.sha256]
        shares = _shares(taken, value)
        if (
            held is not None
            and _already(shares, own)
            and held.declared
            in (value, sum(source.hours for source in own), sum(source.hours for source in sources))
        ):
            return Settled(Outcome.IDENTICAL, before, before, shares=shares, proven=True)
        kept = self._other_weeks(taken, sources) if held is not None else []
        replaced = [source.id for source in sources if source not in kept]
        note = ""
        if kept:
            others = Hours(sum(source.hours for source in kept))
            file = quoted(kept[-1].file)
            value = Hours(value + others)
            if all(same_series(self._marks.name, source.file) for source in kept):
                note = f"s'ajoutent aux {format_hours(others)} de {file}"
            elif not doubt:
                doubt = f"{format_hours(others)} viennent déjà de {file}, celles-ci s'ajouteraient"
        result = Settled(Outcome.NEW, before, value, doubt, shares, replaced, bool(sources))
        if any(self._closes(one) for one in taken):
            result.outcome = Outcome.LEFT_OUT
            result.why = f"le relevé {of_month(month)} est verrouillé{NBSP}: rouvrez-le"
        elif abs(value) > days_in(month) * HOURS_A_DAY:
            result.outcome = Outcome.LEFT_OUT
            result.why = (
                doubt or f"{format_hours(value)}{NBSP}: plus de 24{NBSP}h par jour dans le mois"
            )
        elif held is not None and held.declared == value:
            result.outcome, result.why, result.replaced = Outcome.IDENTICAL, "", []
        elif held is None and value == 0:
            result.outcome, result.after, result.why = Outcome.IDENTICAL, None, "aucune heure"
        elif doubt:
            result.outcome = Outcome.DOUBTFUL
        elif held is not None:
            result.why = note
            self._compare(key, held, result)
        return result

    def _compare(self, key: HourKey, held: statement_places.HeldRow, result: Settled) -> None:
        """Other hours than those of the base: changed, unless a person wrote these."""
        if key not in self._imported:
            self._look_who_wrote([key])
        result.outcome = Outcome.CHANGED
        if not self._imported[key]:
            result.outcome = Outcome.DOUBTFUL
            decided = "décision" if held.validated is not None else "valeur"
            result.why = f"{decided} saisie gardée{NBSP}: {format_hours(Hours(held.declared))}"

    def _accepted(self, key: HourKey, result: Settled) -> Outcome:
        result.why = ""
        held = self.held.get(key)
        if held is not None:
            return Outcome.IDENTICAL if held.declared == result.after else Outcome.CHANGED
        return Outcome.NEW

    def _value(
        self, key: HourKey, taken: Sequence[Fed], reckoned: Mapping[int, int]
    ) -> tuple[Hours, str]:
        """The hours of the month, and why they are doubtful."""
        total = Hours(sum(one.line.hours for one in taken))
        bases = {one.line.basis for one in taken}
        if Basis.CUMULATED not in bases:
            return total, ""
        if len(bases) > 1:
            return total, "des heures du mois et un total depuis le début pour la même personne"
        known = {**self._earlier.get(key[2:], {}), **reckoned}
        earlier = [hours for month, hours in known.items() if month < key[1]]
        before = Hours(sum(earlier))
        value = Hours(total - before)
        if value < 0:
            said, counted = format_hours(total), format_hours(before)
            return value, f"total de {said}, moins que les {counted} comptées avant ce mois"
        if not earlier and not self._begins_in(Month(key[1]), taken[0]):
            return value, "total depuis le début, et aucune heure avant ce mois dans la base"
        return value, ""

    def _begins_in(self, month: Month, one: Fed) -> bool:
        since = one.line.start
        for row in statement_places.of_placement(self._connection, one.match.placement):
            since = row.first or since
        return since is not None and since >= first_day(month).isoformat()

    def _other_weeks(
        self, taken: Sequence[Fed], sources: Sequence[proofs.SourcedRow]
    ) -> list[proofs.SourcedRow]:
        """What files of other weeks brought to the month, when this one holds some weeks only; a
        version of the same file is what this one corrects."""
        if not any(one.line.partial for one in taken):
            return []
        return [
            source
            for source in sources
            if source.sha256 != self._marks.sha256 and not same_file(self._marks.name, source.file)
        ]

    def _taken_before(self, key: HourKey) -> set[Place]:
        return {
            (source.sheet, source.line)
            for source in self._sources.get(key, ())
            if source.sha256 == self._marks.sha256
        }

    def _closes(self, one: Fed) -> bool:
        place = HourPlace(one.match.obligation, one.line.month, one.match.employer)
        return self._locks.closes(place)

    def _look_who_wrote(self, keys: Iterable[HourKey]) -> None:
        """Whether the hours, and the decision about them, came from files."""
        asked: list[tuple[HourKey, matching.Cell]] = []
        for key in keys:
            row = hour_row(*key)
            fields = ["declared"]
            if self.held[key].validated is not None:
                fields.append("validated")
            asked += ((key, ("hour_entry", row, name)) for name in fields)
        if asked:
            cells = (cell for _, cell in asked)
            imported = matching.written_by_import(self._connection, cells)
            for key, cell in asked:
                own = cell in imported or statement_places.given_back_to_import(
                    self._connection, *cell[1:]
                )
                self._imported[key] = self._imported.get(key, True) and own


def _already(shares: Sequence[tuple[Fed, Hours]], own: Sequence[proofs.SourcedRow]) -> bool:
    """Whether this very file brought all these hours before, from the same places."""
    brought = Counter((source.sheet, source.line, source.hours) for source in own)
    return bool(own) and Counter((*one.place, hours) for one, hours in shares) <= brought


def _shares(taken: Sequence[Fed], value: Hours) -> list[tuple[Fed, Hours]]:
    """What each line brings, making ``value`` in all: a total since the start brings the month."""
    if taken[0].line.basis is not Basis.CUMULATED:
        return [(one, one.line.hours) for one in taken]
    return [(one, value if rank == 0 else Hours(0)) for rank, one in enumerate(taken)]
