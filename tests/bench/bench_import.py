"""Ratio of a bulk import of hours to the bare work it cannot do without.

Run by hand: ``python tests/bench/bench_import.py [lines]``. The floor is ``csv.reader`` over the
file plus one ``executemany`` of the same rows into the hour table with its index: same settings,
one transaction. The target is a ratio of 10 at most.
"""

import csv
import sqlite3
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from suivi_tui.actions.import_contracts import import_contracts
from suivi_tui.actions.import_hours import import_hours
from suivi_tui.actions.import_participants import import_participants
from suivi_tui.exchange.columns_hours import HOUR_COLUMNS
from suivi_tui.store.base import create_base
from suivi_tui.store.engine import connect

CONTRACTS, EMPLOYERS, MONTHS = 100, 20, 50
TODAY = date(2026, 3, 31)
HOURS = [column.name for column in HOUR_COLUMNS.columns]


def write_files(folder: Path, people: int) -> tuple[Path, Path, Path]:
    """Contracts, people, and ``MONTHS`` hour lines a person."""
    contracts, participants, hours = (
        folder / f"{name}.csv" for name in ("marches", "participants", "heures")
    )
    with contracts.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["acheteur", "marche", "objet", "entreprise", "heures_dues"])
        for rank in range(CONTRACTS):
            name = f"Entreprise {rank}"
            writer.writerow(["Ville de Valmont", f"M{rank:03d}", "Travaux", name, "35000"])
    with participants.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["participant", "nom", "prenom", "naissance", "critere"])
        for rank in range(people):
            writer.writerow([f"P{rank:05d}", f"Nom{rank}", "Camille", "1990-05-12", "RSA"])
    with hours.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HOURS)
        for rank in range(people):
            for month in range(MONTHS):
                writer.writerow(hour_row(rank, month))
    return contracts, participants, hours


def hour_row(rank: int, month: int) -> list[str]:
    """A line such as a structure sends it."""
    contract = rank % CONTRACTS
    declared = 10000 + (rank * 7 + month * 13) % 5000
    place = ["Ville de Valmont", "", f"M{contract:03d}", "0", f"Entreprise {contract}", ""]
    worker = [f"P{rank:05d}", f"Intérim {rank % EMPLOYERS}", "", "ETTI", "Mise à disposition"]
    work_contract = ["CDD d'insertion", f"2021-0{rank % 9 + 1}-15", "", "35", "Maçon", "F1703"]
    figures = [f"{declared // 100},{declared % 100:02d}", "", "", f"R{rank % 100}-{month}", ""]
    when = f"{2022 + month // 12}-{month % 12 + 1:02d}"
    return [*place, when, *worker, *work_contract, "oui", "travail", *figures]


def floor(path: Path, folder: Path) -> float:
    """Seconds of reading the file and inserting its rows with nothing else done."""
    (folder / "plancher.db").touch()
    connection = connect(folder / "plancher.db")
    connection.execute(
        "CREATE TABLE hour_entry (obligation INTEGER, month INTEGER, placement INTEGER, "
        "kind INTEGER, declared INTEGER NOT NULL, validated INTEGER, refusal_reason TEXT, "
        "comment TEXT, statement INTEGER, reference TEXT, removed INTEGER, "
        "PRIMARY KEY (obligation, month, placement, kind)) STRICT, WITHOUT ROWID"
    )
    connection.execute(
        "CREATE INDEX hour_entry_placement ON hour_entry "
        "(placement, month, declared, validated, removed)"
    )
    start = time.perf_counter()
    with path.open(newline="", encoding="utf-8-sig") as file:
        read = list(csv.reader(file, delimiter=";"))[1:]
    rows = [
        (int(row[2][1:]), int(row[6].replace("-", "")), int(row[7][1:]), 1, 15167, None, "", "",
         None, row[23], 0)
        for row in read
    ]  # fmt: skip
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO hour_entry VALUES (?,?,?,?,?,?,?,?,?,?,?)", rows)
    connection.execute("COMMIT")
    spent = time.perf_counter() - start
    connection.close()
    return spent


def main(lines: int) -> None:
    """Print the seconds of both and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        contracts, participants, hours = write_files(folder, lines // MONTHS)
        with create_base(folder / "base.db") as base:
            import_contracts(base, contracts, today=TODAY)
            import_participants(base, participants, today=TODAY)
            start = time.perf_counter()
            report = import_hours(base, hours, today=TODAY, dry_run=True)
            trial = time.perf_counter() - start
            start = time.perf_counter()
            report = import_hours(base, hours, today=TODAY)
            spent = time.perf_counter() - start
            start = time.perf_counter()
            again = import_hours(base, hours, today=TODAY)
            second = time.perf_counter() - start
            in_base = base.connection.execute("SELECT count(*) FROM hour_entry").fetchone()[0]
        assert report.created == in_base == again.unchanged, (report, in_base)
        least = floor(hours, folder)
    print(f"SQLite {sqlite3.sqlite_version}, {report.read} lignes")
    print(f"plancher (csv.reader + executemany)  {least:6.2f} s")
    print(f"import sans écrire (--essai)         {trial:6.2f} s   {trial / least:5.1f} x")
    print(f"import                               {spent:6.2f} s   {spent / least:5.1f} x")
    print(f"même fichier une seconde fois        {second:6.2f} s   {second / least:5.1f} x")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
