"""« Exporter » of a screen: what is shown, sorted and filtered, as a file for a spreadsheet."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.screens.shared.export_writing import Then, once_read, write_export
from suivi_tui.tui.screens.shared.path_field import PathField
from suivi_tui.tui.widgets.fields import ChoiceField, Field
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import Key, Row
from suivi_tui.vocabulary.numbers import NBSP, plural

if TYPE_CHECKING:
    from suivi_tui.tui.screens.base import SuiviScreen

PAGE: Final = 500
WITHOUT, WITH = "sans", "avec"
NAMES: Final = ((WITHOUT, "Sans les noms"), (WITH, "Avec les noms"))

Cells = Sequence[str]


class _Shown(NamedTuple):
    """What is on screen, as it leaves it."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Cells]
    names: Sequence[str] = ()
    then: Then = None


def export_shown(
    screen: "SuiviScreen[Any]",
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Row] | Sequence[Cells],
    names: Sequence[str] = (),
) -> None:
    """Ask where, then write these rows. ``names`` are the titles of columns that name people:
    they are left empty unless the person asks for them."""
    cells = [row.cells if isinstance(row, Row) else row for row in rows]
    _ask_where(screen, _Shown(title, columns, cells, names))


def export_list(
    screen: "SuiviScreen[Any]",
    title: str,
    shown: PagedList,
    names: Sequence[str] = (),
    then: Then = None,
) -> None:
    """Ask where, then write the whole list as it is sorted and filtered, not only what is seen.

    ``then`` runs once it is written.
    """
    source, sort, text = shown.source, shown.sort, shown.filter
    if source is None:
        return

    def gather(base: Any) -> list[Cells]:
        found: list[Cells] = []
        after: Key | None = None
        while True:
            page = source.fetch(base, after, None, PAGE, sort, text)
            found += [row.cells for row in page]
            if len(page) < PAGE:
                return found
            after = page[-1].key

    columns = shown.columns
    screen.read(
        "export",
        gather,
        lambda found: _ask_where(screen, _Shown(title, columns, found, names, then)),
    )


def _ask_where(screen: "SuiviScreen[Any]", what: _Shown) -> None:
    title, rows, names = what.title, what.rows, what.names
    if not rows:
        screen.notify_plain("Il n'y a rien à exporter : la liste est vide.", "warning")
        return
    today = screen.suivi.today
    # A name typed without a folder goes where the proposed one would have gone.
    folder: list[Path] = []

    def where(base: Any) -> Path:
        from suivi_tui.actions.export_view import default_target

        return default_target(title, today)

    def ask(target: Path) -> None:
        folder.append(target.parent)
        fields: list[Field[Any]] = [
            PathField("path", "Fichier", initial=target, required=True),
        ]
        if names:
            fields.append(
                ChoiceField("names", "Personnes", options=NAMES, initial=WITHOUT, required=True)
            )
        form = Form(f"Exporter{NBSP}: {title} ({plural(len(rows), 'ligne', 'lignes')})", fields)
        screen.suivi.push_screen(form, answered)

    def answered(values: Values | None) -> None:
        if values is not None:
            hidden = () if values.get("names") == WITH else names
            path: Path = folder[0] / values["path"]
            target = path if path.suffix else path.with_suffix(".csv")
            _write(screen, what, hidden, target)

    screen.read("export", where, ask)


def _write(
    screen: "SuiviScreen[Any]",
    what: _Shown,
    hidden: Sequence[str],
    target: Path,
) -> None:
    places = [place for place, column in enumerate(what.columns) if column.title in hidden]
    kept = [
        ["" if place in places else cell for place, cell in enumerate(cells)] if places else cells
        for cells in what.rows
    ]
    titles = [column.title for column in what.columns]

    def look(base: Any) -> Any:
        from suivi_tui.actions.export_scan import sensitive_cells

        return sensitive_cells(titles, kept)

    def save(base: Any, path: Path) -> int:
        from suivi_tui.actions.export_log import ExportDone, log_export
        from suivi_tui.actions.export_view import ViewColumn, export_view

        columns = [ViewColumn(column.title, column.align == "right") for column in what.columns]
        lines = export_view(columns, kept, path, overwrite=True)
        nominative = bool(what.names) and not hidden
        log_export(base, ExportDone(f"écran {what.title}", lines, nominative))
        return lines

    once_read(screen, look, lambda: write_export(screen, target, save, what.then))
