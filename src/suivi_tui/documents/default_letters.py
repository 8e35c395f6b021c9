"""The default letters to companies, structures and prescribers, in the words of our own.

A law is named only where it was read (domain.md 2.1); the rest refers to the contract's own
documents.
"""

from suivi_tui.documents.blocks import (
    Block,
    LineTable,
    Model,
    Paragraph,
    Style,
    optional,
    paragraphs,
)

SENDER: list[Block] = [
    *optional("structure", Paragraph("{{ structure }}", Style.STRONG)),
    *optional("adresse", Paragraph("{{ adresse }}", Style.SENDER)),
    Paragraph(
        "{{ auteur }}{% if fonction %}, {{ fonction }}{% endif %}",
        Style.SENDER,
    ),
    *optional("coordonnees", Paragraph("{{ coordonnees }}", Style.SENDER)),
]
RECIPIENT: list[Block] = [
    Paragraph("{{ societe }}", Style.RECIPIENT),
    *optional(
        "destinataire",
        Paragraph(
            "À l'attention de {{ destinataire }}"
            "{% if destinataire_fonction %}, {{ destinataire_fonction }}{% endif %}",
            Style.RECIPIENT,
        ),
    ),
    *optional("commune", Paragraph("{{ commune }}", Style.RECIPIENT)),
    Paragraph("{% if ville %}{{ ville }}, le {% else %}Le {% endif %}{{ date }}", Style.PLACE),
]
SIGNATURE: list[Block] = [
    Paragraph("{{ auteur }}{% if fonction %}\n{{ fonction }}{% endif %}", Style.SIGNATURE)
]
GREETING = "Madame, Monsieur,"
FAREWELL = "Je vous prie d'agréer, Madame, Monsieur, mes salutations distinguées."


def _letter(subject: str, *body: Block) -> list[Block]:
    return [
        *SENDER,
        *RECIPIENT,
        *paragraphs(f"Objet : {subject}", Style.OBJECT),
        *paragraphs(GREETING),
        *body,
        *paragraphs(FAREWELL),
        *SIGNATURE,
    ]


_STATEMENTS = LineTable(
    "releve in releves",
    ("Marché", "Opération ou objet", "Mois attendus", "Échéance"),
    ("{{ releve.marche }}", "{{ releve.objet }}", "{{ releve.mois }}", "{{ releve.limite }}"),
    (3.6, 5.4, 4.4, 3.2),
)

REMINDER_1 = Model(
    "Relance, premier niveau",
    _letter(
        "relevés d'heures d'insertion à transmettre",
        *paragraphs(
            """
            {{ societe }} intervient sur {{ marches }} dont les pièces prévoient une action
            d'insertion : {{ fondement }}. Sauf erreur de ma part, {{ constat }} :
            """
        ),
        _STATEMENTS,
        *paragraphs(
            """
            Merci de me les transmettre avant le {{ reponse_avant }}, avec les justificatifs
            prévus par chaque marché. Si personne n'a travaillé en insertion pendant l'un de ces
            mois, indiquez-le simplement « sans activité » : aucun relevé ne vous sera plus demandé
            pour ce mois.

            Si vous rencontrez une difficulté pour recruter ou pour déclarer, dites-le-moi : nous
            chercherons ensemble la solution, par embauche directe, par mise à disposition ou en
            confiant une partie des travaux à une structure d'insertion.

            Si votre envoi a croisé ce message, je vous en remercie et vous prie de ne pas en tenir
            compte.
            """
        ),
    ),
)

REMINDER_2 = Model(
    "Relance, second niveau",
    _letter(
        "seconde relance, relevés d'heures d'insertion non reçus",
        *paragraphs(
            """
            {% if relance_precedente %}Malgré ma relance du {{ relance_precedente }},
            {{ constat }}{% else %}À ce jour, {{ constat }}{% endif %} :
            """
        ),
        _STATEMENTS,
        *paragraphs(
            """
            Ces relevés permettent de vérifier l'exécution de la clause sociale prévue par les
            pièces de {{ marches_possessif }} : {{ fondement }}. Sans eux, les heures de vos
            salariés en insertion ne peuvent pas être validées.

            Je vous demande de me les transmettre avant le {{ reponse_avant }}, ou de me faire
            connaître dans ce délai la difficulté qui vous en empêche.

            À défaut, j'en informerai {{ acheteurs }}. L'acheteur peut seul adresser une mise en
            demeure et appliquer les pénalités que prévoient les pièces du marché.
            """
        ),
    ),
)

ELIGIBILITY_NOTICE = Model(
    "Avis d'éligibilité",
    _letter(
        "avis d'éligibilité au titre de la clause sociale d'insertion",
        *paragraphs(
            """
            J'ai examiné la situation de {{ personne }}, que vous employez ({{ poste }},
            {{ type_contrat }}) {{ periode_contrat }}.

            Au vu du justificatif présenté, cette personne relève des publics éligibles.
            L'éligibilité a été validée le {{ validee_le }} ; les heures travaillées sont prises
            en compte {{ periode_eligible }}, sur :
            """
        ),
        LineTable(
            "affectation in affectations",
            ("Marché", "Objet", "Titulaire", "Fondement de la clause"),
            (
                "{{ affectation.marche }}",
                "{{ affectation.objet }}",
                "{{ affectation.titulaire }}",
                "{{ affectation.fondement }}",
            ),
            (3.2, 4.6, 3.8, 5.0),
        ),
        *paragraphs(
            """
            Pour que ces heures soient validées, merci de me transmettre chaque mois le relevé des
            heures et, si ce n'est déjà fait, la copie du contrat de travail. Signalez-moi toute
            modification : fin anticipée, changement de chantier, prolongation.

            Cet avis ne vaut que pour les marchés cités. Le motif d'éligibilité est une donnée
            personnelle : il n'est pas communiqué et n'a pas à être demandé à la personne.
            """
        ),
    ),
)

OUTCOME_REQUEST = Model(
    "Demande de situation à l'issue du parcours",
    _letter(
        "situation des personnes à l'issue de leur parcours d'insertion",
        *paragraphs(
            """
            Vous avez {{ lien }} {{ personnes }} dans le cadre de clauses sociales d'insertion.
            Pour établir le bilan de ces parcours, merci de m'indiquer la situation de chaque
            personne au moment demandé :
            """
        ),
        LineTable(
            "parcours in parcours_demandes",
            ("Personne", "Poste", "Sortie le", "Moment demandé", "Situation"),
            (
                "{{ parcours.personne }}",
                "{{ parcours.poste }}",
                "{{ parcours.sortie }}",
                "{{ parcours.moment }}",
                "",
            ),
            (4.2, 3.6, 2.4, 3.0, 3.4),
        ),
        *paragraphs(
            """
            Une seule des situations suivantes est attendue pour chaque personne :
            {{ situations }}.

            Merci de me répondre avant le {{ reponse_avant }}. Ces informations servent au seul
            bilan de la clause : ne communiquez ni numéro de sécurité sociale, ni élément de santé,
            ni situation judiciaire.
            """
        ),
    ),
)
