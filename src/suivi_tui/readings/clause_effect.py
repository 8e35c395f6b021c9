"""Planned and actual duration and cost of contracts, with a clause and without, side by side."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from suivi_tui.readings.evaluation_cases import EVERYTHING, in_period
from suivi_tui.readings.filters import Filters
from suivi_tui.reference.clause_effect import comparison_minimum
from suivi_tui.rules.clause_effect import (
    Comparison,
    ContractEffect,
    ContractFacts,
    ContractMove,
    contract_effect,
    side_of,
)
from suivi_tui.store.queries import evaluation_cases
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.evaluation_cases import ContractRow
from suivi_tui.store.queries.obligations import iso_date
from suivi_tui.vocabulary.choices import Category, ClauseForm, Programme, Sector, Stage, label_of
from suivi_tui.vocabulary.money import Money

WHOLE: Final = "Ensemble"
UNSAID: Final = "non renseigné"
GROUPINGS: Final = {
    "secteur": "Secteur",
    "categorie": "Catégorie",
    "annee": "Année",
}
EXPLANATION: Final = (
    "Chaque marché fini est comparé à lui-même : durée et montant HT prévus à la notification, "
    "puis constatés. Un marché n'entre dans une mesure que si les deux chiffres sont connus : fin "
    "réelle ou montant final saisis, ou modifications publiées ou saisies (montant, durée, "
    "prolongation, arrêt et reprise). Un marché fini dont rien ne dit qu'il a bougé n'y est pas : "
    "saisissez sa fin réelle et son montant final dans sa fiche.\n"
    "Avec clause : la forme de clause le dit, ou une obligation existe. Sans clause : la forme est "
    "« Sans considération sociale », le plus souvent connue par les données ouvertes.\n"
    "Deux groupes côte à côte ne prouvent rien : les chantiers, les métiers et les années "
    "diffèrent. Ce tableau ne dit jamais que la clause est la cause d'un écart."
)
_NOT_RUN: Final = (
    Stage.PROJECT.value, Stage.CONSULTATION.value, Stage.REFUSED.value,
)  # fmt: skip


class ContractLine(NamedTuple):
    """One contract of the comparison; ``clause`` is whether it has one."""

    row: ContractRow
    clause: bool
    effect: ContractEffect


class ClauseEffect(NamedTuple):
    """The comparison of a scope, whole and by grouping (keys of ``GROUPINGS``).

    ``unsaid`` are the contracts that say nothing of a clause: they are on neither side.
    ``minimum`` comes from reference data, with its ``source``.
    """

    whole: Comparison
    by: Mapping[str, tuple[Comparison, ...]]
    unsaid: int
    minimum: int
    source: str
    lines: tuple[ContractLine, ...]


def clause_effect(
    connection: Connection,
    filters: Filters = EVERYTHING,
    *,
    today: date,
    user_file: Path | None = None,
) -> ClauseEffect:
    """Contracts of a scope that were notified, followed or only known from open data.

    A period keeps those notified in it; a company or a lot narrows nothing here. Raises
    ReferenceRefused.
    """
    found = comparison_minimum(user_file)
    minimum = int(found.number or 0)
    lines, unsaid = _lines(connection, filters, today)
    groups: dict[str, Callable[[ContractRow], str]] = {
        "secteur": lambda row: label_of(Sector, row.sector, UNSAID),
        "categorie": lambda row: label_of(Category, row.category, UNSAID),
        "annee": lambda row: (row.notified_on or row.start or "")[:4] or UNSAID,
    }
    return ClauseEffect(
        _comparison(WHOLE, lines, minimum),
        {key: _grouped(lines, of, minimum) for key, of in groups.items()},
        unsaid,
        minimum,
        found.source,
        tuple(lines),
    )


def _lines(connection: Connection, filters: Filters, today: date) -> tuple[list[ContractLine], int]:
    kept, unsaid = [], 0
    for row in evaluation_cases.notified_contracts(connection):
        day = iso_date(row.notified_on or row.start)
        if row.stage in _NOT_RUN or not _kept(filters, row) or not in_period(filters, day):
            continue
        clause = _has_clause(row)
        if clause is None:
            unsaid += 1
        else:
            kept.append((row, clause))
    facts = _facts(connection, [row for row, _ in kept])
    return [
        ContractLine(row, clause, contract_effect(facts[row.contract], today))
        for row, clause in kept
    ], unsaid


def _kept(filters: Filters, row: ContractRow) -> bool:
    """Whether a contract, followed or not, is in the scope."""
    if filters.buyers and row.buyer not in filters.buyers:
        return False
    wanted = (
        (filters.territory, row.territory),
        (filters.programme, row.programme or Programme.NONE.value),
        (filters.operation, row.operation),
        (filters.contract, row.contract),
        (filters.facilitator, row.facilitator),
    )
    return all(not asked or asked == found for asked, found in wanted)


def _has_clause(row: ContractRow) -> bool | None:
    if row.obligations:
        return True
    if row.clause_form == ClauseForm.NONE.value:
        return False
    return True if row.clause_form else None


def _facts(connection: Connection, rows: Iterable[ContractRow]) -> dict[int, ContractFacts]:
    listed = list(rows)
    wanted = [row.contract for row in listed]
    moves: dict[int, list[ContractMove]] = defaultdict(list)
    for move in evaluation_cases.moves(connection, wanted):
        moves[move.contract].append(
            ContractMove(
                iso_date(move.date) or date.min, move.kind, move.lot, _money(move.amount_cents),
                move.months,
            )
        )  # fmt: skip
    lots: dict[int, list[tuple[int, Money | None]]] = defaultdict(list)
    for lot in evaluation_cases.lot_amounts(connection, wanted):
        lots[lot.contract].append((lot.lot, _money(lot.amount_cents)))
    return {
        row.contract: ContractFacts(
            row.contract,
            iso_date(row.start or row.notified_on),
            iso_date(row.end),
            row.stage,
            iso_date(row.closed_on),
            row.duration_months,
            _money(row.amount_cents),
            iso_date(row.ended_on),
            _money(row.final_amount_cents),
            tuple(lots[row.contract]),
            tuple(moves[row.contract]),
        )
        for row in listed
    }


def _money(cents: int | None) -> Money | None:
    return None if cents is None else Money(cents)


def _comparison(label: str, lines: Iterable[ContractLine], minimum: int) -> Comparison:
    listed = list(lines)
    return Comparison(
        label,
        side_of(line.effect for line in listed if line.clause),
        side_of(line.effect for line in listed if not line.clause),
        minimum,
    )


def _grouped(
    lines: Iterable[ContractLine], of: Callable[[ContractRow], str], minimum: int
) -> tuple[Comparison, ...]:
    groups: dict[str, list[ContractLine]] = defaultdict(list)
    for line in lines:
        groups[of(line.row)].append(line)
    # What is not told comes last.
    labels = sorted(groups, key=lambda label: (label == UNSAID, label))
    return tuple(_comparison(label, groups[label], minimum) for label in labels)
