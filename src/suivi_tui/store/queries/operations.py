"""Operations: the sites and projects that group contracts."""

from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection


class OperationRow(NamedTuple):
    """An operation of a buyer."""

    operation: int
    buyer: int
    name: str
    buyer_name: str


def every_operation(connection: Connection) -> list[OperationRow]:
    """All operations, by name."""
    return [
        OperationRow(*row)
        for row in connection.execute(
            "SELECT operation.id, operation.buyer, operation.name, buyer.name FROM operation "
            "CROSS JOIN buyer ON buyer.id = operation.buyer WHERE operation.removed = 0 "
            "ORDER BY operation.name COLLATE NOCASE, operation.id"
        )
    ]
