"""How the comparison of contracts with and without a clause is said in French."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final, NamedTuple

from suivi_tui.readings.clause_effect import EXPLANATION, GROUPINGS, ClauseEffect
from suivi_tui.rules.clause_effect import Comparison, MeasureName, Side
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.numbers import format_number, format_percent, plural
from suivi_tui.vocabulary.typography import french

MEASURES: Final[dict[MeasureName, str]] = {"duration": "Durée", "cost": "Coût"}
NO_CONCLUSION: Final = "aucune conclusion"
_DAYS_A_MONTH: Final = Fraction(36525, 1200)


class EffectRow(NamedTuple):
    """One line of the table: a group of contracts and a measure (a key of ``MEASURES``)."""

    group: str
    measure: MeasureName
    comparison: Comparison

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """The group, the measure, the side with a clause, the side without."""
        comparison, measure = self.comparison, self.measure
        return (
            self.group,
            MEASURES[measure],
            side_text(comparison.with_clause, measure, comparison.minimum),
            side_text(comparison.without_clause, measure, comparison.minimum),
        )


def effect_rows(effect: ClauseEffect) -> list[EffectRow]:
    """Every line of the table: the whole, then each group."""
    groups = [(effect.whole.label, effect.whole)]
    for key, title in GROUPINGS.items():
        groups += [(f"{title} : {one.label}", one) for one in effect.by[key]]
    return [
        EffectRow(french(label), measure, comparison)
        for label, comparison in groups
        for measure in MEASURES
    ]


def side_text(side: Side, measure: MeasureName, minimum: int) -> str:
    """``+4,2 % (23)``: the median change and how many contracts; under the minimum, no
    conclusion."""
    found = side.measure(measure)
    count = found.contracts if found is not None else 0
    if found is None or count < minimum:
        return f"{NO_CONCLUSION} ({count})"
    return f"{change_text(found.change_median)} ({format_number(count)})"


def change_text(change: Fraction) -> str:
    """A change with its sign: ``+4,2 %``, ``-1 %``, ``0 %``."""
    text = format_percent(change)
    return f"+{text}" if change > 0 and any(digit in "123456789" for digit in text) else text


def explained(row: EffectRow, effect: ClauseEffect) -> str:
    """Everything behind a line: counts, medians and means, the rule, what it does not say."""
    lines = [f"{row.group}, {MEASURES[row.measure].lower()} des marchés finis", ""]
    comparison = row.comparison
    sides = (("Avec clause", comparison.with_clause), ("Sans clause", comparison.without_clause))
    for name, side in sides:
        lines += [*_side_lines(name, side, row.measure), ""]
    if not comparison.enough(row.measure):
        lines += [
            f"Aucune conclusion : il faut {plural(effect.minimum, 'marché', 'marchés')} de chaque "
            "côté (fichier de référence, effet_clause.minimum).",
            "",
        ]
    if effect.unsaid:
        unsaid = plural(effect.unsaid, "marché ne dit rien", "marchés ne disent rien")
        lines += [f"Hors comparaison : {unsaid} d'une clause.", ""]
    return french("\n".join([*lines, EXPLANATION]))


def _side_lines(name: str, side: Side, measure: MeasureName) -> Iterator[str]:
    over = side.contracts - side.running
    found = side.measure(measure)
    count = found.contracts if found is not None else 0
    yield (
        f"{name} : {plural(side.contracts, 'marché', 'marchés')}, dont "
        f"{plural(over, 'fini', 'finis')} et {format_number(count)} où les deux chiffres sont "
        "connus."
    )
    if found is None:
        return
    written = _days if measure == "duration" else _amount
    yield (
        f"  Prévu : médiane {written(found.planned_median)}, moyenne {written(found.planned_mean)}."
    )
    yield (
        f"  Constaté : médiane {written(found.actual_median)}, moyenne "
        f"{written(found.actual_mean)}."
    )
    yield (
        f"  Écart par marché : médiane {change_text(found.change_median)}, moyenne "
        f"{change_text(found.change_mean)}."
    )


def _days(days: Fraction) -> str:
    return f"{format_number(days / _DAYS_A_MONTH, 1)} mois"


def _amount(cents: Fraction) -> str:
    # Whole euros: a mean of amounts to the cent would pretend to be exact.
    return format_money(Money(int((cents + 50) // 100) * 100))
