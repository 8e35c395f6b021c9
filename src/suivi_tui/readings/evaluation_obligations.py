"""Which obligations of a scope were kept by the end of a period, and why the others were not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from suivi_tui.readings.evaluation_cases import (
    EVERYTHING,
    evening_of,
    ids,
)
from suivi_tui.readings.evaluation_fold import fold_of, ground_of
from suivi_tui.readings.evaluation_owing import owing_of, owings
from suivi_tui.readings.filters import Filters
from suivi_tui.rules.indicators import Totals
from suivi_tui.rules.kept_obligations import (
    ObligationFacts,
    ObligationJudgement,
    VerdictCounts,
    judged,
    verdict_counts,
)
from suivi_tui.rules.owing import Owing
from suivi_tui.store.queries import evaluation_cases
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.evaluation_cases import DecisionRow, MoveRow
from suivi_tui.store.queries.figures import ScopeRow
from suivi_tui.store.queries.obligations import iso_date, sums
from suivi_tui.vocabulary.choices import ContractEventKind
from suivi_tui.vocabulary.choices.evaluation import ObligationVerdict, VerdictReason

EXPLANATION: Final = (
    "Seules les obligations finies ou closes dans la période sont jugées, le lendemain de leur "
    "dernier jour, prolongations et arrêts comptés ; les autres sont en cours.\n"
    "Tenue : heures validées au moins égales aux heures dues à la fin de la période. En partie : "
    "moins, mais pas zéro. Neutralisée ou remise : l'issue « Neutralisée », une remise de "
    "l'acheteur, ou plus rien à réaliser.\n"
    "Les motifs viennent de l'issue notée, des dossiers de pénalité, des changements de titulaire, "
    "des arrêts, des heures à valider ou refusées."
)


class JudgedObligation(NamedTuple):
    """An obligation of the scope and what is said of it."""

    row: ScopeRow
    judgement: ObligationJudgement

    @property
    def verdict(self) -> ObligationVerdict:
        """Kept, partly, not, excused, unknown or going on."""
        return self.judgement.verdict


class ObligationFigures(NamedTuple):
    """The verdicts of a scope; ``reasons`` counts each obligation by its main reason."""

    counts: VerdictCounts
    reasons: Mapping[VerdictReason, int]
    obligations: tuple[JudgedObligation, ...]

    def of(self, verdict: ObligationVerdict) -> tuple[JudgedObligation, ...]:
        """The obligations with a verdict, those that miss most hours first."""
        found = [one for one in self.obligations if one.verdict is verdict]
        return tuple(sorted(found, key=lambda one: -one.judgement.missing))


def obligation_figures(
    connection: Connection, filters: Filters = EVERYTHING, *, today: date
) -> ObligationFigures:
    """The obligations of an evaluation, judged at the end of its period as known ``today``."""
    ground = ground_of(connection, filters)
    rows = [item.row for item in owing_of(ground, fold_of(ground), today).obligations]
    found = judged_obligations(connection, rows, filters, today)
    reasons = dict.fromkeys(VerdictReason, 0)
    for one in found:
        if one.judgement.reason is not None:
            reasons[one.judgement.reason] += 1
    return ObligationFigures(
        verdict_counts(one.verdict for one in found),
        {reason: count for reason, count in reasons.items() if count},
        tuple(found),
    )


def judged_obligations(
    connection: Connection, rows: Iterable[ScopeRow], filters: Filters, today: date
) -> list[JudgedObligation]:
    """Some obligations, judged at the end of the period whether they fall in it or not."""
    listed, until = list(rows), evening_of(filters, today)
    wanted = ids(listed)
    owing = owings(connection, wanted)
    hours = sums(connection, wanted, last=filters.last)
    around = _around(connection, listed, until)
    found = []
    for row in listed:
        done = hours.get(row.obligation, Totals())
        facts = _facts(row, owing[row.obligation], done, around, until)
        found.append(JudgedObligation(row, judged(facts, until, today)))
    return found


class _Around(NamedTuple):
    """What happened around obligations: penalty cases and acts by obligation, events by
    contract."""

    decisions: Mapping[int, list[DecisionRow]]
    acts: Mapping[int, set[str]]
    moves: Mapping[int, list[MoveRow]]


def _around(connection: Connection, rows: Iterable[ScopeRow], until: date) -> _Around:
    listed = list(rows)
    wanted = ids(listed)
    decisions: dict[int, list[DecisionRow]] = defaultdict(list)
    for case in evaluation_cases.decisions(connection, wanted):
        decisions[case.obligation].append(case)
    acts: dict[int, set[str]] = defaultdict(set)
    for obligation, kind in evaluation_cases.acts(connection, wanted, until):
        acts[obligation].add(kind)
    moves: dict[int, list[MoveRow]] = defaultdict(list)
    for move in evaluation_cases.moves(connection, {row.contract for row in listed}):
        moves[move.contract].append(move)
    return _Around(decisions, acts, moves)


def _facts(
    row: ScopeRow, owing: Owing, done: Totals, around: _Around, until: date
) -> ObligationFacts:
    cases = around.decisions.get(row.obligation, ())
    closed = iso_date(row.closed_on)
    first, last = iso_date(row.start) or date.min, min(closed or until, until)
    kinds = {
        move.kind
        for move in around.moves.get(row.contract, ())
        if move.lot in (None, row.lot) and first <= (iso_date(move.date) or first) <= last
    }
    return ObligationFacts(
        owed=owing.due(until),
        validated=done.validated,
        pending=done.pending,
        refused=done.refused,
        last_day=owing.dates(until).end,
        closed_on=closed,
        outcome=row.outcome,
        decisions=tuple(case.decision for case in cases),
        efforts=any(case.efforts for case in cases),
        acts=frozenset(around.acts.get(row.obligation, ())),
        holder_changed=ContractEventKind.HOLDER.value in kinds,
        stopped=ContractEventKind.STOP.value in kinds,
    )
