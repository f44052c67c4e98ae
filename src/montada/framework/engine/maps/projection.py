"""
Equal Earth: the sphere in the plane, every country as large as it is.

Source: Šavrič, Patterson & Jenny (2018), "The Equal Earth map projection",
International Journal of Geographical Information Science 33(3), 454–465,
doi:10.1080/13658816.2018.1504949, equations (7)–(10).
"""

from __future__ import annotations

import math

import numpy as np

from montada.framework.engine.maps.topojson import FloatArray

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
"""Of the polynomial; the source's table 2."""

M = math.sqrt(3) / 2


def equal_earth(points: FloatArray) -> FloatArray:
    """
    Return x (east) and y (north) of degrees, shape (n, 2), on a sphere of radius 1.

    x grows evenly with the longitude, also beyond 180°, so a ring that was unrolled
    across the edge of the map stays whole.
    """
    longitude, latitude = np.radians(points).T
    theta = np.arcsin(M * np.sin(latitude))
    x = longitude * np.cos(theta) / (M * _slope(theta))
    y = theta * (A1 + A2 * theta**2 + theta**6 * (A3 + A4 * theta**2))
    return np.column_stack([x, y])


def stretch_at(latitude: float) -> float:
    """
    Return by what to divide x, and multiply y, so that shapes at a latitude are true.

    Equal Earth flattens what lies far from the equator. Drawn larger by a factor one
    way and smaller by it the other way, areas stay equal.
    """
    theta = np.arcsin(M * np.sin(np.radians(np.array([latitude]))))
    along = np.cos(theta) / (M * _slope(theta))
    return float(along[0] / max(math.cos(math.radians(latitude)), 0.2))


def _slope(theta: FloatArray) -> FloatArray:
    """Return dy/dθ."""
    slope: FloatArray = A1 + 3 * A2 * theta**2 + theta**6 * (7 * A3 + 9 * A4 * theta**2)
    return slope
