"""What a synthesis would say of missing data before it is sent: how far each indicator is filled,
and the records to complete.

A rate is on distinct people, work contracts or contracts of the scope: those that the indicator is
about, never on hours.
"""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import compress
from typing import Final, NamedTuple

from suivi_tui.readings.breakdowns import MISSING, TITLES, labels_of
from suivi_tui.readings.evaluation import full_bands
from suivi_tui.readings.evaluation_fold import Fold, Ground, fold_of, ground_of
from suivi_tui.readings.evaluation_outcomes import outcome_lines
from suivi_tui.readings.filters import Filters
from suivi_tui.readings.synthesis_buyer import BUYER_KEYS
from suivi_tui.readings.synthesis_lines import Asked
from suivi_tui.readings.synthesis_network import NETWORK_KEYS, OBSERVATORY_KEYS
from suivi_tui.readings.synthesis_people import funded_people
from suivi_tui.readings.synthesis_programmes import KEYS as PROGRAMME_KEYS
from suivi_tui.readings.synthesis_programmes import PROGRAMMES
from suivi_tui.rules.indicators import USUAL_BANDS
from suivi_tui.store.queries import gaps as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.choices import OutcomePoint, Residence
from suivi_tui.vocabulary.numbers import format_percent, plural
from suivi_tui.vocabulary.typography import french

PARTICIPANT: Final = "participant"
CONTRACT: Final = "contract"
_PEOPLE: Final = ("personne", "personnes")
_CONTRACTS: Final = ("marché", "marchés")
_PATHS: Final = ("parcours", "parcours")

# What is missing, as the end of « 14 personnes sans… »; people, then contracts.
_WITHOUT: Final[Mapping[str, str]] = {
    "sexe": "sexe",
    "age": "date de naissance ou d'embauche",
    "critere": "critère d'éligibilité",
    "qpv": "réponse sur le QPV",
    "niveau": "niveau de diplôme",
    "prescripteur": "prescripteur",
    "structure": "type d'employeur",
    "modalite": "modalité",
    "contrat": "type de contrat de travail",
    "longueur": "dates de contrat de travail",
    "type_acheteur": "type d'acheteur",
    "type_clause": "forme de clause",
    "secteur": "secteur d'activité",
    "montant": "montant",
    "territoire": "territoire d'acheteur",
    "facilitateur": "facilitateur",
}
_OF_CONTRACTS: Final = frozenset(
    {"type_acheteur", "type_clause", "secteur", "montant", "territoire", "facilitateur"}
)
_EVERY_KEY: Final = tuple(_WITHOUT)
_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "synthese": _EVERY_KEY,
    "consolidation": NETWORK_KEYS,
    "observatoire": OBSERVATORY_KEYS,
    "rapport_acheteur": BUYER_KEYS,
    "anru": PROGRAMME_KEYS,
    "spaser": ("type_clause", "montant", "structure"),
    "participants": ("sexe", "age", "niveau", "critere", "prescripteur"),
    "heures": ("structure", "modalite", "contrat", "qpv", "longueur"),
    "marches": ("type_acheteur", "type_clause", "secteur", "montant"),
}
_POINTS: Final[Mapping[str, tuple[OutcomePoint, ...]]] = {
    "observatoire": (OutcomePoint.EXIT, OutcomePoint.MONTHS_6),
    "rapport_acheteur": tuple(OutcomePoint),
    "anru": (OutcomePoint.MONTHS_6,),
    "parcours": tuple(OutcomePoint),
}


class Gap(NamedTuple):
    """An indicator that is not wholly filled.

    ``entity`` is the table of the ``records`` to complete, each once, in the order of their names;
    ``missing`` of ``total`` are counted in what the indicator is about.
    """

    key: str
    title: str
    entity: str
    records: tuple[int, ...]
    missing: int
    total: int
    sentence: str

    @property
    def rate(self) -> Fraction:
        """How far the indicator is filled, from 0 to 1."""
        return Fraction(self.total - self.missing, self.total)

    @property
    def rate_text(self) -> str:
        """The rate in whole per cent, rounded down: what lacks somebody is never whole."""
        return format_percent(Fraction(int(self.rate * 100), 100), 0)


class Record(NamedTuple):
    """A record to complete: its table, its id, its name, something more to recognise it."""

    entity: str
    id: int
    name: str
    detail: str


def gap_report(connection: Connection, name: str, asked: Asked) -> list[Gap]:
    """What is missing for a synthesis in its scope, the least filled indicator first.

    Empty for a synthesis that lacks nothing, or that counts nothing that may be missing.
    """
    if name == "fse":
        return _funded(connection, asked)
    found: list[Gap] = []
    for filters in _scopes(name, asked.filters):
        found += _of_keys(connection, _KEYS.get(name, ()), filters)
        own = asked._replace(filters=filters)
        for point in _POINTS.get(name, ()):
            found += _of_point(connection, own, point)
    return sorted(_merged(found), key=lambda gap: (gap.rate, gap.title))


