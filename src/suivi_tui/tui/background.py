"""What happens after the first paint, while nobody waits."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from suivi_tui.tui.app import SuiviApp

CHECKPOINT_SECONDS: Final = 60.0


def start_background(app: "SuiviApp") -> None:
    """Prepare the writes, look after the base once a day, empty its log while it rests.

    To be called once the first screen is shown, and again once a base was begun at the first
    start; does nothing without a base.
    """
    if not app.base_path.exists():
        return

    def check(base: Any) -> None:
        if base.read_only:
            return
        from suivi_tui.actions import upkeep

        upkeep.forget_old_drafts(base, app.clock())
        sentence = upkeep.check_once_a_day(base, app.today)
        if sentence is not None:
            app.call_later(app.toast, sentence, "error")

    app.desk.when_idle(_warm)
    app.desk.when_idle(check)
    written = [app.desk.writes_done]

    def checkpoint() -> None:
        if app.desk.writes_done != written[0]:
            written[0] = app.desk.writes_done
            app.desk.when_idle(lambda base: base.checkpoint())

    if not getattr(app, "background_started", False):
        vars(app)["background_started"] = True
        app.set_interval(CHECKPOINT_SECONDS, checkpoint)


def _warm(base: Any) -> None:
    """The first form saved does not wait for SQLModel."""
    import_module("suivi_tui.actions.records")
