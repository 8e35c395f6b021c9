"""The first writes of a new base: its tables, its identity, its author."""

from pathlib import Path
from typing import TYPE_CHECKING

from suivi_tui.store.engine import APPLICATION_ID, SCHEMA_VERSION
from suivi_tui.store.journal import created, write_as
from suivi_tui.vocabulary.choices import BatchKind

if TYPE_CHECKING:
    from suivi_tui.store.base import Base


def fill_new_base(base: "Base", home: Path, author: str, structure: str) -> None:
    """Make the tables, and journal who this base is and who writes in it.

    ``home`` is where the base will live once it is whole.
    """
    from suivi_tui.model.catalogue import schema_statements
    from suivi_tui.store.base import fingerprint_of

    connection = base.connection
    with base.door.transaction():
        for statement in schema_statements():
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    identity, writer, fingerprint = base.new_id(), base.new_id(), fingerprint_of(home)
    base.set_setting("identity", str(identity))
    base.set_setting("fingerprint", fingerprint)
    base.set_setting("author", str(writer))
    write_as(
        base,
        identity,
        writer,
        [
            created("base", identity, {"name": home.stem, "fingerprint": fingerprint}),
            created("author", writer, {"name": author, "structure": structure}),
        ],
        kind=BatchKind.ENTRY,
        label="Création de la base",
    )
