"""The way to the workbench from a contract, a lot or a planned purchase."""

from typing import Any

from suivi_tui.tui.screens.base import SuiviScreen


def open_calibration(
    screen: SuiviScreen[Any], contract: int | None = None, lot: int | None = None
) -> None:
    """The workbench of a contract, on one of its lots when it is given; of nothing without."""
    from suivi_tui.tui.screens.calibrage.screen import Workbench

    screen.suivi.push_screen(Workbench(contract, lot))


def tell_calibration(screen: SuiviScreen[Any], calibration: int) -> None:
    """What a calibration that was kept was computed from."""

    def ask_base(base: Any) -> tuple[str, str] | None:
        from suivi_tui.readings.calibration_texts import kept_of
        from suivi_tui.rules.calibration_words import given_line
        from suivi_tui.store.queries.calibrations import one
        from suivi_tui.vocabulary.choices import CalibrationMethod, label_of

        row = one(base.connection, calibration)
        if row is None:
            return None
        kept = kept_of(row.inputs)
        lines = [given_line(code, given) for code, given in kept.inputs.items()]
        text = "\n".join([*lines, "", *kept.formula, "", row.comment]).strip()
        return label_of(CalibrationMethod, row.method), text or "Ce calibrage ne peut être relu."

    def tell(found: tuple[str, str] | None) -> None:
        from suivi_tui.tui.dialogs.message import Message

        if found is None:
            screen.notify_plain("Ce calibrage n'est plus dans la base.", "warning")
        else:
            screen.suivi.push_screen(Message(*found))

    screen.read("calibration", ask_base, tell)
