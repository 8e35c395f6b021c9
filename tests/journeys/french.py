"""What French readers would trip over in a text on screen: foreign words, typography, formats."""

import re
from collections.abc import Iterator
from typing import Final

# Words of another language, alone; those that are French too (« close », « note ») are left out.
ENGLISH: Final = (
    "select search cancel quit save saved loading screenshot keys theme error warning yes file "
    "name value row column details next previous enter delete add remove edit help show hide "
    "press button toggle maximize minimize copy paste move focus back done invalid must required "
    "the and with this that please confirm submit reset open settings default empty unknown "
    "today week month year home page-up filter undo redo import-error true false list "
    "backspace escape space shift down up left right click drag scroll dark-mode light-mode"
)
# What Textual says by itself.
OF_TEXTUAL: Final = (
    "No matches", "Search for commands", "Change theme", "Show help", "Hide keys", "Show keys",
    "Maximize", "Minimize", "Take screenshot", "Command palette", "System", "Press any key",
    "Not a valid", "Quit the application", "Change the current theme", "Save a",
)  # fmt: skip
# Words of this application that lost their accents.
BARE: Final = (
    "Echeance Echeances Eligibilite Evaluation Operation Operations Periode Numero Debut Telephone "
    "Reference Critere Criteres Declarees Declaree Validees Refusees Prenom Repartition "
    "Repartitions Donnees Releve Releves Equivalent Etat Etape Ecran Ecrans Echap Entree Duree "
    "Reponse Resultat Resultats Deja Apres Demarrage Cloture Reglages Referent Prescripteurs- "
    "Theme Themes Evolution Echange Echanges Equipe Verifier Verifie Verification Annulee "
    "Modifiee Creation- Cree Crees Ecarte Ecartes Enregistrees Realiser- Realisees "
    "Qualifie Prevue Prevues Recu Recus Perimetre Activite Activites Qualite Societe Fevrier Aout "
    "Decembre Departement Region Regions Superieur Interim Experience Mineur- Majorite"
)
_BARE_WORDS: Final = [word for word in BARE.split() if not word.endswith("-")]

_RULES: Final = (
    ("mot anglais", rf"(?i)(?<![\w'-])(?:{'|'.join(ENGLISH.split())})(?![\w'…-])"),
    ("chaîne de Textual", "|".join(re.escape(text) for text in OF_TEXTUAL)),
    ("accent perdu", rf"(?i)(?<![\w/.-])(?:{'|'.join(_BARE_WORDS)})(?![\w.-])"),
    ("capitale sans accent", r"\bA (?:réaliser|valider|faire|qualifier|saisir|appeler)\b"),
    # A sign before a no-break space is one of a legend: « ! en retard ».
    ("espace avant le signe", r"[\w)»%€] [;?!:»](?=[ \n]|$)"),
    ("signe collé au mot", r"[^\W\d_][;?!](?=\s|$)|[^\W\d_]:\s"),
    ("guillemet ouvrant", r"« \S|«[^\s\u00a0]"),
    ("signe en début de ligne", r"(?m)^[ │┃]*[;:»] "),
    ("espace avant l'unité", r"(?<!-)\b\d+ (?:h|€|%|km)(?!\w)"),
    ("espace des milliers", r"(?<![\d,])\d{1,3}(?: \d{3})+(?:,\d\d)?\u00a0(?:h|€)"),
    ("point décimal", r"(?<![\w.])\d+\.\d{1,2}(?![\w.])"),
    ("date ISO", r"(?<![\w./-])\d{4}-\d{2}(?:-\d{2})?(?![\w./-])"),
    ("apostrophe courbe", "\u2019"),
    ("trois points", r"\.\.\."),
    ("pluriel", r"(?<![\d,\u00a0])[01][ \u00a0](?:lignes|heures|obligations|alertes|marchés|jours"
                r"|participants|personnes|contrats|relevés|changements|enregistrements)\b"),
)  # fmt: skip
RULES: Final = tuple((name, re.compile(pattern)) for name, pattern in _RULES)


def faults_of(text: str) -> Iterator[tuple[str, str]]:
    """Each fault of a text: the rule, and what is around it."""
    for name, rule in RULES:
        for found in rule.finditer(text):
            around = text[max(0, found.start() - 30) : found.end() + 20]
            yield name, around.replace("\n", "⏎")
