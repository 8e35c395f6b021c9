"""What a column of the base is on screen: its label, and how its values are written."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from suivi_tui.vocabulary.choices import Choice

Kind: TypeAlias = Literal[
    "text", "date", "moment", "month", "hours", "money", "number", "flag", "entity",
    "alert", "share", "hundredths", "detail", "hidden",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its label; how it is written, or the list its codes belong to, or the table
    whose records it names (``refers_by``: the column that holds the name of that table).

    Of a ``detail`` only its presence is told; what is ``hidden`` says nothing to a person.
    """

    label: str
    kind: Kind = "text"
    choice: type[Choice] | None = None
    refers: str = ""
    refers_by: str = ""


def text_field(label: str) -> Field:
    """A text."""
    return Field(label)


def date_field(label: str) -> Field:
    """A day."""
    return Field(label, "date")


def hours_field(label: str) -> Field:
    """Hours, in hundredths."""
    return Field(label, "hours")


def money_field(label: str) -> Field:
    """Money, in cents."""
    return Field(label, "money")


def number_field(label: str) -> Field:
    """A number."""
    return Field(label, "number")


def flag_field(label: str) -> Field:
    """Yes or no."""
    return Field(label, "flag")


def choice_field(label: str, choice: type[Choice]) -> Field:
    """A code of a closed list."""
    return Field(label, choice=choice)


def link_field(label: str, entity: str) -> Field:
    """A record of another table."""
    return Field(label, refers=entity)
