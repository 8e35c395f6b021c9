"""The user guide inside the application: one prepared text, no Markdown parser at all."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from suivi_tui.guide import Chapter, chapters
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.vocabulary.typography import french


class Guide(SuiviScreen[None]):
    """All the chapters of the guide, one under the other."""

    screen_name = "guide"
    heading = "Guide"
    purpose = "Le guide de l'application. Les flèches et Page suivante font défiler le texte."

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(id="guide"):
            yield Static(Content("\n").join(rendered(chapter) for chapter in chapters()))

    def on_mount(self) -> None:
        """Ready to scroll."""
        self.query_one("#guide").focus()


def rendered(chapter: Chapter) -> Content:
    """A chapter as plain styled text: titles in bold, lists with a bullet, marks taken off."""
    parts = [Content.styled(chapter.title.upper(), "bold reverse"), Content("")]
    paragraph: list[str] = []
    for line in (*chapter.lines, ""):
        if line and not line.startswith(("#", "- ", "    ")):
            paragraph.append(line)
            continue
        if paragraph:
            parts.append(Content(_bare(" ".join(paragraph))))
            paragraph = []
        if line.startswith("#"):
            parts.append(Content.styled(line.lstrip("# "), "bold underline"))
        elif line.startswith("- "):
            parts.append(Content(f"• {_bare(line[2:])}"))
        else:
            parts.append(Content.styled(line, "bold") if line else Content(""))
    return Content("\n").join(parts)


def _bare(text: str) -> str:
    return french(text.replace("**", "").replace("`", ""))
