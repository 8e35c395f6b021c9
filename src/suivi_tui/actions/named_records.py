"""A record that a form names: the one that has this name, or a new one in the same batch."""

from collections.abc import Mapping
from typing import Any, Final

from suivi_tui.model.inputs import FieldErrors, checked
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, created
from suivi_tui.store.queries import entry as queries
from suivi_tui.store.queries.operations import every_operation
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean, fold

# The fields that may hold a name, and the table it is looked for in; a buyer comes before the
# operation, which is one of that buyer's.
LINKS: Final = {
    "buyer": "buyer",
    "operation": "operation",
    "company": "company",
    "employer": "company",
}


def with_links(
    base: Base,
    values: Mapping[str, Any],
    changes: list[Change],
    known: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """``values`` with an id in place of each name; what nobody has yet is added to ``changes``.

    ``known`` are the fields of the record before the form. Raises FieldErrors, by field, for a
    name that several records have, or that cannot be one.
    """
    linked = dict(values)
    for field, entity in LINKS.items():
        name = linked.get(field)
        if isinstance(name, str) and name.strip():
            fixed = {"buyer": linked.get("buyer") or (known or {}).get("buyer")}
            linked[field] = found_or_new(
                base, entity, name, changes, field, fixed if entity == "operation" else {}
            )
    return linked


def found_or_new(
    base: Base,
    entity: str,
    given: object,
    changes: list[Change],
    field: str = "",
    fixed: Mapping[str, Any] | None = None,
) -> int:
    """The id of a record given by id or by name, accents aside; a new one joins ``changes``.

    ``field`` is where the form named it (its table when empty), ``fixed`` the other values that
    it must have. Raises FieldErrors.
    """
    if isinstance(given, int):
        return given
    name = clean(str(given or ""))
    field = field or entity
    matches = [row for row, known in _names(base, entity, fixed or {}) if fold(known) == fold(name)]
    if name and len(matches) == 1:
        return matches[0]
    if matches:
        raise FieldErrors(
            {field: f"plusieurs fiches s'appellent «{NBSP}{name}{NBSP}», choisissez-en une"}
        )
    row = base.new_id()
    try:
        changes.append(created(entity, row, checked(entity, {**(fixed or {}), "name": name})))
    except FieldErrors as error:
        raise FieldErrors({field: error.fields.get("name", str(error))}) from None
    return row


def _names(base: Base, entity: str, fixed: Mapping[str, Any]) -> list[tuple[int, str]]:
    if entity == "operation":
        return [
            (row.operation, row.name)
            for row in every_operation(base.connection)
            if row.buyer == fixed.get("buyer")
        ]
    return [(row, name) for row, name, _ in queries.identities(base.connection, entity)]
