"""From a file that was opened to its preview: read, recognised, compared; nothing is written."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from suivi_tui import paths
from suivi_tui.actions.collector import collector_paused
from suivi_tui.actions.statement_import.asking import Asking
from suivi_tui.actions.statement_import.births import Births
from suivi_tui.actions.statement_import.cells import Cells, FileMarks
from suivi_tui.actions.statement_import.doubts import doubted
from suivi_tui.actions.statement_import.draft import Draft, KeptLayout
from suivi_tui.actions.statement_import.matched import Match, Unmatched
from suivi_tui.actions.statement_import.matcher import Matcher
from suivi_tui.actions.statement_import.planned import (
    Answers,
    Candidate,
    Outcome,
    PlannedLine,
    QuestionKey,
    StatementPlan,
)
from suivi_tui.actions.statement_import.preview import idle_lines, matched_lines
from suivi_tui.actions.statement_import.senders import Proposed, propose_sender
from suivi_tui.actions.statement_import.texts import without_nir
from suivi_tui.actions.statement_import.world import World
from suivi_tui.exchange.statement_files.declared import DeclaredLine
from suivi_tui.exchange.statement_files.layout import Layout, from_json
from suivi_tui.exchange.statement_files.reading import StatementReading, read_statement
from suivi_tui.exchange.statement_files.workbook import Workbook
from suivi_tui.reference.loader import thresholds
from suivi_tui.store.base import Base
from suivi_tui.store.clock import latest_clock
from suivi_tui.store.queries import import_memory
from suivi_tui.store.queries.import_memory import ProfileRow
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.identifiers import looks_like_nir
from suivi_tui.vocabulary.months import Month

Progress = Callable[[int, int], None]
_LOOK_EVERY = 500
_TEXTS = ("person", "reference", "employer", "company", "contract", "lot", "site", "post",
          "comment")  # fmt: skip


class UnknownSender(UserError):
    """The sender asked for is no company of the base; nothing was read."""


def prepare(
    base: Base,
    workbook: Workbook,
    *,
    today: date,
    sender: int | None = None,
    layouts: Mapping[str, Layout] | None = None,
    answers: Answers | None = None,
    month: Month | None = None,
    progress: Progress | None = None,
    propose: bool = True,
) -> StatementPlan:
    """Read a statement and say what each of its lines would become; nothing is written.

    ``sender`` is a company; None lets the file propose one, unless a person said that nobody
    knows (``propose`` False). ``layouts`` are those that a person
    answered about, by shape; others come from the profiles of the sender. ``month`` is used
    where the file tells none. Raises UnknownSender, and what ``progress`` raises to stop.
    """
    wanted = _Wanted(today, sender, layouts or {}, answers or {}, month, _Beat(progress),
                     propose)  # fmt: skip
    with collector_paused():
        return _prepared(base, workbook, wanted)


class _Wanted(NamedTuple):
    """What a person asked for, besides the file."""

    today: date
    sender: int | None
    layouts: Mapping[str, Layout]
    answers: Answers
    month: Month | None
    beat: "_Beat"
    propose: bool


class _Origin(NamedTuple):
    """Whose file it is, as given or proposed, and how it was read."""

    sender: int | None
    candidates: tuple[Candidate, ...]
    reading: StatementReading


def _prepared(base: Base, workbook: Workbook, wanted: _Wanted) -> StatementPlan:
    connection = base.connection
    clock = latest_clock(connection)
    world = World(connection)
    profiles = tuple(import_memory.profiles(connection))
    sender, candidates, reading = _origin(workbook, wanted, world, profiles)
    memories = reversed(import_memory.memories(connection, sender))
    known = {(row.entity, row.text): row for row in memories}
    asking = Asking(world, wanted.answers, {key: row.found for key, row in known.items()})
    births = Births(base.new_id)
    matcher = Matcher(connection, world, asking, births, sender)
    found = list(_matched(tuple(map(_without_nir, reading.lines)), matcher, wanted.beat))
    fed = doubted([(line, match) for line, match in found if isinstance(match, Match)], reading)
    name = without_nir(workbook.name)
    cells = Cells(connection, fed, FileMarks(name, workbook.sha256))
    limits = thresholds(paths.reference_file())
    shown = matched_lines(connection, found, fed, cells, wanted.today, limits)
    idle = reading.form.idle if reading.form else ()
    given = wanted.sender is not None
    kept = _kept_layouts(reading, wanted.layouts, given=given)
    return StatementPlan(
        name,
        workbook.sha256,
        sender,
        world.companies.names.get(sender, "") if sender is not None else "",
        sender is not None and not given,
        candidates,
        reading,
        asking.questions(_counted(found)),
        (*shown, *idle_lines(connection, idle, world, sender), *_unread(reading)),
        Draft(clock, wanted.today, sender, cells, births, asking, idle, known, profiles, kept),
    )


def _origin(
    workbook: Workbook, wanted: _Wanted, world: World, profiles: Sequence[ProfileRow]
) -> _Origin:
    """The file read with the layouts of its sender; once more when it is the file that tells
    which one that is, and its layouts are other."""
    sender = wanted.sender
    if sender is not None and sender not in world.companies.names:
        raise UnknownSender(
            "L'expéditeur choisi n'est plus dans la base : rien n'a été lu. Choisissez-en un autre."
        )
    read = _Reading(workbook, wanted, profiles)
    reading = read.for_sender(sender)
    proposed = _proposed(workbook, reading, world, profiles)
    if sender is None and wanted.propose and proposed.sender is not None:
        sender = proposed.sender
        reading = read.for_sender(sender)
    return _Origin(sender, proposed.candidates, reading)


class _Beat:
    """Progress of the whole: matching comes after the rows are read, and can be stopped too."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._total = 1

    def __call__(self, done: int, total: int) -> None:
        self._total = total
        if self._progress is not None:
            self._progress(done, total)

    def still(self) -> None:
        """Everything is read; a person may still stop."""
        if self._progress is not None:
            self._progress(self._total, self._total)


