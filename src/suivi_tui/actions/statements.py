"""Statements marked on the wall: received, checked, without activity, locked; and taken back."""

from datetime import date

from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, Receipt, changed, created, removed, write
from suivi_tui.store.queries import entry as queries
from suivi_tui.vocabulary.choices import StatementStatus
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.months import Month, format_month
from suivi_tui.vocabulary.numbers import NBSP, plural
from suivi_tui.vocabulary.text import NOTES_LIMIT, clean


class StatementRefused(UserError):
    """The mark contradicts what is known of the month; nothing was written."""


def toggle_statement(
    base: Base, obligation: int, month: Month, status: StatementStatus, today: date
) -> Receipt:
    """Mark the month of an obligation, or take the mark back when it is already there.

    Every statement of the month is marked, whoever sent it; without any, one of the holder is
    made. A mark taken back leaves a checked statement received, another one removed. Raises
    StatementRefused for a locked month, and for "sans activité" when hours were entered.
    """
    known = queries.statements(base.connection, obligation, month).values()
    title = format_month(month)
    if any(statement.status == StatementStatus.LOCKED.value for statement in known):
        raise StatementRefused(
            f"Le relevé de {title} est verrouillé{NBSP}: rien n'a été modifié. Rouvrez-le dans "
            "l'écran Saisie (touche k)."
        )
    lines = queries.month_lines(base.connection, obligation, month)
    if status is StatementStatus.NO_ACTIVITY and lines:
        entered = plural(len(lines), "ligne d'heures existe", "lignes d'heures existent")
        raise StatementRefused(
            f"{entered} en {title}{NBSP}: le mois n'est pas marqué sans activité. "
            "Videz d'abord ces heures."
        )
    label = f"Relevé de {title}{NBSP}: {status.label.lower()}"
    if not known:
        return write(base, [_new(base, obligation, month, status, today)], label=label)
    changes: list[Change] = []
    if any(statement.status != status.value for statement in known):
        for statement in known:
            changes.append(changed("statement", statement.id, "status", status.value))
    else:
        label = f"Relevé de {title}{NBSP}: marque retirée"
        for statement in known:
            if status is StatementStatus.CHECKED:
                received = StatementStatus.RECEIVED.value
                changes.append(changed("statement", statement.id, "status", received))
            else:
                changes.append(removed("statement", statement.id))
    return write(base, changes, label=label)


def lock_statement(base: Base, obligation: int, month: Month) -> Receipt:
    """Lock every statement of a month: nothing is entered there until it is reopened.

    Raises StatementRefused when there is none.
    """
    known = queries.statements(base.connection, obligation, month).values()
    title = format_month(month)
    if not known:
        raise StatementRefused(
            f"Il n'y a pas de relevé pour {title}{NBSP}: rien n'est verrouillé. Marquez-le d'abord "
            "reçu ou sans activité."
        )
    locked = StatementStatus.LOCKED.value
    changes = [
        changed("statement", statement.id, "status", locked)
        for statement in known
        if statement.status != locked
    ]
    return write(base, changes, label=f"Relevé de {title}{NBSP}: verrouillé")


def reopen_statement(base: Base, obligation: int, month: Month, reason: str) -> Receipt:
    """Reopen the locked statements of a month, checked again; ``reason`` is kept with them.

    Raises StatementRefused without a reason.
    """
    told, title = clean(reason, NOTES_LIMIT), format_month(month)
    if not told:
        raise StatementRefused(
            f"Rouvrir un relevé demande un motif{NBSP}: celui de {title} reste verrouillé."
        )
    changes: list[Change] = []
    for statement in queries.statements(base.connection, obligation, month).values():
        if statement.status == StatementStatus.LOCKED.value:
            checked = StatementStatus.CHECKED.value
            changes.append(changed("statement", statement.id, "status", checked))
            changes.append(changed("statement", statement.id, "reopened_reason", told))
    return write(base, changes, label=f"Relevé de {title}{NBSP}: rouvert")


def _new(base: Base, obligation: int, month: Month, status: StatementStatus, today: date) -> Change:
    about = queries.record(base.connection, "obligation", obligation)
    if about is None:
        raise StatementRefused(
            "Cette obligation n'existe plus : rien n'a été modifié. Revenez à l'écran précédent."
        )
    values = {
        "obligation": obligation,
        "sender": about["company"],
        "month": month,
        "status": status.value,
        "received_on": None if status is StatementStatus.NO_ACTIVITY else today.isoformat(),
    }
    return created("statement", base.new_id(), values)
