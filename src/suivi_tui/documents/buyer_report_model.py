"""The default Word template of a buyer's report, and the variables that it takes."""

from typing import Final

from suivi_tui.documents.blocks import (
    LineTable,
    Model,
    Paragraph,
    Style,
    optional,
    paragraphs,
    tag,
    typographic,
)

TITLE: Final = "Rapport sur les clauses sociales d'insertion"

VARIABLES: Final = {
    "titre": "titre du rapport",
    "acheteur": "nom de l'acheteur, ou tous",
    "perimetre": "ce qui limite le rapport, vide s'il n'y a rien",
    "periode": "période couverte",
    "date": "date du rapport, en toutes lettres",
    "structure": "votre structure (réglages)",
    "adresse": "adresse de votre structure (réglages)",
    "auteur": "votre nom (réglages)",
    "fonction": "votre fonction (réglages)",
    "coordonnees": "vos téléphone et courriel (réglages)",
    "version": "version des règles de calcul",
    "seuil": "nombre de personnes sous lequel un groupe est masqué",
    "constat": "phrase : heures, personnes et marchés",
    "bilan": "phrase : obligations tenues, en partie, non tenues",
    "autres_obligations": "phrase quand toutes ne sont pas listées, sinon vide",
    "origine": "phrase : comment les parcours sont comptés",
}
LISTS: Final = {
    "chiffres": {"intitule": "intitulé", "valeur": "valeur", "calcul": "comment il est compté"},
    "obligations": {
        "marche": "marché et lot",
        "entreprise": "entreprise",
        "dues": "heures dues",
        "validees": "heures validées",
        "taux": "taux de réalisation",
        "avis": "tenue, en partie, non tenue…",
        "motif": "pourquoi",
    },
    "cibles": {
        "cible": "cible",
        "total": "nombre",
        "atteintes": "atteintes",
        "manquees": "manquées",
        "en_cours": "en cours",
        "indeterminees": "impossibles à dire",
    },
    "repartitions": {
        "repartition": "titre de la répartition",
        "valeur": "valeur",
        "personnes": "personnes, ou masqué",
        "declarees": "heures déclarées",
        "validees": "heures validées",
    },
    "parcours": {
        "moment": "à la sortie, à 3, 6 ou 12 mois",
        "interroges": "parcours à interroger",
        "reponses": "réponses",
        "taux_reponse": "taux de réponse",
        "durables": "emplois durables",
        "transition": "emplois de transition",
        "positives": "sorties positives",
        "dynamiques": "les trois ensemble",
        "taux_dynamiques": "leur part des réponses",
        "autres": "autres sorties",
        "neutralisees": "sorties neutralisées",
    },
    "avis": {"marche": "marché", "qui": "qui parle", "note": "note sur 5", "texte": "avis"},
    "remarques": {"": "phrases, une par remarque"},
}


def _heading(text: str) -> Paragraph:
    return Paragraph(text, Style.OBJECT)


REPORT: Final = Model(
    TITLE,
    [
        Paragraph("{{ titre }}", Style.TITLE),
        Paragraph("{{ acheteur }}", Style.STRONG),
        *optional("perimetre", Paragraph("{{ perimetre }}", Style.SENDER)),
        Paragraph(typographic("Période : {{ periode }}"), Style.SENDER),
        Paragraph(
            typographic("Établi le {{ date }}{% if auteur %} par {{ auteur }}{% endif %}"
                        "{% if structure %}, {{ structure }}{% endif %}"),
            Style.SENDER,
        ),
        *optional("coordonnees", Paragraph("{{ coordonnees }}", Style.SENDER)),
        *paragraphs("{{ constat }}", Style.OBJECT),
        _heading("Chiffres clés"),
        LineTable(
            "chiffre in chiffres",
            ("Chiffre", "Valeur", "Comment il est compté"),
            ("{{ chiffre.intitule }}", "{{ chiffre.valeur }}", "{{ chiffre.calcul }}"),
            (5.0, 3.2, 8.4),
        ),
        _heading("Obligations"),
        *paragraphs("{{ bilan }}"),
        *optional(
            "obligations",
            LineTable(
                "ligne in obligations",
                ("Marché et lot", "Entreprise", "Dues", "Validées", "Taux", "Verdict et motif"),
                ("{{ ligne.marche }}", "{{ ligne.entreprise }}", "{{ ligne.dues }}",
                 "{{ ligne.validees }}", "{{ ligne.taux }}",
                 typographic("{{ ligne.avis }} : {{ ligne.motif }}")),
                (2.9, 3.3, 2.3, 2.3, 1.8, 4.0),
            ),
        ),
        *optional("autres_obligations", *paragraphs("{{ autres_obligations }}")),
        *optional(
            "cibles",
            _heading("Cibles autres que les heures"),
            LineTable(
                "cible in cibles",
                ("Cible", "Nombre", "Atteintes", "Manquées", "En cours", "Impossible à dire"),
                ("{{ cible.cible }}", "{{ cible.total }}", "{{ cible.atteintes }}",
                 "{{ cible.manquees }}", "{{ cible.en_cours }}", "{{ cible.indeterminees }}"),
                (6.1, 2.1, 2.1, 2.1, 2.1, 2.1),
            ),
        ),
        _heading("Répartitions"),
        LineTable(
            "ligne in repartitions",
            ("Répartition", "Valeur", "Personnes", "Heures déclarées", "Heures validées"),
            ("{{ ligne.repartition }}", "{{ ligne.valeur }}", "{{ ligne.personnes }}",
             "{{ ligne.declarees }}", "{{ ligne.validees }}"),
            (4.4, 5.0, 2.0, 2.6, 2.6),
        ),
        _heading("Parcours et sorties"),
        *paragraphs("{{ origine }}"),
        LineTable(
            "point in parcours",
            ("Moment", "À interroger", "Réponses", "Durable", "Transition", "Positive",
             "Dynamiques"),
            ("{{ point.moment }}", "{{ point.interroges }}",
             "{{ point.reponses }} ({{ point.taux_reponse }})", "{{ point.durables }}",
             "{{ point.transition }}", "{{ point.positives }}",
             "{{ point.dynamiques }} ({{ point.taux_dynamiques }})"),
            (2.5, 2.2, 2.9, 2.0, 2.1, 2.0, 2.9),
        ),
        *optional(
            "avis",
            _heading("Paroles recueillies"),
            LineTable(
                "parole in avis",
                ("Marché", "Qui parle", "Note", "Avis"),
                ("{{ parole.marche }}", "{{ parole.qui }}", "{{ parole.note }}",
                 "{{ parole.texte }}"),
                (3.0, 3.4, 1.4, 8.8),
            ),
        ),
        _heading("À savoir pour lire ces chiffres"),
        tag("{%p for remarque in remarques %}"),
        Paragraph("{{ remarque }}", Style.ITEM),
        tag("{%p endfor %}"),
    ],
)  # fmt: skip
