"""What hides an alert, on which days, and what brings it back."""

from datetime import date, timedelta

import pytest

from suivi_tui.rules.alert_kinds import Alert
from suivi_tui.rules.alert_marks import Mark, hides
from suivi_tui.vocabulary.choices import Gravity

MADE = date(2028, 2, 28)
ONE_DAY = timedelta(days=1)


def alert(gravity: Gravity = Gravity.ALERT, measure: int = 3) -> Alert:
    return Alert("retard", gravity, 1, 2, 3, 4, None, None, "", "", measure=measure)


@pytest.mark.parametrize(
    ("today", "hidden"),
    [
        (MADE - ONE_DAY, False),  # asked for a day before it was said
        (MADE, True),
        (date(2028, 2, 29), True),
        (date(2028, 3, 1), False),  # its day
        (date(2028, 3, 2), False),
    ],
)
def test_an_alert_put_off_is_back_on_its_day(today: date, hidden: bool) -> None:
    mark = Mark("reportee", MADE, date(2028, 3, 1), alert().severity)
    assert hides(mark, alert(), today) is hidden
    assert hides(mark, alert(Gravity.CRITICAL, 9), today) is hidden
    assert hides(mark._replace(until=None), alert(), today) is False


@pytest.mark.parametrize(
    ("now", "hidden"),
    [
        (alert(measure=2), True),
        (alert(measure=3), True),
        (alert(measure=4), False),
        (alert(Gravity.CRITICAL, 0), False),  # graver, whatever it measures
        (alert(Gravity.INFO, 99), True),
        (alert(measure=-5), True),
    ],
)
def test_an_acknowledged_alert_is_back_when_it_is_worse(now: Alert, hidden: bool) -> None:
    mark = Mark("acquittee", MADE, severity=alert().severity)
    assert hides(mark, now, MADE + timedelta(days=500)) is hidden
    assert hides(mark, now, MADE - ONE_DAY) is False


def test_a_state_of_another_release_hides_nothing() -> None:
    assert hides(Mark("deleguee", MADE, severity=10**18), alert(), MADE) is False
