"""What the forms about an obligation write; each function runs on the desk."""

from typing import TYPE_CHECKING, Any

from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.screens.marche.obligation_forms import formula_values
from suivi_tui.vocabulary.choices import OwedFormula, TargetKind
from suivi_tui.vocabulary.numbers import scaled

if TYPE_CHECKING:
    from datetime import date

    from suivi_tui.readings.obligation_sheet import ObligationSheet

_HOURS = (TargetKind.WORK_STUDY_HOURS.value, TargetKind.QPV_HOURS.value)


def read_sheet(base: Any, obligation: int, today: "date") -> "ObligationSheet | None":
    """The sheet of an obligation with the limits of this computer."""
    from suivi_tui import paths
    from suivi_tui.readings.obligation_sheet import obligation_sheet
    from suivi_tui.reference.loader import thresholds

    limits = thresholds(paths.reference_file())
    return obligation_sheet(base.connection, obligation, today, limits)


def save_formula(base: Any, obligation: int, code: OwedFormula, values: Values) -> None:
    """Set how hours are owed."""
    from suivi_tui.actions.formulas import set_formula

    given = formula_values(code, values)
    set_formula(base, obligation, given, values["date"], values["reason"])


def save_schedule(base: Any, obligation: int, values: Values) -> None:
    """Set how hours are expected."""
    from suivi_tui.actions.formulas import set_schedule

    set_schedule(base, obligation, values, values["date"], values["reason"])


def save_movement(base: Any, obligation: int, values: Values) -> None:
    """Add a movement."""
    from suivi_tui.actions.obligations import add_movement

    add_movement(base, obligation, {**values, "firm": int(values["firm"])})


def save_order(base: Any, obligation: int, values: Values) -> None:
    """Add an extension, a stop or a restart."""
    from suivi_tui.actions.obligations import add_order

    add_order(base, obligation, {**values, "whole": values["place"] == "marche"})


def save_transfer(base: Any, obligation: int, values: Values) -> None:
    """Pass hours owed to another holder."""
    from suivi_tui.actions.obligations import transfer

    receiver = int(values["receiver"])
    transfer(base, obligation, receiver, values["hours"], values["date"], values["reason"])


def save_worked(base: Any, obligation: int, values: Values) -> None:
    """Note the hours worked on the contract."""
    from suivi_tui.actions.formulas import add_hours_worked

    add_hours_worked(base, obligation, values["date"], values["hours"], values["reason"])


def save_shares(base: Any, obligation: int, values: Values) -> None:
    """Share out what a group owes."""
    from suivi_tui.actions.obligations import share_out
    from suivi_tui.actions.records import FieldErrors

    weights = {int(key.partition("/")[2]): value for key, value in values.items()
               if key.startswith("weight/")}  # fmt: skip
    wrong = {f"weight/{row}": "un poids de 0 ou plus est attendu"
             for row, weight in weights.items() if weight < 0}  # fmt: skip
    if wrong:
        raise FieldErrors(wrong)
    share_out(base, obligation, values["total"], weights, values["date"], values["reason"])


def save_target(base: Any, obligation: int, target: int | None, values: Values) -> None:
    """Add or change a target."""
    from suivi_tui.actions.obligations import save_target as save
    from suivi_tui.actions.records import FieldErrors

    share = values["unit"] == "part"
    power = 2 if share or values["kind"] in _HOURS else 0
    number = scaled(str(values["value"]).replace("%", "").removesuffix("h").strip(), power)
    if number is None:
        raise FieldErrors({"value": "un nombre est attendu"})
    given = {"kind": values["kind"], "value": number, "as_share": int(share)}
    save(base, target, {**given, "obligation": obligation})


def affirm(base: Any, event: int, on: "date") -> None:
    """What was planned is now firm."""
    from suivi_tui.actions.obligations import affirm as act

    act(base, event, on)


def drop_worked(base: Any, term: int) -> None:
    """Take back a figure of hours worked."""
    from suivi_tui.store.journal import removed, write

    write(base, [removed("term", term)], label="Heures travaillées retirées")
