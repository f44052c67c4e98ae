"""Rings written as the `d` of an SVG path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from montada.framework.engine.maps.topojson import FloatArray


def path_of(rings: Sequence[FloatArray]) -> str:
    """
    Return the `d` of an SVG path, in whole units; "" where nothing is left of it.

    Relative and without letters between points, which takes a third of the room.
    """
    return "".join(_written(rings))


def _written(rings: Sequence[FloatArray]) -> Iterator[str]:
    for ring in rings:
        whole = np.round(ring).astype(int)
        steps = np.diff(whole, axis=0)
        steps = steps[steps.any(axis=1)]
        if len(steps) > 1:
            x, y = whole[0].tolist()
            moves = " ".join(map(str, steps.ravel().tolist()))
            yield f"M{x} {y}l{moves}z"
