"""What people said of programmes of purchases: asked once, kept in one profile, asked no more."""

import json
import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Final, NamedTuple

from suivi_tui.exchange.programme_files import OBJECT_COLUMN, ProgrammeFile
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, changed, created
from suivi_tui.store.queries.import_memory import ProfileRow, profiles
from suivi_tui.vocabulary.choices import Category, options
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean, fold

_SHAPE: Final = "programme"
_NAME: Final = "Programmes d'achats"
_NOT_LETTER: Final = re.compile(r"[^a-z]+")
NEW_BUYER: Final = "nouveau"
LEFT_EMPTY: Final = "vide"


class ProgrammeQuestion(NamedTuple):
    """What a person must say of a programme: ``options`` are (code, French label)."""

    key: str
    sentence: str
    options: tuple[tuple[str, str], ...]


def category_key(text: str) -> str:
    """The key of the question about a category that nobody knows by that name."""
    return f"categorie/{fold(text)}"


def buyer_key(file: ProgrammeFile, name: str) -> str:
    """The key of the question about a buyer; without a name, that of files called so, of these
    headings: several buyers may fill the same model."""
    if name:
        return f"acheteur/{fold(name)}"
    called = _NOT_LETTER.sub(" ", fold(PurePath(file.name).stem)).strip()
    return f"acheteur/{called}/{file.shape}"


def column_question(file: ProgrammeFile) -> ProgrammeQuestion:
    """Which column says what is bought."""
    listed = tuple((heading, heading) for heading in file.headings)
    return ProgrammeQuestion(OBJECT_COLUMN, f"Quelle colonne dit ce qui est acheté{NBSP}?", listed)


def buyer_question(
    file: ProgrammeFile, name: str, buyers: list[tuple[int, str]]
) -> ProgrammeQuestion:
    """Which buyer a programme, or a name in it, is that of."""
    listed = tuple((str(row), known) for row, known in buyers)
    if not name:
        sentence = f"De quel acheteur est le programme «{NBSP}{clean(file.name, 60)}{NBSP}»{NBSP}?"
        return ProgrammeQuestion(buyer_key(file, ""), sentence, listed)
    sentence = f"Quel acheteur est «{NBSP}{clean(name, 60)}{NBSP}»{NBSP}?"
    new = ((NEW_BUYER, f"Un nouvel acheteur{NBSP}: {clean(name, 60)}"),)
    return ProgrammeQuestion(buyer_key(file, name), sentence, new + listed)


def category_question(text: str) -> ProgrammeQuestion:
    """What kind of purchase a text of the file means."""
    sentence = f"Que veut dire la catégorie «{NBSP}{clean(text, 60)}{NBSP}»{NBSP}?"
    listed = (*options(Category), (LEFT_EMPTY, "Aucune, à laisser vide"))
    return ProgrammeQuestion(category_key(text), sentence, listed)


def kept_answers(base: Base) -> dict[str, str]:
    """What was said for the programmes read before."""
    profile = _profile(base)
    return _answers(profile.layout) if profile is not None else {}


def keep(base: Base, answers: Mapping[str, str]) -> list[Change]:
    """The changes that keep new answers; none when they are known already."""
    profile = _profile(base)
    known = _answers(profile.layout) if profile is not None else {}
    text = json.dumps(
        {"version": 1, "answers": {**known, **answers}, "columns": []},
        ensure_ascii=False,
        sort_keys=True,
    )
    if not answers or known == {**known, **answers}:
        return []
    if profile is not None:
        return [changed("import_profile", profile.id, "layout", text)]
    values = {"sender": None, "name": _NAME, "shape": _SHAPE, "layout": text}
    return [created("import_profile", base.new_id(), values)]


def _profile(base: Base) -> ProfileRow | None:
    return next((row for row in profiles(base.connection) if row.shape == _SHAPE), None)


def _answers(layout: str) -> dict[str, str]:
    try:
        said: Any = json.loads(layout)["answers"]
    except (ValueError, KeyError, TypeError):
        return {}
    if not isinstance(said, dict):
        return {}
    return {str(key): text for key, text in said.items() if isinstance(text, str)}
