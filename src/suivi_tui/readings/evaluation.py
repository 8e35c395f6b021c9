"""What was achieved over a period: figures and breakdowns, as the synthesis and screen give them.

Only contracts taken up count. Hours are those of the months of the period; people and work
contracts are those with declared hours, counted once.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from suivi_tui.readings.breakdowns import (
    TITLES,
    BreakdownRow,
    Folds,
    breakdowns,
    hiring_days,
    whole,
)
from suivi_tui.reference.loader import fte_bases
from suivi_tui.rules.indicators import Totals, fte
from suivi_tui.rules.owing import Owing, expected_between
from suivi_tui.store.queries import facts, figures
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.figures import ScopeRow, WorkerRow
from suivi_tui.store.queries.obligations import iso_date
from suivi_tui.store.queries.owing import read_owing
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours, hours_number
from suivi_tui.vocabulary.identifiers import clean_siret
from suivi_tui.vocabulary.months import Month, first_day, format_month, iso_month, last_day
from suivi_tui.vocabulary.numbers import csv_hundredths
from suivi_tui.vocabulary.text import clean, fold


class EvaluationRefused(UserError):
    """The period, the buyer or the base of full-time posts asked for makes no sense."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of a period (None: no limit on that side). Hours in hundredths.

    ``due`` is the share of the hours owed that falls in the period, ``met`` the number of
    obligations whose owed hours are validated by its end; ``buyer`` is the name of the buyer
    asked for, '' for all of them.
    """

    first: Month | None
    last: Month | None
    buyer: str
    fte_base: int
    due: Hours
    hours: Totals
    participants: int
    work_contracts: int
    contracts: int
    obligations: int
    met: int
    companies: int
    fte: float
    breakdowns: dict[str, tuple[BreakdownRow, ...]]


@dataclass(frozen=True, slots=True)
class _Period:
    first: Month | None
    last: Month | None

    @property
    def months(self) -> tuple[int, int]:
        """The months of the hour lines, both included."""
        ever_first, ever_last = facts.EVER
        return self.first or ever_first, self.last or ever_last

    @property
    def whole(self) -> bool:
        return self.first is None and self.last is None

    def meets(self, start: date | None, end: date | None) -> bool:
        """Whether dates meet the period. What has no known start has not begun yet; an unknown
        end is no end."""
        if self.whole:
            return True
        if start is None or (self.last is not None and start > last_day(self.last)):
            return False
        return self.first is None or end is None or end >= first_day(self.first)

    def share(self, owing: Owing, today: date | None) -> Hours:
        """The hours due in the period; 0 when the start on site or the end is not known."""
        if self.whole:
            return owing.due(today) or Hours(0)
        last = last_day(self.last) if self.last is not None else date.max
        if self.first is None:
            due = owing.expected(last, today)
        else:
            events, schedule = owing.events(today), owing.schedule(today)
            due = expected_between(events, schedule, first_day(self.first), last)
        return due or Hours(0)


def evaluate(
    connection: Connection,
    first: Month | None = None,
    last: Month | None = None,
    buyer: str | None = None,
    fte_base: int | None = None,
    today: date | None = None,
) -> Evaluation:
    """The evaluation of the months from ``first`` to ``last``, of the whole base without them.

    ``buyer`` is the name of a buyer (case and accents ignored) or its SIRET; ``fte_base`` is the
    hours of a full-time post, those of the reference unless given. What is owed is what is due
    ``today``, by default everything firm. Raises EvaluationRefused when the buyer is unknown, the
    period upside down or ``fte_base`` not positive.
    """
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
    period = _Period(first, last)
    found = _buyers(connection, buyer) if buyer else None
    rows = figures.scope(connection, None if found is None else [row.buyer for row in found])
    scope = {row.obligation: row for row in rows}
    folds = Folds()
    folds.add_all(facts.hour_lines(connection, scope, period.months))
    workers = {row.placement: row for row in figures.workers(connection, folds.placements())}
    total = whole(folds, workers)
    employers = {workers[placement].employer for _, placement in folds.worked}
    owing = _owing(connection, period, rows, folds, today)
    return Evaluation(
        first=first,
        last=last,
        buyer=found[0].name if found else "",
        fte_base=base_hours,
        due=owing.due,
        hours=total.hours,
        participants=total.participants,
        work_contracts=total.work_contracts,
        contracts=len({row.contract for row in owing.rows}),
        obligations=len(owing.rows),
        met=owing.met,
        companies=len(({row.company for row in owing.rows} | employers) - {None}),
        fte=fte(total.hours.validated, base_hours),
        breakdowns=breakdowns(folds, scope, workers, _hired(connection, workers.values())),
    )


def _buyers(connection: Connection, wanted: str) -> list[figures.BuyerRow]:
    """The buyers of a name or a SIRET: the same buyer may have been entered twice."""
    name, siret = fold(wanted), clean_siret(wanted)
    found = [
        row
        for row in figures.buyers(connection)
        if fold(row.name) == name or (siret and row.siret == siret)
    ]
    if not found:
        raise EvaluationRefused(
            f"Aucun acheteur ne porte le nom ou le SIRET «\u00a0{clean(wanted)}\u00a0»\u00a0: rien "
            "n'a été calculé. Vérifiez-le dans l'écran Marchés, ou donnez son SIRET."
        )
    return found


def _hired(connection: Connection, workers: Iterable[WorkerRow]) -> dict[int, date | None]:
    known = list(workers)
    undated = {row.work_contract for row in known if iso_date(row.hired_on) is None}
    return hiring_days(known, figures.first_months(connection, undated))


class _Owing(NamedTuple):
    """The obligations of a period, what is due in it, and how many are met at its end."""

    rows: list[ScopeRow]
    due: Hours
    met: int


def _owing(
    connection: Connection,
    period: _Period,
    scope: Iterable[ScopeRow],
    folds: Folds,
    today: date | None,
) -> _Owing:
    known = list(scope)
    owing = read_owing(connection, [row.obligation for row in known])
    due = sum(period.share(owing[row.obligation], today) for row in known)
    worked = {obligation for obligation, _ in folds.worked}
    validated: dict[int, int] = defaultdict(int)
    for (obligation, _), hours in folds.work.items():
        validated[obligation] += hours.validated
    rows = [
        row
        for row in known
        if row.obligation in worked
        or period.meets(*_dates(row, owing[row.obligation].dates(today).end))
    ]
    owed = {
        row.obligation: objective
        for row in rows
        if (objective := owing[row.obligation].due(today)) and objective > 0
    }
    before: dict[int, int] = {}
    if period.first is not None:
        before = figures.validated_before(connection, owed, period.first)
    met = sum(
        validated[obligation] + before.get(obligation, 0) >= objective
        for obligation, objective in owed.items()
    )
    return _Owing(rows, Hours(due), met)


def _dates(row: ScopeRow, end: date | None) -> tuple[date | None, date | None]:
    """The start of an obligation, that of its contract when it has none of its own; its end."""
    return iso_date(row.start or row.contract_start), end


def as_json(evaluation: Evaluation) -> dict[str, Any]:
    """An evaluation for a script: figures as numbers, hours with two decimals, French keys."""
    return {
        "du": None if evaluation.first is None else iso_month(evaluation.first),
        "au": None if evaluation.last is None else iso_month(evaluation.last),
        "base_etp": evaluation.fte_base,
        "heures": {
            "dues": hours_number(evaluation.due),
            "declarees": hours_number(evaluation.hours.declared),
            "validees": hours_number(evaluation.hours.validated),
            "refusees": hours_number(evaluation.hours.refused),
            "a_valider": hours_number(evaluation.hours.pending),
        },
        "participants": evaluation.participants,
        "contrats_travail": evaluation.work_contracts,
        "marches": evaluation.contracts,
        "obligations": evaluation.obligations,
        "obligations_tenues": evaluation.met,
        "entreprises": evaluation.companies,
        "etp": evaluation.fte,
        "repartitions": {
            key: [
                {
                    "valeur": row.value,
                    "participants": row.participants,
                    "contrats": row.work_contracts,
                    "heures": hours_number(row.hours.declared),
                    "validees": hours_number(row.hours.validated),
                }
                for row in evaluation.breakdowns[key]
            ]
            for key in TITLES
        },
    }


class SynthesisRow(NamedTuple):
    """One line of a synthesis as a table: French field names are its columns.

    A headline has its figure in the column of its unit, or in ``valeur`` when it has none.
    """

    bloc: str
    indicateur: str
    valeur: str = ""
    participants: int | None = None
    contrats: int | None = None
    heures: Hours | None = None
    validees: Hours | None = None


def evaluation_rows(evaluation: Evaluation, decimal: str = ",") -> list[SynthesisRow]:
    """The same figures as ``as_json``, line by line for a spreadsheet."""
    first, last, hours = evaluation.first, evaluation.last, evaluation.hours
    posts = csv_hundredths(round(evaluation.fte * 100), decimal)
    period, total = "Période", "Ensemble"
    rows = [
        SynthesisRow(period, "Du", "" if first is None else iso_month(first)),
        SynthesisRow(period, "Au", "" if last is None else iso_month(last)),
        SynthesisRow(period, "Acheteur", evaluation.buyer or "Tous les acheteurs"),
        SynthesisRow(total, "Heures à réaliser", heures=evaluation.due),
        SynthesisRow(
            total,
            "Heures déclarées",
            participants=evaluation.participants,
            contrats=evaluation.work_contracts,
            heures=hours.declared,
            validees=hours.validated,
        ),
        SynthesisRow(total, "Heures validées", heures=hours.validated),
        SynthesisRow(total, "Heures refusées", heures=hours.refused),
        SynthesisRow(total, "Heures à valider", heures=hours.pending),
        SynthesisRow(total, "Participants", participants=evaluation.participants),
        SynthesisRow(total, "Contrats de travail", contrats=evaluation.work_contracts),
        SynthesisRow(total, "Marchés", str(evaluation.contracts)),
        SynthesisRow(total, "Obligations", str(evaluation.obligations)),
        SynthesisRow(total, "Obligations tenues", str(evaluation.met)),
        SynthesisRow(total, "Entreprises et structures", str(evaluation.companies)),
        SynthesisRow(total, f"ETP (base {evaluation.fte_base}\u00a0h)", posts),
    ]
    for key, title in TITLES.items():
        rows += [
            SynthesisRow(
                "Répartition",
                title,
                row.value,
                row.participants,
                row.work_contracts,
                row.hours.declared,
                row.hours.validated,
            )
            for row in evaluation.breakdowns[key]
        ]
    return rows
