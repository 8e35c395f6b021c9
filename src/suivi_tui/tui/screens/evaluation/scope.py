"""What an evaluation is about: a period, a buyer, the hours of a full-time post."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.widgets.fields import Field, MonthField, Wrong
from suivi_tui.vocabulary.months import Month, add_months, month_of
from suivi_tui.vocabulary.numbers import NBSP, format_number

EVERYTHING, THIS_YEAR, LAST_YEAR, ROLLING, TYPED = "tout", "annee", "precedente", "douze", "autre"
PERIODS: Final = (
    (EVERYTHING, "Toute la base"),
    (THIS_YEAR, "Année en cours"),
    (LAST_YEAR, "Année précédente"),
    (ROLLING, "12 derniers mois"),
    (TYPED, "Autres mois…"),
)
ALL_BUYERS: Final = "Tous les acheteurs"


@dataclass(frozen=True, slots=True)
class Scope:
    """The filters of the screen; ``buyer`` is a name, '' for all; ``fte_base`` None: the usual."""

    period: str = EVERYTHING
    first: Month | None = None
    last: Month | None = None
    buyer: str = ""
    fte_base: int | None = None


def months_of(period: str, today: date) -> tuple[Month | None, Month | None]:
    """First and last month of a period that is not typed, both included."""
    year = today.year
    if period == THIS_YEAR:
        return Month(year * 100 + 1), Month(year * 100 + 12)
    if period == LAST_YEAR:
        return Month(year * 100 - 99), Month(year * 100 - 88)
    if period == ROLLING:
        return add_months(month_of(today), -11), month_of(today)
    return None, None


def period_form(scope: Scope, today: date) -> Form:
    """The first and the last month, typed; each may be left empty."""

    def check(values: Values) -> None:
        first, last = values["first"], values["last"]
        if first is not None and last is not None and first > last:
            raise Wrong("Le premier mois est après le dernier. Échangez-les.")

    fields: list[Field[Any]] = [
        MonthField("first", "Du mois", today=today, initial=scope.first, hint="vide : le début"),
        MonthField("last", "Au mois", today=today, initial=scope.last, hint="vide : la fin"),
    ]
    return Form("Période", fields, check=check)


class WholeHours(Field[int]):
    """A whole number of hours."""

    def parse(self, text: str) -> int:
        """The number."""
        digits = "".join(text.replace(NBSP, "").replace("\u202f", "").split())
        digits = digits.removesuffix("h")
        if not digits.isascii() or not digits.isdigit() or not 0 < int(digits[:6]) < 10_000:
            raise Wrong("Écrivez un nombre entier d'heures, par exemple 1600.")
        return int(digits)

    def reading(self, value: int) -> str:
        """``1 600 h``."""
        return f"{format_number(value)}{NBSP}h"


def base_form(scope: Scope) -> Form:
    """The hours of a full-time post, typed."""
    field = WholeHours("base", "Heures par an", initial=scope.fte_base, required=True)
    return Form("Base d'un équivalent temps plein", [field])
