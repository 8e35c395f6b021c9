"""The papers of a hire on screen: what is there, what is missing, and marking it."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from suivi_tui.rules.hire_papers import Hire, Paper, missing_papers, paper_days
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.asking import ask_fields
from suivi_tui.tui.screens.shared.texts import as_date, day
from suivi_tui.tui.widgets.fields import DateField, Field
from suivi_tui.vocabulary.numbers import NBSP

HERE, MISSING = "✓", "×"
DATES: Final = "dates"


def paper_cell(paper: Paper, received_on: str | None) -> str:
    """A paper in a column: a sign and a word."""
    return f"{HERE} {paper.here}" if received_on else f"{MISSING} {paper.missing}"


def papers_line(hire: Hire) -> str:
    """The papers of a hire in a line of a sheet, those that are there with their day at the end."""
    days = paper_days(hire)
    parts = [
        f"{paper.short.lower()} {paper_cell(paper, received_on)}"
        for paper, received_on in days.items()
    ]
    dated = [f"{paper.short.lower()} {day(days[paper])}" for paper in Paper if days[paper]]
    return ", ".join(parts) + (f" ({', '.join(dated)})" if dated else "")


def papers_brief(hire: Hire) -> str:
    """What is missing, in a few words."""
    missing = missing_papers(hire)
    if not missing:
        return f"{HERE} pièces reçues"
    return f"{MISSING} manque {', '.join(paper.short.lower() for paper in missing)}"


def ask_papers(
    screen: SuiviScreen[Any], work_contract: int, name: str, then: Callable[[], object]
) -> None:
    """Which paper of a hire came today, or is taken back; or the days of all three."""

    def known(base: Any) -> dict[str, Any] | None:
        from suivi_tui.store.queries.entry import record

        return record(base.connection, "work_contract", work_contract)

    def show(values: dict[str, Any] | None) -> None:
        if values is None:
            screen.notify_plain("Ce contrat de travail n'est plus dans la base.", "warning")
            return
        days = {paper: values[paper.value] for paper in Paper}
        # What is missing is at hand; taking a day back asks to move down.
        choices = [_choice(paper, days[paper]) for paper in sorted(Paper, key=lambda one: bool(
            days[one]))]  # fmt: skip
        other = Choice(DATES, "À une autre date…", "saisir les trois dates")
        screen.suivi.push_screen(
            Choose(f"Pièces{NBSP}: {name}", [*choices, other]),
            partial(_chosen, screen, work_contract, days, then),
        )

    screen.read("papers", known, show)


def _choice(paper: Paper, received_on: str | None) -> Choice:
    if received_on:
        label = f"{HERE} {paper.label} {paper.here} le {day(received_on)}"
        return Choice(paper, label, "Entrée le reprend")
    hint = f"Entrée : {paper.here} aujourd'hui"
    return Choice(paper, f"{MISSING} {paper.label} {paper.missing}", hint)


def _chosen(
    screen: SuiviScreen[Any],
    work_contract: int,
    days: dict[Paper, str | None],
    then: Callable[[], object],
    chosen: Paper | str | None,
) -> None:
    today = screen.suivi.today
    if chosen is None:
        return
    if isinstance(chosen, Paper):
        values: Values = {chosen.value: None if days[chosen] else today}
        said = "repris" if days[chosen] else f"{chosen.here} aujourd'hui"

        def saved(_: None) -> None:
            screen.notify_plain(f"{chosen.label}{NBSP}: {said}. Ctrl+Z l'annule.")
            then()

        screen.write(lambda base: _save(base, work_contract, values), saved)
        return

    def fields() -> list[Field[Any]]:
        return [
            DateField(paper.value, paper.label, today=today, initial=as_date(days[paper]),
                      hint="vide : manque")
            for paper in Paper
        ]  # fmt: skip

    ask_fields(
        screen,
        "Pièces de l'embauche",
        fields,
        lambda base, values: _save(base, work_contract, values),
        work_contract,
        lambda _: then(),
    )


def _save(base: Any, work_contract: int, values: Values) -> None:
    from suivi_tui.actions.records import save_record

    save_record(base, "work_contract", work_contract, values)
