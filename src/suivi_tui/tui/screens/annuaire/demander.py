"""A territory typed by a person: asked, found on the desk, chosen when several have its name."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.asking import AskingForm
from suivi_tui.tui.widgets.fields import TextField

if TYPE_CHECKING:
    from suivi_tui.reference.territories import Commune, Territory


class _Proposed(NamedTuple):
    """Something found, as it is shown when one must be chosen."""

    found: Any
    label: str
    hint: str


def ask_commune(screen: SuiviScreen[Any], then: "Callable[[Commune], object]") -> None:
    """Which commune? by name, postcode or INSEE code; homonyms are shown to choose from."""

    def look(base: Any, text: str) -> list[_Proposed]:
        from suivi_tui.readings.directory import communes_typed
        from suivi_tui.reference.territories import around, label_of_territory

        return [
            _Proposed(
                one,
                one.territory.label,
                ", ".join(label_of_territory(code).split(" (")[0] for code in around(one.code)[1:]),
            )
            for one in communes_typed(text)
        ]

    _ask(screen, "Qui couvre cette commune ?", "Commune", "nom, code postal ou code INSEE",
         look, then)  # fmt: skip


def ask_territory(screen: SuiviScreen[Any], then: "Callable[[Territory], object]") -> None:
    """Which territory? a commune, a département or a region."""

    def look(base: Any, text: str) -> list[_Proposed]:
        from suivi_tui.readings.directory import communes_typed
        from suivi_tui.reference.territories import territories_called

        found = territories_called(text) or tuple(one.territory for one in communes_typed(text))
        return [_Proposed(one, one.label, one.level.value) for one in found]

    _ask(screen, "Un territoire", "Territoire", "commune, département ou région", look, then)


def _ask(
    screen: SuiviScreen[Any],
    title: str,
    label: str,
    hint: str,
    look: Callable[[Any, str], Sequence[_Proposed]],
    then: Callable[[Any], object],
    typed: str = "",
    refusal: str = "",
) -> None:
    form = AskingForm(title, [TextField("territory", label, required=True, hint=hint)])
    form.typed = {"territory": typed} if typed else {}
    form.sentence, form.faults = refusal, {"territory": refusal}
    # What is asked of a reference list is nothing to come back to.
    form.forgets_draft = True

    def answered(values: Values | None) -> None:
        if values is not None:
            text = values["territory"]
            screen.read("territory", lambda base: look(base, text), lambda found: take(text, found))

    def take(text: str, found: Sequence[_Proposed]) -> None:
        if len(found) == 1:
            then(found[0].found)
        elif found:
            choices = [Choice(place, one.label, one.hint) for place, one in enumerate(found)]

            def chosen(place: Any) -> None:
                if place is not None:
                    then(found[place].found)

            screen.suivi.push_screen(Choose("Plusieurs ont ce nom", choices), chosen)
        else:
            sentence = "Aucune commune, aucun département ni région de ce nom ou de ce code."
            _ask(screen, title, label, hint, look, then, text, sentence)

    screen.suivi.push_screen(form, answered)
