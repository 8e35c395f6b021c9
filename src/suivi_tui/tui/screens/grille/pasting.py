"""A pasted table shown before it is written, then written as one batch."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from suivi_tui.tui.dialogs.preview import Preview
from suivi_tui.tui.screens.grille import saving
from suivi_tui.tui.screens.grille.paste import Pasted, read_paste
from suivi_tui.tui.widgets.columns import Column
from suivi_tui.tui.widgets.sources import Row
from suivi_tui.vocabulary.hours import format_hours
from suivi_tui.vocabulary.numbers import plural

if TYPE_CHECKING:
    from suivi_tui.tui.screens.grille.view import GridView

COLUMNS = (
    Column("Participant", 0),
    Column("Mois", 9),
    Column("Avant", 9, "right"),
    Column("Après", 9, "right"),
    Column("Remarque", 17),
)


def paste_preview(screen: "GridView", table: Sequence[Sequence[str]]) -> None:
    """Show what a paste would write; nothing is written before the person accepts."""
    grid = screen.grid
    cells = {
        (line.key, month.key): grid.cell(line.key, month.key)
        for line in grid.people
        for month in grid.months
    }
    cursor = (grid.person_row, grid.cursor_column)
    values = read_paste(table, grid.people, grid.months, cells, cursor)
    written = [value for value in values if value.writes]
    left_out = sum(1 for value in values if value.fault)

    def answered(yes: bool | None) -> None:
        if yes and written:
            obligations = {key: row.obligation for key, row in grid.rows.items()}
            done = f"{plural(len(written), 'case collée', 'cases collées')}."

            def saved(_: None) -> None:
                screen.notify_plain(done)
                screen.reload()

            screen.write(lambda base: saving.save_paste(base, written, obligations), saved)

    sentence = f"{plural(len(written), 'case sera écrite', 'cases seront écrites')}"
    if left_out:
        sentence += f", {plural(left_out, 'valeur laissée', 'valeurs laissées')} de côté"
    rows = [Row((place,), place, _texts(value), "alerte" if value.fault else "")
            for place, value in enumerate(values)]  # fmt: skip
    title = "Coller des heures"
    screen.suivi.push_screen(Preview(title, f"{sentence}.", COLUMNS, rows), answered)


def _texts(value: Pasted) -> tuple[str, ...]:
    after = value.text if value.hours is None else format_hours(value.hours, unit=False)
    before = "" if value.before is None else format_hours(value.before, unit=False)
    remark = value.fault or ("" if value.writes else "inchangé")
    return (
        value.who or "–",
        value.month.title if value.month else "–",
        before,
        after,
        remark,
    )
