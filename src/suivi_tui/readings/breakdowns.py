"""The breakdowns of an evaluation: hours and distinct people by sex, age, buyer, month...

Every breakdown adds up the same fold of hour lines (``evaluation_fold``), so that each one makes
the total to the hundredth. People are counted once in each row: rows do not add up to the people.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import NamedTuple, TypeAlias

from suivi_tui.readings.evaluation_fold import Fold, Ground, totals_of
from suivi_tui.readings.evaluation_months import hours_by_month, workers_by_month
from suivi_tui.rules.indicators import (
    LENGTHS,
    LEVEL_GROUPS,
    Bands,
    Totals,
    age_at,
    age_band,
    amount_class,
    amount_classes,
    length_class,
)
from suivi_tui.store.queries.figures import ScopeRow
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
from suivi_tui.vocabulary.money import Money
from suivi_tui.vocabulary.months import Month, iso_month

MISSING = "Non renseigné"
"""The row of what is not known; always the last one."""


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """One value of a breakdown: distinct people and work contracts with hours, and the hours."""

    value: str
    participants: int
    work_contracts: int
    hours: Totals


Labels: TypeAlias = Sequence[str]
"""What each entry of a fold is in a breakdown; ``MISSING`` when that is not known."""

Question: TypeAlias = Callable[[Ground, Fold, Bands], Labels]


def _coded(kind: type[Choice], column: str) -> Question:
    """A code of the person or of the work contract."""

    def ask(ground: Ground, fold: Fold, bands: Bands) -> Labels:
        codes = ground.column(column)
        said = {code: label_of(kind, code) or MISSING for code in set(codes)}
        labels = [said[code] for code in codes]
        return [labels[rank] for rank in fold.ranks]

    return ask


def _of_scope(read: Callable[[ScopeRow, Bands], str | None]) -> Question:
    """Something of the obligation or of its contract."""

    def ask(ground: Ground, fold: Fold, bands: Bands) -> Labels:
        rows = ground.all_rows
        said = {key: read(rows[key], bands) or MISSING for key in set(fold.obligations)}
        return [said[key] for key in fold.obligations]

    return ask


def _by_pairs(
    ground: Ground,
    fold: Fold,
    columns: Iterable[Sequence[str]],
    read: Callable[..., str | None],
) -> Labels:
    """What several columns say together, worked out once for each different entry."""
    told = list(zip(*([column[rank] for rank in fold.ranks] for column in columns), strict=True))
    said = {values: read(*values) or MISSING for values in set(told)}
    return [said[values] for values in told]


def _age(ground: Ground, fold: Fold, bands: Bands) -> Labels:
    columns = ground.column("birth"), ground.cast.hired(ground.connection)
    return _by_pairs(
        ground,
        fold,
        columns,
        lambda birth, hired: age_band(age_at(iso_date(birth), iso_date(hired)), bands.ages),
    )


def _length(ground: Ground, fold: Fold, bands: Bands) -> Labels:
    columns = ground.column("start"), ground.column("end"), ground.column("type")
    return _by_pairs(
        ground,
        fold,
        columns,
        lambda start, end, kind: length_class(iso_date(start), iso_date(end), kind),
    )


def _level(ground: Ground, fold: Fold, bands: Bands) -> Labels:
    if not bands.grouped_levels:
        return _coded(Education, "education")(ground, fold, bands)
    codes = (ground.column("education"),)
    return _by_pairs(
        ground, fold, codes, lambda code: LEVEL_GROUPS.get(code) or label_of(Education, code)
    )


def _employer(ground: Ground, fold: Fold, bands: Bands) -> Labels:
    names = ground.column("employer")
    return [names[rank] or MISSING for rank in fold.ranks]


def _programme(row: ScopeRow, bands: Bands) -> str | None:
    return label_of(Programme, row.programme, Programme.NONE.label)


def lot_name(row: ScopeRow) -> str:
    """A lot by the number of its contract and its own, when there are several."""
    if row.lot_number in ("", "0"):
        return row.number
    return f"{row.number} lot {row.lot_number}"


def _amount(row: ScopeRow, bands: Bands) -> str | None:
    amount = None if row.amount_cents is None else Money(row.amount_cents)
    return amount_class(amount, bands.amounts)


class _Breakdown(NamedTuple):
    title: str
    labels: Question


def _scope_code(kind: type[Choice], read: Callable[[ScopeRow], str | None]) -> Question:
    return _of_scope(lambda row, bands: label_of(kind, read(row)))


def _text(read: Callable[[ScopeRow], str]) -> Question:
    return _of_scope(lambda row, bands: read(row))


_ASKED: Mapping[str, _Breakdown] = {
    "sexe": _Breakdown("Sexe", _coded(Sex, "sex")),
    "age": _Breakdown("Âge à l'embauche", _age),
    "critere": _Breakdown("Critère d'éligibilité principal", _coded(Criterion, "criterion")),
    "qpv": _Breakdown("Résidence en QPV à l'embauche", _coded(Residence, "qpv")),
    "niveau": _Breakdown("Niveau de formation à l'embauche", _level),
    "prescripteur": _Breakdown("Prescripteur", _coded(Prescriber, "prescriber")),
    "structure": _Breakdown("Type d'employeur", _coded(CompanyKind, "structure")),
    "modalite": _Breakdown("Modalité de réalisation", _coded(Mode, "mode")),
    "contrat": _Breakdown("Type de contrat de travail", _coded(EmploymentKind, "type")),
    "acheteur": _Breakdown("Acheteur", _text(lambda row: row.buyer_name)),
    "type_acheteur": _Breakdown(
        "Type d'acheteur", _scope_code(BuyerKind, lambda row: row.buyer_kind)
    ),
    "type_clause": _Breakdown(
        "Type de clause", _scope_code(ClauseForm, lambda row: row.clause_form)
    ),
    "programme": _Breakdown("Programme", _of_scope(_programme)),
    "secteur": _Breakdown("Secteur d'activité", _scope_code(Sector, lambda row: row.sector)),
}
BY_MONTH = "mois"
_ADDED: Mapping[str, _Breakdown] = {
    "longueur": _Breakdown("Durée du contrat de travail", _length),
    "territoire": _Breakdown("Territoire de l'acheteur", _text(lambda row: row.territory)),
    "facilitateur": _Breakdown("Facilitateur", _text(lambda row: row.facilitator)),
    "montant": _Breakdown("Montant du marché", _of_scope(_amount)),
    "operation": _Breakdown("Opération", _text(lambda row: row.operation_name)),
    "marche": _Breakdown("Marché", _text(lambda row: row.number)),
    "lot": _Breakdown("Lot", _text(lot_name)),
    "entreprise": _Breakdown("Entreprise titulaire", _text(lambda row: row.company_name)),
    "employeur": _Breakdown("Employeur", _employer),
}
_QUESTIONS = {**_ASKED, **_ADDED}
TITLES: Mapping[str, str] = {
    **{key: asked.title for key, asked in _ASKED.items()},
    BY_MONTH: "Mois",
    **{key: asked.title for key, asked in _ADDED.items()},
}
"""Every breakdown by its key, with what a user reads, in the order of a synthesis."""

LONG = frozenset({"operation", "marche", "lot", "entreprise", "employeur"})
"""Breakdowns whose rows grow with the base: one by record, named."""


def labels_of(ground: Ground, fold: Fold, key: str, bands: Bands) -> Labels:
    """What each entry of a fold is in a breakdown (not that of months). Raises KeyError."""
    return _QUESTIONS[key].labels(ground, fold, bands)


def breakdowns(
    ground: Ground, fold: Fold, bands: Bands, keys: Collection[str] | None = None
) -> dict[str, tuple[BreakdownRow, ...]]:
    """Some breakdowns of ``TITLES``, in their order; all of them when ``keys`` is None.

    Those already worked out for the same filters and classes are not again.
    """
    return {
        key: _kept_rows(ground, fold, bands, key) for key in TITLES if keys is None or key in keys
    }


def _kept_rows(ground: Ground, fold: Fold, bands: Bands, key: str) -> tuple[BreakdownRow, ...]:
    return ground.memory.keep_some(
        ("breakdown", key, ground.filters, bands), lambda: _rows_of(ground, fold, bands, key)
    )


def _rows_of(ground: Ground, fold: Fold, bands: Bands, key: str) -> tuple[BreakdownRow, ...]:
    if key == BY_MONTH:
        return _months(ground, fold)
    order = None
    if key == "age":
        order = [band.label for band in bands.ages]
    elif key == "longueur":
        order = list(LENGTHS)
    elif key == "montant":
        order = list(amount_classes(bands.amounts))
    elif key == "niveau" and bands.grouped_levels:
        order = list(dict.fromkeys(LEVEL_GROUPS.values()))
    return _ordered(rows_by(ground, fold, labels_of(ground, fold, key, bands)), order)


def rows_by(ground: Ground, fold: Fold, labels: Labels) -> list[BreakdownRow]:
    """The rows of a breakdown from what each entry of the fold is."""
    declared: dict[str, int] = defaultdict(int)
    validated: dict[str, int] = defaultdict(int)
    pending: dict[str, int] = defaultdict(int)
    for label, hours, kept, waiting in zip(
        labels, fold.declared, fold.validated, fold.pending, strict=True
    ):
        declared[label] += hours
        validated[label] += kept
        pending[label] += waiting
    people, works = _counted(ground, fold, labels)
    return [
        BreakdownRow(
            label,
            people.get(label, 0),
            works.get(label, 0),
            totals_of(hours, validated[label], pending[label]),
        )
        for label, hours in declared.items()
    ]


def _counted(ground: Ground, fold: Fold, labels: Labels) -> tuple[dict[str, int], dict[str, int]]:
    """Distinct people and work contracts with hours, by label."""
    people: dict[str, set[int]] = defaultdict(set)
    works: dict[str, set[int]] = defaultdict(set)
    of_people, of_works = ground.cast.people, ground.cast.works
    for label, rank in compress(zip(labels, fold.ranks, strict=True), fold.worked):
        people[label].add(of_people[rank])
        works[label].add(of_works[rank])
    return (
        {label: len(found) for label, found in people.items()},
        {label: len(found) for label, found in works.items()},
    )


def _months(ground: Ground, fold: Fold) -> tuple[BreakdownRow, ...]:
    people, works = workers_by_month(ground, fold)
    rows = [
        BreakdownRow(
            iso_month(Month(month)),
            len(people.get(month, ())),
            len(works.get(month, ())),
            hours,
        )
        for month, hours in sorted(hours_by_month(ground).items())
    ]
    return _ordered(rows, [row.value for row in rows])


def _ordered(rows: Iterable[BreakdownRow], order: list[str] | None) -> tuple[BreakdownRow, ...]:
    """Rows in their own order, or the most hours first; what is missing always last."""

    def position(row: BreakdownRow) -> tuple[bool, int, str]:
        if order is not None and row.value in order:
            return False, order.index(row.value), ""
        return row.value == MISSING, -row.hours.declared, row.value

    shown = [row for row in rows if row.participants or row.hours != Totals()]
    return tuple(sorted(shown, key=position))
