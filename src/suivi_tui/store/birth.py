"""The first writes of a new base: its tables, its identity, its author."""

from typing import TYPE_CHECKING

from suivi_tui.store.journal import created, write_as
from suivi_tui.vocabulary.choices import BatchKind

if TYPE_CHECKING:
    from suivi_tui.store.base import Base


def fill_new_base(
    base: "Base", application: int, version: int, author: str, structure: str
) -> None:
    """Make the tables and journal who this base is and who writes in it."""
    from suivi_tui.model.catalogue import statements

    connection = base.connection
    with base.door.transaction():
        for statement in statements():
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {application}")
        connection.execute(f"PRAGMA user_version = {version}")
    identity, writer = base.new_id(), base.new_id()
    base.set_setting("identity", str(identity))
    base.set_setting("fingerprint", base.fingerprint())
    base.set_setting("author", str(writer))
    write_as(
        base,
        identity,
        writer,
        [
            created("base", identity, {"name": base.path.stem, "fingerprint": base.fingerprint()}),
            created("author", writer, {"name": author, "structure": structure}),
        ],
        kind=BatchKind.ENTRY,
        label="Création de la base",
    )
    base.checkpoint()
