"""
The map of the world that is carried along, made from npm's world-atlas 2.0.2.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m tools.world package     # writes src/montada/framework/data/world.json

Natural Earth draws who rules where. Here land goes where maps of the United Nations
show it, as far as a box or a parallel can say so; places with a code of their own leave
the country that Natural Earth counts them to. What is written is a TopoJSON again, with
fewer points: any file of world-atlas may stand in for it.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from montada.framework.engine.maps.clipping import cut
from montada.framework.engine.maps.thinning import on_cylinder, worth_keeping

TARGET = Path(__file__).parents[1] / "src/montada/framework/data/world.json"

Point = tuple[float, float]
Line = list[Point]
"""Of a ring, the first point does not come again at its end."""

SCALE = 0.01
"""Degrees that a written coordinate counts: a kilometre."""

LEAST_TRIANGLE = 1.2e-6
"""Of a sphere of radius 1: 50 km², hardly seen on a map of a few countries."""

LEAST_ISLET = 2.5e-6
"""100 km²: smaller islands of a country that has a larger one are left out."""

NAMES = {"Somaliland": "706", "N. Cyprus": "196"}
"""What Natural Earth gives no number, and the United Nations show in a member."""

BOXES: dict[str, list[tuple[str, tuple[float, float, float, float]]]] = {
    # Code: from which code or name, and between which west, south, east, north.
    "804": [("643", (32.3, 44.2, 36.7, 46.3))],
    "254": [("250", (-56, 1, -50, 7))],
    "312": [("250", (-62, 15.7, -60.9, 16.7))],
    "474": [("250", (-61.4, 14.2, -60.6, 15.2))],
    "175": [("250", (44.9, -13.2, 45.4, -12.5))],
    "638": [("250", (55, -21.6, 56, -20.7))],
    "535": [("528", (-69, 11, -62, 18))],
    "744": [("578", (-10, 70.5, -7.5, 72)), ("578", (10, 74, 34, 81))],
    "166": [("Indian Ocean Ter.", (96, -13, 98, -11))],
    "162": [("Indian Ocean Ter.", (105, -11, 106, -10))],
}
"""Crimea (General Assembly resolution 68/262), and places far from their states."""

SPLIT = ("504", 27.667, "732")
"""Western Sahara reaches to this parallel on maps of the United Nations."""


def rings_of(topology: Any) -> Iterator[tuple[str, Line]]:
    """Yield each ring of the countries in degrees, with its code or else its name."""
    transform = topology["transform"]
    arcs = [
        np.cumsum(arc, axis=0) * transform["scale"] + transform["translate"]
        for arc in topology["arcs"]
    ]
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for polygon in polygons:
            for ring in polygon:
                parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring]
                points = [part[:-1] for part in parts]
                line = np.round(np.concatenate(points), 6)
                if np.ptp(line[:, 1]):
                    owner = shape.get("id") or shape["properties"]["name"]
                    yield owner, [(x, y) for x, y in line.tolist()]


def assigned(owner: str, ring: Line) -> str:
    """Return the code whose land a ring is; "" where the UN give it none."""
    (west, south), (east, north) = np.min(ring, axis=0), np.max(ring, axis=0)
    for code, boxes in BOXES.items():
        for source, box in boxes:
            is_inside = (
                box[0] < west and box[1] < south and east < box[2] and north < box[3]
            )
            if source == owner and is_inside:
                return code
    return NAMES.get(owner, owner if owner.isdigit() else "")


def countries(topology: Any) -> dict[str, list[Line]]:
    """Return the rings of each code, joined where they share a border."""
    rings = defaultdict(list)
    for owner, ring in rings_of(topology):
        rings[assigned(owner, ring)].append(ring)
    _split(rings)
    return {code: merged(parts) if code else parts for code, parts in rings.items()}


def _split(rings: dict[str, list[Line]]) -> None:
    giver, parallel, taker = SPLIT
    # Where the three borders meet, so that no sliver is left beside the third country.
    theirs = {point for ring in rings[taker] for point in ring}
    corners = [p for ring in rings[giver] for p in ring if p in theirs]
    limit = min((y for _, y in corners), key=lambda y: abs(y - parallel))
    given: list[Line] = []
    kept: list[Line] = []
    for ring in rings[giver]:
        for side, keep in ((kept, 1), (given, -1)):
            part = cut(np.array(ring), 1, limit, keep)
            if len(part) > 2 and np.ptp(part[:, 1]) > 0:
                side.append(_without_repeats((x, y) for x, y in part.tolist()))
    rings[giver], rings[taker] = kept, rings[taker] + given


def _without_repeats(points: Iterable[Point]) -> Line:
    line: Line = []
    for point in points:
        if not line or line[-1] != point:
            line.append(point)
    return line[:-1] if line[0] == line[-1] else line


def _edges(ring: Line) -> Iterator[tuple[Point, Point]]:
    return pairwise([*ring, ring[0]])


def merged(rings: list[Line]) -> list[Line]:
    """Return the outlines of rings together: edges drawn both ways are inside."""
    edges = {edge for ring in rings for edge in _edges(ring)}
    following = defaultdict(list)
    for start, end in sorted(edges):
        if (end, start) not in edges:
            following[start].append(end)
    outlines = []
    while following:
        first = here = next(iter(following))
        outline: Line = []
        while True:
            outline.append(here)
            after = following[here].pop()
            if not following[here]:
                del following[here]
            here = after
            if here == first:
                break
        outlines.append(outline)
    return outlines


def topology_of(
    rings: dict[str, list[Line]],
) -> tuple[list[Line], dict[str, list[list[int]]]]:
    """Return arcs that neighbours share, and each code's rings as numbers of arcs."""
    neighbours = defaultdict(set)
    for parts in rings.values():
        for ring in parts:
            for here, after in _edges(ring):
                neighbours[here].add(after)
                neighbours[after].add(here)
    forks = {point for point, beside in neighbours.items() if len(beside) != 2}
    arcs: list[Line] = []
    numbers: dict[tuple[Point, ...], int] = {}
    shapes: dict[str, list[list[int]]] = {}
    for code in sorted(rings):
        shapes[code] = [
            [_number(arc, arcs, numbers) for arc in _arcs(ring, forks)]
            for ring in rings[code]
        ]
    return arcs, shapes


