"""Small bases for tests, made through the journal: one function for one thing of the field.

Each function writes one batch and returns the id of the row it made (``new_contract`` and
``new_lot`` return the ids of all they made). Every field has a plausible value; any column of
the table may be given by name. Hours are hundredths (``15167`` is 151,67 h), months are integers
(``202603``), dates are ISO text, ``end`` is the column of that name. Names are invented.

    with new_base(tmp_path) as base:
        market = new_contract(base, owed=35_000_00, start="2026-01-01", end="2026-12-31")
        person = new_person(base, last="Exemple", first="Camille")
        placement = new_placement(base, market, person)
        new_hours(base, placement, 202603, 15167, validated=15167)
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from suivi_tui.store.base import Base, create_base
from suivi_tui.store.journal import Change, Value, created, hour_row, write

WORK = 1
"""The number of the kind of hours "travail" in the key of an hour line."""


class NewContract(NamedTuple):
    """What ``new_contract`` made (or used): one contract with one lot and one obligation.

    ``obligation`` is 0 when the contract was made without a company on its lot.
    """

    buyer: int
    contract: int
    lot: int
    company: int
    obligation: int


def new_base(folder: Path, name: str = "suivi.db") -> Base:
    """An empty base; close it, or use it in a ``with``."""
    return create_base(folder / name, author="Alix Essai", structure="Maison de l'emploi")


def add(base: Base, entity: str, **values: Value) -> int:
    """One row of any table that has an ``id``; ``add(base, "buyer", name="Ville")``."""
    row = base.new_id()
    write(base, [created(entity, row, values)], label=f"Essai : {entity}")
    return row


def new_buyer(base: Base, name: str = "Ville de Valmont", **values: Value) -> int:
    """A buyer, a commune unless told otherwise."""
    return add(base, "buyer", **{"name": name, "kind": "commune", **values})


def new_operation(base: Base, buyer: int, name: str = "Quartier Nord", **values: Value) -> int:
    """An operation of a buyer, without a programme unless told otherwise."""
    return add(base, "operation", **{"buyer": buyer, "name": name, **values})


def new_company(base: Base, name: str = "Bâtisseurs du Val", **values: Value) -> int:
    """A company; ``kind`` makes it an insertion structure (``ETTI``, ``EI``...)."""
    return add(base, "company", **{"name": name, "kind": "entreprise", **values})


def new_contract(
    base: Base,
    *,
    number: str = "2026-01",
    buyer: int | None = None,
    company: int | None = None,
    lot: str = "0",
    owed: int | None = 1_000_00,
    start: str | None = "2026-01-01",
    end: str | None = "2026-12-31",
    site_start: str | None = "same as the contract",
    site_end: str | None = None,
    obligation: bool = True,
    **values: Value,
) -> NewContract:
    """A running, taken-up contract with one lot, its holder and the obligation of the holder.

    ``owed`` None leaves the objective unknown; ``site_start`` is the start on site (that of the
    contract unless told otherwise, None when unknown); ``obligation`` False makes neither holder
    nor obligation. Other names are columns of ``contract`` (``stage``, ``taken_up``...).
    """
    buyer = buyer or new_buyer(base)
    contract = add(
        base,
        "contract",
        **{
            "buyer": buyer,
            "number": number,
            "object": "Réhabilitation d'une école",
            "clause_form": "condition",
            "category": "travaux",
            "sector": "batiment",
            "start": start,
            "end": end,
            "stage": "en_cours",
            "taken_up": 1,
            **values,
        },
    )
    if not obligation:
        row = add(base, "lot", contract=contract, number=lot)
        return NewContract(buyer, contract, row, 0, 0)
    site = start if site_start == "same as the contract" else site_start
    company = company or new_company(base)
    made = new_lot(base, contract, company, number=lot, owed=owed, start=site, end=site_end)
    return NewContract(buyer, contract, made.lot, company, made.obligation)


class NewLot(NamedTuple):
    """What ``new_lot`` made."""

    lot: int
    obligation: int


def new_lot(
    base: Base,
    contract: int,
    company: int,
    *,
    number: str = "1",
    owed: int | None = 1_000_00,
    start: str | None = "2026-01-01",
    end: str | None = None,
    **values: Value,
) -> NewLot:
    """A lot of a contract, its holder and the obligation; other names are columns of ``lot``."""
    lot, obligation = base.new_id(), base.new_id()
    changes: list[Change] = [
        created("lot", lot, {"contract": contract, "number": number, **values}),
        created(
            "lot_company", base.new_id(), {"lot": lot, "company": company, "role": "titulaire"}
        ),
        created(
            "obligation",
            obligation,
            {
                "lot": lot,
                "company": company,
                "start": start,
                "end": end,
                "formula": "fixe",
                "schedule": "lineaire",
            },
        ),
    ]
    if owed is not None:
        changes.append(_event(base, obligation, owed, start or "2026-01-01", {}))
    write(base, changes, label="Essai : lot")
    return NewLot(lot, obligation)


def new_event(
    base: Base, obligation: int, hours: int | None, date: str = "2026-01-01", **values: Value
) -> int:
    """What moves the hours owed: an amendment unless ``kind`` says otherwise; ``firm=0`` plans."""
    change = _event(base, obligation, hours, date, {"kind": "avenant", **values})
    write(base, [change], label="Essai : évolution de l'objectif")
    return int(change.row)


def _event(
    base: Base, obligation: int, hours: int | None, date: str, values: dict[str, Value]
) -> Change:
    event: dict[str, Value] = {
        "obligation": obligation,
        "date": date,
        "kind": "initial",
        "hours": hours,
        "firm": 1,
    }
    return created("obligation_event", base.new_id(), {**event, **values})


def new_person(base: Base, last: str = "Exemple", first: str = "Camille", **values: Value) -> int:
    """A participant, without any eligibility."""
    return add(
        base,
        "participant",
        **{
            "last": last,
            "first": first,
            "birth": "1990-05-17",
            "sex": "F",
            "education": "cap_bep",
            "prescriber": "france_travail",
            **values,
        },
    )


def new_eligibility(base: Base, participant: int, criterion: str = "DELD", **values: Value) -> int:
    """A main criterion accepted on 1 December 2025 with its proof, unless told otherwise."""
    return add(
        base,
        "eligibility",
        **{
            "participant": participant,
            "rank": 1,
            "criterion": criterion,
            "proof": "attestation_ft",
            "proof_on": "2025-12-01",
            "decision": "validee",
            "decided_on": "2025-12-01",
            **values,
        },
    )


def new_work_contract(
    base: Base, participant: int, employer: int | None = None, **values: Value
) -> int:
    """A work contract of 35 h a week over 2026; ``employer`` is a company."""
    return add(
        base,
        "work_contract",
        **{
            "participant": participant,
            "employer": employer,
            "structure_kind": "entreprise",
            "mode": "direct",
            "type": "cdd",
            "start": "2026-01-01",
            "end": "2026-12-31",
            "weekly_hours": 35_00,
            "qpv": "non",
            "education": "cap_bep",
            **values,
        },
    )


class NewPlacement(NamedTuple):
    """What ``new_placement`` made; what ``new_hours`` needs."""

    placement: int
    obligation: int
    work_contract: int


def new_placement(
    base: Base,
    market: NewContract | NewLot,
    participant: int,
    *,
    work_contract: int | None = None,
    employer: int | None = None,
    start: str | None = None,
    end: str | None = None,
    **values: Value,
) -> NewPlacement:
    """A person placed on an obligation, with a new work contract unless one is given.

    The employer of the new work contract is the holder unless told otherwise; other names are
    columns of ``work_contract`` (its dates are ``contract_start`` and ``contract_end``).
    """
    for name in ("start", "end"):
        if f"contract_{name}" in values:
            values[name] = values.pop(f"contract_{name}")
    if work_contract is None:
        holder = market.company if isinstance(market, NewContract) else None
        work_contract = new_work_contract(base, participant, employer or holder, **values)
    placement = add(
        base,
        "placement",
        work_contract=work_contract,
        obligation=market.obligation,
        start=start,
        end=end,
    )
    return NewPlacement(placement, market.obligation, work_contract)


def new_hours(
    base: Base,
    placement: NewPlacement,
    month: int,
    declared: int,
    validated: int | None = None,
    *,
    kind: int = WORK,
    **values: Value,
) -> str:
    """An hour line, pending unless ``validated`` is given; returns the journal's name of it."""
    row = hour_row(placement.obligation, month, placement.placement, kind)
    line: dict[str, Value] = {"declared": declared, "validated": validated, **values}
    write(base, [created("hour_entry", row, line)], label="Essai : heures")
    return row


