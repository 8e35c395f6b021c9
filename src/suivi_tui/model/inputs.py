"""What a form may put in a row: input models that clean and check, table by table.

A field given as None is empty. Dates may be ``date`` or text; hours are hundredths and money cents
already, as the fields of the screens give them. What is merely doubtful (a wrong SIRET, an end
before its start) comes in: only what a column cannot mean is refused, in French, field by field.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, ValidationError
from sqlmodel import SQLModel

from suivi_tui.vocabulary import choices
from suivi_tui.vocabulary.choices import Choice
from suivi_tui.vocabulary.dates import parse_date
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.identifiers import clean_siret, looks_like_nir, normal_cpv
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import NOTES_LIMIT, clean

OBJECT_LIMIT = 1000
FOLLOWED = ("contract", "obligation", "participant", "company", "buyer")
# SQLite holds integers of 64 bits.
_LARGEST = 2**53

_TO_FILL = "à renseigner"
_FAULTS = {
    "missing": _TO_FILL,
    "int_type": "un nombre est attendu",
    "int_parsing": "un nombre est attendu",
    "int_from_float": "un nombre entier est attendu",
    "greater_than_equal": "la valeur est trop petite",
    "less_than_equal": "la valeur est trop grande",
    "extra_forbidden": "champ inconnu",
}


_NAMES = {
    "name": "nom",
    "kind": "type",
    "territory": "territoire",
    "answer_weeks": "délai de réponse",
    "buyer": "acheteur",
    "operation": "opération",
    "place": "lieu",
    "company": "entreprise",
    "contract": "marché",
    "role": "rôle",
    "mail": "courriel",
    "phone": "téléphone",
    "number": "numéro",
    "object": "objet",
    "clause_form": "type de clause",
    "category": "catégorie",
    "sector": "secteur",
    "amount_cents": "montant",
    "notice_sent_on": "date de l'avis",
    "notified_on": "notification",
    "start": "début",
    "end": "fin",
    "stage": "étape",
    "facilitator": "facilitateur",
    "answer_due": "réponse attendue",
    "closed_on": "clôture",
    "title": "intitulé",
    "trade": "corps d'état",
    "share_hours": "part confiée",
    "outcome": "issue",
    "hours": "heures",
    "firm": "ferme",
    "reason": "motif",
    "months": "mois",
    "reference": "référence",
    "last": "nom",
    "first": "prénom",
    "birth": "naissance",
    "sex": "sexe",
    "postcode": "code postal",
    "education": "niveau de formation",
    "entered_scheme_on": "entrée dans le dispositif",
    "prescriber": "prescripteur",
    "last_contact": "dernier contact",
    "rank": "rang",
    "criterion": "critère",
    "proof": "justificatif",
    "proof_on": "date du justificatif",
    "decision": "décision",
    "decided_on": "date de décision",
    "ends_on": "fin d'éligibilité",
    "employer": "employeur",
    "structure_kind": "type de structure",
    "mode": "modalité",
    "type": "type de contrat",
    "post": "poste",
    "weekly_hours": "temps hebdomadaire",
    "work_contract": "contrat de travail",
    "entity": "fiche",
    "subject": "fiche",
    "due": "échéance",
    "done": "fait le",
    "text": "texte",
}


class FieldErrors(UserError):
    """What is wrong in a form: one French sentence for each field; nothing was written."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        told = f"{NBSP}; ".join(
            f"{_NAMES.get(name, name)}{NBSP}: {fault}" for name, fault in self.fields.items()
        )
        super().__init__(f"Rien n'a été enregistré, il reste à corriger{NBSP}: {told}.")


def _words(limit: int, multiline: bool = False) -> BeforeValidator:
    def read(value: object) -> str:
        text = clean("" if value is None else str(value), limit, multiline)
        if looks_like_nir(text):
            raise ValueError(
                "ce texte ressemble à un numéro de sécurité sociale, qui ne doit pas entrer dans "
                "la base"
            )
        return text

    return BeforeValidator(read)


