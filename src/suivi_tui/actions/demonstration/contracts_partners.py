"""The contracts of the other buyers: département, landlords, communes, région, State, others."""

from suivi_tui.actions.demonstration.frame import ContractPlan, Due, LotPlan, single
from suivi_tui.vocabulary.choices import Category, ClauseForm, Sector

_WORKS = Category.WORKS
_ADAPTED = "Procédure adaptée"

COLLEGE = ContractPlan(
    "DEP",
    "college",
    "Restructuration du collège des Trois-Rivières",
    Sector.BUILDING,
    (
        LotPlan(
            "02",
            "Gros œuvre",
            "Gros œuvre",
            (Due("vere", 830, "CDI 330 GEIQ 500", -23, -12, story="attestation", exact=True),),
        ),
        LotPlan(
            "08",
            "Chauffage, ventilation",
            "Chauffage et ventilation",
            (Due("climat", 250, "CDD 205", -11, 1, ends_in=40, story="remise", exact=True),),
        ),
        LotPlan(
            "10",
            "Peinture, revêtements muraux",
            "Peinture",
            (Due("decors", 360, "ETT 260", -12, -3, story="penalite", exact=True),),
        ),
    ),
    _WORKS,
)
LINDENS = ContractPlan(
    "VHA",
    "tilleuls",
    "Réhabilitation de 84 logements, résidence Les Tilleuls",
    Sector.BUILDING,
    (
        LotPlan(
            "01",
            "Gros œuvre, désamiantage",
            "Gros œuvre",
            (Due("vere", 1470, "ETTI 480 GEIQ 380 CDD 270", -13, 4),),
        ),
        LotPlan(
            "02",
            "Isolation par l'extérieur, façades",
            "Façades",
            (Due("facade", 1050, "ETTI 500 APP 320", -11, 4),),
        ),
        LotPlan(
            "05",
            "Électricité, courants faibles",
            "Électricité",
            (Due("electricien", 290, "GEIQ 210", -9, 4, story="globalisation_arrivee"),),
        ),
        LotPlan(
            "06", "Plomberie, sanitaires", "Plomberie", (Due("plombier", 290, "APP 240", -10, 3),)
        ),
    ),
    _WORKS,
    story="arret",
)
VINEYARDS = ContractPlan(
    "LDV",
    "vignes",
    "Construction de 32 logements, Le Clos des Vignes",
    Sector.BUILDING,
    (
        LotPlan(
            "01",
            "Gros œuvre",
            "Gros œuvre",
            (Due("vere", 1060, "CDI 460 ETTI 400 CDD 200", -23, -6),),
        ),
        LotPlan(
            "03",
            "Menuiseries extérieures",
            "Menuiseries extérieures",
            (
                Due(
                    "menuisier",
                    460,
                    "ETT 55",
                    -11,
                    4,
                    ends_in_months=4,
                    story="retard",
                    exact=True,
                ),
            ),
        ),
        LotPlan(
            "05",
            "Plomberie, chauffage",
            "Plomberie",
            (Due("sanitaire", 280, "CDD 90", -11, 2, story="liquidation", exact=True),),
        ),
        LotPlan("06", "Électricité", "Électricité", (Due("electricien", 270, "APP 245", -10, 1),)),
        LotPlan("07", "Plâtrerie", "Plâtrerie", (Due("platrier", 440, "GEIQ 440", -12, -2),)),
    ),
    _WORKS,
)

