"""Changing a figure of the workbench: its form, a choice, the labour share of a trade."""

from collections.abc import Callable
from typing import Any, Final

from suivi_tui.reference.calibration_reference import CalibrationReference, trade_of
from suivi_tui.rules.calibration import Options
from suivi_tui.rules.calibration_inputs import (
    HOURLY_COST,
    KINDS,
    TYPED,
    Given,
    given_by,
)
from suivi_tui.rules.calibration_steps import Unit, written
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.calibrage.fields import FigureField
from suivi_tui.tui.screens.calibrage.words import (
    READING,
    READINGS,
    ROUNDING,
    usual_text,
)
from suivi_tui.tui.widgets.fields import Field, TextField
from suivi_tui.vocabulary.choices import (
    HoursRounding,
    StepReading,
    ThresholdReading,
    options,
)

SOURCE_LIMIT: Final = 100


def edit_figure(
    screen: SuiviScreen[Any],
    code: str,
    known: Given | None,
    reference: CalibrationReference,
    record: str,
    then: Callable[[Given | None], object],
) -> None:
    """The form of one figure; ``then`` gets it, or None when it was emptied."""
    kind = KINDS[code]
    source = known.source if known is not None and known.source != TYPED else None
    fields: list[Field[Any]] = [
        FigureField(kind, initial=None if known is None else known.value,
                    hint=usual_text(kind, reference)),
        TextField("source", "Source et date", limit=SOURCE_LIMIT, initial=source,
                  required=kind is HOURLY_COST, hint="guide, devis, maître d'œuvre, 2026…"),
    ]  # fmt: skip

    def answered(values: Values | None) -> None:
        if values is None:
            return
        value, said = values["value"], values["source"] or TYPED
        if value is None:
            then(None)
        elif known is not None and (value, said) == (known.value, known.source):
            then(known)
        elif known is not None and said == source:
            # A figure that was changed is no longer what its source said.
            then(Given(value, f"{TYPED}, au lieu de {written(known.value, kind.unit)}"))
        else:
            then(Given(value, said))

    screen.suivi.push_screen(Form(kind.label, fields, record=f"{record}/{code}"), answered)


def choose_reading(
    screen: SuiviScreen[Any], key: str, now: Options, then: Callable[[Options], object]
) -> None:
    """The rounding, or how a text is read."""
    label, kind = READINGS[key]
    listed = [Choice(code, text) for code, text in options(kind)]

    def chosen(code: str | None) -> None:
        if code is None:
            return
        if key == ROUNDING:
            then(now._replace(rounding=HoursRounding(code)))
        elif key == READING:
            then(now._replace(reading=ThresholdReading(code)))
        else:
            then(now._replace(steps=StepReading(code)))

    screen.suivi.push_screen(Choose(label, listed), chosen)


def choose_trade(
    screen: SuiviScreen[Any], reference: CalibrationReference, then: Callable[[Given], object]
) -> None:
    """The labour share of a trade, with its source and how far it can be trusted."""
    listed = []
    for key, value in reference.shares.items():
        given = given_by(value)
        hint = f"{written(given.value, Unit.SHARE)}, {given.confidence}"
        listed.append(Choice(key, trade_of(value), hint))

    def chosen(key: str | None) -> None:
        if key is not None:
            then(given_by(reference.shares[key]))

    screen.suivi.push_screen(Choose("Part de main-d'œuvre d'un métier", listed), chosen)
