"""The forms about a contract, its lots, what is owed there and what moved."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from suivi_tui.tui.screens.avis.forms import review_fields
from suivi_tui.tui.screens.entreprises.forms import contact_fields
from suivi_tui.tui.screens.shared.texts import as_date
from suivi_tui.tui.widgets.fields import (
    ChoiceField,
    DateField,
    Field,
    HoursField,
    MoneyField,
    TextField,
    Wrong,
)
from suivi_tui.tui.widgets.record_field import RecordField
from suivi_tui.vocabulary import choices
from suivi_tui.vocabulary.choices import LotRole, ObligationEventKind, options
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money
from suivi_tui.vocabulary.text import NOTES_LIMIT

if TYPE_CHECKING:
    from suivi_tui.store.queries.contracts import (
        ContractEventRow,
        ContractFields,
        ContractSheet,
        LotCompanyRow,
        LotRow,
    )
    from suivi_tui.store.queries.obligations import EventRow, ObligationRow

FIRM: Final = (("1", "Ferme"), ("0", "Prévisionnel"))
OBJECT_LIMIT: Final = 1000
RENAMED: Final = "renamed_buyer"
"""The value of a form of a contract that gives its buyer another name."""


class Names(NamedTuple):
    """The records that a form may name: (id, name)."""

    buyers: list[tuple[int, str]]
    operations: list[tuple[int, str]]
    companies: list[tuple[int, str]]


class WholeField(Field[int]):
    """A whole number, negative allowed."""

    def parse(self, text: str) -> int:
        """The number."""
        try:
            return int(text.replace("\u00a0", "").replace(" ", ""))
        except ValueError:
            raise Wrong("Un nombre entier est attendu, par exemple 6.") from None


def new_contract_fields(today: date, names: Names) -> list[Field[Any]]:
    """A contract, its lot, its holder and what it owes."""
    return [
        RecordField("buyer", "Acheteur", records=names.buyers, required=True),
        TextField("number", "Numéro", hint="2026-014"),
        TextField("object", "Objet", limit=OBJECT_LIMIT, required=True),
        RecordField("operation", "Opération", records=names.operations),
        *_clause_fields(None),
        *_date_fields(today, None),
        TextField("lot", "Lot", hint="vide : lot unique"),
        TextField("lot_title", "Intitulé du lot"),
        RecordField("company", "Entreprise titulaire", records=names.companies),
        HoursField("hours_owed", "Heures dues", hint="vide : objectif à saisir"),
        DateField("site_start", "Démarrage chantier", today=today),
    ]


def contract_fields(today: date, known: "ContractFields", names: Names) -> list[Field[Any]]:
    """Every field of a contract that people change."""
    return [
        RecordField("buyer", "Acheteur", records=names.buyers, required=True, initial=known.buyer),
        TextField("number", "Numéro", initial=known.number or None),
        TextField("object", "Objet", limit=OBJECT_LIMIT, required=True,
                  initial=known.object or None),
        RecordField("operation", "Opération", records=names.operations, initial=known.operation),
        ChoiceField("stage", "État", options=options(choices.Stage), initial=known.stage or None),
        *_clause_fields(known),
        *_date_fields(today, known),
        MoneyField("amount_cents", "Montant HT",
                   initial=None if known.amount_cents is None else Money(known.amount_cents)),
        TextField("place", "Lieu", initial=known.place or None),
        TextField("cpv", "CPV", initial=known.cpv or None),
        TextField("facilitator", "Facilitateur", initial=known.facilitator or None),
        WholeField("duration_months", "Durée prévue (mois)", hint="à la notification",
                   initial=known.duration_months),
        DateField("ended_on", "Fin réelle le", today=today, initial=as_date(known.ended_on)),
        MoneyField("final_amount_cents", "Montant final HT", initial=None
                   if known.final_amount_cents is None else Money(known.final_amount_cents)),
        DateField("closed_on", "Clos le", today=today, initial=as_date(known.closed_on)),
        DateField("asked_on", "Demandé le", today=today, hint="par l'acheteur",
                  initial=as_date(known.asked_on)),
        DateField("notice_sent_on", "Consultation du", today=today, hint="avis envoyé le",
                  initial=as_date(known.notice_sent_on)),
        DateField("answer_due", "Réponse attendue le", today=today, ahead=True,
                  hint="vide : selon l'acheteur", initial=as_date(known.answer_due)),
    ]  # fmt: skip


def _clause_fields(known: "ContractFields | None") -> list[Field[Any]]:
    def was(name: str) -> Any:
        return getattr(known, name) or None if known is not None else None

    return [
        ChoiceField("clause_form", "Forme de clause", options=options(choices.ClauseForm),
                    initial=was("clause_form")),
        ChoiceField("category", "Catégorie", options=options(choices.Category),
                    initial=was("category")),
        ChoiceField("sector", "Secteur", options=options(choices.Sector), initial=was("sector")),
    ]  # fmt: skip


def _date_fields(today: date, known: "ContractFields | None") -> list[Field[Any]]:
    def day_of(name: str) -> date | None:
        return as_date(getattr(known, name)) if known is not None else None

    return [
        DateField("notified_on", "Notifié le", today=today, initial=day_of("notified_on")),
        DateField("start", "Début", today=today, initial=day_of("start")),
        DateField("end", "Fin", today=today, initial=day_of("end")),
    ]


def obligation_fields(today: date, known: "ObligationRow") -> list[Field[Any]]:
    """When the holder began on site, when the obligation ends, how it ended."""
    return [
        DateField("start", "Démarrage chantier", today=today, initial=as_date(known.start)),
        DateField("end", "Fin", today=today, initial=as_date(known.end),
                  hint="vide : fin du marché"),
        DateField("closed_on", "Close le", today=today, initial=as_date(known.closed_on),
                  hint="vide : en cours"),
        ChoiceField("outcome", "Résultat", options=options(choices.ObligationOutcome),
                    initial=known.outcome or None),
    ]  # fmt: skip


def objective_fields(
    today: date, known: "EventRow | None", first: bool = False, start: date | None = None
) -> list[Field[Any]]:
    """What moves the hours owed; ``first`` when nothing was owed yet.

    Hours are expected from their date on: the first ones are owed since the ``start`` on site.
    """
    day = start if first and start is not None else today
    kind = ObligationEventKind.INITIAL if first else ObligationEventKind.AMENDMENT
    amount = known.amount_cents if known else None
    return [
        ChoiceField("kind", "Nature", options=options(ObligationEventKind), required=True,
                    initial=known.kind if known else kind.value),
        DateField("date", "Date", today=today, required=True,
                  initial=as_date(known.date) if known else day),
        HoursField("hours", "Heures", hint="négatif pour une baisse",
                   initial=Hours(known.hours) if known and known.hours is not None else None),
        ChoiceField("firm", "Engagement", options=list(FIRM), required=True,
                    initial=str(known.firm) if known else "1"),
        MoneyField("amount_cents", "Montant", initial=None if amount is None else Money(amount)),
        TextField("reason", "Motif", limit=NOTES_LIMIT,
                  initial=known.reason or None if known else None),
    ]  # fmt: skip


def contract_event_fields(today: date, known: "ContractEventRow | None" = None) -> list[Field[Any]]:
    """An amendment, a longer duration, a stop or restart order."""
    amount = known.amount_cents if known else None
    return [
        ChoiceField("kind", "Nature", options=options(choices.ContractEventKind), required=True,
                    initial=known.kind or None if known else None),
        DateField("date", "Date", today=today, required=True,
                  initial=as_date(known.date) if known else today),
        WholeField("months", "Mois", hint="en plus, ou durée totale",
                   initial=known.months if known else None),
        MoneyField("amount_cents", "Nouveau montant HT", hint="total, pas l'écart",
                   initial=None if amount is None else Money(amount)),
        TextField("reason", "Motif", limit=NOTES_LIMIT,
                  initial=known.reason or None if known else None),
    ]  # fmt: skip


def lot_fields(known: "LotRow | None" = None) -> list[Field[Any]]:
    """A lot of the contract."""
    amount = known.amount_cents if known else None
    return [
        TextField("number", "Numéro du lot", required=True,
                  initial=known.number or None if known else None),
        TextField("title", "Intitulé", initial=known.title or None if known else None),
        TextField("cpv", "CPV", initial=known.cpv or None if known else None),
        MoneyField("amount_cents", "Montant HT", initial=None if amount is None else Money(amount)),
        TextField("trade", "Corps d'état", initial=known.trade or None if known else None),
    ]  # fmt: skip


def holder_fields(today: date, names: Names) -> list[Field[Any]]:
    """One more company on a lot; a subcontractor owes nothing, it takes a part entrusted."""
    return [
        RecordField("company", "Entreprise", records=names.companies, required=True),
        ChoiceField("role", "Rôle", options=options(LotRole), required=True,
                    initial=LotRole.HOLDER.value),
        HoursField("hours_owed", "Heures", hint="dues, ou part confiée"),
        DateField("start", "Démarrage chantier", today=today),
    ]  # fmt: skip


def lot_company_fields(known: "LotCompanyRow") -> list[Field[Any]]:
    """The role of a company on a lot."""
    share = known.share_hours
    return [
        ChoiceField("role", "Rôle", options=options(LotRole), required=True, initial=known.role),
        HoursField("share_hours", "Part confiée", initial=None if share is None else Hours(share)),
    ]


def fields_of(
    sheet: "ContractSheet", today: date, entity: str, row: int
) -> Callable[[], list[Field[Any]]] | None:
    """The form of a part of a contract that is there already; None for what has no form."""
    if entity == "contact":
        contact = next(item for item in sheet.contacts if item.contact == row)
        return partial(contact_fields, contact)
    if entity == "obligation_event":
        events = [event for item in sheet.obligations for event in item.history]
        event = next(item for item in events if item.event == row)
        return partial(objective_fields, today, event)
    if entity == "contract_event":
        moved = next(item for item in sheet.events if item.event == row)
        return partial(contract_event_fields, today, moved)
    if entity == "lot":
        return partial(lot_fields, next(item for item in sheet.lots if item.lot == row))
    if entity == "review":
        return partial(review_fields, today, next(item for item in sheet.reviews
                                                  if item.review == row))  # fmt: skip
    if entity == "lot_company":
        held = next(item for item in sheet.companies if item.lot_company == row)
        return partial(lot_company_fields, held)
    return None
