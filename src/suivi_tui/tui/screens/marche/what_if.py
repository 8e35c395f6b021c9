"""« Et si ? »: people or hours added on paper, the date that comes out; nothing is written."""

from datetime import date
from typing import Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from suivi_tui.rules.catch_up import CatchUp, PersonPresent, Situation, catch_up, what_if
from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.dialog import Dialog
from suivi_tui.tui.plain import shown
from suivi_tui.tui.screens.marche.forms import WholeField
from suivi_tui.tui.screens.marche.obligation_sections import limit_text
from suivi_tui.tui.widgets.bars import FooterBar
from suivi_tui.tui.widgets.fields import DateField, Field, HoursField
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.numbers import plural

MOST: Final = 200


class WhatIf(Dialog[None]):
    """The *date limite de rattrapage* at each keystroke, for one obligation as it stands."""

    commands: ClassVar[tuple[Command, ...]] = (
        Command("close", "escape", "Fermer", "Fermer : rien n'est enregistré.", "dialog", footer=1),
    )

    def __init__(self, situation: Situation, today: date) -> None:
        super().__init__("Et si ? (rien n'est enregistré)")
        self.situation = situation
        self.fields: list[Field[Any]] = [
            WholeField("people", "Personnes en plus", initial=1),
            HoursField("weekly", "Heures par semaine", initial=situation.full_time.week),
            DateField("since", "À partir du", today=today, initial=today, ahead=True),
            HoursField("hours", "Heures en plus", hint="faites autrement"),
            WholeField("full_timers", "Temps pleins", initial=situation.full_timers,
                       hint="à trouver encore"),
        ]  # fmt: skip
        self.found: CatchUp | None = None

    def compose_body(self) -> ComposeResult:
        """The fields, then what would come out of them."""
        yield from self.fields
        yield Static("", id="text", markup=False)
        yield FooterBar()

    def on_mount(self) -> None:
        """The first field is ready to type in."""
        self.call_after_refresh(self.fields[0].focus_input)
        self._show()

    @on(Field.Changed)
    def _changed(self) -> None:
        self._show()

    @on(Field.Submitted)
    def _submitted(self, event: Field.Submitted) -> None:
        """Enter: the next field, the first one after the last."""
        place = self.fields.index(event.field)
        self.fields[(place + 1) % len(self.fields)].focus_input()

    def _value(self, key: str) -> Any:
        field = next(field for field in self.fields if field.key == key)
        return field.value() if field.text.strip() and field.check() else None

    def _show(self) -> None:
        people = max(0, min(self._value("people") or 0, MOST))
        helper = PersonPresent(self._value("weekly"), self._value("since"))
        timers = self._value("full_timers")
        situation = self.situation
        if timers is not None:
            situation = situation._replace(full_timers=max(0, min(timers, MOST)))
        hours = Hours(self._value("hours") or 0)
        self.found = what_if(situation, hours, (helper,) * people)
        self.query_one("#text", Static).update(Content("\n".join(self._lines(situation))))

    def _lines(self, situation: Situation) -> list[str]:
        now, then = catch_up(situation), self.found or catch_up(situation)
        timers = plural(situation.full_timers, "temps plein", "temps pleins")
        needed = then.monthly_needed
        return [
            shown(then.sentence),
            f"Possible avec les personnes : {format_hours(then.present)} "
            f"(aujourd'hui {format_hours(now.present)})",
            "À faire chaque mois : " + ("aucun mois restant" if needed is None
                                        else format_hours(needed)),
            f"Date limite de rattrapage avec {timers} : {limit_text(then.last_day)} "
            f"(aujourd'hui {limit_text(now.last_day)})",
        ]  # fmt: skip
