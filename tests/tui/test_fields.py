"""Fields and forms: French reading beside, errors under, drafts, hostile texts."""

from datetime import date
from typing import Any

import pytest
from textual import events

from driving import running, screen_text, settle
from suivi_tui.tui.dialogs.form import Form
from suivi_tui.tui.plain import shown
from suivi_tui.tui.widgets.fields import (
    ChoiceField,
    CleanInput,
    DateField,
    Field,
    HoursField,
    MoneyField,
    MonthField,
    SiretField,
    TextField,
)
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money
from tui_samples import HOSTILE, TODAY, sample_app

OPTIONS = [
    ("st", "Services techniques"),
    ("tr", "Travaux"),
    ("te", "Travaux d'été"),
    ("éc", "École"),
]


def fields() -> list[Field[Any]]:
    return [
        TextField("name", "Nom", required=True),
        DateField("start", "Début", today=TODAY),
        MonthField("month", "Mois", today=TODAY),
        HoursField("hours", "Heures dues"),
        MoneyField("amount", "Montant"),
        SiretField("siret", "SIRET"),
        ChoiceField("kind", "Type", options=OPTIONS),
    ]


@pytest.mark.parametrize(
    ("key", "typed", "value", "reading"),
    [
        ("start", "12/3", date(2026, 3, 12), "12 mars 2026"),
        ("start", "hier", date(2026, 3, 11), "11 mars 2026"),
        ("month", "mars 2026", 202603, "mars 2026"),
        ("hours", "1h30", 150, "1,50"),
        ("amount", "35000", 3_500_000, "35"),
        ("kind", "ecole", "éc", "École"),
        ("kind", "TRAVAUX", "tr", "Travaux"),
    ],
)
async def test_what_is_typed_is_read_in_french(
    key: str, typed: str, value: object, reading: str
) -> None:
    app = sample_app()
    async with running(app) as pilot:
        app.push_screen(Form("Essai", fields()))
        await settle(pilot)
        field = next(field for field in app.screen.fields if field.key == key)
        field.text = typed
        await pilot.pause()
        assert field.value() == value
        line = next(line for line in screen_text(app).splitlines() if field.label in line)
        assert "→" in line
        assert reading in line


async def test_enter_goes_on_and_the_form_gives_typed_values() -> None:
    app = sample_app()
    results: list[Any] = []
    async with running(app) as pilot:
        app.push_screen(Form("Essai", fields()), results.append)
        await settle(pilot)
        await pilot.press(*"Dupont", "enter", *"12/3", "enter", "enter", *"1h30", "enter")
        await pilot.press("enter", "enter", *"ecole", "enter")
        await settle(pilot)
        assert results == [
            {
                "name": "Dupont",
                "start": date(2026, 3, 12),
                "month": None,
                "hours": 150,
                "amount": None,
                "siret": None,
                "kind": "éc",
            }
        ]


async def test_a_refusal_is_said_under_the_first_faulty_field_which_takes_the_focus() -> None:
    app = sample_app()
    async with running(app) as pilot:
        app.push_screen(Form("Essai", fields()))
        await settle(pilot)
        app.screen.fields[3].text = "douze"
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, Form)
        assert "Ce champ est nécessaire." in screen_text(app)
        assert "n'est pas un nombre d'heures" in screen_text(app)
        assert app.screen.focused is app.screen.fields[0].query_one(CleanInput)


async def test_the_check_of_the_whole_form_keeps_it_open() -> None:
    def check(values: dict[str, Any]) -> None:
        raise UserError("La fin est avant le début.")

    app = sample_app()
    async with running(app) as pilot:
        app.push_screen(Form("Essai", fields(), check=check))
        await settle(pilot)
        await pilot.press("x", "ctrl+s")
        await settle(pilot)
        assert "La fin est avant le début." in screen_text(app)


