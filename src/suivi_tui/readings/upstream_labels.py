"""What the columns of upstream work and of evaluations are called on screen."""

from collections.abc import Mapping

from suivi_tui.readings.field_kinds import (
    Field,
    choice_field,
    date_field,
    flag_field,
    hours_field,
    link_field,
    number_field,
    text_field,
)
from suivi_tui.vocabulary import choices

UPSTREAM: Mapping[str, Mapping[str, Field]] = {
    "calibration": {
        "contract": link_field("Marché", "contract"),
        "lot": link_field("Lot", "lot"),
        "method": choice_field("Méthode", choices.CalibrationMethod),
        "inputs": Field("Données du calcul", "detail"),
        "result": hours_field("Heures calibrées"),
        "rounding": choice_field("Arrondi", choices.HoursRounding),
        "obligation": link_field("Obligation", "obligation"),
        "made_on": date_field("Fait le"),
        "comment": text_field("Commentaire"),
    },
    "policy": {
        "buyer": link_field("Acheteur", "buyer"),
        "kind": choice_field("Nature", choices.PolicyKind),
        "name": text_field("Nom"),
        "start": date_field("Début"),
        "end": date_field("Fin"),
        "text": text_field("Texte"),
    },
    "policy_target": {
        "buyer": link_field("Acheteur", "buyer"),
        "policy": link_field("Politique", "policy"),
        "year": number_field("Année"),
        "indicator": choice_field("Indicateur", choices.PolicyIndicator),
        "commitment": text_field("Engagement"),
        "unit": text_field("Unité"),
        "target": Field("Cible", "hundredths"),
        "typed": Field("Réalisé (saisi)", "hundredths"),
    },
    "evidence": {
        "policy_target": link_field("Objectif", "policy_target"),
        "date": date_field("Date"),
        "label": text_field("Preuve"),
        "link": text_field("Où la trouver"),
    },
    "directory_entry": {
        "kind": choice_field("Fonction", choices.DirectoryKind),
        "name": text_field("Nom"),
        "structure": text_field("Structure"),
        "company": link_field("Structure d'insertion", "company"),
        "buyer": link_field("Acheteur", "buyer"),
        "service": text_field("Service"),
        "role": text_field("Rôle"),
        "commune": text_field("Commune"),
        "mail": text_field("Courriel"),
        "phone": text_field("Téléphone"),
        "comment": text_field("Commentaire"),
    },
    "coverage": {
        "entry": link_field("Contact", "directory_entry"),
        "company": link_field("Structure", "company"),
        "territory": text_field("Territoire"),
        "trade": choice_field("Métier", choices.Sector),
    },
}
EVALUATIONS: Mapping[str, Mapping[str, Field]] = {
    "review": {
        "contract": link_field("Marché", "contract"),
        "author_kind": choice_field("Parole de", choices.ReviewAuthor),
        "author": text_field("Qui"),
        "text": text_field("Avis"),
        "rating": number_field("Note sur 5"),
        "given_on": date_field("Donné le"),
    },
    "snapshot": {
        "preset": text_field("Synthèse"),
        "label": text_field("Nom"),
        "filters": Field("Filtres", "detail"),
        "figures": Field("Chiffres", "detail"),
        "rules_version": text_field("Version des règles"),
        "fingerprint": text_field("Empreinte"),
        "vector": Field("État de l'historique", "hidden"),
        "made_on": date_field("Figée le"),
    },
    "export_log": {
        "what": text_field("Tableau"),
        "made_on": date_field("Fait le"),
        "how_many": number_field("Lignes"),
        "nominative": flag_field("Avec les noms"),
        "filters": text_field("Périmètre"),
    },
}
