"""The paged list: pages by key, moves, sort, filter, counts of lines drawn."""

import pytest

from driving import running, screen_text, settle
from suivi_tui.tui.plain import shown
from suivi_tui.tui.widgets.paged_list import WINDOW, PagedList
from suivi_tui.tui.widgets.sources import END, MemorySource, Row, Sort
from tui_samples import HOSTILE, SampleBase, Sites, sample_app


def names(paged_list: PagedList) -> list[str]:
    return [row.cells[0] for row in paged_list.rows]


async def test_a_move_of_the_cursor_draws_two_lines_and_asks_nothing() -> None:
    app = sample_app()
    async with running(app) as pilot:
        paged_list = app.screen.query_one(PagedList)
        await pilot.press("down")
        await settle(pilot)
        for key in ("down", "j", "k", "up"):
            drawn, asked = paged_list.lines_drawn, app.screen.source.asked
            await pilot.press(key)
            assert paged_list.lines_drawn - drawn <= 2
            assert app.screen.source.asked == asked
        drawn = paged_list.lines_drawn
        await pilot.press("pagedown")
        assert paged_list.lines_drawn - drawn <= paged_list.size.height + 2


async def test_walking_down_and_up_again_shows_every_row_once() -> None:
    base = SampleBase(1000)
    app = sample_app(base=base)
    async with running(app) as pilot:
        paged_list = app.screen.query_one(PagedList)
        seen: list[str] = []

        def look() -> None:
            seen.append(paged_list.current.cells[0])

        look()
        while seen[-1] != "Chantier 0999":
            paged_list.move_to(paged_list.cursor_row + (27 if len(seen) < 30 else 10**6))
            await settle(pilot)
            look()
            assert len(paged_list.rows) <= WINDOW + 300
        assert seen[:30] == [f"Chantier {27 * place:04}" for place in range(30)]
        assert paged_list.position().startswith("1\u00a0000 sur 1\u00a0000")
        while paged_list.current.cells[0] != "Chantier 0000":
            paged_list.action_page_up()
            await settle(pilot)
            assert names(paged_list) == sorted(names(paged_list))
        assert paged_list.position().startswith("1 sur")


async def test_end_and_home_jump_over_the_whole_list() -> None:
    app = sample_app(base=SampleBase(5000))
    async with running(app) as pilot:
        paged_list = app.screen.query_one(PagedList)
        await pilot.press("G")
        await settle(pilot)
        assert paged_list.current.cells[0] == "Chantier 4999"
        assert len(paged_list.rows) <= WINDOW
        await pilot.press("g")
        await settle(pilot)
        assert paged_list.current.cells[0] == "Chantier 0000"


async def test_opening_a_long_list_asks_as_much_as_a_short_one() -> None:
    asked = []
    for count in (500, 20_000):
        app = sample_app(base=SampleBase(count))
        async with running(app):
            asked.append((app.screen.source.asked, len(app.screen.query_one(PagedList).rows)))
    assert asked[0] == asked[1]


async def test_the_order_is_shown_and_reversed_by_key_and_by_click() -> None:
    app = sample_app()
    async with running(app) as pilot:
        paged_list = app.screen.query_one(PagedList)
        assert "Nom ↑" in screen_text(app)
        await pilot.press("S")
        await settle(pilot)
        assert paged_list.sort == Sort("name", True)
        assert names(paged_list)[0] == "Chantier 0299"
        assert "Nom ↓" in screen_text(app)
        await pilot.click(PagedList, offset=(3, 1))
        await settle(pilot)
        assert names(paged_list)[0] == "Chantier 0000"


async def test_letters_filter_only_after_slash() -> None:
    app = sample_app()
    async with running(app) as pilot:
        paged_list = app.screen.query_one(PagedList)
        await pilot.press("slash", "0", "2", "9", "9")
        assert "Filtre" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert names(paged_list) == ["Chantier 0299"]
        assert isinstance(app.screen, Sites)
        assert "filtre «" in screen_text(app)
        await pilot.press("escape")
        await settle(pilot)
        assert len(names(paged_list)) > 1
        await pilot.press("2")
        await settle(pilot)
        assert app.current_mode == "saisie"


