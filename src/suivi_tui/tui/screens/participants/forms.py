"""The forms about people: identity, criterion, work contract."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.screens.shared.texts import as_date
from suivi_tui.tui.widgets.fields import ChoiceField, DateField, Field, HoursField, TextField
from suivi_tui.tui.widgets.record_field import RecordField
from suivi_tui.vocabulary import choices
from suivi_tui.vocabulary.choices import Decision, options
from suivi_tui.vocabulary.hours import Hours

if TYPE_CHECKING:
    from suivi_tui.store.queries.people import (
        EligibilityRow,
        ParticipantFields,
        PlacementRow,
        WorkContractRow,
    )

RANKS = [("1", "1 (critère principal)"), *((str(rank), str(rank)) for rank in range(2, 10))]


def person_fields(
    today: date,
    known: "ParticipantFields | None" = None,
    initial: Mapping[str, str] | None = None,
) -> list[Field[Any]]:
    """Who a person is; ``known`` fills the form, or ``initial`` that of a new one."""

    def was(name: str) -> Any:
        if known is None:
            return (initial or {}).get(name) or None
        return getattr(known, name) or None

    def day_of(name: str) -> date | None:
        return as_date(was(name))

    return [
        TextField("last", "Nom", required=True, initial=was("last")),
        TextField("first", "Prénom", initial=was("first")),
        DateField("birth", "Naissance", today=today, initial=day_of("birth"), hint="17/05/1990"),
        ChoiceField("sex", "Sexe", options=options(choices.Sex), initial=was("sex")),
        TextField("reference", "Référence", initial=was("reference")),
        TextField("postcode", "Code postal", initial=was("postcode")),
        TextField("commune", "Commune", initial=was("commune")),
        TextField("phone", "Téléphone", initial=was("phone")),
        TextField("mail", "Courriel", initial=was("mail")),
        ChoiceField("education", "Niveau de formation", options=options(choices.Education),
                    initial=was("education")),
        ChoiceField("situation", "Situation", options=options(choices.Situation),
                    initial=was("situation")),
        ChoiceField("prescriber", "Prescripteur", options=options(choices.Prescriber),
                    initial=was("prescriber")),
        DateField("entered_scheme_on", "Entrée dispositif", today=today,
                  initial=day_of("entered_scheme_on")),
        DateField("last_contact", "Dernier contact", today=today,
                  initial=day_of("last_contact")),
    ]  # fmt: skip


def save_person(base: Any, person: int | None, values: Values) -> int:
    """Create or change a person; their id."""
    from suivi_tui.actions.records import save_record

    return save_record(base, "participant", person, values).row


def criterion_fields(
    today: date, known: "EligibilityRow | None" = None, rank: int = 1
) -> list[Field[Any]]:
    """A criterion, its proof and the decision; ``rank`` is the one proposed for a new one."""

    def was(name: str) -> Any:
        return getattr(known, name) or None if known is not None else None

    def day_of(name: str) -> date | None:
        return as_date(was(name))

    decision = was("decision") if known is not None else Decision.PENDING.value
    return [
        ChoiceField("criterion", "Critère", options=options(choices.Criterion), required=True,
                    initial=was("criterion"), hint="RSA, DELD, QPV…"),
        ChoiceField("proof", "Justificatif vu", options=options(choices.Proof),
                    initial=was("proof")),
        DateField("proof_on", "Justificatif du", today=today, initial=day_of("proof_on")),
        ChoiceField("decision", "Décision", options=options(Decision), initial=decision),
        DateField("decided_on", "Décidé le", today=today, initial=day_of("decided_on"),
                  hint="aujourd'hui si vide"),
        DateField("ends_on", "Fin d'éligibilité", today=today, initial=day_of("ends_on"),
                  hint="calculée si vide"),
        ChoiceField("rank", "Rang", options=RANKS, required=True,
                    initial=str(known.rank if known is not None else min(rank, 9))),
    ]  # fmt: skip


def save_criterion(
    base: Any, person: int, criterion: int | None, values: Values, today: date
) -> int:
    """Create or change a criterion; a decision without a date is of ``today``, and only one
    criterion is the main one."""
    from suivi_tui.actions import criteria

    given = {**values, "rank": int(values["rank"])}
    taken = (Decision.ACCEPTED.value, Decision.REFUSED.value)
    if given["decision"] in taken and given["decided_on"] is None:
        given["decided_on"] = today
    return criteria.save_criterion(base, person, criterion, given).row


def work_contract_fields(
    today: date,
    companies: Sequence[tuple[int, str]],
    known: "WorkContractRow | None" = None,
    employer: int | None = None,
    initial: Mapping[str, str | None] | None = None,
) -> list[Field[Any]]:
    """A work contract and what was true at hiring; ``employer`` is the one proposed, ``initial``
    what else is known of a new one (``post``, ``start``)."""

    def was(name: str) -> Any:
        if known is None:
            return (initial or {}).get(name) or None
        return getattr(known, name) or None

    weekly = was("weekly_hours")
    return [
        RecordField("employer", "Employeur", records=companies,
                    initial=was("employer") or employer),
        ChoiceField("type", "Type de contrat", options=options(choices.EmploymentKind),
                    initial=was("type"), hint="cdd, cddi…"),
        ChoiceField("mode", "Modalité", options=options(choices.Mode), initial=was("mode")),
        DateField("start", "Début", today=today, required=True, initial=as_date(was("start")),
                  hint="12/3, lundi, hier"),
        DateField("end", "Fin", today=today, initial=as_date(was("end"))),
        HoursField("weekly_hours", "Temps hebdomadaire", hint="35",
                   initial=None if weekly is None else Hours(weekly)),
        TextField("post", "Poste", initial=was("post")),
        TextField("rome", "Code ROME", initial=was("rome")),
        ChoiceField("qpv", "QPV à l'embauche", options=options(choices.Residence),
                    initial=was("qpv")),
        ChoiceField("education", "Niveau à l'embauche", options=options(choices.Education),
                    initial=was("education")),
        ChoiceField("situation", "Situation embauche", options=options(choices.Situation),
                    initial=was("situation")),
    ]  # fmt: skip


def save_work_contract(base: Any, person: int, contract: int, values: Values) -> None:
    """Change a work contract."""
    from suivi_tui.actions.records import save_record

    save_record(base, "work_contract", contract, {**values, "participant": person})


def placement_fields(today: date, known: "PlacementRow") -> list[Field[Any]]:
    """The own dates of a placement, when they are not those of its work contract."""
    return [
        DateField("start", "Début", today=today, initial=as_date(known.start)),
        DateField("end", "Fin", today=today, initial=as_date(known.end)),
    ]


def save_placement(base: Any, placement: "PlacementRow", values: Values) -> None:
    """Change the dates of a placement."""
    from suivi_tui.actions.records import save_record

    save_record(base, "placement", placement.placement, values)
