"""The scope of an evaluation, kept with a synthesis and read back."""

from hypothesis import given
from hypothesis import strategies as st

from suivi_tui.readings.filters import Filters, filters_of, filters_text
from suivi_tui.vocabulary.months import Month

IDS = st.integers(min_value=1, max_value=2**62)
MONTHS = st.builds(
    lambda year, month: Month(year * 100 + month), st.integers(2000, 2099), st.integers(1, 12)
)
FILTERS = st.builds(
    Filters,
    st.none() | MONTHS,
    st.none() | MONTHS,
    st.lists(IDS, max_size=3).map(tuple),
    st.text(max_size=20),
    st.sampled_from(["", "npnru", "fse"]),
    st.none() | IDS,
    st.none() | IDS,
    st.none() | IDS,
    st.none() | IDS,
    st.text(max_size=20),
)


@given(FILTERS)
def test_filters_kept_are_the_filters_read_back(filters: Filters) -> None:
    assert filters_of(filters_text(filters)) == filters


def test_no_filters_are_kept_as_nothing() -> None:
    assert filters_text(Filters()) == "{}"
    assert filters_of("") == Filters()
    assert not Filters(first=Month(202601)).narrowed
    assert Filters(territory="Valmont").narrowed
