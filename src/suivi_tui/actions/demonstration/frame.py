"""What a planned contract of the demonstration is made of: buyer, operation, lots, dues.

A *due* is what one holder owes on one lot: the plan of an obligation. Months are offsets from the
month of today (see ``timeline``); hours are whole.
"""

from dataclasses import dataclass
from typing import NamedTuple

from suivi_tui.actions.demonstration.channels import read_teams
from suivi_tui.vocabulary.choices import BuyerKind, Category, ClauseForm, LotRole, Programme, Sector


class BuyerPlan(NamedTuple):
    """A buyer; ``code`` begins the numbers of its contracts."""

    code: str
    name: str
    kind: BuyerKind
    territory: str
    answer_weeks: int
    service: str = "Commande publique"


class OperationPlan(NamedTuple):
    """A site that groups contracts of a buyer."""

    buyer: str
    name: str
    place: str
    programme: Programme = Programme.NONE


@dataclass(frozen=True, slots=True)
class Due:
    """The plan of an obligation: ``owed`` hours, and ``teams`` that declare some of them.

    ``start`` and ``end`` are the months on site, both included; no start means that it is not
    known. ``ends_in`` days (or ``ends_in_months``) from today give an exact end. ``story`` names
    what the stories do with it; the hours of ``exact`` dues are never refused nor left pending.
    """

    holder: str
    owed: int
    teams_text: str
    start: int | None
    end: int
    role: LotRole = LotRole.HOLDER
    ends_in: int | None = None
    ends_in_months: int | None = None
    story: str = ""
    exact: bool = False

    @property
    def teams(self) -> dict[str, int]:
        """Hours to declare by route."""
        return read_teams(self.teams_text)

    @property
    def planned(self) -> int:
        """Hours to declare."""
        return sum(self.teams.values())


@dataclass(frozen=True, slots=True)
class LotPlan:
    """A lot: one trade, one holder or a group of them."""

    number: str
    title: str
    trade: str
    dues: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class ContractPlan:
    """A contract and its lots; ``operation`` names an operation of ``OPERATIONS``."""

    buyer: str
    operation: str
    object: str
    sector: Sector
    lots: tuple[LotPlan, ...]
    category: Category = Category.SERVICES
    form: ClauseForm = ClauseForm.CONDITION
    nature: str = "Marché"
    procedure: str = "Appel d'offres ouvert"
    story: str = ""


def single(title: str, trade: str, *dues: Due) -> tuple[LotPlan, ...]:
    """The only lot of a contract without lots."""
    return (LotPlan("0", title, trade, dues),)


BUYERS: tuple[BuyerPlan, ...] = (
    BuyerPlan("AGG", "Agglomération du Val d'Orme", BuyerKind.INTERCOMMUNALITY, "Val d'Orme", 3),
    BuyerPlan(
        "SEO", "Syndicat des eaux de l'Orme", BuyerKind.MIXED_COMPANY, "Val d'Orme", 3, "Travaux"
    ),
    BuyerPlan(
        "SDV", "Syndicat des déchets du Val", BuyerKind.MIXED_COMPANY, "Val d'Orme", 3, "Marchés"
    ),
    BuyerPlan(
        "SOA", "SEM Orme Aménagement", BuyerKind.MIXED_COMPANY, "Val d'Orme", 2, "Opérations"
    ),
    BuyerPlan("DEP", "Département de la Haute-Vère", BuyerKind.DEPARTMENT, "Haute-Vère", 4),
    BuyerPlan(
        "VHA", "Vère Habitat", BuyerKind.SOCIAL_LANDLORD, "Haute-Vère", 3, "Maîtrise d'ouvrage"
    ),
    BuyerPlan("LDV", "Logis du Val", BuyerKind.SOCIAL_LANDLORD, "Val d'Orme", 3, "Patrimoine"),
    BuyerPlan(
        "SAO", "Saint-Aubin-sur-Orme", BuyerKind.COMMUNE, "Val d'Orme", 2, "Services techniques"
    ),
    BuyerPlan(
        "VIL", "Villeneuve-d'Orme", BuyerKind.COMMUNE, "Val d'Orme", 2, "Services techniques"
    ),
    BuyerPlan(
        "LCO", "La Chapelle-en-Orme", BuyerKind.COMMUNE, "Val d'Orme", 2, "Secrétariat général"
    ),
    BuyerPlan("REG", "Région des Trois-Vallées", BuyerKind.REGION, "Trois-Vallées", 4, "Lycées"),
    BuyerPlan(
        "CHV", "Centre hospitalier du Val d'Orme", BuyerKind.PUBLIC_BODY, "Val d'Orme", 3, "Achats"
    ),
    BuyerPlan("UNI", "Université de Valorme", BuyerKind.PUBLIC_BODY, "Val d'Orme", 3, "Achats"),
    BuyerPlan(
        "PRE", "Préfecture de la Haute-Vère", BuyerKind.STATE, "Haute-Vère", 4, "Plateforme achats"
    ),
    BuyerPlan("GBV", "Galerie Bellerive", BuyerKind.PRIVATE, "Val d'Orme", 2, "Exploitation"),
)

