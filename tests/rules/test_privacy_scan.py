"""What a comment should never say is found; what the trade says every day is not."""

import pytest

from suivi_tui.rules.privacy_scan import SensitiveMatter, scan, scan_sentence, sensitive_matters

HEALTH, JUSTICE, NIR = SensitiveMatter


@pytest.mark.parametrize(
    ("text", "matters"),
    [
        ("En arrêt maladie depuis mardi", {HEALTH}),
        ("EN ARRET MALADIE", {HEALTH}),
        ("Salarié RQTH, poste adapté", {HEALTH}),
        ("Reconnue travailleuse handicapée", {HEALTH}),
        ("Problèmes d'addiction", {HEALTH}),
        ("Elle est enceinte, part en septembre", {HEALTH}),
        ("hospitalisé deux semaines", {HEALTH}),
        ("Sous bracelet électronique jusqu'en mai", {JUSTICE}),
        ("sort de détention", {JUSTICE}),
        ("Sorti de prison en mars", {JUSTICE}),
        ("Suivi par le SPIP", {JUSTICE}),
        ("Incarcéré", {JUSTICE}),
        ("casier judiciaire demandé, arrêt maladie", {HEALTH, JUSTICE}),
        ("n° 2 85 05 59 350 123 45", {NIR}),
        ("185057800608436", {NIR}),
        # What the trade says every day.
        ("", set()),
        ("Arrêt de chantier du 12 au 20", set()),
        ("Relancer la cellule emploi", set()),
        ("Nettoyage de l'hôpital", set()),
        ("Réhabilitation de la maison d'arrêt", set()),
        ("Rénovation du centre pénitentiaire", set()),
        ("Chantier du centre de détention", set()),
        ("Marché réservé au handicap", set()),
        ("Accessibilité des personnes handicapées", set()),
        ("Condamné à des pénalités de 3 000 €", set()),
        ("SIRET 35600000000048", set()),
        ("Appeler au 03 20 00 00 00", set()),
        ("Bulletin de paie demandé", set()),
        ("Heures facturées à tort le mois précédent", set()),
        ("Attestation de l'assurance maladie reçue", set()),
        ("Traitement des déchets, peine à recruter", set()),
        ("Prison", {JUSTICE}),
        ("comprisons", set()),
        ("Dans l'enceinte du chantier", set()),
        ("Formation soudure TIG", set()),
        ("Opéré de nuit", set()),
        ("Porte condamnée côté rue", set()),
        ("Fait un TIG jusqu'en juin", {JUSTICE}),
    ],
)
def test_words_of_health_and_justice(text: str, matters: set[SensitiveMatter]) -> None:
    assert sensitive_matters(text) == matters


def test_counts_are_told_and_never_the_text() -> None:
    found = scan(["arrêt maladie de Paul", "prison", "RQTH", "rien"])
    assert found == {HEALTH: 2, JUSTICE: 1}
    sentence = scan_sentence(found)
    assert "santé\u00a0: 2\u00a0textes" in sentence
    assert "Paul" not in sentence
    assert scan_sentence({}) == ""
