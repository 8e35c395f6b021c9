"""The contracts of the agglomeration, of its two syndicates and of its mixed company."""

from suivi_tui.actions.demonstration.frame import ContractPlan, Due, LotPlan, single
from suivi_tui.vocabulary.choices import Category, ClauseForm, LotRole, Sector

_LEAD, _CO = LotRole.LEAD, LotRole.CO_CONTRACTOR
_ADAPTED = "Procédure adaptée"

BUS = ContractPlan(
    "AGG",
    "bus",
    "Ligne B du bus à haut niveau de service : infrastructures",
    Sector.PUBLIC_WORKS,
    (
        LotPlan(
            "1",
            "Plateforme, voirie et réseaux",
            "Terrassement et VRD",
            (
                Due(
                    "terrassement",
                    9500,
                    "CDI 1500 CDD 900 APP 300 ETTI 1760 ETTIM 540 ETT 800 GEIQ 800",
                    -18,
                    7,
                    _LEAD,
                    story="tramway",
                ),
                Due("enrobes", 950, "ETTI 450 CDD 250", -13, 4, _CO),
            ),
        ),
    ),
    Category.WORKS,
    story="bus",
)
AQUATIC_CENTRE = ContractPlan(
    "AGG",
    "aquatique",
    "Construction du centre aquatique Les Ondines",
    Sector.BUILDING,
    (
        LotPlan(
            "01",
            "Gros œuvre",
            "Gros œuvre",
            (Due("batisseur", 2010, "CDI 500 ETTI 650 GEIQ 610 APP 250", -23, -8),),
        ),
        LotPlan(
            "04",
            "Couverture, étanchéité",
            "Couverture",
            (Due("couvreur", 290, "CDD 110", -9, 5, story="couvreur"),),
        ),
        LotPlan(
            "06",
            "Plâtrerie, faux plafonds",
            "Plâtrerie",
            (Due("platrier", 440, "GEIQ 330", -8, 2),),
        ),
        LotPlan(
            "07", "Électricité", "Électricité",
            (Due("electricien", 430, "APP 310", -10, 4, story="globalisation_depart"),),
        ),
        LotPlan(
            "09", "Peinture", "Peinture", (Due("peintre", 260, "", 1, 6, story="peintre"),)
        ),
    ),
    Category.WORKS,
    ClauseForm.CONDITION_CRITERION,
)  # fmt: skip

