"""A criterion of a person: the one to decide, or a new one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.participants.forms import criterion_fields, save_criterion
from suivi_tui.tui.screens.shared.asking import AskingForm, ask
from suivi_tui.vocabulary.choices import Criterion, Decision, label_of

if TYPE_CHECKING:
    from suivi_tui.store.queries.people import EligibilityRow, ParticipantSheet

NEW = 0


def ask_criterion(screen: SuiviScreen[Any], person: int, then: Callable[[], object]) -> None:
    """Ask which criterion when the person has some, then its form; ``then`` runs once saved."""

    def known(base: Any) -> "ParticipantSheet | None":
        from suivi_tui.store.queries.people import participant_sheet

        return participant_sheet(base.connection, person)

    def ask_which(sheet: "ParticipantSheet | None") -> None:
        if sheet is None:
            return
        rows = {row.eligibility: row for row in sheet.eligibilities}
        rank = len(rows) + 1

        def chosen(number: int | None) -> None:
            if number is not None:
                edit_criterion(screen, person, rows.get(number), rank, then)

        if not rows:
            chosen(NEW)
            return
        listed = [
            Choice(
                row.eligibility,
                label_of(Criterion, row.criterion, "Critère à préciser"),
                label_of(Decision, row.decision, "à décider"),
            )
            for row in rows.values()
        ]
        title = "Quel critère ?"
        screen.suivi.push_screen(Choose(title, [*listed, Choice(NEW, "Nouveau critère")]), chosen)

    screen.read("criterion", known, ask_which)


def edit_criterion(
    screen: SuiviScreen[Any],
    person: int,
    known: "EligibilityRow | None",
    rank: int,
    then: Callable[[], object],
) -> None:
    """The form of a criterion; ``rank`` is proposed for a new one."""
    today = screen.suivi.today
    record = new_of(person) if known is None else known.eligibility
    ask(
        screen,
        lambda: AskingForm(
            "Critère d'éligibilité", criterion_fields(today, known, rank), record=record
        ),
        lambda base, values: save_criterion(
            base, person, known.eligibility if known else None, values, today
        ),
        lambda _: then(),
    )
