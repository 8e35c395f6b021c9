"""Trades: the post people hold in them (with its ROME code), the CPV of the purchase."""

from typing import NamedTuple


class Trade(NamedTuple):
    """A trade. ``women`` is their weight among the people of the trade (1 is the mean)."""

    post: str
    rome: str
    cpv: str
    women: float


TRADES: dict[str, Trade] = {
    "Gros œuvre": Trade("Aide-maçon", "F1703", "45262500", 0.0),
    "Démolition": Trade("Ouvrier démolisseur", "F1703", "45111000", 0.0),
    "Terrassement et VRD": Trade("Ouvrier VRD", "F1702", "45233000", 0.2),
    "Enrobés": Trade("Ouvrier d'enrobés", "F1702", "45233220", 0.2),
    "Ouvrages d'art": Trade("Coffreur", "F1701", "45221000", 0.2),
    "Couverture": Trade("Aide-couvreur", "F1610", "45261000", 0.2),
    "Charpente bois": Trade("Aide-charpentier", "F1503", "45422000", 0.2),
    "Plâtrerie": Trade("Aide-plaquiste", "F1604", "45410000", 0.3),
    "Peinture": Trade("Peintre en bâtiment", "F1606", "45442100", 2.0),
    "Électricité": Trade("Aide-électricien", "F1602", "45310000", 0.6),
    "Plomberie": Trade("Aide-plombier", "F1603", "45330000", 0.3),
    "Chauffage et ventilation": Trade("Aide-monteur en chauffage", "F1603", "45331000", 0.3),
    "Menuiseries extérieures": Trade("Aide-menuisier", "F1607", "45421000", 0.3),
    "Façades": Trade("Façadier", "F1611", "45443000", 0.2),
    "Espaces verts": Trade("Ouvrier paysagiste", "A1203", "77310000", 0.8),
    "Canalisations": Trade("Canalisateur", "F1705", "45231300", 0.1),
    "Épuration": Trade("Agent d'exploitation de station", "K2301", "90420000", 0.4),
    "Collecte des déchets": Trade("Équipier de collecte", "K2303", "90511000", 0.5),
    "Tri et déchèteries": Trade("Agent de déchèterie", "K2304", "90512000", 1.0),
    "Nettoyage": Trade("Agent de propreté", "K2204", "90910000", 9.0),
    "Vitrerie": Trade("Laveur de vitres", "K2204", "90911300", 5.0),
    "Médiation": Trade("Agent de médiation", "K1204", "85320000", 2.2),
    "Maintenance": Trade("Agent de maintenance", "I1203", "50700000", 0.5),
    "Restauration": Trade("Employé de restauration", "G1603", "55520000", 3.5),
    "Numérique": Trade("Stagiaire assistant numérique", "M1805", "72000000", 2.0),
    "Réemploi": Trade("Agent de réemploi", "K2304", "90500000", 2.2),
    "Gardiennage": Trade("Agent d'accueil et de sécurité", "K2503", "79713000", 1.2),
    "Transport de personnes": Trade("Accompagnateur", "N4102", "60130000", 2.5),
    "Archivage": Trade("Agent de numérisation", "K1602", "79995100", 2.5),
    "Déménagement": Trade("Aide-déménageur", "N1102", "98392000", 0.1),
}

STRUCTURAL = ("Gros œuvre", "Démolition", "Ouvrages d'art")
"""Trades of the structural work, where women are rarest."""
