"""Screen 7: the figures of ``evaluer --json``, by keys, down to the proof, to an exported file."""

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
from suivi_tui.readings.breakdowns import BY_MONTH, TITLES
from suivi_tui.readings.buyer_comparison import compare_buyers
from suivi_tui.readings.evaluation import as_json, evaluate, filters_for
from suivi_tui.store.base import Base, open_base
from suivi_tui.tui.app import SuiviApp
from suivi_tui.tui.screens.evaluation.views import VIEWS
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month
from suivi_tui.vocabulary.numbers import format_number
from tui_samples import HOSTILE

TODAY = date(2026, 9, 20)
SIZES = ((80, 24), (120, 40))
# Tall enough for every figure at once.
TALL = (120, 110)


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


def figures(
    path: Path,
    first: int | None = None,
    last: int | None = None,
    buyer: str | None = None,
    **asked: Any,
) -> Any:
    months = [None if month is None else Month(month) for month in (first, last)]
    with open_base(path) as base:
        filters = filters_for(base.connection, *months, buyer)
        return as_json(evaluate(base.connection, filters, today=TODAY, **asked))


def hours_text(value: float) -> str:
    return format_hours(Hours(round(value * 100)))


def assert_same_figures(text: str, found: Any) -> None:
    """The block of figures says what the JSON says."""
    lines = {line[30:].strip(" ›") for line in text.splitlines()}
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
        "Objectif atteint": format_number(found["obligations_tenues"]),
        "Marchés": format_number(found["marches"]),
        "Entreprises": format_number(found["entreprises"]),
        f"ETP, base {format_number(found['base_etp'])}\u00a0h": format_number(found["etp"], 2),
    }
    for label, figure in expected.items():
        assert any(line.startswith(label) and line.endswith(figure) for line in lines), label


async def test_the_figures_are_those_of_the_command(path: Path) -> None:
    found = figures(path)
    app = evaluation_app(path)
    async with running(app, TALL):
        assert_same_figures(screen_text(app), found)
        assert len(app.screen.query("*")) < 15


@pytest.mark.parametrize("size", SIZES)
async def test_filters_figures_and_progress_are_seen_at_once(
    path: Path, size: tuple[int, int]
) -> None:
    app = evaluation_app(path)
    async with running(app, size):
        text = screen_text(app)
        for said in ("Facilitateur", "tous", "À réaliser", "‹ Progression ›", "attendues"):
            assert said in text
        assert "sept. 26" in text
        assert "…" not in "".join(line[:30] for line in text.splitlines())


async def test_the_arrows_show_every_view_and_each_breakdown_is_whole(path: Path) -> None:
    found = figures(path)["repartitions"]
    assert list(found) == list(TITLES)
    app = evaluation_app(path)
    async with running(app, (120, 40)) as pilot:
        for key, title in VIEWS.items():
            await settle(pilot)
            text = screen_text(app)
            assert f"‹ {title} ›" in text
            for row in found.get(key, ()):
                if key != BY_MONTH:
                    assert row["valeur"] in text
                assert hours_text(row["heures"]) in text
                assert hours_text(row["validees"]) in text
            await pilot.press("right")
        await settle(pilot)
        assert "‹ Progression ›" in screen_text(app)
        await pilot.press("left")
        await settle(pilot)
        assert "‹ Obligations tenues ou non ›" in screen_text(app)


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
    async with running(app, TALL) as pilot:
        await pilot.press("p")
        await pilot.pause()
        await pilot.press(*letters, "enter")
        await settle(pilot)
        text = screen_text(app)
    assert_same_figures(text, figures(path, first, last))


async def test_filters_are_changed_on_their_line(path: Path) -> None:
    region = figures(path, buyer="Région de l'Orme", fte_base=1607)
    march = figures(path, 202603, 202603, "Région de l'Orme", fte_base=1607)
    app = evaluation_app(path)
    async with running(app, TALL) as pilot:
        await pilot.press("shift+tab", "down", "enter")
        await settle(pilot)
        await pilot.press(*"region", "enter")
        await settle(pilot)
        assert "•Acheteur" in screen_text(app)
        await pilot.press(*["down"] * 8, "enter")
        await pilot.pause()
        await pilot.press(*"1 607", "enter")
        await settle(pilot)
        assert_same_figures(screen_text(app), region)
        await pilot.press("p")
        await pilot.pause()
        await pilot.press(*"autres", "enter")
        await pilot.pause()
        await pilot.press(*"2026-03", "enter", *"2026-03", "enter")
        await settle(pilot)
        text = screen_text(app)
        assert "mars 26" in text
    assert_same_figures(text, march)


async def test_two_years_side_by_side(path: Path) -> None:
    both = [figures(path, 202601, 202612), figures(path, 202501, 202512)]
    app = evaluation_app(path)
    async with running(app, TALL) as pilot:
        await pilot.press("p")
        await pilot.pause()
        await pilot.press(*"annee en", "enter")
        await settle(pilot)
        await pilot.press("c")
        await pilot.pause()
        await pilot.press(*"un an", "enter")
        await settle(pilot)
        text = screen_text(app)
        declared = [hours_text(each["heures"]["declarees"]) for each in both]
        assert any(
            "Déclarées" in line and declared[0] in line and line.rstrip().endswith(declared[1])
            for line in text.splitlines()
        )
        assert "2026" in text.splitlines()[1]
        assert "2025" in text.splitlines()[1]
        await pilot.press("c")
        await pilot.pause()
        await pilot.press(*"ne plus", "enter")
        await settle(pilot)
        assert_same_figures(screen_text(app), both[0])


