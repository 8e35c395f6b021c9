"""The shades of hours by structure and month: more hours never look like fewer."""

from hypothesis import given
from hypothesis import strategies as st

from suivi_tui.readings.evaluation_months import Heat
from suivi_tui.tui.screens.evaluation.heat import SHADES, heat_header, heat_line, shade
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

HOURS = st.integers(0, 10**7).map(Hours)


@given(HOURS, HOURS, HOURS)
def test_more_hours_never_look_like_fewer(first: Hours, second: Hours, most: Hours) -> None:
    low, high = sorted((first, second))
    top = max(most, high)
    assert SHADES.index(shade(low, top)) <= SHADES.index(shade(high, top))
    assert (shade(low, top) == "·") == (low == 0)
    if high:
        assert shade(high, high) == "█"


def test_a_structure_has_a_sign_a_month_and_its_total() -> None:
    months = tuple(Month(202600 + number) for number in (1, 2, 3))
    heat = Heat((1,), ("Orme Intérim",), months, ((Hours(0), Hours(5_000), Hours(10_000)),))
    line = "".join(text for text, _ in heat_line(heat, 0, 60))
    assert line.split()[:2] == ["Orme", "Intérim"]
    assert [sign for sign in line if sign in SHADES] == ["·", "▒", "█"]
    assert line.rstrip().endswith("150,00\u00a0h")
    header = "".join(text for text, _ in heat_header(heat, 61))
    assert "janv. 26-mars 26" in header
    assert header.split()[-4:] == ["J", "F", "M", "total"]
