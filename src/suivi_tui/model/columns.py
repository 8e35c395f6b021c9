"""How a column of the base is declared: every one is INTEGER or TEXT, so that tables are STRICT."""

from typing import Any, ClassVar

from sqlalchemy import Column, ForeignKey, Integer, Text, text
from sqlmodel import Field, SQLModel


def reference(table: str, *, optional: bool = False) -> Any:
    """The id of a row of another table; checked when the transaction ends, so that the order in
    which the journal is projected does not matter."""
    key = ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    return Field(
        default=None if optional else ..., sa_column=Column(Integer, key, nullable=optional)
    )


def words() -> Any:
    """Text that is never null; empty when not known."""
    return Field(default="", sa_column=Column(Text, nullable=False, server_default=text("''")))


def optional_words() -> Any:
    """Text, or null when it means "not known" (dates in ISO form, SIRET)."""
    return Field(default=None, sa_column=Column(Text, nullable=True))


def number(default: int = 0) -> Any:
    """An integer that is never null: hours in hundredths, ranks, flags."""
    return Field(
        default=default,
        sa_column=Column(Integer, nullable=False, server_default=text(str(default))),
    )


def optional_number() -> Any:
    """An integer, or null when not known: cents, hours in hundredths, months."""
    return Field(default=None, sa_column=Column(Integer, nullable=True))


class Row(SQLModel):
    """What every journalled table has: an identity without coordination, and a removal mark."""

    __table_args__: ClassVar[Any] = {"sqlite_strict": True}

    id: int | None = Field(default=None, primary_key=True)
    removed: int = Field(
        default=0, sa_type=Integer, sa_column_kwargs={"server_default": text("0")}, nullable=False
    )