async def test_buyers_compared_lead_to_one_of_them(path: Path) -> None:
    with open_base(path) as base:
        expected = compare_buyers(base.connection, today=TODAY)
    assert len(expected) == 2
    app = evaluation_app(path)
    async with running(app, (120, 40)) as pilot:
        await pilot.press("r")
        await pilot.pause()
        await pilot.press(*"acheteurs comp", "enter")
        await settle(pilot)
        text = screen_text(app)
        for item in expected:
            assert item.buyer in text
            assert format_hours(item.due) in text
        await pilot.press("tab", "enter")
        await settle(pilot)
        (line,) = (line for line in screen_text(app).splitlines() if "•Acheteur" in line)
        assert expected[0].buyer[:8] in line


async def test_from_a_figure_to_the_people_the_lines_and_the_proof(path: Path) -> None:
    app = evaluation_app(path)
    async with running(app) as pilot:
        await pilot.press("down", "down", "down", "enter")
        await settle(pilot)
        text = screen_text(app)
        assert "Validées · 2 personnes" in text.replace("\u00a0", " ")
        assert "Modèle" in text
        await pilot.press("enter")
        await settle(pilot)
        text = screen_text(app)
        assert "novembre 2025" in text
        assert "151,67" in text
        assert "avril 2026" not in text, "nothing was validated in that month"
        await pilot.press("enter")
        await settle(pilot)
        assert "Aucun fichier" in screen_text(app)
        await pilot.press("escape", "escape", "escape")
        await settle(pilot)
        assert "Filtres" in screen_text(app)


async def test_a_row_of_a_breakdown_lists_its_people_and_the_due_its_obligations(
    path: Path,
) -> None:
    app = evaluation_app(path)
    async with running(app) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        text = screen_text(app)
        assert "À réaliser · 2 obligations" in text.replace("\u00a0", " ")
        assert "1 234,50" in text.replace("\u00a0", " ")
        await pilot.press("escape", "right", "tab")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "Sexe\u00a0: " in screen_text(app)
        assert "1 personne" in screen_text(app).replace("\u00a0", " ")


async def test_outcomes_and_reasons_lead_to_their_paths_and_obligations(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        worked(base, last="Modèle", first="Ana")
        market = new_contract(base, number="Fini", start="2025-01-01", end="2025-12-31",
                              owed=100_00)  # fmt: skip
        someone = new_person(base, last="Exemple", first="Lou")
        new_placement(base, market, someone, contract_start="2025-02-03",
                      contract_end="2025-12-31")  # fmt: skip
        path = base.path
    app = evaluation_app(path)
    async with running(app) as pilot:
        await pilot.press("left", "left", "tab")
        await settle(pilot)
        text = screen_text(app).replace("\u00a0", " ")
        assert "‹ Parcours ›" in text and "0/1" in text and "0 %" in text
        await pilot.press("home", "enter")
        await settle(pilot)
        text = screen_text(app).replace("\u00a0", " ")
        assert "À la sortie · 1 parcours" in text and "Exemple Lou" in text
        assert "31/12/2025" in text
        await pilot.press("escape", "shift+tab", "shift+tab", "end", "enter")
        await settle(pilot)
        assert "dès l'entrée" in screen_text(app)
        await pilot.press("right", "tab", "tab", "end", "enter")
        await settle(pilot)
        assert "1\u00a0obligation" in screen_text(app) and "Fini" in screen_text(app)


async def test_f_freezes_what_is_shown(path: Path) -> None:
    async with running(app := evaluation_app(path)) as pilot:
        for keys in (["f"], [*"Bilan", "ctrl+s"]):
            await pilot.press(*keys)
            await settle(pilot)
        assert any("Synthèse figée" in text for text in toasts(app))


async def test_x_explains_the_figure_of_the_cursor(path: Path) -> None:
    app = evaluation_app(path)
    async with running(app) as pilot:
        await pilot.press("down", "down", "x")
        text = screen_text(app)
        assert "Déclarées\u00a0:" in text
        assert "704,84\u00a0h déclarées = " in text
        assert "Règles 2026" in text
        await pilot.press("escape", "right")
        await settle(pilot)
        await pilot.press("tab", "x")
        await pilot.pause()
        assert "compte pour le principal" in screen_text(app)


async def test_the_synthesis_or_the_view_is_exported(path: Path, own_home: Path) -> None:
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
            await pilot.press(*"s.csv", "ctrl+s")
            await settle(pilot)
            said.append(" ".join(toasts(app)))
        assert "lignes écrites" in said[0]
        assert "existe déjà" in screen_text(app)
        await pilot.press("escape", "tab", "e")
        await settle(pilot)
        await pilot.press(*"vue.csv", "ctrl+s")
        await settle(pilot)
    text = (own_home / "s.csv").read_text("utf-8-sig")
    assert "2026-01" in text
    assert "401,50" in text
    assert "Exemple" not in text
    view = (own_home / "vue.csv").read_text("utf-8-sig")
    assert view.startswith("Progression;")


async def test_the_empty_base_says_what_to_do(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        path = base.path
    app = evaluation_app(path)
    async with running(app) as pilot:
        text = screen_text(app)
        assert "Aucune obligation ni aucune heure" in text
        await pilot.press("right", "x", "escape", "enter", "escape")
        await settle(pilot)
        assert "Rien à évaluer" in screen_text(app)


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_hostile_texts_are_shown_and_start_nothing(tmp_path: Path, hostile: str) -> None:
    with new_base(tmp_path) as base:
        worked(base, hostile, last=hostile, first=hostile)
        path = base.path
    app = evaluation_app(path)
    async with running(app, (120, 40)) as pilot:
        await pilot.press("a")
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        await pilot.press("down", "down", "enter")
        await settle(pilot)
        text = screen_text(app)
        assert "352,42" in text
        assert not {"\x1b", "\x9b", "\x07", "\u202e", "\u2066", "\u200b"} & set(text)
        assert app.is_running
