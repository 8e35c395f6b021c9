"""The fields of forms: how each kind of value is read, and what is said of one that cannot be.

Dates may be ``date`` or text; hours are hundredths and money cents already, as the fields of the
screens give them. What is merely doubtful (a wrong SIRET, an end before its start) comes in.
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
    "value": "valeur",
    "asked_on": "demandé le",
    "wanted_on": "pour le",
    "comment": "commentaire",
    "planned_on": "publication prévue",
    "duration_months": "durée prévue",
    "labour_share": "part de main-d'œuvre",
    "renews": "marché renouvelé",
    "ended_on": "fin réelle",
    "final_amount_cents": "montant final",
    "method": "méthode",
    "result": "heures",
    "rounding": "arrondi",
    "year": "année",
    "indicator": "indicateur",
    "commitment": "engagement",
    "target": "cible",
    "typed": "réalisé",
    "unit": "unité",
    "label": "libellé",
    "link": "lien",
    "structure": "structure",
    "service": "service",
    "author_kind": "parole de",
    "author": "auteur",
    "rating": "note",
    "given_on": "donné le",
    "initials": "initiales",
    "proposed_on": "proposé le",
    "answer": "réponse",
    "answered_on": "répondu le",
    "notice_on": "mise en demeure",
    "notice_due": "échéance de la mise en demeure",
    "efforts": "moyens mis en œuvre",
    "point": "point",
    "ground": "motif",
    "contract_received_on": "contrat reçu le",
    "proof_received_on": "justificatif reçu le",
}


class Input(SQLModel):
    """What every form shares: unknown fields are refused, and values never quoted in errors."""

    # SQLModel narrows the type of the configuration; pydantic reads both.
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)  # type: ignore[assignment]


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


def one_of(kind: type[Choice]) -> BeforeValidator:
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
Followed = Annotated[str, BeforeValidator(_followed)]
RequiredDay = Annotated[str, BeforeValidator(_required_day)]
Siret = Annotated[str | None, BeforeValidator(_siret)]
Cpv = Annotated[str, BeforeValidator(_cpv)]
Flag = Annotated[int, BeforeValidator(_yes_no)]
Id = Annotated[int, Field(ge=1)]
Cents = Annotated[int | None, Field(ge=-_LARGEST, le=_LARGEST)]
Hundredths = Annotated[int | None, Field(ge=-_LARGEST, le=_LARGEST)]
Positive = Annotated[int | None, Field(ge=0, le=_LARGEST)]
Weekly = Annotated[int | None, Field(ge=1, le=168_00)]


def french_faults(error: ValidationError) -> dict[str, str]:
    """Field and French sentence of each fault of a model."""
    faults: dict[str, str] = {}
    for fault in error.errors(include_url=False, include_input=False):
        name = str(fault["loc"][0]) if fault["loc"] else ""
        context: dict[str, Any] = fault.get("ctx") or {}
        own = str(context["error"]) if "error" in context else "valeur non comprise"
        faults.setdefault(name, _FAULTS.get(fault["type"], own))
    return faults
