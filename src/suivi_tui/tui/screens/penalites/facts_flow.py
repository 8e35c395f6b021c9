"""Saying what happened: the form of a breach, the means of the company, what stays typed."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from suivi_tui.readings.penalty_basis import TypedFacts
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.penalites import forms, words
from suivi_tui.vocabulary.choices.penalties import Breach

if TYPE_CHECKING:
    from suivi_tui.readings.penalties import PenaltyFile

Then = Callable[[TypedFacts], object]


def ask_fact(screen: SuiviScreen[Any], file: "PenaltyFile", then: Then) -> None:
    """Choose a breach that the contract sanctions, then say what happened."""
    written = {item.breach for item in file.clauses.penalties}
    listed = [
        Choice(breach, breach.label, words.fact_words(finding.facts) if finding.facts else "")
        for breach, finding in file.findings.items()
        if breach in written
    ]
    if not listed:
        screen.notify_plain("Dites d'abord ce que prévoit le marché (touche c).", "warning")
        return

    def chosen(breach: Breach | None) -> None:
        if breach is not None:
            edit_fact(screen, file, breach, then)

    screen.suivi.push_screen(Choose("Constats", listed), chosen)


def edit_fact(screen: SuiviScreen[Any], file: "PenaltyFile", breach: Breach, then: Then) -> None:
    """The form of one breach; ``then`` gets everything that is typed."""
    from suivi_tui.readings.penalties import proposed_facts

    facts = proposed_facts(file, breach)

    def answered(values: Values | None) -> None:
        if values is not None:
            said = {**file.typed.breaches, breach: forms.typed_breach(facts, values)}
            then(replace(file.typed, breaches=said))

    fields = forms.fact_fields(file, facts, screen.suivi.today)
    record = f"{file.row.obligation}/{breach.value}"
    title = f"Constat : {breach.label}"
    screen.suivi.push_screen(Form(title, fields, record=record), answered)


def edit_means(screen: SuiviScreen[Any], file: "PenaltyFile", then: Then) -> None:
    """Whether the company proves that it used all means, and how."""

    def answered(values: Values | None) -> None:
        if values is not None:
            proven, efforts = values["proven"] == "oui", values["efforts"] or ""
            then(replace(file.typed, means_proven=proven, efforts=efforts))

    fields = forms.means_fields(file.typed)
    form = Form("Moyens mis en œuvre", fields, record=file.row.obligation)
    screen.suivi.push_screen(form, answered)


def without(file: "PenaltyFile", breach: Breach) -> TypedFacts:
    """Back to what the base says of a breach; what it says itself is set aside."""
    if breach in file.typed.breaches:
        left = {key: facts for key, facts in file.typed.breaches.items() if key is not breach}
        return replace(file.typed, breaches=left)
    if file.findings[breach].facts is None:
        return file.typed
    return replace(file.typed, breaches={**file.typed.breaches, breach: None})


def keep(screen: SuiviScreen[Any], obligation: int, typed: TypedFacts) -> None:
    """Keep what is typed as a draft, until it is in a case."""
    now = screen.suivi.clock()

    def write(base: Any) -> None:
        from suivi_tui.actions.penalties import DRAFT
        from suivi_tui.readings.penalty_basis import typed_text
        from suivi_tui.store.drafts import keep_draft

        keep_draft(base, DRAFT, str(obligation), typed_text(typed), now)

    screen.desk.write(write, None, screen.suivi.toast_failure)


def last_typed(base: Any, obligation: int) -> TypedFacts | None:
    """What was typed last time: the draft, else what the waiting case was computed from."""
    from suivi_tui.actions.penalties import DRAFT
    from suivi_tui.readings.penalties import waiting_case
    from suivi_tui.readings.penalty_basis import typed_facts
    from suivi_tui.store.drafts import read_draft

    draft = read_draft(base, DRAFT, str(obligation))
    if draft is not None:
        return typed_facts(draft.content)
    case = waiting_case(base.connection, obligation)
    return case.basis.typed if case is not None else None
