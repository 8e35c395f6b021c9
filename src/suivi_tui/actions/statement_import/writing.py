"""Writing what a preview showed: one batch, with the proof of each hour and what was learned."""

from collections.abc import Collection, Iterator
from pathlib import Path

from suivi_tui.actions.import_report import ImportReport, write_import
from suivi_tui.actions.proof_files import remember_path
from suivi_tui.actions.statement_import.births import BirthName
from suivi_tui.actions.statement_import.cells import HourKey, Settled
from suivi_tui.actions.statement_import.draft import Draft
from suivi_tui.actions.statement_import.planned import Outcome, StatementPlan
from suivi_tui.actions.statement_import.reporting import report
from suivi_tui.actions.statement_import.who import NEW
from suivi_tui.exchange.statement_files.declared import Basis
from suivi_tui.store.base import Base
from suivi_tui.store.clock import latest_clock
from suivi_tui.store.journal import Change, Value, changed, created, hour_row, removed
from suivi_tui.store.queries import entry
from suivi_tui.vocabulary.choices import StatementStatus
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.months import Month
from suivi_tui.vocabulary.text import NOTES_LIMIT, clean

_BROUGHT = (Outcome.NEW, Outcome.CHANGED)
_REOPENED = (StatementStatus.NO_ACTIVITY.value, StatementStatus.CHECKED.value)


class PlanOutdated(UserError):
    """The base changed after the preview: what was shown is no longer what would be done."""

    def __init__(self) -> None:
        super().__init__(
            "La base a changé depuis l'aperçu : rien n'a été écrit. Relancez l'aperçu."
        )


def write_plan(
    base: Base,
    plan: StatementPlan,
    *,
    remember: bool = True,
    accept: Collection[tuple[str, int]] = (),
    path: Path | None = None,
) -> ImportReport:
    """Write a preview in one batch: what is sure, and the doubtful lines of ``accept``.

    ``remember`` keeps the answers and layouts for the next files of the sender; ``path``, where
    the file was read from, so that ``verifier`` can look at it again. The report counts every
    line of the preview; one that still waits is left out. Raises PlanOutdated, and what
    ``journal.write`` does.
    """
    if latest_clock(base.connection) != plan.draft.clock:
        raise PlanOutdated
    settled = plan.draft.cells.settle(accept)
    writing = _Writing(base, plan.draft)
    source = base.new_id()
    changes = writing.changes(settled, source)
    if remember:
        changes += writing.learned()
    receipt = write_import(
        base,
        changes,
        what="heures",
        name=plan.name,
        sha256=plan.sha256,
        sender=plan.sender,
        source=source,
    )
    if path is not None and receipt.lines:
        remember_path(base, source, path)
    return report(plan, accept)


