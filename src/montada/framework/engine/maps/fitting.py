"""Which part of the world a map shows, and how large: fitted to some countries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from montada.framework.engine.maps.clipping import around, unrolled
from montada.framework.engine.maps.projection import equal_earth, stretch_at
from montada.framework.engine.maps.topojson import FloatArray

WIDTH = 2000
"""Units across every map: whole units are finer than the pixels of a wide page."""

LOWEST, HIGHEST = 700, 1200
"""A map is not flatter nor taller than this, in units."""

MARGIN = 24
"""Units left free around what a map is fitted to: room for a dot."""

WORLD_MERIDIAN = 11.0
"""Degrees east in the middle of the world: Bering's strait is then at the edge."""

NORTHERNMOST = 83.7
"""Degrees: Greenland ends there."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """
    A map's middle, its scale, and its corner.

    `meridian` is in degrees, `stretch` as in `stretch_at`, `scale` in units per radius;
    `west` and `north` are the stretched plane's coordinates of unit (0, 0).
    """

    meridian: float
    stretch: float
    scale: float
    west: float
    north: float
    height: int

    def placed(self, points: FloatArray) -> FloatArray:
        """Return units to the right and down of degrees east of the meridian."""
        x, y = _stretched(points, self.stretch).T
        return np.column_stack(
            [(x - self.west) * self.scale, (self.north - y) * self.scale]
        )

    def turned(self, place: tuple[float, float]) -> FloatArray:
        """Return one place as degrees east of the meridian, shape (1, 2)."""
        return np.array([[(place[0] - self.meridian + 180) % 360 - 180, place[1]]])


def world_frame() -> Frame:
    """Return the frame of the whole world, as Equal Earth draws it."""
    edges = [[-180, 0], [180, 0], [0, NORTHERNMOST], [0, -90]]
    return _fitted(np.array(edges, float), WORLD_MERIDIAN, stretch=1.0)


def frame_around(lands: Sequence[FloatArray]) -> Frame:
    """
    Return the frame that holds all of these lines and points of degrees.

    They are turned to the middle and stretched so that their shapes are true there.
    """
    meridian = middle_meridian(lands)
    points = np.concatenate([p for land in lands for p in _around(land, meridian)])
    latitude = (points[:, 1].min() + points[:, 1].max()) / 2
    return _fitted(points, meridian, stretch_at(latitude))


def _fitted(points: FloatArray, meridian: float, stretch: float) -> Frame:
    flat = _stretched(points, stretch)
    low, high = flat.min(axis=0), flat.max(axis=0)
    room = np.array([WIDTH, HIGHEST]) - 2 * MARGIN
    scale = float((room / np.maximum(high - low, 0.02)).min())
    needed = float(high[1] - low[1]) * scale + 2 * MARGIN
    height = round(min(max(needed, LOWEST), HIGHEST))
    middle = (low + high) / 2
    west = float(middle[0]) - WIDTH / 2 / scale
    return Frame(
        meridian, stretch, scale, west, float(middle[1]) + height / 2 / scale, height
    )


def _around(land: FloatArray, meridian: float) -> Iterable[FloatArray]:
    if len(land) > 2:
        return around(land, meridian)
    return [np.column_stack([(land[:, 0] - meridian + 180) % 360 - 180, land[:, 1]])]


def _stretched(points: FloatArray, stretch: float) -> FloatArray:
    return equal_earth(points) * [1 / stretch, stretch]


def middle_meridian(lands: Iterable[FloatArray]) -> float:
    """
    Return the meridian opposite the widest stretch of longitudes without land.

    Fiji lies on both sides of 180°, and so the islands of the Pacific have their middle
    there, where the world's map has its edges. Whole degrees.
    """
    is_taken = np.zeros(360, bool)
    for land in lands:
        east = unrolled(land[:, 0])
        degrees = np.arange(np.floor(east.min()), np.ceil(east.max()) + 1)
        is_taken[degrees.astype(int) % 360] = True
    taken = np.flatnonzero(is_taken)
    gaps = np.diff(np.append(taken, taken[0] + 360))
    widest = int(gaps.argmax())
    if gaps[widest] <= 1:
        return WORLD_MERIDIAN
    opposite = taken[widest] + gaps[widest] / 2 + 180
    return float((opposite + 180) % 360 - 180)


def main_parts(rings: Mapping[str, Sequence[FloatArray]]) -> list[FloatArray]:
    """
    Return each country's rings without the small ones far from its main land.

    A map of Europe need not hold the Azores to be one; of an archipelago all counts.
    """
    kept = []
    for parts in rings.values():
        sizes = [_size(part) for part in parts]
        least = MAIN_SHARE * max(sizes)
        kept += [p for p, size in zip(parts, sizes, strict=True) if size >= least]
    return kept


MAIN_SHARE = 0.05
"""Of the largest part's box: what is smaller does not widen a map."""


def _size(ring: FloatArray) -> float:
    """Return the area of a ring's box, in square degrees at the equator."""
    width, height = np.ptp(unrolled(ring[:, 0])), np.ptp(ring[:, 1])
    return float(width * height * np.cos(np.radians(ring[:, 1].mean())))
