"""What the buyer decided of a case: a form, from the desk and from the list of cases."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.penalites.forms import decision_fields
from suivi_tui.tui.screens.shared.asking import AskingForm, ask
from suivi_tui.vocabulary.choices import PenaltyDecision

if TYPE_CHECKING:
    from suivi_tui.readings.penalty_basis import Case


def ask_decision(screen: SuiviScreen[Any], case: "Case", then: Callable[[], object]) -> None:
    """The form of the decision; ``then`` runs once it is saved."""

    def save(base: Any, values: Values) -> None:
        from suivi_tui.actions.penalties import record_decision

        record_decision(
            base,
            case.row.case,
            PenaltyDecision(values["decision"]),
            values["decided_on"],
            values["amount_cents"],
            values["comment"] or "",
        )

    ask(
        screen,
        lambda: AskingForm(
            "Décision de l'acheteur",
            decision_fields(case, screen.suivi.today),
            record=case.row.case,
        ),
        save,
        lambda _: then(),
    )
