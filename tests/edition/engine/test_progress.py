"""Where a phase stands: done, now or coming, and for how many days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.edition.engine.progress import Progress, progress

FIRST, LAST = map(datetime.fromisoformat, ("2009-01-01", "2040-01-01"))
GENEVA = ZoneInfo("Europe/Zurich")
# 1 February 00:00 to 1 March 00:00 in Geneva: open during the whole of February.
OPENS = datetime(2027, 1, 31, 23, 0, tzinfo=UTC)
CLOSES = datetime(2027, 2, 28, 23, 0, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=GENEVA)


@pytest.mark.parametrize(
    ("moment", "state", "days"),
    [
        ("2027-01-30T12:00", "coming", 2),
        ("2027-01-31T23:59", "coming", 1),
        ("2027-02-01T00:00", "now", 27),
        ("2027-02-27T23:00", "now", 1),
        ("2027-02-28T23:59", "now", 0),
        ("2027-03-01T00:00", "done", 0),
    ],
)
def test_a_phase_opens_and_closes_by_itself(moment: str, state: str, days: int) -> None:
    result = progress(OPENS, CLOSES, at(moment), GENEVA)

    assert (result.state, result.days) == (state, days)


def test_closing_at_midnight_makes_the_day_before_the_last() -> None:
    result = progress(OPENS, CLOSES, at("2027-02-10T12:00"), GENEVA)

    assert result == Progress("now", date(2027, 2, 1), date(2027, 2, 28), 18)


def test_closing_in_the_evening_makes_that_day_the_last() -> None:
    evening = at("2027-02-28T18:00")

    assert progress(OPENS, evening, OPENS, GENEVA).last_day == date(2027, 2, 28)


@given(
    opens_at=st.datetimes(FIRST, LAST, timezones=st.just(UTC)),
    lasts=st.timedeltas(timedelta(minutes=1), timedelta(days=400)),
    wait=st.timedeltas(timedelta(days=-500), timedelta(days=500)),
)
def test_days_are_never_negative_and_states_follow_the_clock(
    opens_at: datetime, lasts: timedelta, wait: timedelta
) -> None:
    closes_at, moment = opens_at + lasts, opens_at + wait

    result = progress(opens_at, closes_at, moment, GENEVA)

    assert result.days >= 0
    assert result.first_day <= result.last_day
    expected = "coming" if moment < opens_at else "now"
    assert result.state == (expected if moment < closes_at else "done")
