"""The default texts of the mails: the first line is their subject."""

from typing import Final

from suivi_tui.documents.blocks import typographic
from suivi_tui.vocabulary.choices import DocumentKind

_STATEMENTS: Final = (
    "{% for releve in releves %}- {{ releve.marche }}, {{ releve.objet }} : {{ releve.mois }}\n"
    "{% endfor %}"
)
_SIGNATURE: Final = (
    "Bien cordialement,\n\n{{ auteur }}{% if fonction %}\n{{ fonction }}{% endif %}"
    "{% if structure %}\n{{ structure }}{% endif %}{% if coordonnees %}\n{{ coordonnees }}"
    "{% endif %}\n"
)


def _mail(subject: str, body: str) -> str:
    """A subject, a greeting, the paragraphs of ``body`` (line ends inside one are spaces)."""
    written = [
        block.strip() if block.lstrip().startswith("{% for") else " ".join(block.split())
        for block in body.split("\n\n")
        if block.strip()
    ]
    return "\n\n".join([subject, "Madame, Monsieur,", *written, _SIGNATURE])


_TEXTS: Final = {
    DocumentKind.REMINDER_1: _mail(
        "Relevés d'heures d'insertion à transmettre : {{ mois }}",
        f"""
        Sauf erreur de ma part, {{{{ constat }}}} :

        {_STATEMENTS}

        Merci de me les transmettre avant le {{{{ reponse_avant }}}}, avec les justificatifs prévus
        par chaque marché. Si personne n'a travaillé en insertion pendant l'un de ces mois,
        répondez simplement « sans activité ».

        Si vous rencontrez une difficulté, appelez-moi : nous chercherons ensemble une solution. Le
        courrier joint reprend ces éléments.
        """,
    ),
    DocumentKind.REMINDER_2: _mail(
        "Seconde relance, relevés d'heures d'insertion non reçus : {{ mois }}",
        f"""
        {{% if relance_precedente %}}Malgré ma relance du {{{{ relance_precedente }}}},
        {{{{ constat }}}}{{% else %}}À ce jour, {{{{ constat }}}}{{% endif %}} :

        {_STATEMENTS}

        Je vous demande de me les transmettre avant le {{{{ reponse_avant }}}}, ou de me faire
        connaître la difficulté qui vous en empêche. À défaut, j'en informerai
        {{{{ acheteurs }}}}. Le courrier joint précise les suites possibles.
        """,
    ),
    DocumentKind.ELIGIBILITY_NOTICE: _mail(
        "Avis d'éligibilité : {{ personne }}",
        """
        Vous trouverez ci-joint l'avis d'éligibilité de {{ personne }}, dont les heures sont prises
        en compte {{ periode_eligible }}.

        Merci de me transmettre chaque mois le relevé des heures et, si ce n'est déjà fait, la
        copie du contrat de travail.
        """,
    ),
    DocumentKind.OUTCOME_REQUEST: _mail(
        "Situation à l'issue des parcours d'insertion",
        """
        Pour établir le bilan des parcours d'insertion, merci de m'indiquer avant le
        {{ reponse_avant }} la situation des personnes listées dans le courrier joint
        ({{ personnes }}).
        """,
    ),
    DocumentKind.CERTIFICATE: _mail(
        "Marché {{ marche }} : attestation de réalisation des heures d'insertion",
        """
        Vous trouverez ci-joint l'attestation des heures d'insertion réalisées par {{ entreprise }}
        au titre du marché n° {{ marche }}, « {{ objet }} » : {{ validees }} validées,
        {{ periode }}.
        """,
    ),
    DocumentKind.MEETING_BRIEF: _mail(
        "Fiche de réunion : {{ operation }}",
        """
        Vous trouverez ci-joint la situation de la clause sociale d'insertion de l'opération
        « {{ operation }} » au {{ date }} : {{ validees }} validées sur {{ dues }} dues.
        """,
    ),
    DocumentKind.FORMAL_NOTICE: _mail(
        "Marché {{ marche }} : projet de mise en demeure soumis à votre signature",
        """
        Vous trouverez ci-joint un projet de mise en demeure adressé à {{ entreprise }} pour le
        marché n° {{ marche }}, « {{ objet }} ».

        Il s'agit d'une proposition : vous seul décidez de l'adresser. Merci de compléter les
        articles du marché, de confirmer le délai, puis de m'indiquer la date d'envoi et celle de
        réception.
        """,
    ),
    DocumentKind.PENALTY: _mail(
        "Marché {{ marche }} : proposition de pénalité soumise à votre décision",
        """
        Vous trouverez ci-joint une proposition de pénalité pour {{ entreprise }}, marché
        n° {{ marche }}, « {{ objet }} » : {{ montant }} hors taxes, avec le détail du calcul.

        {{ avertissement }} Merci de m'indiquer votre décision.
        """,
    ),
}


def default_mail(kind: DocumentKind) -> str:
    """The text of a mail with its tags, no-break spaces put in."""
    return typographic(_TEXTS[kind])
