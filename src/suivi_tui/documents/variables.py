"""The variables of each template, in words the user can read: what a tag may name.

A line of a list (``releves``) has variables of its own, written ``releve.marche`` in a loop.
"""

from typing import Final, NamedTuple

from suivi_tui.vocabulary.choices import DocumentKind

Names = dict[str, str]


class Variables(NamedTuple):
    """Plain variables, and for each list what its lines hold."""

    plain: Names
    lists: dict[str, Names]

    @property
    def known(self) -> frozenset[str]:
        """Every name that a tag may use."""
        return frozenset(self.plain) | frozenset(self.lists)


_SHARED: Final[Names] = {
    "date": "date du jour, en toutes lettres",
    "ville": "votre ville (réglages)",
    "structure": "votre structure (réglages)",
    "adresse": "adresse de votre structure (réglages)",
    "auteur": "votre nom (réglages)",
    "fonction": "votre fonction (réglages)",
    "coordonnees": "vos téléphone et courriel (réglages)",
    "societe": "entreprise, structure ou acheteur à qui le courrier est adressé",
    "commune": "sa commune",
    "destinataire": "nom du contact",
    "destinataire_fonction": "fonction du contact",
}
_CONTRACT: Final[Names] = {
    "marche": "numéro du marché",
    "objet": "objet du marché",
    "acheteur": "nom de l'acheteur",
    "entreprise": "nom de l'entreprise",
    "siret": "son SIRET, vide s'il est inconnu",
    "fondement": "forme juridique de la clause, avec l'article quand il est certain",
}
_REMINDER: Final[Names] = {
    "marches": "nombre de marchés concernés (« 3 marchés »)",
    "marches_possessif": "« ce marché » ou « ces marchés »",
    "constat": "phrase : combien de relevés manquent",
    "mois": "mois manquants, tous marchés ensemble",
    "fondement": "formes juridiques des clauses concernées",
    "acheteurs": "noms des acheteurs concernés",
    "reponse_avant": "date limite de réponse",
    "relance_precedente": "date de la relance précédente, vide s'il n'y en a pas",
}
_STATEMENTS: Final = {
    "releves": {
        "marche": "marché et lot",
        "objet": "opération, ou objet du marché",
        "acheteur": "acheteur",
        "mois": "mois attendus",
        "limite": "date à laquelle le premier était dû",
    }
}
_REMINDERS: Final = Variables(_SHARED | _REMINDER, _STATEMENTS)

