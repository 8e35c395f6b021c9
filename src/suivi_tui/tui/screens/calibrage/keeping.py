"""Keeping a result, and making it the objective of an obligation: questions, then writes."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from suivi_tui.rules.calibration import Calibration
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.asking import ask_fields
from suivi_tui.tui.screens.shared.texts import joined
from suivi_tui.tui.widgets.fields import DateField
from suivi_tui.tui.widgets.record_field import RecordField

if TYPE_CHECKING:
    from suivi_tui.store.queries.obligations import ObligationRow

OTHER: Final = 0
MOST: Final = 500
NO_CONTRACT: Final = "Aucun marché suivi : créez-le d'abord (touche 3, puis a)."
Part = tuple[int | None, Calibration]


def choose_contract(screen: SuiviScreen[Any], then: Callable[[int], object]) -> None:
    """Which contract a calibration is about."""

    def known(base: Any) -> list[Choice]:
        from suivi_tui.store.queries.contracts import contracts_page
        from suivi_tui.store.queries.paging import Page

        rows = contracts_page(base.connection, Page(limit=MOST), order="recent", descending=True)
        return [
            Choice(row.contract, joined([row.number, row.object]), row.buyer_name) for row in rows
        ]

    def choose(listed: list[Choice]) -> None:
        if not listed:
            screen.notify_plain(NO_CONTRACT, "warning")
            return
        screen.suivi.push_screen(Choose("Pour quel marché ?", listed), chosen)

    def chosen(contract: int | None) -> None:
        if contract is not None:
            then(contract)

    screen.read("contracts", known, choose)


def keep(
    screen: SuiviScreen[Any],
    contract: int,
    parts: Sequence[Part],
    then: Callable[[tuple[int, ...]], object],
) -> None:
    """Keep the results of lots, or of the whole contract; ``then`` gets their rows."""
    today = screen.suivi.today

    def write(base: Any) -> tuple[int, ...]:
        from suivi_tui.actions.calibrations import ToKeep, keep_calibrations

        kept: list[ToKeep] = [ToKeep(lot, calibration) for lot, calibration in parts]
        return keep_calibrations(base, contract, kept, today).rows

    screen.write(write, then)


def ask_obligation(
    screen: SuiviScreen[Any], contract: int, lot: int, calibration: int,
    then: Callable[[], object],
) -> None:  # fmt: skip
    """Whose objective a kept result becomes: a holder of the lot, or a new one."""

    def known(base: Any) -> "tuple[list[ObligationRow], list[tuple[int, str]]]":
        from suivi_tui.store.queries.entry import identities
        from suivi_tui.store.queries.obligations import of_contracts

        rows = [row for row in of_contracts(base.connection, [contract]) if row.lot == lot]
        companies = [(row, name) for row, name, _ in identities(base.connection, "company")]
        return rows, companies

    def choose(found: "tuple[list[ObligationRow], list[tuple[int, str]]]") -> None:
        rows, companies = found
        if not rows:
            _new_holder(screen, lot, calibration, companies, then)
            return
        listed = [Choice(row.obligation, row.company_name) for row in rows]
        listed.append(Choice(OTHER, "Une autre entreprise…"))

        def chosen(obligation: int | None) -> None:
            if obligation == OTHER:
                _new_holder(screen, lot, calibration, companies, then)
            elif obligation is not None:
                start = next(row.first_day for row in rows if row.obligation == obligation)
                _known_holder(screen, obligation, calibration, start, then)

        screen.suivi.push_screen(Choose("L'objectif de qui ?", listed), chosen)

    screen.read("holders", known, choose)


def _known_holder(
    screen: SuiviScreen[Any], obligation: int, calibration: int, start: date | None,
    then: Callable[[], object],
) -> None:  # fmt: skip
    today = screen.suivi.today

    def save(base: Any, values: Values) -> None:
        from suivi_tui.actions.calibrations import apply_calibration

        apply_calibration(base, calibration, obligation, values["date"])

    ask_fields(
        screen,
        "Objectif calibré",
        lambda: [DateField("date", "Dû à partir du", today=today, required=True,
                           initial=start or today)],
        save,
        obligation,
        lambda _: then(),
    )  # fmt: skip


def _new_holder(
    screen: SuiviScreen[Any], lot: int, calibration: int, companies: list[tuple[int, str]],
    then: Callable[[], object],
) -> None:  # fmt: skip
    today = screen.suivi.today

    def save(base: Any, values: Values) -> None:
        from suivi_tui.actions.calibrations import apply_to_new_holder

        apply_to_new_holder(base, calibration, lot, values["company"], values["date"])

    ask_fields(
        screen,
        "Titulaire et objectif calibré",
        lambda: [
            RecordField("company", "Entreprise titulaire", records=companies, required=True),
            DateField("date", "Dû à partir du", today=today, required=True, initial=today),
        ],
        save,
        new_of(lot),
        lambda _: then(),
    )
