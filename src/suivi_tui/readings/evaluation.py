"""What was achieved over a period: figures and breakdowns, as the synthesis and screen give them.

Only contracts taken up count. Hours are those of the months of the period; people and work
contracts are those with declared hours, counted once. A company keeps the obligations it holds,
and the hours of the people it employs wherever they work: what is owed is what it holds.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import compress
from pathlib import Path

from suivi_tui.readings.breakdowns import BreakdownRow, breakdowns
from suivi_tui.readings.evaluation_fold import WHOLE_BASE, Fold, Ground, fold_of, ground_of
from suivi_tui.readings.evaluation_owing import owing_of
from suivi_tui.readings.evaluation_scope import EvaluationRefused as EvaluationRefused
from suivi_tui.readings.evaluation_scope import filters_for as filters_for
from suivi_tui.readings.evaluation_tables import SynthesisRow as SynthesisRow
from suivi_tui.readings.evaluation_tables import as_json as as_json
from suivi_tui.readings.evaluation_tables import evaluation_rows as evaluation_rows
from suivi_tui.readings.filters import Filters
from suivi_tui.reference.evaluation import evaluation_reference
from suivi_tui.reference.loader import fte_bases
from suivi_tui.rules.indicators import (
    INSERTION_STRUCTURES,
    USUAL_BANDS,
    Bands,
    Totals,
    fte,
    hours_per_person,
)
from suivi_tui.rules.kept_obligations import VerdictCounts
from suivi_tui.rules.rate import achievement_rate
from suivi_tui.rules.targets import WorkDone, target_reading
from suivi_tui.store.queries import obligation_cases
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.evaluation_memory import no_cycles
from suivi_tui.vocabulary.choices.formulas import TargetState
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month, format_month


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of a period (None: no limit on that side). Hours in hundredths.

    ``due`` is the share of the hours owed that falls in the period and ``expected`` the part of it
    whose day has come; ``hours`` are those of the lines, ``measured`` those of the obligations
    whose share is known, the only ones that ``due`` may divide (``rate``). ``training`` are
    declared hours of training, ``insertion_hours`` those validated at insertion structures.
    ``chains`` counts missions of one person at one employer that follow one another as one;
    ``first_jobs`` the people whose first job under a clause began in the period.

    ``met`` is the number of obligations whose owed hours are validated by the end of the period;
    ``kept``, ``partly``, ``not_kept``... are what is said of obligations once they are over, by
    their hours first (``rules.kept_obligations``). ``targets`` are those of these obligations
    (people, QPV, women...) since their start, ``targets_met`` those that are reached.

    ``companies`` are holders and employers, ``structures`` the employers that are insertion
    structures; ``fte`` are the posts on ``fte_base``, ``ftes`` on each base of the reference.
    ``breakdowns`` holds those that were asked; ``bands`` are the classes they used.
    """

    filters: Filters
    buyer: str
    fte_base: int
    bands: Bands
    due: Hours
    expected: Hours
    hours: Totals
    measured: Totals
    training: Hours
    insertion_hours: Hours
    participants: int
    work_contracts: int
    chains: int
    first_jobs: int
    contracts: int
    obligations: int
    met: int
    standing: VerdictCounts
    targets: int
    targets_met: int
    companies: int
    structures: int
    fte: float
    ftes: tuple[tuple[int, float], ...]
    breakdowns: dict[str, tuple[BreakdownRow, ...]]

    @property
    def first(self) -> Month | None:
        """The first month; None: no limit."""
        return self.filters.first

    @property
    def last(self) -> Month | None:
        """The last month, included; None: no limit."""
        return self.filters.last

    @property
    def rate(self) -> Fraction | None:
        """Validated hours over hours due, both of the period, for the obligations whose share is
        known; None when nothing is due. The hours of a year are never divided by an objective of
        several years."""
        return achievement_rate(self.measured.validated, self.due)

    @property
    def hours_per_person(self) -> Hours | None:
        """Validated hours over participants; None without anybody."""
        return hours_per_person(self.hours.validated, self.participants)

    @property
    def insertion_share(self) -> Fraction | None:
        """The share of insertion structures in validated hours; None without any."""
        return achievement_rate(self.insertion_hours, self.hours.validated)

    @property
    def kept(self) -> int:
        """Obligations kept."""
        return self.standing.kept

    @property
    def partly(self) -> int:
        """Obligations kept in part."""
        return self.standing.partly

    @property
    def not_kept(self) -> int:
        """Obligations not kept."""
        return self.standing.not_kept


