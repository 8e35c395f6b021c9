"""``importer participants``: people and their criteria, from our CSV, one line a criterion."""

from collections import defaultdict
from datetime import date
from pathlib import Path

from suivi_tui.actions.import_report import ImportReport, refused
from suivi_tui.actions.known_people import KnownPeople
from suivi_tui.actions.reconcile import Mark, Reconciler, column_names, said
from suivi_tui.exchange.columns_participants import PARTICIPANT_COLUMNS
from suivi_tui.exchange.csv_file import UnreadableFile
from suivi_tui.exchange.lines import ParticipantLine, read_participants
from suivi_tui.store.base import Base
from suivi_tui.store.queries import matching
from suivi_tui.store.queries.matching import EligibilityKey, ParticipantKey
from suivi_tui.vocabulary.numbers import NBSP

_PERSON = {
    name: name
    for name in (
        "reference",
        "last",
        "first",
        "birth",
        "sex",
        "postcode",
        "commune",
        "education",
        "situation",
        "prescriber",
        "entered_scheme_on",
    )
}
_ELIGIBILITY = {
    name: name for name in ("criterion", "proof", "proof_on", "decision", "decided_on", "ends_on")
}
_FIRST_OF_ELIGIBILITY = ParticipantLine._fields.index("criterion")


def import_participants(
    base: Base, path: Path, *, today: date, dry_run: bool = False
) -> ImportReport:
    """Bring in a ``participants`` file, in one batch; with ``dry_run``, only say what it would do.

    A file that cannot be read is told in the report; raises what ``journal.write`` does.
    """
    try:
        file = read_participants(path, today)
    except UnreadableFile as error:
        return refused(path.name, error)
    reconciler = Reconciler(base, file)
    importing = _Importing(base, reconciler)
    for line in file.lines:
        importing.take(line)
    importing.rank()
    return reconciler.finish(what="participants", dry_run=dry_run)


class _Importing:
    """The lines of one file taken one by one, with what the base and the file have shown so far."""

    def __init__(self, base: Base, reconciler: Reconciler) -> None:
        self._connection = base.connection
        self._reconciler = reconciler
        self._people = KnownPeople(base.connection)
        self._known: dict[int, list[EligibilityKey]] = {}
        self._waiting: dict[int, list[EligibilityKey]] = {}
        self._taken: set[tuple[int, tuple[int | str | None, ...]]] = set()
        self._said: dict[int, list[tuple[int, int]]] = defaultdict(list)
        columns = PARTICIPANT_COLUMNS.columns
        self._person_names = column_names(columns, _PERSON)
        self._eligibility_names = column_names(columns, _ELIGIBILITY)

    def take(self, line: ParticipantLine) -> None:
        """One person and one criterion."""
        found = self._person(line)
        if found is None:
            return
        eligibility = line[_FIRST_OF_ELIGIBILITY:]
        if any(eligibility) and (found, eligibility) not in self._taken:
            self._taken.add((found, eligibility))
            if line.decided_on and not line.decision:
                self._reconciler.warn(
                    line.line,
                    "decision",
                    f"date de validation sans décision{NBSP}: le critère reste à décider",
                )
            self._eligibility(line, found)

    def rank(self) -> None:
        """Put the criteria in the order of the file, the main one first.

        A file that says only some of a person's criteria adds the others after those known.
        """
        for participant, rows in self._said.items():
            known = self._known[participant]
            ranks = {row.id: row.rank for row in known}
            listed = [row for row, _ in rows]
            if set(ranks) <= set(listed):
                wanted = {row: place for place, row in enumerate(listed, 1)}
            else:
                most = max(ranks.values())
                new = [row for row in listed if row not in ranks]
                wanted = {row: most + place for place, row in enumerate(new, 1)}
            for row, line in rows:
                if row in wanted:
                    self._rank(line, row, wanted[row], ranks.get(row))

    def _rank(self, line: int, row: int, rank: int, known: int | None) -> None:
        if known is None:
            self._reconciler.set(line, "eligibility", row, "rank", rank)
        elif known != rank:
            names = {"rank": "critere"}
            self._reconciler.fill(line, "eligibility", row, {"rank": rank}, names)

    def _person(self, line: ParticipantLine) -> int | None:
        found = self._people.referenced(line.reference)
        if len(found) > 1:
            self._reconciler.leave_out(
                line.line, "participant", f"{len(found)} personnes ont cette référence"
            )
            return None
        if not found and line.last and line.first:
            found = self._by_name(line)
            if len(found) > 1:
                self._reconciler.leave_out(
                    line.line,
                    "nom",
                    f"{len(found)} personnes portent ce nom sans date de naissance pour les "
                    f"distinguer{NBSP}: complétez leurs fiches ou donnez la référence",
                )
                return None
        if found:
            self._fill_person(line, found[0])
            return found[0]
        row = self._reconciler.create(line.line, "participant", said(line, _PERSON))
        self._people.add(ParticipantKey(row, line.reference, line.last, line.first, line.birth))
        self._reconciler.mark(line.line, Mark.CREATED)
        return row

    def _by_name(self, line: ParticipantLine) -> list[int]:
        """Who this may be: homonyms born on another day are other people."""
        named = self._people.named(line.last, line.first, line.reference)
        if line.birth is None:
            return named
        born = [row for row in named if self._people.birth(row) == line.birth]
        if born:
            return born
        undated = [row for row in named if self._people.birth(row) is None]
        if len(undated) == 1:
            self._reconciler.warn(
                line.line,
                "naissance",
                "rapprochée de la fiche de ce nom, qui n'avait pas de date de naissance",
            )
        return undated

    def _fill_person(self, line: ParticipantLine, row: int) -> None:
        values = said(line, _PERSON)
        if line.reference == str(row):
            # The id that our exports write for who has no reference is not one.
            del values["reference"]
        self._reconciler.fill(line.line, "participant", row, values, self._person_names)
        self._people.learn(row, str(values.get("reference") or ""), line.birth)

    def _eligibility(self, line: ParticipantLine, participant: int) -> None:
        if participant not in self._waiting:
            new = self._reconciler.is_new("participant", participant)
            known = [] if new else matching.eligibilities(self._connection, participant)
            self._known[participant], self._waiting[participant] = known, list(known)
        waiting = self._waiting[participant]
        same = next((row for row in waiting if row.criterion == line.criterion), None)
        # A criterion still to be completed, in the file or in the base, is the one said next.
        open_ones = (row for row in waiting if not (line.criterion and row.criterion))
        match = same or next(open_ones, None)
        if match is None:
            values = {**said(line, _ELIGIBILITY), "participant": participant}
            row = self._reconciler.create(line.line, "eligibility", values)
            self._reconciler.mark(line.line, Mark.CREATED)
        else:
            row = match.id
            waiting.remove(match)
            values = said(line, _ELIGIBILITY)
            names = self._eligibility_names
            self._reconciler.fill(line.line, "eligibility", row, values, names)
        self._said[participant].append((row, line.line))
