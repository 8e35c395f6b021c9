"""What holds for any file: no other exception than the refusal, no effect of the order."""

import json
import random
import string
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.exchange.decp import DecpFile, UnreadableFile, grouped, read_decp
from suivi_tui.exchange.decp.contracts import KNOWN_FIELDS

few = settings(max_examples=60, deadline=None)

WORDS = [
    "NC",
    "INX 5",
    "2018-12-31+01:00",
    "['Clause sociale']",
    "1e5",
    "MQ NC",
    "<br />",
    "9" * 30,
]
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(WORDS)
)
INNER = ["id", "nom ", "titulaire", "modification", "montant", "considerationSociale", "code"]
trees = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(INNER) | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)
anything = st.dictionaries(st.sampled_from(sorted(KNOWN_FIELDS)), trees, max_size=8)
named = anything.map(lambda fields: {"acheteur": {"id": "21590163800019"}} | fields | {"id": "M1"})


def read(content: bytes, name: str) -> DecpFile | None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            return read_decp(path)
        except UnreadableFile as refusal:
            assert "base est inchangée" in str(refusal)
            return None


@few
@given(st.binary(max_size=300), st.sampled_from(["a.json", "a.csv", "a"]))
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    read(content, name)


@few
@given(st.text(alphabet=string.printable + "é\ud7ff", max_size=200), st.sampled_from(",;\t"))
def test_any_table_is_read_or_refused(rows: str, separator: str) -> None:
    header = separator.join(["id", "acheteur_id", "montant", "dateNotification", "titulaire_id"])
    read(f"{header}\n{rows}".encode(), "a.csv")


@few
@given(st.lists(named | anything | trees, max_size=4))
def test_any_record_is_read(items: list[Any]) -> None:
    file = read(json.dumps({"marches": items}).encode(), "a.json")
    assert file is not None
    assert len(file.records) + file.left_out == len(items)
    assert sum(group.size for group in grouped(file.records)) == len(file.records)
    for warning in file.warnings:
        assert warning.message.isprintable() or "\u00a0" in warning.message


lots = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["M1", "M2"]),
        "acheteur": st.just({"id": "21590163800019"}),
        "objet": st.sampled_from(["Lot 1 : a", "Lot 2", "b", "c"]),
        "montant": st.sampled_from([10, 20]),
        "datePublicationDonnees": st.sampled_from(["2026-01-01", "2026-02-01", "NC"]),
        "titulaires": st.lists(
            st.sampled_from(
                [
                    {"id": "81809944200019", "typeIdentifiant": "SIRET"},
                    {"denominationSociale": "Lys"},
                ]
            ),
            max_size=3,
        ),
    }
)


def outcome(items: list[dict[str, Any]]) -> object:
    file = read(json.dumps(items).encode(), "a.json")
    assert file is not None
    return [
        (
            group.key,
            group.object,
            [
                (
                    lot.number,
                    lot.identity,
                    lot.record.fingerprint,
                    lot.repeated,
                    [record.fingerprint for record in lot.earlier],
                )
                for lot in group.lots
            ],
        )
        for group in grouped(file.records)
    ]


@few
@given(st.lists(lots, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_records_and_fields_changes_nothing(
    items: list[dict[str, Any]], order: random.Random
) -> None:
    shuffled = [dict(order.sample(sorted(item.items()), len(item))) for item in items]
    order.shuffle(shuffled)
    assert outcome(items) == outcome(shuffled)


rows = st.tuples(
    st.sampled_from(["M1", "M2"]),
    st.sampled_from(["81809944200019", "33970714300022", ""]),
    st.sampled_from(["10", "20", "NC"]),
    st.sampled_from(["2026-01-01", "2026-02-01", ""]),
)


@few
@given(st.lists(rows, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(
    table: list[tuple[str, ...]], order: random.Random
) -> None:
    def fingerprints(lines: list[tuple[str, ...]]) -> list[str]:
        text = "id,titulaire_id,montant,dateNotification,acheteur_id\n"
        text += "".join(",".join((*line, "21590163800019")) + "\n" for line in lines)
        file = read(text.encode(), "a.csv")
        assert file is not None
        return sorted(record.fingerprint for record in file.records)

    shuffled = order.sample(table, len(table))
    assert fingerprints(table) == fingerprints(shuffled)
