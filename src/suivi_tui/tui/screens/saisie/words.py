"""What the wall says: signs and hours of its bricks, words about the cell of the cursor."""

from collections.abc import Hashable
from fractions import Fraction
from typing import Final

from suivi_tui.readings.wall import MonthState, WallLine, WallMonth, WallRow
from suivi_tui.tui.widgets.cell_table import Line
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.tui.widgets.status_line import joined
from suivi_tui.tui.widgets.wall import Brick
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import format_hours
from suivi_tui.vocabulary.months import Month, format_month
from suivi_tui.vocabulary.numbers import NBSP, format_number, plural

SIGNS: Final = {
    MonthState.OUTSIDE: ("·", "muted"),
    MonthState.EXPECTED: ("?", "info"),
    MonthState.LATE: ("!", "critique"),
    MonthState.PARTIAL: ("~", "alerte"),
    MonthState.RECEIVED: ("•", "alerte"),
    MonthState.NO_ACTIVITY: ("–", "muted"),
    MonthState.CHECKED: ("✓", "ok"),
    MonthState.LOCKED: ("=", "ok"),
}
_MEANINGS: Final = tuple(f"{SIGNS[state][0]}{NBSP}{state.label.lower()}" for state in MonthState)
LEGEND: Final = " ".join(_MEANINGS[1:])
SIGNS_TOLD: Final = f"Signes{NBSP}: {', '.join(_MEANINGS)}."
_CAME: Final = (MonthState.PARTIAL, MonthState.CHECKED, MonthState.LOCKED)


def line_of(line: WallLine, key: Hashable, by_sender: bool) -> Line:
    """A line of the wall: who declares, for how many obligations or which contract and lot."""
    count = len(line.rows)
    if by_sender:
        return Line(key, line.sender_name, tag=f"×{NBSP}{count}" if count > 1 else "")
    return Line(key, line.sender_name, tag=contract_lot(line.rows[0]))


def contract_lot(row: WallRow) -> str:
    """Number of the contract, and of the lot when there are lots."""
    about = row.obligation
    lot = f"/{about.lot_number}" if about.lot_number not in ("", "0") else ""
    return f"{about.number or 'sans numéro'}{lot}"


def contracts_of(line: WallLine) -> str:
    """The contracts and lots of a line."""
    return ", ".join(contract_lot(row) for row in line.rows)


def brick_of(month: WallMonth) -> Brick:
    """Sign, whole hours, tone."""
    sign, tone = SIGNS[month.state]
    text = format_number(Fraction(month.declared, 100)) if month.declared else ""
    return Brick(sign, text, tone)


def cell_words(line: WallLine, month: Month, column: int) -> tuple[Piece, ...]:
    """Who declares for what, whom to call, where the month stands."""
    brick = line.months[column]
    state = (month_words(line, month, column), SIGNS[brick.state][1])
    if brick.state is MonthState.OUTSIDE and line.rows[0].obligation.start is None:
        unknown = "démarrage à saisir dans l'écran Marchés, touche d"
        state = (f"{format_month(month)}{NBSP}: {unknown}", "alerte")
    return (who_words(line, column), ""), (call_words(line, column), ""), state


def who_words(line: WallLine, column: int) -> str:
    """Who declares; for which contract and lot, where, or for how many obligations."""
    if len(line.rows) > 1:
        late = [row for row in line.rows if row.months[column].state is MonthState.LATE]
        which = ", ".join(contract_lot(row) for row in late)
        count = plural(len(line.rows), "obligation", "obligations")
        return joined([line.sender_name, count, f"en retard{NBSP}: {which}" if late else ""])
    about = line.rows[0].obligation
    lot = f"lot {about.lot_number}" if about.lot_number not in ("", "0") else ""
    holder = f"pour {about.company_name}" if line.sender != about.company else ""
    contract = f"{about.number} {lot}".strip()
    return joined([line.sender_name, contract, holder, about.operation_name or about.object])


def call_words(line: WallLine, column: int) -> str:
    """Whom to call, the phone first: about what is late that month, else in general."""
    late = (row.call for row in line.rows if row.months[column].state is MonthState.LATE)
    call = next((call for call in late if call is not None), line.call)
    if call is None:
        return f"Appeler{NBSP}: aucun contact"
    return f"Appeler{NBSP}: " + joined([call.phone or call.mail, call.name, call.role])


def month_words(line: WallLine, month: Month, column: int) -> str:
    """State of the month in words, until when or since when, hours, why it was reopened."""
    brick = line.months[column]
    period = brick.period
    title = format_month(month)
    if period is not None and period.quarterly:
        title += f" ({period.label})"
    said = f"{title}{NBSP}: {brick.state.label.lower()}"
    if brick.late_since is not None:
        days = plural(brick.days_late, "jour", "jours")
        said += f" depuis le {format_date(brick.late_since)} ({days})"
    elif brick.state is MonthState.EXPECTED and period is not None:
        said += f" le {format_date(period.due_on)} au plus tard"
    elif brick.state is MonthState.RECEIVED and brick.received_on is not None:
        said += f" le {format_date(brick.received_on)}"
    came = ""
    if brick.state in _CAME and brick.received_on is not None:
        came = f"reçu le {format_date(brick.received_on)}"
    same = sum(row.months[column].state is brick.state for row in line.rows)
    several = ""
    if len(line.rows) > 1 and same < len(line.rows):
        several = f"{plural(same, 'obligation', 'obligations')} sur {len(line.rows)}"
    pending = ""
    if brick.pending_lines:
        pending = plural(brick.pending_lines, "ligne à valider", "lignes à valider")
    hours = f"{format_hours(brick.declared)} déclarées" if brick.lines else ""
    reopened = f"rouvert{NBSP}: {brick.reopened}" if brick.reopened else ""
    return joined([said, several, came, hours, pending, reopened])
