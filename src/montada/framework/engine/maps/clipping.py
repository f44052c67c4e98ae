"""
Rings cut by straight lines: at the edge of the world, and at the frame of a map.

Source: Sutherland & Hodgman (1974), "Reentrant polygon clipping", Communications of the
ACM 17(1), 32–42. A ring that the line parts into several stays one ring, whose parts
are joined along the line: filled, that is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from montada.framework.engine.maps.topojson import FloatArray

HALF_TURN = 180.0
SOUTH_POLE, NORTH_POLE = -90.0, 90.0


def cut(ring: FloatArray, axis: int, limit: float, keep: int) -> FloatArray:
    """
    Return the part of a ring on one side of a line; shape (0, 2) if there is none.

    Parameters
    ----------
    ring : float array (n, 2)
        Its last point is joined to its first, whether or not they are the same.
    axis : 0 or 1
        The line is `ring[:, axis] == limit`.
    keep : 1 or -1
        Whether greater or smaller coordinates stay.
    """
    distance = keep * (ring[:, axis] - limit)
    if distance.min() >= 0:
        return ring
    if distance.max() <= 0:
        return np.empty((0, 2))
    other, beyond = np.roll(ring, -1, axis=0), np.roll(distance, -1)
    crosses = (distance >= 0) != (beyond >= 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (distance / (distance - beyond))[:, None]
        crossing = ring + share * (other - ring)
    crossing[:, axis] = limit
    both = np.stack([ring, crossing], axis=1).reshape(-1, 2)
    stays = np.stack([distance >= 0, crosses], axis=1).reshape(-1)
    kept: FloatArray = both[stays]
    return kept


def framed(ring: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """Return the part of a ring inside a box given by its two corners."""
    for axis in (0, 1):
        for limit, keep in ((low[axis], 1), (high[axis], -1)):
            if len(ring):
                ring = cut(ring, axis, limit, keep)
    return ring


def around(ring: FloatArray, meridian: float) -> Iterator[FloatArray]:
    """
    Yield a ring in degrees east of a meridian, between -180 and 180.

    A ring that lies across the opposite meridian comes in two parts; one around a pole
    is closed along the pole.
    """
    turned = ring - [meridian, 0]
    turned[:, 0] = unrolled(turned[:, 0])
    if abs(turned[-1, 0] - turned[0, 0]) > HALF_TURN:
        turned = _closed_at_pole(turned)
    west, east = turned[:, 0].min(), turned[:, 0].max()
    if west >= -HALF_TURN and east <= HALF_TURN:
        yield turned
        return
    first = np.floor((west + HALF_TURN) / 360)
    last = np.ceil((east - HALF_TURN) / 360)
    for turns in np.arange(first, last + 1):
        part = turned - [360 * turns, 0]
        for limit, keep in ((-HALF_TURN, 1), (HALF_TURN, -1)):
            part = cut(part, 0, limit, keep) if len(part) else part
        if len(part) > 2:
            yield part


def unrolled(east: FloatArray) -> FloatArray:
    """Return longitudes of a line without the jumps it makes from 180 to -180."""
    if np.ptp(east) <= HALF_TURN:
        return east
    return np.unwrap(east, period=2 * HALF_TURN)


def _closed_at_pole(line: FloatArray) -> FloatArray:
    """Return one turn around a pole as a ring: along the coast, back along the pole."""
    pole = SOUTH_POLE if line[:, 1].mean() < 0 else NORTH_POLE
    if line[-1, 0] < line[0, 0]:
        line = line[::-1]
    turns = np.round(line[:, 0].mean() / 360)
    # Three turns: whole from one edge to the other, wherever the line began.
    coast = np.concatenate([line - [360 * (turns + i), 0] for i in (1, 0, -1)])
    along_pole = [[coast[-1, 0], pole], [coast[0, 0], pole]]
    east = cut(np.concatenate([coast, along_pole]), 0, -HALF_TURN, 1)
    return cut(east, 0, HALF_TURN, -1)