def _day(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return date(value.year, value.month, value.day).isoformat()
    try:
        return parse_date(str(value)).isoformat()
    except UserError as error:
        raise ValueError(str(error).rstrip(".")) from None


def _not_empty(text: str) -> str:
    if not text:
        raise ValueError(_TO_FILL)
    return text


def _required_day(value: object) -> str:
    day = _day(value)
    if day is None:
        raise ValueError(_TO_FILL)
    return day


def _siret(value: object) -> str | None:
    return clean_siret(clean(str(value), 40)) or None if value is not None else None


def _cpv(value: object) -> str:
    text = clean("" if value is None else str(value), 40)
    return normal_cpv(text) or text


def _yes_no(value: object) -> int:
    return 1 if value else 0


def _one_of(kind: type[Choice]) -> BeforeValidator:
    def read(value: object) -> str:
        text = clean("" if value is None else str(value))
        if not text:
            return ""
        # A stored code is itself before it is the synonym of another member.
        member = kind._value2member_map_.get(text) or choices.find(kind, text)
        if member is None:
            raise ValueError(f"«{NBSP}{text[:60]}{NBSP}» n'est pas dans la liste")
        return str(member.value)

    return BeforeValidator(read)


def _followed(value: object) -> str:
    if value not in FOLLOWED:
        raise ValueError("cette fiche ne reçoit pas d'échange")
    return str(value)


Text = Annotated[str, _words(200)]
Required = Annotated[str, _words(200), AfterValidator(_not_empty)]
Object = Annotated[str, _words(OBJECT_LIMIT), AfterValidator(_not_empty)]
Notes = Annotated[str, _words(NOTES_LIMIT, multiline=True)]
Day = Annotated[str | None, BeforeValidator(_day)]
RequiredDay = Annotated[str, BeforeValidator(_required_day)]
Siret = Annotated[str | None, BeforeValidator(_siret)]
Cpv = Annotated[str, BeforeValidator(_cpv)]
Flag = Annotated[int, BeforeValidator(_yes_no)]
Id = Annotated[int, Field(ge=1)]
Cents = Annotated[int | None, Field(ge=-_LARGEST, le=_LARGEST)]
Hundredths = Annotated[int | None, Field(ge=-_LARGEST, le=_LARGEST)]
Positive = Annotated[int | None, Field(ge=0, le=_LARGEST)]
Weekly = Annotated[int | None, Field(ge=1, le=168_00)]


class Input(SQLModel):
    """What every form shares: unknown fields are refused, and values never quoted in errors."""

    # SQLModel narrows the type of the configuration; pydantic reads both.
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)  # type: ignore[assignment]


class BuyerInput(Input):
    """A buyer."""

    name: Required
    siret: Siret = None
    kind: Annotated[str, _one_of(choices.BuyerKind)] = ""
    territory: Text = ""
    answer_weeks: Positive = None


class OperationInput(Input):
    """An operation of a buyer."""

    buyer: Id
    name: Required
    place: Text = ""
    programme: Annotated[str, _one_of(choices.Programme)] = ""


class CompanyInput(Input):
    """A holder, a subcontractor or an insertion structure."""

    name: Required
    siret: Siret = None
    kind: Annotated[str, _one_of(choices.CompanyKind)] = ""
    commune: Text = ""
    naf: Text = ""


class ContactInput(Input):
    """A person to call."""

    buyer: Id | None = None
    company: Id | None = None
    contract: Id | None = None
    lot: Id | None = None
    service: Text = ""
    name: Text = ""
    role: Text = ""
    mail: Text = ""
    phone: Text = ""


class ContractInput(Input):
    """A contract; its number may come later than its buyer and object."""

    buyer: Id
    operation: Id | None = None
    number: Text = ""
    object: Object
    clause_form: Annotated[str, _one_of(choices.ClauseForm)] = ""
    category: Annotated[str, _one_of(choices.Category)] = ""
    nature: Text = ""
    procedure: Text = ""
    cpv: Cpv = ""
    sector: Annotated[str, _one_of(choices.Sector)] = ""
    amount_cents: Cents = None
    place: Text = ""
    notice_sent_on: Day = None
    notified_on: Day = None
    start: Day = None
    end: Day = None
    stage: Annotated[str, _one_of(choices.Stage)] = choices.Stage.RUNNING.value
    taken_up: Flag = 1
    facilitator: Text = ""
    answer_due: Day = None
    closed_on: Day = None


class LotInput(Input):
    """A lot of a contract; number ``0`` when the contract has no lots."""

    contract: Id
    number: Text = "0"
    title: Text = ""
    cpv: Cpv = ""
    amount_cents: Cents = None
    trade: Text = ""


class LotCompanyInput(Input):
    """A company on a lot; ``share_hours`` is what a subcontractor was entrusted with."""

    lot: Id
    company: Id
    role: Annotated[str, _one_of(choices.LotRole)] = choices.LotRole.HOLDER.value
    parent: Id | None = None
    share_hours: Positive = None


class ContractEventInput(Input):
    """An amendment, a stop or restart order of a contract."""

    contract: Id
    lot: Id | None = None
    date: RequiredDay
    kind: Annotated[str, _one_of(choices.ContractEventKind)] = ""
    amount_cents: Cents = None
    months: int | None = None
    reason: Notes = ""


class ObligationInput(Input):
    """What one company owes on one lot; ``start`` is the start on site."""

    lot: Id
    company: Id
    start: Day = None
    end: Day = None
    formula: Text = "fixe"
    schedule: Text = "lineaire"
    closed_on: Day = None
    outcome: Annotated[str, _one_of(choices.ObligationOutcome)] = ""


