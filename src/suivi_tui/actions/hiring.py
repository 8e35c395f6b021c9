"""A person placed from the hour grid: who, employed by whom, with which work contract."""

from collections.abc import Mapping
from typing import Any

from suivi_tui.actions.records import FieldErrors, Hiring, RecordGone
from suivi_tui.model.inputs import checked
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, created, write
from suivi_tui.store.queries import entry as queries
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean, fold

Values = Mapping[str, Any]


def place_person(
    base: Base, obligation: int, person: int | Values, work_contract: Values
) -> Hiring:
    """A new work contract that serves an obligation, in one batch.

    ``person`` is an id, or the fields of a new participant. ``work_contract["employer"]`` is an
    id, the name of a company (created when nobody has it), or None for the holder. What is true
    of the person now is kept as true at hiring. Raises FieldErrors or RecordGone, nothing being
    written then.
    """
    owing = queries.record(base.connection, "obligation", obligation)
    if owing is None:
        raise RecordGone
    changes: list[Change] = []
    participant, known = _person(base, person, changes)
    values = {name: value for name, value in work_contract.items() if value is not None}
    kind = _employer(base, values, owing["company"], changes)
    values.setdefault("structure_kind", kind)
    values.setdefault("education", known.get("education"))
    values.setdefault("situation", known.get("situation"))
    values["participant"] = participant
    contract, placement = base.new_id(), base.new_id()
    changes.append(created("work_contract", contract, checked("work_contract", values)))
    joined = checked("placement", {"work_contract": contract, "obligation": obligation})
    changes.append(created("placement", placement, joined))
    name = clean(f"{known.get('last') or ''} {known.get('first') or ''}", 60) or "participant"
    receipt = write(base, changes, label=f"Embauche{NBSP}: {name}")
    return Hiring(contract, placement, receipt.batch)


def _person(base: Base, person: int | Values, changes: list[Change]) -> tuple[int, Values]:
    if isinstance(person, int):
        known = queries.record(base.connection, "participant", person)
        if known is None:
            raise RecordGone
        return person, known
    row, fields = base.new_id(), checked("participant", person)
    changes.append(created("participant", row, fields))
    return row, fields


def _employer(base: Base, values: dict[str, Any], holder: object, changes: list[Change]) -> object:
    """Put the id of the employer in ``values``; the kind of that company."""
    given = values.setdefault("employer", holder)
    if isinstance(given, str):
        matches = [
            row
            for row, name, _ in queries.identities(base.connection, "company")
            if fold(name) == fold(given)
        ]
        if len(matches) > 1:
            raise FieldErrors({"employer": f"plusieurs entreprises s'appellent {clean(given)}"})
        if not matches:
            values["employer"] = row = base.new_id()
            changes.append(created("company", row, checked("company", {"name": given})))
            return ""
        values["employer"] = matches[0]
    company = queries.record(base.connection, "company", int(values["employer"] or 0)) or {}
    return company.get("kind")