PARTNERS: tuple[ContractPlan, ...] = (
    ContractPlan(
        "DEP",
        "rd27",
        "Déviation de la RD 27 à La Chapelle-en-Orme",
        Sector.PUBLIC_WORKS,
        (
            LotPlan(
                "1",
                "Terrassements, chaussées",
                "Terrassement et VRD",
                (Due("terrassement", 1495, "ETTI 600 CDD 300 GEIQ 300", -12, 3, story="avenant"),),
            ),
            LotPlan(
                "2",
                "Ouvrages d'art",
                "Ouvrages d'art",
                (Due("ouvrages", 870, "ETTI 300 CDI 400 APP 170", -19, -3),),
            ),
        ),
        _WORKS,
        story="avenant",
    ),
    COLLEGE,
    ContractPlan(
        "DEP",
        "colleges",
        "Nettoyage des collèges",
        Sector.CLEANING,
        (
            LotPlan(
                "1",
                "Collèges du secteur nord",
                "Nettoyage",
                (Due("solivane", 620, "CDI 250 AI 250", -13, 3),),
            ),
            LotPlan(
                "2",
                "Collèges du secteur sud",
                "Nettoyage",
                (Due("solivane", 440, "AI 200 CDI 180", -13, 3),),
            ),
        ),
    ),
    ContractPlan(
        "DEP",
        "colleges",
        "Transport scolaire adapté",
        Sector.OTHER_SERVICES,
        single(
            "Accompagnement des élèves",
            "Transport de personnes",
            Due("transport", 1110, "CDI 300 CDD 600", -18, 4),
        ),
    ),
    ContractPlan(
        "DEP",
        "archives",
        "Numérisation des registres d'état civil",
        Sector.OTHER_SERVICES,
        single("Numérisation", "Archivage", Due("archives", 290, "EA 230", -10, 3)),
        procedure=_ADAPTED,
    ),
    ContractPlan(
        "DEP",
        "colleges",
        "Restauration des collèges : renfort des équipes",
        Sector.CATERING,
        single(
            "Restauration collective",
            "Restauration",
            Due("cuisine", 640, "CDD 300 CDI 200", -18, 5),
        ),
        form=ClauseForm.CONDITION_CRITERION,
    ),
    LINDENS,
    ContractPlan(
        "VHA",
        "tilleuls",
        "Résidentialisation du quartier des Tilleuls",
        Sector.GREEN_SPACES,
        single(
            "Espaces extérieurs",
            "Espaces verts",
            Due("jardins", 1150, "EI 500 REGIE 400", -13, 4),
        ),
        _WORKS,
    ),
    VINEYARDS,
    ContractPlan(
        "VHA",
        "energie",
        "Remplacement des chaudières collectives",
        Sector.BUILDING,
        single(
            "Chaufferies",
            "Chauffage et ventilation",
            Due("maintenance", 450, "CDI 280", -17, 3),
        ),
        _WORKS,
    ),
    ContractPlan(
        "VHA",
        "gup",
        "Nettoyage des parties communes et des abords",
        Sector.CLEANING,
        single("Parties communes", "Nettoyage", Due("cite", 930, "REGIE 500 EI 280", -13, 3)),
    ),
    ContractPlan(
        "SAO",
        "ecole",
        "Extension du groupe scolaire Les Hirondelles",
        Sector.BUILDING,
        (
            LotPlan(
                "02",
                "Gros œuvre",
                "Gros œuvre",
                (Due("batisseur", 850, "CDI 350 GEIQ 250 CDD 250", -23, -10),),
            ),
            LotPlan(
                "03",
                "Charpente, ossature bois",
                "Charpente bois",
                (Due("charpente", 430, "APP 300 CDD 130", -14, -2),),
            ),
        ),
        _WORKS,
    ),
    ContractPlan(
        "SAO",
        "ecole",
        "Réfection des voiries autour du groupe scolaire",
        Sector.PUBLIC_WORKS,
        single("Voirie", "Enrobés", Due("enrobes", 250, "CDD 250", -11, -5)),
        _WORKS,
        procedure=_ADAPTED,
    ),
    ContractPlan(
        "VIL",
        "villeneuve",
        "Nettoyage des écoles et des gymnases",
        Sector.CLEANING,
        single(
            "Écoles et gymnases",
            "Nettoyage",
            Due("brisoleil", 1280, "AI 450 EI 350 CDI 200", -18, 5),
        ),
    ),
    ContractPlan(
        "VIL",
        "villeneuve",
        "Entretien des équipements sportifs",
        Sector.OTHER_SERVICES,
        single("Équipements sportifs", "Maintenance", Due("stades", 450, "CDD 130 AI 180", -16, 1)),
        procedure=_ADAPTED,
    ),
    ContractPlan(
        "LCO",
        "chapelle",
        "Entretien des espaces verts et du cimetière",
        Sector.GREEN_SPACES,
        single("Espaces verts", "Espaces verts", Due("jardins", 720, "EI 300 REGIE 300", -15, 3)),
        procedure=_ADAPTED,
    ),
    ContractPlan(
        "REG",
        "lycee",
        "Restructuration du lycée des Deux-Moulins",
        Sector.BUILDING,
        (
            LotPlan(
                "03",
                "Gros œuvre",
                "Gros œuvre",
                (Due("hautepierre", 2300, "CDI 600 ETTI 300 ETTIM 400 APP 250 ETT 280", -19, 5),),
            ),
            LotPlan("12", "Peinture", "Peinture", (Due("decors", 280, "CDD 240", -9, 3),)),
        ),
        _WORKS,
    ),
    ContractPlan(
        "CHV",
        "hopital",
        "Bionettoyage des services de soins",
        Sector.CLEANING,
        single(
            "Bionettoyage",
            "Nettoyage",
            Due("solivane", 2300, "CDI 550 CDD 400 EI 550 AI 300", -20, 5),
        ),
    ),
    ContractPlan(
        "UNI",
        "campus",
        "Accueil et sûreté du campus des Saules",
        Sector.OTHER_SERVICES,
        single("Accueil et sûreté", "Gardiennage", Due("gardien", 290, "CDI 250", -13, 3)),
    ),
    ContractPlan(
        "PRE",
        "etat",
        "Nettoyage de la cité administrative",
        Sector.CLEANING,
        single(
            "Nettoyage des bureaux",
            "Nettoyage",
            Due("proprete", 1500, "CDI 500 EI 400 ETT 300", -19, 4),
        ),
    ),
    ContractPlan(
        "PRE",
        "etat",
        "Déménagement des services de la cité administrative",
        Sector.REMOVALS,
        single("Déménagements", "Déménagement", Due("demenageur", 240, "ETT 240", -10, -4)),
        procedure=_ADAPTED,
    ),
    ContractPlan(
        "GBV",
        "galerie",
        "Sûreté et accueil de la galerie marchande",
        Sector.OTHER_SERVICES,
        single("Sûreté et accueil", "Gardiennage", Due("gardien", 600, "CDI 480", -12, 3)),
        procedure="Consultation privée",
        form=ClauseForm.CONDITION,
    ),
)
