"""``importer parcours``: what became of people, from our CSV, one line a point of a path."""

from collections import defaultdict
from datetime import date
from pathlib import Path

from suivi_tui.actions.import_report import ImportReport, refused
from suivi_tui.actions.known_people import KnownPeople
from suivi_tui.actions.reconcile import Mark, Reconciler
from suivi_tui.exchange.csv_file import UnreadableFile
from suivi_tui.exchange.syntheses.columns_people import OutcomeLine, read_outcome_lines
from suivi_tui.readings.outcomes import PathReading, read_outcomes
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Value
from suivi_tui.store.queries import letter_people
from suivi_tui.store.queries.letter_people import OutcomeRow
from suivi_tui.vocabulary.numbers import NBSP

_COLUMNS = {"situation": "situation", "answered_on": "date", "asked_on": "date"}


def import_outcomes(base: Base, path: Path, *, today: date, dry_run: bool = False) -> ImportReport:
    """Bring in a ``parcours`` file, in one batch; with ``dry_run``, only say what it would do.

    A file that cannot be read is told in the report; raises what ``journal.write`` does.
    """
    try:
        file = read_outcome_lines(path, today)
    except UnreadableFile as error:
        return refused(path.name, error)
    reconciler = Reconciler(base, file)
    importing = _Importing(base, reconciler, file.lines, today)
    for line in file.lines:
        importing.take(line)
    return reconciler.finish(what="points de parcours", dry_run=dry_run)


class _Importing:
    """The lines of one file, and the paths and points of the people it speaks of."""

    def __init__(
        self, base: Base, reconciler: Reconciler, lines: list[OutcomeLine], today: date
    ) -> None:
        self._reconciler = reconciler
        self._people = KnownPeople(base.connection)
        named = {row for line in lines for row in self._people.referenced(line.participant)}
        self._paths = read_outcomes(base.connection, named, today)
        self._known: dict[int, list[OutcomeRow]] = defaultdict(list)
        for row in letter_people.outcomes(base.connection, named):
            self._known[row.participant].append(row)
        self._made: dict[tuple[int, int | None, str], int] = {}

    def take(self, line: OutcomeLine) -> None:
        """One point of one person."""
        found = self._people.referenced(line.participant)
        if len(found) != 1:
            why = "plusieurs personnes ont" if found else "personne n'a"
            self._reconciler.leave_out(
                line.line,
                "participant",
                f"{why} cette référence{NBSP}: importez d'abord les participants",
            )
            return
        if not line.point:
            self._reconciler.leave_out(line.line, "point", "ce point de parcours n'est pas connu")
            return
        values: dict[str, Value] = {"situation": line.situation}
        values["answered_on" if line.situation else "asked_on"] = line.date
        path = self._path(found[0], line)
        row = self._same(found[0], path, line)
        if row is not None:
            self._reconciler.fill(line.line, "outcome", row, values, _COLUMNS)
            return
        fixed: dict[str, Value] = {"participant": found[0], "path": path, "point": line.point}
        row = self._reconciler.create(line.line, "outcome", {**fixed, **values})
        self._made[found[0], path, line.point] = row
        self._reconciler.mark(line.line, Mark.CREATED)

    def _path(self, person: int, line: OutcomeLine) -> int | None:
        """The latest path that had begun on that day, else the latest; None without any."""
        paths: tuple[PathReading, ...] = self._paths.get(person, ())
        for reading in paths:
            starts = [stay.start for stay in reading.path.stays if stay.start is not None]
            if not line.date or not starts or min(starts).isoformat() <= line.date:
                return reading.path.opened_by
        return paths[0].path.opened_by if paths else None

    def _same(self, person: int, path: int | None, line: OutcomeLine) -> int | None:
        """The point of the base that a line speaks of, whatever its path when it says the same."""
        points = [row for row in self._known[person] if row.point == line.point]
        for row in points:
            told = (row.situation, row.answered_on or row.asked_on)
            if told == (line.situation, line.date):
                return row.outcome
        for row in points:
            if row.path in (None, path):
                return row.outcome
        return self._made.get((person, path, line.point))
