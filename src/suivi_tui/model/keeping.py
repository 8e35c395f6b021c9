"""What the base keeps of itself: the journal, who wrote, from which installation, local tables."""

from typing import Any, ClassVar

from sqlalchemy import Column, Integer, Text
from sqlmodel import Field, SQLModel

from suivi_tui.model import columns as column
from suivi_tui.model.columns import Row


class Author(Row, table=True):
    """A person who writes in the base: a declared name, not a proof of identity."""

    name: str = column.words()
    structure: str = column.words()


class BaseIdentity(Row, table=True):
    """One installation that numbers its own lines; renewed after a restore or a move."""

    __tablename__ = "base"

    name: str = column.words()
    fingerprint: str = column.words()


class SourceFile(Row, table=True):
    """A file that was imported: its name, SHA-256 and sender, never its content."""

    __tablename__ = "source_file"

    name: str = column.words()
    sha256: str = column.words()
    sender: int | None = column.reference("company", optional=True)


class Batch(Row, table=True):
    """Changes saved together: one entry, one import, one undo."""

    kind: str = column.words()
    label: str = column.words()
    source_file: int | None = column.reference("source_file", optional=True)
    made_on: str = column.words()
    undone_by: int | None = column.optional_number()


class JournalLine(SQLModel, table=True):
    """One changed field of one row (reliability.md 3.2); the tables are its projection.

    ``field`` is a column name, ``+`` (a whole new row) or ``-`` (its removal); ``seen`` names the
    earlier lines that the author had in front of them; ``head`` is 1 while nothing replaces it.
    """

    __tablename__ = "journal"
    __table_args__: ClassVar[Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}

    base: int = Field(sa_column=Column(Integer, primary_key=True, nullable=False))
    number: int = Field(sa_column=Column(Integer, primary_key=True, nullable=False))
    hlc: int = column.number()
    author: int = column.number()
    batch: int = column.number()
    entity: str = column.words()
    row: str = column.words()
    field: str = column.words()
    value: str | None = column.optional_words()
    seen: str = column.words()
    head: int = column.number(1)


class Draft(SQLModel, table=True):
    """Half-typed text, kept within 250 ms; local, never journalled, never exported."""

    __table_args__: ClassVar[Any] = {"sqlite_strict": True}

    screen: str = Field(sa_column=Column(Text, primary_key=True, nullable=False))
    row: str = Field(sa_column=Column(Text, primary_key=True, nullable=False))
    content: str = column.words()
    saved_at: str = column.words()


class LocalSetting(SQLModel, table=True):
    """A setting of this installation for this base."""

    __tablename__ = "local_setting"
    __table_args__: ClassVar[Any] = {"sqlite_strict": True}

    key: str = Field(sa_column=Column(Text, primary_key=True, nullable=False))
    value: str = column.words()


class BackupLog(SQLModel, table=True):
    """A verified backup: where, when, how many journal lines it holds."""

    __tablename__ = "backup_log"
    __table_args__: ClassVar[Any] = {"sqlite_strict": True}

    id: int | None = Field(default=None, primary_key=True)
    path: str = column.words()
    made_at: str = column.words()
    lines: int = column.number()
    sha256: str = column.words()
