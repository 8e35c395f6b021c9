"""A base of many hour lines, made once and kept in a folder, for the benchmarks of this folder.

Never run in CI. By hand: ``python tests/bench/big_base.py FOLDER [lines]``. The same contracts and
people are made each time: ``running`` contracts are under way on ``TODAY`` and all the others are
closed, whatever the number of lines, so that what a figure costs beyond them can be told.
"""

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from suivi_tui.store.base import Base, create_base
from suivi_tui.store.journal import Change, created, hour_row, write
from suivi_tui.vocabulary.choices import BatchKind
from suivi_tui.vocabulary.dates import add_calendar_months
from suivi_tui.vocabulary.months import Month, month_of, months_between

TODAY = date(2026, 3, 20)
RUNNING = 300
LINES = 500_000
YEARS = 10
# A larger base has more companies, not busier ones.
LINES_OF_BUYER, LINES_OF_COMPANY, LINES_OF_OPERATION = 8_000, 1_250, 2_500
DAYS_OF_CONTRACT = (300, 900)
PEOPLE_OF_CONTRACT = (5, 13)
MONTHS_OF_WORK = (6, 26)
BATCH = 60_000
_FIRST_NAMES = ("Camille", "Sacha", "Noa", "Lou", "Alix", "Charlie", "Maxence", "Elia")
_COMMUNES = ("Valmont", "Bellerive", "Saint-Orens-le-Neuf", "Port-Clair", "Les Aubiers")
_CRITERIA = ("RSA", "DETLD", "JEUNE", "RQTH")


