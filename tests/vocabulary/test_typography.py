"""Signs and units stay with the word before them."""

import pytest

from suivi_tui.vocabulary.typography import french


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Mois : mars", "Mois_: mars"),
        ("Fait ; sûr ? oui ! dit « ici »", "Fait_; sûr_? oui_! dit «_ici_»"),
        ("(vide : tout)", "(vide_: tout)"),
        ("35 h, 80 % et 12 €", "35_h, 80_% et 12_€"),
        ("35 heures, 3 habitants", "35 heures, 3 habitants"),
        ("à 14:02", "à 14:02"),
        ("lieu :nom", "lieu :nom"),
        ("2 critiques · ! 4 alertes", "2 critiques · ! 4 alertes"),
        ("", ""),
        (" : ", " : "),
    ],
)
def test_spaces_that_do_not_break(written: str, shown: str) -> None:
    assert french(written) == shown.replace("_", "\u00a0")
    assert french(french(written)) == french(written)
