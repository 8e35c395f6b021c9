"""Whatever the order of the files, the same base; and every real file of the shared data."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decp_bases import bring, bring_file, content, counts, journal_size, new_base
from decp_samples import BUYER, contract
from suivi_tui.store.undo import undo_last

DATA = Path(__file__).resolve().parents[3] / "shared/data/decp"

maybe = st.just("NC")
changes = st.fixed_dictionaries(
    {
        "montant": st.sampled_from([1000, 2000]) | maybe,
        "dureeMois": st.sampled_from([6, 12]) | maybe,
        "dateNotification": st.sampled_from(["2026-01-10", "2026-01-12"]) | maybe,
        "procedure": st.sampled_from(["A", "B"]) | maybe,
        "codeCPV": st.sampled_from(["45214200", "45000000"]) | maybe,
        "considerationsSociales": st.sampled_from([["Clause sociale"], ["Marché réservé"]]),
        "modifications": st.lists(
            st.fixed_dictionaries(
                {
                    "dateNotificationModification": st.sampled_from(["2026-02-01", "2026-03-01"]),
                    "montant": st.sampled_from([3000, 4000]) | maybe,
                    "dureeMois": st.sampled_from([24]) | maybe,
                    "titulaires": st.sampled_from([[], [{"id": "33970714300022"}]]),
                }
            ),
            max_size=2,
        ),
    }
)


@settings(max_examples=25)
@given(changes, changes)
def test_two_publications_give_the_same_base_whichever_comes_first(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    files = [
        contract(**first, datePublicationDonnees="2026-01-20"),
        contract(**second, datePublicationDonnees="2026-01-21"),
    ]
    found = []
    for ordered in (files, files[::-1]):
        with tempfile.TemporaryDirectory() as folder, new_base(Path(folder)) as base:
            for record in ordered:
                bring(base, record)
            found.append(content(base))
            size = journal_size(base)
            assert counts(bring(base, *files)) == (0, 0, 2, 0)
            assert journal_size(base) == size
    assert found[0] == found[1]


lots = st.fixed_dictionaries(
    {
        "objet": st.sampled_from(["Lot 1 : a", "Lot 2", "b", "c"]),
        "montant": st.sampled_from([1000, "NC"]),
        "dateNotification": st.sampled_from(["2026-01-10", "2026-01-12"]),
        "id": st.sampled_from(["M1", "M2"]),
    }
)


@settings(max_examples=25)
@given(st.lists(lots, max_size=6))
def test_any_file_is_counted_read_once_and_taken_back(items: list[dict[str, Any]]) -> None:
    records = [contract(**item) for item in items]
    with tempfile.TemporaryDirectory() as folder, new_base(Path(folder)) as base:
        before = content(base)
        report = bring(base, *records)
        assert report.read == len(records) and report.left_out == 0
        after = content(base)
        assert report.created == len(after["lots"])
        assert counts(bring(base, *records)) == (0, 0, len(records), 0)
        if records:
            undo_last(base)
            assert content(base) == before
            bring(base, *records)
            assert content(base) == after


REAL = sorted(DATA.glob("[!s]*/*")) if DATA.is_dir() else []


@pytest.mark.skipif(not REAL, reason="../shared/data is not beside the project")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_every_real_file_comes_in_once(path: Path, tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        bring_file(base, path)
        first = bring_file(base, path, everything=True)
        assert (first.error is None) == (path.suffix != ".xml")
        size = journal_size(base)
        again = bring_file(base, path, everything=True)
        left = first.left_out
        assert counts(again) == (0, 0, again.read - left, left)
        assert journal_size(base) == size


@pytest.mark.skipif(not REAL, reason="../shared/data is not beside the project")
@pytest.mark.parametrize(
    ("name", "everything", "expected", "contracts"),
    [
        ("officiel/marches_concessions.json", False, (4, 0, 0, 0), 4),
        ("malforme/decp_processing_test_2022.json", False, (1, 0, 0, 4), 1),
        ("reel/e_marchespublics_2019.json", False, (0, 0, 0, 470), 0),
        ("reel/e_marchespublics_2019.json", True, (468, 0, 2, 0), 441),
        ("reel/marches_securises_croix_2019_2021.json", True, (125, 0, 1, 33), 111),
        ("reel/decp_info_tabulaire_travaux_2024H2.csv", True, (5180, 0, 0, 0), 5180),
    ],
)
def test_counts_of_real_files(
    tmp_path: Path,
    name: str,
    everything: bool,
    expected: tuple[int, ...],
    contracts: int,
) -> None:
    with new_base(tmp_path) as base:
        assert counts(bring_file(base, DATA / name, everything=everything)) == expected
        assert len(content(base)["contracts"]) == contracts
        followed = base.connection.execute("SELECT count(*) FROM contract WHERE taken_up = 1")
        assert followed.fetchone() == (0,)


@pytest.mark.skipif(not REAL, reason="../shared/data is not beside the project")
def test_a_real_contract_has_the_amount_of_its_last_modification(tmp_path: Path) -> None:
    path = DATA / "reel/e_marchespublics_2025_avec_modifications.json"
    with new_base(tmp_path) as base:
        bring_file(base, path, everything=True)
        ((buyer, *_, amount, _, _, _, _, _, _),) = content(base)["contracts"]
        assert buyer != BUYER and amount == 43_261_200
        events = content(base)["events"]
        assert [event[4] for event in events] == [37_460_300, 42_882_400, 43_261_200]