class Maker:
    """Makes contracts, people and hours until there are enough lines."""

    def __init__(self, base: Base, lines: int, running: int) -> None:
        self.base = base
        self.lines = lines
        self.running = running
        self.random = Random(20260320)
        self.buyers: list[int] = []
        self.companies: list[int] = []
        self.operations: list[int] = []
        self.contracts = self.people = 0

    def changes(self) -> Iterator[Change]:
        """Every change that makes the base: first the contracts under way, then closed ones."""
        yield from self._directory()
        made = 0
        while self.contracts < self.running or made < self.lines:
            for change in self._contract():
                made += change.entity == "hour_entry"
                yield change

    def _directory(self) -> Iterator[Change]:
        for rank in range(max(6, self.lines // LINES_OF_BUYER)):
            self.buyers.append(self.base.new_id())
            yield created("buyer", self.buyers[-1], {"name": f"Ville numéro {rank}"})
        for rank in range(max(40, self.lines // LINES_OF_COMPANY)):
            self.companies.append(self.base.new_id())
            kind = "entreprise" if rank % 4 else "ETTI"
            values = {"name": f"Entreprise {rank}", "kind": kind, "commune": _COMMUNES[rank % 5]}
            yield created("company", self.companies[-1], values)
        for rank in range(max(6, self.lines // LINES_OF_OPERATION)):
            self.operations.append(self.base.new_id())
            values = {"buyer": self._one(self.buyers, rank), "name": f"Opération {rank}"}
            yield created("operation", self.operations[-1], values)

    def _contract(self) -> Iterator[Change]:
        rank, self.contracts = self.contracts, self.contracts + 1
        under_way = rank < self.running
        days = self.random.randrange(*DAYS_OF_CONTRACT)
        if under_way:
            start = TODAY - timedelta(days=self.random.randrange(90, days))
            end = start + timedelta(days=days)
        else:
            start = TODAY - timedelta(days=self.random.randrange(910, 365 * YEARS))
            end = start + timedelta(days=days)
        contract, lot, obligation = (self.base.new_id() for _ in range(3))
        values = {
            "buyer": self._one(self.buyers, rank),
            "operation": self._one(self.operations, rank),
            "number": f"{start.year}-{rank:05d}",
            "object": f"Travaux du groupe scolaire {rank}",
            "stage": "en_cours" if under_way else "clos",
            "category": "travaux",
            "start": start.isoformat(),
            "end": end.isoformat(),
            "notified_on": start.isoformat(),
            "closed_on": None if under_way else end.isoformat(),
        }
        yield created("contract", contract, values)
        yield created("lot", lot, {"contract": contract, "number": "0"})
        company = self._one(self.companies, rank)
        yield created("lot_company", self.base.new_id(), {"lot": lot, "company": company})
        dates = {"start": start.isoformat(), "end": end.isoformat()}
        yield created("obligation", obligation, {"lot": lot, "company": company, **dates})
        volume = {"obligation": obligation, "date": start.isoformat(), "kind": "initial"}
        owed = self.random.randrange(200, 4_000) * 100
        yield created("obligation_event", self.base.new_id(), {**volume, "hours": owed})
        last = min(end, TODAY)
        for _ in range(self.random.randrange(*PEOPLE_OF_CONTRACT)):
            yield from self._person(obligation, start, last)
        for month in months_between(month_of(start), month_of(last)):
            if self.random.random() < 0.95:
                values = {"obligation": obligation, "month": month, "status": "recu"}
                yield created("statement", self.base.new_id(), {**values, "sender": company})

    def _person(self, obligation: int, start: date, last: date) -> Iterator[Change]:
        rank, self.people = self.people, self.people + 1
        person, work, placement = (self.base.new_id() for _ in range(3))
        hired = start + timedelta(days=self.random.randrange(0, 60))
        left = min(add_calendar_months(hired, self.random.randrange(*MONTHS_OF_WORK)), last)
        values = {
            "reference": f"P{rank:06d}",
            "last": f"Nom{rank * 7919 % 100_003:06d}",
            "first": _FIRST_NAMES[rank % 8],
            "birth": f"{1965 + rank % 40}-0{rank % 9 + 1}-15",
            "sex": "FH"[rank % 2],
            "commune": _COMMUNES[rank % 5],
            "entered_scheme_on": hired.isoformat(),
        }
        yield created("participant", person, values)
        values = {
            "participant": person,
            "criterion": _CRITERIA[rank % 4],
            "proof": "attestation_ft",
            "proof_on": hired.isoformat(),
            "decision": "validee",
            "decided_on": hired.isoformat(),
        }
        yield created("eligibility", self.base.new_id(), values)
        values = {
            "participant": person,
            "employer": self._one(self.companies, rank),
            "structure_kind": "ETTI",
            "mode": "mise_a_disposition",
            "type": "cddi",
            "start": hired.isoformat(),
            "end": left.isoformat(),
            "weekly_hours": 3500,
        }
        yield created("work_contract", work, values)
        yield created("placement", placement, {"work_contract": work, "obligation": obligation})
        for month in months_between(month_of(hired), month_of(left)):
            yield self._hours(obligation, month, placement)

    @staticmethod
    def _one(among: list[int], rank: int) -> int:
        return among[rank % len(among)]

    def _hours(self, obligation: int, month: Month, placement: int) -> Change:
        declared = self.random.randrange(2_000, 15_167)
        validated = declared if self.random.random() < 0.9 else None
        key = hour_row(obligation, month, placement, 1)
        return created("hour_entry", key, {"declared": declared, "validated": validated})


def big_base(folder: Path, lines: int = LINES, running: int = RUNNING) -> Path:
    """The path of a base of about ``lines`` hour lines, made in ``folder`` the first time."""
    path = folder / f"base-{lines}-{running}.db"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    with create_base(path) as base:
        pending: list[Change] = []
        for change in Maker(base, lines, running).changes():
            pending.append(change)
            # A batch ends before a record, never between a record and what stands on it.
            if len(pending) >= BATCH and change.entity == "statement":
                write(base, pending, kind=BatchKind.IMPORT, label="Base d'essai")
                pending = []
        write(base, pending, kind=BatchKind.IMPORT, label="Base d'essai")
    return path


if __name__ == "__main__":
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else LINES
    print(big_base(Path(sys.argv[1]), wanted))