async def test_a_check_that_names_fields_is_said_under_them() -> None:
    class Faults(UserError):
        fields = {"hours": "Plus que le mois n'en compte.", "amount": "Trop."}  # noqa: RUF012 - as in FieldErrors

    def check(values: dict[str, Any]) -> None:
        raise Faults("Deux champs.")

    app = sample_app()
    async with running(app) as pilot:
        app.push_screen(Form("Essai", fields(), check=check))
        await settle(pilot)
        await pilot.press("x", "ctrl+s")
        await settle(pilot)
        assert "Plus que le mois n'en compte." in screen_text(app)
        assert app.screen.focused is app.screen.fields[3].query_one(CleanInput)


async def test_texts_can_be_put_back() -> None:
    app = sample_app()
    async with running(app) as pilot:
        app.push_screen(Form("Essai", fields()))
        await settle(pilot)
        await pilot.press("a", "b")
        app.screen.put_texts({"name": "Durand", "hours": "7"})
        await settle(pilot)
        assert app.screen.texts()["hours"] == "7"
        assert "Durand" in screen_text(app)
        assert "→ 7,00" in screen_text(app)


@pytest.mark.parametrize(
    "field",
    [
        MoneyField("a", "Montant", initial=Money(881_500_00)),
        HoursField("a", "Heures", initial=Hours(12_345_50)),
        TextField("a", "Nom", initial="Ville\u00a0: Valmont\u202f!"),
    ],
    ids=["money", "hours", "text"],
)
async def test_a_field_with_a_first_value_is_not_changed(field: Field[Any]) -> None:
    assert not field.changed
    app = sample_app()
    async with running(app) as pilot:
        app.push_screen(Form("Essai", [field]))
        await settle(pilot)
        assert not field.changed
        assert field.value() is not None
        await pilot.press("end", "0")
        assert field.changed


async def test_arrows_move_a_date_by_a_day_and_walk_through_choices() -> None:
    app = sample_app()
    async with running(app) as pilot:
        app.push_screen(Form("Essai", fields()))
        await settle(pilot)
        start, kind = app.screen.fields[1], app.screen.fields[6]
        start.focus_input()
        await pilot.press(*"31/3", "up")
        await pilot.pause()
        assert start.value() == date(2026, 4, 1)
        kind.focus_input()
        await pilot.press(*"trav", "down")
        assert kind.value() == "tr"
        await pilot.press("down")
        assert kind.value() == "te"


@pytest.mark.parametrize("typed", ["trav", "zzz"])
def test_a_choice_that_is_not_clear_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        ChoiceField("kind", "Type", options=OPTIONS).parse(typed)


def test_a_wrong_siret_is_kept_and_said() -> None:
    field = SiretField("siret", "SIRET")
    assert field.parse("123 456 789 00011") == "12345678900011"
    assert field.reading("12345678900011") != "SIRET valide"


@pytest.mark.parametrize("text", HOSTILE)
async def test_nothing_dangerous_can_be_pasted_or_put_in_a_field(text: str) -> None:
    app = sample_app()
    async with running(app) as pilot:
        app.push_screen(Form(text, [TextField("a", text, initial=text, hint=text)]))
        await settle(pilot)
        field = app.screen.fields[0]
        entry = field.query_one(CleanInput)
        entry.post_message(events.Paste(text + "\n2"))
        field.show_error(text)
        await settle(pilot)
        for char in ("\x1b", "\x07", "\x9b", "\u202e", "\u200b"):
            assert char not in entry.value
            assert char not in screen_text(app)
        assert shown(text) in screen_text(app)
        assert isinstance(app.screen, Form)


@pytest.mark.parametrize(
    ("ahead", "text", "day"),
    [
        (False, "lundi", date(2026, 3, 9)),
        (True, "Lundi", date(2026, 3, 16)),
        (True, "hier", date(2026, 3, 11)),
    ],
)
def test_a_day_of_the_week_is_the_next_one_where_something_is_to_be_done(
    ahead: bool, text: str, day: date
) -> None:
    assert DateField("due", "À faire pour le", today=TODAY, ahead=ahead).parse(text) == day
