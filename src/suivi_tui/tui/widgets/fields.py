"""One-line fields of forms: what is typed, how it is read beside, what is wrong under it.

Numbers and dates are read by ``vocabulary`` alone. A field gives a value or one French sentence.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from suivi_tui.tui.boundary import Guarded
from suivi_tui.tui.plain import plain, shown, typed
from suivi_tui.vocabulary.dates import WEEKDAY_NAMES, format_date, long_date, parse_date
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours, format_hours, parse_hours
from suivi_tui.vocabulary.identifiers import clean_siret, siret_fault
from suivi_tui.vocabulary.money import Money, format_money, parse_money
from suivi_tui.vocabulary.months import Month, format_month, iso_month, parse_month
from suivi_tui.vocabulary.text import NAME_LIMIT, clean, fold

T = TypeVar("T")

REQUIRED = "Ce champ est nécessaire."


class Wrong(UserError):
    """What is typed in a field cannot be taken; the sentence is shown under it."""


class CleanInput(Guarded, Input):
    """An Input into which nothing invisible or dangerous can be typed or pasted."""

    def validate_value(self, value: str) -> str:
        """Only what can be shown is kept."""
        return typed(value)

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(typed(" ".join(event.text.splitlines())))


class Field(Guarded, Widget, Generic[T]):
    """A label, an input, its reading, its error. A subclass writes ``parse`` and ``reading``.

    ``key`` names the value in a form. ``initial`` is a value, shown as ``written`` writes it.
    """

    DEFAULT_CSS = """
    Field { height: auto; }
    Field > .line { height: 1; }
    Field .label { width: 22; color: $text-muted; }
    Field .reading { width: 1fr; margin-left: 1; color: $text-muted; }
    Field .reading { text-wrap: nowrap; text-overflow: ellipsis; }
    Field Input { width: 30; }
    Field > .error { display: none; height: auto; margin-left: 22; color: $text-error; }
    Field.-wrong > .error { display: block; }
    """
    can_focus = False

    class Changed(Message):
        """Something was typed."""

        def __init__(self, field: "Field[Any]") -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> "Field[Any]":
            """The field that sends the message."""
            return self.field

    class Submitted(Changed):
        """Enter was pressed in the field."""

    def __init__(
        self,
        key: str,
        label: str,
        *,
        initial: T | None = None,
        required: bool = False,
        hint: str = "",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.key = key
        self.label = label
        self.required = required
        self.hint = hint
        # As the input will hold it: no-break spaces of a figure are ordinary ones there.
        self.initial = "" if initial is None else typed(self.written(initial))
        self.error = ""

    def parse(self, text: str) -> T:
        """The value of a text that is not empty; raises a UserError."""
        raise NotImplementedError

    def reading(self, value: T) -> str:
        """How the value was understood, in French; empty when there is nothing to say."""
        return ""

    def written(self, value: T) -> str:
        """The value as a person would type it."""
        return str(value)

    @property
    def text(self) -> str:
        """What is typed."""
        found = self.query(CleanInput)
        return found.first().value if found else self.initial

    @text.setter
    def text(self, text: str) -> None:
        self.query_one(CleanInput).value = typed(text)

    @property
    def changed(self) -> bool:
        """Whether the text differs from the one the field began with."""
        return self.text != self.initial

    def value(self) -> T | None:
        """The value, None when the field is empty; raises a UserError when it cannot be read."""
        text = self.text.strip()
        if not text:
            if self.required:
                raise Wrong(REQUIRED)
            return None
        return self.parse(text)

    def check(self) -> bool:
        """Show the error of the field, if any; whether its value can be taken."""
        try:
            self.value()
        except UserError as error:
            self.show_error(str(error))
            return False
        self.show_error("")
        return True

    def show_error(self, sentence: str) -> None:
        """Show a sentence under the field; empty: nothing is wrong."""
        self.error = sentence
        self.set_class(bool(sentence), "-wrong")
        self.query_one(".error", Static).update(plain(sentence))

    def compose(self) -> ComposeResult:
        """Label, input and reading on one line, error under it."""
        star = " *" if self.required else ""
        with Horizontal(classes="line"):
            yield Static(plain(self.label + star), classes="label", markup=False)
            yield CleanInput(
                self.initial, placeholder=shown(self.hint), compact=True, select_on_focus=True
            )
            yield Static(self._read(), classes="reading", markup=False)
        yield Static("", classes="error", markup=False)

    def focus_input(self) -> None:
        """Give the focus to the input, its text selected: what is typed next replaces it."""
        entry = self.query_one(CleanInput)
        entry.focus()
        entry.select_all()

    def go_on(self, text: str) -> None:
        """Put a half-typed text back: what is typed next follows it."""
        self.text = text
        self.query_one(CleanInput).action_end()

    def _read(self) -> Content:
        text = self.text.strip()
        if not text:
            return Content("")
        try:
            understood = self.reading(self.parse(text))
        except UserError:
            return Content("")
        return plain(f"→ {understood}") if understood else Content("")

    def show_reading(self) -> None:
        """Show again how the text is read."""
        self.query_one(".reading", Static).update(self._read(), layout=False)

    @on(Input.Changed)
    def _input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.show_reading()
        if self.error:
            self.check()
        self.post_message(self.Changed(self))

    @on(Input.Blurred)
    def _input_left(self, event: Input.Blurred) -> None:
        event.stop()
        if self.text.strip():
            self.check()

    @on(Input.Submitted)
    def _input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Submitted(self))


class TextField(Field[str]):
    """A text of at most ``limit`` characters, cleaned; nothing is read beside: it has the line."""

    DEFAULT_CSS = """
    TextField Input { width: 1fr; }
    TextField .reading { display: none; }
    """

    def __init__(self, key: str, label: str, *, limit: int = NAME_LIMIT, **options: Any) -> None:
        super().__init__(key, label, **options)
        self.limit = limit

    def parse(self, text: str) -> str:
        """The text, cleaned."""
        return clean(text, self.limit)


class DateField(Field[date]):
    """A date: `12/3`, `12 mars`, `hier`, `-7`... read from ``today``; ↑ and ↓ move by a day.

    With ``ahead``, `jeudi` alone is the next one: something is to be done on that day.
    """

    def __init__(
        self, key: str, label: str, *, today: date, ahead: bool = False, **options: Any
    ) -> None:
        super().__init__(key, label, **options)
        self.today = today
        self.ahead = ahead

    def parse(self, text: str) -> date:
        """The date."""
        coming = self.ahead and fold(text) in WEEKDAY_NAMES
        return parse_date(f"{text} prochain" if coming else text, self.today)

    def reading(self, value: date) -> str:
        """`31 mars 2026`."""
        return long_date(value)

    def written(self, value: date) -> str:
        """`31/03/2026`."""
        return format_date(value)

    def on_key(self, event: events.Key) -> None:
        """One day earlier or later."""
        step = {"up": 1, "down": -1}.get(event.key)
        if step is None:
            return
        try:
            day = self.parse(self.text.strip()) if self.text.strip() else self.today
            self.text = self.written(date.fromordinal(day.toordinal() + step))
        except (UserError, ValueError, OverflowError):
            return
        event.stop()


class MonthField(Field[Month]):
    """A month: `2026-03`, `mars 2026`, `03/2026`."""

    def __init__(self, key: str, label: str, *, today: date, **options: Any) -> None:
        super().__init__(key, label, **options)
        self.today = today

    def parse(self, text: str) -> Month:
        """The month."""
        return parse_month(text, self.today)

    def reading(self, value: Month) -> str:
        """`mars 2026`."""
        return format_month(value)

    def written(self, value: Month) -> str:
        """`2026-03`."""
        return iso_month(value)


class HoursField(Field[Hours]):
    """Hours: `12,5`, `1h30`, `151:40`, `90m`."""

    def parse(self, text: str) -> Hours:
        """The hours."""
        return parse_hours(text)

    def reading(self, value: Hours) -> str:
        """`1,50 h`."""
        return format_hours(value)

    def written(self, value: Hours) -> str:
        """`1,50`."""
        return format_hours(value, unit=False)


class MoneyField(Field[Money]):
    """An amount in euros: `35 000`, `35000,50`."""

    def parse(self, text: str) -> Money:
        """The amount."""
        return parse_money(text)

    def reading(self, value: Money) -> str:
        """`35 000 €`."""
        return format_money(value)

    def written(self, value: Money) -> str:
        """`35 000 €`."""
        return format_money(value)


class SiretField(Field[str]):
    """A SIRET; a wrong one is said beside and kept: real files hold some."""

    def parse(self, text: str) -> str:
        """The digits."""
        return clean_siret(text)

    def reading(self, value: str) -> str:
        """What is wrong with it, or that it is right."""
        return siret_fault(value) or "SIRET valide"


class ChoiceField(Field[str]):
    """A code of a closed list, found by a few letters of its label, accents folded.

    ``options`` are (code, label). ↑ and ↓ walk through the labels that match.
    """

    def __init__(
        self, key: str, label: str, *, options: Sequence[tuple[str, str]], **other: Any
    ) -> None:
        self.options = list(options)
        self._walk = ""
        super().__init__(key, label, **other)

    def matches(self, text: str) -> list[tuple[str, str]]:
        """The options that hold ``text``; those that begin with it first."""
        folded = fold(text)
        found = [option for option in self.options if folded in fold(option[1])]
        return sorted(found, key=lambda option: not fold(option[1]).startswith(folded))

    def parse(self, text: str) -> str:
        """The code of the only label that matches, or that is written whole."""
        folded = fold(text)
        for code, label in self.options:
            if folded in (fold(label), fold(code)):
                return code
        found = self.matches(text)
        if len(found) == 1:
            return found[0][0]
        if not found:
            raise Wrong(f"«\u00a0{shown(text)}\u00a0» n'est pas dans la liste.")
        raise Wrong("Plusieurs choix possibles\u00a0: " + _some(found, 4).removesuffix("…") + ".")

    def reading(self, value: str) -> str:
        """The label."""
        return self.written(value)

    def written(self, value: str) -> str:
        """The label of a code."""
        return next((label for code, label in self.options if code == value), value)

    def _read(self) -> Content:
        found = self.matches(self.text.strip())
        if len(found) != 1 and found and fold(self.text) not in {fold(item[1]) for item in found}:
            return plain(_some(found, 3))
        # A label in full needs no echo.
        whole = self.text.strip() in {label for _, label in found}
        return Content("") if whole else super()._read()

    def on_key(self, event: events.Key) -> None:
        """Walk through the labels that match what was typed."""
        step = {"up": -1, "down": 1}.get(event.key)
        if step is None:
            return
        labels = [label for _, label in self.options]
        if self.text in labels:
            found = [label for _, label in self.matches(self._walk)]
        else:
            self._walk = self.text
            found = [label for _, label in self.matches(self.text)]
        if found:
            place = found.index(self.text) + step if self.text in found else 0
            self.text = found[place % len(found)]
        event.stop()


def _some(found: Sequence[tuple[str, str]], count: int) -> str:
    more = "…" if len(found) > count else ""
    return ", ".join(label for _, label in found[:count]) + more
