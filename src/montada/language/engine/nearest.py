"""
Which of many vectors are nearest to one: all of them compared, in memory.

Up to `MOST_WHOLE` vectors are kept whole and every cosine is exact. Above that only
the signs of their numbers are kept, one bit for each: vectors that disagree in h
of d signs stand at an angle of about πh/d (Charikar 2002, "Similarity estimation
techniques from rounding algorithms", STOC). The nearest `RERANKED` by sign are then
compared exactly. On 8,013 passages that finds 99.5 % of the true ten nearest, if the
vectors are centred; if not, two thirds.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from montada.language.engine.vectors import Vector, Vectors

Places = NDArray[np.int64]
Mask = NDArray[np.bool_]
Signs = NDArray[np.uint64]
"""Shape (n, dimensions / 64)."""

MOST_WHOLE = 50_000
RERANKED = 200


def signs_of(vectors: Vectors) -> Signs:
    """Return one bit a number, set where it is positive; dimensions are whole 64s."""
    bits: Signs = np.packbits(vectors > 0, axis=-1).view(np.uint64)
    return bits


def differing(query: Vector, signs: Signs) -> NDArray[np.int64]:
    """Return in how many signs each vector differs from the query."""
    own = signs_of(query)
    found = np.zeros(len(signs), np.uint16)
    # Column by column: numpy adds long columns many times faster than short rows.
    for column in range(signs.shape[1]):
        found += np.bitwise_count(signs[:, column] ^ own[column])
    return found.astype(np.int64)


def cosine_of(n_differing: NDArray[np.int64], n_bits: int) -> Vector:
    """Return cosines as the signs tell them, off by some .08 with 384 numbers."""
    table = np.cos(np.pi * np.arange(n_bits + 1) / n_bits).astype(np.float32)
    estimated: Vector = table[n_differing]
    return estimated


def nearest_cosines(
    query: Vector,
    signs: Signs,
    allowed: Mask,
    vectors_at: Callable[[Places], Vectors],
) -> Vector:
    """
    Return estimated cosines, the highest `RERANKED` of those allowed made exact.

    The others are held below the lowest exact one, so that no estimate overtakes.
    """
    n_bits = signs.shape[1] * 64
    distances = differing(query, signs)
    cosines = cosine_of(distances, n_bits)
    places = _smallest(distances, np.flatnonzero(allowed), RERANKED)
    if len(places):
        exact = vectors_at(places) @ query
        np.minimum(cosines, exact.min(), out=cosines)
        cosines[places] = exact
    return cosines


def _smallest(distances: NDArray[np.int64], places: Places, n: int) -> Places:
    """Return `n` of the places, with the smallest distances; whole numbers, counted."""
    among = distances[places]
    n_within = np.cumsum(np.bincount(among))
    edge = int(np.searchsorted(n_within, n))
    nearer, at_edge = places[among < edge], places[among == edge]
    found: Places = np.concatenate([nearer, at_edge[: n - len(nearer)]])
    return found


def best_places(scores: NDArray[np.floating], n: int) -> Places:
    """Return where the `n` highest scores stand, of equals the earlier first."""
    if n < len(scores):
        edge = np.partition(scores, -n)[-n]
        candidates = np.flatnonzero(scores >= edge)
    else:
        candidates = np.arange(len(scores))
    in_order = candidates[np.argsort(-scores[candidates], kind="stable")]
    best: Places = in_order[:n]
    return best
