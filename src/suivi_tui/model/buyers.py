"""Who buys, and whom to call: buyers, operations, companies and structures, contacts."""

from suivi_tui.model import columns as column
from suivi_tui.model.columns import Row


class Buyer(Row, table=True):
    """A public (or private) buyer that carries clauses.

    ``network_operator`` is 1 for an entité adjudicatrice, whose thresholds are its own.
    """

    name: str = column.words()
    siret: str | None = column.optional_words()
    kind: str = column.words()
    territory: str = column.words()
    answer_weeks: int | None = column.optional_number()
    network_operator: int = column.number()


class Operation(Row, table=True):
    """A site or project that groups contracts of a buyer."""

    buyer: int = column.reference("buyer")
    name: str = column.words()
    place: str = column.words()
    programme: str = column.words()


class Company(Row, table=True):
    """A holder, a subcontractor or an insertion structure."""

    name: str = column.words()
    siret: str | None = column.optional_words()
    kind: str = column.words()
    commune: str = column.words()
    naf: str = column.words()


class Contact(Row, table=True):
    """A person to call at a buyer or a company, for everything or for one contract or lot."""

    buyer: int | None = column.reference("buyer", optional=True)
    company: int | None = column.reference("company", optional=True)
    contract: int | None = column.reference("contract", optional=True)
    lot: int | None = column.reference("lot", optional=True)
    service: str = column.words()
    name: str = column.words()
    role: str = column.words()
    mail: str = column.words()
    phone: str = column.words()


class FollowUp(Row, table=True):
    """A call, mail, meeting or act about one record: what was done, what is due."""

    __tablename__ = "follow_up"

    entity: str = column.words()
    subject: int = column.number()
    kind: str = column.words()
    date: str = column.words()
    due: str | None = column.optional_words()
    done: str | None = column.optional_words()
    text: str = column.words()
    document: int | None = column.reference("document", optional=True)
