"""
Moving a forum's dates by whole days, so that clocks keep showing the same hour.

A deadline at 18:00 in Geneva stays at 18:00 in Geneva, although winter and summer time
lie a different number of hours from UTC. Adding 24 hours n times would not do that.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def whole_days(start: date, end: date) -> int:
    """Return how many days `end` lies after `start`; negative if before."""
    return (end - start).days


def shifted_day(day: date, days: int) -> date:
    """Return the day `days` days later."""
    return day + timedelta(days=days)


def shifted_moment(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """
    Return the same local clock time, `days` days later, in `zone`.

    Where clocks jump over that hour on the new day, the moment is as long after
    midnight as the clock would have shown (02:30 becomes 03:30); where they show it
    twice, the first of the two is meant. Both are told to the person in the preview.

    Raises
    ------
    ValueError
        If `moment` has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    local = moment.astimezone(zone).replace(tzinfo=None, fold=0)
    wanted = (local + timedelta(days=days)).replace(tzinfo=zone)
    # Through UTC and back: an hour that does not exist becomes one that does.
    return wanted.astimezone(UTC).astimezone(zone)


def keeps_clock(old: datetime, new: datetime) -> bool:
    """Return whether both show the same local time, each in the zone it carries."""
    return old.time() == new.time()
