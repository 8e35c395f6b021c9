"""What a buyer commits to, and how it is measured (domain.md 2.3, 2.5)."""

from suivi_tui.vocabulary.choices.choice import Choice


class PolicyKind(Choice):
    """What a commitment of a buyer is written in."""

    SPASER = "spaser", "SPASER", "schéma de promotion des achats responsables"
    CHARTER = "charte", "Charte", "charte d'achat responsable"
    CONVENTION = "convention", "Convention", "agenda 21"
    OTHER = "autre", "Autre engagement"


class PolicyIndicator(Choice):
    """What a yearly target of a buyer is about; the base computes all but the last."""

    SOCIAL_SHARE = "part_sociale", "Part des marchés avec considération sociale"
    SOCIAL_AMOUNT_SHARE = "part_sociale_montant", "Part du montant avec considération sociale"
    CLAUSE_CONTRACTS = "marches_clause", "Marchés avec clause d'insertion"
    RESERVED_CONTRACTS = "marches_reserves", "Marchés réservés"
    HOURS_OWED = "heures_dues", "Heures d'insertion prévues"
    HOURS_DONE = "heures_validees", "Heures d'insertion validées"
    PARTICIPANTS = "participants", "Personnes en insertion"
    INSERTION_SPEND = "depense_insertion", "Montant confié aux structures d'insertion"
    DISABILITY_SPEND = "depense_handicap", "Montant confié au secteur du handicap"
    OTHER = "autre", "Autre indicateur, saisi à la main"


class SocialConsideration(Choice):
    """What open data say of the social side of a contract (domain.md 2.1, DECP)."""

    CLAUSE = "clause", "Clause sociale"
    CRITERION = "critere", "Critère social"
    RESERVED = "reserve", "Marché réservé", "concession réservée"
    NONE = "aucune", "Pas de considération sociale"
