"""Seconds of the preview of a large workbook, and its ratio to reading its cells alone.

Run by hand: ``python tests/bench/bench_statement.py [lines]``. The base holds the people and
contracts of ``bench_import``; one person in fifty is mistyped, so that likeness is paid for too.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter

from bench_import import CONTRACTS, TODAY, write_files
from suivi_tui.actions.import_contracts import import_contracts
from suivi_tui.actions.import_hours import import_hours
from suivi_tui.actions.import_participants import import_participants
from suivi_tui.actions.statement_import.plan import Answer, Outcome, prepare, write_plan
from suivi_tui.exchange.statement_files.workbook import open_statement_file
from suivi_tui.store.base import create_base

MONTHS = 20
MISTYPED = 50


def last_name(rank: int) -> str:
    """A name of letters only, different for each person."""
    syllables = ("ba", "cro", "di", "fau", "gel", "lom", "mar", "net", "pol", "rus")
    return "Val" + "".join(syllables[int(figure)] for figure in f"{rank:04d}")


def write_workbook(path: Path, lines: int) -> None:
    """A statement of one line a person and month, after a title block."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Relevé")
    sheet.write_row(0, 0, ["Relevé des heures d'insertion"])
    sheet.write_row(2, 0, ["Nom", "Prénom", "N° marché", "Employeur", "Mois", "Heures"])
    for rank in range(lines):
        person, month = rank // MONTHS, rank % MONTHS
        name = last_name(person).upper() + ("X" if person % MISTYPED == 7 else "")
        contract = f"M{person % CONTRACTS:03d}"
        when = f"{2024 + month // 12}-{month % 12 + 1:02d}"
        hours = 100 + rank % 50 + 0.25
        row = [name, "Camille", contract, f"Intérim {person % 20}", when, hours]
        sheet.write_row(3 + rank, 0, row)
    book.close()


def main(lines: int) -> None:
    """Print the seconds of each step."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        people = lines // MONTHS
        contracts, participants, hours = write_files(folder, people)
        text = "participant;nom;prenom;naissance;critere\n"
        for rank in range(people):
            text += f"P{rank:05d};{last_name(rank)};Camille;1990-05-12;RSA\n"
        participants.write_text(text, encoding="utf-8")
        book = folder / "releve.xlsx"
        write_workbook(book, lines)
        with create_base(folder / "base.db") as base:
            import_contracts(base, contracts, today=TODAY)
            import_participants(base, participants, today=TODAY)
            import_hours(base, hours, today=TODAY)
            beats: list[int] = []
            start = time.perf_counter()
            workbook = open_statement_file(book)
            opened = time.perf_counter() - start
            plan = prepare(base, workbook, today=TODAY, progress=lambda *_: beats.append(1))
            spent = time.perf_counter() - start
            answers = {
                question.key: Answer(question.proposed)
                for question in plan.questions
                if question.proposed
            }
            start = time.perf_counter()
            plan = prepare(base, workbook, today=TODAY, answers=answers)
            again = time.perf_counter() - start
            start = time.perf_counter()
            report = write_plan(base, plan)
            written = time.perf_counter() - start
            start = time.perf_counter()
            same = prepare(base, workbook, today=TODAY)
            second = time.perf_counter() - start
    counts = {outcome.label: number for outcome, number in plan.counts.items()}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(plan.lines)} lignes, {len(plan.questions)} questions, {counts}, {memory} Mo")
    print(f"cellules lues          {opened:6.2f} s")
    print(f"aperçu                 {spent:6.2f} s   {spent / opened:5.1f} x, {len(beats)} avancées")
    print(f"aperçu après réponses  {again:6.2f} s")
    print(f"écriture               {written:6.2f} s   {report.created + report.changed} lignes")
    print(f"même fichier ensuite   {second:6.2f} s   {same.counts[Outcome.IDENTICAL]} identiques")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
