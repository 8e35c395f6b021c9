"""The hour grid: typing, saving, totals, drafts, counts of lines drawn."""

from textual import events

from driving import running, screen_text, settle, toasts
from suivi_tui.tui.widgets.hour_grid import Cell, CellState, Draft, HourGrid, Line
from suivi_tui.vocabulary.hours import Hours
from tui_samples import LINES, MONTHS, Grid, sample_app


def grid_of(app: object) -> HourGrid:
    return app.screen.query_one(HourGrid)


async def test_a_digit_and_a_move_draw_two_lines_at_most() -> None:
    app = sample_app("saisie")
    async with running(app) as pilot:
        grid = grid_of(app)
        for key in ("down", "up", "left", "right", "1", "2", "comma", "5", "backspace"):
            drawn = grid.lines_drawn
            await pilot.press(key)
            assert grid.lines_drawn - drawn <= 2, key


async def test_totals_move_with_each_digit() -> None:
    app = sample_app("saisie")
    async with running(app) as pilot:
        grid = grid_of(app)
        last = MONTHS[-1].key
        assert grid.total_of_column(last) == 0
        before = grid.total_of_row(0)
        await pilot.press("1")
        assert grid.total_of_column(last) == 100
        await pilot.press("2", "comma", "5")
        assert grid.total_of_column(last) == 1250
        assert grid.total_of_row(0) == before + 1250
        assert "12,50" in screen_text(app).splitlines()[-2]


async def test_a_cell_is_saved_when_it_is_left_and_only_when_it_changed() -> None:
    app = sample_app("saisie")
    async with running(app) as pilot:
        screen, grid, last = app.screen, grid_of(app), MONTHS[-1].key
        assert isinstance(screen, Grid)
        await pilot.press("1", "h", "3", "0", "enter")
        await settle(pilot)
        assert screen.left == [(0, last, 150)]
        assert grid.cell(0, last).state is CellState.PENDING
        assert grid.cursor_row == 1
        assert "enregistré à 14:02" in screen_text(app)
        await pilot.press("7", "tab")
        await pilot.press("left", "8", "left")
        await pilot.press("down", "down", "up")
        await settle(pilot)
        assert [item[2] for item in screen.left] == [150, 700, 800]
        await pilot.press("f2", "enter")
        await settle(pilot)
        assert len(screen.left) == 3


async def test_escape_gives_the_saved_hours_back_and_leaves_nothing() -> None:
    app = sample_app("saisie")
    async with running(app) as pilot:
        grid = grid_of(app)
        await pilot.press("left", "9", "9")
        assert grid.editing
        await pilot.press("escape")
        await settle(pilot)
        assert not grid.editing
        assert app.screen.left == []
        assert "10,00" in screen_text(app)
        assert app.screen.drafts[-1] is None


async def test_what_cannot_be_hours_stays_in_the_cell_with_a_sentence() -> None:
    app = sample_app("saisie")
    async with running(app) as pilot:
        grid = grid_of(app)
        await pilot.press("1", "h", "h", "down")
        await settle(pilot)
        assert grid.editing
        assert grid.cursor_row == 0
        assert "n'est pas un nombre d'heures" in toasts(app)[0]


async def test_letters_belong_to_the_cell_while_it_is_edited() -> None:
    app = sample_app("saisie")
    async with running(app) as pilot:
        await pilot.press("1", "q", "e", "v", "m")
        assert app.is_running
        assert grid_of(app).draft == Draft(0, MONTHS[-1].key, "1m")


async def test_digits_never_leave_the_grid() -> None:
    app = sample_app("saisie")
    async with running(app) as pilot:
        await pilot.press("3")
        await settle(pilot)
        assert app.current_mode == "saisie"


async def test_equals_repeats_the_previous_month_and_goes_down() -> None:
    app = sample_app("saisie")
    async with running(app) as pilot:
        await pilot.press("=", "=")
        await settle(pilot)
        assert [item[2] for item in app.screen.left] == [1000, 1000]
        assert grid_of(app).cursor_row == 2


async def test_equals_never_writes_over_a_cell_nor_over_what_is_typed() -> None:
    app = sample_app("saisie")
    async with running(app) as pilot:
        grid = grid_of(app)
        await pilot.press("left", "4", "right", "left", "=")
        await pilot.press("right", "6", "=")
        await settle(pilot)
        assert [item[2] for item in app.screen.left] == [400]
        assert grid.draft == Draft(0, MONTHS[-1].key, "6")
        assert len(toasts(app)) == 1
        assert "contient déjà 4,00" in toasts(app)[0]


