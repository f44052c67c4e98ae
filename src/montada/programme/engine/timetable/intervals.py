"""Plain intervals of local moments, ends excluded; one that ends early is nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TypeVar

from montada.programme.engine.timetable.problem import Interval, Placement, Session

V = TypeVar("V")


def meets(one: Interval, other: Interval) -> bool:
    """Whether two intervals have a moment in common."""
    return max(one[0], other[0]) < min(one[1], other[1])


def covered(one: Interval, others: Iterable[Interval]) -> bool:
    """Whether every moment of `one` lies in some of the others."""
    reached = one[0]
    for start, end in sorted(others):
        if start <= reached < end:
            reached = end
    return reached >= one[1]


def lasting(placement: Placement, session: Session) -> Interval:
    """Return when a placed session is."""
    return placement.start, placement.start + session.length


def meeting_pairs(
    items: Iterable[tuple[str, Interval, V]],
) -> Iterator[tuple[str, V, V]]:
    """Yield, under each key, every pair of items that meet, the earlier first."""
    by_key = sorted(items, key=lambda item: (item[0], item[1]))
    for key, group in groupby(by_key, key=lambda item: item[0]):
        open_items: list[tuple[Interval, V]] = []
        for _key, interval, value in group:
            open_items = [item for item in open_items if item[0][1] > interval[0]]
            yield from ((key, earlier, value) for _interval, earlier in open_items)
            open_items.append((interval, value))
