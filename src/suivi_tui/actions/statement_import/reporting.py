"""What became of the lines of a statement, for a script or a message."""

from collections.abc import Collection, Iterator

from suivi_tui.actions.import_report import ImportReport, ImportWarning
from suivi_tui.actions.statement_import.planned import Outcome, PlannedLine, StatementPlan
from suivi_tui.vocabulary.text import clean

OPEN_THE_APPLICATION = "ouvrez l'application pour répondre"


def report(plan: StatementPlan, accept: Collection[tuple[str, int]] = ()) -> ImportReport:
    """The counts of a plan written with ``accept``; what waits is left out, with why."""
    several = len({line.sheet for line in plan.lines}) > 1
    counts = dict.fromkeys(Outcome, 0)
    warnings: list[ImportWarning] = []
    for line in plan.lines:
        outcome = line.outcome
        if line.acceptable and (line.sheet, line.line) in accept:
            outcome = Outcome.NEW if line.before is None else Outcome.CHANGED
        counts[outcome] += 1
        warnings += _told(line, outcome, several)
    for remark in plan.reading.warnings:
        place = _place(remark.sheet, remark.line, several)
        warnings.append(ImportWarning(place, remark.column, remark.message))
    left_out = counts[Outcome.LEFT_OUT] + counts[Outcome.DOUBTFUL]
    return ImportReport(
        clean(plan.name),
        None,
        len(plan.lines),
        counts[Outcome.NEW],
        counts[Outcome.CHANGED],
        counts[Outcome.IDENTICAL],
        left_out,
        tuple(warnings),
        plan.sender_name,
        counts[Outcome.DOUBTFUL],
        tuple(question.sentence for question in plan.unanswered),
    )


def _told(line: PlannedLine, outcome: Outcome, several: bool) -> Iterator[ImportWarning]:
    place = _place(line.sheet, line.line, several)
    if outcome is Outcome.DOUBTFUL:
        yield ImportWarning(place, "", f"{line.why} ; {OPEN_THE_APPLICATION}")
    elif outcome is Outcome.LEFT_OUT or line.why:
        yield ImportWarning(place, "", line.why)


def _place(sheet: str, line: int, several: bool) -> str:
    place = f"ligne {line}" if line else "feuille"
    return f"{clean(sheet)}, {place}" if several else place
