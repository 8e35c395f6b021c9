"""Screen 7: the figures of ``evaluer --json``, formatted, by keys, to an exported synthesis."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from builders import (
    new_base,
    new_buyer,
    new_company,
    new_contract,
    new_eligibility,
    new_hours,
    new_person,
    new_placement,
)
from driving import running, screen_text, settle, toasts
from suivi_tui.readings.breakdowns import TITLES
from suivi_tui.readings.buyer_comparison import compare_buyers
from suivi_tui.readings.evaluation import as_json, evaluate
from suivi_tui.store.base import Base, open_base
from suivi_tui.tui.app import SuiviApp
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month
from suivi_tui.vocabulary.numbers import format_number
from tui_samples import HOSTILE

TODAY = date(2026, 9, 20)
SIZES = ((80, 24), (120, 40))


def evaluation_app(path: Path) -> SuiviApp:
    return SuiviApp(
        path,
        TODAY,
        lambda: open_base(path),
        screens={"evaluation": "suivi_tui.tui.screens.evaluation.screen:EvaluationScreen"},
        clock=lambda: datetime(2026, 9, 20, 9, 30),
        encoding="utf-8",
    )


def worked(base: Base, name: str = "Ville de Valmont", **person: str) -> None:
    """A contract of that buyer with hours of two years: validated, refused, pending."""
    market = new_contract(
        base,
        number=name,
        buyer=new_buyer(base, name),
        company=new_company(base, name),
        start="2025-07-01",
        end="2026-12-31",
        owed=1_234_50,
    )
    someone = new_person(base, **person)
    new_eligibility(base, someone)
    placement = new_placement(base, market, someone, contract_start="2025-07-01")
    new_hours(base, placement, 202511, 151_67, validated=151_67)
    new_hours(base, placement, 202603, 120_50, validated=100_00, refusal_reason="autre")
    new_hours(base, placement, 202604, 80_25)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with new_base(tmp_path) as base:
        worked(base)
        worked(base, "Région de l'Orme", last="Modèle", sex="H")
        return base.path


def figures(path: Path, first: int | None = None, last: int | None = None, **scope: Any) -> Any:
    months = [None if month is None else Month(month) for month in (first, last)]
    with open_base(path) as base:
        return as_json(evaluate(base.connection, *months, **scope))


def hours_text(value: float) -> str:
    return format_hours(Hours(round(value * 100)))


def assert_same_figures(text: str, found: Any) -> None:
    """The block of figures says what the JSON says."""
    lines = {line[:34].strip(" ›") for line in text.splitlines()}
    hours = found["heures"]
    expected = {
        "À réaliser": hours_text(hours["dues"]),
        "Déclarées": hours_text(hours["declarees"]),
        "= validées": hours_text(hours["validees"]),
        "+ refusées": hours_text(hours["refusees"]),
        "+ à valider": hours_text(hours["a_valider"]),
        "Participants": format_number(found["participants"]),
        "Contrats de travail": format_number(found["contrats_travail"]),
        "Obligations": format_number(found["obligations"]),
        "Obligations tenues": format_number(found["obligations_tenues"]),
        "Marchés": format_number(found["marches"]),
        "Entreprises": format_number(found["entreprises"]),
        f"ETP, base {format_number(found['base_etp'])}\u00a0h": format_number(found["etp"], 2),
    }
    for label, figure in expected.items():
        assert any(line.startswith(label) and line.endswith(figure) for line in lines), label


@pytest.mark.parametrize("size", SIZES)
async def test_the_figures_are_those_of_the_command(path: Path, size: tuple[int, int]) -> None:
    found = figures(path)
    app = evaluation_app(path)
    async with running(app, size):
        text = screen_text(app)
        assert_same_figures(text, found)
        assert "Par mois" in text
        assert len(app.screen.query("*")) < 15


async def test_the_right_arrow_shows_each_of_the_15_breakdowns(path: Path) -> None:
    found = figures(path)["repartitions"]
    assert list(found) == list(TITLES)
    app = evaluation_app(path)
    async with running(app, (120, 40)) as pilot:
        for key, title in TITLES.items():
            text = screen_text(app)
            assert f"‹ {title} ›" in text
            for row in found[key]:
                if key != "mois":
                    assert row["valeur"] in text
                assert hours_text(row["heures"]) in text
                assert hours_text(row["validees"]) in text
            await pilot.press("right")
        assert f"‹ {TITLES['sexe']} ›" in screen_text(app)
        await pilot.press("left")
        assert "‹ Mois ›" in screen_text(app)


@pytest.mark.parametrize(
    ("letters", "first", "last"),
    [
        ("annee en", 202601, 202612),
        ("precedente", 202501, 202512),
        ("12", 202510, 202609),
        ("toute", None, None),
    ],
)
async def test_a_usual_period_by_a_few_letters(
    path: Path, letters: str, first: int | None, last: int | None
) -> None:
    app = evaluation_app(path)
    async with running(app) as pilot:
        await pilot.press("p")
        await pilot.pause()
        await pilot.press(*letters, "enter")
        await settle(pilot)
        text = screen_text(app)
    assert_same_figures(text, figures(path, first, last))


async def test_typed_months(path: Path) -> None:
    app = evaluation_app(path)
    async with running(app) as pilot:
        await pilot.press("p")
        await pilot.pause()
        await pilot.press(*"autres", "enter")
        await pilot.pause()
        await pilot.press(*"2026-03", "enter", *"2026-03", "enter")
        await settle(pilot)
        text = screen_text(app)
        assert "mars 26" in text
    assert_same_figures(text, figures(path, 202603, 202603))


async def test_one_buyer_then_another_full_time_base(path: Path) -> None:
    app = evaluation_app(path)
    async with running(app) as pilot:
        await pilot.press("a")
        await settle(pilot)
        await pilot.press(*"region", "enter")
        await settle(pilot)
        assert "Région de l'Orme" in screen_text(app).splitlines()[1]
        await pilot.press("b")
        await pilot.pause()
        await pilot.press(*"1 607", "enter")
        await settle(pilot)
        text = screen_text(app)
    assert_same_figures(text, figures(path, buyer="Région de l'Orme", fte_base=1607))


async def test_buyers_side_by_side(path: Path) -> None:
    with open_base(path) as base:
        expected = compare_buyers(base.connection)
    assert len(expected) == 2
    app = evaluation_app(path)
    async with running(app, (120, 40)) as pilot:
        await pilot.press("c")
        await settle(pilot)
        text = screen_text(app)
        for item in expected:
            assert item.buyer in text
            assert format_hours(item.due) in text


async def test_x_explains_the_figure_of_the_cursor(path: Path) -> None:
    app = evaluation_app(path)
    async with running(app) as pilot:
        await pilot.press("down", "x")
        text = screen_text(app)
        assert "Déclarées\u00a0:" in text
        assert "704,84\u00a0h déclarées = " in text
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("tab", "x")
        await pilot.pause()
        assert "compte pour le principal" in screen_text(app)


async def test_the_synthesis_is_exported_for_the_scope(path: Path, own_home: Path) -> None:
    target = own_home / "s.csv"
    app = evaluation_app(path)
    async with running(app, (120, 40)) as pilot:
        await pilot.press("p")
        await pilot.pause()
        await pilot.press(*"annee en", "enter")
        await settle(pilot)
        said = []
        for _ in range(2):
            await pilot.press("e")
            await settle(pilot)
            await pilot.press(*target.name, "ctrl+s")
            await settle(pilot)
            said.append(" ".join(toasts(app)))
        assert "lignes écrites" in said[0]
        assert "existe déjà" in screen_text(app)
        await pilot.press("escape")
    text = target.read_text("utf-8-sig")
    assert "2026-01" in text
    assert "401,50" in text
    assert "Exemple" not in text


async def test_the_empty_base_says_what_to_do(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        path = base.path
    app = evaluation_app(path)
    async with running(app) as pilot:
        text = screen_text(app)
        assert "Aucune obligation ni aucune heure" in text
        await pilot.press("right", "c", "x", "escape")
        assert "Rien à évaluer" in screen_text(app)


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_hostile_texts_are_shown_and_start_nothing(tmp_path: Path, hostile: str) -> None:
    with new_base(tmp_path) as base:
        worked(base, hostile, last=hostile, first=hostile)
        path = base.path
    app = evaluation_app(path)
    async with running(app, (120, 40)) as pilot:
        await pilot.press("c")
        await settle(pilot)
        await pilot.press("a")
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        text = screen_text(app)
        assert "704,84" in text or "352,42" in text
        assert not {"\x1b", "\x9b", "\x07", "\u202e", "\u2066", "\u200b"} & set(text)
        assert app.is_running
