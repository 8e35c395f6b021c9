"""Who the people in insertion are, and what makes them eligible (domain.md 2, 4, 5, 7)."""

from suivi_tui.vocabulary.choices.choice import Choice


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
