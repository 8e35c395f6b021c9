"""A person placed on an obligation: who, employed by whom, with which work contract."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from suivi_tui.actions.named_records import with_links
from suivi_tui.actions.records import RecordGone, called
from suivi_tui.model.inputs import checked
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, created, write
from suivi_tui.store.queries import entry as queries
from suivi_tui.vocabulary.numbers import NBSP

Values = Mapping[str, Any]
Also = Callable[[int], Sequence[Change]]
"""What a hiring changes besides, given the participant: written in the same batch."""


class Hiring(NamedTuple):
    """A work contract and the placement that makes it serve an obligation."""

    work_contract: int
    placement: int
    batch: int


def place_person(
    base: Base,
    obligation: int,
    person: int | Values,
    work_contract: Values,
    placement: Values | None = None,
    also: Also | None = None,
) -> Hiring:
    """A new work contract that serves an obligation, in one batch.

    ``person`` is an id, or the fields of a new participant. ``work_contract["employer"]`` is an
    id, the name of a company (created when nobody has it), or None for the holder. What is true
    of the person now (level, situation) is kept as true at hiring, and the kind of the employer
    as that of the structure. ``placement`` may give dates of its own. Raises FieldErrors or
    RecordGone, nothing being written then.
    """
    owing = _living(base, "obligation", obligation)
    changes: list[Change] = []
    participant, known = _person(base, person, changes)
    values = {name: value for name, value in work_contract.items() if value is not None}
    values.setdefault("employer", owing["company"])
    values = with_links(base, values, changes)
    employer = queries.record(base.connection, "company", int(values["employer"] or 0)) or {}
    values.setdefault("structure_kind", employer.get("kind"))
    values.setdefault("education", known.get("education"))
    values.setdefault("situation", known.get("situation"))
    values["participant"] = participant
    contract = base.new_id()
    changes.append(created("work_contract", contract, checked("work_contract", values)))
    changes.extend(also(participant) if also is not None else ())
    return _placed(base, contract, obligation, placement, known, changes)


def place_work_contract(
    base: Base,
    obligation: int,
    work_contract: int,
    placement: Values | None = None,
    also: Also | None = None,
) -> Hiring:
    """A work contract already known serves one more obligation.

    A placement that already joins the two is used: only what is changed besides is written then.
    Raises FieldErrors or RecordGone.
    """
    known = _living(base, "work_contract", work_contract)
    _living(base, "obligation", obligation)
    participant = int(known["participant"] or 0)
    existing = queries.placement_of(base.connection, work_contract, obligation)
    changes = list(also(participant)) if also is not None else []
    if existing is not None:
        batch = write(base, changes, label=f"Embauche{NBSP}: suite").batch if changes else 0
        return Hiring(work_contract, existing, batch)
    person = _living(base, "participant", participant)
    return _placed(base, work_contract, obligation, placement, person, changes)


def _living(base: Base, entity: str, row: int) -> dict[str, Any]:
    known = queries.record(base.connection, entity, row)
    if known is None:
        raise RecordGone
    return known


def _person(base: Base, person: int | Values, changes: list[Change]) -> tuple[int, Values]:
    if isinstance(person, int):
        return person, _living(base, "participant", person)
    row, fields = base.new_id(), checked("participant", person)
    changes.append(created("participant", row, fields))
    return row, fields


def _placed(
    base: Base,
    contract: int,
    obligation: int,
    placement: Values | None,
    person: Values,
    changes: list[Change],
) -> Hiring:
    row = base.new_id()
    joined = {**(placement or {}), "work_contract": contract, "obligation": obligation}
    changes.append(created("placement", row, checked("placement", joined)))
    label = f"Embauche{NBSP}:{called(person) or ' participant'}"
    return Hiring(contract, row, write(base, changes, label=label).batch)
