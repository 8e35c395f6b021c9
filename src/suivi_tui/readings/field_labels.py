"""What each column of the base is called on screen, and how its values are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from suivi_tui.vocabulary import choices
from suivi_tui.vocabulary.choices import Choice

Kind: TypeAlias = Literal[
    "text", "date", "moment", "month", "hours", "money", "number", "flag", "entity",
    "alert", "detail", "hidden",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its label; how it is written, or the list its codes belong to, or the table
    whose records it names (``refers_by``: the column that holds the name of that table).

    Of a ``detail`` only its presence is told; what is ``hidden`` says nothing to a person.
    """

    label: str
    kind: Kind = "text"
    choice: type[Choice] | None = None
    refers: str = ""
    refers_by: str = ""


def _text(label: str) -> Field:
    return Field(label)


def _date(label: str) -> Field:
    return Field(label, "date")


def _hours(label: str) -> Field:
    return Field(label, "hours")


def _money(label: str) -> Field:
    return Field(label, "money")


def _number(label: str) -> Field:
    return Field(label, "number")


def _flag(label: str) -> Field:
    return Field(label, "flag")


def _choice(label: str, choice: type[Choice]) -> Field:
    return Field(label, choice=choice)


def _link(label: str, entity: str) -> Field:
    return Field(label, refers=entity)