class _Reading:
    """Reads a workbook with the layouts that a sender is known for; not twice the same way."""

    def __init__(self, workbook: Workbook, wanted: _Wanted, profiles: Sequence[ProfileRow]) -> None:
        self._workbook, self._wanted, self._profiles = workbook, wanted, profiles
        self._layouts: dict[str, str] | None = None
        self._last: StatementReading | None = None

    def for_sender(self, sender: int | None) -> StatementReading:
        kept = {
            row.shape: row.layout
            for shape in {profile.shape for profile in self._profiles}
            if (row := import_memory.profile_of(self._profiles, shape, sender)) is not None
        }
        if self._last is not None:
            shapes = {sheet.shape for sheet in self._last.sheets}
            before = self._layouts or {}
            if all(before.get(shape) == kept.get(shape) for shape in shapes):
                return self._last
        self._layouts = kept
        layouts = {shape: from_json(text) for shape, text in kept.items()} | dict(
            self._wanted.layouts
        )
        wanted = self._wanted
        self._last = read_statement(
            self._workbook, layouts, wanted.today, month=wanted.month, progress=wanted.beat
        )
        return self._last


def _proposed(
    workbook: Workbook,
    reading: StatementReading,
    world: World,
    profiles: Sequence[ProfileRow],
) -> Proposed:
    """The company that one of our forms was made for; for any other file, what it tells."""
    form = reading.form
    if form is not None and form.sender in world.companies.names:
        return Proposed(form.sender, (world.companies.candidate(form.sender),))
    return propose_sender(workbook, reading, world, profiles)


def _matched(
    lines: Sequence[DeclaredLine], matcher: Matcher, beat: _Beat
) -> Iterable[tuple[DeclaredLine, Match | Unmatched]]:
    for rank, line in enumerate(lines):
        if rank % _LOOK_EVERY == 0:
            beat.still()
        yield line, matcher.match(line)


def _without_nir(line: DeclaredLine) -> DeclaredLine:
    texts = {name: text for name in _TEXTS if (text := getattr(line, name))}
    if not looks_like_nir(" \n ".join(texts.values())):
        return line
    kept: dict[str, Any] = {
        name: bare for name, text in texts.items() if (bare := without_nir(text)) != text
    }
    return replace(line, **kept)


def _counted(found: Iterable[tuple[DeclaredLine, Match | Unmatched]]) -> Counter[QuestionKey]:
    return Counter(key for _, match in found for key in match.asked)


def _unread(reading: StatementReading) -> Iterable[PlannedLine]:
    """The lines that could not be read at all."""
    for remark in reading.left_out:
        why = f"{remark.column} : {remark.message}" if remark.column else remark.message
        yield PlannedLine(
            Outcome.LEFT_OUT, remark.sheet, remark.line, "", "", None, None, None, why
        )


def _kept_layouts(
    reading: StatementReading, answered: Mapping[str, Layout], *, given: bool
) -> tuple[KeptLayout, ...]:
    """The layouts worth remembering: those answered about, and those of a sender that was given
    rather than recognised, who is recognised by them the next time."""
    kept = {}
    for sheet in reading.sheets:
        if sheet.shape and not sheet.questions and (given or sheet.shape in answered):
            kept[sheet.shape] = KeptLayout(
                sheet.shape, without_nir(reading.name), sheet.layout.as_json()
            )
    return tuple(kept.values())
