"""Whether a promise was kept, said at the end of its line."""

import pytest

from suivi_tui.rules.promises import judged, kept


@pytest.mark.parametrize("text", ["Deux embauches en mai", "", "Une [tenue] de travail"])
def test_what_is_said_is_read_back_and_can_change(text: str) -> None:
    assert kept(text) is None
    for said in (True, False, None):
        assert kept(judged(judged(text, True), said)) is said
    assert judged(judged(text, False), None) == text
