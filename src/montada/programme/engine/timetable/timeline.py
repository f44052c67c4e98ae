"""
Time as bits: the forum's open hours in one row of units, a bit each.

A set of units, or of starts, is a whole number with those bits set; Python's numbers
have as many bits as are asked for, so that a week in minutes is one value and a move is
tried with a few additions. Days stand behind one another with a closed unit between
them, except where one ends at midnight and the next begins there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from montada.programme.engine.timetable.problem import NOON, Day, Interval

MINUTE = timedelta(minutes=1)
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Stretch:
    """A day's units: from which minute, how many, and the place of the first bit."""

    minute: int
    n_units: int
    first: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """
    Attributes
    ----------
    unit : minutes of a bit
    origin : midnight of the first day; minutes are counted from there
    days : stretches in the order of days; a day that closes before it opens has none
    open : units in which something may be
    aligned : units at which a session may begin
    """

    unit: int
    origin: datetime
    days: tuple[Stretch, ...]
    open: int
    aligned: int

    @property
    def n_bits(self) -> int:
        last = self.days[-1]
        return last.first + last.n_units

    def minute_of(self, moment: datetime) -> int:
        """Return a moment as minutes from the first midnight."""
        return (moment - self.origin) // MINUTE

    def moment_at(self, bit: int) -> datetime:
        """Return the moment at which a unit begins."""
        day = self.days[self.day_of(bit)]
        return self.origin + (day.minute + (bit - day.first) * self.unit) * MINUTE

    def day_of(self, bit: int) -> int:
        """Return the number of the day in whose stretch a bit lies."""
        return max(n for n, day in enumerate(self.days) if day.first <= bit)

    def days_of_bits(self) -> list[int]:
        """Return the number of the day of each bit; 0 for one between days."""
        days = [0] * self.n_bits
        for number, day in enumerate(self.days):
            days[day.first : day.first + day.n_units] = [number] * day.n_units
        return days

    def bit_of(self, moment: datetime) -> int | None:
        """Return the unit that begins at a moment; None outside of all days."""
        minute = self.minute_of(moment)
        for day in self.days:
            past, rest = divmod(minute - day.minute, self.unit)
            if 0 <= past < day.n_units and rest == 0:
                return day.first + past
        return None

    def day_mask(self, number: int) -> int:
        """Return all units of a day."""
        day = self.days[number]
        return ones(day.n_units) << day.first

    def within(self, intervals: Iterable[Interval]) -> int:
        """Return the units that lie wholly in the union of some intervals."""
        mask = 0
        for start, end in _united(intervals):
            first, last = self.minute_of(start), self.minute_of(end)
            for day in self.days:
                low = -(-max(0, first - day.minute) // self.unit)
                high = min(day.n_units, (last - day.minute) // self.unit)
                mask |= ones(high - low) << (day.first + low)
        return mask

    def touched(self, intervals: Iterable[Interval]) -> int:
        """Return the units that have a moment in common with some intervals."""
        mask = 0
        for start, end in intervals:
            if end <= start:
                continue
            first, last = self.minute_of(start), self.minute_of(end)
            for day in self.days:
                low = max(0, first - day.minute) // self.unit
                high = min(day.n_units, -(-(last - day.minute) // self.unit))
                mask |= ones(high - low) << (day.first + low)
        return mask

    def starts_within(self, intervals: Iterable[Interval], minutes: int) -> int:
        """Return the units at which something so long would lie in one interval."""
        length = minutes * MINUTE
        return self.touched_starts((start, end - length) for start, end in intervals)

    def touched_starts(self, intervals: Iterable[Interval]) -> int:
        """Return the units that begin in some intervals, their last moment too."""
        mask = 0
        for start, end in intervals:
            first, last = self.minute_of(start), self.minute_of(end)
            for day in self.days:
                low = -(-max(0, first - day.minute) // self.unit)
                high = min(day.n_units - 1, (last - day.minute) // self.unit)
                mask |= ones(high + 1 - low) << (day.first + low)
        return mask

    def mornings(self) -> int:
        """Return the units that begin before noon."""
        noons = [
            (start, start + timedelta(hours=NOON))
            for n in range(self.days[-1].minute // DAY_MINUTES + 2)
            for start in [self.origin + timedelta(days=n)]
        ]
        return self.touched_starts((start, end - MINUTE) for start, end in noons)


def ones(n: int) -> int:
    """Return the lowest `n` bits; none for a negative number."""
    return (1 << n) - 1 if n > 0 else 0


def eroded(mask: int, n_units: int) -> int:
    """Return the starts from which `n_units` units of `mask` follow one another."""
    n = 1
    while n * 2 <= n_units and mask:
        mask &= mask >> n
        n *= 2
    return mask & (mask >> (n_units - n)) if n_units > n else mask


def timeline_of(days: Sequence[Day], unit: int, step: int, pad: int) -> Timeline:
    """
    Lay the days out.

    Parameters
    ----------
    days : sorted; opening hours and ends of breaks are multiples of `unit`
    unit : minutes of a bit
    step : minutes between starts, counted from the opening and anew after each break
    pad : closed bits before the first day, so that nothing is shifted below zero
    """
    origin = datetime.combine(days[0].on, datetime.min.time())
    stretches: list[Stretch] = []
    for day in days:
        minute = (day.opens - origin) // MINUTE
        n_units = max(0, (day.closes - day.opens) // MINUTE // unit)
        first = pad
        if stretches:
            last = stretches[-1]
            joins = last.minute + last.n_units * unit == minute
            first = last.first + last.n_units + (0 if joins else 1)
        stretches.append(Stretch(minute, n_units, first))
    bare = Timeline(unit, origin, tuple(stretches), 0, 0)
    every = bare.within((day.opens, day.closes) for day in days)
    open_units = every & ~bare.touched(pause for day in days for pause in day.breaks)
    aligned = sum(_starts_of_day(bare, day, n, step) for n, day in enumerate(days))
    return Timeline(unit, origin, tuple(stretches), open_units, aligned)


def _starts_of_day(timeline: Timeline, day: Day, number: int, step: int) -> int:
    """Return the bits of a day at which a session may begin."""
    stretch = timeline.days[number]
    ends = {
        (end - day.opens) // MINUTE // timeline.unit
        for start, end in day.breaks
        if start < end
    }
    anchors = [0, *sorted(end for end in ends if 0 < end < stretch.n_units)]
    bits = 0
    for anchor, following in zip(anchors, [*anchors[1:], stretch.n_units], strict=True):
        for bit in range(anchor, following, step // timeline.unit):
            bits |= 1 << (stretch.first + bit)
    return bits


def _united(intervals: Iterable[Interval]) -> list[Interval]:
    united: list[Interval] = []
    for start, end in sorted(intervals):
        if end <= start:
            continue
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united
