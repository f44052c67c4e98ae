"""
Opinion groups: people who vote alike.

k-means on the two axes of opinion for k = 2 to 5; the k with the best silhouette wins,
as in Polis (Small et al. 2021, doi:10.6035/recerca.5516), with three differences that
make the answer a function of the votes: starts are drawn by k-means++ (Arthur,
Vassilvitskii 2007) with a seed, twenty times, instead of from the last result; no group
may be tiny; and people are gathered into cells before anything is computed, however
they are ordered and whichever way the axes point.

Whether there are groups at all is not decided here: see `evidence`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from montada.consultation.engine.votes import FloatArray, IntArray

FEWEST_GROUPS, MOST_GROUPS = 2, 5
"""Two axes hold no more: of six planted groups they show three (Polis has 2 to 5)."""

SMALLEST_GROUP = 5
"""People: in a smaller group a vote could be read off the group's result."""

SMALLEST_SHARE = 0.02
"""Of the people grouped: what is smaller is a handful of outliers, not a camp."""

RESTARTS = 20
"""Of k-means. With twenty, two seeds agree in all of seventeen real consultations."""

MOST_ITERATIONS = 100
MOST_CELLS = 1_000
"""Up to so many people each is a cell of their own, and nothing is rounded."""

ROWS_AT_ONCE = 64
"""Of the distances between cells: half a megabyte, which stays near the processor."""


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """
    Attributes
    ----------
    groups : int array (n_people,)
        Group of each person, 0 to n - 1, the largest first.
    silhouette : float, -1 to 1
        Mean over people of how much nearer they are to their own group than to the
        next one (Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7).
    """

    groups: IntArray
    silhouette: float


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """
    People gathered where they stand close, in an order that only places decide.

    `points` (n_cells, 2) are mean places, `weights` (n_cells,) numbers of people, `of`
    (n_people,) the cell of each.
    """

    points: FloatArray
    weights: FloatArray
    of: IntArray


def best_grouping(places: FloatArray, rng: np.random.Generator) -> Grouping | None:
    """
    Return the grouping with the best silhouette; None if every one has a tiny group.

    Parameters
    ----------
    places : float array (n_people, 2)

    More than 1,000 people are gathered into at most so many cells of a square grid:
    time and memory do not grow with them. A cell's side is then some seventh of the
    spread of places or less.
    """
    cells = gathered(places)
    smallest = max(SMALLEST_GROUP, SMALLEST_SHARE * len(places))
    labellings = []
    for k in range(FEWEST_GROUPS, min(MOST_GROUPS, len(cells.points)) + 1):
        labels = k_means(cells, k, rng)
        if np.bincount(labels, cells.weights, k).min() >= smallest:
            labellings.append(labels)
    if not labellings:
        return None
    scores = silhouettes(cells, labellings)
    best = int(np.argmax(scores))
    return Grouping(_by_size(labellings[best][cells.of]), scores[best])


def gathered(places: FloatArray) -> Cells:
    """
    Return places as cells.

    Each axis is turned so that its third moment is positive and cells are sorted, so
    that mirrored or reordered places give the same cells.
    """
    moments = (places**3).sum(axis=0)
    turned = np.where(moments < 0, -places, places)
    of = np.arange(len(turned))
    side = np.sqrt((turned**2).sum(axis=1).mean()) / 64 if len(turned) else 0.0
    while of.max(initial=0) >= MOST_CELLS:
        grid = np.rint(turned / side).astype(np.int64)
        _cells, of = np.unique(grid[:, 0] * 2**32 + grid[:, 1], return_inverse=True)
        side *= 2**0.25
    weights = np.bincount(of).astype(np.float64)
    points = np.stack([np.bincount(of, axis) / weights for axis in turned.T], axis=1)
    order = np.lexsort(points.T)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return Cells(points[order], weights[order], place[of])


def k_means(cells: Cells, k: int, rng: np.random.Generator) -> IntArray:
    """
    Return the best of twenty k-means as a label 0 to k - 1 of each cell.

    All twenty run side by side (Lloyd), each until its centres stand still.
    """
    places = np.vstack([cells.points.T, np.ones(len(cells.points))])
    weighed = (places * cells.weights).T
    centres = _starts(cells, k, rng)
    moving = np.arange(RESTARTS)
    for _iteration in range(MOST_ITERATIONS):
        before = centres[moving]
        moved = _means(weighed, _nearest(places, before), before)
        centres[moving] = moved
        moving = moving[(np.abs(moved - before) > 1e-9).any(axis=(1, 2))]
        if not len(moving):
            break
    labels = _nearest(places, centres)
    own = centres[np.arange(RESTARTS)[:, np.newaxis], labels]
    costs = _squares(cells.points - own) @ cells.weights
    best: IntArray = labels[np.argmin(costs)].astype(np.int64)
    return best


def _starts(cells: Cells, k: int, rng: np.random.Generator) -> FloatArray:
    """Return k-means++ starts, (RESTARTS, k, 2): far ones are drawn more often."""
    centres = np.empty((RESTARTS, k, 2))
    far = np.ones((RESTARTS, len(cells.points)))
    for number in range(k):
        chances = np.cumsum(far * cells.weights, axis=1)
        drawn = rng.random((RESTARTS, 1)) * chances[:, -1:]
        chosen = np.count_nonzero(chances <= drawn, axis=1)
        centres[:, number] = cells.points[np.minimum(chosen, len(cells.points) - 1)]
        away = _squares(cells.points - centres[:, [number]])
        far = np.minimum(far, away) if number else away
    return centres