async def test_details_under_a_line_hold_no_cursor_and_no_hours() -> None:
    app = sample_app("saisie")
    async with running(app) as pilot:
        grid = grid_of(app)
        under = Line(("under", 0), "  validées", under=True)
        lines = [LINES[0], under, LINES[1], Line(("under", 1), "  refusées", under=True)]
        cells = {(0, MONTHS[-1].key): Cell(Hours(500), CellState.REFUSED)}
        details = {(("under", 0), MONTHS[-1].key): ("2,00", "ok")}
        grid.set_data(lines, MONTHS, cells, details)
        await pilot.pause()
        assert "2,00" in screen_text(app)
        rows = []
        for key in ("down", "down", "up", "ctrl+end", "ctrl+home", "pagedown"):
            await pilot.press(key)
            rows.append(grid.cursor_row)
        assert rows == [2, 2, 0, 2, 0, 2]
        assert grid.person_row == 1
        assert [line.label for line in grid.people] == ["Personne 0", "Personne 1"]
        assert grid.total_of_column(MONTHS[-1].key) == 500


async def test_a_tag_keeps_its_end_and_leaves_room_to_the_name() -> None:
    app = sample_app("saisie")
    async with running(app) as pilot:
        grid = grid_of(app)
        tag = "2026-TRAVAUX-DE-VOIRIE-LOT/12"
        grid.set_data([Line(0, "EXEMPLE Camille", tag=tag)], MONTHS, {})
        await pilot.pause()
        line = next(line for line in screen_text(app).splitlines() if "EXEMPLE" in line)
        assert "LOT/12" in line
        assert line.index("…") < line.index("LOT/12")


async def test_emptying_a_cell_is_a_change() -> None:
    app = sample_app("saisie")
    async with running(app) as pilot:
        await pilot.press("left", "delete", "enter")
        await settle(pilot)
        assert [item[2] for item in app.screen.left] == [None]


async def test_a_locked_cell_says_why() -> None:
    app = sample_app("saisie")
    async with running(app) as pilot:
        await pilot.press("down", "down", "down", "5")
        await settle(pilot)
        assert not grid_of(app).editing
        assert toasts(app) == ["Hors du contrat."]


async def test_the_draft_can_be_seen_within_its_delay_and_put_back() -> None:
    app = sample_app("saisie")
    async with running(app) as pilot:
        grid = grid_of(app)
        await pilot.press("1")
        timer = grid._draft_timer
        assert timer is not None
        await pilot.press("2")
        assert grid._draft_timer in (timer, None)  # a throttle: typing does not put it off
        grid._tell_draft()
        await pilot.pause()
        expected = Draft(0, MONTHS[-1].key, "12")
        assert grid.draft == expected
        assert expected in app.screen.drafts
        await pilot.press("escape")
        assert grid.restore_draft(Draft(5, MONTHS[2].key, "7,\x1b5"))
        await pilot.pause()
        assert grid.draft == Draft(5, MONTHS[2].key, "7,5")
        assert not grid.restore_draft(Draft("nobody", MONTHS[2].key, "7"))


async def test_months_scroll_under_the_frozen_first_column() -> None:
    app = sample_app("saisie")
    async with running(app) as pilot:
        grid = grid_of(app)
        assert grid.columns_in_view < len(MONTHS)
        assert "mois 18" in screen_text(app)
        await pilot.press("home")
        text = screen_text(app)
        assert "mois 1 " in text
        assert "mois 18" not in text
        assert "Personne 0" in text


async def test_a_pasted_column_is_handed_over_and_a_pasted_value_edits() -> None:
    app = sample_app("saisie")
    async with running(app) as pilot:
        grid = grid_of(app)
        grid.post_message(events.Paste("1,5\r\n[/b]\r\n3\x1b[2J\r\n"))
        await pilot.pause()
        message = app.screen.messages[0]
        assert isinstance(message, HourGrid.ColumnPasted)
        assert (message.row, message.column) == (0, MONTHS[-1].key)
        assert message.values == ["1,5", "[/b]", "3[2J"]
        grid.post_message(events.Paste(" 7,5 "))
        await pilot.pause()
        assert grid.draft == Draft(0, MONTHS[-1].key, "7,5")


async def test_one_key_validates_a_column_another_marks_it_without_activity() -> None:
    app = sample_app("saisie")
    async with running(app) as pilot:
        await pilot.press("v", "n")
        await pilot.pause()
        kinds = [type(message) for message in app.screen.messages]
        assert kinds == [HourGrid.ColumnValidated, HourGrid.NoActivity]
        assert app.screen.messages[0].column == MONTHS[-1].key


async def test_every_state_has_a_sign_of_its_own() -> None:
    signs = [state.value for state in CellState]
    assert len(set(signs)) == len(signs)
    assert len(LINES) == 40


async def test_keys_typed_while_the_application_is_late_keep_their_order() -> None:
    app = sample_app("saisie")
    async with running(app) as pilot:
        screen, last = app.screen, MONTHS[-1].key
        assert isinstance(screen, Grid)
        for key in ("7", "enter", "5", "enter", "1", "tab"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        assert screen.left == [(0, last, 700), (1, last, 500), (2, last, 100)]