def _arcs(ring: Line, forks: set[Point]) -> Iterator[Line]:
    """Yield a ring from fork to fork; one without forks whole, from its least point."""
    places = [i for i, point in enumerate(ring) if point in forks]
    places = places or [ring.index(min(ring))]
    around = [*ring, *ring]
    for start, end in pairwise([*places, places[0] + len(ring)]):
        yield around[start : end + 1]


def _number(arc: Line, arcs: list[Line], numbers: dict[tuple[Point, ...], int]) -> int:
    if (there := numbers.get(tuple(arc))) is not None:
        return there
    if (back := numbers.get(tuple(reversed(arc)))) is not None:
        return ~back
    arcs.append(arc)
    numbers[tuple(arc)] = len(arcs) - 1
    return len(arcs) - 1


def thinned(arcs: list[Line]) -> list[list[tuple[int, int]]]:
    """Return arcs with fewer points, in steps of `SCALE`."""
    points = np.concatenate([np.array(arc) for arc in arcs])
    starts = np.cumsum([0, *(len(arc) for arc in arcs)])
    is_end = np.zeros(len(points), bool)
    is_end[starts[:-1]] = is_end[starts[1:] - 1] = True
    stays = worth_keeping(on_cylinder(points), is_end, LEAST_TRIANGLE)
    whole = np.round(points / SCALE).astype(int)
    return [
        [(x, y) for x, y in whole[a:b][stays[a:b]].tolist()]
        for a, b in pairwise(starts)
    ]


def without_islets(rings: dict[str, list[Line]]) -> dict[str, list[Line]]:
    """Leave out small islands, but of every country its largest."""
    kept = {}
    for code, parts in rings.items():
        sizes = [_size(part) for part in parts]
        least = min(LEAST_ISLET, max(sizes))
        kept[code] = [p for p, size in zip(parts, sizes, strict=True) if size >= least]
    return kept


def _size(ring: Line) -> float:
    x, y = on_cylinder(np.array([*ring, ring[0]])).T
    # A ring around the pole does not come back to where it began.
    is_around = abs(x[-1] - x[0]) > 1
    return 1.0 if is_around else float(abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2)


def written(topology: Any, licence: str) -> dict[str, Any]:
    arcs, shapes = topology_of(without_islets(countries(topology)))
    steps = []
    for arc in thinned(arcs):
        differences = np.diff(np.array([(0, 0), *arc]), axis=0)
        steps.append(
            [differences[0].tolist(), *(d.tolist() for d in differences[1:] if d.any())]
        )
    return {
        "type": "Topology",
        "source": "world-atlas 2.0.2, countries-50m.json; Natural Earth 4.1.0",
        "licence": licence,
        "transform": {"scale": [SCALE, SCALE], "translate": [0, 0]},
        "objects": {
            "countries": {
                "type": "GeometryCollection",
                "geometries": [_shape(code, rings) for code, rings in shapes.items()],
            }
        },
        "arcs": steps,
    }


def _shape(code: str, rings: list[list[int]]) -> dict[str, Any]:
    # Holes are filled by the even-odd rule, so each ring may stand for itself.
    shape = {"type": "MultiPolygon", "arcs": [[ring] for ring in rings]}
    return {**shape, "id": code} if code else shape


def main(folder: Path) -> None:
    topology = json.loads((folder / "countries-50m.json").read_text(encoding="utf-8"))
    licence = (folder / "LICENSE").read_text(encoding="utf-8")
    content = json.dumps(written(topology, licence), separators=(",", ":"))
    TARGET.write_text(content + "\n", encoding="utf-8")
    print(f"{TARGET}: {len(content):,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
