"""A buyer's report as a Word file, from a template that the user may change."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from suivi_tui.documents.buyer_report_model import LISTS, VARIABLES
from suivi_tui.documents.filling import Filler
from suivi_tui.documents.templates import (
    MOST_BYTES,
    Template,
    TemplateRefused,
    check_archive,
    limited,
    put_template,
)
from suivi_tui.vocabulary.choices import DocumentKind

TEMPLATE: Final = f"{DocumentKind.BUYER_REPORT.value}.docx"
VARIABLES_PAGE: Final = f"{DocumentKind.BUYER_REPORT.value}-variables.txt"
_KNOWN: Final = frozenset(VARIABLES) | frozenset(LISTS)


def report_file(values: Mapping[str, Any], folder: Path) -> bytes:
    """The report as a Word file, from the template of ``folder``, made when it is missing.

    Raises TemplateRefused.
    """
    return Filler(_template(folder), _KNOWN).word(values)


def _template(folder: Path) -> Template:
    path = folder / TEMPLATE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            from suivi_tui.documents.default_templates import default_template

            put_template(path, default_template(DocumentKind.BUYER_REPORT))
        page = _page().encode("utf-8-sig")
        if not (folder / VARIABLES_PAGE).exists():
            put_template(folder / VARIABLES_PAGE, page)
        content = limited(path, MOST_BYTES)
    except OSError as error:
        raise TemplateRefused(TEMPLATE, "ne peut pas être lu") from error
    check_archive(TEMPLATE, path)
    return Template(DocumentKind.BUYER_REPORT, TEMPLATE, content, "", "")


def _page() -> str:
    """What a tag of the template may name, in words."""
    lines = [
        "Variables du rapport à l'acheteur",
        "",
        f"Le modèle {TEMPLATE} se modifie dans Word, comme ceux des courriers (Variables.txt).",
        "Pour retrouver celui d'origine, supprimez ou renommez le vôtre : il sera recréé.",
        "",
    ]
    lines += [f"{name} : {what}" for name, what in VARIABLES.items()]
    for name, fields in LISTS.items():
        inside = " ; ".join(f".{field} = {what}" if field else what
                            for field, what in fields.items())  # fmt: skip
        lines.append(f"{name} (liste) : {inside}")
    return "\r\n".join([*lines, ""])
