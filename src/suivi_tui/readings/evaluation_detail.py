"""Behind a figure of an evaluation, or a row of a breakdown: the people, the lines, their proofs.

The same fold and the same breakdowns as the figure itself: what is listed is what was counted.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple, TypeAlias

from suivi_tui.readings.breakdowns import BY_MONTH, MISSING, labels_of, lot_name
from suivi_tui.readings.evaluation import first_job_ranks, full_bands
from suivi_tui.readings.evaluation_fold import Fold, Ground, fold_of, ground_of, totals_of
from suivi_tui.readings.evaluation_obligations import obligation_figures
from suivi_tui.readings.evaluation_owing import OwingObligation, owing_of
from suivi_tui.readings.filters import Filters
from suivi_tui.rules.indicators import INSERTION_STRUCTURES, USUAL_BANDS, Bands, Totals
from suivi_tui.store.queries import evaluation_detail as queries
from suivi_tui.store.queries import proofs
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.evaluation_detail import BehindRow, LineKey
from suivi_tui.store.queries.paging import PAGE_SIZE
from suivi_tui.store.queries.proofs import ProofRow
from suivi_tui.vocabulary.choices.evaluation import ObligationVerdict, VerdictReason
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.months import parse_month

DECLARED: Final = "declarees"
VALIDATED: Final = "validees"
REFUSED: Final = "refusees"
PENDING: Final = "a_valider"
TRAINING: Final = "formation"
INSERTION: Final = "validees_structures_insertion"
PARTICIPANTS: Final = "participants"
WORK_CONTRACTS: Final = "contrats_travail"
CHAINS: Final = "suites_de_contrats"
FIRST_JOBS: Final = "premiers_emplois"
FIGURES: Final = (
    DECLARED, VALIDATED, REFUSED, PENDING, TRAINING, INSERTION, PARTICIPANTS, WORK_CONTRACTS,
    CHAINS, FIRST_JOBS,
)  # fmt: skip
"""The figures that people and lines stand behind, by their keys in ``as_json``."""

KEPT, PARTLY, NOT_KEPT, DUE = "tenues", "en_partie", "non_tenues", "dues"
_VERDICTS: Final = {
    KEPT: ObligationVerdict.KEPT,
    PARTLY: ObligationVerdict.PARTLY,
    NOT_KEPT: ObligationVerdict.NOT_KEPT,
    "neutralisees": ObligationVerdict.EXCUSED,
    "en_cours": ObligationVerdict.GOING_ON,
    "objectif_inconnu": ObligationVerdict.UNKNOWN,
}
_MADE = {
    VALIDATED: queries.VALIDATED,
    INSERTION: queries.VALIDATED,
    REFUSED: queries.REFUSED,
    PENDING: queries.PENDING,
    TRAINING: queries.TRAINING,
}
PersonKey: TypeAlias = tuple[str, int]


class NoSuchFigure(UserError):
    """The figure or the breakdown asked for does not exist."""


class Slice(NamedTuple):
    """What is looked behind: a figure and, in a breakdown (``key``), one of its rows (``value``,
    as it is written there)."""

    figure: str = DECLARED
    key: str = ""
    value: str = ""


class PersonBehind(NamedTuple):
    """A person behind a figure: distinct, with their hours and work contracts in it.

    Names are '' unless asked; ``after`` resumes the list behind them.
    """

    participant: int
    reference: str
    last: str
    first: str
    hours: Totals
    work_contracts: int
    after: PersonKey


class LineBehind(NamedTuple):
    """An hour line behind a figure, its lot in words; names are '' unless asked."""

    row: BehindRow
    lot: str

    @property
    def after(self) -> LineKey:
        """Resumes the list behind it."""
        return self.row.key


def people_of(
    connection: Connection,
    filters: Filters,
    figure: str = PARTICIPANTS,
    key: str = "",
    value: str = "",
    after: PersonKey | None = None,
    limit: int = PAGE_SIZE,
    *,
    names: bool = False,
    bands: Bands = USUAL_BANDS,
) -> tuple[PersonBehind, ...]:
    """The people behind a figure, by name (by reference without ``names``), page by page.

    Raises NoSuchFigure.
    """
    ground, fold = _behind(connection, filters, Slice(figure, key, value), bands)
    people, works = ground.cast.people, ground.cast.works
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    contracts: dict[int, set[int]] = defaultdict(set)
    for rank, declared, validated, pending in zip(
        fold.ranks, fold.declared, fold.validated, fold.pending, strict=True
    ):
        entry = sums[people[rank]]
        entry[0] += declared
        entry[1] += validated
        entry[2] += pending
        contracts[people[rank]].add(works[rank])
    rows = queries.people_behind(connection, sums, after, limit, names=names)
    return tuple(
        PersonBehind(
            row.participant,
            row.reference,
            row.last if names else "",
            row.first if names else "",
            totals_of(*sums[row.participant]),
            len(contracts[row.participant]),
            (row.sort, row.participant),
        )
        for row in rows
    )


def lines_of(
    connection: Connection,
    filters: Filters,
    figure: str = DECLARED,
    key: str = "",
    value: str = "",
    after: LineKey | None = None,
    limit: int = PAGE_SIZE,
    *,
    names: bool = False,
    bands: Bands = USUAL_BANDS,
    person: int | None = None,
) -> tuple[LineBehind, ...]:
    """The hour lines behind a figure, page by page; of one ``person`` when given.

    Raises NoSuchFigure.
    """
    ground, fold = _behind(connection, filters, Slice(figure, key, value), bands)
    cast = ground.cast
    pairs = {
        (cast.placements[rank], obligation)
        for rank, obligation in zip(fold.ranks, fold.obligations, strict=True)
        if person is None or cast.people[rank] == person
    }
    placements = {placement for placement, _ in pairs}
    period = ground.period
    if key == BY_MONTH:
        month = parse_month(value)
        period = month, month
    made = _MADE.get(figure, queries.DECLARED)
    found: list[BehindRow] = []
    while len(found) < limit:
        page = queries.lines_behind(connection, placements, period, made, after, limit)
        found += [row for row in page if (row.placement, row.obligation) in pairs]
        if len(page) < limit:
            break
        after = page[-1].key
    return tuple(_line(ground, row, names) for row in found[:limit])


def _line(ground: Ground, row: BehindRow, names: bool) -> LineBehind:
    shown = row if names else row._replace(last="", first="", comment="")
    return LineBehind(shown, lot_name(ground.all_rows[row.obligation]))


def proofs_of(connection: Connection, row: BehindRow) -> list[ProofRow]:
    """Where the hours of a line come from: files, sheets and lines; empty when they were typed."""
    return proofs.of_hours(connection, row.obligation, row.month, row.placement, row.kind)


def obligations_of(
    connection: Connection, filters: Filters, figure: str = DUE, today: date | None = None
) -> tuple[OwingObligation, ...]:
    """The obligations behind what is owed, or behind how they stand (``tenues``, ``en_partie``,
    ``non_tenues``...): those that owe the most first. Raises NoSuchFigure."""
    ground = ground_of(connection, filters)
    found: Sequence[OwingObligation] = owing_of(ground, fold_of(ground), today).obligations
    if figure != DUE:
        verdict = _VERDICTS.get(figure)
        if verdict is None:
            raise _no_such(figure)
        found = [item for item in found if item.verdict is verdict]
    return tuple(sorted(found, key=lambda item: (-item.due, item.row.obligation)))


def obligations_for(
    connection: Connection, filters: Filters, reason: VerdictReason, today: date
) -> tuple[OwingObligation, ...]:
    """The obligations whose verdict has this main reason, those that owe the most first."""
    judged = obligation_figures(connection, filters, today=today).obligations
    wanted = {one.row.obligation for one in judged if one.judgement.reason is reason}
    found = obligations_of(connection, filters, today=today)
    return tuple(item for item in found if item.row.obligation in wanted)


def _no_such(name: str) -> NoSuchFigure:
    return NoSuchFigure(f"Le chiffre « {name} » n'existe pas : rien n'a été cherché.")


def _behind(
    connection: Connection, filters: Filters, asked: Slice, bands: Bands
) -> tuple[Ground, Fold]:
    """The entries of the fold behind a figure and a row of a breakdown."""
    if asked.figure not in FIGURES:
        raise _no_such(asked.figure)
    if asked.key == BY_MONTH:
        month = parse_month(asked.value)
        filters = filters._replace(first=month, last=month)
    bands = full_bands(bands)
    ground = ground_of(connection, filters)
    fold = fold_of(ground)
    if asked.key and asked.key != BY_MONTH:
        try:
            labels = labels_of(ground, fold, asked.key, bands)
        except KeyError:
            raise _no_such(asked.key) from None
        wanted = asked.value or MISSING
        fold = fold.kept([label == wanted for label in labels])
    return ground, fold.kept(_counted(ground, fold, asked.figure, bands))


def _counted(ground: Ground, fold: Fold, figure: str, bands: Bands) -> list[bool]:
    """Which entries make a figure."""
    if figure == VALIDATED:
        return [hours != 0 for hours in fold.validated]
    if figure == REFUSED:
        parts = zip(fold.declared, fold.validated, fold.pending, strict=True)
        return [declared != validated + pending for declared, validated, pending in parts]
    if figure == PENDING:
        return [hours != 0 for hours in fold.pending]
    if figure == TRAINING:
        return [hours != 0 for hours in fold.training]
    if figure == INSERTION:
        kinds = ground.column("structure")
        return [
            hours != 0 and kinds[rank] in INSERTION_STRUCTURES
            for rank, hours in zip(fold.ranks, fold.validated, strict=True)
        ]
    if figure == FIRST_JOBS:
        jobs = first_job_ranks(ground, fold, bands)
        return [rank in jobs for rank in fold.ranks]
    return [bool(worked) for worked in fold.worked]
