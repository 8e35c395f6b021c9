"""The default certificate and meeting brief, and the drafts that the buyer signs."""

from suivi_tui.documents.blocks import (
    Block,
    ColumnTable,
    LineTable,
    Model,
    Paragraph,
    Style,
    optional,
    paragraphs,
    tag,
    typographic,
)
from suivi_tui.documents.default_letters import SENDER, SIGNATURE

_PLACE = Paragraph("Fait {% if ville %}à {{ ville }}, {% endif %}le {{ date }}", Style.PLACE)

CERTIFICATE = Model(
    "Attestation de réalisation des heures d'insertion",
    [
        *SENDER,
        Paragraph("Attestation de réalisation des heures d'insertion", Style.TITLE),
        *paragraphs("{{ portee }}", Style.OBJECT),
        *paragraphs(
            """
            Je soussigné(e), {{ auteur }}{% if fonction %}, {{ fonction }}{% endif %}, chargé(e) du
            suivi de la clause sociale d'insertion, atteste des heures ci-dessous, réalisées par
            {{ entreprise }}{% if siret %} (SIRET {{ siret }}){% endif %}{{ pour_le_compte }}, au
            titre du marché n° {{ marche }}, « {{ objet }} », passé par {{ acheteur }}.

            Clause : {{ fondement }}.

            Période : {{ periode }}.
            """
        ),
        LineTable(
            "lot in lots",
            ("Lot", "Heures dues", "Heures validées", "Reste à réaliser"),
            ("{{ lot.nom }}", "{{ lot.dues }}", "{{ lot.validees }}", "{{ lot.reste }}"),
            (6.6, 3.3, 3.4, 3.3),
        ),
        *paragraphs(
            """
            {{ validees }} ont été validées, réalisées par {{ personnes }} relevant des publics
            éligibles. {{ conclusion }}
            """
        ),
        *optional(
            "reserve",
            *paragraphs(
                """
                Réserve : {{ a_valider }} déclarées ne sont pas encore vérifiées et n'entrent pas
                dans ce décompte. L'attestation est établie sans les attendre pour le motif
                suivant : {{ reserve }}
                """
            ),
        ),
        *paragraphs(
            """
            La présente attestation est établie à partir des heures validées à sa date, pour
            valoir ce que de droit. Elle ne préjuge pas des décisions de l'acheteur.
            """
        ),
        _PLACE,
        *SIGNATURE,
    ],
)

MEETING_BRIEF = Model(
    "Fiche de réunion",
    [
        Paragraph(typographic("Fiche de réunion : {{ operation }}"), Style.TITLE),
        *paragraphs(
            "{{ acheteur }}{% if lieu %} · {{ lieu }}{% endif %} · situation au {{ date }}",
            Style.SENDER,
        ),
        *paragraphs(
            "Ensemble : {{ validees }} validées sur {{ dues }} dues ({{ taux }}), {{ attendues }} "
            "attendues à ce jour, {{ a_valider }} à valider, {{ personnes }}.",
            Style.STRONG,
        ),
        tag("{%p for bloc in blocs %}"),
        ColumnTable(
            "lot in bloc.lots",
            (
                ("Marché, lot", "{{ lot.nom }}"),
                ("Entreprise", "{{ lot.entreprise }}"),
                ("Heures dues", "{{ lot.dues }}"),
                ("Attendues à ce jour", "{{ lot.attendues }}"),
                ("Validées", "{{ lot.validees }} ({{ lot.taux }})"),
                ("À valider", "{{ lot.a_valider }}"),
                ("Reste à réaliser", "{{ lot.reste }}"),
                ("Personnes", "{{ lot.personnes }}"),
                ("Fin", "{{ lot.fin }}"),
                ("Alertes", "{{ lot.alertes }}"),
                ("À décider", "{{ lot.a_decider }}"),
            ),
        ),
        Paragraph("", Style.NOTE),
        tag("{%p endfor %}"),
        Paragraph(
            "Décisions prises en réunion (qui, quoi, pour quand) :".replace(" :", "\u00a0:"),
            Style.STRONG,
        ),
        *paragraphs("1. \n\n2. \n\n3. "),
        *paragraphs(
            "Document de travail préparé par {{ auteur }}{% if structure %}, {{ structure }}"
            "{% endif %}. Heures enregistrées au {{ date }} ; aucune personne n'y est nommée.",
            Style.NOTE,
        ),
    ],
    landscape=True,
)

_DRAFT: list[Block] = paragraphs(
    "PROJET préparé par {{ auteur }}{% if structure %}, {{ structure }}{% endif %}, à partir des "
    "données enregistrées au {{ date }}. Le programme propose et documente : l'acheteur vérifie, "
    "décide et signe.",
    Style.NOTE,
)

