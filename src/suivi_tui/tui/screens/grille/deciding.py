"""The form that refuses hours: how many are kept, why the rest is not, a short text."""

from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.screens.shared.asking import AskingForm
from suivi_tui.tui.widgets.fields import ChoiceField, HoursField, TextField, Wrong
from suivi_tui.vocabulary.choices import RefusalReason, options
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.numbers import NBSP


def decision_form(
    title: str,
    declared: Hours,
    validated: Hours | None,
    reason: str,
    comment: str,
    record: str,
) -> AskingForm:
    """Hours validated out of those declared; a reason is needed as soon as some are refused.

    ``record`` names the cell (see ``Form``).
    """

    def check(values: Values) -> None:
        if values["validated"] != declared and not values["reason"]:
            raise Wrong("Des heures refusées demandent un motif. Choisissez-le avec ↑ et ↓.")

    fields = [
        HoursField(
            "validated",
            "Heures validées",
            initial=Hours(0) if validated is None else validated,
            required=True,
            hint=f"sur {format_hours(declared)}",
        ),
        ChoiceField(
            "reason",
            "Motif du refus",
            options=options(RefusalReason),
            initial=reason or None,
            hint="↑ ↓ pour choisir",
        ),
        TextField("comment", "Commentaire", initial=comment or None),
    ]
    heading = f"{title}{NBSP}: {format_hours(declared)} déclarées"
    return AskingForm(heading, fields, check=check, record=record)
