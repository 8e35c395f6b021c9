"""The points of a path: when the situation of a person is asked, what was answered."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from suivi_tui.rules.outcome_points import ExitClass, PointReading, PointState
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.asking import ask_fields
from suivi_tui.tui.screens.shared.sheet import SheetLine
from suivi_tui.tui.screens.shared.texts import joined
from suivi_tui.tui.widgets.fields import ChoiceField, DateField, Field
from suivi_tui.vocabulary.choices import OutcomePoint, OutcomeSituation, label_of, options
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.readings.outcomes import PathReading

_FIGURES = {
    ExitClass.DURABLE: "durable",
    ExitClass.TRANSITION: "transition",
    ExitClass.POSITIVE: "positive",
    ExitClass.OTHER: "autre sortie",
    ExitClass.NEUTRAL: "neutralisée",
    ExitClass.UNKNOWN: "sans réponse",
}


def state_words(point: PointReading) -> str:
    """Where one stands with a point."""
    told = point.told
    if point.state is PointState.ASKED and told is not None and told.asked_on is not None:
        return f"demandé le {format_date(told.asked_on)}"
    if point.state is PointState.TO_ASK:
        return f"! {point.state.value}"
    return point.state.value


def outcome_lines(readings: "Sequence[PathReading]") -> Iterator[SheetLine]:
    """The points of the paths of a person, the latest path first."""
    for reading in readings:
        left = reading.path.left_on
        if left is None:
            continue
        end = f"Sortie le {format_date(left)}"
        yield SheetLine(joined([end, reading.last.employer_name, reading.last.post]))
        for point in reading.points:
            yield _line(reading, point)


def _line(reading: "PathReading", point: PointReading) -> SheetLine:
    told = point.told
    answered = told.answered_on if told is not None else None
    text = joined(
        [
            f"  {point.point.label}",
            f"le {format_date(point.due)}",
            state_words(point) if point.state is not PointState.ANSWERED else "",
            label_of(OutcomeSituation, told.situation if told is not None else ""),
            f"répondu le {format_date(answered)}" if answered is not None else "",
        ]
    )
    counted = point.counts_as
    figure = _FIGURES[counted] if counted is not None else ""
    tone = {PointState.TO_ASK: "alerte", PointState.COMING: "muted"}.get(point.state, "")
    if counted is not None and counted.dynamic:
        figure, tone = f"✓ {figure}", "ok"
    row = told.outcome if told is not None else 0
    return SheetLine(text, figure, "outcome", row, tone, (reading, point))


def ask_outcome(
    screen: SuiviScreen[Any],
    participant: int,
    path: int | None = None,
    point: OutcomePoint | None = None,
    then: Callable[[], object] | None = None,
) -> None:
    """The form of what became of a person at a point of their path.

    ``path`` is the work contract that opens it (None: the latest path that is over); ``point``
    None is the one to ask now, or is chosen when several may be meant.
    """
    today = screen.suivi.today
    done = then if then is not None else screen.reload

    def known(base: Any) -> "tuple[PathReading, ...]":
        from suivi_tui.readings.outcomes import read_outcomes

        return read_outcomes(base.connection, [participant], today).get(participant, ())

    def show(readings: "tuple[PathReading, ...]") -> None:
        over = [one for one in readings if one.path.left_on is not None]
        found = next((one for one in over if path is None or one.path.holds(path)), None)
        if found is None:
            screen.notify_plain(
                "Le parcours de cette personne n'est pas terminé : rien n'est encore à demander.",
                "warning",
            )
            return
        wanted = [one for one in found.points if one.point is point] or [
            one for one in found.points if one.state in (PointState.TO_ASK, PointState.ASKED)
        ]
        if len(wanted) == 1:
            answer_point(screen, found, wanted[0], done)
        else:
            _choose_point(screen, found, done)

    screen.read("outcomes", known, show)


def _choose_point(
    screen: SuiviScreen[Any], reading: "PathReading", then: Callable[[], object]
) -> None:
    choices = [
        Choice(place, point.point.label, state_words(point))
        for place, point in enumerate(reading.points)
    ]

    def chosen(place: int | None) -> None:
        if place is not None:
            answer_point(screen, reading, reading.points[place], then)

    screen.suivi.push_screen(Choose(f"Quel point du parcours{NBSP}?", choices), chosen)


def answer_point(
    screen: SuiviScreen[Any],
    reading: "PathReading",
    point: PointReading,
    then: Callable[[], object],
) -> None:
    """The form of a point: asked on, answered on, situation."""
    today, person, told = screen.suivi.today, reading.last.participant, point.told
    path = reading.path.opened_by

    def fields() -> list[Field[Any]]:
        return [
            ChoiceField("situation", "Situation", options=options(OutcomeSituation),
                        initial=(told.situation if told else "") or None, hint="CDI, recherche…"),
            DateField("answered_on", "Répondu le", today=today,
                      initial=told.answered_on if told else None, hint="aujourd'hui si vide"),
            DateField("asked_on", "Demandé le", today=today,
                      initial=told.asked_on if told else None),
        ]  # fmt: skip

    def save(base: Any, values: dict[str, Any]) -> None:
        from suivi_tui.actions.outcomes import save_outcome

        save_outcome(base, person, path, point.point, values, today)

    name = f"{reading.last.last} {reading.last.first}".strip()
    ask_fields(
        screen,
        f"{name}{NBSP}: {point.point.label.lower()}",
        fields,
        save,
        f"{path}/{point.point.value}",
        lambda _: then(),
    )


def mark_asked(
    screen: SuiviScreen[Any],
    reading: "PathReading",
    point: PointReading,
    then: Callable[[], object],
) -> None:
    """The situation was asked for today."""
    today, person, path = screen.suivi.today, reading.last.participant, reading.path.opened_by

    def save(base: Any) -> None:
        from suivi_tui.actions.outcomes import ask_point

        ask_point(base, person, path, point.point, today)

    def done(_: None) -> None:
        screen.notify_plain("Noté comme demandé aujourd'hui. Ctrl+Z l'annule.")
        then()

    screen.write(save, done)
