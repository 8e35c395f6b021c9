"""The lines of our three CSV files, typed: what an import works on.

Everywhere: texts are cleaned and '' when empty; choices are stored codes or ''; dates ISO texts
or None; hours hundredths, money cents, months YYYYMM, None when not known; a SIRET is digits or
None, even when its key is wrong. ``line`` is the number of the row in a spreadsheet.
"""

from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from suivi_tui.exchange.columns_contracts import CONTRACT_COLUMNS
from suivi_tui.exchange.columns_hours import HOUR_FILE_COLUMNS
from suivi_tui.exchange.columns_participants import PARTICIPANT_COLUMNS
from suivi_tui.exchange.line_reader import Batch, Judge, read_lines
from suivi_tui.exchange.line_report import LinesFile
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money
from suivi_tui.vocabulary.months import Month, days_in
from suivi_tui.vocabulary.numbers import NBSP

HOURS_A_DAY = 24_00
SHORTEST_MONTH = 28


class ContractLine(NamedTuple):
    """One company on one lot of one contract."""

    line: int
    buyer: str
    buyer_siret: str | None
    buyer_kind: str
    operation: str
    programme: str
    number: str
    object: str
    clause_form: str
    category: str
    nature: str
    cpv: str
    sector: str
    amount_cents: Money | None
    place: str
    notice_sent_on: str | None
    notified_on: str | None
    start: str | None
    end: str | None
    facilitator: str
    lot: str
    lot_title: str
    lot_amount_cents: Money | None
    company: str
    company_siret: str | None
    role: str
    contact: str
    contact_phone: str
    contact_mail: str
    hours_owed: Hours | None
    obligation_start: str | None
    obligation_end: str | None


class ParticipantLine(NamedTuple):
    """One person and one criterion; the first line of a person is the main criterion."""

    line: int
    reference: str
    last: str
    first: str
    birth: str | None
    sex: str
    postcode: str
    commune: str
    education: str
    situation: str
    prescriber: str
    entered_scheme_on: str | None
    criterion: str
    proof: str
    proof_on: str | None
    decision: str
    decided_on: str | None
    ends_on: str | None


class HourLine(NamedTuple):
    """Hours of one kind in one month; ``kind`` is ``HourKind.number``, ``validated`` None when
    nothing is decided yet. Who is told by ``participant`` (reference or name), or by ``last``,
    ``first`` and ``birth``."""

    line: int
    buyer: str
    buyer_siret: str | None
    contract: str
    lot: str
    company: str
    company_siret: str | None
    month: Month
    participant: str
    employer: str
    employer_siret: str | None
    structure_kind: str
    mode: str
    type: str
    start: str | None
    end: str | None
    weekly_hours: Hours | None
    post: str
    rome: str
    qpv: str
    kind: int
    declared: Hours
    validated: Hours | None
    refusal_reason: str
    reference: str
    comment: str
    last: str
    first: str
    birth: str | None


def read_contracts(path: Path, today: date | None = None) -> LinesFile[ContractLine]:
    """The lines of a ``marches`` file; raises :class:`UnreadableFile`."""
    judges = (
        _end_after_start("start", "end", "fin"),
        _end_after_start("obligation_start", "obligation_end", "obligation_fin"),
    )
    return read_lines(path, CONTRACT_COLUMNS, partial(tuple.__new__, ContractLine), judges, today)


def read_participants(path: Path, today: date | None = None) -> LinesFile[ParticipantLine]:
    """The lines of a ``participants`` file; with ``today``, nobody is born after it.

    Raises :class:`UnreadableFile`.
    """
    return read_lines(path, PARTICIPANT_COLUMNS, partial(tuple.__new__, ParticipantLine), (), today)


def read_hours(path: Path, today: date) -> LinesFile[HourLine]:
    """The lines of a ``heures`` file, no month later than a year after ``today``.

    Raises :class:`UnreadableFile`.
    """
    judges = (_possible_hours, _decided_hours, _end_after_start("start", "end", "contrat_fin"))
    return read_lines(path, HOUR_FILE_COLUMNS, partial(tuple.__new__, HourLine), judges, today)


def _possible_hours(batch: Batch) -> None:
    """Leave out what cannot be a number of hours: more than 24 a day (design.md 8)."""
    sure = SHORTEST_MONTH * HOURS_A_DAY
    months = batch.values["month"]
    for row, declared in enumerate(batch.values["declared"]):
        if declared is None or -sure <= declared <= sure or months[row] is None:
            continue
        if abs(declared) > days_in(months[row]) * HOURS_A_DAY:
            batch.leave_out(row, "heures", f"plus de 24{NBSP}h par jour dans le mois")


def _decided_hours(batch: Batch) -> None:
    """Leave pending what would break 0 <= validated <= declared, or its mirror for corrections."""
    all_validated = batch.values["validated"]
    pairs = zip(batch.values["declared"], all_validated, strict=True)
    doubtful = [
        row
        for row, (declared, validated) in enumerate(pairs)
        if validated is not None
        and declared is not None
        and not (0 <= validated <= declared or declared <= validated <= 0)
    ]
    for row in doubtful:
        all_validated[row] = None
        batch.warn(
            row,
            "validees",
            f"les heures validées dépassent les heures déclarées{NBSP}: la ligne reste à valider",
        )


def _end_after_start(start: str, end: str, column: str) -> Judge:
    """A judge that remarks an end before its start; both are kept, the facilitator knows."""

    def judge(batch: Batch) -> None:
        ends = batch.values[end]
        for row, (first, last) in enumerate(zip(batch.values[start], ends, strict=True)):
            if first is not None and last is not None and last < first:
                batch.warn(row, column, "la date de fin est avant la date de début")

    return judge
