"""Changing one filter of an evaluation: a usual value, one of the base, or what is typed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from suivi_tui.rules.indicators import Bands, age_bands
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.evaluation import scope as scopes
from suivi_tui.tui.screens.evaluation.scope import Scope
from suivi_tui.tui.widgets.fields import Field, MonthField, TextField, Wrong
from suivi_tui.vocabulary.choices.evaluation import OutcomeOrigin
from suivi_tui.vocabulary.numbers import NBSP, format_number

if TYPE_CHECKING:
    from suivi_tui.readings.evaluation_choices import FilterChoice

Bases = tuple[tuple[int, str], ...]
"""Hours of a full-time post, and who counts so."""
Use = Callable[[Scope], object]
OTHER = "autre"


def change_filter(screen: SuiviScreen[Any], scope: Scope, key: str, bases: Bases, use: Use) -> None:
    """Ask for another value of a filter of ``scope``; ``use`` gets the scope that it makes."""
    if key == scopes.PERIOD:
        ask_period(screen, scope, use)
    elif key == scopes.FTE:
        _ask_base(screen, scope, bases, use)
    elif key == scopes.AGES:
        _ask_ages(screen, scope, use)
    elif key == scopes.LEVELS:
        grouped = not scope.bands.grouped_levels
        use(replace(scope, bands=scope.bands._replace(grouped_levels=grouped)))
    elif key == scopes.ORIGIN:
        from_exit = scope.origin is OutcomeOrigin.EXIT
        use(replace(scope, origin=OutcomeOrigin.ENTRY if from_exit else OutcomeOrigin.EXIT))
    else:
        _ask_value(screen, scope, key, use)


def ask_period(screen: SuiviScreen[Any], scope: Scope, use: Use, title: str = "Période") -> None:
    """A usual period, or typed months."""
    today = screen.suivi.today

    def typed(values: Values | None) -> None:
        if values is not None:
            first, last = values["first"], values["last"]
            key = scopes.TYPED if first or last else scopes.EVERYTHING
            use(scope.over(key, first, last))

    def chosen(key: str | None) -> None:
        if key == scopes.TYPED:
            screen.suivi.push_screen(period_form(scope, today), typed)
        elif key is not None:
            use(scope.over(key, *scopes.months_of(key, today)))

    choices = [Choice(key, label) for key, label in scopes.PERIODS]
    screen.suivi.push_screen(Choose(title, choices), chosen)


def period_form(scope: Scope, today: date) -> Form:
    """The first and the last month, typed; each may be left empty."""

    def check(values: Values) -> None:
        first, last = values["first"], values["last"]
        if first is not None and last is not None and first > last:
            raise Wrong("Le premier mois est après le dernier. Échangez-les.")

    filters = scope.filters
    fields: list[Field[Any]] = [
        MonthField("first", "Du mois", today=today, initial=filters.first, hint="vide : le début"),
        MonthField("last", "Au mois", today=today, initial=filters.last, hint="vide : la fin"),
    ]
    return Form("Période", fields, check=check)


def _ask_value(screen: SuiviScreen[Any], scope: Scope, key: str, use: Use) -> None:
    _, title, none = next(item for item in scopes.NARROWING if item[0] == key)

    def ask(base: Any) -> "list[FilterChoice]":
        from suivi_tui.readings.evaluation_choices import filter_choices

        return filter_choices(base.connection, key)

    def show(found: "list[FilterChoice]") -> None:
        choices = [Choice(None, f"{none.capitalize()}")]
        choices += [Choice(place, one.label, one.hint) for place, one in enumerate(found)]
        # None is also what Escape gives back.
        choices[0] = Choice(-1, choices[0].label)
        screen.suivi.push_screen(Choose(title, choices), lambda place: chosen(found, place))

    def chosen(found: "list[FilterChoice]", place: int | None) -> None:
        if place is None:
            return
        empty = type(scope.filters)._field_defaults[key]
        value, name = (empty, "") if place < 0 else (found[place].value, found[place].label)
        use(scope.narrowed(key, value, name))

    screen.read("choices", ask, show)


def _ask_base(screen: SuiviScreen[Any], scope: Scope, bases: Bases, use: Use) -> None:
    choices = [Choice(hours, f"{format_number(hours)}{NBSP}h", label) for hours, label in bases]
    choices.append(Choice(0, "Autre base…"))

    def typed(values: Values | None) -> None:
        if values is not None:
            use(replace(scope, fte_base=values["base"]))

    def chosen(hours: int | None) -> None:
        if hours == 0:
            screen.suivi.push_screen(base_form(scope), typed)
        elif hours is not None:
            use(replace(scope, fte_base=hours))

    screen.suivi.push_screen(Choose("Base d'un équivalent temps plein", choices), chosen)


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


def _ask_ages(screen: SuiviScreen[Any], scope: Scope, use: Use) -> None:
    choices = [
        Choice(place, ", ".join(band.label.lower() for band in ages))
        for place, ages in enumerate(scopes.AGE_CHOICES)
    ]
    choices.append(Choice(OTHER, "Autres tranches…"))

    def typed(values: Values | None) -> None:
        if values is not None:
            use(replace(scope, bands=bands_of(scope.bands, values["ages"])))

    def chosen(place: int | str | None) -> None:
        if place == OTHER:
            field = TextField("ages", "Âges", initial=scopes.ages_text(scope.bands.ages),
                              required=True, hint="début des tranches : 26, 50")  # fmt: skip
            screen.suivi.push_screen(Form("Tranches d'âge", [field], check=_check_ages), typed)
        elif isinstance(place, int):
            use(replace(scope, bands=scope.bands._replace(ages=scopes.AGE_CHOICES[place])))

    screen.suivi.push_screen(Choose("Tranches d'âge à l'embauche", choices), chosen)


def bands_of(bands: Bands, text: str) -> Bands:
    """The classes of age that begin where a text says. Raises ValueError."""
    return bands._replace(ages=age_bands([int(part) for part in text.replace(",", " ").split()]))


def _check_ages(values: Values) -> None:
    try:
        bands_of(Bands(), values["ages"])
    except ValueError:
        raise Wrong("Écrivez des âges croissants, par exemple 26, 50.") from None