_CITY = "Valorme"
OPERATIONS: dict[str, OperationPlan] = {
    "bus": OperationPlan("AGG", "Ligne B du bus à haut niveau de service", _CITY),
    "aquatique": OperationPlan("AGG", "Centre aquatique Les Ondines", _CITY),
    "patrimoine": OperationPlan("AGG", "Entretien du patrimoine communautaire", _CITY),
    "collecte": OperationPlan("AGG", "Collecte des déchets ménagers", "Val d'Orme"),
    "mobilite": OperationPlan("AGG", "Accueil dans les transports urbains", _CITY),
    "solidarite": OperationPlan("AGG", "Services du CIAS", _CITY, Programme.FSE),
    "eau": OperationPlan("SEO", "Renouvellement des réseaux d'eau potable", "Val d'Orme"),
    "epuration": OperationPlan("SEO", "Station d'épuration des Îles", "Saint-Aubin-sur-Orme"),
    "tri": OperationPlan("SDV", "Centre de tri de Tournevent", "Villeneuve-d'Orme"),
    "tanneries": OperationPlan("SOA", "ZAC des Tanneries", _CITY),
    "rd27": OperationPlan("DEP", "Déviation de la RD 27", "La Chapelle-en-Orme"),
    "college": OperationPlan("DEP", "Collège des Trois-Rivières", _CITY),
    "colleges": OperationPlan("DEP", "Services aux collèges", "Haute-Vère"),
    "archives": OperationPlan("DEP", "Archives départementales", _CITY),
    "tilleuls": OperationPlan("VHA", "Quartier des Tilleuls", _CITY, Programme.NPNRU),
    "energie": OperationPlan("VHA", "Plan chaufferies 2030", _CITY),
    "gup": OperationPlan("VHA", "Gestion de proximité des Tilleuls", _CITY, Programme.GUP),
    "vignes": OperationPlan("LDV", "Le Clos des Vignes, 32 logements", "Saint-Aubin-sur-Orme"),
    "ecole": OperationPlan("SAO", "Groupe scolaire Les Hirondelles", "Saint-Aubin-sur-Orme"),
    "villeneuve": OperationPlan("VIL", "Entretien de la ville", "Villeneuve-d'Orme"),
    "chapelle": OperationPlan("LCO", "Espaces publics de La Chapelle", "La Chapelle-en-Orme"),
    "lycee": OperationPlan("REG", "Lycée des Deux-Moulins", _CITY),
    "hopital": OperationPlan("CHV", "Bionettoyage de l'hôpital", _CITY),
    "campus": OperationPlan("UNI", "Campus des Saules", _CITY),
    "etat": OperationPlan("PRE", "Cité administrative", _CITY),
    "galerie": OperationPlan("GBV", "Galerie Bellerive", _CITY),
}