@no_cycles()
def evaluate(
    connection: Connection,
    filters: Filters = WHOLE_BASE,
    *,
    today: date | None = None,
    fte_base: int | None = None,
    bands: Bands = USUAL_BANDS,
    keys: Collection[str] | None = None,
) -> Evaluation:
    """The evaluation of a period and a scope, of the whole base without filters.

    A line of hours counts when its obligation is in scope and, with a company, when it holds the
    obligation or employs the person. What is owed is what is due ``today``, by default everything
    firm. ``fte_base`` is the hours of a full-time post, those of the reference unless given;
    ``keys`` are the breakdowns wanted (``breakdowns.TITLES``), all of them when None.

    What was read is kept until the base changes: another question on the same base costs less.
    Raises EvaluationRefused when the period is upside down or ``fte_base`` not positive.
    """
    base_hours = _checked(filters, fte_base)
    bands = full_bands(bands)
    ground = ground_of(connection, filters)
    fold = fold_of(ground)
    owing = owing_of(ground, fold, today)
    people = _people(ground, fold, bands)
    contracts = {item.row.contract for item in owing.obligations}
    holders: set[int | None] = {item.row.company for item in owing.obligations}
    if filters.company is not None:
        worked = set(compress(fold.obligations, fold.worked))
        contracts |= {ground.all_rows[key].contract for key in worked}
        holders |= {ground.all_rows[key].company for key in worked}
    targets = _targets(ground, [item.row.obligation for item in owing.obligations])
    hours = fold.totals
    return Evaluation(
        filters=filters,
        buyer=_buyer_name(ground),
        fte_base=base_hours,
        bands=bands,
        due=owing.due,
        expected=owing.expected,
        hours=hours,
        measured=owing.measured,
        training=Hours(sum(fold.training)),
        insertion_hours=people.insertion_hours,
        participants=people.participants,
        work_contracts=people.work_contracts,
        chains=people.chains,
        first_jobs=people.first_jobs,
        contracts=len(contracts),
        obligations=len(owing.obligations),
        met=owing.met,
        standing=owing.standing,
        targets=len(targets),
        targets_met=targets.count(TargetState.REACHED),
        companies=len((holders | people.employers) - {None}),
        structures=people.structures,
        fte=fte(hours.validated, base_hours),
        ftes=tuple((base.hours, fte(hours.validated, base.hours)) for base in fte_bases().bases),
        breakdowns=breakdowns(ground, fold, bands, keys),
    )


def full_bands(bands: Bands = USUAL_BANDS, user_file: Path | None = None) -> Bands:
    """The classes with those of the reference (and of the user's file) where nothing was chosen.

    Raises ReferenceRefused.
    """
    if bands.amounts and bands.chain_days is not None:
        return bands
    usual = evaluation_reference(user_file)
    days = usual.chain_days if bands.chain_days is None else bands.chain_days
    return bands._replace(amounts=bands.amounts or usual.amounts, chain_days=days)


def _checked(filters: Filters, fte_base: int | None) -> int:
    first, last = filters.first, filters.last
    if first is not None and last is not None and first > last:
        raise EvaluationRefused(
            f"La période finit ({format_month(last)}) avant de commencer ({format_month(first)})"
            "\u00a0: rien n'a été calculé. Échangez les deux mois."
        )
    base_hours = fte_bases().default if fte_base is None else fte_base
    if base_hours <= 0:
        raise EvaluationRefused(
            "La base d'un équivalent temps plein doit être un nombre d'heures positif\u00a0: rien "
            "n'a été calculé. La base de la consolidation nationale est 1600."
        )
    return base_hours


@dataclass(frozen=True, slots=True)
class _People:
    participants: int
    work_contracts: int
    chains: int
    first_jobs: int
    employers: set[int | None]
    structures: int
    insertion_hours: Hours


def _people(ground: Ground, fold: Fold, bands: Bands) -> _People:
    """Who worked, counted once however many lines and placements they have."""
    return ground.memory.keep_some(
        ("people", ground.filters, bands.chain_days), lambda: _counted(ground, fold, bands)
    )


def _counted(ground: Ground, fold: Fold, bands: Bands) -> _People:
    cast, workers = ground.cast, fold.workers
    chains = cast.chains(ground.connection, bands.chain_days or 0)
    kinds = ground.column("structure")
    insertion = [kind in INSERTION_STRUCTURES for kind in kinds]
    structures = {cast.employers[rank] for rank in workers if insertion[rank]}
    return _People(
        participants=len(set(map(cast.people.__getitem__, workers))),
        work_contracts=len(set(map(cast.works.__getitem__, workers))),
        chains=len(set(map(chains.__getitem__, workers))),
        first_jobs=len({cast.people[rank] for rank in first_job_ranks(ground, fold, bands)}),
        employers=set(map(cast.employers.__getitem__, workers)),
        structures=len(structures - {None}),
        insertion_hours=Hours(
            sum(compress(fold.validated, map(insertion.__getitem__, fold.ranks)))
        ),
    )


def first_job_ranks(ground: Ground, fold: Fold, bands: Bands) -> set[int]:
    """The ranks with hours that are the first job of a person, begun in the period."""
    months = ground.cast.first_jobs(ground.connection, bands.chain_days or 0)
    first, last = ground.period
    # 0 is no first job: the first month of all is after it.
    return {rank for rank in fold.workers if max(first, 1) <= months[rank] <= last}


def _targets(ground: Ground, obligations: list[int]) -> list[TargetState]:
    """How far the targets of some obligations are, since their start."""
    return ground.memory.keep_some(
        ("targets", ground.filters), lambda: _target_states(ground.connection, obligations)
    )


def _target_states(connection: Connection, obligations: list[int]) -> list[TargetState]:
    asked = obligation_cases.targets(connection, obligations)
    work: dict[int, list[WorkDone]] = {target.obligation: [] for target in asked}
    for line in obligation_cases.work_done(connection, work) if work else ():
        work[line.obligation].append(line.rule)
    return [target_reading(target.rule, work[target.obligation]).state for target in asked]


def _buyer_name(ground: Ground) -> str:
    wanted = ground.filters.buyers
    if not wanted:
        return ""
    from suivi_tui.store.queries import figures

    names = {row.buyer: row.name for row in figures.buyers(ground.connection)}
    return next((names[buyer] for buyer in wanted if buyer in names), "")
