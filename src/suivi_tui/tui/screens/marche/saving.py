"""What the forms about a contract write; each function runs on the desk."""

from datetime import date
from typing import Any

from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.screens.marche.forms import RENAMED, Names


def known_names(base: Any) -> Names:
    """The buyers, operations and companies that a form may name."""
    from suivi_tui.store.queries.entry import identities
    from suivi_tui.store.queries.operations import every_operation

    return Names(
        buyers=[(row, name) for row, name, _ in identities(base.connection, "buyer")],
        operations=[(row.operation, row.name) for row in every_operation(base.connection)],
        companies=[(row, name) for row, name, _ in identities(base.connection, "company")],
    )


def save_new_contract(base: Any, values: Values, today: date) -> int:
    """A contract with its lot, its holder and what it owes; its id."""
    from suivi_tui.actions.records import new_contract_with_lot_and_obligation

    given = dict(values)
    company = given.pop("company")
    lot = {"number": given.pop("lot") or "0", "title": given.pop("lot_title") or ""}
    hours_owed, start = given.pop("hours_owed"), given.pop("site_start")
    made = new_contract_with_lot_and_obligation(
        base,
        given,
        today=today,
        lot=lot,
        company=company,
        obligation={"start": start},
        hours_owed=hours_owed,
    )
    return made.contract


def save_contract(base: Any, contract: int, values: Values) -> None:
    """Change a contract; an operation that nobody has is created with it.

    ``RENAMED`` in ``values`` is the buyer (id, name) that takes another name in the same batch.
    """
    from suivi_tui.actions.records import save_record
    from suivi_tui.store.journal import changed

    given = dict(values)
    renamed = given.pop(RENAMED, None)
    also = [changed("buyer", renamed[0], "name", renamed[1])] if renamed is not None else []
    save_record(base, "contract", contract, given, also)


def save_part(base: Any, entity: str, row: int | None, values: Values) -> None:
    """Create or change a part of a contract: lot, event, objective, dates of an obligation."""
    from suivi_tui.actions.records import save_record

    given = dict(values)
    if "firm" in given:
        given["firm"] = int(given["firm"])
    save_record(base, entity, row, given)


def save_holder(base: Any, lot: int, values: Values, today: date) -> None:
    """One more company on a lot."""
    from suivi_tui.actions.records import add_holder

    add_holder(
        base,
        lot,
        values["company"],
        today=today,
        role=values["role"],
        obligation={"start": values["start"]},
        hours_owed=values["hours_owed"],
    )


def take_up(base: Any, contract: int) -> None:
    """Follow a contract known from open data."""
    from suivi_tui.actions.records import take_up_contract

    take_up_contract(base, contract)
