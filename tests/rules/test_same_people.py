"""When two sheets are those of one person."""

from datetime import date

import pytest

from suivi_tui.rules.same_people import PersonSheet, alike, close_births

ONE = PersonSheet(1, "Lefèvre", "Anne-Marie", date(1990, 5, 12))


@pytest.mark.parametrize(
    ("last", "first", "birth", "answer"),
    [
        ("LEFEVRE", "anne marie", date(1990, 5, 12), True),
        ("Lefèvre", "Anne-Marie", date(1991, 5, 12), False),  # one mistyped part
        ("Lefèvre", "Anne-Marie", date(1990, 12, 5), False),  # the wrong way round
        ("Lefèvre", "Anne-Marie", None, False),
        ("Lefèvre", "Anne-Marie", date(1984, 9, 2), None),  # a homonym
        ("Lefèvre", "Anne", date(1990, 5, 12), False),
        ("Lefèvre", "Anne", date(1990, 5, 13), None),
        ("Lefèvre", "Paul", date(1990, 5, 12), None),
        ("Lefebvre", "Anne-Marie", date(1990, 5, 12), None),
    ],
)
def test_two_sheets(last: str, first: str, birth: date | None, answer: bool | None) -> None:
    other = PersonSheet(2, last, first, birth)
    assert alike(ONE, other) is answer
    assert alike(other, ONE) is answer


def test_a_first_name_of_two_letters_is_no_beginning() -> None:
    assert alike(ONE, ONE._replace(first="An")) is None


def test_close_births() -> None:
    leap = date(2000, 2, 29)
    assert close_births(leap, date(2004, 2, 29))
    assert not close_births(leap, date(2001, 2, 28))
    assert not close_births(date(2000, 1, 2), date(2000, 3, 4))
