"""Needs, proposals, targets, outcomes, marks and decisions on a case (domain.md 6, 7.2)."""

from suivi_tui.vocabulary.choices.choice import Choice


class TargetKind(Choice):
    """What an obligation may ask for beside hours."""

    QPV_PEOPLE = "habitants_qpv", "Habitants de QPV (personnes)"
    WOMEN = "femmes", "Femmes (personnes)"
    PEOPLE = "personnes", "Personnes différentes"
    WORK_STUDY_HOURS = "heures_alternance", "Heures en alternance"
    QPV_HOURS = "heures_qpv", "Heures d'habitants de QPV"


class ProposalAnswer(Choice):
    """What became of a person proposed to a company."""

    WAITING = "en_attente", "En attente"
    INTERVIEW = "entretien", "Entretien prévu"
    HIRED = "embauche", "Embauché(e)"
    REFUSED = "refuse", "Non retenu(e) par l'entreprise"
    DECLINED = "decline", "A décliné"
    UNREACHABLE = "injoignable", "Injoignable"


class ProposalReason(Choice):
    """Why a proposal did not lead to a hiring; closed, so that nothing sensitive is typed."""

    SKILLS = "competences", "Compétences ou habilitation manquantes"
    MOBILITY = "mobilite", "Mobilité, horaires"
    OTHER_JOB = "autre_emploi", "A trouvé un autre emploi ou une formation"
    POST_FILLED = "pourvu", "Poste déjà pourvu ou retiré"
    NOT_ELIGIBLE = "non_eligible", "Éligibilité non établie"
    NO_SHOW = "absent", "Ne s'est pas présenté(e)"
    OTHER = "autre", "Autre motif"


class AlertMarkState(Choice):
    """What a person said of an alert."""

    SNOOZED = "reportee", "Reportée"
    ACKNOWLEDGED = "acquittee", "Prise en compte"


class PenaltyDecision(Choice):
    """What the buyer decided on a proposal; the program only proposes."""

    PROPOSED = "proposee", "Proposée à l'acheteur"
    APPLIED = "appliquee", "Appliquée"
    REDUCED = "reduite", "Réduite"
    WAIVED = "remise", "Remise accordée"
    ABANDONED = "abandonnee", "Sans suite"


class OutcomePoint(Choice):
    """When the situation of a person is asked (domain.md 7.2)."""

    EXIT = "sortie", "À la sortie"
    MONTHS_3 = "3_mois", "À 3 mois"
    MONTHS_6 = "6_mois", "À 6 mois"
    MONTHS_12 = "12_mois", "À 12 mois"

    @property
    def months(self) -> int:
        """Months after the exit."""
        return {"sortie": 0, "3_mois": 3, "6_mois": 6, "12_mois": 12}[str(self.value)]


class DocumentKind(Choice):
    """Letters and papers that the program prepares."""

    ELIGIBILITY_NOTICE = "avis_eligibilite", "Avis d'éligibilité"
    REMINDER_1 = "relance_1", "Relance, premier niveau"
    REMINDER_2 = "relance_2", "Relance, second niveau"
    OUTCOME_REQUEST = "demande_parcours", "Demande de situation à l'issue du parcours"
    CERTIFICATE = "attestation", "Attestation de réalisation des heures d'insertion"
    MEETING_BRIEF = "fiche_reunion", "Fiche de réunion"
    FORMAL_NOTICE = "mise_en_demeure", "Projet de mise en demeure"
    PENALTY = "penalite", "Proposition de pénalité"
    CLAUSE = "clause", "Texte de la clause"
    BUYER_REPORT = "rapport_acheteur", "Rapport à l'acheteur"


class OutcomeSituation(Choice):
    """The situation of a person at a point of their path (definitions of the IAE)."""

    PERMANENT = "cdi", "CDI"
    LONG_FIXED_TERM = "cdd_long", "CDD ou mission de plus de 6 mois"
    PUBLIC_SERVICE = "fonction_publique", "Stage ou titularisation dans la fonction publique"
    BUSINESS = "creation", "Création ou reprise d'entreprise"
    SHORT_FIXED_TERM = "cdd_court", "CDD ou mission de 6 mois au plus"
    AIDED = "contrat_aide", "Contrat aidé chez un employeur ordinaire"
    TRAINING = "formation", "Formation qualifiante ou préqualifiante"
    OTHER_SIAE = "autre_siae", "Embauche par une autre structure d'insertion"
    UNEMPLOYED = "recherche", "En recherche d'emploi"
    INACTIVE = "inactif", "Sans activité ni recherche"
    NEUTRAL = "neutralisee", "Sortie neutralisée"
    NO_ANSWER = "sans_reponse", "Sans réponse"


class RefusalGround(Choice):
    """Why a contract above the threshold has no social condition (L2112-2-1; texts to check)."""

    OTHER_MEANS = "besoin_satisfait", "Le besoin peut être satisfait par une solution disponible"
    NO_LINK = "sans_lien", "Sans lien suffisant avec l'objet du marché"
    COMPETITION = "concurrence", "Restreindrait la concurrence ou rendrait l'exécution difficile"
    SHORT = "courte_duree", "Marché de travaux de moins de six mois"
    OTHER = "autre", "Autre motif écrit"
