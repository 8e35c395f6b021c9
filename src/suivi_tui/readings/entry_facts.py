"""What the checks of entered hours know: read once for a grid or an import, then in memory.

``entry_facts`` asks the base a few questions about the people of some placements; after that a
line is judged without the base, at each key typed. What is typed meanwhile is told by ``entered``
and ``decided``, so that lines that depend on each other stay right.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from suivi_tui.reference.loader import Thresholds
from suivi_tui.rules.checks import Finding, findings_of
from suivi_tui.rules.checks_facts import (
    CheckedLine,
    CheckedObligation,
    CheckedPlacement,
    CheckedWorkContract,
    OtherHours,
    Standing,
    standing_of,
)
from suivi_tui.rules.eligibility import (
    EligibilityFacts,
    EligibilityWindow,
    eligibility_windows,
    first_start_under_clause,
)
from suivi_tui.rules.locks import closes
from suivi_tui.rules.terms import ContractTerms, TermLine, terms_of
from suivi_tui.store.queries import entry_facts as queries
from suivi_tui.store.queries import facts_people, terms
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import iso_date
from suivi_tui.vocabulary.choices import StatementStatus
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month, last_day
from suivi_tui.vocabulary.text import clean

Cell = tuple[int, int, int]
"""Obligation, placement and kind (``HourKind.number``) of an hour line."""

_REOPENED = (StatementStatus.NO_ACTIVITY.value, StatementStatus.CHECKED.value)


class _Stored(NamedTuple):
    """What a line of the base holds."""

    declared: Hours
    validated: Hours | None = None
    corrects: Month | None = None

    @property
    def acquired(self) -> Hours:
        """Validated or pending: what is not refused."""
        return self.declared if self.validated is None else self.validated


class _Claims(NamedTuple):
    """When a person came in, and what was decided."""

    first_start: date | None
    eligibilities: tuple[EligibilityFacts, ...]
    standing: Standing


class _Owing(NamedTuple):
    """An obligation, and the terms of its contract as they are stored."""

    about: CheckedObligation
    lot: int
    terms: Sequence[TermLine]


Sent = tuple[int | None, str]
_NOBODY = _Claims(None, (), Standing.UNKNOWN)


@dataclass(slots=True)
class _Known:
    """What was read: by placement, participant, obligation, person and month."""

    placements: dict[int, CheckedPlacement]
    participants: dict[int, int]
    claims: dict[int, _Claims]
    owing: dict[int, _Owing]
    lines: dict[tuple[int, Month], dict[Cell, _Stored]]
    sent: dict[tuple[int, Month], list[Sent]]


class EntryFacts:
    """The facts around the lines of some placements; ``entry_facts`` makes it."""

    def __init__(self, today: date, limits: Thresholds, known: _Known) -> None:
        self._today = today
        self._limits = limits
        self._known = known
        self._terms: dict[tuple[int, Month], ContractTerms] = {}
        self._windows: dict[tuple[int, int], tuple[EligibilityWindow, ...]] = {}

    def findings(
        self, obligation: int, placement: int, kind: int, month: Month, hours: Hours
    ) -> tuple[Finding, ...]:
        """What the checks say of ``hours`` in a cell, in place of what it holds.

        Hours that are there already and were decided are judged on what was not refused of them:
        the rest has been dealt with. In the order of ``rules.checks.CHECKS``; nothing is said of a
        placement that was not read.
        """
        line = self.line(obligation, placement, kind, month, hours)
        if line is None:
            return ()
        return findings_of(line, self.terms(obligation, month).gravities)

    def line(
        self, obligation: int, placement: int, kind: int, month: Month, hours: Hours
    ) -> CheckedLine | None:
        """The line of a cell as the rules see it; None when its placement is not known."""
        placed, owed = self._known.placements.get(placement), self._known.owing.get(obligation)
        if placed is None or owed is None:
            return None
        if placed.obligation.obligation != obligation:
            placed = placed._replace(obligation=owed.about)
        participant, cell = self._known.participants[placement], (obligation, placement, kind)
        lines = self._known.lines.get((participant, month), {})
        claims = self._known.claims.get(participant, _NOBODY)
        here, stored = self.terms(obligation, month), lines.get(cell)
        before = stored.declared if stored else None
        if stored is not None and stored.declared == hours:
            before = hours = stored.acquired
        employer, holder = placed.work_contract.employer, owed.about.holder
        statements = self._known.sent.get((obligation, month), ())
        return CheckedLine(
            placement=placed,
            kind=kind,
            month=month,
            hours=hours,
            today=self._today,
            limits=self._limits.plausibility,
            before=before,
            corrects=stored.corrects if stored else None,
            locked=bool(statements) and closes(statements, holder, employer),
            verified=any(
                status == StatementStatus.CHECKED.value and sender in (None, holder, employer)
                for sender, status in statements
            ),
            pooled=here.pooling,
            standing=claims.standing,
            windows=self._windows_of(participant, claims, here.window_months),
            others=tuple(
                self._other(key, other, month) for key, other in lines.items() if key != cell
            ),
        )

    def entered(
        self, obligation: int, placement: int, kind: int, month: Month, hours: Hours | None
    ) -> None:
        """A cell now holds ``hours``, pending (None: it was emptied), as ``actions.entry`` writes
        it: a statement of the employer that was checked, or "sans activité", is received again.
        """
        participant = self._known.participants.get(placement)
        if participant is None:
            return
        lines, cell = self._known.lines[participant, month], (obligation, placement, kind)
        before = lines.get(cell)
        if hours is None:
            lines.pop(cell, None)
            return
        if before is None or before.declared != hours:
            lines[cell] = _Stored(hours, None, before.corrects if before else None)
        employer = self._known.placements[placement].work_contract.employer
        self._known.sent[obligation, month] = [
            (sender, StatementStatus.RECEIVED.value)
            if sender == employer and status in _REOPENED
            else (sender, status)
            for sender, status in self._known.sent.get((obligation, month), ())
        ]

    def decided(
        self, obligation: int, placement: int, kind: int, month: Month, validated: Hours | None
    ) -> None:
        """A cell was validated or refused: ``validated`` hours are kept (None: pending again)."""
        participant = self._known.participants.get(placement)
        if participant is None:
            return
        lines, cell = self._known.lines[participant, month], (obligation, placement, kind)
        if cell in lines:
            lines[cell] = lines[cell]._replace(validated=validated)

    def terms(self, obligation: int, month: Month) -> ContractTerms:
        """The terms in force at the end of a month for the lot of an obligation."""
        key = (obligation, month)
        if key not in self._terms:
            owed = self._known.owing.get(obligation)
            lines, lot = (owed.terms, owed.lot) if owed else ((), 0)
            self._terms[key] = terms_of(lines, lot, last_day(month))
        return self._terms[key]

    def _other(self, cell: Cell, stored: _Stored, month: Month) -> OtherHours:
        obligation, placement, kind = cell
        placed = self._known.placements[placement]
        pooled = self.terms(obligation, month).pooling
        return OtherHours(placed, kind, stored.declared, stored.acquired, pooled)

    def _windows_of(
        self, participant: int, claims: _Claims, months: int | None
    ) -> tuple[EligibilityWindow, ...]:
        length = months or self._limits.eligibility.months
        key = (participant, length)
        if key not in self._windows:
            self._windows[key] = eligibility_windows(
                claims.eligibilities, claims.first_start, length
            )
        return self._windows[key]


def entry_facts(
    connection: Connection, placements: Iterable[int], today: date, limits: Thresholds
) -> EntryFacts:
    """Everything the checks need for the lines of some placements.

    Read: every placement and hour line of the same people, the obligations and terms around
    them, the statements of the obligations asked for. The cost grows with these people alone.
    """
    wanted = set(placements)
    placed = queries.placements_of_same_people(connection, wanted)
    owing = _owing(connection, {row.obligation for row in placed})
    placed = [row for row in placed if row.obligation in owing]
    participants = {row.placement: row.participant for row in placed}
    lines: dict[tuple[int, Month], dict[Cell, _Stored]] = defaultdict(dict)
    for line in queries.entered(connection, participants):
        if line.obligation in owing:
            person = (participants[line.placement], Month(line.month))
            lines[person][line.obligation, line.placement, line.kind] = _Stored(
                Hours(line.declared),
                None if line.validated is None else Hours(line.validated),
                None if line.corrects is None else Month(line.corrects),
            )
    sent: dict[tuple[int, Month], list[Sent]] = defaultdict(list)
    shown = {row.obligation for row in placed if row.placement in wanted}
    for statement in queries.sent(connection, shown):
        month = Month(statement.month)
        sent[statement.obligation, month].append((statement.sender, statement.status))
    known = _Known(
        placements={row.placement: _placement(row, owing[row.obligation].about) for row in placed},
        participants=participants,
        claims=_claims(connection, set(participants.values())),
        owing=owing,
        lines=lines,
        sent=dict(sent),
    )
    return EntryFacts(today, limits, known)


def _placement(row: queries.PlacedRow, about: CheckedObligation) -> CheckedPlacement:
    return CheckedPlacement(
        placement=row.placement,
        obligation=about,
        work_contract=CheckedWorkContract(
            work_contract=row.work_contract,
            start=iso_date(row.contract_start),
            end=iso_date(row.contract_end),
            weekly_hours=None if row.weekly_hours is None else Hours(row.weekly_hours),
            employer=row.employer,
            employer_name=row.employer_name,
            structure_kind=row.structure_kind,
            mode=row.mode,
            type=row.type,
        ),
        start=iso_date(row.start),
        end=iso_date(row.end),
    )


def _owing(connection: Connection, obligations: Iterable[int]) -> dict[int, _Owing]:
    rows = queries.owing(connection, obligations)
    members = queries.members(connection, {row.lot for row in rows})
    stored = terms.of_contracts(connection, {row.contract for row in rows})
    said = {contract: [term.line for term in found] for contract, found in stored.items()}
    return {
        row.obligation: _Owing(
            CheckedObligation(
                obligation=row.obligation,
                name=_named(row),
                holder=row.holder,
                members=frozenset({row.holder, *members.get(row.lot, ())}),
                start=iso_date(row.start),
                end=iso_date(row.end),
                closed_on=iso_date(row.closed_on),
                contract_start=iso_date(row.contract_start),
                contract_end=iso_date(row.contract_end),
                contract_closed_on=iso_date(row.contract_closed_on),
            ),
            row.lot,
            said.get(row.contract, ()),
        )
        for row in rows
    }


def _named(row: queries.OwingRow) -> str:
    """How a sentence names an obligation: its contract, its lot, who owes."""
    lot = f" lot {row.lot_number}" if row.lot_number not in ("", "0") else ""
    return f"{row.number or clean(row.object, 40)}{lot} ({row.holder_name})"


def _claims(connection: Connection, participants: Iterable[int]) -> dict[int, _Claims]:
    people = facts_people.people(connection, participants)
    claimed: dict[int, list[EligibilityFacts]] = defaultdict(list)
    for row in facts_people.eligibilities(connection, [row.participant for row in people]):
        claimed[row.participant].append(
            EligibilityFacts(
                decision=row.decision,
                decided_on=iso_date(row.decided_on),
                ends_on=iso_date(row.ends_on),
                proof=row.proof,
                proof_on=iso_date(row.proof_on),
                rank=row.rank,
            )
        )
    return {
        row.participant: _Claims(
            first_start_under_clause(
                iso_date(row.entered_scheme_on), [iso_date(row.first_contract_start)]
            ),
            tuple(claimed[row.participant]),
            standing_of(facts.decision for facts in claimed[row.participant]),
        )
        for row in people
    }
