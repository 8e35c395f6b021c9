"""A small random base with everything an evaluation looks at, and its tables in DuckDB."""

from datetime import date, timedelta
from random import Random

import duckdb

from builders import NewContract, new_buyer, new_contract, new_lot, new_operation
from suivi_tui.readings.filters import Filters
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, Value, created, hour_row, removed, write
from suivi_tui.vocabulary.months import Month, add_months, months_between

TODAY = date(2026, 3, 20)
TABLES = (
    "buyer", "operation", "company", "contract", "lot", "obligation", "obligation_event",
    "participant", "eligibility", "work_contract", "placement", "hour_entry",
)  # fmt: skip
FIRST, LAST = Month(202507), Month(202608)
_KINDS = ("entreprise", "ETTI", "EI", "ETT", "", "autre")


class World:
    """Makes the base, then proposes filters that narrow it in every way."""

    def __init__(self, base: Base, seed: int) -> None:
        self.base, self.random = base, Random(seed)
        self.companies = [
            self._row("company", name=f"Société {rank}", kind=self._one(_KINDS))
            for rank in range(4)
        ]
        self.buyers = [
            new_buyer(base, name=name, kind=kind, territory=territory)
            for name, kind, territory in (
                ("Ville de Valmont", "commune", "Pays d'Orme"),
                ("VILLE DE VALMONT", "", "Pays d'Orme"),
                ("Région du Val", "region", ""),
            )
        ]
        self.operations = [
            new_operation(base, self.buyers[0], programme="npnru"),
            new_operation(base, self.buyers[2], "Lycée", programme=""),
        ]
        self.contracts = [self._contract(rank) for rank in range(4)]
        self.obligations = [contract.obligation for contract in self.contracts]
        holder = self._one(self.companies)
        second = new_lot(base, self.contracts[0].contract, holder, owed=self._owed())
        self.obligations.append(second.obligation)
        changes = [change for rank in range(6) for change in self._person(rank)]
        changes.append(removed("obligation", self.obligations[3]))
        for obligation in self.obligations[:2]:
            row = {"obligation": obligation, "kind": "avenant", "date": self._day(2026).isoformat()}
            row |= {"hours": self.random.randrange(-200_00, 400_00), "firm": self._one((0, 1, 1))}
            changes.append(created("obligation_event", base.new_id(), row))
        write(base, changes, label="Essai")

    def _one(self, among):
        return self.random.choice(among)

    def _row(self, entity: str, **values: Value) -> int:
        row = self.base.new_id()
        write(self.base, [created(entity, row, values)], label="Essai")
        return row

    def _owed(self) -> int:
        return self.random.randrange(50_00, 600_00)

    def _day(self, year: int) -> date:
        return date(year, 1, 1) + timedelta(days=self.random.randrange(200))

    def _contract(self, rank: int) -> NewContract:
        start = self._day(self._one((2025, 2026)))
        end = start + timedelta(days=self.random.randrange(60, 500))
        return new_contract(
            self.base,
            number=f"2026-0{rank}",
            buyer=self.buyers[rank % 3],
            company=self._one(self.companies),
            owed=self._one((None, self._owed(), self._owed())),
            start=start.isoformat(),
            end=self._one((end.isoformat(), end.isoformat(), None)),
            operation=self._one((None, *self.operations)),
            sector=self._one(("", "batiment")),
            clause_form=self._one(("", "condition")),
            facilitator=self._one(("", "Alix Essai")),
            amount_cents=self._one((None, 4_000_000, 3_999_999, 60_000_000)),
            taken_up=int(rank != 2),
        )

    def _person(self, rank: int) -> list[Change]:
        new_id, person = self.base.new_id, self.base.new_id()
        birth = self._one((None, f"{self._one((1968, 1976, 1999, 2001))}-02-28"))
        values: dict[str, Value] = {
            "reference": f"P{rank}",
            "last": f"Nom{rank}",
            "first": "Camille",
            "birth": birth,
            "sex": self._one(("", "F", "H")),
            "education": self._one(("", "bac", "bac_2", "etranger")),
            "prescriber": self._one(("", "plie")),
            "entered_scheme_on": self._one((None, None, "2025-01-01", "2026-02-15")),
        }
        changes = [created("participant", person, values)]
        for criterion in self.random.sample(("RSA", "DELD", "JEUNE"), self.random.randrange(3)):
            row: dict[str, Value] = {"participant": person, "criterion": criterion}
            row["rank"] = self.random.randrange(1, 3)
            changes.append(created("eligibility", new_id(), row))
        end = self._day(2025)
        for _ in range(self.random.randrange(1, 4)):
            start = end + timedelta(days=self.random.randrange(-10, 70))
            end = start + timedelta(days=self._one((20, 30, 89, 91, 180, 200)))
            work = new_id()
            values = {
                "participant": person,
                "employer": self._one((None, *self.companies)),
                "structure_kind": self._one(("", "", "ACI")),
                "mode": self._one(("", "direct")),
                "type": self._one(("", "cdd", "cdi")),
                "start": self._one((None, *[start.isoformat()] * 5)),
                "end": self._one((None, *[end.isoformat()] * 5)),
                "qpv": self._one(("", "oui", "non")),
                "education": self._one(("", "cap_bep")),
            }
            changes.append(created("work_contract", work, values))
            for obligation in self.random.sample(self.obligations, self.random.randrange(1, 3)):
                changes += self._placement(work, obligation)
        return changes

    def _placement(self, work: int, obligation: int) -> list[Change]:
        placement = self.base.new_id()
        row = {"work_contract": work, "obligation": obligation}
        changes = [created("placement", placement, row)]
        for month in self.random.sample(months_between(FIRST, LAST), self.random.randrange(4)):
            for kind in self.random.sample((1, 2, 3), self._one((1, 1, 2))):
                declared = self._one((0, -5_00, *[self.random.randrange(150_00)] * 4))
                kept = self.random.randrange(declared + 1) if declared > 0 else declared
                line = {"declared": declared, "validated": self._one((None, declared, kept))}
                name = hour_row(obligation, month, placement, kind)
                changes.append(created("hour_entry", name, line))
                if self.random.random() < 0.1:
                    changes.append(removed("hour_entry", name))
        return changes

    def filters(self) -> list[Filters]:
        """One of each kind, alone or over some months."""
        first = self._one(months_between(FIRST, LAST))
        last = self._one(months_between(first, LAST))
        scopes = [
            Filters(),
            Filters(first=first),
            Filters(last=last),
            Filters(first=add_months(LAST, -40), last=LAST),
            Filters(buyers=tuple(self.buyers[:2])),
            Filters(territory="Pays d'Orme"),
            Filters(programme=self._one(("npnru", "aucun"))),
            Filters(operation=self._one(self.operations)),
            Filters(contract=self.contracts[0].contract),
            Filters(lot=self.contracts[1].lot),
            Filters(facilitator="Alix Essai"),
            *(Filters(company=company) for company in self.companies),
            Filters(buyers=tuple(self.buyers[:1]), company=self.companies[0]),
        ]
        scopes += [
            scope._replace(first=first, last=last) for scope in self.random.sample(scopes, 6)
        ]
        # In any order: what was read for one must serve the others, or not.
        self.random.shuffle(scopes)
        return scopes


def in_duckdb(base: Base) -> duckdb.DuckDBPyConnection:
    """The tables of a base as they are, in a DuckDB of their own."""
    database = duckdb.connect(":memory:")
    for table in TABLES:
        named = base.connection.execute(f"PRAGMA table_info({table})").fetchall()
        columns = [
            f'"{name}" {"BIGINT" if kind == "INTEGER" else "VARCHAR"}'
            for _, name, kind, *_ in named
        ]
        database.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
        rows = base.connection.execute(f"SELECT * FROM {table}").fetchall()
        if rows:
            values = ", ".join(f"({', '.join(map(_literal, row))})" for row in rows)
            database.execute(f"INSERT INTO {table} VALUES {values}")
    return database


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"
