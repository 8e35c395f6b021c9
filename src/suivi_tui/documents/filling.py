"""Filling a template: what the base holds is text, never a tag, never XML.

docxtpl, jinja2 and lxml are imported here only, when a letter is made.
"""

import io
import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Final

from suivi_tui.documents.letter import Values
from suivi_tui.documents.sandbox import environment
from suivi_tui.documents.tags import (
    faulty_tag,
    forbidden_statement,
    holding,
    naming,
    quoted,
)
from suivi_tui.documents.templates import Template, TemplateRefused
from suivi_tui.documents.variables import VARIABLES
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import NOTES_LIMIT, clean
from suivi_tui.vocabulary.typography import displayed

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from jinja2 import Environment

_BLANK_LINES: Final = re.compile(r"\n{3,}")


class Filler:
    """A template checked once, then filled as many times as there are letters.

    Raises TemplateRefused, which names the template and the tag: unknown variable, tag that
    cannot be read, file that is not Word's.
    """

    def __init__(self, template: Template, known: Collection[str] | None = None) -> None:
        self.template = template
        self._known = VARIABLES[template.kind].known if known is None else known
        self._word, self._text = environment(escape=True), environment(escape=False)
        self._check_word()
        check_tags(template.mail, template.mail_name, self._text, self._known)

    def word(self, values: Values) -> bytes:
        """The letter as a Word file."""
        document = self._document()
        safe = as_text(values)
        try:
            document.render(safe, self._word, autoescape=True)
        except Exception as error:
            raise refusal(self.template.name, _source(document), error, self._word) from error
        packed = io.BytesIO()
        document.save(packed)
        return packed.getvalue()

    def mail(self, values: Values) -> tuple[str, str]:
        """The subject and the body of the mail."""
        try:
            text = self._text.from_string(self.template.mail).render(as_text(values))
        except Exception as error:
            name, source = self.template.mail_name, self.template.mail
            raise refusal(name, source, error, self._word) from error
        subject, _, body = text.strip().partition("\n")
        body = _BLANK_LINES.sub("\n\n", displayed(body, NOTES_LIMIT, multiline=True))
        return clean(subject), f"{body.strip()}\n"

    def _document(self) -> "DocxTemplate":
        from docxtpl import DocxTemplate
        from lxml import etree

        class Strict(DocxTemplate):  # type: ignore[misc]  # has no types
            """Tags that cut a paragraph or a table are an error, not a damaged letter."""

            def fix_tables(self, xml: str) -> Any:
                etree.fromstring(xml)
                return super().fix_tables(xml)

        document = Strict(io.BytesIO(self.template.content))
        try:
            document.init_docx()
        except Exception as error:
            raise TemplateRefused(
                self.template.name, "n'est pas un fichier Word lisible"
            ) from error
        return document

    def _check_word(self) -> None:
        check_tags(_source(self._document()), self.template.name, self._word, self._known)


def check_tags(source: str, name: str, reader: "Environment", known: Collection[str]) -> None:
    """Every tag can be read and names a variable of ``known``. Raises TemplateRefused."""
    from jinja2 import TemplateError, meta

    forbidden = forbidden_statement(source)
    if forbidden:
        raise TemplateRefused(name, _not_allowed(forbidden))
    try:
        reader.from_string(source)
        named = meta.find_undeclared_variables(reader.parse(source))
    except TemplateError as error:
        raise refusal(name, source, error, reader) from error
    unknown = sorted(named.difference(known))
    if unknown:
        raise TemplateRefused(name, _unknown(naming(source, unknown[0])))


def refusal(name: str, source: str, error: Exception, reader: "Environment") -> TemplateRefused:
    """What an error of a template means to whoever wrote it."""
    from jinja2 import TemplateError, UndefinedError
    from jinja2.exceptions import SecurityError
    from lxml import etree

    told = quoted(str(error))
    if isinstance(error, UndefinedError):
        return TemplateRefused(name, _unknown(naming(source, told[-1] if told else "")))
    if isinstance(error, SecurityError):
        return TemplateRefused(name, _not_allowed(holding(source, told[0] if told else "")))
    if isinstance(error, etree.LxmlError):
        return TemplateRefused(
            name,
            "a une boucle ou une condition qui coupe un paragraphe ou un tableau (écrivez "
            "{%p … %} ou {%tr … %}, seul dans son paragraphe ou sa ligne)",
        )
    faulty = faulty_tag(source, reader) if isinstance(error, TemplateError) else ""
    return TemplateRefused(name, _unreadable(faulty))


def _quoted(tag: str) -> str:
    return f", «{NBSP}{tag}{NBSP}»" if tag else ""


def _not_allowed(tag: str) -> str:
    return (
        f"contient une balise qui n'est pas permise{_quoted(tag)} (seuls les variables, for, if "
        "et quelques filtres le sont)"
    )


def _unreadable(tag: str) -> str:
    return f"contient une balise qui ne peut pas être lue{_quoted(tag)}"


def _unknown(tag: str) -> str:
    return (
        f"contient une balise inconnue, «{NBSP}{tag}{NBSP}» (les variables permises sont dans "
        "Variables.txt, à côté des modèles)"
    )


def _source(document: "DocxTemplate") -> str:
    """Every part of a template in which tags are read, as jinja reads it."""
    parts = [document.get_xml()]
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        parts += [document.get_part_xml(part) for _, part in document.get_headers_footers(uri)]
    return "\n".join(str(document.patch_xml(part)) for part in parts)


def as_text(values: Any) -> Any:
    """Values without anything but clean text: lines and no-break spaces kept, nothing hidden."""
    if isinstance(values, str):
        return displayed(values, NOTES_LIMIT, multiline=True)
    if isinstance(values, Mapping):
        return {str(key): as_text(value) for key, value in values.items()}
    return [as_text(value) for value in values]
