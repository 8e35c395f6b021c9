"""What an empty place says: why it is empty, and what to do."""

from textual.widgets import Static

from suivi_tui.tui.plain import plain


class EmptyState(Static):
    """A text, never markup."""

    DEFAULT_CSS = """
    EmptyState { height: auto; padding: 1 2; color: $text-muted; }
    """

    def __init__(self, text: str, *, id: str | None = None) -> None:
        super().__init__(plain(text, multiline=True), id=id, markup=False)

    def say(self, text: str) -> None:
        """Say something else."""
        self.update(plain(text, multiline=True))