class ObligationEventInput(Input):
    """What moves the hours owed; hours may be negative, or unknown."""

    obligation: Id
    date: RequiredDay
    kind: Annotated[str, _one_of(choices.ObligationEventKind)] = (
        choices.ObligationEventKind.AMENDMENT.value
    )
    hours: Hundredths = None
    amount_cents: Cents = None
    firm: Flag = 1
    reason: Notes = ""


class ParticipantInput(Input):
    """A person in insertion: a name or a reference is enough."""

    reference: Text = ""
    last: Text = ""
    first: Text = ""
    birth: Day = None
    sex: Annotated[str, _one_of(choices.Sex)] = ""
    postcode: Text = ""
    commune: Text = ""
    phone: Text = ""
    mail: Text = ""
    education: Annotated[str, _one_of(choices.Education)] = ""
    situation: Annotated[str, _one_of(choices.Situation)] = ""
    entered_scheme_on: Day = None
    prescriber: Annotated[str, _one_of(choices.Prescriber)] = ""
    legal_hold: Flag = 0
    last_contact: Day = None


class EligibilityInput(Input):
    """A criterion claimed by a person; rank 1 is the main one."""

    participant: Id
    rank: Annotated[int, Field(ge=1, le=99)] = 1
    criterion: Annotated[str, _one_of(choices.Criterion)] = ""
    proof: Annotated[str, _one_of(choices.Proof)] = ""
    proof_on: Day = None
    decision: Annotated[str, _one_of(choices.Decision)] = ""
    decided_on: Day = None
    ends_on: Day = None
    rule_set: Text = ""


class WorkContractInput(Input):
    """A work contract and what was true at hiring; weekly time in hundredths of an hour."""

    participant: Id
    employer: Id | None = None
    structure_kind: Annotated[str, _one_of(choices.CompanyKind)] = ""
    mode: Annotated[str, _one_of(choices.Mode)] = ""
    type: Annotated[str, _one_of(choices.EmploymentKind)] = ""
    post: Text = ""
    rome: Text = ""
    start: Day = None
    end: Day = None
    weekly_hours: Weekly = None
    qpv: Annotated[str, _one_of(choices.Residence)] = ""
    qpv_code: Text = ""
    education: Annotated[str, _one_of(choices.Education)] = ""
    situation: Annotated[str, _one_of(choices.Situation)] = ""


class PlacementInput(Input):
    """A work contract serving an obligation."""

    work_contract: Id
    obligation: Id
    start: Day = None
    end: Day = None


class FollowUpInput(Input):
    """A call, mail, meeting or act about one record."""

    entity: Annotated[str, BeforeValidator(_followed)]
    subject: Id
    kind: Annotated[str, _one_of(choices.FollowUpKind)] = choices.FollowUpKind.OTHER.value
    date: RequiredDay
    due: Day = None
    done: Day = None
    text: Notes = ""


INPUTS: dict[str, type[Input]] = {
    "buyer": BuyerInput,
    "operation": OperationInput,
    "company": CompanyInput,
    "contact": ContactInput,
    "contract": ContractInput,
    "contract_event": ContractEventInput,
    "lot": LotInput,
    "lot_company": LotCompanyInput,
    "obligation": ObligationInput,
    "obligation_event": ObligationEventInput,
    "participant": ParticipantInput,
    "eligibility": EligibilityInput,
    "work_contract": WorkContractInput,
    "placement": PlacementInput,
    "follow_up": FollowUpInput,
}


def checked(
    entity: str, values: Mapping[str, object], known: Mapping[str, object] | None = None
) -> dict[str, str | int | None]:
    """The cleaned ``values`` of a row of ``entity``, ready for the journal.

    For a new row (``known`` None) every field is given, with its default; for an edit, only those
    in ``values``: what was stored before is not judged again. Raises FieldErrors.
    """
    model = INPUTS[entity]
    given = {name: value for name, value in values.items() if value is not None}
    given |= {name: None for name, value in values.items() if value is None and known is not None}
    if known is not None:
        required = (name for name, field in model.model_fields.items() if field.is_required())
        given = {name: known.get(name) for name in required} | given
    try:
        whole = model.model_validate(given).model_dump()
    except ValidationError as error:
        raise FieldErrors(_french_faults(error)) from None
    return whole if known is None else {name: whole[name] for name in values}


def _french_faults(error: ValidationError) -> dict[str, str]:
    """Field and French sentence of each fault of a model."""
    faults: dict[str, str] = {}
    for fault in error.errors(include_url=False, include_input=False):
        name = str(fault["loc"][0]) if fault["loc"] else ""
        context: dict[str, Any] = fault.get("ctx") or {}
        own = str(context["error"]) if "error" in context else "valeur non comprise"
        faults.setdefault(name, _FAULTS.get(fault["type"], own))
    return faults
