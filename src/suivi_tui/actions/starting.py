"""The very first start: a base, and who writes in it."""

from pathlib import Path

from suivi_tui import paths
from suivi_tui.store.base import DEFAULT_AUTHOR, Base, create_base
from suivi_tui.store.journal import changed, write
from suivi_tui.store.queries.entry import record
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean


def start_base(path: Path, author: str, structure: str) -> Base:
    """Make a base for ``author`` and remember who they are for the next one.

    Raises BaseRefused; a file that exists is never overwritten.
    """
    author, structure = clean(author), clean(structure)
    base = create_base(path, author=author or DEFAULT_AUTHOR, structure=structure)
    paths.save_settings(paths.load_settings()._replace(author=author, structure=structure))
    return base


def author_of(base: Base) -> tuple[str, str]:
    """Name and structure of who writes in this base on this computer."""
    row = record(base.connection, "author", int(base.setting("author") or 0)) or {}
    return str(row.get("name") or ""), str(row.get("structure") or "")


def change_author(base: Base, name: str, structure: str) -> None:
    """Change how the person who writes here is called; what they wrote stays theirs."""
    number = int(base.setting("author") or 0)
    wanted = {"name": clean(name), "structure": clean(structure)}
    known = dict(zip(("name", "structure"), author_of(base), strict=True))
    changes = [
        changed("author", number, field, value)
        for field, value in wanted.items()
        if value != known[field]
    ]
    write(base, changes, label=f"Réglages{NBSP}: {wanted['name']}")
    paths.save_settings(
        paths.load_settings()._replace(author=wanted["name"], structure=wanted["structure"])
    )
