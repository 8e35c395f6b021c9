"""Our own form come back: its lines with their identities, and the lots without activity.

Recognised by its hidden marks, under any name and in any format that a spreadsheet saves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Protocol

from suivi_tui.exchange.statement_files.declared import DeclaredLine, LineRemark
from suivi_tui.exchange.statement_files.form_cells import (
    day_of,
    hours_of,
    identity,
    is_filled,
    is_yes,
    text_of,
)
from suivi_tui.exchange.statement_files.form_layout import (
    HOURS_A_DAY,
    IDLE,
    LABEL_LIMIT,
    LOTS_MARK,
    MONTH,
    OBLIGATION,
    PLACEMENT,
    SENDER,
    STATEMENT_MARK,
    Code,
)
from suivi_tui.vocabulary.choices import EmploymentKind, HourKind, find
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.identifiers import looks_like_nir
from suivi_tui.vocabulary.months import Month, days_in, format_month, parse_month
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import NOTES_LIMIT, clean, fold

Cells = Sequence[Any]

# Where the marks of a form may be: near the first cell, whatever was inserted around.
_LOOKED_ROWS, _LOOKED_COLUMNS = 40, 30
# The row of hidden names, then that of the titles.
_TITLES: Final = 2
_KINDS: Final = {Code.WORK: HourKind.WORK.number, Code.TRAINING: HourKind.TRAINING.number}


class _Sheet(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def rows(self) -> Sequence[Cells]: ...


class _Workbook(Protocol):
    @property
    def sheets(self) -> Sequence[Any]: ...


class IdleMonth(NamedTuple):
    """The sender says that it had no activity on an obligation in the month."""

    sheet: str
    line: int
    obligation: int
    month: Month


@dataclass(frozen=True, slots=True)
class FormReading:
    """What one of our forms says. ``sender`` is the company that it was made for.

    ``lines`` of people that the form knew hold their placement and obligation; a person added by
    the sender has no placement, and the obligation chosen in the list. ``left_out`` are lines
    that cannot be taken, ``warnings`` what deserves a look.
    """

    sender: int
    month: Month
    lines: tuple[DeclaredLine, ...]
    idle: tuple[IdleMonth, ...] = ()
    left_out: tuple[LineRemark, ...] = ()
    warnings: tuple[LineRemark, ...] = ()


def read_form(workbook: _Workbook) -> FormReading | None:
    """What a form of ours says, None when the workbook is not one."""
    for sheet in workbook.sheets:
        mark = _find(sheet.rows, STATEMENT_MARK)
        if mark is None:
            continue
        sender, month = _about(sheet.rows, *mark)
        columns = _columns(sheet.rows)
        if sender and month and columns is not None:
            lots = next(filter(None, map(_lots_of, workbook.sheets)), {})
            return _FormReader(sheet, month, sender, columns, lots).read(mark)
    return None


class _Lot(NamedTuple):
    """A lot of the form, as its sheet of lots says it; ``line`` is where."""

    sheet: str
    line: int
    obligation: int
    contract: str
    lot: str
    site: str
    holder: str
    label: str
    idle: bool


class _Columns(NamedTuple):
    """The row of the hidden names, and the place of each column."""

    row: int
    places: Mapping[Code, int]


def _find(rows: Sequence[Cells], mark: str) -> tuple[int, int] | None:
    for row, cells in enumerate(rows[:_LOOKED_ROWS]):
        for column, cell in enumerate(cells[:_LOOKED_COLUMNS]):
            if isinstance(cell, str) and cell.strip() == mark:
                return row, column
    return None


def _about(rows: Sequence[Cells], row: int, column: int) -> tuple[int, Month | None]:
    """Sender and month, under the mark."""
    texts = [text_of(cells[column]) if column < len(cells) else "" for cells in rows[row : row + 6]]
    sender = next(filter(None, (identity(text, SENDER) for text in texts)), 0)
    for text in texts[1:]:
        if text.startswith(MONTH):
            try:
                return sender, parse_month(text[len(MONTH) :])
            except UserError:
                return sender, None
    return sender, None


def _columns(rows: Sequence[Cells]) -> _Columns | None:
    known = {code.value: code for code in Code}
    for row, cells in enumerate(rows[:_LOOKED_ROWS]):
        places = {
            known[cell.strip()]: place
            for place, cell in enumerate(cells)
            if isinstance(cell, str) and cell.strip() in known
        }
        if len(places) > 1:
            return _Columns(row, places)
    return None


def _lots_of(sheet: _Sheet) -> dict[int, _Lot]:
    """The lots of the form by obligation; empty for any other sheet."""
    columns = _columns(sheet.rows) if _find(sheet.rows, LOTS_MARK) is not None else None
    if columns is None:
        return {}
    found: dict[int, _Lot] = {}
    for place, cells in enumerate(sheet.rows[columns.row + _TITLES :], columns.row + _TITLES):
        cell = _reader(cells, columns.places)
        obligation = identity(text_of(cell(Code.OBLIGATION)), OBLIGATION)
        if obligation:
            found[obligation] = _Lot(
                sheet.name,
                place + 1,
                obligation,
                text_of(cell(Code.CONTRACT)),
                text_of(cell(Code.LOT_NUMBER)),
                text_of(cell(Code.SITE)),
                text_of(cell(Code.HOLDER)),
                text_of(cell(Code.LOT)),
                is_yes(cell(Code.IDLE)),
            )
    return found


def _reader(cells: Cells, places: Mapping[Code, int]) -> Any:
    def cell(code: Code) -> Any:
        place = places.get(code)
        return cells[place] if place is not None and place < len(cells) else None

    return cell


class _FormReader:
    """Reads the lines of one form."""

    def __init__(
        self,
        sheet: _Sheet,
        month: Month,
        sender: int,
        columns: _Columns,
        lots: Mapping[int, _Lot],
    ) -> None:
        self._sheet, self._month, self._sender = sheet, month, sender
        self._columns, self._lots = columns, lots
        self._labels = {fold(lot.label): lot for lot in lots.values()}
        self._lines: list[DeclaredLine] = []
        self._left_out: list[LineRemark] = []
        self._warnings: list[LineRemark] = []
        # The obligations with hours; None when the lot of some hours is not known.
        self._worked: set[int | None] = set()

    def read(self, mark: tuple[int, int]) -> FormReading:
        """The whole form."""
        first = self._columns.row + _TITLES
        for place, cells in enumerate(self._sheet.rows[first:], first):
            self._read_line(place + 1, _reader(cells, self._columns.places))
        idle = self._idle(mark)
        if not self._lines and not idle and not self._left_out:
            self._warn(0, "", "Formulaire vide : aucune heure, et « sans activité » n'est pas dit.")
        return FormReading(
            self._sender,
            self._month,
            tuple(self._lines),
            tuple(idle),
            tuple(self._left_out),
            tuple(self._warnings),
        )

    def _read_line(self, line: int, cell: Any) -> None:
        person = " ".join(filter(None, (text_of(cell(Code.LAST)), text_of(cell(Code.FIRST)))))
        filled = {code: cell(code) for code in _KINDS if is_filled(cell(code))}
        comment = clean(str(cell(Code.COMMENT) or ""), NOTES_LIMIT)
        if looks_like_nir(comment) or looks_like_nir(person):
            self._warn(line, "", "Un numéro de sécurité sociale n'est pas lu.")
            comment = ""
            person = "" if looks_like_nir(person) else person
        if not filled:
            self._say_without_hours(line, cell, person, comment)
            return
        if not person:
            self._leave_out(line, "Nom", "Des heures sans nom : la ligne n'est pas prise.")
            return
        known = self._declared(line, cell, person, comment)
        for code, value in filled.items():
            hours = self._hours(line, code, value)
            if hours != 0:
                self._worked.add(known["obligation"])
            if hours is not None:
                self._lines.append(DeclaredLine(**known, kind=_KINDS[code], hours=hours))

    def _say_without_hours(self, line: int, cell: Any, person: str, comment: str) -> None:
        if comment:
            self._warn(line, "Commentaire", f"Commentaire sans heures : {comment}")
        elif person and not identity(text_of(cell(Code.PLACEMENT)), PLACEMENT):
            self._leave_out(line, "Heures", "Une personne ajoutée sans heures : rien à prendre.")

    def _declared(self, line: int, cell: Any, person: str, comment: str) -> dict[str, Any]:
        placement = identity(text_of(cell(Code.PLACEMENT)), PLACEMENT)
        obligation = identity(text_of(cell(Code.OBLIGATION)), OBLIGATION)
        lot = self._lots.get(obligation) if obligation else self._chosen_lot(cell(Code.LOT))
        employment = find(EmploymentKind, text_of(cell(Code.TYPE)))
        return {
            "sheet": self._sheet.name,
            "line": line,
            "person": person,
            "month": self._month,
            "birth": self._day(line, "Né(e) le", cell(Code.BIRTH)),
            "contract": lot.contract if lot else "",
            "lot": lot.lot if lot else "",
            "company": lot.holder if lot else "",
            "site": lot.site if lot else text_of(cell(Code.LOT)),
            "start": self._day(line, "Début", cell(Code.START)),
            "end": self._day(line, "Fin", cell(Code.END)),
            "type": employment.value if employment else "",
            "comment": comment,
            "placement": placement or None,
            "obligation": obligation or (lot.obligation if lot else None),
        }

    def _chosen_lot(self, value: Any) -> _Lot | None:
        """The lot chosen in the list; the only one when the form has no other."""
        text = fold(text_of(value))
        if not text:
            return next(iter(self._lots.values())) if len(self._lots) == 1 else None
        # A label may come back cut, by the format that the file was saved in.
        begun = [lot for label, lot in self._labels.items() if label.startswith(text)]
        long_enough = len(text) >= LABEL_LIMIT // 3 and len(begun) == 1
        return self._labels.get(text) or (begun[0] if long_enough else None)

    def _hours(self, line: int, code: Code, value: Any) -> Hours | None:
        column = "Heures travaillées" if code is Code.WORK else "Heures de formation"
        try:
            hours, doubtful = hours_of(value, self._month)
        except UserError as error:
            self._leave_out(line, column, str(error))
            return None
        if abs(hours) > days_in(self._month) * HOURS_A_DAY * 100:
            self._leave_out(line, column, f"Plus de 24{NBSP}h par jour : le nombre n'est pas pris.")
            return None
        if doubtful:
            said = f"Lu comme {format_hours(hours)} : vérifiez que ce n'est pas une durée."
            self._warn(line, column, said)
        return hours

    def _day(self, line: int, column: str, value: Any) -> str | None:
        if not is_filled(value):
            return None
        found = day_of(value)
        if found is None:
            self._warn(
                line, column, f"« {text_of(value)} » n'est pas une date : elle n'est pas lue."
            )
        return found.isoformat() if found else None

    def _idle(self, mark: tuple[int, int]) -> list[IdleMonth]:
        """The lots said without activity; hours on a lot belie it."""
        everywhere = self._all_idle_line(mark)
        found: list[IdleMonth] = []
        for lot in self._lots.values():
            if not (lot.idle or everywhere):
                continue
            sheet, line = (lot.sheet, lot.line) if lot.idle else (self._sheet.name, everywhere)
            if self._worked & {lot.obligation, None}:
                what = f"« Sans activité » en {format_month(self._month)}, mais des heures y sont"
                self._warnings.append(
                    LineRemark(sheet, line, "Sans activité", f"{what} : les heures sont gardées.")
                )
            else:
                found.append(IdleMonth(sheet, line, lot.obligation, self._month))
        return found

    def _all_idle_line(self, mark: tuple[int, int]) -> int:
        """The line where the sender says that nothing was done on any lot; 0 when it does not."""
        row, column = mark
        for place, cells in enumerate(self._sheet.rows[row : self._columns.row], row):
            code = text_of(cells[column]) if column < len(cells) else ""
            if code.startswith(IDLE) and code[1:].isdecimal():
                # Columns inserted on the left of the mark moved the cell as well.
                target = column + int(code[1:])
                if target < len(cells) and is_yes(cells[target]):
                    return place + 1
        return 0

    def _warn(self, line: int, column: str, message: str) -> None:
        self._warnings.append(LineRemark(self._sheet.name, line, column, message))

    def _leave_out(self, line: int, column: str, message: str) -> None:
        self._left_out.append(LineRemark(self._sheet.name, line, column, message))
