"""The companies and structures of the demonstration, all invented."""

from typing import NamedTuple

from suivi_tui.vocabulary.choices import CompanyKind

_SEAT = "Valorme"


class CompanyPlan(NamedTuple):
    """A holder or a structure; ``naf`` is the code of its main activity."""

    name: str
    naf: str
    kind: CompanyKind = CompanyKind.ORDINARY
    commune: str = _SEAT


STRUCTURES: dict[str, CompanyPlan] = {
    "etti": CompanyPlan("Orme Intérim Insertion", "78.20Z", CompanyKind.ETTI),
    "ett": CompanyPlan("Valorme Intérim", "78.20Z", CompanyKind.ETT),
    "geiq": CompanyPlan("GEIQ BTP du Val d'Orme", "78.30Z", CompanyKind.GEIQ),
    "ei": CompanyPlan("Vère Insertion Services", "81.21Z", CompanyKind.EI),
    "ai": CompanyPlan("Coup de Main du Val", "78.30Z", CompanyKind.AI),
    "regie": CompanyPlan("Régie des Quartiers de l'Orme", "81.10Z", CompanyKind.REGIE),
    "aci": CompanyPlan("Les Ateliers du Réemploi", "38.32Z", CompanyKind.ACI, "Villeneuve-d'Orme"),
    "ea": CompanyPlan("Adaptaval", "82.19Z", CompanyKind.EA, "Saint-Aubin-sur-Orme"),
}

HOLDERS: dict[str, CompanyPlan] = {
    "terrassement": CompanyPlan("Terrassements Valorme", "43.12B"),
    "enrobes": CompanyPlan("Enrobés des Deux Rives", "42.11Z", commune="Villeneuve-d'Orme"),
    "paysage": CompanyPlan("Paysages Verdorme", "81.30Z", commune="La Chapelle-en-Orme"),
    "batisseur": CompanyPlan("Constructions Brévaline", "41.20B"),
    "couvreur": CompanyPlan("Couvertures Mistrane", "43.91B", commune="Saint-Aubin-sur-Orme"),
    "platrier": CompanyPlan("Plâtrerie Olvane", "43.31Z"),
    "peintre": CompanyPlan("Peintures Sorlinne", "43.34Z", commune="Villeneuve-d'Orme"),
    "decors": CompanyPlan("Décors Tréval", "43.34Z"),
    "electricien": CompanyPlan("Électricité Canoval", "43.21A"),
    "proprete": CompanyPlan("Propreté Lumival", "81.21Z"),
    "vitres": CompanyPlan("Vitres Clarsol", "81.22Z"),
    "collecte": CompanyPlan("Collectes Orméa", "38.11Z"),
    "mediation": CompanyPlan("Passerelle Médiation", "88.99B"),
    "maintenance": CompanyPlan("Thermoval Maintenance", "43.22B"),
    "cuisine": CompanyPlan("Cuisines Saveval", "56.29A", commune="Villeneuve-d'Orme"),
    "numerique": CompanyPlan("Studio Valdonum", "62.02A"),
    "canalisations": CompanyPlan("Canalisations Rivorme", "42.21Z"),
    "reseaux": CompanyPlan("Réseaux Hydroval", "42.21Z", commune="La Chapelle-en-Orme"),
    "epuration": CompanyPlan("Épuration Claronde", "37.00Z"),
    "recyclage": CompanyPlan("Recyclage Tournevent", "38.21Z", commune="Villeneuve-d'Orme"),
    "demolition": CompanyPlan("Démolitions Pavane", "43.11Z"),
    "brisoleil": CompanyPlan("Nettoyage Brisoleil", "81.21Z", commune="Villeneuve-d'Orme"),
    "gardien": CompanyPlan("Vigival Sécurité", "80.10Z"),
    "ouvrages": CompanyPlan("Ouvrages Montarbre", "42.13A"),
    "vere": CompanyPlan("Bâtisseurs de la Vère", "41.20B"),
    "climat": CompanyPlan("Génie Climatique Aurelval", "43.22B"),
    "solivane": CompanyPlan("Propreté Solivane", "81.21Z"),
    "transport": CompanyPlan("Transports Navival", "49.39A"),
    "archives": CompanyPlan("Archives Mémoval", "82.19Z"),
    "facade": CompanyPlan("Façades Isolvère", "43.39Z", commune="Saint-Aubin-sur-Orme"),
    "plombier": CompanyPlan("Plomberie Fontarelle", "43.22A"),
    "jardins": CompanyPlan("Jardins Boscaval", "81.30Z"),
    "menuisier": CompanyPlan("Menuiseries Alubrane", "43.32A", commune="La Chapelle-en-Orme"),
    "sanitaire": CompanyPlan("Plomberie Sanival", "43.22A"),
    "cite": CompanyPlan("Services Cité Claire", "81.21Z"),
    "charpente": CompanyPlan("Charpentes Sylvorme", "43.91A", commune="Saint-Aubin-sur-Orme"),
    "stades": CompanyPlan("Équipements Stadival", "93.11Z"),
    "hautepierre": CompanyPlan("Construction Hautebrune", "41.20B"),
    "demenageur": CompanyPlan("Déménagements Cargoval", "49.42Z"),
}

COMPANIES: dict[str, CompanyPlan] = STRUCTURES | HOLDERS
