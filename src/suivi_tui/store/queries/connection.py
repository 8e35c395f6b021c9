"""The connection that every question of the read side takes."""

import sqlite3
from typing import TypeAlias

Connection: TypeAlias = sqlite3.Connection
"""An open base, as the rooms above see it: they pass it on and never touch it."""
