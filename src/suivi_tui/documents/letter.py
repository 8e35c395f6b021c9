"""A letter ready to be written: to whom, about what, and the values that its template takes."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from suivi_tui.vocabulary.choices import DocumentKind, FollowUpKind, OutcomePoint

Values = Mapping[str, Any]
"""What a template takes: texts, and lists of lines that hold texts."""


class Sender(NamedTuple):
    """Who writes, as the settings say it."""

    author: str = ""
    structure: str = ""
    role: str = ""
    phone: str = ""
    mail: str = ""
    address: str = ""
    town: str = ""


class Recipient(NamedTuple):
    """To whom a letter goes; ``company`` is the company, structure or buyer.

    ``mail`` is empty when nobody there can be written to: the draft has no recipient then.
    """

    company: str = ""
    name: str = ""
    role: str = ""
    mail: str = ""
    commune: str = ""


class Subject(NamedTuple):
    """What a letter is about: an entity of the base and the id of the record."""

    entity: str
    id: int


class Asked(NamedTuple):
    """A point of a path whose situation a letter asks for; ``outcome`` None: not known yet."""

    participant: int
    path: int
    point: OutcomePoint
    outcome: int | None = None


class Letter(NamedTuple):
    """One letter and the way it is filed.

    ``key`` tells it from the others of the same preparation and names its files: kind and ids,
    never a name. ``subject`` is the record under which it is filed, ``also`` others that get
    their own follow-up line. ``about`` is one line for the preview and the follow-up, without
    the name of a person. ``notified`` are work contracts whose eligibility notice it is.
    """

    kind: DocumentKind
    key: str
    subject: Subject
    to: Recipient
    about: str
    values: Values
    follow_up: FollowUpKind
    answer_by: date | None = None
    also: tuple[Subject, ...] = ()
    notified: tuple[int, ...] = ()
    asked: tuple[Asked, ...] = ()


class LeftOut(NamedTuple):
    """Someone or something that gets no letter, and why."""

    who: str
    why: str


class Found(NamedTuple):
    """The letters of one kind that make sense, what is left out, and a question.

    ``question`` is asked when a letter needs a reason before it can be made.
    """

    letters: tuple[Letter, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    question: str = ""
