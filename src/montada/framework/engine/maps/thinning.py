"""
Fewer points: those go whose absence is not seen.

A point is worth the triangle it makes with its two neighbours; the least worthy goes
first. Source: Visvalingam & Whyatt (1993), "Line generalisation by repeated elimination
of points", The Cartographic Journal 30(1), 46–51. Here many go in one round, never two
neighbours, so that whole arrays are worked on; the outcome differs from the original
only where triangles of neighbours are nearly equal.
"""

from __future__ import annotations

import numpy as np

from montada.framework.engine.maps.topojson import BoolArray, FloatArray


def worth_keeping(points: FloatArray, is_end: BoolArray, least: float) -> BoolArray:
    """
    Return which points of lines stay, shape (n,); ends of lines always do.

    Parameters
    ----------
    points : float array (n, 2)
        In a plane of equal areas, line after line.
    least : float
        Area of triangle, in the square of the points' unit, that is seen.
    """
    left = np.arange(len(points))
    while len(left) > 2:
        worth = _triangles(points[left])
        worth[is_end[left]] = np.inf
        before, after = np.roll(worth, 1), np.roll(worth, -1)
        goes = (worth < least) & (worth <= before) & (worth < after)
        if not goes.any():
            break
        left = left[~goes]
    stays = np.zeros(len(points), bool)
    stays[left] = True
    return stays


def _triangles(points: FloatArray) -> FloatArray:
    to_next = np.diff(points, axis=0)
    cross = to_next[:-1, 0] * to_next[1:, 1] - to_next[:-1, 1] * to_next[1:, 0]
    return np.concatenate([[np.inf], np.abs(cross) / 2, [np.inf]])


def on_cylinder(points: FloatArray) -> FloatArray:
    """Return degrees as a plane of equal areas (Lambert 1772), whatever the middle."""
    longitude, latitude = np.radians(points).T
    return np.column_stack([np.unwrap(longitude), np.sin(latitude)])
