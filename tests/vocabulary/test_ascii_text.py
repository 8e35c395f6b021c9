"""What a console in ASCII is given."""

import pytest

from suivi_tui.vocabulary.ascii_text import nearest_ascii


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Échéance à vérifier", "Echeance a verifier"),
        ("«\u00a0cœur\u00a0» : 35\u00a0€…", '" coeur " : 35 EUR...'),
        ("日本 🏗", "?? ?"),
        ("plain\n", "plain\n"),
    ],
)
def test_the_nearest_text(text: str, expected: str) -> None:
    assert nearest_ascii(text) == expected
