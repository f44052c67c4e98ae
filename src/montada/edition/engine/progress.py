"""Where a phase stands at a moment: it opens and closes by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

State = Literal["done", "now", "coming"]

_SMALLEST = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Progress:
    """
    Attributes
    ----------
    state : "done", "now" or "coming"
    first_day, last_day : date
        Local days in which the phase is open; the last one is included.
    days : int
        Local midnights until it closes (now) or opens (coming); 0 is today. 0 if done.
    """

    state: State
    first_day: date
    last_day: date
    days: int


def progress(
    opens_at: datetime, closes_at: datetime, moment: datetime, zone: ZoneInfo
) -> Progress:
    """
    Return where the phase from `opens_at` up to, not including, `closes_at` stands.

    Closing at midnight means that the day before was the last one.
    """
    first_day = opens_at.astimezone(zone).date()
    last_day = (closes_at.astimezone(zone) - _SMALLEST).date()
    today = moment.astimezone(zone).date()
    if moment >= closes_at:
        return Progress("done", first_day, last_day, 0)
    if moment >= opens_at:
        return Progress("now", first_day, last_day, (last_day - today).days)
    return Progress("coming", first_day, last_day, (first_day - today).days)
