from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import new_base, new_buyer
from builders_screens import filled_base
from reading_costs import plan_of, scans, steps_of
from suivi_tui.store.base import Base
from suivi_tui.store.journal import changed, created, write
from suivi_tui.store.queries import history
from suivi_tui.store.queries.paging import Page
from suivi_tui.store.undo import undo
from suivi_tui.vocabulary.choices import BatchKind


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def small_and_large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Base, Base]]:
    folder = tmp_path_factory.mktemp("history")
    with filled_base(folder, 500) as small, filled_base(folder, 50_000) as large:
        yield small, large


def test_batches_come_latest_first_with_who_and_how_many(base: Base) -> None:
    source = base.new_id()
    write(
        base,
        [created("source_file", source, {"name": "marches.csv", "sha256": "00"})],
        label="Fichier",
    )
    write(
        base,
        [created("buyer", base.new_id(), {"name": f"Ville {rank}"}) for rank in range(5)],
        kind=BatchKind.IMPORT,
        label="Import de marches.csv",
        source_file=source,
    )
    new_buyer(base)
    last, imported, *_ = history.batches_page(base.connection)
    assert (last.label, last.lines) == ("Essai : buyer", 1)
    assert (imported.kind, imported.label, imported.lines) == (
        "import",
        "Import de marches.csv",
        5,
    )
    assert (imported.author, imported.structure) == ("Alix Essai", "Maison de l'emploi")
    assert (imported.installation, imported.source_file) == ("suivi", "marches.csv")
    assert imported.undone_by is None
    only = history.batches_page(base.connection, kind=BatchKind.IMPORT)
    assert [row.batch for row in only] == [imported.batch]


def test_a_filter_keeps_the_batches_whose_label_holds_the_words(base: Base) -> None:
    for label in ("Ajout : marché École", "Embauche : MERLE Zoé", "Modification : marché Écluse"):
        write(base, [created("buyer", base.new_id(), {"name": "Ville"})], label=label)

    def found(filter: str, page: Page | None = None) -> list[str]:
        rows = history.batches_page(base.connection, page, filter=filter)
        return [row.label for row in rows]

    assert found("MARCHE ec") == ["Modification : marché Écluse", "Ajout : marché École"]
    assert found("zoe") == ["Embauche : MERLE Zoé"]
    assert found("licorne") == []
    (first,) = history.batches_page(base.connection, Page(1), filter="marche")
    assert found("marche", Page(1, after=first.key)) == ["Ajout : marché École"]


def test_the_count_is_that_of_the_lines_shown(base: Base) -> None:
    for rank in range(3):
        write(
            base,
            [
                created("buyer", base.new_id(), {"name": f"{rank}.{place}"})
                for place in range(rank + 1)
            ],
            label=f"{rank}",
        )
    undo(base, history.batches_page(base.connection)[0].batch)
    for row in history.batches_page(base.connection):
        assert row.lines == len(history.lines_page(base.connection, row.batch))


def test_a_batch_taken_back_says_so(base: Base) -> None:
    new_buyer(base)
    taken_back = history.batches_page(base.connection)[0].batch
    undo(base, taken_back)
    undoing, undone, *_ = history.batches_page(base.connection)
    assert (undone.batch, undone.undone_by) == (taken_back, undoing.batch)
    assert (undoing.kind, undoing.lines) == ("annulation", 1)


def test_pages_follow_each_other(base: Base) -> None:
    for rank in range(5):
        new_buyer(base, f"Ville {rank}")
    every = history.batches_page(base.connection)
    first = history.batches_page(base.connection, Page(2))
    second = history.batches_page(base.connection, Page(2, after=first[-1].key))
    assert first + second == every[:4]
    assert history.batches_page(base.connection, Page(2, before=second[0].key)) == first
    assert history.batches_page(base.connection, Page(2, last=True)) == every[-2:]


def test_the_lines_of_a_batch_are_paged_in_the_order_written(base: Base) -> None:
    write(
        base,
        [created("buyer", base.new_id(), {"name": f"Ville {rank}"}) for rank in range(5)],
        label="Villes",
    )
    batch = history.batches_page(base.connection)[0].batch
    lines = history.lines_page(base.connection, batch)
    assert lines[0].value == '{"name":"Ville 0"}'
    assert len(lines) == 5
    assert history.lines_page(base.connection, batch, Page(after=lines[1].key)) == lines[2:]


def test_the_value_before_a_line(base: Base) -> None:
    buyer = new_buyer(base, "Ancien")
    for name in ("Deuxième", "Troisième"):
        write(base, [changed("buyer", buyer, "name", name)], label="Essai")
    first, second, third = history.lines_of_row(base.connection, "buyer", str(buyer))
    row = ("buyer", str(buyer), "name")
    assert history.value_before(base.connection, *row, third.hlc) == ("name", '"Deuxième"')
    assert history.value_before(base.connection, *row, second.hlc) == ("+", first.value)
    assert history.value_before(base.connection, *row, first.hlc) is None


def test_backups_come_latest_first(base: Base) -> None:
    for rank in (1, 2):
        base.connection.execute(
            "INSERT INTO backup_log (path, made_at, lines, sha256) VALUES (?, ?, ?, '')",
            (f"copie-{rank}.db", f"2026-03-0{rank}T10:00:00", rank),
        )
    assert [row.path for row in history.backups(base.connection)] == ["copie-2.db", "copie-1.db"]


QUESTIONS = {
    "first page": lambda c: history.batches_page(c, Page(50)),
    "last page": lambda c: history.batches_page(c, Page(50, last=True)),
    "next page": lambda c: history.batches_page(c, Page(50, after=(8000300,))),
    "page before": lambda c: history.batches_page(c, Page(50, before=(8000300,))),
    "a kind": lambda c: history.batches_page(c, Page(50), kind=BatchKind.ENTRY),
    "lines": lambda c: history.lines_page(c, 8000300),
    "row": lambda c: history.lines_of_row(c, "participant", "300"),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_reads_the_whole_journal(small_and_large: tuple[Base, Base], name: str) -> None:
    connection = small_and_large[1].connection
    plan = plan_of(connection, lambda: QUESTIONS[name](connection))
    assert scans(plan) == []
    if "page" in name:
        assert not [line for line in plan if "TEMP B-TREE" in line]


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_cost_does_not_grow_with_the_journal(
    small_and_large: tuple[Base, Base], name: str
) -> None:
    few, many = (
        steps_of(base.connection, lambda base=base: QUESTIONS[name](base.connection))
        for base in small_and_large
    )
    assert many <= 1.5 * few
