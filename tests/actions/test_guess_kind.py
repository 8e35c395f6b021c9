from pathlib import Path

import pytest

from suivi_tui.actions.guess_kind import guess_kind, has_our_hours


@pytest.mark.parametrize(
    ("header", "ours"),
    [
        ("marche;mois;participant;heures", True),
        ("Marché;Mois;Nom;Prénom;Heures", True),
        ("N° de marché;période;salarié;heures réalisées", False),
        ("N° de marché;période;salarié;heures réalisées;heures validées", True),
        ("Nom Prénom;Juillet;Août", False),
        ("marche;mois;heures", False),
    ],
)
def test_our_own_table_of_hours_keeps_its_fast_way(tmp_path: Path, header: str, ours: bool) -> None:
    path = tmp_path / "heures.csv"
    path.write_text(f"{header}\n1;2;3;4;5\n", encoding="utf-8")
    assert has_our_hours(path) is ours


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.xlsx", b""), ("a.ODS", b"x"), ("a.bin", b"PK\x03\x04"), ("a.csv", b"\xd0\xcf\x11\xe0")],
)
def test_a_workbook_is_a_statement_of_hours(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert (guess_kind(path), has_our_hours(path)) == ("heures", False)
