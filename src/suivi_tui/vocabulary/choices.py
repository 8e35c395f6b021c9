"""The closed lists of the field: what is stored is a code, what is shown is a French label.

A list is a :class:`Choice`; a value typed by a person or read in a file is recognised by
:func:`find` through its code, its label or a usual synonym, case and accents ignored.
Sources of the lists: ``domain.md`` sections 2, 4, 5 and 7.
"""

from enum import StrEnum
from functools import cache
from typing import Self, TypeVar

from suivi_tui.vocabulary.text import fold


class Choice(StrEnum):
    """A member of a closed list: ``value`` is the stored code, ``label`` what a user reads."""

    label: str
    synonyms: tuple[str, ...]

    def __new__(cls, code: str, label: str, *synonyms: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.synonyms = synonyms
        return member


C = TypeVar("C", bound=Choice)


@cache
def _index(kind: type[C]) -> dict[str, C]:
    index: dict[str, C] = {}
    for member in kind:
        for text in (member.value, member.label, *member.synonyms):
            index.setdefault(fold(text), member)
    return index


def find(kind: type[C], text: str | None) -> C | None:
    """The member that ``text`` names (code, label or synonym), or None when unknown or empty."""
    if not text:
        return None
    return _index(kind).get(fold(text))


def label_of(kind: type[Choice], code: str | None, missing: str = "") -> str:
    """The label of a stored code; an unknown code is shown as it is stored."""
    if not code:
        return missing
    member = kind._value2member_map_.get(code)
    return member.label if isinstance(member, Choice) else code


def options(kind: type[Choice]) -> list[tuple[str, str]]:
    """(code, label) of every member, in the order of the list."""
    return [(member.value, member.label) for member in kind]


class BuyerKind(Choice):
    """Kinds of buyer counted by observatories (domain.md 7.1)."""

    COMMUNE = "commune", "Commune", "ville", "mairie", "communes"
    INTERCOMMUNALITY = (
        "intercommunalite",
        "Intercommunalité",
        "epci",
        "agglomération",
        "métropole",
        "communauté d'agglomération",
        "communauté de communes",
        "intercommunalités",
    )
    DEPARTMENT = "departement", "Département", "conseil départemental"
    REGION = "region", "Région", "conseil régional"
    STATE = "etat", "État", "ministère", "préfecture"
    SOCIAL_LANDLORD = "bailleur_social", "Bailleur social", "bailleur", "oph", "esh", "hlm"
    MIXED_COMPANY = "sem_syndicat", "SEM ou syndicat", "sem", "spl", "syndicat", "syndicat mixte"
    PUBLIC_BODY = (
        "etablissement_public",
        "Établissement public",
        "hôpital",
        "université",
        "chu",
        "epa",
    )
    SOCIAL_SECURITY = "securite_sociale", "Sécurité sociale", "caf", "cpam"
    PRIVATE = "prive", "Privé", "entreprise privée"
    OTHER = "autre", "Autre acheteur", "autre"


class CompanyKind(Choice):
    """Kinds of company or insertion structure (domain.md 1.1 and 5.3)."""

    ORDINARY = "entreprise", "Entreprise", "ordinaire", "titulaire", "direct"
    EI = "EI", "Entreprise d'insertion"
    ACI = "ACI", "Atelier et chantier d'insertion", "atelier chantier d'insertion"
    AI = "AI", "Association intermédiaire"
    ETTI = "ETTI", "Entreprise de travail temporaire d'insertion"
    EITI = "EITI", "Entreprise d'insertion par le travail indépendant"
    GEIQ = "GEIQ", "Groupement d'employeurs pour l'insertion et la qualification"
    EA = "EA", "Entreprise adaptée"
    EATT = "EATT", "Entreprise adaptée de travail temporaire"
    ESAT = "ESAT", "Établissement et service d'aide par le travail"
    ETT = "ETT", "Entreprise de travail temporaire", "agence d'intérim", "intérim"
    REGIE = "regie", "Régie de quartier", "régie", "régie de territoire", "RQ"
    PRISON = "SEP", "Structure d'emploi pénitentiaire"
    OTHER = "autre", "Autre structure"

    @property
    def short(self) -> str:
        """How the kind is written in a narrow column."""
        code = str(self.value)
        return {"entreprise": "Entreprise", "regie": "Régie", "autre": "Autre"}.get(code, code)


class Mode(Choice):
    """The routes by which hours are worked (domain.md 5.1)."""

    DIRECT = "direct", "Embauche directe", "embauche", "recrutement direct"
    STAFFING = "mise_a_disposition", "Mise à disposition", "mad", "intérim"
    SUBCONTRACT = "sous_traitance", "Sous-traitance ou cotraitance", "sous-traitance", "cotraitance"
    TRAINING = "formation", "Formation"


class EmploymentKind(Choice):
    """Kinds of work contract (domain.md 5.2)."""

    PERMANENT = "cdi", "CDI", "contrat à durée indéterminée"
    INSERTION_PERMANENT = "cdi_inclusion", "CDI inclusion", "cdi d'inclusion"
    FIXED_TERM = "cdd", "CDD", "contrat à durée déterminée"
    USAGE_FIXED_TERM = "cdd_usage", "CDD d'usage"
    INSERTION_FIXED_TERM = "cddi", "CDD d'insertion", "cdd-i", "cdd insertion"
    SPRINGBOARD = "cdd_tremplin", "CDD tremplin"
    APPRENTICESHIP = "apprentissage", "Contrat d'apprentissage", "apprenti"
    PROFESSIONAL_TRAINING = (
        "professionnalisation",
        "Contrat de professionnalisation",
        "contrat pro",
        "contrat de professionalisation",
        "alternance",
    )
    INSERTION_MISSION = (
        "mission_insertion",
        "Mission d'intérim d'insertion",
        "intérim d'insertion",
        "ctti",
        "mission etti",
    )
    MISSION = (
        "mission",
        "Mission d'intérim",
        "intérim",
        "ctt",
        "contrat de mission intérimaire",
        "intérim classique",
    )
    ASSISTED = "pec", "Parcours emploi compétences", "cui", "cui-cie", "contrat aidé"
    INTERNSHIP = "stage", "Stage"
    OTHER = "autre", "Autre contrat"


class ClauseForm(Choice):
    """Legal forms of the clause (domain.md 2.1)."""

    CONDITION = (
        "condition",
        "Condition d'exécution",
        "clause sociale",
        "clause d'exécution",
        "14",
        "art. 14",
        "L2112-2",
    )
    CRITERION = "critere", "Critère d'attribution", "critère social", "53", "R2152-7"
    CONDITION_CRITERION = (
        "condition_critere",
        "Condition et critère",
        "14+53",
        "condition + critère",
        "condition d'exécution et d'attribution",
    )
    RESERVED_INSERTION = (
        "reserve_insertion",
        "Marché réservé (insertion)",
        "marché réservé iae",
        "L2113-13",
        "réservé siae",
    )
    RESERVED_DISABILITY = (
        "reserve_handicap",
        "Marché réservé (handicap)",
        "15",
        "L2113-12",
        "réservé stpa",
    )
    RESERVED = "reserve", "Marché réservé", "concession réservée"
    INSERTION_SERVICE = "marche_insertion", "Marché d'insertion", "30", "R2123-1"
    TRAINING = "formation", "Clause de formation", "clause sociale de formation", "csf"
    PRIVATE = "privee", "Clause privée"
    NONE = "aucune", "Sans considération sociale", "pas de considération sociale", "sans objet"


class Category(Choice):
    """Categories of purchase."""

    WORKS = "travaux", "Travaux", "marché de travaux"
    SUPPLIES = "fournitures", "Fournitures"
    SERVICES = "services", "Services", "prestations", "service"


class Programme(Choice):
    """Programmes that finance an operation (model.md, operation)."""

    NONE = "aucun", "Aucun programme", "aucun", "néant"
    NPNRU = "npnru", "NPNRU"
    GUP = "gup", "GUP", "gestion urbaine de proximité", "GUSP"
    ANRU = "anru", "ANRU hors NPNRU", "anru"
    FSE = "fse", "FSE+", "fse"


class Sector(Choice):
    """Sectors of activity of observatories (domain.md 7.1)."""

    BUILDING = "batiment", "Bâtiment", "btp"
    PUBLIC_WORKS = "travaux_publics", "Travaux publics", "tp", "vrd"
    WATER_WASTE = "eau_dechets", "Eau et déchets", "eaux/déchets", "déchets", "eau"
    CLEANING = "nettoyage", "Nettoyage", "propreté"
    GREEN_SPACES = "espaces_verts", "Espaces verts", "paysage"
    OTHER_SERVICES = "autres_services", "Autres services", "services"
    CATERING = "restauration", "Restauration"
    REMOVALS = "demenagement", "Déménagement et transport", "déménagement", "transport"
    INDUSTRY = "industrie", "Industrie"
    INTELLECTUAL = "prestations_intellectuelles", "Prestations intellectuelles", "études"
    SOCIAL = "action_sociale", "Action sociale"


class Stage(Choice):
    """Where a contract stands, from open data or first call to closing."""

    TO_QUALIFY = "a_qualifier", "À qualifier"
    PROJECT = "projet", "En projet", "amont"
    CONSULTATION = "consultation", "En consultation", "publié"
    RUNNING = "en_cours", "En cours", "exécution"
    ENDED = "termine", "Terminé"
    CLOSED = "clos", "Clos"
    REFUSED = "refuse", "Clause refusée", "sans clause"


class LotRole(Choice):
    """What a company is on a lot."""

    HOLDER = "titulaire", "Titulaire", "attributaire"
    LEAD = "mandataire", "Mandataire"
    CO_CONTRACTOR = "cotraitant", "Cotraitant", "co-traitant"
    SUBCONTRACTOR = "sous_traitant", "Sous-traitant", "sous traitant", "sous-traitant"

    @property
    def owes(self) -> bool:
        """A holder owes hours; a subcontractor only takes a part entrusted."""
        return self is not LotRole.SUBCONTRACTOR


class Sex(Choice):
    """Sex, as every synthesis asks it."""

    WOMAN = "F", "Femme", "féminin", "mme", "madame", "2", "w"
    MAN = "H", "Homme", "masculin", "m", "monsieur", "mr", "1"


class Criterion(Choice):
    """Criteria of eligibility used by facilitators (domain.md 4)."""

    RSA = "RSA", "Bénéficiaire du RSA", "allocataire rsa"
    ASS = "ASS", "Allocataire de l'ASS", "allocataire ass"
    AAH = "AAH", "Allocataire de l'AAH", "allocataire aah"
    DISABILITY = "RQTH", "Travailleur handicapé (RQTH)", "TH", "travailleur handicapé", "BOE"
    INVALIDITY = "INVALIDITE", "Pension d'invalidité", "invalidité"
    VERY_LONG_TERM = "DETLD", "Demandeur d'emploi de plus de 24 mois", "detld (+ 24 mois)"
    LONG_TERM = (
        "DELD",
        "Demandeur d'emploi de plus de 12 mois",
        "DELD (12-24 mois)",
        "demandeur d'emploi de longue durée",
        "deld + 12 mois",
    )
    YOUNG = "JEUNE", "Jeune de moins de 26 ans", "jeune -26", "jeune", "jeune (-26 ans)"
    SENIOR = "SENIOR", "Senior de plus de 50 ans", "+50", "senior (+50 ans)", "plus de 50 ans"
    INSERTION = "IAE", "Parcours IAE", "pass iae", "agrément iae"
    YOUTH_PATH = "PACEA", "Jeune accompagné (CEJ, PACEA)", "cej", "garantie jeunes"
    SECOND_CHANCE = "EPIDE_E2C", "EPIDE ou école de la 2e chance", "epide", "e2c"
    QPV = "QPV", "Habitant d'un QPV", "résident qpv"
    RURAL = "ZFRR", "Résident ZFRR", "zrr", "résident zrr/zfrr"
    REFUGEE = "REFUGIE", "Réfugié ou protégé", "réfugié", "ref_da"
    CHILD_WELFARE = "ASE", "Sortant de l'ASE", "ase"
    SINGLE_PARENT = "PARENT_ISOLE", "Parent isolé", "pi"
    HOUSING = "HEBERGEMENT", "Sans hébergement ou hébergé", "psh_pr", "sans hébergement"
    JUSTICE = "JUSTICE", "Personne placée sous main de justice", "detention_mj", "ppsmj"
    LOW_QUALIFICATION = "CAP_BEP", "Niveau CAP ou BEP au plus", "infra cap"
    LANGUAGE = "FLE", "Français inférieur au niveau A1", "fle"
    MOBILITY = "MOBILITE", "Problème de mobilité", "pm"
    OPINION = "AVIS_MOTIVE", "Avis motivé", "avis motivé du spe", "autre sur avis motivé"
    OTHER = "AUTRE", "Autre public validé", "autre"

    @property
    def sensitive(self) -> bool:
        """Health or justice: hidden in lists, grouped in nominative exports (domain.md 9)."""
        return self in (
            Criterion.AAH,
            Criterion.DISABILITY,
            Criterion.INVALIDITY,
            Criterion.JUSTICE,
        )


class Proof(Choice):
    """Proofs of eligibility seen by the facilitator; the paper itself is never stored."""

    EMPLOYMENT_SERVICE = "attestation_ft", "Attestation France Travail", "attestation pôle emploi"
    BENEFITS = "attestation_caf", "Attestation CAF ou MSA", "attestation rsa", "attestation caf"
    DISABILITY = "notification_rqth", "Notification RQTH", "attestation rqth"
    INSERTION_PASS = "pass_iae", "PASS IAE", "agrément"
    IDENTITY = "piece_identite", "Pièce d'identité", "cni"
    ADDRESS = "justificatif_domicile", "Justificatif de domicile"
    REFERRAL = "fiche_prescription", "Fiche de prescription", "fiche de liaison"
    OPINION = "avis_motive", "Avis motivé écrit", "avis motivé"
    OTHER = "autre", "Autre justificatif"


class Decision(Choice):
    """The facilitator's decision on a criterion."""

    ACCEPTED = "validee", "Validée", "validé", "oui", "accepté", "éligible"
    REFUSED = "refusee", "Refusée", "refusé", "non", "non éligible"
    PENDING = "en_attente", "En attente", "à étudier", "en cours"


class Education(Choice):
    """Levels of education (domain.md 7.1).

    Roman numerals are the former nomenclature (V is CAP or BEP), Arabic ones the present
    (5 is bac+2): they are never read one as the other.
    """

    NONE = (
        "sans_diplome",
        "Sans diplôme, savoirs de base",
        "sans diplôme",
        "savoirs de base",
        "VI",
        "V bis",
        "niveau VI",
        "niveau V bis",
        "infra V",
        "2",
        "niveau 2",
        "1",
        "niveau 1",
        "brevet",
    )
    VOCATIONAL = (
        "cap_bep",
        "CAP, BEP (niveau 3)",
        "CAP",
        "BEP",
        "CAP/BEP",
        "CAP ou BEP",
        "V",
        "niveau V",
        "3",
        "niveau 3",
    )
    SECONDARY = (
        "bac",
        "Bac (niveau 4)",
        "baccalauréat",
        "IV",
        "niveau IV",
        "4",
        "niveau 4",
        "bac pro",
    )
    HIGHER_2 = (
        "bac_2",
        "Bac+2 (niveau 5)",
        "bac+2",
        "bac +2",
        "BTS",
        "DUT",
        "III",
        "niveau III",
        "5",
        "niveau 5",
    )
    HIGHER_3 = (
        "bac_3",
        "Bac+3 ou 4 (niveau 6)",
        "bac+3",
        "bac+4",
        "bac+3/4",
        "licence",
        "II",
        "niveau II",
        "6",
        "niveau 6",
    )
    HIGHER_5 = (
        "bac_5",
        "Bac+5 (niveau 7)",
        "bac+5",
        "master",
        "I",
        "niveau I",
        "7",
        "niveau 7",
    )
    HIGHER_8 = "bac_8", "Bac+8 (niveau 8)", "bac+8", "doctorat", "8", "niveau 8"
    FOREIGN = "etranger", "Diplôme étranger"


class Situation(Choice):
    """Situation of the person just before the work contract."""

    JOB_SEEKER = (
        "de_moins_12",
        "Demandeur d'emploi de moins de 12 mois",
        "demandeur d'emploi",
        "de",
    )
    LONG_TERM = "deld", "Demandeur d'emploi de 12 à 24 mois", "DELD"
    VERY_LONG_TERM = "detld", "Demandeur d'emploi de plus de 24 mois", "DETLD"
    MINIMUM_INCOME = "minima", "Minima sociaux sans inscription", "RSA", "minima sociaux"
    INSERTION = "iae", "Parcours IAE", "siae"
    TRAINING = "formation", "Scolarité ou formation", "formation", "étudiant"
    EMPLOYED = "emploi", "En emploi précaire", "emploi précaire", "salarié"
    INACTIVE = "inactif", "Inactif non inscrit", "inactif"
    OTHER = "autre", "Autre situation", "autre"


class Prescriber(Choice):
    """Bodies that refer people (domain.md 1.1)."""

    EMPLOYMENT_SERVICE = "france_travail", "France Travail", "pôle emploi", "FT"
    YOUTH_SERVICE = "mission_locale", "Mission locale", "ML"
    DISABILITY_SERVICE = "cap_emploi", "Cap emploi"
    PLIE = "plie", "PLIE"
    SIAE = "siae", "Structure d'insertion", "SIAE", "structure"
    DEPARTMENT = "departement", "Département", "conseil départemental", "référent rsa"
    CCAS = "ccas", "CCAS"
    PROBATION = "spip", "SPIP"
    YOUTH_JUSTICE = "pjj", "PJJ"
    TRAINING = "afpa", "AFPA"
    SECOND_CHANCE = "epide_e2c", "EPIDE ou école de la 2e chance", "epide", "e2c"
    WOMEN_RIGHTS = "cidff", "CIDFF"
    FAMILY_BENEFITS = "caf", "CAF ou MSA", "caf", "msa"
    SPONTANEOUS = "spontanee", "Candidature spontanée", "spontané"
    OTHER = "autre", "Autre prescripteur", "autre"


class Residence(Choice):
    """Whether the address at hiring lies in a QPV."""

    YES = "oui", "QPV", "o", "1", "vrai", "yes"
    NO = "non", "Hors QPV", "n", "0", "faux", "no"
    UNKNOWN = "inconnu", "QPV à vérifier", "?", "nsp", "ne sait pas"


class HourKind(Choice):
    """What the hours were; ``number`` is the integer of the key of an hour line."""

    WORK = "travail", "Travail", "production"
    TRAINING = "formation", "Formation"
    OTHER = "autre", "Autre"

    @property
    def number(self) -> int:
        """The integer stored in the key of an hour line."""
        return list(HourKind).index(self) + 1

    @classmethod
    def numbered(cls, number: int) -> "HourKind":
        """The kind whose key integer is ``number``."""
        return list(cls)[number - 1]


class RefusalReason(Choice):
    """Why declared hours are not validated."""

    BEFORE_DECISION = (
        "avant_validation",
        "Personne embauchée avant validation",
        "avant validation",
    )
    NOT_ELIGIBLE = "hors_eligibilite", "Hors de la période d'éligibilité", "non éligible"
    OUTSIDE_CONTRACT = "hors_marche", "Hors du marché"
    NO_PROOF = "sans_justificatif", "Justificatif manquant", "pas de justificatif"
    DUPLICATE = "doublon", "Heures déjà comptées", "doublon"
    IMPLAUSIBLE = "invraisemblable", "Heures invraisemblables"
    OTHER = "autre", "Autre motif", "autre"


class StatementStatus(Choice):
    """What is known of the statement of a sender for a month."""

    RECEIVED = "recu", "Reçu"
    PARTIAL = "partiel", "Partiel"
    NO_ACTIVITY = "sans_activite", "Sans activité"
    CHECKED = "verifie", "Vérifié"
    LOCKED = "verrouille", "Verrouillé"


class ObligationEventKind(Choice):
    """What moves the hours owed."""

    INITIAL = "initial", "Objectif initial"
    AMENDMENT = "avenant", "Avenant"
    ORDER = "commande", "Bon de commande"
    PHASE = "tranche", "Tranche"
    INVOICE = "facture", "Facture"
    TRANSFER = "transfert", "Transfert"


class ContractEventKind(Choice):
    """What moved on a contract after its notification."""

    AMOUNT = "montant", "Modification du montant"
    DURATION = "duree", "Modification de la durée"
    HOLDER = "titulaire", "Changement de titulaire"
    EXTENSION = "prolongation", "Prolongation"
    STOP = "arret", "Arrêt de chantier"
    RESTART = "reprise", "Reprise de chantier"
    OTHER = "autre", "Autre modification"


class ObligationOutcome(Choice):
    """How an obligation ended."""

    MET = "realisee", "Réalisée"
    PARTLY = "partielle", "Partiellement réalisée"
    NOT_MET = "non_realisee", "Non réalisée"
    NEUTRALISED = "neutralisee", "Neutralisée"


class FollowUpKind(Choice):
    """Exchanges and acts that a facilitator writes down."""

    CALL = "appel", "Appel"
    MAIL = "courriel", "Courriel"
    VISIT = "visite", "Visite de chantier"
    MEETING = "reunion", "Réunion"
    PROMISE = "promesse", "Promesse"
    REMINDER = "relance", "Relance"
    FORMAL_NOTICE = "mise_en_demeure", "Mise en demeure"
    CERTIFICATE = "attestation", "Attestation"
    PENALTY = "penalite", "Proposition de pénalité"
    WAIVER = "dispense", "Dossier de remise"
    OUTCOME = "suivi_parcours", "Point de parcours"
    REFUSAL = "refus_clause", "Clause non retenue, motif"
    OTHER = "autre", "Autre échange"


class Gravity(Choice):
    """How much an alert matters, the gravest first."""

    CRITICAL = "critique", "Critique"
    ALERT = "alerte", "Alerte"
    INFO = "info", "Information"

    @property
    def rank(self) -> int:
        """0 for the gravest, for sorting."""
        return list(Gravity).index(self)


class BatchKind(Choice):
    """What made a batch of changes."""

    ENTRY = "saisie", "Saisie"
    IMPORT = "import", "Import"
    UNDO = "annulation", "Annulation"
    MERGE = "fusion", "Fusion"