def records_of(connection: Connection, gap: Gap) -> list[Record]:
    """The records to complete, by name."""
    named = queries.people if gap.entity == PARTICIPANT else queries.contracts
    return [
        Record(gap.entity, row.id, row.name, row.detail) for row in named(connection, gap.records)
    ]


def _scopes(name: str, filters: Filters) -> Iterable[Filters]:
    """The scopes that a synthesis adds up: one by programme of urban renewal."""
    if name != "anru":
        return [filters]
    return [
        filters._replace(programme=str(programme.value))
        for programme in PROGRAMMES
        if filters.programme in ("", programme.value)
    ]


def _of_keys(connection: Connection, keys: Iterable[str], filters: Filters) -> Iterable[Gap]:
    ground = ground_of(connection, filters)
    fold = fold_of(ground)
    bands = full_bands(USUAL_BANDS)
    for key in keys:
        if key not in _WITHOUT:
            continue
        labels = labels_of(ground, fold, key, bands)
        lacking = {MISSING, Residence.UNKNOWN.label} if key == "qpv" else {MISSING}
        ask = _contract_of if key in _OF_CONTRACTS else _person_of
        gap = _gap(key, labels, lacking, ask(ground, fold), fold)
        if gap is not None:
            yield gap


def _gap(
    key: str,
    labels: Iterable[str],
    lacking: set[str],
    record_of: Callable[[int], int],
    fold: Fold,
) -> Gap | None:
    everybody: set[int] = set()
    missing: set[int] = set()
    for place, label in compress(enumerate(labels), fold.worked):
        record = record_of(place)
        everybody.add(record)
        if label in lacking:
            missing.add(record)
    if not missing:
        return None
    entity = CONTRACT if key in _OF_CONTRACTS else PARTICIPANT
    return Gap(key, TITLES[key], entity, tuple(sorted(missing)), len(missing), len(everybody), "")


def _person_of(ground: Ground, fold: Fold) -> Callable[[int], int]:
    people, ranks = ground.cast.people, fold.ranks
    return lambda place: people[ranks[place]]


def _contract_of(ground: Ground, fold: Fold) -> Callable[[int], int]:
    rows, obligations = ground.all_rows, fold.obligations
    return lambda place: rows[obligations[place]].contract


def _of_point(connection: Connection, asked: Asked, point: OutcomePoint) -> Iterable[Gap]:
    lines = outcome_lines(connection, asked.filters, today=asked.today, point=point)
    silent = [line for line in lines if not line.situation]
    if not silent:
        return
    title = f"Situation {point.label[:1].lower()}{point.label[1:]}"
    people = tuple(sorted({line.participant for line in silent}))
    yield Gap(point.value, title, PARTICIPANT, people, len(silent), len(lines), "")


def _merged(gaps: Iterable[Gap]) -> Iterable[Gap]:
    """One gap an indicator, whatever the scopes it was looked for in, with its sentence."""
    found: dict[str, Gap] = {}
    for gap in gaps:
        known = found.get(gap.key)
        if known is not None:
            records = tuple(sorted({*known.records, *gap.records}))
            gap = gap._replace(
                records=records,
                missing=known.missing + gap.missing,
                total=known.total + gap.total,
            )
        found[gap.key] = gap
    for gap in found.values():
        yield gap._replace(sentence=_sentence(gap))


def _sentence(gap: Gap) -> str:
    what = _WITHOUT.get(gap.key)
    if what is None:
        return _without(plural(gap.missing, *_PATHS), "réponse", gap)
    nouns = _CONTRACTS if gap.entity == CONTRACT else _PEOPLE
    return _without(plural(gap.missing, *nouns), what, gap)


def _without(counted: str, what: str, gap: Gap) -> str:
    return french(f"{counted} sans {what} : cet indicateur est renseigné à {gap.rate_text}.")


def _funded(connection: Connection, asked: Asked) -> list[Gap]:
    """What FSE+ asks of each person and the base does not say, datum by datum."""
    people = funded_people(connection, asked)
    lacking: dict[str, list[int]] = {}
    for one in people:
        for what in one.missing:
            lacking.setdefault(what, []).append(one.person.participant)
    found = []
    for what, records in lacking.items():
        gap = Gap(what, what[:1].upper() + what[1:], PARTICIPANT, tuple(sorted(set(records))),
                  len(records), len(people), "")  # fmt: skip
        counted = plural(gap.missing, *_PEOPLE)
        found.append(gap._replace(sentence=_without(counted, what, gap)))
    return sorted(found, key=lambda gap: (gap.rate, gap.title))
