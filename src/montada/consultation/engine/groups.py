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
    centres = _starts(cells, k, rng)
    moving = np.arange(RESTARTS)
    for _iteration in range(MOST_ITERATIONS):
        moved = _means(cells, _nearest(cells, centres[moving]), centres[moving])
        is_moving = np.abs(moved - centres[moving]).max(axis=(1, 2)) > 1e-9
        centres[moving] = moved
        moving = moving[is_moving]
        if not len(moving):
            break
    labels = _nearest(cells, centres)
    to_own = cells.points - centres[np.arange(RESTARTS)[:, np.newaxis], labels]
    costs = (to_own**2).sum(axis=2) @ cells.weights
    best: IntArray = labels[np.argmin(costs)].astype(np.int64)
    return best


def _starts(cells: Cells, k: int, rng: np.random.Generator) -> FloatArray:
    """Return k-means++ starts, (RESTARTS, k, 2): far ones are drawn more often."""
    centres = np.empty((RESTARTS, k, 2))
    far = np.ones((RESTARTS, len(cells.points)))
    for number in range(k):
        chances = np.cumsum(far * cells.weights, axis=1)
        drawn = rng.random((RESTARTS, 1)) * chances[:, -1:]
        chosen = np.minimum((chances <= drawn).sum(axis=1), len(cells.points) - 1)
        centres[:, number] = cells.points[chosen]
        away = ((cells.points - centres[:, [number]]) ** 2).sum(axis=2)
        far = np.minimum(far, away) if number else away
    return centres


def _nearest(cells: Cells, centres: FloatArray) -> NDArray[np.int8]:
    """Return the nearest of each run's centres, (n_runs, n_cells)."""
    n_runs, k, _axes = centres.shape
    # |c|² - 2 p·c orders centres as |p - c|² does, and is one product of matrices.
    squares = (centres**2).sum(axis=2, keepdims=True)
    terms = np.concatenate([-2 * centres, squares], axis=2).reshape(n_runs * k, 3)
    places = np.vstack([cells.points.T, np.ones(len(cells.points))])
    distances = (terms @ places).reshape(n_runs, k, -1)
    # One centre after the other: numpy's argmin is slow over so short an axis.
    best, labels = distances[:, 0], np.zeros(distances[:, 0].shape, np.int8)
    for number in range(1, k):
        np.copyto(labels, number, where=distances[:, number] < best)
        best = np.minimum(best, distances[:, number])
    return labels


def _means(cells: Cells, labels: NDArray[np.int8], centres: FloatArray) -> FloatArray:
    """Return the mean place of each label, (n_runs, k, 2); the old centre if empty."""
    places = np.column_stack([cells.points, np.ones(len(cells.points))])
    places *= cells.weights[:, np.newaxis]
    numbers = range(centres.shape[1])
    sums = np.stack([(labels == k).astype(np.float64) @ places for k in numbers], 1)
    n = sums[:, :, 2:]
    return np.where(n > 0, sums[:, :, :2] / np.maximum(n, 1), centres)


def silhouettes(cells: Cells, labellings: list[IntArray]) -> list[float]:
    """
    Return the mean silhouette of people under each labelling of their cells.

    People in one cell are taken to stand on one point. A person alone in a group
    scores 0. Costs n_cells².
    """
    squares = (cells.points**2).sum(axis=1)
    products = cells.points @ cells.points.T
    distances = squares[:, np.newaxis] + squares - 2 * products
    distances = np.sqrt(np.maximum(distances, 0, out=distances), out=distances)
    return [_silhouette(cells, distances, labels) for labels in labellings]


def _silhouette(cells: Cells, distances: FloatArray, labels: IntArray) -> float:
    every = np.arange(len(labels))
    weights = np.zeros((len(labels), labels.max() + 1))
    weights[every, labels] = cells.weights
    n = weights.sum(axis=0)
    sums = distances @ weights
    own = sums[every, labels] / np.maximum(n[labels] - 1, 1)
    others = sums / np.maximum(n, 1)
    others[every, labels] = np.inf
    other = others.min(axis=1)
    larger = np.maximum(own, other)
    scores = np.where(larger > 0, (other - own) / np.where(larger > 0, larger, 1), 0)
    scores = np.where(n[labels] > 1, scores, 0)
    return float(scores @ cells.weights / cells.weights.sum())


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