async def test_nothing_found_says_how_to_go_on() -> None:
    app = sample_app()
    async with running(app) as pilot:
        await pilot.press("slash", "z", "z")
        await pilot.press("enter")
        await settle(pilot)
        assert "Aucune ligne ne correspond à" in screen_text(app)


async def test_an_empty_list_says_what_to_do() -> None:
    app = sample_app(base=SampleBase(0))
    async with running(app) as pilot:
        await settle(pilot)
        assert "Aucun chantier. Importez un fichier." in screen_text(app)


async def test_reading_again_stays_on_the_same_record() -> None:
    base = SampleBase(2000)
    app = sample_app(base=base)
    async with running(app) as pilot:
        paged_list = app.screen.query_one(PagedList)
        for _ in range(20):
            paged_list.action_page_down()
            await settle(pilot)
        here = paged_list.current.id
        app.screen.write(lambda base: base.connection.execute("DELETE FROM site WHERE id < 20"))
        app.screen.reload()
        paged_list.reload()
        await settle(pilot)
        assert paged_list.current.id == here
        paged_list.action_first()
        await settle(pilot)
        assert paged_list.current.cells[0] == "Chantier 0019"


async def test_a_row_that_is_gone_leaves_the_cursor_where_it_was() -> None:
    base = SampleBase(1000)
    app = sample_app(base=base)
    async with running(app) as pilot:
        paged_list = app.screen.query_one(PagedList)
        paged_list.move_to(90)
        await settle(pilot)
        assert paged_list.top > 0
        line = paged_list.cursor_row - paged_list.top
        gone = int(paged_list.current.id)
        app.screen.write(lambda base: base.connection.execute(
            f"DELETE FROM site WHERE id = {gone}"))  # fmt: skip
        app.screen.reload()
        paged_list.reload()
        await settle(pilot)
        assert paged_list.current.cells[0] == "Chantier 0091"
        assert paged_list.cursor_row - paged_list.top == line
        assert paged_list.position().startswith("91 sur 999")


async def test_hostile_texts_are_shown_cleaned_and_start_nothing() -> None:
    app = sample_app(base=SampleBase(30, HOSTILE))
    async with running(app, size=(120, 60)) as pilot:
        text = screen_text(app)
        for hostile in HOSTILE:
            assert shown(hostile) in text
        assert "\x1b" not in text
        assert "\u202e" not in text
        for line in range(10):
            await pilot.click(PagedList, offset=(4, 2 + line))
        assert isinstance(app.screen, Sites)


ROWS = [
    Row((place,), place, cells)
    for place, cells in enumerate(
        [("Échéances", "3"), ("École", "12"), ("abri", ""), ("Zone", "1"), ("eau", "20")]
    )
]


class TestMemorySource:
    def source(self) -> MemorySource:
        return MemorySource(ROWS, {"n": lambda row: int(row.cells[1]) if row.cells[1] else None})

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            (None, [0, 1, 2, 3, 4]),
            (Sort("0"), [2, 4, 0, 1, 3]),
            (Sort("n"), [3, 0, 1, 4, 2]),
            (Sort("n", True), [4, 1, 0, 3, 2]),
        ],
    )
    def test_order_folds_accents_and_puts_missing_last(
        self, sort: Sort | None, expected: list[int]
    ) -> None:
        assert [row.id for row in self.source().ordered(sort, "")] == expected

    def test_the_filter_folds_accents(self) -> None:
        assert [row.id for row in self.source().ordered(None, "echeance")] == [0]
        assert [row.id for row in self.source().ordered(None, "ÉCO")] == [1]

    def test_pages_follow_each_other(self) -> None:
        source = self.source()
        first = source.fetch(None, None, None, 2, Sort("n"), "")
        second = source.fetch(None, first[-1].key, None, 2, Sort("n"), "")
        assert [row.id for row in (*first, *second)] == [3, 0, 1, 4]
        back = source.fetch(None, None, second[0].key, 1, Sort("n"), "")
        assert [row.id for row in back] == [0]
        assert [row.id for row in source.fetch(None, None, END, 2, Sort("n"), "")] == [4, 2]

    def test_more_rows_than_allowed_are_refused(self) -> None:
        with pytest.raises(ValueError, match="paged"):
            MemorySource(ROWS * 500)
