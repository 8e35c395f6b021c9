"""Finding the tag at fault in a template, so that a refusal names it."""

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jinja2 import Environment

FILTERS: Final = (
    "upper", "lower", "capitalize", "title", "trim", "default", "join", "length", "first", "last",
)  # fmt: skip
_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_OPEN: Final = re.compile(r"\{[{%](?:(?!\}\}|%\}).){0,60}", re.DOTALL)
_XML: Final = re.compile(r"<[^>]*>")
_QUOTED: Final = re.compile(r"'([^']*)'")
_PAIRED: Final = ("for", "if")
_STATEMENTS: Final = ("", "for", "endfor", "if", "elif", "else", "endif")
_SHOWN: Final = 80


def tags_of(source: str) -> list[str]:
    """The tags of a template, in order."""
    return [match.group() for match in _TAG.finditer(source)]


def shown(tag: str) -> str:
    """A tag as a sentence quotes it."""
    text = " ".join(_XML.sub("", tag).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def naming(source: str, name: str) -> str:
    """The first tag in which a name stands, else the name alone."""
    word = re.compile(rf"(?<![\w]){re.escape(name)}(?![\w])")
    return shown(next((tag for tag in tags_of(source) if word.search(tag)), name))


def quoted(message: str) -> list[str]:
    """What an error of jinja quotes, in order."""
    return [str(text) for text in _QUOTED.findall(message)]


def holding(source: str, text: str) -> str:
    """The first tag that holds a text, '' when none does."""
    return shown(next((tag for tag in tags_of(source) if text and text in tag[2:-2]), ""))


def forbidden_statement(source: str) -> str:
    """The first statement that is neither a loop nor a condition, '' when there is none."""
    return shown(next((tag for tag in tags_of(source) if _word(tag) not in _STATEMENTS), ""))


def faulty_tag(source: str, environment: "Environment") -> str:
    """The first tag that cannot be read, or that nothing closes; '' when none is found."""
    from jinja2 import TemplateError

    opened: list[str] = []
    for tag in tags_of(source):
        word = _word(tag)
        if word in ("endfor", "endif"):
            if not opened or _word(opened.pop()) != word.removeprefix("end"):
                return shown(tag)
            continue
        if word in ("else", "elif") and not opened:
            return shown(tag)
        try:
            environment.compile(_alone(tag, word))
        except TemplateError:
            return shown(tag)
        if word in _PAIRED:
            opened.append(tag)
    if opened:
        return shown(opened[-1])
    rest = _OPEN.search(_TAG.sub("", source))
    return shown(rest.group()) if rest else ""


def _word(tag: str) -> str:
    """``for``, ``if``, ``endif``…; '' for a variable."""
    return (tag[2:-2].strip(" -+").split() or [""])[0] if tag.startswith("{%") else ""


def _alone(tag: str, word: str) -> str:
    """A tag as it can be read without the others."""
    if word in _PAIRED:
        return f"{tag}{{% end{word} %}}"
    if word in ("else", "elif"):
        return f"{{% if 1 %}}{tag}{{% endif %}}"
    return tag
