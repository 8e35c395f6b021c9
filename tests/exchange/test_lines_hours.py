"""Lines of hours: what comes in, what is remarked, what is left out and why."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suivi_tui.exchange.csv_file import UnreadableFile
from suivi_tui.exchange.line_report import LinesFile
from suivi_tui.exchange.lines import HourLine, read_hours

TODAY = date(2026, 3, 31)


def hours_of(tmp_path: Path, text: str) -> LinesFile[HourLine]:
    path = tmp_path / "heures.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return read_hours(path, TODAY)


def test_the_four_required_columns_are_enough(tmp_path: Path) -> None:
    file = hours_of(tmp_path, "heures;mois;participant;marche\n12,5;2026-03;P1;M-01\n")
    assert file.lines == [
        HourLine(
            line=2,
            buyer="",
            buyer_siret=None,
            contract="M-01",
            lot="",
            company="",
            company_siret=None,
            month=202603,
            participant="P1",
            employer="",
            employer_siret=None,
            structure_kind="",
            mode="",
            type="",
            start=None,
            end=None,
            weekly_hours=None,
            post="",
            rome="",
            qpv="",
            kind=1,
            declared=1250,
            validated=None,
            refusal_reason="",
            reference="",
            comment="",
            last="",
            first="",
            birth=None,
        )
    ]
    assert (file.warnings, file.left_out, file.read) == ([], [], 1)
    assert file.columns == {"heures", "mois", "participant", "marche"}


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        (";2026-03;P1;10;", "marche", "obligatoire"),
        ("M;;P1;10;", "mois", "obligatoire"),
        ("M;2026-03; ;10;", "participant", "il manque participant ou nom, prenom"),
        ("M;2026-03;P1;;", "heures", "obligatoire"),
        ("M;2026-03;P1;douze;", "heures", "«\u00a0douze\u00a0»"),
        ("M;1999-12;P1;10;", "mois", "2000"),
        ("M;2027-04;P1;10;", "mois", "12 mois"),
        ("M;13/2026;P1;10;", "mois", "13/2026"),
        ("M;2026-02;P1;672,01;", "heures", "24\u00a0h par jour"),
        ("M;2026-03;P1;-744,01;", "heures", "24\u00a0h par jour"),
        ("M;2026-03;180044458879977;10;", "participant", "sécurité sociale"),
        ("M;2026-03;P1;12;5;3", "", "plus de cellules"),
    ],
)
def test_a_line_that_cannot_be_placed_is_left_out_with_its_number(
    tmp_path: Path, cells: str, column: str, reason: str
) -> None:
    text = f"marche;mois;participant;heures;validees\nM;2026-03;P0;1;\n{cells}\nM;2026-03;P2;2;\n"
    file = hours_of(tmp_path, text)
    assert [(line.line, line.participant) for line in file.lines] == [(2, "P0"), (4, "P2")]
    [left_out] = file.left_out
    assert (left_out.record, left_out.field) == (3, column)
    assert reason in left_out.message
    assert file.read == 3


@pytest.mark.parametrize("hours", ["0", "744", "-12,5", "672"])
def test_any_possible_number_of_hours_comes_in(tmp_path: Path, hours: str) -> None:
    file = hours_of(tmp_path, f"marche;mois;participant;heures\nM;2026-03;P;{hours}\n")
    assert len(file.lines) == 1
    assert file.warnings == []


@pytest.mark.parametrize(
    ("declared", "validated", "kept", "remarks"),
    [
        ("10", "", None, 0),
        ("10", "10", 1000, 0),
        ("10", "0", 0, 0),
        ("-10", "-4", -400, 0),
        ("0", "0", 0, 0),
        ("10", "10,01", None, 1),
        ("10", "-1", None, 1),
        ("-10", "4", None, 1),
        ("-10", "-11", None, 1),
        ("10", "oui", None, 1),
    ],
)
def test_validated_hours_lie_between_zero_and_declared(
    tmp_path: Path, declared: str, validated: str, kept: int | None, remarks: int
) -> None:
    text = f"marche;mois;participant;heures;validees\nM;2026-03;P;{declared};{validated}\n"
    file = hours_of(tmp_path, text)
    assert file.lines[0].validated == kept
    assert [(w.record, w.field) for w in file.warnings] == [(2, "validees")] * remarks


def test_what_is_not_understood_is_remarked_in_the_order_of_lines(tmp_path: Path) -> None:
    text = (
        "marche;mois;participant;heures;type_structure;contrat_debut;contrat_fin;employeur_siret\n"
        "M;2026-03;P1;1;SARL;;;\n"
        "M;2026-03;P2;1;EI;31/02/2026;;\n"
        "M;2026-03;;1;SARL;nc;;\n"
        "M;2026-03;P4;1;SARL;02/03/2026;01/03/2026;123\n"
    )
    file = hours_of(tmp_path, text)
    assert [(w.record, w.field) for w in file.warnings] == [
        (2, "type_structure"),
        (3, "contrat_debut"),
        (5, "employeur_siret"),
        (5, "type_structure"),
        (5, "contrat_fin"),
    ]
    assert file.lines[0].structure_kind == ""
    assert file.lines[1].start is None
    assert file.lines[2][14:16] == ("2026-03-02", "2026-03-01")
    assert [left_out.record for left_out in file.left_out] == [4]


def test_the_same_faults_are_told_for_every_line_of_a_long_file(tmp_path: Path) -> None:
    lines = "".join(
        f"M;2026-03;P{n};{'x' if n % 100 == 7 else '1'};{'?!' if n % 50 == 3 else 'EI'}\n"
        for n in range(1000)
    )
    file = hours_of(tmp_path, "marche;mois;participant;heures;type_structure\n" + lines)
    assert [w.record for w in file.left_out] == [n + 2 for n in range(1000) if n % 100 == 7]
    assert [w.record for w in file.warnings] == [n + 2 for n in range(1000) if n % 50 == 3]
    assert len(file.lines) == 990
    assert all(line.participant == f"P{line.line - 2}" for line in file.lines)


def test_the_header_alone_is_an_empty_file_of_hours(tmp_path: Path) -> None:
    file = hours_of(tmp_path, "marche;mois;participant;heures\n")
    assert (file.lines, file.left_out, file.read) == ([], [], 0)


# Each example writes its own file in the folder of the test.
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=60),
    st.lists(st.sampled_from([";", '"', "\n", "'", "1", "é", "\0", "2026-03", "x", "=", "\r"])),
)
def test_no_file_does_worse_than_be_refused(
    tmp_path: Path, noise: bytes, pieces: list[str]
) -> None:
    path = tmp_path / "bruit.csv"
    path.write_bytes(b"marche;mois;participant;heures\n" + "".join(pieces).encode() + noise)
    try:
        file = read_hours(path, TODAY)
    except UnreadableFile:
        return
    assert file.read == len(file.lines) + len(file.left_out)
