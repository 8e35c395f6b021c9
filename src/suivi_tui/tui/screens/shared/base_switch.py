"""Working on another base: the first one, a restored one."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from suivi_tui.tui.workers import Failure

if TYPE_CHECKING:
    from suivi_tui.tui.app import SuiviApp


def switch_base(
    app: "SuiviApp",
    path: Path,
    open_base: Callable[[], Any],
    then: Callable[[], object],
    failed: Callable[[Failure], object],
) -> None:
    """``SuiviApp.use_base`` for an opening that may be refused: ``failed`` says why."""

    def opened(base: Any) -> object:
        app.base_path, app.base_name = path, path.name
        app.read_only = bool(base.read_only)
        app.base_changed()
        return then()

    app.desk.use(open_base, opened, failed)
