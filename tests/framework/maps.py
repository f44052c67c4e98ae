"""A small TopoJSON, and paths read back: what the tests of maps share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def two_squares() -> dict[str, Any]:
    """Squares of 10° side by side; arc 0 is the border between them, at 10° east."""
    return {
        "type": "Topology",
        "transform": {"scale": [10, 10], "translate": [0, 0]},
        "objects": {
            "countries": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "id": "818", "arcs": [[0, 1]]},
                    {"type": "MultiPolygon", "id": 12, "arcs": [[[2, ~0]]]},
                    {"type": None},
                ],
            }
        },
        "arcs": [
            [[1, 0], [0, 1]],
            [[1, 1], [-1, 0], [0, -1], [1, 0]],
            [[1, 0], [1, 0], [0, 1], [-1, 0]],
        ],
    }


def corners(path: str) -> Iterator[tuple[int, int]]:
    """Yield the points of a path in units."""
    for ring in path.split("z")[:-1]:
        start, _, steps = ring.removeprefix("M").partition("l")
        x, y = map(int, start.split())
        yield x, y
        numbers = list(map(int, steps.split()))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            yield x, y
