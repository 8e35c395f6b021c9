"""The forms about companies, structures and the people to call there; follow-ups."""

from datetime import date
from typing import TYPE_CHECKING, Any

from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.screens.shared.texts import as_date
from suivi_tui.tui.widgets.fields import ChoiceField, DateField, Field, SiretField, TextField
from suivi_tui.vocabulary.choices import CompanyKind, FollowUpKind, options
from suivi_tui.vocabulary.text import NOTES_LIMIT

if TYPE_CHECKING:
    from suivi_tui.store.queries.companies import CompanyFields
    from suivi_tui.store.queries.contacts import ContactRow
    from suivi_tui.store.queries.follow_ups import FollowUpRow


def company_fields(known: "CompanyFields | None" = None) -> list[Field[Any]]:
    """A company or an insertion structure."""

    def was(name: str) -> Any:
        return getattr(known, name) or None if known is not None else None

    return [
        TextField("name", "Nom", required=True, initial=was("name")),
        ChoiceField("kind", "Type", options=options(CompanyKind), initial=was("kind"),
                    hint="entreprise, ETTI, EI…"),
        SiretField("siret", "SIRET", initial=was("siret")),
        TextField("commune", "Commune", initial=was("commune")),
        TextField("naf", "Code NAF", initial=was("naf")),
    ]  # fmt: skip


def save_company(base: Any, company: int | None, values: Values) -> int:
    """Create or change a company; its id."""
    from suivi_tui.actions.records import save_record

    return save_record(base, "company", company, values).row


def contact_fields(known: "ContactRow | None" = None) -> list[Field[Any]]:
    """A person to call."""

    def was(name: str) -> Any:
        return getattr(known, name) or None if known is not None else None

    return [
        TextField("name", "Nom", required=True, initial=was("name")),
        TextField("role", "Fonction", initial=was("role"), hint="référent insertion…"),
        TextField("service", "Service", initial=was("service")),
        TextField("phone", "Téléphone", initial=was("phone")),
        TextField("mail", "Courriel", initial=was("mail")),
    ]


def save_contact(base: Any, owner: str, subject: int, contact: int | None, values: Values) -> int:
    """Create a contact of a record (``owner``: company, buyer, contract, lot) or change one."""
    from suivi_tui.actions.records import save_record

    given = values if contact is not None else {**values, owner: subject}
    return save_record(base, "contact", contact, given).row


def follow_up_fields(
    today: date,
    known: "FollowUpRow | None" = None,
    *,
    kind: str = FollowUpKind.CALL.value,
    text: str = "",
) -> list[Field[Any]]:
    """A call, a mail, a visit: what was done, what is due; ``kind`` and ``text`` of a new one."""
    return [
        ChoiceField("kind", "Nature", options=options(FollowUpKind), required=True,
                    initial=known.kind or None if known else kind),
        DateField("date", "Date", today=today, required=True,
                  initial=as_date(known.date) if known else today),
        TextField("text", "Texte", limit=NOTES_LIMIT,
                  initial=(known.text if known else text) or None),
        DateField("due", "À faire pour le", today=today, initial=as_date(known.due) if known
                  else None, hint="vide : rien à faire"),
        DateField("done", "Fait le", today=today, initial=as_date(known.done) if known else None),
    ]  # fmt: skip


def save_follow_up(
    base: Any, entity: str, subject: int, follow_up: int | None, values: Values
) -> int:
    """Create or change a follow-up of a record."""
    from suivi_tui.actions.records import save_record

    given = {**values, "entity": entity, "subject": subject}
    return save_record(base, "follow_up", follow_up, given).row


def known_companies(base: Any) -> list[tuple[int, str]]:
    """Id and name of every company, for a field that names one."""
    from suivi_tui.store.queries.entry import identities

    return [(row, name) for row, name, _ in identities(base.connection, "company")]
