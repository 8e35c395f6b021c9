"""What is said of a contract when it is evaluated."""

from suivi_tui.vocabulary.choices.choice import Choice


class ReviewAuthor(Choice):
    """Whose words a review holds."""

    COMPANY = "entreprise", "L'entreprise"
    TUTOR = "tuteur", "Le tuteur"
    PARTICIPANT = "participant", "La personne en insertion"
    BUYER = "acheteur", "L'acheteur"
    FACILITATOR = "facilitateur", "Le facilitateur"
