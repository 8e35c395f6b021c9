"""What is opened from a contract and lives in rooms of its own: letters, penalties, needs."""

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.shared.sheet import Sheet, SheetScreen
from suivi_tui.tui.widgets.paged_list import PagedList

if TYPE_CHECKING:
    from suivi_tui.tui.screens.base import SuiviScreen

OBLIGATION: Final = "obligation"
CALIBRATION: Final = "calibration"
_PENALTIES: Final = "suivi_tui.tui.screens.penalites.opening"
_LETTERS: Final = "suivi_tui.tui.screens.shared.letters"
_NEEDS: Final = "suivi_tui.tui.screens.besoins.opening"
_CLAUSES: Final = "suivi_tui.tui.screens.clauses.opening"
_CALIBRATION: Final = "suivi_tui.tui.screens.calibrage.opening"
_POLICIES: Final = "suivi_tui.tui.screens.politiques.opening"
_REVIEWS: Final = "suivi_tui.tui.screens.avis.screen"


def _has(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def commands(scope: str, group: str) -> tuple[Command, ...]:
    """The keys of these rooms, on a contract that is followed."""
    found = []
    if _has(_PENALTIES):
        found.append(
            Command(
                "penalties",
                "p",
                "Pénalités",
                "Ce que le marché prévoit et ce qui est proposé à l'acheteur.",
                scope,
                group,
                40,
                available=_followed,
            )
        )
    if _has(_LETTERS):
        found.append(Command("letter", "l", "Courrier", "Préparer un courrier.", scope, group, 41,
                             available=_followed))  # fmt: skip
    if scope != OBLIGATION:
        found.append(Command("reviews", "v", "Avis", "Ce qui est dit du marché, et les notes.",
                             scope, group, 43))  # fmt: skip
    if scope != OBLIGATION:
        found.append(Command("calibrate", "b", "Calibrer", "Calculer les heures du marché, du lot.",
                             scope, group, 44))  # fmt: skip
    if scope != OBLIGATION:
        found.append(Command("clause_text", "t", "Texte", "Le texte de la clause : pièces, envoi, "
                             "écarts avec la base.", scope, group, 45))  # fmt: skip
        found.append(Command("policies", "y", "Politiques", "Les engagements de l'acheteur.",
                             scope, group, 46))  # fmt: skip
    if scope == OBLIGATION and _has(_NEEDS):
        found.append(Command("needs", "b", "Besoins", "Les personnes cherchées et proposées.",
                             scope, group, 42))  # fmt: skip
    return tuple(found)


class CalibratedSheet(SheetScreen[None]):
    """The sheet of a contract, from which its hours are sized; Enter explains a calibration."""

    contract: int

    def action_calibrate(self) -> None:
        """The workbench, on the lot of the cursor when there is one."""
        record = self.query_one(Sheet).record()
        lot = record[1] if record is not None and record[0] == "lot" else None
        import_module(_CALIBRATION).open_calibration(self, self.contract, lot)

    def action_clause_text(self) -> None:
        """The text of the clause: its pieces, what differs from the base once it is sent."""
        import_module(_CLAUSES).open_clause(self, self.contract)

    def action_policies(self) -> None:
        """What the buyer committed to."""
        import_module(_POLICIES).open_policies(self, self.contract)

    @on(PagedList.RowSelected)
    def _explain(self) -> None:
        record = self.query_one(Sheet).record()
        if record is not None and record[0] == CALIBRATION:
            import_module(_CALIBRATION).tell_calibration(self, record[1])


def _followed(screen: Any) -> bool:
    sheet = screen.sheet
    if sheet is None:
        return False
    fields = getattr(sheet, "fields", None)
    return fields is None or bool(fields.taken_up)


def open_penalties(screen: "SuiviScreen[Any]", contract: int, obligation: int | None) -> None:
    """The penalty desk of a contract, of one obligation when it is known."""
    import_module(_PENALTIES).open_penalties(screen, contract, obligation)


def ask_letter(screen: "SuiviScreen[Any]", contract: int, obligation: int | None) -> None:
    """Which letter about a contract or an obligation, then the letter itself."""
    subject = ("contract", contract) if obligation is None else ("obligation", obligation)
    import_module(_LETTERS).ask_letter(screen, None, subject)


def open_reviews(screen: "SuiviScreen[Any]", contract: int) -> None:
    """What the company, the tutor, the person and the buyer say of a contract."""
    screen.suivi.push_screen(import_module(_REVIEWS).Reviews(contract))


def open_needs(screen: "SuiviScreen[Any]", obligation: int, name: str) -> None:
    """The people that the holder looks for, and those proposed to it."""
    import_module(_NEEDS).open_needs(screen, None, obligation, name)
