"""Wall, charts, empty states, dialogs: what they show, with hostile texts too."""

import pytest
from textual.app import ComposeResult

from driving import running, screen_text, settle
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.confirm import Confirm
from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.dialogs.preview import Preview
from suivi_tui.tui.plain import fit, plain, shown, typed, wrapped
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.widgets.charts import (
    Bar,
    ChartBlock,
    Lines,
    bar,
    bar_lines,
    gauge_line,
    heat_lines,
    sparkline,
)
from suivi_tui.tui.widgets.empty import EmptyState
from suivi_tui.tui.widgets.paged_list import Column
from suivi_tui.tui.widgets.sources import Row
from suivi_tui.tui.widgets.wall import Brick, Line, Wall
from tui_samples import HOSTILE, LINES, MONTHS, sample_app


class WallScreen(SuiviScreen[None]):
    heading = "Relevés"

    def compose_body(self) -> ComposeResult:
        yield Wall(empty="Aucune obligation. Ajoutez un marché.")
        yield EmptyState("[/b] rien")

    def on_mount(self) -> None:
        self.opened: list[Wall.BrickSelected] = []

    def on_wall_brick_selected(self, event: Wall.BrickSelected) -> None:
        self.opened.append(event)

    def fill(self, lines: list[Line]) -> None:
        bricks = {(0, MONTHS[-1].key): Brick("✓", "120,00", "ok")}
        self.query_one(Wall).set_data(lines, MONTHS, bricks)


async def test_the_wall_moves_by_two_lines_and_opens_a_brick() -> None:
    app = sample_app()
    async with running(app) as pilot:
        screen = WallScreen()
        app.push_screen(screen)
        await settle(pilot)
        assert "Aucune obligation." in screen_text(app)
        screen.fill([*LINES, *(Line(text, text) for text in HOSTILE)])
        wall = screen.query_one(Wall)
        wall.focus()
        await settle(pilot)
        assert "[120,00✓]" in screen_text(app)
        for key in ("down", "up", "left", "right"):
            drawn = wall.lines_drawn
            await pilot.press(key)
            assert wall.lines_drawn - drawn <= 2
        await pilot.press("enter")
        await settle(pilot)
        assert [(brick.row, brick.column) for brick in screen.opened] == [(0, MONTHS[-1].key)]
        wall.move_to(len(LINES) + len(HOSTILE))
        await settle(pilot)
        for text in HOSTILE[:6]:
            assert shown(text)[:20] in screen_text(app)


def text_of(lines: Lines) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines]


class TestCharts:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [(0, "    "), (1, "█   "), (4, "████"), (9, "████"), (0.001, "▏   "), (-1, "    ")],
    )
    def test_bar(self, value: float, expected: str) -> None:
        assert bar(value, 4, 4) == expected

    def test_bars_carry_their_figures_and_their_target(self) -> None:
        lines = text_of(bar_lines([Bar("A", 1, "1,00 h", 2), Bar("[/b]", 2, "2,00 h")], 40))
        assert all(len(line) <= 40 for line in lines)
        assert "1,00 h" in lines[0]
        assert "┃" in lines[0]
        assert lines[1].startswith("[/b]")
        assert bar_lines([], 40) == []

    def test_sparkline(self) -> None:
        assert sparkline([0, 1, 2, 4]) == "▁▂▄█"
        assert sparkline([0, 0]) == "▁▁"
        assert sparkline([]) == ""

    @pytest.mark.parametrize("ratio", [-1.0, 0.0, 0.5, 1.0, 3.0])
    def test_a_gauge_keeps_its_width(self, ratio: float) -> None:
        line = text_of([gauge_line("Année", ratio, "50 %", 50)])[0]
        assert len(line) == 50
        assert line.endswith("50 %")

    def test_a_heat_map_writes_its_figures(self) -> None:
        lines = text_of(heat_lines(["Nord", "Sud"], ["jan", "fév"], [[1, 0], [3, 9]], 40))
        assert "9█" in lines[2]
        assert "·" in lines[1]

    async def test_a_block_follows_the_width(self) -> None:
        class Charts(SuiviScreen[None]):
            def compose_body(self) -> ComposeResult:
                yield ChartBlock(lambda width: bar_lines([Bar("Heures", 1, "1,00 h")], width))

        app = sample_app()
        async with running(app) as pilot:
            app.push_screen(Charts())
            await settle(pilot)
            assert "1,00 h" in screen_text(app)
            await pilot.resize_terminal(120, 40)
            await settle(pilot)
            line = next(line for line in screen_text(app).splitlines() if "Heures" in line)
            assert len(line.rstrip()) > 100


@pytest.mark.parametrize("text", HOSTILE)
async def test_dialogs_show_hostile_texts_as_they_are(text: str) -> None:
    app = sample_app()
    async with running(app) as pilot:
        row = Row((1,), 1, (text,))
        for dialog in (
            Confirm(text, text, yes=text, no="Non"),
            Message(text, text),
            Choose(text, [Choice(1, text, text)]),
            Preview(text, text, (Column(text), Column("B")), [row]),
        ):
            app.push_screen(dialog)
            await settle(pilot)
            assert shown(text) in screen_text(app)
            title = next(line for line in screen_text(app).splitlines() if "╭" in line)
            assert shown(text) in title
            await pilot.press("escape")
            await settle(pilot)
            assert app.screen is not dialog


async def test_arrows_go_from_a_button_to_the_other_and_enter_accepts_a_preview() -> None:
    app = sample_app()
    answers: list[bool | None] = []
    async with running(app) as pilot:
        for keys in (["enter"], ["right", "enter"], ["right", "left", "enter"]):
            app.push_screen(Confirm("Titre", "Question ?"), answers.append)
            await settle(pilot)
            await pilot.press(*keys)
            await settle(pilot)
        app.push_screen(Preview("Titre", "Texte", [Column("A")], []), answers.append)
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
    assert answers == [False, True, False, True]


async def test_answers_of_confirm_and_preview() -> None:
    app = sample_app()
    answers: list[bool | None] = []
    async with running(app) as pilot:
        for key in ("o", "n", "escape"):
            app.push_screen(Confirm("Titre", "Question ?"), answers.append)
            await settle(pilot)
            await pilot.press(key)
        app.push_screen(Preview("Titre", "Texte", [Column("A")], []), answers.append)
        await settle(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)
    assert answers == [True, False, False, True]


class TestPlain:
    def test_no_break_spaces_are_kept(self) -> None:
        assert shown("12\u00a0345,50\u00a0h") == "12\u00a0345,50\u00a0h"

    @pytest.mark.parametrize("text", HOSTILE)
    def test_nothing_is_markup(self, text: str) -> None:
        assert plain(text).plain == shown(text)
        assert not plain(text).spans

    def test_none_is_empty(self) -> None:
        assert shown(None) == ""

    def test_spaces_around_are_kept_while_typing(self) -> None:
        assert typed("a \x1bé\t") == "a é "

    @pytest.mark.parametrize(
        ("text", "width", "align", "expected"),
        [
            ("abc", 5, "left", "abc  "),
            ("abc", 5, "right", "  abc"),
            ("abc", 5, "center", " abc "),
            ("abcdef", 4, "left", "abc…"),
            ("日本語", 4, "left", "日 …"),
            ("abc", 0, "left", ""),
        ],
    )
    def test_fit(self, text: str, width: int, align: str, expected: str) -> None:
        assert fit(text, width, align) == expected

    def test_wrapped(self) -> None:
        assert wrapped("un deux trois\nquatre", 8) == ["un deux", "trois", "quatre"]
