"""What the reference says when hours are sized: shares, rates, costs, limits, each sourced.

Nothing here is a default by itself: the hourly cost least of all, whose sourced figures are old.
"""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Final, NamedTuple

from suivi_tui.reference.values import Value, reference_values
from suivi_tui.vocabulary.choices import Sector, find
from suivi_tui.vocabulary.text import fold

_SHARES: Final = "calibrage.part_main_oeuvre."
_COSTS: Final = "calibrage.cout_horaire."
_TIERS: Final = "calibrage.formation.montant."
_TIER_MONTHS: Final = "calibrage.formation.mois."

# What is written on a lot, by the first letters of its words: the share it points to.
_TRADE_WORDS: Final = (
    ("charpente metal", "charpente_metallique"),
    ("ossature metal", "charpente_metallique"),
    ("charpente", "charpente_bois"),
    ("gros oeuvre", "gros_oeuvre"),
    ("gros-oeuvre", "gros_oeuvre"),
    ("macon", "maconnerie"),
    ("peint", "peinture"),
    ("couvert", "couverture"),
    ("etanch", "etancheite"),
    ("menuiseries ext", "menuiserie_exterieure"),
    ("menuiserie ext", "menuiserie_exterieure"),
    ("menuiser", "menuiserie_interieure"),
    ("platre", "platrerie"),
    ("plaqu", "platrerie"),
    ("cloison", "platrerie"),
    ("carrel", "sols"),
    ("revetement", "sols"),
    ("sols", "sols"),
    ("electric", "electricite"),
    ("courants", "electricite"),
    ("plomb", "plomberie_cvc"),
    ("chauffage", "plomberie_cvc"),
    ("cvc", "plomberie_cvc"),
    ("ventil", "plomberie_cvc"),
    ("ascens", "ascenseur"),
    ("serrur", "serrurerie"),
    ("metall", "serrurerie"),
    ("demol", "demolition"),
    ("curage", "demolition"),
    ("desamiant", "demolition"),
    ("vrd", "vrd"),
    ("voirie", "vrd"),
    ("terrass", "vrd"),
    ("assainiss", "vrd"),
    ("enrob", "enrobes"),
    ("entretien des espaces verts", "espaces_verts_entretien"),
    ("entretien espaces verts", "espaces_verts_entretien"),
    ("espaces verts", "espaces_verts_creation"),
    ("plantation", "espaces_verts_creation"),
    ("nettoy", "nettoyage"),
    ("proprete", "nettoyage"),
    ("gardien", "gardiennage"),
    ("securite", "gardiennage"),
    ("restaur", "restauration_collective"),
    ("dechets", "collecte_dechets"),
    ("collecte", "collecte_dechets"),
    ("demenag", "demenagement"),
    ("transport", "transport_personnes"),
    ("maintenance", "maintenance"),
    ("etudes", "prestations_intellectuelles"),
    ("batiment", "batiment"),
)
_SECTORS: Final = {
    Sector.BUILDING: "batiment",
    Sector.PUBLIC_WORKS: "vrd",
    Sector.WATER_WASTE: "collecte_dechets",
    Sector.CLEANING: "nettoyage",
    Sector.GREEN_SPACES: "espaces_verts_entretien",
    Sector.CATERING: "restauration_collective",
    Sector.REMOVALS: "demenagement",
    Sector.INTELLECTUAL: "prestations_intellectuelles",
}


class TrainingTiers(NamedTuple):
    """The longest training, in months, by amount: ``tiers`` are (amount in euros, months).

    A tier holds up to its amount, included; None is the amount of the last one. Asked of
    contracts of ``least`` months or more. Source: domain.md 3.6, E7.
    """

    tiers: tuple[tuple[Fraction | None, Fraction], ...]
    least: Fraction
    source: str


class CalibrationReference(NamedTuple):
    """Everything the reference knows about sizing hours, by the last part of its key.

    ``limits`` are the other values, by their key without ``calibrage.``.
    """

    shares: Mapping[str, Value]
    costs: Mapping[str, Value]
    limits: Mapping[str, Value]
    training: TrainingTiers

    def share_of(self, trade: str = "", sector: str = "") -> Value | None:
        """The labour share of a trade as people write it, else of a sector of activity."""
        text = f" {fold(trade)}"
        for words, key in _TRADE_WORDS:
            if f" {words}" in text:
                return self.shares.get(key)
        member = find(Sector, sector)
        return self.shares.get(_SECTORS.get(member, "")) if member is not None else None

    def find_shares(self, text: str) -> list[Value]:
        """The labour shares that a text names: by code, by trade, else by letters of the label."""
        folded = fold(text)
        code = folded.replace(" ", "_").replace("-", "_").replace("'", "_")
        if code in self.shares:
            return [self.shares[code]]
        by_label = [
            value for value in self.shares.values() if folded and folded in fold(trade_of(value))
        ]
        if len(by_label) == 1:
            return by_label
        known = self.share_of(text)
        return [known] if known is not None else by_label


def trade_of(value: Value) -> str:
    """The trade that a labour share is about."""
    return value.label.partition(" :")[0]


def amount_of(value: Value) -> Fraction:
    """The number of a value as rules use it: a percentage is a share of 1."""
    assert value.number is not None, value.key
    return _scaled(value, value.number)


def range_of(value: Value) -> tuple[Fraction, Fraction] | None:
    """The range that the source of a value gives, as rules use it."""
    if value.low is None or value.high is None:
        return None
    return _scaled(value, value.low), _scaled(value, value.high)


def calibration_reference(user_file: Path | None = None) -> CalibrationReference:
    """Labour shares by trade, rates, hourly costs and limits. Raises ReferenceRefused."""
    values = reference_values(user_file, ("calibrage",))
    amounts = _below(values, _TIERS)
    months = [amount_of(value) for value in _below(values, _TIER_MONTHS).values()]
    bounds = [*(amount_of(value) for value in amounts.values()), None]
    least = values["calibrage.formation.duree_minimale"]
    return CalibrationReference(
        shares=_below(values, _SHARES),
        costs=_below(values, _COSTS),
        limits={
            key.removeprefix("calibrage."): value
            for key, value in values.items()
            if not key.startswith((_SHARES, _COSTS, _TIERS, _TIER_MONTHS))
        },
        training=TrainingTiers(
            tuple(zip(bounds, months, strict=True)), amount_of(least), least.source
        ),
    )


def _below(values: Mapping[str, Value], prefix: str) -> dict[str, Value]:
    return {
        key.removeprefix(prefix): value for key, value in values.items() if key.startswith(prefix)
    }


def _scaled(value: Value, number: Fraction) -> Fraction:
    return number / 100 if value.unit == "%" else number
