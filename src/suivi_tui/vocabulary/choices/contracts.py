"""Who buys, which contracts, what moved them (domain.md 2, 4, 5, 7)."""

from suivi_tui.vocabulary.choices.choice import Choice


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


class ObligationEventKind(Choice):
    """What moves the hours owed."""

    INITIAL = "initial", "Objectif initial"
    AMENDMENT = "avenant", "Avenant"
    ORDER = "commande", "Bon de commande"
    PHASE = "tranche", "Tranche"
    INVOICE = "facture", "Facture"
    TRANSFER = "transfert", "Transfert"


class ContractEventKind(Choice):
    """What moved on a contract, and what it was when it was notified.

    Amounts are whole, never a difference; months are those of an extension, else the whole
    duration.
    """

    NOTIFIED = "notification", "Notification (montant et durée de départ)"
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
