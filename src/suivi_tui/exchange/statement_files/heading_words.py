"""The words by which senders call the columns of their statements."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from suivi_tui.exchange.columns import normal_header
from suivi_tui.exchange.columns_hours import HOUR_COLUMNS
from suivi_tui.exchange.statement_files.roles import Role

# Our own files come back as statements too: their columns, by the field they fill.
_OF_FIELD = {
    "contract": Role.CONTRACT,
    "lot": Role.LOT,
    "company": Role.COMPANY,
    "company_siret": Role.COMPANY_SIRET,
    "month": Role.MONTH,
    "participant": Role.PERSON,
    "employer": Role.EMPLOYER,
    "employer_siret": Role.EMPLOYER_SIRET,
    "type": Role.TYPE,
    "start": Role.START,
    "end": Role.END,
    "weekly_hours": Role.WEEKLY,
    "post": Role.POST,
    "kind": Role.KIND,
    "declared": Role.HOURS,
    "comment": Role.COMMENT,
}

_WORDS: dict[Role, tuple[str, ...]] = {
    Role.PERSON: (
        "nom et prénom", "nom prénom", "prénom nom", "prénom et nom", "nom / prénom",
        "noms prénoms", "noms et prénoms", "salarié", "salariés", "salariée", "salarié(e)",
        "salarié en insertion", "bénéficiaire", "bénéficiaires", "participant", "participante",
        "intérimaire", "intérimaires", "personne", "personnes", "agent", "ouvrier", "stagiaire",
        "employé", "candidat", "identité", "nom du salarié", "nom de l'intérimaire",
        "nom complet", "collaborateur", "salarié(e)s", "personnel", "personnel en insertion",
        "salarié intérimaire", "nom, prénom",
    ),
    Role.LAST: (
        "nom", "noms", "nom de famille", "nom de naissance", "nom d'usage", "nom usuel",
    ),
    Role.FIRST: (
        "prénom", "prénoms", "prénom usuel", "prénom du salarié", "prénom bénéficiaire",
    ),
    Role.BIRTH: (
        "date de naissance", "naissance", "né le", "née le", "né(e) le", "date naiss", "ddn",
        "date naiss.", "dt naissance",
    ),
    Role.REFERENCE: (
        "référence participant", "référence bénéficiaire", "référence salarié",
        "code participant", "référence du participant", "réf participant",
        "identifiant participant", "n° participant", "réf facilitateur", "référence facilitateur",
        "référence personne",
    ),
    Role.EMPLOYER: (
        "employeur", "structure", "siae", "etti", "geiq", "agence", "structure employeuse",
        "agence d'intérim", "structure d'insertion", "nom de la structure", "agence d'emploi",
    ),
    Role.EMPLOYER_SIRET: (
        "siret employeur", "siret structure", "siret agence", "siret etti",
    ),
    Role.COMPANY: (
        "entreprise", "titulaire", "attributaire", "client", "entreprise utilisatrice", "eu",
        "entreprise titulaire", "nom du client", "raison sociale", "société", "utilisateur",
        "entreprise attributaire", "nom entreprise", "entreprise cliente", "mandataire",
    ),
    Role.COMPANY_SIRET: (
        "siret entreprise", "siret titulaire", "siret client", "siret attributaire",
    ),
    Role.CONTRACT: (
        "marché", "n° marché", "numéro de marché", "n° de marché", "référence marché",
        "réf marché", "réf. marché", "numéro du marché", "marché n°", "code marché",
        "marché public", "num marché", "marché lot", "marché / lot", "marché et lot",
        "n° marché / lot",
    ),
    Role.LOT: (
        "lot", "n° lot", "n° de lot", "numéro de lot", "lots", "lot n°", "lot concerné",
        "lot / chantier",
    ),
    Role.SITE: (
        "chantier", "site", "opération", "lieu", "lieu de mission", "chantier / opération",
        "projet", "nom du chantier", "affaire", "lieu de travail", "intitulé du marché",
        "objet du marché", "libellé chantier", "chantier concerné", "lieu d'intervention",
        "opération / chantier",
    ),
    Role.MONTH: (
        "mois", "période", "mois concerné", "mois travaillé", "mois de déclaration",
        "mois de paie", "mois/année", "mois année", "période concernée", "période de travail",
        "mois d'activité",
    ),
    Role.YEAR: (
        "année", "an", "exercice",
    ),
    Role.DATE: (
        "date", "jour", "date du jour", "date travaillée", "date de travail", "journée",
    ),
    Role.WEEK: (
        "semaine", "n° semaine", "sem", "sem.", "n° de semaine", "numéro de semaine",
        "semaine n°", "semaine du", "semaine iso", "numéro semaine",
    ),
    Role.FROM: (
        "du", "début période", "début de période", "période du", "début semaine",
        "date début période", "de", "depuis le", "début de semaine", "premier jour",
    ),
    Role.TO: (
        "au", "fin période", "fin de période", "fin semaine", "date fin période", "période au",
        "jusqu'au", "fin de semaine", "dernier jour",
    ),
    Role.HOURS: (
        "heures", "heure", "h", "hrs", "nb h", "nbre d'heures", "nombre d'heures", "nb heures",
        "nb d'heures", "nbr heures", "heures d'insertion", "volume horaire", "heures réalisées",
        "heures travaillées", "heures effectuées", "heures déclarées", "heures du mois", "durée",
        "nombre d'heures réalisées", "nombre d'heures d'insertion",
        "heures d'insertion réalisées", "nombre d'heures travaillées", "nb d'heures réalisées",
        "heures mensuelles", "temps", "temps de travail", "heures faites", "nb heures réalisées",
        "quantité", "qté", "nombre d'heures effectuées", "heures mois", "temps travaillé",
        "heures semaine",
    ),
    Role.DAYS: (
        "jours", "nb jours", "nombre de jours", "jours travaillés", "nbre de jours",
        "nb de jours", "jours réalisés", "jours effectués", "nb jours travaillés", "j",
        "nombre de jours travaillés", "jrs", "journées",
    ),
    Role.CUMULATED: (
        "cumul", "cumul heures", "heures cumulées", "total cumulé", "cumul depuis le début",
        "cumul à ce jour", "cumul des heures", "total depuis le début", "heures depuis le début",
        "cumul depuis le début du chantier", "heures réalisées à ce jour",
    ),
    Role.TOTAL: (
        "total", "total général", "totaux", "total heures", "total h", "total des heures",
    ),
    Role.KIND: (
        "nature", "nature des heures", "type d'heures", "nature heures",
    ),
    Role.START: (
        "début de contrat", "date d'entrée", "date de début", "date début", "date d'embauche",
        "embauche", "début", "début mission", "début de mission", "date début contrat", "entrée",
        "date de début de contrat", "date début mission", "date de début de mission",
        "début contrat",
    ),
    Role.END: (
        "fin de contrat", "date de sortie", "date de fin", "date fin", "fin", "fin mission",
        "sortie", "fin de mission", "date fin contrat", "date de fin de contrat",
        "date fin mission", "date de fin de mission", "fin contrat",
    ),
    Role.TYPE: (
        "type de contrat", "contrat", "nature du contrat", "contrat de travail", "type contrat",
        "type de contrat de travail", "statut",
    ),
    Role.POST: (
        "poste", "métier", "emploi", "fonction", "poste occupé", "qualification", "mission",
    ),
    Role.WEEKLY: (
        "temps hebdo", "temps hebdomadaire", "heures hebdo", "durée hebdomadaire",
        "horaire hebdo", "temps de travail hebdomadaire", "heures hebdomadaires", "base hebdo",
    ),
    Role.COMMENT: (
        "commentaire", "commentaires", "observations", "observation", "remarque", "remarques",
        "notes",
    ),
    Role.IGNORE: (
        "civilité", "titre", "sexe", "genre", "h/f", "adresse", "cp", "ville", "code postal",
        "téléphone", "tel", "tél.", "mail", "email", "courriel", "commune", "nationalité", "âge",
        "signature", "visa", "émargement", "n°", "no", "numéro", "ligne", "rang", "matricule",
        "qpv", "acheteur", "maître d'ouvrage", "donneur d'ordre", "motif", "critère", "public",
        "rome", "niveau", "niveau de formation", "éligibilité", "prescripteur", "tuteur",
        "référent", "id", "validées", "heures validées", "motif refus", "motif de refus", "pièce",
        "type structure", "modalité", "acheteur siret", "code rome", "n° contrat",
        "numéro de contrat", "n° de contrat", "n° mission", "département", "pays", "etp", "taux",
        "n° d'ordre", "jour de la semaine",
    ),
}  # fmt: skip

_PATTERNS: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (Role.EMPLOYER_SIRET, r"siret.*(?:employeur|structure|etti|agence|geiq)"),
        (Role.COMPANY_SIRET, r"siret.*(?:entreprise|titulaire|client|societe)"),
        (Role.BIRTH, r"\bnaissance\b|^nee? e? ?le\b"),
        (Role.PERSON, r"^noms? .*prenoms?\b|^prenoms? .*\bnoms?\b"),
        (Role.FIRST, r"^prenoms?\b"),
        (Role.LAST, r"^noms? (?:salarie|beneficiaire|interimaire|participant|personne|usage)"),
        (Role.PERSON, r"^(?:liste )?(?:salaries?|beneficiaires?|interimaires?|participants?)\b"),
        (Role.CONTRACT, r"\b(?:numero|n|no|ref|reference|code) marche\b|^marche (?:n|no|numero)\b"),
        (Role.LOT, r"^(?:n|no|numero|intitule|libelle) lot\b|^lot (?:n|no|numero|ou)\b"),
        (Role.SITE, r"^(?:nom|libelle|intitule|lieu)? ?(?:chantier|operation|site)s?\b"),
        (Role.START, r"\bdebut\b.*\b(?:contrat|mission)\b|\bdate (?:entree|embauche|arrivee)\b"),
        (Role.END, r"\bfin\b.*\b(?:contrat|mission)\b|\bdate (?:sortie|depart)\b"),
        (Role.TYPE, r"\btype\b.*\bcontrat\b|\bnature contrat\b"),
        (Role.WEEKLY, r"\bhebdo(?:madaires?)?\b"),
        (Role.COMMENT, r"^(?:observ|comment|remarq)"),
    )
)


@cache
def _index() -> dict[str, Role]:
    index: dict[str, Role] = {}
    for text, role in _listed():
        index.setdefault(normal_header(text), role)
    return index


def _listed() -> Iterator[tuple[str, Role]]:
    for role, words in _WORDS.items():
        for word in words:
            yield word, role
    for column in HOUR_COLUMNS.columns:
        role = _OF_FIELD.get(column.field, Role.IGNORE)
        for word in (column.name, *column.synonyms):
            yield word, role


def role_of_words(texts: Iterable[str]) -> Role | None:
    """The role that a heading names: a known name first, then a pattern."""
    words = [normal_header(text) for text in texts]
    index = _index()
    for word in words:
        if word in index:
            return index[word]
    for word in words:
        for role, pattern in _PATTERNS:
            if pattern.search(word):
                return role
    return None
