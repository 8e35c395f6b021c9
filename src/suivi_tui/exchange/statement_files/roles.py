"""What a column of a statement is for."""

from suivi_tui.vocabulary.choices import Choice


class Role(Choice):
    """The use of a column; codes are kept in the profiles of senders, labels are on screen.

    MONTH, DATE, WEEK, FROM and TO say when the hours of the row were worked; START and END are
    those of the work contract. HOURS, DAYS and CUMULATED are figures whose month is told
    elsewhere; the roles after them are figures whose heading tells when, or where.
    NEVER_READ is what must not enter a base (``design.md`` 8): its cells are not looked at again.
    """

    PERSON = "personne", "Nom et prénom"
    LAST = "nom", "Nom"
    FIRST = "prenom", "Prénom"
    BIRTH = "naissance", "Date de naissance"
    REFERENCE = "reference", "Référence de la personne"
    EMPLOYER = "employeur", "Employeur"
    EMPLOYER_SIRET = "employeur_siret", "SIRET de l'employeur"
    COMPANY = "entreprise", "Entreprise titulaire"
    COMPANY_SIRET = "entreprise_siret", "SIRET de l'entreprise titulaire"
    CONTRACT = "marche", "Numéro de marché"
    LOT = "lot", "Lot"
    SITE = "chantier", "Chantier ou opération"
    MONTH = "mois", "Mois"
    YEAR = "annee", "Année"
    DATE = "date", "Jour travaillé"
    WEEK = "semaine", "Semaine"
    FROM = "du", "Premier jour de la période"
    TO = "au", "Dernier jour de la période"
    HOURS = "heures", "Heures"
    DAYS = "jours", "Jours"
    CUMULATED = "cumul", "Heures cumulées depuis le début"
    MONTH_HOURS = "heures_mois", "Heures d'un mois"
    QUARTER_HOURS = "heures_trimestre", "Heures d'un trimestre"
    WEEK_HOURS = "heures_semaine", "Heures d'une semaine ou d'un jour"
    SITE_HOURS = "heures_chantier", "Heures d'un chantier"
    TOTAL = "total", "Total de la ligne, pour contrôle"
    KIND = "nature", "Nature des heures"
    START = "contrat_debut", "Début du contrat de travail"
    END = "contrat_fin", "Fin du contrat de travail"
    TYPE = "type_contrat", "Type de contrat de travail"
    POST = "poste", "Poste"
    WEEKLY = "temps_hebdo", "Temps de travail hebdomadaire"
    COMMENT = "commentaire", "Commentaire"
    NEVER_READ = "jamais_lue", "Jamais lue (numéro de sécurité sociale ou d'allocataire)"
    IGNORE = "ignoree", "Ignorée"


FIGURES = frozenset(
    (
        Role.HOURS,
        Role.DAYS,
        Role.CUMULATED,
        Role.MONTH_HOURS,
        Role.QUARTER_HOURS,
        Role.WEEK_HOURS,
        Role.SITE_HOURS,
    )
)
"""The roles whose cells become hours."""

PEOPLE = frozenset((Role.PERSON, Role.LAST, Role.REFERENCE))
"""The roles that say who."""

WHEN = frozenset((Role.MONTH, Role.DATE, Role.WEEK, Role.FROM))
"""The roles that say when, row by row."""
