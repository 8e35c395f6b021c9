"""Putting together a line: who, where, when, from the cells of a row and the titles above it."""

from collections.abc import Sequence
from dataclasses import replace

from suivi_tui.exchange.statement_files.cell_values import Blank, Fault, day_of, hours_of
from suivi_tui.exchange.statement_files.context import Context, where_said
from suivi_tui.exchange.statement_files.declared import Basis, DeclaredLine
from suivi_tui.exchange.statement_files.layout import Layout, LayoutColumn, Unit
from suivi_tui.exchange.statement_files.never_read import NOT_READ_CELL
from suivi_tui.exchange.statement_files.periods import Period, month_period
from suivi_tui.exchange.statement_files.roles import Role
from suivi_tui.exchange.statement_files.row_periods import (
    days_cells,
    month_cell,
    out_of_bounds,
    week_cell,
)
from suivi_tui.exchange.statement_files.row_texts import (
    Remembered,
    contract_of,
    lot_of,
    person_of,
    safe_text,
)
from suivi_tui.exchange.statement_files.surroundings import Surroundings
from suivi_tui.exchange.statement_files.workbook import CellValue
from suivi_tui.vocabulary.choices import EmploymentKind, HourKind, find
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.identifiers import clean_siret, looks_like_nir, siret_fault
from suivi_tui.vocabulary.months import Month, month_of

_MOST_WEEKLY = 168_00
NO_MONTH = "le mois de ces heures n'est dit nulle part"


