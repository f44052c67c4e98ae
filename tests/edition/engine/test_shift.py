"""Dates move by whole days; clocks keep their hour across summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.edition.engine.shift import (
    keeps_clock,
    shifted_day,
    shifted_moment,
    whole_days,
)

GENEVA = ZoneInfo("Europe/Zurich")
CAIRO = ZoneInfo("Africa/Cairo")

zones = st.sampled_from(
    [GENEVA, CAIRO, *map(ZoneInfo, ("UTC", "America/New_York", "Australia/Lord_Howe"))]
)
FIRST, LAST = map(datetime.fromisoformat, ("2009-01-01", "2040-01-01"))
moments = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
days = st.integers(-2000, 2000)


def wall_clock(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None, fold=0)


def test_a_deadline_at_six_stays_at_six_from_winter_into_summer() -> None:
    # Winter: 18:00 is 17:00 UTC. Summer: 18:00 is 16:00 UTC. Clocks change 2027-03-28.
    winter = datetime(2027, 3, 1, 17, 0, tzinfo=UTC)

    summer = shifted_moment(winter, 31, GENEVA)

    assert summer.astimezone(UTC) == datetime(2027, 4, 1, 16, 0, tzinfo=UTC)
    assert summer.isoformat() == "2027-04-01T18:00:00+02:00"


def test_a_deadline_at_six_stays_at_six_from_summer_into_winter() -> None:
    # Clocks go back on 2027-10-31.
    summer = datetime(2027, 10, 30, 16, 0, tzinfo=UTC)

    assert shifted_moment(summer, 2, GENEVA).isoformat() == "2027-11-01T18:00:00+01:00"


def test_an_hour_that_clocks_jump_over_becomes_the_one_after_it() -> None:
    # 2027-03-28 in Geneva goes from 01:59 to 03:00; 02:30 does not exist.
    before = datetime(2027, 3, 27, 2, 30, tzinfo=GENEVA)

    after = shifted_moment(before, 1, GENEVA)

    assert after.isoformat() == "2027-03-28T03:30:00+02:00"
    assert keeps_clock(before, after) is False


def test_an_hour_that_comes_twice_means_its_first_time() -> None:
    # 2027-10-31 in Geneva has 02:30 twice, first in summer time.
    before = datetime(2027, 10, 30, 2, 30, tzinfo=GENEVA)

    assert shifted_moment(before, 1, GENEVA).isoformat() == "2027-10-31T02:30:00+02:00"


def test_from_2025_to_2027_the_monday_stays_a_monday() -> None:
    n_days = whole_days(date(2025, 7, 7), date(2027, 7, 5))

    assert n_days == 728  # 104 weeks
    assert shifted_day(date(2025, 7, 11), n_days) == date(2027, 7, 9)


def test_a_moment_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        shifted_moment(datetime(2027, 1, 1), 1, GENEVA)  # noqa: DTZ001  it is the case


@given(moment=moments, n=days, zone=zones)
def test_the_local_day_always_moves_by_exactly_that_many_days(
    moment: datetime, n: int, zone: ZoneInfo
) -> None:
    old, new = moment.astimezone(zone), shifted_moment(moment, n, zone)

    # A gap can push 23:30 over midnight; within a day it can only go forward.
    gap = new.replace(tzinfo=None) - (old.replace(tzinfo=None) + timedelta(days=n))
    assert timedelta(0) <= gap <= timedelta(hours=1)
    assert keeps_clock(old, new) is (gap == timedelta(0))


@given(moment=moments, zone=zones)
def test_no_shift_is_the_same_clock(moment: datetime, zone: ZoneInfo) -> None:
    assert wall_clock(shifted_moment(moment, 0, zone)) == wall_clock(
        moment.astimezone(zone)
    )


@given(moment=moments, n=days, zone=zones)
def test_there_and_back_is_the_same_clock(
    moment: datetime, n: int, zone: ZoneInfo
) -> None:
    there = shifted_moment(moment, n, zone)
    back = shifted_moment(there, -n, zone)

    if keeps_clock(moment.astimezone(zone), there):
        assert keeps_clock(moment.astimezone(zone), back)
