from pathlib import Path

import pytest

from builders import add, new_buyer, new_company, new_contract
from import_samples import bring
from suivi_tui.actions.keeping import verify
from suivi_tui.actions.proof_files import CONTROL
from suivi_tui.store.base import Base
from suivi_tui.store.undo import undo_last

LINES = ("marche;mois;participant;heures", "M1;2026-01;P1;10", "M1;2026-02;P1;20")


@pytest.fixture
def proof(base: Base) -> Path:
    add(base, "participant", reference="P1", last="Exemple", first="Camille")
    new_contract(base, number="M1", buyer=new_buyer(base), company=new_company(base))
    bring(base, "heures", *LINES)
    return base.path.parent / "heures.csv"


def remarks(base: Base) -> list[tuple[str, int, str]]:
    result = verify(base)
    assert result.sound
    return [
        (found.gravity, found.number, found.message)
        for found in result.findings
        if found.control == CONTROL
    ]


def test_an_untouched_proof_is_not_remarked(base: Base, proof: Path) -> None:
    assert remarks(base) == []


def test_an_altered_proof_is_named_with_its_lines(base: Base, proof: Path) -> None:
    proof.write_text(proof.read_text() + "\n", encoding="utf-8")
    ((gravity, number, message),) = remarks(base)
    assert (gravity, number) == ("alerte", 2)
    assert "heures.csv" in message
    assert "lignes d'heures en viennent" in message
    undo_last(base)
    assert remarks(base) == [], "an import taken back proves nothing"


@pytest.mark.parametrize("instead", [None, "folder"])
def test_a_missing_proof_is_an_information(base: Base, proof: Path, instead: str | None) -> None:
    proof.unlink()
    if instead:
        proof.mkdir()
    ((gravity, number, _),) = remarks(base)
    assert (gravity, number) == ("info", 1)
