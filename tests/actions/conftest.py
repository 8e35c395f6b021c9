from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import new_base
from suivi_tui.store.base import Base


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as opened:
        yield opened