def new_statement(
    base: Base, obligation: int, sender: int, month: int, status: str = "recu", **values: Value
) -> int:
    """A statement of a company or structure for one obligation and one month."""
    return add(
        base,
        "statement",
        **{"obligation": obligation, "sender": sender, "month": month, "status": status, **values},
    )


def many_hours(base: Base, contract: NewContract, months: Iterable[int], placements: int) -> None:
    """Pending hours of 100 h on each month for many placements of one person, in one batch."""
    work_contract = new_work_contract(base, new_person(base), contract.company)
    listed, changes = list(months), []
    for _ in range(placements):
        placement = base.new_id()
        values = {"work_contract": work_contract, "obligation": contract.obligation}
        changes.append(created("placement", placement, values))
        changes += [
            created(
                "hour_entry",
                hour_row(contract.obligation, month, placement, WORK),
                {"declared": 100_00, "validated": None},
            )
            for month in listed
        ]
    write(base, changes, label="Essai : beaucoup d'heures")


def sqlite_steps(base: Base, question: Callable[[], object]) -> int:
    """Instructions that SQLite runs for a question, by tens: what it costs, without a clock."""
    count = 0

    def tick() -> int:
        nonlocal count
        count += 1
        return 0

    base.connection.set_progress_handler(tick, 10)
    try:
        question()
    finally:
        base.connection.set_progress_handler(None, 0)
    return count
