"""What law and usage say of a purchase before its contract: thresholds, limits, articles, families.

European thresholds come from the section of the alerts, which judges the same contracts; the rest
from ``purchasing.toml``. Articles and grounds are texts: a user edits a ground where it is written.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from suivi_tui.reference.values import Confidence, Value, reference_values
from suivi_tui.vocabulary.money import Money

_EUROPEAN: Final = "alertes.seuil_europeen."
_THRESHOLDS: Final = "achats.seuil."
_EUROPEAN_YEARS: Final = 2
"""European thresholds are set again every two years (domain.md 2.4)."""


class ThresholdKind(StrEnum):
    """The thresholds of public procurement that a facilitator meets (domain.md 2.4)."""

    WORKS = "travaux"
    STATE = "etat"
    OTHERS = "autres"
    NETWORK = "entites"
    SOCIAL_SERVICES = "services_sociaux"
    PUBLICITY = "publicite"
    FREE_SERVICES = "dispense_services"
    FREE_WORKS = "dispense_travaux"
    OPEN_DATA = "donnees_essentielles"


_IN_ALERTS: Final = (
    ThresholdKind.WORKS,
    ThresholdKind.STATE,
    ThresholdKind.OTHERS,
    ThresholdKind.NETWORK,
)


class Threshold(NamedTuple):
    """An amount before tax, in cents, from which a rule applies, and since when it is that one.

    ``expires`` is the first day on which another one is expected; None when nobody said so.
    """

    kind: ThresholdKind
    amount: Money
    label: str
    source: str
    confidence: Confidence
    valid_from: date
    expires: date | None = None


class Limit(StrEnum):
    """What makes a clause worth advising, by its key in the reference files."""

    AMOUNT = "achats.interet.montant"
    STATE_AMOUNT = "achats.interet.montant_etat"
    MONTHS = "achats.interet.duree"
    HOURS = "calibrage.volume.minimum_utile"
    LOW_SHARE = "achats.interet.part_minimale"
    HIGH_SHARE = "achats.interet.part_forte"
    TRAINING_MONTHS = "calibrage.formation.duree_minimale"
    WHOLE_RESERVED = "achats.fournisseurs.marche"
    LOT_RESERVED = "achats.fournisseurs.lot"
    SUBCONTRACT = "achats.fournisseurs.clause"
    DEPENDENCY = "achats.fournisseurs.dependance"
    TURNOVER = "achats.fournisseurs.chiffre_affaires"
    SHORT_WORKS = "achats.motif.duree_travaux"
    RENEWAL_AHEAD = "achats.renouvellement.horizon"
    RENEWAL_NOTICE = "achats.renouvellement.avance"


class CpvFamily(NamedTuple):
    """What a CPV code says of a purchase; ``sector`` is a code of Sector.

    ``share`` is the key of the usual labour share among those of calibration ('' when there is
    none). ``sold``: insertion structures or the adapted sector sell it themselves; ``skilled``:
    its posts suit a training clause; ``specific``: a social or specific service; ``supplies``:
    goods, made elsewhere.
    """

    key: str
    label: str
    share: str
    sector: str
    prefixes: tuple[str, ...]
    sold: bool
    skilled: bool
    specific: bool
    supplies: bool


class Article(NamedTuple):
    """An article of the code, summed up in our words."""

    number: str
    title: str
    text: str
    source: str
    confidence: Confidence
    valid_from: date


class Ground(NamedTuple):
    """A ground of L2112-2-1 for having no social condition; ``code`` is one of RefusalGround."""

    code: str
    text: str
    article: str
    source: str
    confidence: Confidence
    valid_from: date


class PurchasingReference(NamedTuple):
    """Everything that advising a purchase needs.

    ``thresholds`` are in order of validity; ``social_since`` is the day from which a contract
    above the European threshold has a social condition, None when it is told not to apply;
    ``shares`` are the usual labour shares by key, ``highest_rate`` and ``hourly_cost`` bound the
    hours that an amount could bring.
    """

    thresholds: Mapping[ThresholdKind, tuple[Threshold, ...]]
    limits: Mapping[Limit, Value]
    social_since: date | None
    shares: Mapping[str, Value]
    highest_rate: Value
    hourly_cost: Value

    def whole(self, limit: Limit) -> int:
        """A limit that is a whole number."""
        number = self.limits[limit].number
        assert number is not None, limit
        return int(number)

    def money(self, limit: Limit) -> Money:
        """A limit that is an amount, in cents."""
        number = self.limits[limit].number
        assert number is not None, limit
        return Money(round(number * 100))


def purchasing_reference(user_file: Path | None = None) -> PurchasingReference:
    """Thresholds, limits and usual labour shares. Raises ReferenceRefused (a UserError)."""
    values = reference_values(user_file, ("achats", "alertes", "calibrage"))
    since = values[_EUROPEAN + "entree_en_vigueur"]
    return PurchasingReference(
        thresholds={
            kind: tuple(sorted(_of_kind(values, kind), key=lambda each: each.valid_from))
            for kind in ThresholdKind
        },
        limits={limit: values[limit.value] for limit in Limit},
        social_since=since.valid_from if since.number else None,
        shares=_below(values, "calibrage.part_main_oeuvre."),
        highest_rate=values["calibrage.taux.maximum"],
        hourly_cost=values["calibrage.cout_horaire.guide"],
    )


def _below(values: Mapping[str, Value], prefix: str) -> dict[str, Value]:
    return {
        key.removeprefix(prefix): value for key, value in values.items() if key.startswith(prefix)
    }


def _of_kind(values: Mapping[str, Value], kind: ThresholdKind) -> Iterable[Threshold]:
    for key, value in values.items():
        ours = key.startswith(f"{_THRESHOLDS}{kind.value}.")
        theirs = kind in _IN_ALERTS and key.startswith(_EUROPEAN) and key.endswith(f".{kind.value}")
        if not (ours or theirs) or value.number is None:
            continue
        begun = value.valid_from
        again = begun.replace(year=begun.year + _EUROPEAN_YEARS)
        yield Threshold(
            kind,
            Money(round(value.number * 100)),
            value.label,
            value.source,
            value.confidence,
            begun,
            again if kind in _IN_ALERTS else None,
        )


@cache
def _toml(name: str) -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


@cache
def articles() -> Mapping[str, Article]:
    """The articles that a recommendation may cite, by number."""
    return {
        number: Article(
            number,
            node["title"],
            node["text"],
            node["source"],
            Confidence(node["confidence"]),
            node["valid_from"],
        )
        for number, node in _toml("purchasing_law.toml")["articles"].items()
    }


@cache
def grounds() -> Mapping[str, Ground]:
    """The grounds for having no social condition, by code; their text is a first wording."""
    return {
        code: Ground(
            code,
            node["text"],
            node["article"],
            node["source"],
            Confidence(node["confidence"]),
            node["valid_from"],
        )
        for code, node in _toml("purchasing_law.toml")["motifs"].items()
    }


@cache
def cpv_families() -> tuple[CpvFamily, ...]:
    """The families of purchases, in the order of the reference file."""
    return tuple(
        CpvFamily(
            key,
            node["label"],
            node["part"],
            node["secteur"],
            tuple(node["prefixes"]),
            bool(node.get("vendu")),
            bool(node.get("qualifie")),
            bool(node.get("specifique")),
            bool(node.get("fournitures")),
        )
        for key, node in _toml("cpv_families.toml").items()
    )


@cache
def _by_prefix() -> Mapping[str, CpvFamily]:
    return {prefix: family for family in cpv_families() for prefix in family.prefixes}


def family_of(cpv: str) -> CpvFamily | None:
    """The family of a CPV code, that of its longest known prefix; None when none has it."""
    known = _by_prefix()
    for length in range(len(cpv), 1, -1):
        if (found := known.get(cpv[:length])) is not None:
            return found
    return None
