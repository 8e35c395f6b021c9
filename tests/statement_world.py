"""A small world that statements speak of, and statements made by hand, without a file."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from builders import (
    NewPlacement,
    add,
    new_base,
    new_buyer,
    new_company,
    new_contract,
    new_lot,
    new_person,
    new_placement,
)
from suivi_tui.actions.statement_import import preparing
from suivi_tui.actions.statement_import.plan import Answer, Outcome, StatementPlan, prepare
from suivi_tui.exchange.statement_files.declared import DeclaredLine, LineRemark
from suivi_tui.exchange.statement_files.form_reading import FormReading
from suivi_tui.exchange.statement_files.layout import Layout, LayoutColumn
from suivi_tui.exchange.statement_files.reading import (
    LayoutQuestion,
    SheetReading,
    StatementReading,
)
from suivi_tui.exchange.statement_files.roles import Role
from suivi_tui.exchange.statement_files.workbook import Workbook
from suivi_tui.store.base import Base
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

TODAY = date(2026, 11, 5)
OCTOBER = Month(202610)


class Small(NamedTuple):
    """One ETTI, two holders, two contracts (one of two lots), five people of whom two homonyms.

    ``camille`` works for the ETTI on lot 1 of the school, ``alix`` on lot 2, ``noa`` on both.
    """

    school: int
    masonry: int
    plumbing: int
    bridge: int
    alpha: int
    beta: int
    etti: int
    camille: NewPlacement
    alix: NewPlacement
    noa: tuple[NewPlacement, NewPlacement]
    people: dict[str, int]


def small_world(base: Base) -> Small:
    """Fill an empty base."""
    town = new_buyer(base)
    alpha, beta = new_company(base, "Alpha Bâtiment"), new_company(base, "SARL Bêta Plomberie")
    etti = new_company(base, "Intérim Plus", kind="ETTI", siret="73282932000074")
    school = new_contract(
        base, number="VX-44", buyer=town, company=alpha, lot="1", object="École Jules Ferry"
    )
    plumbing = new_lot(base, school.contract, beta, number="2", title="Plomberie")
    bridge = new_contract(base, number="PT-7", buyer=town, company=alpha, object="Pont neuf")
    people = {
        "camille": new_person(base, "Exemple", "Camille", reference="P1"),
        "alix": new_person(base, "Modèle", "Alix", birth="1985-02-03"),
        "noa": new_person(base, "Patron", "Noa", birth="2001-07-14"),
        "sacha": new_person(base, "Gabarit", "Sacha", birth="1990-01-01"),
        "sacha_too": new_person(base, "Gabarit", "Sacha", birth="1992-02-02"),
    }
    for person in people.values():
        add(base, "eligibility", participant=person, rank=1, criterion="RSA", decision="validee",
            decided_on="2025-12-01", proof="attestation_caf", proof_on="2025-12-01")  # fmt: skip
    work = {
        "employer": etti,
        "structure_kind": "ETTI",
        "type": "interim_insertion",
        "mode": "mise_a_disposition",
    }
    first = new_placement(base, school, people["noa"], **work)
    return Small(
        school.contract,
        school.obligation,
        plumbing.obligation,
        bridge.obligation,
        alpha,
        beta,
        etti,
        new_placement(base, school, people["camille"], **work),
        new_placement(base, plumbing, people["alix"], **work),
        (first, new_placement(base, plumbing, people["noa"], work_contract=first.work_contract)),
        people,
    )


def filled(folder: Any) -> tuple[Base, Small]:
    """An open base that holds the small world."""
    base = new_base(folder)
    return base, small_world(base)


def said(line: int, person: str, hours: int, month: int = OCTOBER, **values: Any) -> DeclaredLine:
    """A line of a statement; ``hours`` in hundredths."""
    values.setdefault("sheet", "Relevé")
    return DeclaredLine(line=line, person=person, month=Month(month), hours=Hours(hours), **values)


class Statement(NamedTuple):
    """A statement that was read, as ``read_statement`` would give it."""

    lines: tuple[DeclaredLine, ...]
    name: str = "releve.xlsx"
    sha256: str = "a" * 64
    shape: str = "nom|heures"
    weekly: bool = False
    questions: tuple[LayoutQuestion, ...] = ()
    left_out: tuple[LineRemark, ...] = ()
    form: FormReading | None = None

    @property
    def reading(self) -> StatementReading:
        roles = (Role.PERSON, Role.WEEK if self.weekly else Role.MONTH, Role.HOURS)
        layout = Layout(columns=tuple(LayoutColumn(role.label, role) for role in roles))
        names = dict.fromkeys(line.sheet for line in self.lines)
        sheets = tuple(SheetReading(name, self.shape, layout, self.questions) for name in names)
        return StatementReading(
            self.name, self.sha256, sheets, self.lines, self.left_out, (), self.form
        )


def statement(*lines: DeclaredLine, **values: Any) -> Statement:
    """A statement of some lines."""
    return Statement(lines, **values)


def preview(
    monkeypatch: Any,
    base: Base,
    read: Statement,
    *,
    sender: int | None = None,
    answers: Mapping[tuple[str, str], Answer] | None = None,
    **values: Any,
) -> StatementPlan:
    """The plan of a statement made by hand."""
    monkeypatch.setattr(preparing, "read_statement", lambda *_, **__: read.reading)
    workbook = Workbook(read.name, read.sha256, "xlsx", ())
    return prepare(base, workbook, today=TODAY, sender=sender, answers=answers, **values)


def outcomes(plan: StatementPlan) -> list[Outcome]:
    """What becomes of each line."""
    return [line.outcome for line in plan.lines]


def held(base: Base) -> dict[tuple[int, int], int]:
    """Hours declared by (placement, month)."""
    rows: Iterable[tuple[int, int, int]] = base.connection.execute(
        "SELECT placement, month, declared FROM hour_entry WHERE removed = 0"
    )
    return {(placement, month): declared for placement, month, declared in rows}