AGGLOMERATION: tuple[ContractPlan, ...] = (
    BUS,
    ContractPlan(
        "AGG",
        "bus",
        "Ligne B du bus à haut niveau de service : plantations d'alignement",
        Sector.GREEN_SPACES,
        single("Plantations", "Espaces verts", Due("paysage", 200, "EI 200", -9, -2)),
        Category.WORKS,
        procedure=_ADAPTED,
    ),
    AQUATIC_CENTRE,
    ContractPlan(
        "AGG",
        "patrimoine",
        "Nettoyage des bâtiments communautaires",
        Sector.CLEANING,
        (
            LotPlan(
                "1",
                "Locaux administratifs et sportifs (personnel repris)",
                "Nettoyage",
                (Due("proprete", 1690, "CDI 620 AI 350 EI 350", -20, 5, story="reprise"),),
            ),
            LotPlan("2", "Vitrerie", "Vitrerie", (Due("vitres", 180, "AI 130", -20, 5),)),
        ),
    ),
    ContractPlan(
        "AGG",
        "collecte",
        "Collecte des déchets ménagers en porte-à-porte",
        Sector.WATER_WASTE,
        single(
            "Collecte en porte-à-porte",
            "Collecte des déchets",
            Due("collecte", 6000, "CDI 1700 ETTI 1280 ETTIM 500 CDD 700 ETT 400", -22, 6),
        ),
    ),
    ContractPlan(
        "AGG",
        "patrimoine",
        "Entretien des espaces verts communautaires (marché réservé)",
        Sector.GREEN_SPACES,
        single("Entretien des espaces verts", "Espaces verts", Due("ei", 750, "EI 700", -14, 1)),
        form=ClauseForm.RESERVED_INSERTION,
        procedure=_ADAPTED,
    ),
    ContractPlan(
        "AGG",
        "mobilite",
        "Accueil et médiation dans les transports urbains",
        Sector.OTHER_SERVICES,
        single(
            "Accueil et médiation",
            "Médiation",
            Due("mediation", 2050, "CDD 950 PEC 200 CDI 450", -19, 4),
        ),
    ),
    ContractPlan(
        "AGG",
        "patrimoine",
        "Maintenance multitechnique des bâtiments (accord-cadre à bons de commande)",
        Sector.OTHER_SERVICES,
        single(
            "Maintenance multitechnique",
            "Maintenance",
            Due("maintenance", 2500, "CDI 900 CDD 400 ETT 500", -23, 6, story="commandes"),
        ),
        nature="Accord-cadre",
        story="commandes",
    ),
    ContractPlan(
        "AGG",
        "solidarite",
        "Préparation et livraison de repas à domicile",
        Sector.CATERING,
        single("Repas à domicile", "Restauration", Due("cuisine", 900, "CDI 350 CDD 350", -22, 5)),
    ),
    ContractPlan(
        "AGG",
        "solidarite",
        "Développement du portail numérique des usagers (clause de formation)",
        Sector.OTHER_SERVICES,
        single("Portail des usagers", "Numérique", Due("numerique", 280, "FORM 280", -8, -4)),
        form=ClauseForm.TRAINING,
        procedure=_ADAPTED,
    ),
    ContractPlan(
        "SEO",
        "eau",
        "Renouvellement de 18 km de conduites d'eau potable",
        Sector.WATER_WASTE,
        single(
            "Conduites et branchements",
            "Canalisations",
            Due("canalisations", 4200, "CDI 700 ETTI 1200 GEIQ 500 CDD 300 ETT 200", -17, 7, _LEAD),
            Due("reseaux", 450, "ETT 250", -14, 3, _CO),
        ),
        Category.WORKS,
    ),
    ContractPlan(
        "SEO",
        "epuration",
        "Exploitation des ouvrages et abords de la station des Îles",
        Sector.WATER_WASTE,
        single("Exploitation et entretien", "Épuration", Due("epuration", 290, "CDD 240", -15, 3)),
        procedure=_ADAPTED,
    ),
    ContractPlan(
        "SDV",
        "tri",
        "Accueil et gardiennage des déchèteries",
        Sector.WATER_WASTE,
        single("Déchèteries", "Tri et déchèteries", Due("recyclage", 200, "REGIE 200", -12, -4)),
        procedure=_ADAPTED,
    ),
    ContractPlan(
        "SDV",
        "tri",
        "Nettoyage du centre de tri de Tournevent",
        Sector.CLEANING,
        single("Nettoyage industriel", "Nettoyage", Due("recyclage", 250, "EI 250", -13, -3)),
        procedure=_ADAPTED,
    ),
    ContractPlan(
        "SDV",
        "tri",
        "Collecte et réemploi des encombrants (marché d'insertion)",
        Sector.OTHER_SERVICES,
        single("Atelier de réemploi", "Réemploi", Due("aci", 290, "ACI 250", -12, 3)),
        form=ClauseForm.INSERTION_SERVICE,
        procedure=_ADAPTED,
    ),
    ContractPlan(
        "SOA",
        "tanneries",
        "ZAC des Tanneries : démolition des anciens ateliers",
        Sector.BUILDING,
        single(
            "Désamiantage et démolition",
            "Démolition",
            Due("demolition", 400, "ETT 460", -20, -9, story="depassement", exact=True),
        ),
        Category.WORKS,
    ),
    ContractPlan(
        "SOA",
        "tanneries",
        "Nettoyage des parcs de stationnement",
        Sector.CLEANING,
        single("Parcs en ouvrage", "Nettoyage", Due("brisoleil", 220, "", None, 11)),
        procedure=_ADAPTED,
        story="demarrage",
    ),
    ContractPlan(
        "SOA",
        "tanneries",
        "Gardiennage des chantiers et des réserves foncières",
        Sector.OTHER_SERVICES,
        single("Gardiennage", "Gardiennage", Due("gardien", 700, "CDI 400 CDD 160", -14, 3)),
        procedure=_ADAPTED,
    ),
)