_BUYERS: dict[str, dict[str, Field]] = {
    "buyer": {
        "name": _text("Nom"),
        "siret": _text("SIRET"),
        "kind": _choice("Type d'acheteur", choices.BuyerKind),
        "territory": _text("Territoire"),
        "answer_weeks": _number("Délai de réponse (semaines)"),
    },
    "operation": {
        "buyer": _link("Acheteur", "buyer"),
        "name": _text("Nom"),
        "place": _text("Lieu"),
        "programme": _choice("Programme", choices.Programme),
    },
    "company": {
        "name": _text("Nom"),
        "siret": _text("SIRET"),
        "kind": _choice("Type de structure", choices.CompanyKind),
        "commune": _text("Commune"),
        "naf": _text("Code NAF"),
    },
    "contact": {
        "buyer": _link("Acheteur", "buyer"),
        "company": _link("Entreprise", "company"),
        "contract": _link("Marché", "contract"),
        "lot": _link("Lot", "lot"),
        "service": _text("Service"),
        "name": _text("Nom"),
        "role": _text("Fonction"),
        "mail": _text("Courriel"),
        "phone": _text("Téléphone"),
    },
    "follow_up": {
        "entity": Field("Concerne", "entity"),
        "subject": Field("Fiche", refers_by="entity"),
        "kind": _choice("Nature", choices.FollowUpKind),
        "date": _date("Date"),
        "due": _date("Échéance"),
        "done": _date("Fait le"),
        "text": _text("Texte"),
        "document": _link("Document", "document"),
    },
}
_CONTRACTS: dict[str, dict[str, Field]] = {
    "contract": {
        "buyer": _link("Acheteur", "buyer"),
        "operation": _link("Opération", "operation"),
        "number": _text("Numéro"),
        "object": _text("Objet"),
        "clause_form": _choice("Type de clause", choices.ClauseForm),
        "category": _choice("Catégorie", choices.Category),
        "nature": _text("Nature"),
        "procedure": _text("Procédure"),
        "cpv": _text("Code CPV"),
        "sector": _choice("Secteur", choices.Sector),
        "amount_cents": _money("Montant HT"),
        "place": _text("Lieu"),
        "notice_sent_on": _date("Avis envoyé le"),
        "notified_on": _date("Notifié le"),
        "start": _date("Début"),
        "end": _date("Fin"),
        "stage": _choice("Étape", choices.Stage),
        "taken_up": _flag("Suivi"),
        "facilitator": _text("Facilitateur"),
        "answer_due": _date("Réponse attendue le"),
        "closed_on": _date("Clos le"),
    },
    "contract_event": {
        "contract": _link("Marché", "contract"),
        "lot": _link("Lot", "lot"),
        "date": _date("Date"),
        "kind": _choice("Nature", choices.ContractEventKind),
        "amount_cents": _money("Montant HT"),
        "months": _number("Durée (mois)"),
        "reason": _text("Motif"),
    },
    "lot": {
        "contract": _link("Marché", "contract"),
        "number": _text("Numéro"),
        "title": _text("Intitulé"),
        "cpv": _text("Code CPV"),
        "amount_cents": _money("Montant HT"),
        "trade": _text("Corps d'état"),
    },
    "lot_company": {
        "lot": _link("Lot", "lot"),
        "company": _link("Entreprise", "company"),
        "role": _choice("Rôle", choices.LotRole),
        "parent": _link("Donneur d'ordre", "lot_company"),
        "share_hours": _hours("Part confiée"),
    },
    "term": {
        "contract": _link("Marché", "contract"),
        "lot": _link("Lot", "lot"),
        "code": _text("Clause"),
        "value": _text("Valeur"),
        "valid_from": _date("Applicable le"),
    },
    "obligation": {
        "lot": _link("Lot", "lot"),
        "company": _link("Entreprise", "company"),
        "start": _date("Démarrage sur site"),
        "end": _date("Fin"),
        "formula": _choice("Formule", choices.OwedFormula),
        "schedule": _choice("Échéancier", choices.ScheduleKind),
        "closed_on": _date("Close le"),
        "outcome": _choice("Issue", choices.ObligationOutcome),
    },
    "obligation_event": {
        "obligation": _link("Obligation", "obligation"),
        "date": _date("Date"),
        "kind": _choice("Nature", choices.ObligationEventKind),
        "hours": _hours("Heures"),
        "amount_cents": _money("Montant HT"),
        "firm": _flag("Ferme"),
        "counterpart": _link("Obligation liée", "obligation"),
        "contract_event": _link("Modification du marché", "contract_event"),
        "reason": _text("Motif"),
    },
    "record_seen": {
        "source_key": _text("Clé d'origine"),
        "fingerprint": _text("Empreinte"),
        "row": _text("Fiche"),
        "published_on": _date("Publié le"),
    },
}
_PEOPLE: dict[str, dict[str, Field]] = {
    "participant": {
        "reference": _text("Référence"),
        "last": _text("Nom"),
        "first": _text("Prénom"),
        "birth": _date("Naissance"),
        "sex": _choice("Sexe", choices.Sex),
        "postcode": _text("Code postal"),
        "commune": _text("Commune"),
        "phone": _text("Téléphone"),
        "mail": _text("Courriel"),
        "education": _choice("Niveau de formation", choices.Education),
        "situation": _choice("Situation", choices.Situation),
        "entered_scheme_on": _date("Entrée dans le dispositif"),
        "prescriber": _choice("Prescripteur", choices.Prescriber),
        "legal_hold": _flag("Conservation légale"),
        "last_contact": _date("Dernier contact"),
    },
    "eligibility": {
        "participant": _link("Participant", "participant"),
        "rank": _number("Rang"),
        "criterion": _choice("Critère", choices.Criterion),
        "proof": _choice("Justificatif", choices.Proof),
        "proof_on": _date("Justificatif du"),
        "decision": _choice("Décision", choices.Decision),
        "decided_on": _date("Décidé le"),
        "ends_on": _date("Fin d'éligibilité"),
        "rule_set": _text("Règles appliquées"),
    },
    "work_contract": {
        "participant": _link("Participant", "participant"),
        "employer": _link("Employeur", "company"),
        "structure_kind": _choice("Type de structure", choices.CompanyKind),
        "mode": _choice("Modalité", choices.Mode),
        "type": _choice("Type de contrat", choices.EmploymentKind),
        "post": _text("Poste"),
        "rome": _text("Code ROME"),
        "start": _date("Début"),
        "end": _date("Fin"),
        "weekly_hours": _hours("Temps hebdomadaire"),
        "qpv": _choice("QPV à l'embauche", choices.Residence),
        "qpv_code": _text("Code du QPV"),
        "education": _choice("Niveau à l'embauche", choices.Education),
        "situation": _choice("Situation à l'embauche", choices.Situation),
        "contract_received_on": _date("Contrat reçu le"),
        "proof_received_on": _date("Justificatif reçu le"),
        "notice_sent_on": _date("Avis d'éligibilité envoyé le"),
    },
    "placement": {
        "work_contract": _link("Contrat de travail", "work_contract"),
        "obligation": _link("Obligation", "obligation"),
        "start": _date("Début"),
        "end": _date("Fin"),
    },
    "statement": {
        "obligation": _link("Obligation", "obligation"),
        "sender": _link("Déclarant", "company"),
        "month": Field("Mois", "month"),
        "status": _choice("État", choices.StatementStatus),
        "received_on": _date("Reçu le"),
        "reference": _text("Pièce"),
        "reopened_reason": _text("Motif de réouverture"),
    },
    "hour_entry": {
        "obligation": _link("Obligation", "obligation"),
        "month": Field("Mois", "month"),
        "placement": _link("Affectation", "placement"),
        "kind": _number("Nature des heures"),
        "declared": _hours("Heures déclarées"),
        "validated": _hours("Heures validées"),
        "refusal_reason": _choice("Motif de refus", choices.RefusalReason),
        "comment": _text("Commentaire"),
        "statement": _link("Relevé", "statement"),
        "reference": _text("Pièce"),
        "spread": _flag("Réparties à partir d'un total"),
        "corrects": Field("Mois régularisé", "month"),
    },
}
_KEEPING: dict[str, dict[str, Field]] = {
    "author": {"name": _text("Nom"), "structure": _text("Structure")},
    "base": {"name": _text("Nom"), "fingerprint": _text("Empreinte")},
    "source_file": {
        "name": _text("Nom du fichier"),
        "sha256": _text("Empreinte"),
        "sender": _link("Expéditeur", "company"),
    },
    "source_line": {
        "file": _link("Fichier", "source_file"),
        "sheet": _text("Feuille"),
        "line": _number("Ligne"),
        "obligation": _link("Obligation", "obligation"),
        "month": Field("Mois", "month"),
        "placement": _link("Affectation", "placement"),
        "kind": _number("Nature des heures"),
        "hours": _hours("Heures"),
    },
    "import_profile": {
        "sender": _link("Expéditeur", "company"),
        "name": _text("Nom"),
        "shape": _text("Forme du tableau"),
        "layout": _text("Lecture des colonnes"),
    },
    "match_memory": {
        "sender": _link("Expéditeur", "company"),
        "entity": Field("Sorte de fiche", "entity"),
        "text": _text("Texte trouvé"),
        "found": Field("Fiche retenue", refers_by="entity"),
    },
    "batch": {
        "kind": _choice("Nature", choices.BatchKind),
        "label": _text("Libellé"),
        "source_file": _link("Fichier", "source_file"),
        "made_on": Field("Fait le", "moment"),
        "undone_by": _link("Annulé par", "batch"),
    },
}
_CASES: dict[str, dict[str, Field]] = {
    "document": {
        "entity": Field("Concerne", "entity"),
        "subject": Field("Fiche", refers_by="entity"),
        "kind": _choice("Nature", choices.DocumentKind),
        "template": _text("Modèle"),
        "version": _text("Version du modèle"),
        "sha256": _text("Empreinte"),
        "made_on": _date("Fait le"),
        "sent_on": _date("Envoyé le"),
    },
    "target": {
        "obligation": _link("Obligation", "obligation"),
        "kind": _choice("Cible", choices.TargetKind),
        "value": _number("Valeur"),
        "as_share": _flag("En part du total"),
    },
    "need": {
        "company": _link("Entreprise", "company"),
        "obligation": _link("Obligation", "obligation"),
        "post": _text("Poste"),
        "number": _number("Nombre de postes"),
        "asked_on": _date("Demandé le"),
        "wanted_on": _date("Pour le"),
        "closed_on": _date("Clos le"),
        "comment": _text("Commentaire"),
    },
    "proposal": {
        "need": _link("Besoin", "need"),
        "participant": _link("Participant", "participant"),
        "initials": _text("Initiales"),
        "prescriber": _choice("Prescripteur", choices.Prescriber),
        "proposed_on": _date("Proposé le"),
        "answer": _choice("Réponse", choices.ProposalAnswer),
        "answered_on": _date("Répondu le"),
        "reason": _choice("Motif", choices.ProposalReason),
    },
    "alert_mark": {
        "code": Field("Alerte", "alert"),
        "subject": Field("À propos de", "hidden"),
        "state": _choice("État", choices.AlertMarkState),
        "until": _date("Jusqu'au"),
        "comment": _text("Commentaire"),
        "measure": Field("Mesure de la cause", "hidden"),
        "made_on": _date("Marquée le"),
    },
    "penalty_case": {
        "obligation": _link("Obligation", "obligation"),
        "kind": _text("Nature"),
        "basis": Field("Base de calcul", "detail"),
        "notice_on": _date("Mise en demeure du"),
        "notice_due": _date("Échéance de la mise en demeure"),
        "amount_cents": _money("Montant proposé"),
        "efforts": _text("Moyens mis en œuvre"),
        "decision": _choice("Décision de l'acheteur", choices.PenaltyDecision),
        "decided_on": _date("Décidé le"),
    },
    "outcome": {
        "participant": _link("Participant", "participant"),
        "path": _link("Parcours", "work_contract"),
        "point": _choice("Point", choices.OutcomePoint),
        "asked_on": _date("Demandé le"),
        "answered_on": _date("Répondu le"),
        "situation": _choice("Situation", choices.OutcomeSituation),
    },
    "refusal": {
        "contract": _link("Marché", "contract"),
        "ground": _choice("Motif", choices.RefusalGround),
        "text": _text("Texte"),
        "date": _date("Date"),
    },
}
FIELDS: Mapping[str, Mapping[str, Field]] = {
    **_BUYERS,
    **_CONTRACTS,
    **_PEOPLE,
    **_CASES,
    **_KEEPING,
}
"""By table, then by column, in the order of a form."""


def field_of(entity: str, name: str) -> Field:
    """The column of a table; one of a newer release is shown under its own name."""
    return FIELDS.get(entity, {}).get(name) or Field(name)
