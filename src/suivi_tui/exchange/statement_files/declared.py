"""What a statement declares, whatever its layout: someone's hours of a month, and where they stand.

Texts are cleaned and as found; nothing here knows the base.
"""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from suivi_tui.vocabulary.choices import HourKind
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month


class Cancelled(Exception):
    """The person stopped the reading; nothing was written."""


class Basis(Enum):
    """What the hours of a line are a figure of.

    CUMULATED hours are a total since the start, at the end of the month: the month is worth the
    difference with the total before. SPREAD hours are the share of the month in a larger total
    (a quarter), an estimate. A week across two months is split by its working days, SPREAD too.
    """

    MONTH = "month"
    CUMULATED = "cumulated"
    SPREAD = "spread"


@dataclass(frozen=True, slots=True)
class DeclaredLine:
    """The hours of one person in one month, read at one place of a file.

    ``line`` is the row as a spreadsheet shows it. ``person`` is the name as found (``DUPONT
    Jean``, ``Jean Dupont``); ``birth``, ``start`` and ``end`` are ISO dates; ``type``, codes of
    ``EmploymentKind`` or ''. ``site`` is any other text that tells where (operation, object).
    ``obligation`` and ``placement`` are ids that only our own forms hold. ``partial`` tells that
    the file holds only some weeks of the month: the figure adds to what other files say of the
    same month, it never replaces it by itself.
    """

    sheet: str
    line: int
    person: str
    month: Month
    hours: Hours
    basis: Basis = Basis.MONTH
    kind: int = HourKind.WORK.number
    reference: str = ""
    birth: str | None = None
    employer: str = ""
    employer_siret: str | None = None
    company: str = ""
    company_siret: str | None = None
    contract: str = ""
    lot: str = ""
    site: str = ""
    start: str | None = None
    end: str | None = None
    type: str = ""
    post: str = ""
    weekly_hours: Hours | None = None
    comment: str = ""
    obligation: int | None = None
    placement: int | None = None
    partial: bool = False


class LineRemark(NamedTuple):
    """Something to say about a place of the file: its sheet, line (0: the sheet), column."""

    sheet: str
    line: int
    column: str
    message: str