def _squares(ways: FloatArray) -> FloatArray:
    """Return squares of distances; numpy's sum is slow over an axis of two."""
    squares: FloatArray = ways[..., 0] ** 2 + ways[..., 1] ** 2
    return squares


def _nearest(places: FloatArray, centres: FloatArray) -> NDArray[np.int8]:
    """Return the nearest of each run's centres, (n_runs, n_cells), to x, y and 1."""
    n_runs, k, _axes = centres.shape
    # |c|² - 2 p·c orders centres as |p - c|² does, and is one product of matrices.
    squares = (centres**2).sum(axis=2, keepdims=True)
    terms = np.concatenate([-2 * centres, squares], axis=2).swapaxes(0, 1)
    distances = (terms.reshape(k * n_runs, 3) @ places).reshape(k, n_runs, -1)
    # One centre after the other: numpy's argmin is slow over so short an axis. The last
    # that is nearer than all before it has the highest number.
    best, labels = distances[0], np.zeros(distances[0].shape, np.int8)
    for number in range(1, k):
        is_nearer = (distances[number] < best).view(np.int8)
        np.maximum(labels, is_nearer * np.int8(number), out=labels)
        np.minimum(best, distances[number], out=best)
    return labels


def _means(
    weighed: FloatArray, labels: NDArray[np.int8], centres: FloatArray
) -> FloatArray:
    """Return the mean place of each label, (n_runs, k, 2); the old centre if empty."""
    n_runs, k, _axes = centres.shape
    numbers = np.arange(k, dtype=np.int8)[:, np.newaxis]
    is_of = (labels[:, np.newaxis] == numbers).astype(np.float64)
    sums = (is_of.reshape(n_runs * k, -1) @ weighed).reshape(n_runs, k, 3)
    n = sums[:, :, 2:]
    return np.where(n > 0, sums[:, :, :2] / np.maximum(n, 1), centres)


def silhouettes(cells: Cells, labellings: list[IntArray]) -> list[float]:
    """
    Return the mean silhouette of people under each labelling of their cells.

    People in one cell are taken to stand on one point. A person alone in a group
    scores 0. Costs n_cells².
    """
    every = np.arange(len(cells.points))
    people = [np.zeros((len(every), labels.max() + 1)) for labels in labellings]
    for weights, labels in zip(people, labellings, strict=True):
        weights[every, labels] = cells.weights
    sums = _sums_of_distances(cells.points, np.hstack(people))
    ends = np.cumsum([weights.shape[1] for weights in people])[:-1]
    sums_of = np.split(sums, ends, axis=1)
    return [
        _silhouette(cells.weights, *one)
        for one in zip(sums_of, labellings, strict=True)
    ]


def _sums_of_distances(points: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the weighted distances from each point to all, (n_points, n_weights)."""
    squares = (points**2).sum(axis=1, keepdims=True)
    ones = np.ones_like(squares)
    # |p - q|² = |p|² + |q|² - 2 p·q as one product, of as many points as a cache holds.
    ours = np.hstack([-2 * points, squares, ones])
    theirs = np.hstack([points, ones, squares]).T
    sums = np.empty_like(weights)
    for first in range(0, len(points), ROWS_AT_ONCE):
        rows = slice(first, first + ROWS_AT_ONCE)
        distances = ours[rows] @ theirs
        np.sqrt(np.maximum(distances, 0, out=distances), out=distances)
        sums[rows] = distances @ weights
    return sums


def _silhouette(weights: FloatArray, sums: FloatArray, labels: IntArray) -> float:
    every = np.arange(len(labels))
    n = np.bincount(labels, weights)
    own = sums[every, labels] / np.maximum(n[labels] - 1, 1)
    others = sums / np.maximum(n, 1)
    others[every, labels] = np.inf
    other = others.min(axis=1)
    larger = np.maximum(own, other)
    scores = np.where(larger > 0, (other - own) / np.where(larger > 0, larger, 1), 0)
    scores = np.where(n[labels] > 1, scores, 0)
    return float(scores @ weights / weights.sum())


def _by_size(labels: IntArray) -> IntArray:
    """Return labels renamed so that 0 is the largest group."""
    order = np.argsort(-np.bincount(labels), kind="stable")
    renamed = np.empty_like(order)
    renamed[order] = np.arange(len(order))
    return renamed[labels]


def rand_index(one: IntArray, other: IntArray) -> float:
    """
    Return how far two groupings of the same people agree: 1 the same, 0 as by chance.

    The adjusted Rand index (Hubert, Arabie 1985, doi:10.1007/BF01908075); names of
    groups do not matter. 1 where both put all people together.
    """
    table = np.zeros((one.max(initial=0) + 1, other.max(initial=0) + 1))
    np.add.at(table, (one, other), 1)

    def pairs(n: FloatArray) -> float:
        return float((n * (n - 1) / 2).sum())

    both = pairs(table)
    first, second = pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    expected = first * second / max(len(one) * (len(one) - 1) / 2, 1)
    most = (first + second) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)
