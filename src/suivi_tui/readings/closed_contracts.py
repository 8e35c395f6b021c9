"""What the contracts already closed here asked and gave: hours for each 1 000 EUR, by trade."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from statistics import median
from typing import Final, NamedTuple

from suivi_tui.store.queries.calibrations import ClosedLotRow, closed_lots
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import of_contracts
from suivi_tui.store.queries.standing import standings_of
from suivi_tui.vocabulary.choices import Sector, label_of
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.numbers import NBSP, format_number, plural
from suivi_tui.vocabulary.text import fold
from suivi_tui.vocabulary.typography import french

ALL: Final = "Tous les marchés"
_THOUSAND_CENTS: Final = 100_000
_HUNDREDTHS: Final = 100


class Spread(NamedTuple):
    """Exact hours for each 1 000 EUR of several lots: how many, median, lowest and highest."""

    number: int
    median: Fraction
    low: Fraction
    high: Fraction


class Group(NamedTuple):
    """The closed lots of one trade or sector; a spread is None under the number that it takes."""

    name: str
    number: int
    owed: Spread | None
    validated: Spread | None


class Comparison(NamedTuple):
    """What a calibration is compared with: its own trade, its sector, everything. ``least`` is
    the number of lots under which nothing is said; ``wanted`` hours for each 1 000 EUR of the
    calibration itself, None when it cannot be known."""

    groups: tuple[Group, ...]
    least: int
    wanted: Fraction | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """The comparison in sentences."""
        own = (
            () if self.wanted is None else (french(f"Ce calibrage : {_per(self.wanted)} par k€."),)
        )
        return (*own, *(_sentence(group, self) for group in self.groups))


class _Ratio(NamedTuple):
    sector: str
    trade: str
    owed: Fraction | None
    validated: Fraction


def compare(
    connection: Connection,
    *,
    trade: str = "",
    sector: str = "",
    hours: Hours | None = None,
    amount_cents: int | None = None,
    least: int = 3,
) -> Comparison:
    """Hours owed and validated for each 1 000 EUR in the closed contracts of the base.

    ``trade`` is as written on lots, ``sector`` a code; ``hours`` and ``amount_cents`` are those of
    the calibration to compare.
    """
    ratios = _ratios(connection, closed_lots(connection))
    groups = [_group(ALL, ratios, least)]
    if sector:
        of_sector = [ratio for ratio in ratios if ratio.sector == sector]
        groups.insert(0, _group(label_of(Sector, sector), of_sector, least))
    if trade:
        of_trade = [ratio for ratio in ratios if fold(ratio.trade) == fold(trade)]
        groups.insert(0, _group(trade, of_trade, least))
    wanted = _ratio(hours, amount_cents) if hours is not None else None
    return Comparison(tuple(groups), least, wanted)


def by_trade(connection: Connection, least: int = 3) -> tuple[Group, ...]:
    """Every trade of the closed lots (the sector of the contract where a lot says none)."""
    found: dict[str, list[_Ratio]] = {}
    names: dict[str, str] = {}
    for ratio in _ratios(connection, closed_lots(connection)):
        name = ratio.trade or label_of(Sector, ratio.sector, "Secteur non renseigné")
        names.setdefault(fold(name), name)
        found.setdefault(fold(name), []).append(ratio)
    return tuple(_group(names[key], found[key], least) for key in sorted(found))


def _ratios(connection: Connection, lots: Sequence[ClosedLotRow]) -> list[_Ratio]:
    contracts = {lot.contract for lot in lots}
    owed: dict[int, int] = {}
    validated: dict[int, int] = {}
    for standing in standings_of(connection, of_contracts(connection, contracts)):
        lot = standing.row.lot
        if standing.owed is not None:
            owed[lot] = owed.get(lot, 0) + standing.owed
        validated[lot] = validated.get(lot, 0) + standing.totals.validated
    found = []
    for row in lots:
        done = _ratio(Hours(validated[row.lot]), row.amount_cents) if row.lot in validated else None
        if done is not None:
            due = owed.get(row.lot)
            asked = None if due is None else _ratio(Hours(due), row.amount_cents)
            found.append(_Ratio(row.sector, row.trade, asked, done))
    return found


def _ratio(hours: Hours, amount_cents: int | None) -> Fraction | None:
    """Hours for each 1 000 EUR; None without an amount."""
    if not amount_cents or amount_cents < 0:
        return None
    return Fraction(hours * _THOUSAND_CENTS, _HUNDREDTHS * amount_cents)


def _group(name: str, ratios: Sequence[_Ratio], least: int) -> Group:
    owed = (ratio.owed for ratio in ratios if ratio.owed is not None)
    validated = (ratio.validated for ratio in ratios)
    return Group(name, len(ratios), _spread(owed, least), _spread(validated, least))


def _spread(values: Iterable[Fraction], least: int) -> Spread | None:
    known = sorted(values)
    if not known or len(known) < least:
        return None
    return Spread(len(known), Fraction(median(known)), known[0], known[-1])


def _sentence(group: Group, comparison: Comparison) -> str:
    told = plural(group.number, "lot clos", "lots clos")
    if group.owed is None and group.validated is None:
        return french(
            f"{group.name} : {told}, pas assez de marchés clos pour comparer "
            f"({format_number(comparison.least)} au moins)."
        )
    parts = [
        f"{name} {_per(spread.median)} par k€ (de {_per(spread.low)} à {_per(spread.high)})"
        for name, spread in (("prévues", group.owed), ("validées", group.validated))
        if spread is not None
    ]
    return french(f"{group.name} : {told}, médiane {' ; '.join(parts)}.")


def _per(value: Fraction) -> str:
    return f"{format_number(value, 2)}{NBSP}h"
