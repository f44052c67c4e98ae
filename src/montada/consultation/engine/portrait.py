"""
A map of opinion on which nobody is to be found: points of several people, outlines.

People of one group who stand close are gathered, five or more to a point, and only the
points are shown (microaggregation: Domingo-Ferrer, Mateo-Sanz 2002,
doi:10.1109/69.979982). They are cut apart like a k-d tree: at the median of the wider
axis, as long as both halves have enough people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from montada.consultation.engine.groups import SMALLEST_GROUP
from montada.consultation.engine.votes import FloatArray, IntArray

MOST_POINTS = 200
"""About: with more people, more of them share a point."""


@dataclass(frozen=True, slots=True)
class Point:
    """Several people of one group (-1 for none): their mean place, and how many."""

    x: float
    y: float
    n_people: int
    group: int


def points_of(places: FloatArray, groups: IntArray) -> tuple[Point, ...]:
    """
    Return people as points of at least five; who is left with fewer is not shown.

    Parameters
    ----------
    places : float array (n_people, 2)
    groups : int array (n_people,)
        -1 for people in no group.
    """
    share = max(SMALLEST_GROUP, -(-len(places) // MOST_POINTS))
    points = []
    for group in np.unique(groups):
        rows = np.flatnonzero(groups == group)
        if len(rows) < SMALLEST_GROUP:
            continue
        for part in _cut(places, rows, share):
            x, y = places[part].mean(axis=0)
            points.append(Point(float(x), float(y), len(part), int(group)))
    return tuple(points)


def _cut(places: FloatArray, rows: IntArray, share: int) -> Iterator[IntArray]:
    if len(rows) < 2 * share:
        yield rows
        return
    spans = np.ptp(places[rows], axis=0)
    axis = int(spans[1] > spans[0])
    order = np.lexsort((rows, places[rows, 1 - axis], places[rows, axis]))
    half = len(rows) // 2
    yield from _cut(places, rows[order[:half]], share)
    yield from _cut(places, rows[order[half:]], share)


def outline(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """
    Return the corners of the smallest convex shape around points, counter-clockwise.

    Andrew's monotone chain (1979). Fewer than three points, or points on one line, give
    the ends of the line.
    """
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return tuple(ordered)
    lower, upper = _half(ordered), _half(ordered[::-1])
    return tuple(lower[:-1] + upper[:-1])


def _half(ordered: list[tuple[float, float]]) -> list[tuple[float, float]]:
    kept: list[tuple[float, float]] = []
    for point in ordered:
        while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
            kept.pop()
        kept.append(point)
    return kept


def _turn(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]
) -> float:
    """Return above 0 where a, b, c turn left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
