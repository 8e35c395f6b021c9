"""The hour grid, two views of the same lines: one obligation, or one sender and month.

Who, which months, which cells are closed, where each obligation stands.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from suivi_tui.readings.pace import ObligationPace, obligation_paces
from suivi_tui.readings.record_names import shown_date
from suivi_tui.rules.indicators import HourPair, Totals, totals
from suivi_tui.rules.locks import closes
from suivi_tui.rules.rate import pace, remaining
from suivi_tui.store.queries import entry, hours, obligations
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.hours import Grid, GridCell
from suivi_tui.store.queries.obligations import ObligationRow
from suivi_tui.store.queries.paging import Page
from suivi_tui.store.queries.statements import StatementRow
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month, add_months, month_of, months_between, of_month
from suivi_tui.vocabulary.numbers import NBSP

WINDOW = 12
LONGEST = 120


@dataclass(frozen=True, slots=True)
class GridFigures:
    """Where an obligation stands, hours in hundredths; None where it cannot be known.

    ``left`` is what is not validated yet, ``left_once_validated`` what stays when everything
    pending is validated; ``pace`` is acquired (validated or pending) over expected to date.
    """

    owed: Hours | None
    expected: Hours | None
    totals: Totals

    @property
    def left(self) -> Hours | None:
        """Hours left to validate."""
        return remaining(self.totals.validated, self.owed)

    @property
    def left_once_validated(self) -> Hours | None:
        """Hours left to work."""
        return remaining(Hours(self.totals.validated + self.totals.pending), self.owed)

    @property
    def pace(self) -> Fraction | None:
        """Share of the hours expected to date."""
        return pace(Hours(self.totals.validated + self.totals.pending), self.expected)

    def with_cell(self, before: GridCell | None, after: Hours | None) -> "GridFigures":
        """The figures once a cell holds ``after`` (None: emptied); new hours are pending."""
        return self.exchanged(before, None if after is None else (after, None))

    def exchanged(self, before: GridCell | None, after: HourPair | None) -> "GridFigures":
        """The figures once a cell holds the hours declared and validated in ``after``."""
        old = totals([(before.declared, before.validated)] if before else [])
        new = totals([after] if after else [])
        changed = Totals(
            Hours(self.totals.declared - old.declared + new.declared),
            Hours(self.totals.validated - old.validated + new.validated),
            Hours(self.totals.refused - old.refused + new.refused),
            Hours(self.totals.pending - old.pending + new.pending),
        )
        return GridFigures(self.owed, self.expected, changed)


class Sender(NamedTuple):
    """The company or structure that declares the hours of the people it employs."""

    company: int
    name: str
    kind: str


class EntryGrid(NamedTuple):
    """What an hour grid shows; ``figures`` counts the whole life of each obligation.

    ``sender`` is the one whose people are shown, None for the grid of one obligation.
    """

    grid: Grid
    months: tuple[Month, ...]
    figures: dict[int, GridFigures]
    sender: Sender | None = None

    def about(self, obligation: int) -> ObligationRow:
        """One of the obligations shown."""
        return self.grid.obligations[obligation]

    def statements(self, obligation: int, month: Month) -> tuple[StatementRow, ...]:
        """What is known of the statements of a month; only that of the sender in its view."""
        found = self.grid.statements.get((obligation, month), ())
        if self.sender is None:
            return found
        return tuple(item for item in found if item.sender in (None, self.sender.company))

    def closed_because(self, obligation: int, month: Month, employer: int | None = None) -> str:
        """Why nothing may be entered in a month, one French sentence; empty when it may.

        See ``rules.locks.closes`` for what a locked statement closes.
        """
        about = self.about(obligation)
        if about.closed_on:
            day = shown_date(about.closed_on)
            return (
                f"Cette obligation est close depuis le {day}{NBSP}: rien n'a été modifié. "
                "Rouvrez-la dans la fiche du marché (touche d)."
            )
        found = self.grid.statements.get((obligation, month), ())
        if closes([(item.sender, item.status) for item in found], about.company, employer):
            return (
                f"Le relevé {of_month(month)} est verrouillé{NBSP}: rien n'a été "
                "modifié. Rouvrez-le dans l'écran Saisie (touche k)."
            )
        return ""


def entry_grid(
    connection: Connection,
    obligation: int,
    today: date,
    *,
    month: Month | None = None,
    whole: bool = False,
) -> EntryGrid | None:
    """The grid over the last twelve months of an obligation, or its whole life; None when gone.

    The window reaches ``month`` when it is given. People who left before it are only there in
    the whole life.
    """
    about = obligations.one(connection, obligation)
    if about is None:
        return None
    first, last = _window(connection, about, today, month, whole)
    grid = hours.grid(connection, obligation, first, last, everyone=whole)
    if grid is None:
        return None
    figures = {obligation: figures_of(connection, about, today)}
    return EntryGrid(grid, tuple(months_between(first, last)), figures)


def sender_grid(
    connection: Connection, sender: int, month: Month, today: date, *, whole: bool = False
) -> EntryGrid | None:
    """The people of a sender on every obligation; the month of entry comes last, a year before it.

    None when the company is gone. With ``whole``, also those who work nowhere in that month.
    """
    company = entry.record(connection, "company", sender)
    if company is None:
        return None
    first = add_months(month, 1 - WINDOW)
    grid = hours.sender_grid(connection, sender, first, month, everyone=whole)
    shown = Sender(sender, str(company["name"]), str(company["kind"]))
    figures = _all_figures(connection, grid.obligations, today)
    return EntryGrid(grid, tuple(months_between(first, month)), figures, shown)


def _all_figures(
    connection: Connection, shown: dict[int, ObligationRow], today: date
) -> dict[int, GridFigures]:
    figures: dict[int, GridFigures] = {}
    for contract in dict.fromkeys(about.contract for about in shown.values()):
        for found in obligation_paces(connection, today, contract=contract):
            if found.obligation in shown:
                figures[found.obligation] = _figures(found)
    nothing = GridFigures(None, None, Totals())
    return {obligation: figures.get(obligation, nothing) for obligation in shown}


def figures_of(connection: Connection, about: ObligationRow, today: date) -> GridFigures:
    """Where an obligation stands; only the hours of its contract are read."""
    return _all_figures(connection, {about.obligation: about}, today)[about.obligation]


def _figures(found: ObligationPace) -> GridFigures:
    done = Totals(found.declared, found.validated, found.refused, found.pending)
    return GridFigures(found.owed, found.expected, done)


def _window(
    connection: Connection, about: ObligationRow, today: date, month: Month | None, whole: bool
) -> tuple[Month, Month]:
    oldest = hours.lines_page(connection, Page(1), obligation=about.obligation)
    newest = hours.lines_page(connection, Page(1, last=True), obligation=about.obligation)
    worked = [Month(row.month) for row in (*oldest, *newest)]
    start, end = about.first_day, about.last_day
    now = month_of(today)
    last = min(now, month_of(end)) if end else now
    if start is not None:
        last = max(last, month_of(start))
    last = max([last, *worked, *([month] if month else [])])
    first = add_months(last, 1 - WINDOW)
    if whole:
        first = min([*worked, month_of(start) if start else first, first])
    if month is not None:
        first = min(first, month)
    return max(first, add_months(last, 1 - LONGEST)), last
