"""Which columns of a table are the declared hours, among totals, days and other counts.

A choice that changes hours is never made silently: either the cells prove it (a total that is the
sum of the others), or it becomes a question.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from suivi_tui.exchange.statement_files import questions
from suivi_tui.exchange.statement_files.cell_values import Blank, Fault, hours_of
from suivi_tui.exchange.statement_files.column_roles import (
    FoundColumns,
    are_figures,
    shown_heading,
)
from suivi_tui.exchange.statement_files.layout import DAY_HOURS, Unit
from suivi_tui.exchange.statement_files.roles import FIGURES, Role
from suivi_tui.exchange.statement_files.surroundings import Surroundings
from suivi_tui.vocabulary.text import fold

_BY_HEADING = (Role.MONTH_HOURS, Role.QUARTER_HOURS, Role.WEEK_HOURS)
_REPEAT = re.compile(r" \([0-9]+\)\Z")
_FEW_DAYS = 4
_LIKELY = re.compile(r"insertion|realise|effectue|travaille|declare")


def settle_figures(found: FoundColumns, around: Surroundings) -> None:
    """Leave only the columns of declared hours with a role of figures."""
    for place in found.places(Role.SITE_HOURS):
        if not are_figures(found.filled(place)):
            found.give(place, Role.IGNORE)
    promoted = not _figures(found)
    if promoted:
        _promote(found, around)
    _drop_totals(found)
    _drop_cumulated(found)
    _drop_days(found)
    if not promoted:
        _choose(found, around)
    for place in found.unknown:
        column = found.columns[place]
        if column.heading and found.filled(place) and not _is_rank(found, place):
            found.remarks.append((column.heading, "colonne inconnue, elle n'a pas été lue"))


def _figures(found: FoundColumns) -> list[int]:
    return found.places(*FIGURES)


def base_token(token: str) -> str:
    """The name that columns with the same heading share."""
    return _REPEAT.sub("", token)


def _promote(found: FoundColumns, around: Surroundings) -> None:
    """Without any column of hours: a lone total, or columns of figures without a known name."""
    totals = found.places(Role.TOTAL)
    parts = [place for place in found.unknown if are_figures(found.filled(place))]
    named = all(found.columns[place].heading and not _is_rank(found, place) for place in parts)
    if totals and len(parts) > 1 and named and _row_sums(found, parts, totals[0]):
        # Figures under names that add up to the total: one column for each site.
        for place in parts:
            found.give(place, Role.SITE_HOURS)
            found.columns[place] = replace(found.columns[place], site=found.columns[place].heading)
        return
    if totals:
        found.give(totals[0], Role.HOURS)
        return
    candidates = [p for p in found.unknown if are_figures(found.filled(p))]
    if not candidates:
        return
    chosen = around.answers.get("hours")
    tokens = [base_token(found.columns[place].token) for place in candidates]
    if chosen != questions.ALL_ADDED and chosen not in tokens:
        days = [place for place in found.unknown if _is_rank(found, place)]
        # Columns headed 1, 2, 3… are the days of a month.
        chosen = questions.ALL_ADDED if len(days) > _FEW_DAYS else tokens[0]
        _ask(found, candidates, chosen)
    for place, token in zip(candidates, tokens, strict=True):
        if chosen in (token, questions.ALL_ADDED):
            found.give(place, Role.HOURS)


def _is_rank(found: FoundColumns, place: int) -> bool:
    """Whether a column is headed by the number of a day."""
    return found.columns[place].heading.isdigit()


def _ask(found: FoundColumns, places: Sequence[int], proposed: str) -> None:
    options: dict[str, str] = {}
    for place in places:
        column = found.columns[place]
        options.setdefault(base_token(column.token), shown_heading(column, place))
    found.questions.append(questions.hours_question(list(options.items()), proposed))


def _row_sums(found: FoundColumns, parts: Sequence[int], total: int) -> bool:
    """Whether in every row a column is the sum of the ``parts``, at least once with two of them."""
    proved = False
    for row in range(len(found.cells[total])):
        whole = hours_of(found.cells[total][row], Unit.HOURS, DAY_HOURS)
        values = [hours_of(found.cells[place][row], Unit.HOURS, DAY_HOURS) for place in parts]
        figures = [value for value in values if not isinstance(value, Blank | Fault)]
        if isinstance(whole, Blank | Fault):
            continue
        if figures and abs(sum(figures) - whole) > len(figures):
            return False
        proved = proved or len([figure for figure in figures if figure]) > 1
    return proved


def _drop_totals(found: FoundColumns) -> None:
    """A column of hours that is the sum of columns of months, weeks or sites is their total."""
    by_heading = found.places(*_BY_HEADING, Role.SITE_HOURS)
    plain = found.places(Role.HOURS)
    for place in plain:
        if len(by_heading) > 1 and _row_sums(found, by_heading, place):
            found.give(place, Role.TOTAL)
    totals = found.places(Role.TOTAL)
    plain = found.places(Role.HOURS)
    same_kind = {found.columns[place].kind for place in plain}
    if totals and len(plain) > 1 and len(same_kind) == 1 and _row_sums(found, plain, totals[0]):
        # Normal and extra hours, and their sum: the sum is what was worked.
        for place in plain:
            found.give(place, Role.IGNORE)
        found.give(totals[0], Role.HOURS)


def _drop_cumulated(found: FoundColumns) -> None:
    """Hours of the month are better than a running total beside them."""
    figures = _figures(found)
    running = [place for place in figures if found.columns[place].cumulated]
    if len(running) < len(figures):
        for place in running:
            found.give(place, Role.IGNORE)
    else:
        for place in found.places(Role.CUMULATED)[1:]:
            found.give(place, Role.IGNORE)


def _drop_days(found: FoundColumns) -> None:
    """Hours are better than days beside them."""
    figures = _figures(found)
    days = [place for place in figures if found.columns[place].days]
    if len(days) < len(figures):
        for place in days:
            found.give(place, Role.IGNORE)


def _choose(found: FoundColumns, around: Surroundings) -> None:
    """Among columns that say different hours for the same place and time, keep the right ones."""
    rivals = _rivals(found)
    tokens = list(dict.fromkeys(base_token(found.columns[place].token) for place in rivals))
    if len(tokens) < 2:
        return
    chosen = around.answers.get("hours")
    if chosen != questions.ALL_ADDED and chosen not in tokens:
        chosen = _likeliest(found, rivals)
        _ask(found, rivals, chosen)
    if chosen == questions.ALL_ADDED:
        return
    for place in rivals:
        if base_token(found.columns[place].token) != chosen:
            found.give(place, Role.IGNORE)


def _rivals(found: FoundColumns) -> list[int]:
    """The columns of figures that cannot all be declared hours."""
    figures = _figures(found)
    plain = [p for p in figures if found.columns[p].role in (Role.HOURS, Role.DAYS, Role.CUMULATED)]
    told = [p for p in figures if p not in plain]
    if plain and told:
        return figures
    groups: dict[tuple[object, ...], list[int]] = {}
    for place in figures:
        column = found.columns[place]
        groups.setdefault((column.period, column.kind, column.site), []).append(place)
    rivals: list[int] = []
    for places in groups.values():
        if len(places) > 1:
            rivals.extend(places)
    return sorted(rivals)


def _likeliest(found: FoundColumns, places: Iterable[int]) -> str:
    def rank(place: int) -> tuple[bool, bool, int]:
        words = fold(found.columns[place].heading)
        return (not found.sure[place], not _LIKELY.search(words), place)

    return base_token(found.columns[min(places, key=rank)].token)
