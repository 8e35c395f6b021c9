"""The breakdowns of an evaluation: hours and distinct people by sex, age, buyer, month...

Lines are folded once, by (obligation, placement) and by month; every breakdown adds up these
folds, so that each one makes the total to the hundredth.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from suivi_tui.rules.indicators import AGE_BANDS, Totals, age_at, age_band
from suivi_tui.store.queries.facts import LineRow
from suivi_tui.store.queries.figures import ScopeRow, WorkerRow
from suivi_tui.store.queries.obligations import iso_date
from suivi_tui.vocabulary.choices import (
    BuyerKind,
    Choice,
    ClauseForm,
    CompanyKind,
    Criterion,
    Education,
    EmploymentKind,
    Mode,
    Prescriber,
    Programme,
    Residence,
    Sector,
    Sex,
    label_of,
)
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month, first_day, iso_month

MISSING = "Non renseigné"
"""The row of what is not known; always the last one."""


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """One value of a breakdown: distinct people and work contracts with hours, and the hours."""

    value: str
    participants: int
    work_contracts: int
    hours: Totals


@dataclass(slots=True)
class Sum:
    """Hours being added up."""

    declared: int = 0
    validated: int = 0
    pending: int = 0

    def add_sum(self, other: "Sum") -> None:
        """Hours already added up elsewhere."""
        self.declared += other.declared
        self.validated += other.validated
        self.pending += other.pending

    @property
    def totals(self) -> Totals:
        """Refused is what is left, so that the parts make the whole by construction."""
        refused = self.declared - self.validated - self.pending
        return Totals(
            Hours(self.declared), Hours(self.validated), Hours(refused), Hours(self.pending)
        )


@dataclass(slots=True)
class Fold:
    """Hours of some lines and the placements that worked them; no hours count nobody."""

    hours: Sum = field(default_factory=Sum)
    placements: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Folds:
    """The hour lines of an evaluation: by (obligation, placement), and by month.

    ``worked`` holds the pairs with declared hours: lines of no hours count nobody.
    """

    work: dict[tuple[int, int], Sum] = field(default_factory=lambda: defaultdict(Sum))
    worked: set[tuple[int, int]] = field(default_factory=set)
    months: dict[int, Fold] = field(default_factory=lambda: defaultdict(Fold))

    def add_all(self, lines: Iterable[LineRow]) -> None:
        """Fold lines as they come; none is kept."""
        work, worked, months = self.work, self.worked, self.months
        # Written out: a whole base passes here, line by line.
        for obligation, month, placement, declared, validated in lines:
            pair, of_month = (obligation, placement), months[month]
            of_pair, of_all = work[pair], of_month.hours
            of_pair.declared += declared
            of_all.declared += declared
            if validated is None:
                of_pair.pending += declared
                of_all.pending += declared
            else:
                of_pair.validated += validated
                of_all.validated += validated
            if declared:
                worked.add(pair)
                of_month.placements.add(placement)

    def placements(self) -> set[int]:
        """The placements that have an hour line."""
        return {placement for _, placement in self.work}


@dataclass(slots=True)
class Gathered:
    """One value of a breakdown while it is being added up."""

    hours: Sum = field(default_factory=Sum)
    participants: set[int] = field(default_factory=set)
    work_contracts: set[int] = field(default_factory=set)

    def add_worker(self, worker: WorkerRow) -> None:
        """Someone with declared hours, counted once."""
        self.participants.add(worker.participant)
        self.work_contracts.add(worker.work_contract)

    def row(self, value: str) -> BreakdownRow:
        """The finished row."""
        return BreakdownRow(
            value, len(self.participants), len(self.work_contracts), self.hours.totals
        )


Question = Callable[[ScopeRow, WorkerRow, date | None], str | None]
"""What a breakdown asks of a placement on an obligation; the date is that of hiring."""


def _of_worker(kind: type[Choice], read: Callable[[WorkerRow], str | None]) -> Question:
    return lambda scope, worker, hired: label_of(kind, read(worker))


def _of_scope(kind: type[Choice], read: Callable[[ScopeRow], str | None]) -> Question:
    return lambda scope, worker, hired: label_of(kind, read(scope))


def _age(scope: ScopeRow, worker: WorkerRow, hired: date | None) -> str | None:
    return age_band(age_at(iso_date(worker.birth), hired))


def _programme(scope: ScopeRow, worker: WorkerRow, hired: date | None) -> str | None:
    return label_of(Programme, scope.programme, Programme.NONE.label)


BY_MONTH = "mois"
_QUESTIONS: Mapping[str, tuple[str, Question]] = {
    "sexe": ("Sexe", _of_worker(Sex, lambda worker: worker.sex)),
    "age": ("Âge à l'embauche", _age),
    "critere": (
        "Critère d'éligibilité principal",
        _of_worker(Criterion, lambda worker: worker.criterion),
    ),
    "qpv": ("Résidence en QPV à l'embauche", _of_worker(Residence, lambda worker: worker.qpv)),
    "niveau": (
        "Niveau de formation à l'embauche",
        _of_worker(Education, lambda worker: worker.education),
    ),
    "prescripteur": ("Prescripteur", _of_worker(Prescriber, lambda worker: worker.prescriber)),
    "structure": (
        "Type d'employeur",
        _of_worker(CompanyKind, lambda worker: worker.structure),
    ),
    "modalite": ("Modalité de réalisation", _of_worker(Mode, lambda worker: worker.mode)),
    "contrat": (
        "Type de contrat de travail",
        _of_worker(EmploymentKind, lambda worker: worker.type),
    ),
    "acheteur": ("Acheteur", lambda scope, worker, hired: scope.buyer_name),
    "type_acheteur": ("Type d'acheteur", _of_scope(BuyerKind, lambda scope: scope.buyer_kind)),
    "type_clause": ("Type de clause", _of_scope(ClauseForm, lambda scope: scope.clause_form)),
    "programme": ("Programme", _programme),
    "secteur": ("Secteur d'activité", _of_scope(Sector, lambda scope: scope.sector)),
}
TITLES: Mapping[str, str] = {
    **{key: title for key, (title, _) in _QUESTIONS.items()},
    BY_MONTH: "Mois",
}
"""Every breakdown by its key, with what a user reads, in the order of a synthesis."""

_IN_ORDER = {"age": [band.label for band in AGE_BANDS]}


def breakdowns(
    folds: Folds,
    scope: Mapping[int, ScopeRow],
    workers: Mapping[int, WorkerRow],
    hired: Mapping[int, date | None],
) -> dict[str, tuple[BreakdownRow, ...]]:
    """Every breakdown of ``TITLES``; ``hired`` gives the day of hiring by work contract.

    ``scope`` is by obligation, ``workers`` by placement.
    """
    found = {}
    known = [
        (
            scope[pair[0]],
            worker := workers[pair[1]],
            hired.get(worker.work_contract),
            hours,
            pair in folds.worked,
        )
        for pair, hours in folds.work.items()
    ]
    for key, (_, question) in _QUESTIONS.items():
        values: dict[str, Gathered] = defaultdict(Gathered)
        for obligation, worker, day, hours, counted in known:
            gathered = values[question(obligation, worker, day) or MISSING]
            gathered.hours.add_sum(hours)
            if counted:
                gathered.add_worker(worker)
        found[key] = _rows(values, _IN_ORDER.get(key))
    months: dict[str, Gathered] = {}
    for month, fold in folds.months.items():
        months[iso_month(Month(month))] = Gathered(
            fold.hours,
            {workers[placement].participant for placement in fold.placements},
            {workers[placement].work_contract for placement in fold.placements},
        )
    found[BY_MONTH] = _rows(months, sorted(months))
    return found


def whole(folds: Folds, workers: Mapping[int, WorkerRow]) -> BreakdownRow:
    """All the hours at once, everybody counted once."""
    gathered = Gathered()
    for hours in folds.work.values():
        gathered.hours.add_sum(hours)
    for _, placement in folds.worked:
        gathered.add_worker(workers[placement])
    return gathered.row("")


def hiring_days(
    workers: Iterable[WorkerRow], first_months: Mapping[int, int]
) -> dict[int, date | None]:
    """The day of hiring by work contract: its start, else the first day of its first hours."""
    days: dict[int, date | None] = {}
    for worker in workers:
        day = iso_date(worker.hired_on)
        month = first_months.get(worker.work_contract)
        if day is None and month is not None:
            day = first_day(Month(month))
        days[worker.work_contract] = day
    return days


def _rows(values: Mapping[str, Gathered], order: list[str] | None) -> tuple[BreakdownRow, ...]:
    """Rows in their own order, or the most hours first; what is missing always last."""

    def position(row: BreakdownRow) -> tuple[bool, int, str]:
        if order is not None and row.value in order:
            return False, order.index(row.value), ""
        return row.value == MISSING, -row.hours.declared, row.value

    rows = [gathered.row(value) for value, gathered in values.items()]
    shown = [row for row in rows if row.participants or row.hours != Totals()]
    return tuple(sorted(shown, key=position))