class _Writing:
    """The changes of one plan."""

    def __init__(self, base: Base, draft: Draft) -> None:
        self._base, self._draft = base, draft
        self._statements: dict[tuple[int, int, int | None], tuple[int, str]] = {}
        self._read: set[tuple[int, int]] = set()
        self._written: set[BirthName] = set()

    def changes(self, settled: dict[HourKey, Settled], source: int) -> list[Change]:
        """The records needed first, then hours with their statement and their proof."""
        hours: list[Change] = []
        needed: list[BirthName] = []
        for key, result in settled.items():
            if result.outcome in _BROUGHT:
                needed += (name for one, _ in result.shares for name in one.match.needs)
                hours += self._hours(key, result)
            elif result.outcome is Outcome.IDENTICAL and result.before is not None:
                hours += self._received(key, result, reopen=False)[1]
            else:
                continue
            hours += self._proofs(key, result, source)
        born = self._draft.births.changes(needed)
        self._written = {(change.entity, int(change.row)) for change in born}
        return [*born, *hours, *self._idle()]

    def learned(self) -> Iterator[Change]:
        """The answers given now, and the layouts."""
        draft = self._draft
        for key, answer in draft.asking.learned().items():
            found = draft.births.made_for((NEW, *key)) if answer.new else answer.found
            if answer.new and (key[0], found) not in self._written:
                continue
            known = draft.memories.get(key)
            if known is not None:
                yield changed("match_memory", known.id, "found", found)
            else:
                values: dict[str, Value] = {
                    "sender": draft.sender,
                    "entity": key[0],
                    "text": key[1],
                    "found": found,
                }
                yield created("match_memory", self._base.new_id(), values)
        for kept in draft.layouts:
            own = [
                row
                for row in draft.profiles
                if row.shape == kept.shape and row.sender == draft.sender
            ]
            if own and own[0].layout != kept.layout:
                yield changed("import_profile", own[0].id, "layout", kept.layout)
            elif not own:
                values = {**kept._asdict(), "sender": draft.sender}
                yield created("import_profile", self._base.new_id(), values)

    def _hours(self, key: HourKey, result: Settled) -> Iterator[Change]:
        row = hour_row(*key)
        statement, changes = self._received(key, result, reopen=True)
        yield from changes
        spread = int(any(one.line.basis is Basis.SPREAD for one, _ in result.shares))
        held = self._draft.cells.held.get(key)
        if held is None:
            values: dict[str, Value] = {"declared": result.after, "statement": statement}
            if spread:
                values["spread"] = spread
            comment = next((one.line.comment for one, _ in result.shares if one.line.comment), "")
            if comment:
                values["comment"] = clean(comment, NOTES_LIMIT, multiline=True)
            yield created("hour_entry", row, values)
            return
        yield changed("hour_entry", row, "declared", result.after)
        if held.validated is not None:
            yield changed("hour_entry", row, "validated", None)
        if held.refusal_reason:
            yield changed("hour_entry", row, "refusal_reason", "")
        if held.spread != spread:
            yield changed("hour_entry", row, "spread", spread)
        if held.statement is None:
            yield changed("hour_entry", row, "statement", statement)

    def _proofs(self, key: HourKey, result: Settled, source: int) -> Iterator[Change]:
        if result.outcome is Outcome.IDENTICAL and result.proven:
            return
        for gone in result.replaced:
            yield removed("source_line", gone)
        obligation, month, placement, kind = key
        for one, hours in result.shares:
            values: dict[str, Value] = {
                "file": source,
                "sheet": one.line.sheet,
                "line": one.line.line,
                "obligation": obligation,
                "month": month,
                "placement": placement,
                "kind": kind,
                "hours": hours,
            }
            yield created("source_line", self._base.new_id(), values)

    def _received(self, key: HourKey, result: Settled, *, reopen: bool) -> tuple[int, list[Change]]:
        """The statement of the sender for a month, received; what that changes."""
        obligation, month = key[:2]
        self._look(obligation, month)
        sender = self._draft.sender or result.shares[0][0].match.employer
        name = (obligation, month, sender)
        received = StatementStatus.RECEIVED.value
        if name not in self._statements:
            change = self._new_statement(name, received)
            return int(change.row), [change]
        row, status = self._statements[name]
        if reopen and status in _REOPENED:
            self._statements[name] = (row, received)
            return row, [changed("statement", row, "status", received)]
        return row, []

    def _look(self, obligation: int, month: int) -> None:
        if (obligation, month) in self._read:
            return
        self._read.add((obligation, month))
        known = entry.statements(self._base.connection, obligation, Month(month))
        for sender, statement in known.items():
            self._statements[obligation, month, sender] = (statement.id, statement.status)

    def _new_statement(self, name: tuple[int, int, int | None], status: str) -> Change:
        row = self._base.new_id()
        self._statements[name] = (row, status)
        obligation, month, sender = name
        values: dict[str, Value] = {
            "obligation": obligation,
            "sender": sender,
            "month": month,
            "status": status,
            "received_on": self._draft.today.isoformat(),
        }
        return created("statement", row, values)

    def _idle(self) -> Iterator[Change]:
        """The obligations that our form says without activity, unless something is known."""
        for month in self._draft.idle:
            self._look(month.obligation, month.month)
            name = (month.obligation, int(month.month), self._draft.sender)
            if name not in self._statements:
                yield self._new_statement(name, StatementStatus.NO_ACTIVITY.value)
