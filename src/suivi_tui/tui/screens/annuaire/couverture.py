"""Where a person or a structure can be called: the lines of its sheet, and their form."""

from typing import TYPE_CHECKING, Any

from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.screens.annuaire.forms import coverage_fields
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.asking import ask_fields
from suivi_tui.tui.screens.shared.sheet import Section, SheetLine
from suivi_tui.tui.screens.shared.texts import joined
from suivi_tui.vocabulary.choices import Sector, label_of

if TYPE_CHECKING:
    from suivi_tui.store.queries.directory import CoverageRow

    Placed = tuple[CoverageRow, str]

EMPTY = "Aucun territoire. Touche t pour dire où appeler, et pour quel métier."


def read_coverages(base: Any, entity: str, row: int) -> "list[Placed]":
    """The coverages of a person or a structure, each with its territory in French."""
    from suivi_tui.reference.territories import label_of_territory
    from suivi_tui.store.queries.directory import coverages

    found = coverages(base.connection, entity, row)
    return [(one, label_of_territory(one.territory) if one.territory else "") for one in found]


def coverage_section(placed: "list[Placed]", empty: str = EMPTY) -> Section:
    """One line for each territory and trade."""
    lines = [
        SheetLine(
            joined([label or "Partout", label_of(Sector, one.trade)]),
            one.territory,
            "coverage",
            one.coverage,
        )
        for one, label in placed
    ]
    return Section("Couvre", lines, empty)


def ask_coverage(
    screen: SuiviScreen[Any], entity: str, row: int, known: "Placed | None" = None
) -> None:
    """The form of a territory; the sheet is read again once it is saved."""
    coverage, label = known if known is not None else (None, "")

    def save(base: Any, values: dict[str, Any]) -> object:
        from suivi_tui.actions.directory import save_coverage

        return save_coverage(
            base,
            coverage.coverage if coverage is not None else None,
            entity,
            row,
            values["territory"] or "",
            values["trade"] or "",
        )

    ask_fields(
        screen,
        "Territoire couvert",
        lambda: coverage_fields(coverage, label),
        save,
        coverage.coverage if coverage is not None else new_of(row),
    )
