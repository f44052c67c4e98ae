"""
What reviewers' points say of a proposal: the mean of their marks, and how sure it is.

A reviewer's mark is the weighted mean of the points by criterion, each as a part of the
most that the criterion gives, from 0 to 100. Marks are taken as they were given: where
few reviewers mark each proposal, correcting a strict one does more harm than good when
reviewers are fair. So the interval stands beside the mean, and how many gave a mark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType

Z_95 = 1.96
T_95: Mapping[int, float] = MappingProxyType(
    {
        **{1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365},
        **{8: 2.306, 9: 2.262, 10: 2.228, 15: 2.131, 20: 2.086, 30: 2.042},
    }
)
"""Student's t at 97.5 %, by degrees of freedom; between two, that of the fewer."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A criterion's weight, above 0, and the most points that it gives, above 0."""

    weight: float
    most: float


@dataclass(frozen=True, slots=True)
class Scored:
    """
    The marks of one proposal, from 0 to 100.

    `low` and `high` are where the mean of many such reviewers lies with 95 %; None for
    one reviewer, of whom nobody knows. `n_partial` left some criteria out.
    """

    mean: float
    low: float | None
    high: float | None
    n_reviewers: int
    n_partial: int


def mark_of(points: Mapping[str, float], measures: Mapping[str, Measure]) -> float:
    """
    Return a reviewer's mark, 0 to 100, over the criteria that they gave points by.

    Raises
    ------
    ValueError
        If there are none.
    """
    weights = sum(measures[key].weight for key in points)
    if not weights > 0:
        raise ValueError("a mark is made of points by at least one criterion")
    parts = (
        measures[key].weight * given / measures[key].most
        for key, given in points.items()
    )
    return 100 * sum(parts) / weights


def scored(
    by_reviewer: Sequence[Mapping[str, float]], measures: Mapping[str, Measure]
) -> Scored:
    """
    Return what all reviewers of a proposal say together; at least one gave points.

    The interval is Student's, cut at 0 and 100.
    """
    marks = [mark_of(points, measures) for points in by_reviewer]
    n = len(marks)
    mean = sum(marks) / n
    n_partial = sum(len(points) < len(measures) for points in by_reviewer)
    if n == 1:
        return Scored(mean, None, None, 1, n_partial)
    variance = sum((mark - mean) ** 2 for mark in marks) / (n - 1)
    reach = _t(n - 1) * sqrt(variance / n)
    return Scored(mean, max(0.0, mean - reach), min(100.0, mean + reach), n, n_partial)


def _t(freedom: int) -> float:
    if freedom > max(T_95):
        return Z_95
    return T_95[max(known for known in T_95 if known <= freedom)]
