"""The forms of the text of a clause, and what their values mean."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from suivi_tui.tui.screens.marche.forms import OBJECT_LIMIT, WholeField
from suivi_tui.tui.screens.marche.obligation_forms import PercentField
from suivi_tui.tui.screens.shared.path_field import PathField
from suivi_tui.tui.widgets.fields import ChoiceField, DateField, Field, HoursField, TextField
from suivi_tui.vocabulary import choices
from suivi_tui.vocabulary.choices import ClauseTerm, options
from suivi_tui.vocabulary.hours import Hours

if TYPE_CHECKING:
    from pathlib import Path

    from suivi_tui.rules.clause_variables import ClauseFacts, Facilitator

TOGETHER, ALONE = "ensemble", "seule"
_SENT: Final = ((TOGETHER, "Toutes celles préparées ensemble"), (ALONE, "Celle-ci seulement"))
BOTH: Final = "docx+md"
_FORMATS: Final = ((BOTH, "Word et Markdown"), ("docx", "Word seul"), ("md", "Markdown seul"))


def contract_fields(facts: "ClauseFacts") -> list[Field[Any]]:
    """What the texts say of the contract itself."""
    return [
        TextField("number", "Numéro", initial=facts.number or None),
        TextField("object", "Objet", limit=OBJECT_LIMIT, required=True,
                  initial=facts.object or None),
        ChoiceField("clause_form", "Forme de clause", options=options(choices.ClauseForm),
                    required=True, initial=facts.form or None),
    ]  # fmt: skip


def text_fields(facts: "ClauseFacts") -> list[Field[Any]]:
    """What only the text needs."""
    return [
        PercentField(ClauseTerm.WEIGHT.value, "Poids du critère", initial=facts.weight,
                     hint="10 %, pour un critère d'attribution"),
        ChoiceField(ClauseTerm.GENERAL.value, "CCAG du marché",
                    options=options(choices.GeneralClauses), initial=facts.general or None),
        WholeField(ClauseTerm.PROOF_DAYS.value, "Délai justificatif", initial=facts.proof_days,
                   hint="jours, vide : aucun délai"),
    ]  # fmt: skip


def facilitator_fields(known: "Facilitator") -> list[Field[Any]]:
    """Whom the text names to be called."""
    return [
        TextField("name", "Facilitateur", required=True, initial=known.name or None),
        TextField("structure", "Structure", required=True, initial=known.structure or None),
        TextField("phone", "Téléphone", initial=known.phone or None),
        TextField("mail", "Courriel", initial=known.mail or None),
    ]


def lot_fields(title: str, hours: Hours | None, fixed: bool) -> list[Field[Any]]:
    """The title of a lot; its hours when the formula does not give them."""
    fields: list[Field[Any]] = [TextField("title", "Intitulé", initial=title or None)]
    if fixed:
        fields.append(HoursField(ClauseTerm.HOURS.value, "Heures", initial=hours, required=True))
    return fields


def sent_fields(today: date) -> list[Field[Any]]:
    """When texts were sent, and which."""
    return [
        DateField("sent", "Envoyé le", today=today, initial=today, hint="vide : pas envoyé"),
        ChoiceField("which", "Pièces", options=list(_SENT), required=True, initial=TOGETHER),
    ]


def folder_fields(folder: "Path", formats: str) -> list[Field[Any]]:
    """Where texts are written, and as what."""
    return [
        PathField("folder", "Dossier", initial=folder, required=True),
        ChoiceField("formats", "Format", options=list(_FORMATS), required=True, initial=formats),
    ]


def formats_of(code: str) -> tuple[str, ...]:
    """The formats that a choice names."""
    return tuple(code.split("+"))


def formula_terms(code: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the form of a lot gives, as ``actions.clauses.set_clause_terms`` takes it."""
    from suivi_tui.tui.screens.marche.obligation_forms import formula_values

    given = formula_values(choices.OwedFormula(code), values)
    given.pop("formula")
    given.pop("title", None)
    return {**given, ClauseTerm.FORMULA.value: code}
