"""From figures of any period to lines of months: weeks are shared, quarters are spread.

Weeks and days of one person at one place add up to one line a month. A month of which the file
holds only some weeks is partial, and said so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from suivi_tui.exchange.statement_files.declared import Basis, DeclaredLine, LineRemark
from suivi_tui.exchange.statement_files.periods import SATURDAY, Period, shared, shares
from suivi_tui.exchange.statement_files.unfolding import Figure
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month, first_day, last_day
from suivi_tui.vocabulary.numbers import NBSP, plural
from suivi_tui.vocabulary.text import fold

# Nobody works every day: days at the ends of a month may be missing from a daily statement.
_IDLE_DAYS = 3
_PLACES_SHOWN = 8


def gather(figures: Sequence[Figure]) -> list[DeclaredLine]:
    """The lines of months that the figures of a file make, in the order of the file."""
    lines: list[DeclaredLine] = []
    places: dict[tuple[object, ...], int] = {}
    parts = [figure.period for figure in figures if not figure.period.whole_months]
    covered = _Covered([figure.period for figure in figures]) if parts else None
    split = {period: shares(period) for period in {figure.period for figure in figures}}
    for figure in figures:
        line, period = figure.line, figure.period
        if line.basis is Basis.CUMULATED:
            lines.append(line)
            continue
        portions = split[period]
        if period.whole_months:
            if len(portions) == 1:
                lines.append(line)
            else:
                lines += [
                    replace(line, month=month, hours=hours, basis=Basis.SPREAD)
                    for month, hours in shared(line.hours, portions)
                ]
            continue
        basis = Basis.SPREAD if len(portions) > 1 else line.basis
        for month, hours in shared(line.hours, portions):
            assert covered is not None
            # A sheet of days says which month it is about: the days without work are not in it.
            whole = covered.whole(month) or (period.days == 1 and figure.told == month)
            part = replace(line, month=month, hours=hours, basis=basis, partial=not whole)
            key = _key(part)
            if key in places:
                lines[places[key]] = _added(lines[places[key]], part)
            else:
                places[key] = len(lines)
                lines.append(part)
    return lines


def told_twice(figures: Sequence[Figure]) -> list[LineRemark]:
    """The weeks and days that two lines of a sheet tell alike: they are added up, and told."""
    seen: dict[tuple[object, ...], int] = {}
    again: dict[str, list[int]] = {}
    for figure in figures:
        line = figure.line
        if figure.period.whole_months or line.basis is Basis.CUMULATED or not line.hours:
            continue
        first = seen.setdefault((line.sheet, figure.period, line.hours, *_key(line)), line.line)
        if first != line.line:
            again.setdefault(line.sheet, []).append(line.line)
    remarks = []
    for sheet, rows in again.items():
        named = ", ".join(map(str, rows[:_PLACES_SHOWN]))
        more = "…" if len(rows) > _PLACES_SHOWN else ""
        what = plural(len(rows), "ligne répète", "lignes répètent")
        message = (
            f"{what} la personne, les jours et les heures d'une autre (n° {named}{more}), et "
            f"s'y ajoutent{NBSP}: vérifiez que ce n'est pas deux fois la même"
        )
        remarks.append(LineRemark(sheet, 0, "", message))
    return remarks


def _key(line: DeclaredLine) -> tuple[object, ...]:
    texts = (line.person, line.employer, line.company, line.contract, line.lot, line.site)
    return (
        *map(fold, texts),
        line.reference,
        line.birth,
        line.employer_siret,
        line.company_siret,
        line.month,
        line.kind,
        line.start,
        line.end,
        line.type,
    )


def _added(line: DeclaredLine, part: DeclaredLine) -> DeclaredLine:
    basis = Basis.SPREAD if Basis.SPREAD in (line.basis, part.basis) else line.basis
    return replace(line, hours=Hours(line.hours + part.hours), basis=basis)


class _Covered:
    """Which days the periods of a file cover, together."""

    def __init__(self, periods: Iterable[Period]) -> None:
        self._days: set[date] = set()
        distinct = set(periods)
        single = sorted(period.first for period in distinct if period.days == 1)
        self._daily = bool(single)
        if single:
            distinct.add(Period(single[0], single[-1]))
        for period in distinct:
            self._days.update(
                period.first + timedelta(days=step) for step in range(min(period.days, 366))
            )
        self._known: dict[Month, bool] = {}

    def whole(self, month: Month) -> bool:
        """Whether all the working days of a month are covered."""
        if month not in self._known:
            day, missing = first_day(month), 0
            while day <= last_day(month):
                missing += day.weekday() < SATURDAY and day not in self._days
                day += timedelta(days=1)
            self._known[month] = missing <= (_IDLE_DAYS if self._daily else 0)
        return self._known[month]