FORMAL_NOTICE = Model(
    "Projet de mise en demeure",
    [
        *_DRAFT,
        Paragraph("{{ acheteur }}", Style.STRONG),
        Paragraph("{{ entreprise }}", Style.RECIPIENT),
        *optional("siret", Paragraph("SIRET {{ siret }}", Style.RECIPIENT)),
        *optional("commune", Paragraph("{{ commune }}", Style.RECIPIENT)),
        Paragraph("…………, le …………", Style.PLACE),
        *paragraphs(
            """
            Lettre recommandée avec avis de réception
            """,
            Style.SENDER,
        ),
        *paragraphs(
            "Objet : marché n° {{ marche }}, mise en demeure d'exécuter la clause sociale "
            "d'insertion",
            Style.OBJECT,
        ),
        *paragraphs("Madame, Monsieur,"),
        *paragraphs(
            """
            Le marché n° {{ marche }}, « {{ objet }} »{% if lot %}, {{ lot }}{% endif %}, dont vous
            êtes titulaire, comporte une clause sociale d'insertion : {{ fondement }}. Elle vous
            engage à réaliser {{ dues }} d'insertion{% if fin %} au plus tard le
            {{ fin }}{% endif %} (article …… du CCAP, à compléter).

            Au {{ date }}, {{ validees }} sont validées{% if a_valider %} et {{ a_valider }} sont
            en cours de vérification{% endif %}. Les manquements constatés sont les suivants :
            """
        ),
        tag("{%p for manquement in manquements %}"),
        Paragraph("{{ manquement }}", Style.ITEM),
        tag("{%p endfor %}"),
        *optional(
            "echanges",
            *paragraphs("Vous avez déjà été sollicité à ce sujet :"),
            LineTable(
                "echange in echanges",
                ("Date", "Nature"),
                ("{{ echange.date }}", "{{ echange.nature }}"),
                (3.6, 13.0),
            ),
        ),
        *paragraphs(
            """
            En conséquence, je vous mets en demeure, dans un délai de {{ delai }} à compter de la
            réception de la présente, de :
            """
        ),
        tag("{%p for demande in demandes %}"),
        Paragraph("{{ demande }}", Style.ITEM),
        tag("{%p endfor %}"),
        *paragraphs(
            """
            Dans le même délai, vous pouvez présenter vos observations et justifier des moyens mis
            en œuvre pour exécuter la clause, notamment des recherches de candidats restées sans
            suite.

            À défaut d'exécution dans ce délai, les pénalités prévues par les pièces du marché
            (article …… du CCAP, à compléter) pourront vous être appliquées.

            Je vous prie d'agréer, Madame, Monsieur, mes salutations distinguées.
            """
        ),
        Paragraph("Le représentant de l'acheteur", Style.SIGNATURE),
    ],
)

PENALTY = Model(
    "Proposition de pénalité",
    [
        *_DRAFT,
        Paragraph("Proposition de pénalité", Style.TITLE),
        *paragraphs(
            """
            À l'attention de {{ acheteur }}{% if destinataire %}, {{ destinataire }}{% endif %}

            Marché n° {{ marche }}, « {{ objet }} »{% if lot %}, {{ lot }}{% endif %}. Titulaire :
            {{ entreprise }}{% if siret %} (SIRET {{ siret }}){% endif %}.

            Clause : {{ fondement }} (article des pénalités : …… du CCAP, à compléter).
            """
        ),
        LineTable(
            "ligne in situation",
            ("Situation au {{ date }}", ""),
            ("{{ ligne.quoi }}", "{{ ligne.valeur }}"),
            (9.0, 7.6),
        ),
        *paragraphs("Calcul", Style.OBJECT),
        tag("{%p for etape in calcul %}"),
        Paragraph("{{ etape }}", Style.ITEM),
        tag("{%p endfor %}"),
        *paragraphs("Montant proposé, hors taxes : {{ montant }}", Style.STRONG),
        *optional(
            "efforts",
            *paragraphs("Moyens dont l'entreprise fait état : {{ efforts }}"),
        ),
        *paragraphs(
            """
            {{ avertissement }} Il peut la réduire, en accorder la remise ou y renoncer, notamment
            si l'entreprise prouve avoir mis en œuvre tous les moyens, lorsque le marché le prévoit.

            Décision de l'acheteur : ☐ appliquer ☐ réduire à …………… € ☐ accorder la remise ☐ classer
            sans suite
            """
        ),
        Paragraph("Date, nom et signature de l'acheteur", Style.SIGNATURE),
    ],
)
