"""The forms of planned purchases: the purchase, taking it in charge, its ground for no clause."""

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from suivi_tui.tui.screens.marche.forms import OBJECT_LIMIT, WholeField
from suivi_tui.tui.screens.marche.obligation_forms import PercentField
from suivi_tui.tui.screens.shared.texts import as_date
from suivi_tui.tui.widgets.fields import ChoiceField, DateField, Field, MoneyField, TextField
from suivi_tui.tui.widgets.record_field import RecordField
from suivi_tui.vocabulary import choices
from suivi_tui.vocabulary.choices import ClauseForm, RefusalGround, Stage, options
from suivi_tui.vocabulary.money import Money
from suivi_tui.vocabulary.text import NOTES_LIMIT

if TYPE_CHECKING:
    from suivi_tui.store.queries.planned_purchases import LotRow, PurchaseRow, RefusalRow

_STAGES: Final = (Stage.TO_QUALIFY, Stage.PROJECT, Stage.CONSULTATION)
_GOES_ON: Final = (Stage.CONSULTATION, Stage.RUNNING)


def purchase_fields(
    today: date, buyers: list[tuple[int, str]], known: "PurchaseRow | None" = None
) -> list[Field[Any]]:
    """What the buyer says of a purchase, and when it waits for an answer."""

    def was(name: str) -> Any:
        return getattr(known, name) or None if known is not None else None

    def day_of(name: str) -> date | None:
        return as_date(getattr(known, name)) if known is not None else None

    amount = known.amount_cents if known is not None else None
    return [
        RecordField("buyer", "Acheteur", records=buyers, required=True,
                    initial=known.buyer if known is not None else None),
        TextField("object", "Objet", limit=OBJECT_LIMIT, required=True, initial=was("object")),
        ChoiceField("category", "Catégorie", options=options(choices.Category),
                    initial=was("category")),
        TextField("cpv", "CPV", initial=was("cpv"), hint="90911200"),
        MoneyField("amount_cents", "Montant HT", initial=None if amount is None
                   else Money(amount)),
        WholeField("duration_months", "Durée (mois)", initial=was("duration_months")),
        PercentField("labour_share", "Part main-d'œuvre", initial=was("labour_share"),
                     hint="vide : selon le métier"),
        TextField("place", "Lieu", initial=was("place"), hint="commune ou département"),
        ChoiceField("sector", "Secteur", options=options(choices.Sector), initial=was("sector")),
        TextField("procedure", "Procédure", initial=was("procedure")),
        TextField("number", "Numéro", initial=was("number")),
        DateField("planned_on", "Publication vers", today=today, ahead=True,
                  initial=day_of("planned_on")),
        DateField("asked_on", "Demandé le", today=today,
                  initial=day_of("asked_on") if known is not None else today),
        DateField("answer_due", "Réponse pour le", today=today, ahead=True,
                  hint="vide : selon l'acheteur", initial=day_of("answer_due")),
        DateField("answered_on", "Répondu le", today=today, initial=day_of("answered_on")),
        TextField("facilitator", "Qui répond", initial=was("facilitator")),
        ChoiceField("stage", "État", options=[(one.value, one.label) for one in _STAGES],
                    initial=was("stage") or Stage.PROJECT.value),
    ]  # fmt: skip


def lot_fields(known: "LotRow | None" = None) -> list[Field[Any]]:
    """A lot of a planned purchase."""

    def was(name: str) -> Any:
        return getattr(known, name) or None if known is not None else None

    amount = known.amount_cents if known is not None else None
    return [
        TextField("number", "Numéro du lot", required=True, initial=was("number")),
        TextField("title", "Intitulé", initial=was("title")),
        TextField("cpv", "CPV", initial=was("cpv")),
        MoneyField("amount_cents", "Montant HT", initial=None if amount is None
                   else Money(amount)),
        PercentField("labour_share", "Part main-d'œuvre", initial=was("labour_share"),
                     hint="vide : selon le métier"),
    ]  # fmt: skip


def charge_fields(clause: ClauseForm | None) -> list[Field[Any]]:
    """How the purchase goes on: its consultation or its contract, under which form of clause."""
    return [
        ChoiceField("stage", "Étape", options=[(one.value, one.label) for one in _GOES_ON],
                    required=True, initial=Stage.CONSULTATION.value),
        ChoiceField("clause_form", "Forme de clause", required=True,
                    options=[(one.value, one.label) for one in ClauseForm
                             if one is not ClauseForm.NONE],
                    initial=clause.value if clause is not None else None),
    ]  # fmt: skip


def ground_fields(today: date, ground: str, text: str) -> list[Field[Any]]:
    """The ground for having no social condition, as the buyer writes it."""
    return [
        ChoiceField("ground", "Motif", options=options(RefusalGround), required=True,
                    initial=ground),
        TextField("text", "Texte", limit=NOTES_LIMIT, required=True, initial=text or None,
                  hint="le motif tel que l'acheteur le retient"),
        DateField("date", "Date", today=today, required=True, initial=today),
    ]  # fmt: skip


def register_fields(today: date, known: "RefusalRow") -> list[Field[Any]]:
    """An entry of the register, as it was written."""
    return [
        ChoiceField("ground", "Motif", options=options(RefusalGround), required=True,
                    initial=known.ground or None),
        TextField("text", "Texte", limit=NOTES_LIMIT, required=True, initial=known.text or None),
        DateField("date", "Date", today=today, required=True, initial=as_date(known.date)),
    ]  # fmt: skip
