"""What earlier imports of a sender taught: the layout of its files, whom its texts name."""

from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.store.queries.connection import Connection

PROFILES = (
    "SELECT import_profile.id, import_profile.sender, import_profile.name, import_profile.shape, "
    "import_profile.layout FROM import_profile WHERE removed = 0 ORDER BY id DESC"
)
MEMORIES = (
    "SELECT id, sender, entity, text, found FROM match_memory "
    "WHERE sender IS ? AND removed = 0 ORDER BY id DESC"
)

EVERY_MEMORY = (
    "SELECT id, sender, entity, text, found FROM match_memory "
    "WHERE removed = 0 ORDER BY id DESC LIMIT ?"
)


class ProfileRow(NamedTuple):
    """How the files of a sender are laid out; ``layout`` is JSON."""

    id: int
    sender: int | None
    name: str
    shape: str
    layout: str


class MemoryRow(NamedTuple):
    """What a text was said to be; ``found`` None when it is to be left out."""

    id: int
    sender: int | None
    entity: str
    text: str
    found: int | None


def profiles(connection: Connection) -> list[ProfileRow]:
    """Every profile, the latest made first."""
    return [ProfileRow._make(row) for row in connection.execute(PROFILES)]


def profile_of(known: Iterable[ProfileRow], shape: str, sender: int | None) -> ProfileRow | None:
    """The profile of a shape: that of the sender, else the only one that anybody has."""
    same = [row for row in known if row.shape == shape]
    own = [row for row in same if row.sender == sender]
    if own:
        return own[0]
    layouts = {row.layout for row in same}
    return same[0] if len(layouts) == 1 else None


def every_memory(connection: Connection, limit: int) -> list[MemoryRow]:
    """What was answered for any sender, the latest first."""
    return [MemoryRow._make(row) for row in connection.execute(EVERY_MEMORY, (limit,))]


def memories(connection: Connection, sender: int | None) -> list[MemoryRow]:
    """What was answered for a sender, the latest first; None is a sender that is not known."""
    return [MemoryRow._make(row) for row in connection.execute(MEMORIES, (sender,))]
