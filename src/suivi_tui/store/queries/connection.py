"""The connection that every question of the read side takes."""

import json
import sqlite3
from collections.abc import Iterable
from typing import TypeAlias

Connection: TypeAlias = sqlite3.Connection
"""An open base, as the rooms above see it: they pass it on and never touch it."""


def ids(rows: Iterable[int]) -> str:
    """Ids as one parameter, read in SQL by ``json_each``: the number of statements and their
    text do not depend on how many there are, and each id is looked up by its key."""
    return json.dumps(list(rows), separators=(",", ":"))
