"""The result of a verification, and what to do when tables and journal differ."""

from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.dialog import Dialog
from suivi_tui.tui.plain import plain
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.widgets.bars import FooterBar
from suivi_tui.tui.workers import Failure
from suivi_tui.vocabulary.choices import Gravity, label_of
from suivi_tui.vocabulary.numbers import NBSP, plural

if TYPE_CHECKING:
    from suivi_tui.actions.keeping import Verification

PUT_BACK, ADOPT = "put_back", "adopt"
DIFFERENT: Final = "historique"
SOUND: Final = "La base est saine : fichier, liens, historique et sommes sont vérifiés."
DAMAGED: Final = "La base n'est pas saine."
OFFER: Final = (
    "Rétablir (r) remet ce que dit l'historique. Reprendre (p) ajoute à l'historique ce qui a été "
    "modifié hors de suivi-tui."
)


def _repairable(dialog: Any) -> bool:
    return bool(dialog.repairable)


class VerificationDialog(Dialog[str]):
    """What was found; the result is ``PUT_BACK`` or ``ADOPT`` when the person chooses a repair."""

    commands: ClassVar[tuple[Command, ...]] = (
        Command("repair", "r", "Rétablir", "Remettre ce que dit l'historique.", "dialog",
                footer=1, parameters=(PUT_BACK,), available=_repairable),
        Command("repair", "p", "Reprendre", "Ajouter ces modifications à l'historique.", "dialog",
                footer=2, parameters=(ADOPT,), available=_repairable),
        Command("close", "escape,enter", "Fermer", "Fermer sans rien changer.", "dialog",
                footer=3),
    )  # fmt: skip

    def __init__(self, verification: "Verification", read_only: bool) -> None:
        super().__init__("Vérification de la base")
        self.verification = verification
        different = any(item.control == DIFFERENT for item in verification.findings)
        self.repairable = different and not read_only

    def compose_body(self) -> ComposeResult:
        """The verdict, the findings, the repairs."""
        with VerticalScroll(classes="-form", can_focus=True):
            yield Static(plain(verification_text(self.verification, self.repairable),
                               multiline=True), markup=False)  # fmt: skip
        yield FooterBar()

    def action_repair(self, how: str) -> None:
        """Repair so."""
        self.dismiss(how)


def verification_text(verification: "Verification", repairable: bool) -> str:
    """A verification in sentences."""
    parts = [SOUND if verification.sound else DAMAGED]
    parts += [
        f"{label_of(Gravity, finding.gravity)}{NBSP}: {finding.message}"
        for finding in verification.findings
    ]
    if repairable:
        parts.append(OFFER)
    return "\n\n".join(parts)


def verify_base(screen: SuiviScreen[Any]) -> None:
    """Verify the base, show the result, repair if asked."""

    def verify(base: Any) -> "Verification":
        from suivi_tui.actions import keeping

        return keeping.verify(base)

    def show(verification: "Verification") -> None:
        screen.status("")
        dialog = VerificationDialog(verification, screen.suivi.read_only)
        screen.suivi.push_screen(dialog, lambda how: _repair(screen, how) if how else None)

    def failed(failure: Failure) -> None:
        screen.status("")
        screen.suivi.toast_failure(failure)

    screen.status("vérification…")
    # Not a read: interrupted in the middle, a check would say that the base is unsound.
    screen.desk.write(verify, show, failed)


def _repair(screen: SuiviScreen[Any], how: str) -> None:
    def repair(base: Any) -> int:
        from suivi_tui.actions import keeping

        if how == PUT_BACK:
            return keeping.rebuild_tables(base)
        return keeping.adopt_outside_changes(base)

    def done(count: int) -> None:
        words = ("fiche rétablie", "fiches rétablies")
        if how == ADOPT:
            words = ("fiche reprise", "fiches reprises")
        screen.notify_plain(f"{plural(count, *words)}.")
        screen.reload()

    screen.write(repair, done)
