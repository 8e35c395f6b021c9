"""The sentences of the preview: the file, what waits for an answer, what was done."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.importation.lines import (
    CHANGED,
    DOUBTFUL,
    IDENTICAL,
    LEFT_OUT,
    NEW,
    OUTCOMES,
    counts,
    is_taken,
)
from suivi_tui.tui.screens.shared.texts import joined
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.vocabulary.numbers import NBSP, plural

if TYPE_CHECKING:
    from suivi_tui.actions.import_report import ImportReport
    from suivi_tui.actions.statement_import.planned import StatementPlan
    from suivi_tui.exchange.statement_files.declared import LineRemark
    from suivi_tui.tui.screens.importation.session import Session

NOTHING_NEW: Final = "Ce fichier n'apporte rien de nouveau"
LEAVE_HINT: Final = "Échap abandonne : rien n'est écrit."
REMARKS_SHOWN: Final = 500
_LEFT: Final = (
    "ligne douteuse n'a pas été écrite", "lignes douteuses n'ont pas été écrites"
)  # fmt: skip
_TO_MATCH: Final = ("nom à reconnaître", "noms à reconnaître")
_KEYS: Final = ((NEW, "n"), (CHANGED, "m"), (IDENTICAL, "equals_sign"), (DOUBTFUL, "d"),
                (LEFT_OUT, "x"))  # fmt: skip


def outcome_commands(available: Callable[[Any], bool]) -> tuple[Command, ...]:
    """One key an outcome, and one for all of them."""
    listed = [
        Command("only", key, OUTCOMES[name].several.capitalize(),
                f"Ne montrer que les lignes {OUTCOMES[name].several}, ou toutes.",
                "importation", "Montrer", 43 if name == DOUBTFUL else 61, parameters=(name,),
                available=available)
        for name, key in _KEYS
    ]  # fmt: skip
    every = Command("only", "t", "Toutes", "Montrer toutes les lignes.", "importation", "Montrer",
                    parameters=("",), available=available)  # fmt: skip
    return (*listed, every)


def about_file(session: "Session") -> str:
    """The file and its sender."""
    plan = session.plan
    if plan is None:
        return session.path.name
    sheets = len(plan.reading.sheets)
    sender = plan.sender_name or "inconnu (touche o)"
    known = "expéditeur reconnu" if plan.sender_proposed else "expéditeur"
    return joined(
        (
            plan.name,
            plural(sheets, "feuille", "feuilles") if sheets > 1 else "",
            f"{known}{NBSP}: {sender}",
        )
    )


def waiting_said(session: "Session") -> str:
    """What still waits for an answer, with the key that gives it."""
    columns, matches = len(session.layout_questions), len(session.match_questions)
    return joined(
        (
            f"{plural(columns, 'question', 'questions')} sur les colonnes{NBSP}: touche c"
            if columns else "",
            f"{plural(matches, *_TO_MATCH)}{NBSP}: touche r" if matches else "",
        )
    )  # fmt: skip


def about_lines(session: "Session") -> list[Piece]:
    """What stands over the lines: file, what would be written, what waits, what is never read."""
    plan = session.plan
    first = [(about_file(session), "total")]
    if plan is None:
        return [*first, (LEAVE_HINT, "muted")]
    to_write, others = counts(plan.lines, session.accepted)
    said = [
        (f"À écrire (touche v){NBSP}: {to_write}" if to_write else nothing_said(session), ""),
        (f"Non écrites{NBSP}: {others}" if others else "", ""),
        (waiting_said(session), "alerte"),
        (remarks_count(plan), "alerte"),
        (never_read(plan), "muted"),
    ]
    return [*first, *(piece for piece in said if piece[0])]


def nothing_said(session: "Session") -> str:
    """Why there is nothing to write."""
    same = session.plan is not None and all(
        line.outcome.name in (IDENTICAL, LEFT_OUT) for line in session.plan.lines
    )
    return f"{NOTHING_NEW}{NBSP}: rien à écrire." if same else "Rien à écrire pour l'instant."


def never_read(plan: "StatementPlan") -> str:
    """The columns left unread on purpose."""
    names = ", ".join(sorted(_never_read(plan)))
    return f"Colonne jamais lue, par précaution{NBSP}: {names}" if names else ""


def _never_read(plan: "StatementPlan") -> set[str]:
    from suivi_tui.exchange.statement_files.roles import Role

    return {
        column.heading
        for sheet in plan.reading.sheets
        for column in sheet.layout.columns
        if column.role is Role.NEVER_READ
    }


def remarks_count(plan: "StatementPlan") -> str:
    """That the reading noticed something, which no line shows."""
    told = _never_read(plan)
    number = sum(remark.column not in told for remark in plan.reading.warnings)
    return f"{plural(number, 'remarque', 'remarques')}{NBSP}: touche a" if number else ""


def remarks_text(plan: "StatementPlan") -> str:
    """Every remark of the reading, one a line."""
    remarks = [*plan.reading.warnings, *plan.reading.left_out]
    if not remarks:
        return "Rien à signaler."
    listed = [remark_said(remark) for remark in remarks[:REMARKS_SHOWN]]
    more = len(remarks) - len(listed)
    if more:
        listed.append(f"… et {plural(more, 'autre', 'autres')}.")
    return "\n".join(listed)


def remark_said(remark: "LineRemark") -> str:
    """``Octobre, ligne 12, Heures : ce n'est pas un nombre d'heures``."""
    place = joined(
        (
            remark.sheet,
            f"ligne {remark.line}" if remark.line else "",
            f"colonne {remark.column}" if remark.column else "",
        ),
        ", ",
    )
    return f"{place}{NBSP}: {remark.message}" if place else remark.message


def done_sentence(report: "ImportReport", session: "Session") -> str:
    """What was written, what was not, and how to take it back."""
    done = joined(
        (
            plural(report.created, "ligne nouvelle", "lignes nouvelles") if report.created else "",
            plural(report.changed, "ligne modifiée", "lignes modifiées") if report.changed else "",
        ),
        " et ",
    )
    plan = session.plan
    untouched = sum(
        line.outcome.name == DOUBTFUL and not is_taken(line, session.accepted)
        for line in (plan.lines if plan is not None else ())
    )
    parts = [f"{done or 'Rien'}{NBSP}: enregistré." if done else "Rien n'a changé."]
    if untouched:
        parts.append(plural(untouched, *_LEFT) + ".")
    if done:
        parts.append("Tout s'annule d'un coup : Ctrl+Z, ou l'écran Historique (touche 0).")
    parts.append("Importer un autre fichier ?")
    return "\n".join(parts)
