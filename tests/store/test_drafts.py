from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from builders import new_base
from suivi_tui.store.base import Base, open_base
from suivi_tui.store.drafts import (
    KEPT_DAYS,
    drafts_of,
    drop_draft,
    keep_draft,
    purge_drafts,
    read_draft,
)

NOW = datetime(2026, 3, 31, 10, 0, tzinfo=UTC)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as made:
        yield made


def test_the_latest_text_is_kept(base: Base) -> None:
    keep_draft(base, "saisie", "12", "12,", NOW)
    keep_draft(base, "saisie", "12", "12,5", NOW + timedelta(seconds=1))
    keep_draft(base, "saisie", "13", "7", NOW)
    draft = read_draft(base, "saisie", "12")
    assert draft is not None
    assert (draft.content, draft.saved_at) == ("12,5", "2026-03-31T10:00:01+00:00")
    assert [item.row for item in drafts_of(base, "saisie")] == ["12", "13"]
    assert read_draft(base, "marches", "12") is None


def test_a_draft_survives_closing(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        keep_draft(base, "marches", "", '{"objet":"Écol"}', NOW)
        path = base.path
    with open_base(path) as base:
        assert read_draft(base, "marches", "").content == '{"objet":"Écol"}'


def test_a_saved_text_is_forgotten(base: Base) -> None:
    keep_draft(base, "saisie", "12", "12,5", NOW)
    drop_draft(base, "saisie", "12")
    assert read_draft(base, "saisie", "12") is None


def test_old_drafts_are_purged(base: Base) -> None:
    keep_draft(base, "saisie", "old", "1", NOW - timedelta(days=KEPT_DAYS, seconds=1))
    keep_draft(base, "saisie", "new", "2", NOW - timedelta(days=KEPT_DAYS))
    purge_drafts(base, NOW)
    assert [item.row for item in drafts_of(base, "saisie")] == ["new"]


def test_a_draft_is_never_journalled(base: Base) -> None:
    lines = base.connection.execute("SELECT count(*) FROM journal").fetchone()
    keep_draft(base, "saisie", "12", "12,5", NOW)
    assert base.connection.execute("SELECT count(*) FROM journal").fetchone() == lines


def test_a_read_only_base_keeps_nothing(tmp_path: Path) -> None:
    new_base(tmp_path).close()
    with open_base(tmp_path / "suivi.db", read_only=True) as base:
        keep_draft(base, "saisie", "12", "12,5", NOW)
        assert read_draft(base, "saisie", "12") is None
        purge_drafts(base, NOW)
