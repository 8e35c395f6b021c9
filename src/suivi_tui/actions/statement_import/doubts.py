"""Lines of one file that may say the same thing twice: taken only when a person says so."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from suivi_tui.actions.reconcile import quoted
from suivi_tui.actions.statement_import.cells import Fed
from suivi_tui.actions.statement_import.matched import Match
from suivi_tui.exchange.statement_files.declared import DeclaredLine
from suivi_tui.exchange.statement_files.reading import SheetReading, StatementReading
from suivi_tui.exchange.statement_files.roles import Role
from suivi_tui.vocabulary.numbers import NBSP

_WEEKLY = frozenset((Role.WEEK, Role.DATE, Role.FROM, Role.WEEK_HOURS))


def weekly_sheets(sheets: Iterable[SheetReading]) -> frozenset[str]:
    """The sheets whose lines are weeks or days: the same person comes back in them."""
    return frozenset(
        sheet.name
        for sheet in sheets
        if any(column.role in _WEEKLY for column in sheet.layout.columns)
    )


def doubted(matched: Sequence[tuple[DeclaredLine, Match]], reading: StatementReading) -> list[Fed]:
    """The lines with why each is doubtful, if it is."""
    weekly = weekly_sheets(reading.sheets)
    waiting = {
        sheet.name: sheet.questions[0].sentence for sheet in reading.sheets if sheet.questions
    }
    again = _repeated_sheets(matched)
    seen: dict[tuple[object, ...], DeclaredLine] = {}
    fed = []
    for rank, (line, match) in enumerate(matched):
        doubt = match.doubt
        if not doubt and line.sheet not in weekly:
            first = seen.setdefault(_content(line, match), line)
            if first is not line and first.line != line.line:
                doubt = (
                    f"même personne, même mois et mêmes heures que la ligne {first.line}"
                    f"{NBSP}: est-ce la même ligne deux fois{NBSP}?"
                )
        if not doubt and (other := again.get((line.sheet, *_key(line, match)))):
            doubt = (
                f"mêmes heures que dans la feuille {quoted(other)}{NBSP}: un récapitulatif{NBSP}?"
            )
        fed.append(Fed(rank, line, match, doubt, waiting.get(line.sheet, "")))
    return fed


def _repeated_sheets(
    matched: Sequence[tuple[DeclaredLine, Match]],
) -> dict[tuple[object, ...], str]:
    """Hour lines of a sheet that only add up those of the others, with the name of one."""
    totals: dict[tuple[object, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line, match in matched:
        totals[_key(line, match)][line.sheet] += line.hours
    repeated: dict[tuple[object, ...], str] = {}
    for key, sheets in totals.items():
        whole = sum(sheets.values())
        same = [name for name, hours in sheets.items() if hours and hours * 2 == whole]
        if len(sheets) > 1 and same:
            name = same[-1]
            repeated[name, *key] = next(other for other in sheets if other != name)
    return repeated


def _key(line: DeclaredLine, match: Match) -> tuple[object, ...]:
    return match.obligation, line.month, match.placement, line.kind


def _content(line: DeclaredLine, match: Match) -> tuple[object, ...]:
    where = (line.contract, line.lot, line.site, line.company, line.start, line.post)
    return line.sheet, *_key(line, match), line.hours, *where
