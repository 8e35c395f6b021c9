"""Words of health and justice, and social security numbers, found in free text.

What is sensitive is kept in closed lists, never in a comment (domain.md 9): this finds what was
typed all the same, before it leaves. Better a word too few than an alarm nobody reads: words
that the trade uses otherwise (« arrêt de chantier », « cellule emploi ») are not looked for.
"""

import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from suivi_tui.vocabulary.identifiers import looks_like_nir
from suivi_tui.vocabulary.numbers import NBSP, plural
from suivi_tui.vocabulary.text import fold


class SensitiveMatter(StrEnum):
    """What a text speaks of that should not have been typed."""

    HEALTH = "santé"
    JUSTICE = "justice"
    NIR = "numéro de sécurité sociale"


_HEALTH = (
    r"maladies?|malades?"
    r"|accident du travail|inaptitude|inaptes?|invalidite|handicap(?:e|ee|es|ees|s)?|rqth|aah|mdph"
    r"|depressi(?:f|fs|ve|ves|on|ons)|burn[- ]?out|psychiatr\w*|psycholog\w*|psychiques?"
    r"|hospitalis\w+|chimiotherapie|cancers?|diabet(?:e|ique|iques)|epilep\w+|seropositi\w+|vih"
    r"|addict(?:ion|ions|if|ive|s)?|toxicoman\w*|alcooli\w+|alcoolemie|sevrage|desintoxication"
    r"|enceintes?|grossesses?|conge maternite|traitement medical|suivi medical|dossier medical"
    r"|certificat medical|mi-temps therapeutique|medicaments?"
    r"|(?:operation|intervention) chirurgicale|chirurgie"
)
_JUSTICE = (
    r"prisons?|prisonni\w+|detentions?|detenue?s?|incarcer\w+|ecroue?e?s?|sous ecrou|maison d'arret"
    r"|centre penitentiaire|centre de detention|bracelet electronique|semi-liberte"
    r"|liberation conditionnelle|libere conditionnel|controle judiciaire|casier judiciaire"
    r"|suivi judiciaire|sursis probatoire|mise a l'epreuve|condamne(?:e|s|es)?|condamnations?"
    r"|garde a vue|mise en examen|mis en examen|sous main de justice|ppsmj|spip|pjj"
    r"|travail d'interet general|tig|delinquan\w+|amenagement de peine|fin de peine|delits?"
)
_WORDS = {
    SensitiveMatter.HEALTH: re.compile(rf"(?<!\w)(?:{_HEALTH})(?!\w)"),
    SensitiveMatter.JUSTICE: re.compile(rf"(?<!\w)(?:{_JUSTICE})(?!\w)"),
}
# The same words said of the work, of the contract or of a place: nobody's health or record.
_OF_THE_TRADE = re.compile(
    r"(?<!\w)(?:"
    r"(?:secteur|marche reserve au|entreprises? du|structures? du|acteurs? du) handicap"
    r"|travail(?:leurs?)? des? handicapes?|lots? handicap"
    r"|assurance[- ]maladie|caisse primaire d'assurance maladie"
    r"|(?:travaux|chantier|renovation|rehabilitation|construction|entretien|nettoyage|marche|site|"
    r"batiments?|restauration)(?: \w+){0,2} (?:de |du |d'|a |au )?(?:la |l')?"
    r"(?:prison|maison d'arret|centre penitentiaire|centre de detention|hopital psychiatrique|"
    r"mdph|spip|pjj|psychiatrie)"
    r"|accessibilite (?:des |aux |pour )?(?:personnes )?handicape(?:e|s|es)?"
    r"|(?:clause|porte|acces|voie)s? condamne(?:e|s|es)?"
    r"|l'enceinte|enceinte (?:du|de|des|sportive)|(?:soud\w+|postes?|procede)(?: a)?(?: l'arc)? tig"
    r"|condamne(?:e|s|es)? (?:a|par) (?:des )?(?:penalites?)"
    r")(?!\w)"
)


def sensitive_matters(text: str) -> frozenset[SensitiveMatter]:
    """What a free text speaks of; accents and case aside, whole words only."""
    if not text:
        return frozenset()
    folded = _OF_THE_TRADE.sub(" ", fold(text))
    found = {matter for matter, words in _WORDS.items() if words.search(folded)}
    if looks_like_nir(text):
        found.add(SensitiveMatter.NIR)
    return frozenset(found)


def scan(texts: Iterable[str]) -> dict[SensitiveMatter, int]:
    """How many texts speak of each matter; empty when none does."""
    counts: Counter[SensitiveMatter] = Counter()
    for text in texts:
        counts.update(sensitive_matters(text))
    return {matter: counts[matter] for matter in SensitiveMatter if counts[matter]}


def scan_sentence(found: dict[SensitiveMatter, int]) -> str:
    """What was found, in one French sentence that gives counts and no text; '' without any."""
    if not found:
        return ""
    told = ", ".join(
        f"{matter.value}{NBSP}: {plural(count, 'texte', 'textes')}"
        for matter, count in found.items()
    )
    return f"Des textes libres de cet export parlent de ce qui est sensible ({told})."