VARIABLES: Final[dict[DocumentKind, Variables]] = {
    DocumentKind.REMINDER_1: _REMINDERS,
    DocumentKind.REMINDER_2: _REMINDERS,
    DocumentKind.ELIGIBILITY_NOTICE: Variables(
        _SHARED
        | {
            "personne": "prénom et nom de la personne",
            "poste": "poste occupé",
            "type_contrat": "type de contrat de travail",
            "periode_contrat": "dates du contrat de travail",
            "validee_le": "date de la validation de l'éligibilité",
            "periode_eligible": "période pendant laquelle les heures comptent",
        },
        {
            "affectations": {
                "marche": "marché et lot",
                "objet": "objet du marché",
                "titulaire": "titulaire du lot",
                "fondement": "forme juridique de la clause",
            }
        },
    ),
    DocumentKind.OUTCOME_REQUEST: Variables(
        _SHARED
        | {
            "lien": "« employé » ou « orienté »",
            "personnes": "nombre de personnes (« 3 personnes »)",
            "situations": "situations possibles",
            "reponse_avant": "date limite de réponse",
        },
        {
            "parcours_demandes": {
                "personne": "prénom et nom",
                "poste": "poste occupé",
                "sortie": "date de fin du parcours",
                "moment": "à la sortie, à 3, 6 ou 12 mois",
            }
        },
    ),
    DocumentKind.CERTIFICATE: Variables(
        _SHARED
        | _CONTRACT
        | {
            "portee": "ce que l'attestation couvre : totalité, partie, lot, sous-traitant",
            "pour_le_compte": "titulaire pour qui un sous-traitant a travaillé, sinon vide",
            "periode": "période couverte",
            "dues": "heures dues",
            "validees": "heures validées",
            "a_valider": "heures déclarées non encore vérifiées",
            "reste": "heures restant à réaliser",
            "taux": "taux de réalisation",
            "personnes": "nombre de personnes (« 4 personnes »)",
            "conclusion": "phrase : obligation satisfaite, en partie, ou non",
            "reserve": "motif donné quand des heures restent à valider, sinon vide",
        },
        {
            "lots": {
                "nom": "lot",
                "dues": "heures dues",
                "validees": "heures validées",
                "reste": "reste à réaliser",
            }
        },
    ),
    DocumentKind.MEETING_BRIEF: Variables(
        _SHARED
        | {
            "operation": "nom de l'opération",
            "acheteur": "acheteur",
            "lieu": "lieu de l'opération",
            "dues": "heures dues, tous lots ensemble",
            "attendues": "heures attendues à ce jour",
            "validees": "heures validées",
            "a_valider": "heures à valider",
            "taux": "taux de réalisation",
            "personnes": "nombre de personnes différentes",
        },
        {
            "blocs": {
                "lots": "les lots mis côte à côte ; chacun a nom, entreprise, dues, attendues, "
                "validees, a_valider, reste, taux, personnes, fin, alertes, a_decider"
            }
        },
    ),
    DocumentKind.FORMAL_NOTICE: Variables(
        _SHARED
        | _CONTRACT
        | {
            "lot": "lot, vide pour un lot unique",
            "fin": "fin de l'obligation, vide si elle est inconnue",
            "dues": "heures dues",
            "validees": "heures validées",
            "a_valider": "heures à valider, vide s'il n'y en a pas",
            "reste": "heures restant à réaliser",
            "delai": "délai proposé (« 15 jours »)",
        },
        {
            "manquements": {"": "phrases, une par manquement"},
            "demandes": {"": "phrases, une par demande"},
            "echanges": {"date": "date", "nature": "relance, réunion…"},
        },
    ),
    DocumentKind.PENALTY: Variables(
        _SHARED
        | _CONTRACT
        | {
            "lot": "lot, vide pour un lot unique",
            "montant": "montant proposé, hors taxes",
            "efforts": "moyens dont l'entreprise fait état, ou vide",
            "avertissement": "rappel : l'acheteur seul décide",
        },
        {
            "situation": {"quoi": "intitulé", "valeur": "valeur"},
            "calcul": {"": "phrases, une par étape du calcul"},
        },
    ),
}

_HEAD: Final = """Variables des modèles de courriers

Chaque modèle est un fichier Word (.docx) que vous pouvez modifier : texte, logo, mise en page.
Le fichier .txt du même nom est le courriel qui l'accompagne ; sa première ligne est son objet.
Une variable s'écrit entre doubles accolades : {{ marche }}.
Dans Word, une liste remplit un tableau : {%tr for releve in releves %} seul dans une ligne,
puis une ligne avec {{ releve.marche }}, puis {%tr endfor %} seul dans une ligne.
Un passage facultatif : {%p if reserve %} seul dans un paragraphe, puis {%p endif %}.
Filtres permis : upper, lower, capitalize, title, trim, default, join, length, first, last.
Pour retrouver un modèle d'origine, supprimez ou renommez le vôtre : il sera recréé.
"""


def variables_text() -> str:
    """The page that is put beside the templates."""
    parts = [_HEAD]
    for kind, variables in VARIABLES.items():
        parts.append(f"\n{kind.label} ({kind.value}.docx, {kind.value}.txt)\n")
        parts += [f"  {name} : {what}\n" for name, what in variables.plain.items()]
        for name, fields in variables.lists.items():
            inside = " ; ".join(
                f".{field} = {what}" if field else what for field, what in fields.items()
            )
            parts.append(f"  {name} (liste) : {inside}\n")
    return "".join(parts)