class LineMaker:
    """Makes the lines of one table."""

    def __init__(self, layout: Layout, around: Surroundings) -> None:
        self._layout = layout
        self._around = around
        self._place: dict[Role, int] = {
            column.role: place
            for place, column in reversed(list(enumerate(layout.columns)))
            if column.role is not Role.IGNORE
        }
        self._people = Remembered(person_of)
        self._texts = Remembered(safe_text)
        self._lots = Remembered(lot_of)
        self._contracts = Remembered(contract_of)
        self._days = Remembered(_iso_day)
        self._where = Remembered(lambda value: where_said(safe_text(value)))
        self._periods: dict[tuple[CellValue, ...], Period | Fault] = {}
        self._kinds: dict[str, int] = {}
        self._remarks: list[tuple[str, str]] = []

    def take_remarks(self) -> list[tuple[str, str]]:
        """What the last row deserves: (heading, message)."""
        taken, self._remarks = self._remarks, []
        return taken

    def _cell(self, cells: Sequence[CellValue], role: Role) -> CellValue:
        place = self._place.get(role)
        return "" if place is None else cells[place]

    def _text(self, cells: Sequence[CellValue], role: Role) -> str:
        place = self._place.get(role)
        if place is None or cells[place] == "":
            return ""
        text = self._texts[cells[place]]
        if not text and looks_like_nir(str(cells[place])):
            self._remarks.append((self._layout.columns[place].heading, NOT_READ_CELL))
        return text

    def base(self, cells: Sequence[CellValue], context: Context) -> DeclaredLine | Fault:
        """All that the figures of a row share; a :class:`Fault` when nobody is named."""
        person, birth, reference = self._who(cells, context)
        if not person and not reference:
            return Fault("pas de nom lisible sur cette ligne")
        company = self._text(cells, Role.COMPANY)
        employer = self._text(cells, Role.EMPLOYER)
        contract, lot, site = self._placed(cells, context)
        birth_day = self._days[self._cell(cells, Role.BIRTH)] or birth
        if birth_day is not None and birth_day > self._around.today.isoformat():
            self._remarks.append(("", "la date de naissance est dans le futur, elle n'est pas lue"))
            birth_day = None
        return DeclaredLine(
            sheet=self._around.sheet,
            line=0,
            person=person,
            month=Month(0),
            hours=Hours(0),
            kind=self._kind(cells),
            reference=reference,
            birth=birth_day,
            employer=employer or context.employer,
            employer_siret=self._siret(cells, Role.EMPLOYER_SIRET)
            or (context.employer_siret if not employer else None),
            company=company or context.company,
            company_siret=self._siret(cells, Role.COMPANY_SIRET)
            or (context.company_siret if not company else None),
            contract=contract,
            lot=lot,
            site=site,
            start=self._days[self._cell(cells, Role.START)],
            end=self._days[self._cell(cells, Role.END)],
            type=self._type(cells),
            post=self._text(cells, Role.POST),
            weekly_hours=self._weekly(cells),
            comment=self._text(cells, Role.COMMENT),
        )

    def _who(self, cells: Sequence[CellValue], context: Context) -> tuple[str, str | None, str]:
        reference = self._text(cells, Role.REFERENCE)
        last = self._cell(cells, Role.LAST)
        if last != "" or Role.LAST in self._place:
            name, birth = self._people[last]
            first, _ = self._people[self._cell(cells, Role.FIRST)]
            return f"{name} {first}".strip(), birth, reference
        name, birth = self._people[self._cell(cells, Role.PERSON)]
        if not name and not reference and context.person:
            name, birth = person_of(context.person)
            birth = birth or context.birth
        return name, birth, reference

    def _placed(self, cells: Sequence[CellValue], context: Context) -> tuple[str, str, str]:
        """Contract, lot and site: those of the row, then those it names, then those above."""
        contract = self._contracts[self._cell(cells, Role.CONTRACT)]
        lot = self._lots[self._cell(cells, Role.LOT)]
        site = self._text(cells, Role.SITE)
        for role in (Role.SITE, Role.CONTRACT, Role.LOT):
            said = self._where[self._cell(cells, role)]
            contract = contract or said.get("contract", "")
            lot = lot or said.get("lot", "")
        if contract and contract != context.contract:
            # Titles speak of another contract: their lot and site are not those of this row.
            return contract, lot, site
        if site and context.site and site != context.site and not lot:
            return contract, lot, site
        return contract or context.contract, lot or context.lot, site or context.site

    def _kind(self, cells: Sequence[CellValue]) -> int:
        text = self._text(cells, Role.KIND)
        if not text:
            return HourKind.WORK.number
        found = find(HourKind, text)
        if found is None:
            self._remarks.append(("", "nature des heures inconnue, lues comme du travail"))
            return HourKind.WORK.number
        return found.number

    def _type(self, cells: Sequence[CellValue]) -> str:
        found = find(EmploymentKind, self._text(cells, Role.TYPE))
        return found.value if found is not None else ""

    def _siret(self, cells: Sequence[CellValue], role: Role) -> str | None:
        text = self._text(cells, role)
        return clean_siret(text) if text and siret_fault(text) is None else None

    def _weekly(self, cells: Sequence[CellValue]) -> Hours | None:
        hours = hours_of(self._cell(cells, Role.WEEKLY), Unit.HOURS, self._layout.day_hours)
        if isinstance(hours, Blank | Fault) or not 0 < hours <= _MOST_WEEKLY:
            return None
        return hours

    def period(self, cells: Sequence[CellValue], context: Context) -> Period | Fault:
        """When the hours of a row were worked, when no heading tells it."""
        if context is not self._around.context:
            self._around = replace(self._around, context=context)
            self._periods.clear()
        for role, read in (
            (Role.FROM, self._from_to),
            (Role.WEEK, self._week),
            (Role.DATE, self._date),
            (Role.MONTH, self._month),
        ):
            if role in self._place:
                key = (
                    role.value,
                    self._cell(cells, role),
                    self._cell(cells, Role.TO),
                    self._cell(cells, Role.YEAR),
                )
                if key not in self._periods:
                    self._periods[key] = read(cells)
                return self._periods[key]
        if context.when is not None:
            told = context.period(self._around.year) or context.period(
                self._around.likely_year(context.when)
            )
            if told is not None:
                return told
        if self._layout.month is not None:
            return month_period(Month(self._layout.month))
        return Fault(NO_MONTH)

    def _from_to(self, cells: Sequence[CellValue]) -> Period | Fault:
        weekly = Role.TO not in self._place
        return days_cells(self._cell(cells, Role.FROM), self._cell(cells, Role.TO), weekly)

    def _week(self, cells: Sequence[CellValue]) -> Period | Fault:
        return week_cell(self._cell(cells, Role.WEEK), self._cell(cells, Role.YEAR), self._around)

    def _date(self, cells: Sequence[CellValue]) -> Period | Fault:
        return days_cells(self._cell(cells, Role.DATE), "", weekly=False)

    def _month(self, cells: Sequence[CellValue]) -> Period | Fault:
        return month_cell(self._cell(cells, Role.MONTH), self._cell(cells, Role.YEAR), self._around)

    def out_of_bounds(self, period: Period) -> Fault | None:
        """Why a period cannot be one of a statement."""
        return out_of_bounds(period, self._around)

    def line(
        self, base: DeclaredLine, row: int, column: LayoutColumn, hours: Hours, period: Period
    ) -> DeclaredLine:
        """The line of one figure of a row, in the first month of its ``period``."""
        cumulated = self._layout.basis is Basis.CUMULATED
        said = where_said(column.site) if column.site else {}
        return replace(
            base,
            line=row,
            month=month_of(period.last if cumulated else period.first),
            hours=hours,
            basis=self._layout.basis,
            kind=column.kind if column.kind != HourKind.WORK.number else base.kind,
            contract=said.get("contract") or base.contract,
            lot=said.get("lot") or base.lot,
            site=(said.get("site") or column.site if not said else said.get("site", base.site))
            or base.site,
        )


def _iso_day(value: CellValue) -> str | None:
    day = day_of(value)
    return None if day is None else day.isoformat()
