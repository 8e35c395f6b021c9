"""What is opened from a contract and lives in rooms of its own: letters, penalties, needs."""

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from suivi_tui.tui.commands import Command

if TYPE_CHECKING:
    from suivi_tui.tui.screens.base import SuiviScreen

OBLIGATION: Final = "obligation"
_PENALTIES: Final = "suivi_tui.tui.screens.penalites.opening"
_LETTERS: Final = "suivi_tui.tui.screens.shared.letters"
_NEEDS: Final = "suivi_tui.tui.screens.besoins.opening"


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
    if scope == OBLIGATION and _has(_NEEDS):
        found.append(Command("needs", "b", "Besoins", "Les personnes cherchées et proposées.",
                             scope, group, 42))  # fmt: skip
    return tuple(found)


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


def open_needs(screen: "SuiviScreen[Any]", obligation: int, name: str) -> None:
    """The people that the holder looks for, and those proposed to it."""
    import_module(_NEEDS).open_needs(screen, None, obligation, name)
