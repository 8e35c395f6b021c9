"""The lines of a preview: what each would do to the base, said before anything is done."""

from collections.abc import Iterable, Sequence
from datetime import date

from suivi_tui.actions.statement_import.cells import Cells, Fed, HourKey, Settled
from suivi_tui.actions.statement_import.matched import Match, Unmatched
from suivi_tui.actions.statement_import.planned import Outcome, PlannedLine
from suivi_tui.actions.statement_import.world import World
from suivi_tui.exchange.statement_files.declared import Basis, DeclaredLine
from suivi_tui.exchange.statement_files.form_reading import IdleMonth
from suivi_tui.readings.entry_facts import EntryFacts, entry_facts
from suivi_tui.reference.loader import Thresholds
from suivi_tui.store.queries import entry
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.choices import StatementStatus

_BROUGHT = (Outcome.NEW, Outcome.CHANGED)


def matched_lines(
    connection: Connection,
    found: Sequence[tuple[DeclaredLine, Match | Unmatched]],
    fed: Sequence[Fed],
    cells: Cells,
    today: date,
    limits: Thresholds,
) -> list[PlannedLine]:
    """Every line that was read, in the order of the file."""
    settled = cells.settle()
    facts = _facts(connection, cells, settled, today, limits)
    remarks = {
        key: _remarks(facts, key, result)
        for key, result in settled.items()
        if result.outcome in _BROUGHT
    }
    lines = iter(fed)
    shown = []
    for line, match in found:
        if isinstance(match, Unmatched):
            shown.append(_unmatched(line, match))
        else:
            one = next(lines)
            key = (match.obligation, line.month, match.placement, line.kind)
            shown.append(_fed(one, key, cells, settled.get(key), remarks.get(key, "")))
    return shown


def idle_lines(
    connection: Connection, idle: Iterable[IdleMonth], world: World, sender: int | None
) -> list[PlannedLine]:
    """The obligations that one of our forms says without activity."""
    shown = []
    for month in idle:
        if month.obligation not in world.places.rows:
            continue
        known = entry.statements(connection, month.obligation, month.month).get(sender)
        outcome, why = Outcome.NEW, "sans activité"
        if known is not None and known.status == StatementStatus.NO_ACTIVITY.value:
            outcome = Outcome.IDENTICAL
        elif known is not None:
            outcome = Outcome.LEFT_OUT
            why = "sans activité, mais un relevé est déjà noté pour ce mois"
        where = world.places.label(month.obligation)
        shown.append(
            PlannedLine(outcome, month.sheet, month.line, "", where, month.month, None, None, why)
        )
    return shown


def _unmatched(line: DeclaredLine, match: Unmatched) -> PlannedLine:
    return PlannedLine(
        Outcome.DOUBTFUL if match.question else Outcome.LEFT_OUT,
        line.sheet,
        line.line,
        match.who,
        match.where,
        line.month,
        None,
        None,
        match.why,
        line.basis is Basis.SPREAD,
        line.hours,
        line.kind,
        question=match.question,
    )


def _fed(one: Fed, key: HourKey, cells: Cells, result: Settled | None, remarks: str) -> PlannedLine:
    line, match = one.line, one.match
    acceptable = False
    why = "" if cells.is_taken(key, one) else one.blocked or one.doubt
    if why or result is None:
        with_it = [*(fed for fed, _ in result.shares)] if result else []
        result = cells.judged(key, [*with_it, one], {})
        outcome, acceptable = Outcome.DOUBTFUL, not one.blocked
        if result.outcome in (Outcome.LEFT_OUT, Outcome.IDENTICAL):
            outcome, acceptable, why = result.outcome, False, result.why or why
    else:
        outcome = result.outcome
        acceptable = outcome is Outcome.DOUBTFUL
        told = [result.why, match.note if outcome in _BROUGHT else "", remarks]
        why = " ; ".join(text for text in told if text)
    return PlannedLine(
        outcome,
        line.sheet,
        line.line,
        match.who,
        match.where,
        line.month,
        result.before,
        result.after,
        why,
        line.basis is Basis.SPREAD,
        line.hours,
        line.kind,
        acceptable,
    )


def _facts(
    connection: Connection,
    cells: Cells,
    settled: dict[HourKey, Settled],
    today: date,
    limits: Thresholds,
) -> EntryFacts:
    known = {
        key[2]
        for key, result in settled.items()
        if result.outcome in _BROUGHT and not cells.fed[key][0].match.needs
    }
    return entry_facts(connection, known, today, limits)


def _remarks(facts: EntryFacts, key: HourKey, result: Settled) -> str:
    """What the checks of entered hours say of the hours that come in."""
    obligation, _, placement, kind = key
    if result.after is None:
        return ""
    hours, when = result.after, result.shares[0][0].line.month
    findings = facts.findings(obligation, placement, kind, when, hours)
    facts.entered(obligation, placement, kind, when, hours)
    return " ; ".join(finding.message.removesuffix(".") for finding in findings)
