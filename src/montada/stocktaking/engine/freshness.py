"""How old a project's word on itself is: a traffic light that does not need colour."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

Freshness = Literal["fresh", "ageing", "stale", "unknown"]


@dataclass(frozen=True, slots=True)
class FreshnessBounds:
    """The first days from which a word still counts as fresh, and as ageing."""

    fresh_from: date
    ageing_from: date

    def freshness_of(self, current_on: date | None) -> Freshness:
        """Return the light of a project whose word was last good on `current_on`."""
        if current_on is None:
            return "unknown"
        if current_on >= self.fresh_from:
            return "fresh"
        return "ageing" if current_on >= self.ageing_from else "stale"


def freshness_bounds(
    today: date, *, fresh_months: int, ageing_months: int
) -> FreshnessBounds:
    """Return the bounds on `today`; months are those of the calendar."""
    return FreshnessBounds(
        months_before(today, fresh_months), months_before(today, ageing_months)
    )


def months_before(day: date, months: int) -> date:
    """
    Return the same day `months` earlier; the month's last where it is shorter.

    Nothing is older than the first day that the calendar of computers knows.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
