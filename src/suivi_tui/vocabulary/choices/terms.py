"""What a contract may say differently from reference data: its terms (``model.md``, term)."""

from suivi_tui.vocabulary.choices.choice import Choice


class TermCode(Choice):
    """The terms of a contract or of one of its lots.

    Besides these, ``controle/CODE`` sets the gravity of the check CODE (see ``CheckGravity``).
    """

    CADENCE = "cadence", "Cadence des relevés"
    DUE_DAY = "jour_releve", "Jour limite d'envoi du relevé"
    FIRST_MONTH = "premier_mois", "Premier mois attendu"
    HOLDER_DECLARES = "titulaire_declare", "Relevé attendu du titulaire"
    DECLARANT = "declarant", "Relevé attendu aussi de"
    POOLING = "globalisation", "Heures mutualisées entre marchés"
    WINDOW_MONTHS = "fenetre_mois", "Durée d'éligibilité, en mois"


FORMULA_TERM = "formule/"
"""The prefix of the terms that say how hours are owed (``OwedFormula``)."""
SCHEDULE_TERM = "calendrier/"
"""The prefix of the terms that say how hours are expected over time (``ScheduleKind``)."""


class FormulaTerm(Choice):
    """The figures of the formula and of the schedule of the obligations of a lot.

    Hours and percentages are whole hundredths, amounts whole cents; ``formule/volume/N`` is the
    volume of the year N of a framework agreement.
    """

    HOURS = "formule/heures", "Heures par pas"
    STEP = "formule/pas", "Montant d'un pas"
    THRESHOLD = "formule/seuil", "Seuil de déclenchement"
    BASIS = "formule/assiette", "Montants qui comptent"
    READING = "formule/lecture", "Lecture du seuil"
    ROUNDING = "formule/arrondi", "Pas incomplets"
    RATE = "formule/taux", "Part des heures travaillées"
    TAKEN_OVER = "formule/reprise", "Heures du personnel repris"
    WORKED = "formule/travaillees", "Heures travaillées à ce jour"
    PLANNED = "formule/prevues", "Heures prévues en tout"
    VOLUME = "formule/volume", "Volume par année"
    CARRIED = "formule/report", "Report d'une année sur l'autre"
    IDLE = "calendrier/sans_activite", "Périodes sans activité"
    STEPS = "calendrier/etapes", "Étapes datées"


CHECK_TERM = "controle/"
"""The prefix of the terms that set the gravity of a check."""


class Cadence(Choice):
    """How often a statement is due."""

    MONTHLY = "mensuelle", "Mensuelle"
    QUARTERLY = "trimestrielle", "Trimestrielle"


class HolderDeclares(Choice):
    """Whether the holder of an obligation sends a statement of its own."""

    WHEN_EMPLOYING = "auto", "S'il emploie, ou si personne d'autre ne déclare"
    ALWAYS = "oui", "Toujours"
    NEVER = "non", "Jamais"


class CheckGravity(Choice):
    """What a check of entered hours does; none of them refuses the hours."""

    WARN = "avertir", "Avertir"
    ALERT = "alerter", "Alerter"
    IGNORE = "ignorer", "Ignorer"
