"""The layouts and names kept for senders: renamed, corrected, forgotten, all in the history."""

from collections.abc import Collection
from dataclasses import replace

from suivi_tui.actions.records import RecordGone
from suivi_tui.exchange.statement_files.layout import Layout, from_json, tokens_of, with_role
from suivi_tui.exchange.statement_files.roles import Role
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Receipt, changed, removed, write
from suivi_tui.store.queries.import_memory import ProfileRow, profiles
from suivi_tui.vocabulary.numbers import NBSP, plural
from suivi_tui.vocabulary.text import clean

ENTITY = "import_profile"
MEMORY = "match_memory"


def rename_profile(base: Base, profile: int, name: str) -> Receipt:
    """Give a profile another name. Raises RecordGone when it was forgotten meanwhile."""
    row = _known(base, profile)
    named = clean(name)
    changes = [changed(ENTITY, profile, "name", named)] if named != row.name else []
    return write(base, changes, label=f"Profil d'import renommé{NBSP}: {named}")


def change_role(base: Base, profile: int, column: int, role: Role) -> Receipt:
    """Give a column of a profile (its place, from 0) another use in the files to come."""
    row = _known(base, profile)
    layout = layout_of(row)
    if not 0 <= column < len(layout.columns):
        raise RecordGone
    old = layout.columns[column]
    columns = list(layout.columns)
    columns[column] = replace(old, role=role)
    new = with_role(replace(layout, columns=tuple(columns)), old, role).as_json()
    changes = [changed(ENTITY, profile, "layout", new)] if new != row.layout else []
    return write(base, changes, label=f"Profil d'import modifié{NBSP}: {row.name}")


def forget_profile(base: Base, profile: int) -> Receipt:
    """Forget a profile: the next file of that layout is asked about again."""
    row = _known(base, profile)
    return write(
        base, [removed(ENTITY, profile)], label=f"Profil d'import oublié{NBSP}: {row.name}"
    )


def forget_memories(base: Base, memories: Collection[int]) -> Receipt:
    """Forget what some texts were said to be: they are asked about again."""
    changes = [removed(MEMORY, row) for row in memories]
    many = plural(len(changes), "nom retenu oublié", "noms retenus oubliés")
    return write(base, changes, label=f"Import{NBSP}: {many}")


def layout_of(row: ProfileRow) -> Layout:
    """The layout of a profile, each column with the name that answers know it by."""
    layout = from_json(row.layout)
    tokens = tokens_of([column.heading for column in layout.columns])
    columns = (
        replace(column, token=token) for column, token in zip(layout.columns, tokens, strict=True)
    )
    return replace(layout, columns=tuple(columns))


def _known(base: Base, profile: int) -> ProfileRow:
    for row in profiles(base.connection):
        if row.id == profile:
            return row
    raise RecordGone
