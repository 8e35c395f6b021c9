"""How hours are owed and expected over time, what is known of a target (domain.md 3.5, 6.1)."""

from suivi_tui.vocabulary.choices.choice import Choice


class OwedFormula(Choice):
    """How a contract says the hours that are owed (domain.md 3.5)."""

    FIXED = "fixe", "Volume fixe", "forfait d'heures"
    PERCENT_OF_HOURS = "pourcentage_heures", "Pourcentage des heures travaillées"
    PER_AMOUNT = "par_montant", "Heures par montant commandé ou facturé"
    PER_TRANCHE = "par_tranche", "Heures par tranche ferme ou optionnelle"
    PER_YEAR = "par_annee", "Volume par année d'accord-cadre"


class AmountBasis(Choice):
    """Which amounts make hours due."""

    ORDERED = "commande", "Montants commandés"
    INVOICED = "facture", "Montants facturés"


class ThresholdReading(Choice):
    """Two readings of "beyond 2.7 M EUR" that the same sentence allows (CCAP 21_BAM_048, 1.4)."""

    BEYOND = "au_dela", "Seulement ce qui dépasse le seuil"
    WHOLE = "tout", "Tout le montant, une fois le seuil dépassé"


class StepReading(Choice):
    """Whether an incomplete step of the amount brings its share of hours."""

    WHOLE_STEPS = "pas_entiers", "Par pas entiers du montant"
    PRO_RATA = "prorata", "Au prorata du montant"


class ScheduleKind(Choice):
    """How the hours owed are expected over time (domain.md 6.1)."""

    LINEAR = "lineaire", "Linéaire"
    SITE = "chantier", "Calendrier de chantier"
    STEPS = "paliers", "Paliers datés, exigés le jour dit"
    MILESTONES = "jalons", "Jalons datés, répartis entre deux dates"


class TargetState(Choice):
    """What is known of a target."""

    REACHED = "atteinte", "Atteinte"
    MISSING = "manquante", "Pas encore atteinte"
    UNKNOWN = "indeterminee", "Impossible à dire"
