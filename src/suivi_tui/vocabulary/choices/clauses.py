"""The texts of a clause: their pieces, and what a contract says to write them (domain.md 8)."""

from suivi_tui.vocabulary.choices.choice import Choice


class ClausePiece(Choice):
    """Pieces of a consultation that speak of the clause; each has its own text."""

    NOTICE = "avis", "Avis d'appel à la concurrence"
    RULES = "rc", "Règlement de la consultation"
    ADMINISTRATIVE = "ccap", "Cahier des clauses administratives"
    COMMITMENT = "ae", "Acte d'engagement"
    PUBLICS = "annexe_publics", "Annexe, publics éligibles"
    COMPANY_FORM = "annexe_entreprise", "Annexe, fiche entreprise"
    STATEMENT_FORM = "annexe_releve", "Annexe, relevé d'heures"
    DATA_NOTICE = "annexe_donnees", "Annexe, données personnelles"


CLAUSE_TERM = "clause/"
"""The prefix of the terms that only serve to write the text of a clause (``ClauseTerm``)."""


class ClauseTerm(Choice):
    """What a contract or one of its lots says for the text of its clause alone.

    Hours are hundredths, the weight hundredths of a per cent; publics are codes of ``Criterion``
    joined by ``+``. Hours and formula serve while nobody owes them yet.
    """

    HOURS = "clause/heures", "Heures du texte de la clause"
    FORMULA = "clause/formule", "Formule du texte de la clause"
    PUBLICS = "clause/publics", "Publics éligibles"
    WEIGHT = "clause/poids", "Poids du critère social"
    GENERAL = "clause/ccag", "CCAG du marché"
    PROOF_DAYS = "clause/delai_justificatifs", "Délai pour remettre un justificatif, en jours"


class GeneralClauses(Choice):
    """General administrative clauses of 2021 that a contract may refer to."""

    WORKS = "travaux", "CCAG-Travaux", "travaux"
    SUPPLIES_SERVICES = "fcs", "CCAG-FCS", "fournitures et services"
    INTELLECTUAL = "pi", "CCAG-PI", "prestations intellectuelles"
    IT = "tic", "CCAG-TIC", "informatique"
    WORKS_SUPERVISION = "moe", "CCAG-MOE", "maîtrise d'œuvre"
    INDUSTRIAL = "mi", "CCAG-MI", "marchés industriels"
