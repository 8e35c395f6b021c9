"""The variables of the texts of clauses, in words the user can read: what a tag may name."""

from typing import Final

from suivi_tui.documents.variables import Names, Variables
from suivi_tui.vocabulary.choices import ClausePiece

FLAGS: Final[Names] = {
    "condition": "vrai pour une condition d'exécution, seule ou avec un critère",
    "critere": "vrai pour un critère d'attribution, seul ou avec une condition",
    "reserve": "vrai pour un marché réservé",
    "reserve_insertion": "vrai pour un marché réservé à l'insertion",
    "reserve_handicap": "vrai pour un marché réservé au handicap",
    "marche_insertion": "vrai quand l'insertion est l'objet du marché",
    "formation": "vrai pour une clause de formation",
    "trimestriel": "vrai quand les relevés sont trimestriels",
    "globalisation_admise": "vrai quand les heures peuvent être globalisées",
    "formule_par_montant": "vrai quand un lot doit des heures par montant commandé ou facturé",
    "formule_en_part": "vrai quand un lot doit une part des heures travaillées",
    "formule_par_annee": "vrai quand un lot doit un volume par année",
}
"""Written in conditions: ``{% if condition %}``."""

CLAUSE_VARIABLES: Final = Variables(
    FLAGS
    | {
        "forme": "forme juridique de la clause",
        "fondement": "la même, avec l'article quand il est certain",
        "article": "article du code sur lequel repose la clause",
        "marche": "numéro du marché",
        "objet": "objet du marché",
        "acheteur": "nom de l'acheteur",
        "operation": "opération",
        "montant": "montant du marché, hors taxes : une estimation ne se publie pas",
        "duree": "durée du marché",
        "heures": "obligatoire quand aucun lot n'a d'objectif : refuse le texte",
        "cadence": "cadence des relevés : mensuelle, trimestrielle",
        "jour_releve": "jour limite du relevé : 10, 1er",
        "globalisation": "admise, non admise",
        "fenetre": "durée pendant laquelle les heures d'une personne comptent",
        "poids": "poids du critère social",
        "ccag": "CCAG auquel le marché se réfère",
        "article_ccag": "son article, quand il est certain",
        "delai_justificatifs": "délai pour remettre un justificatif demandé",
        "facilitateur": "nom du facilitateur",
        "facilitateur_structure": "sa structure",
        "facilitateur_courriel": "son courriel",
        "facilitateur_telephone": "son téléphone",
        "facilitateur_contact": "ce qui est connu des deux ; l'un des deux est obligatoire",
    },
    {
        "lots": {
            "nom": "lot et intitulé",
            "objectif": "heures dues, ou la formule qui les donne",
        },
        "lots_sans_objectif": {"nom": "lot et intitulé"},
        "tranches": {"nom": "lot", "texte": "tranche et ses heures"},
        "publics": {"": "publics éligibles, un par ligne"},
        "particularites": {"": "phrases : ce qu'un lot a de particulier"},
        "penalites": {"": "phrases, une par pénalité"},
        "plafonds": {"": "phrases, une par plafond"},
    },
)

_HEAD: Final = """Variables des textes de clause

Chaque texte est un fichier .md que vous pouvez modifier dans n'importe quel éditeur.
# Titre, ## Article, ### Sous-article ; - au début d'une ligne pour une liste ; **en gras** ;
un tableau a une ligne | ainsi | faite |, puis | --- | --- |.
Une variable s'écrit entre doubles accolades : {{ marche }}. Une variable vide refuse le texte :
entourez-la d'une condition, {% if marche %} … {% endif %}, si elle peut manquer.
Une liste : {% for lot in lots %}| {{ lot.nom }} | {{ lot.objectif }} |, à la ligne, {% endfor %}.
Ne laissez aucun champ entre crochets ni aucun « à compléter » : le texte serait refusé.
Pour retrouver un texte d'origine, supprimez ou renommez le vôtre : il sera recréé.
"""


def clause_variables_text() -> str:
    """The page that is put beside the texts."""
    parts = [_HEAD, "\nTextes\n"]
    parts += [f"  {piece.value}.md : {piece.label}\n" for piece in ClausePiece]
    parts.append("\nVariables\n")
    parts += [f"  {name} : {what}\n" for name, what in CLAUSE_VARIABLES.plain.items()]
    for name, fields in CLAUSE_VARIABLES.lists.items():
        inside = " ; ".join(f".{field} = {what}" if field else what
                            for field, what in fields.items())  # fmt: skip
        parts.append(f"  {name} (liste) : {inside}\n")
    return "".join(parts)
