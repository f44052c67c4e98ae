"""
TopoJSON, read: arcs that neighbours share, and rings made of them.

Source: Bostock & Metcalf, "The TopoJSON Format Specification", version 1.0 (2013):
quantised arcs are differences (section 2.1.1), arc ~i is arc i backwards (2.1.4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

SMALLEST_RING = 4
"""Points of a ring, its first again at its end: less encloses nothing."""


class NotAMap(ValueError):
    """What was read is not a TopoJSON, or its arcs do not fit together."""


class NoCountries(NotAMap):
    """A TopoJSON without a collection named "countries"."""


@dataclass(frozen=True, slots=True, eq=False)
class Ring:
    """
    One outline, of land or of a hole in it.

    Attributes
    ----------
    code : str
        ISO 3166-1 numeric with its zeros, "036"; "" for land of no country.
    places : int array (n_points,)
        Where its points stand in `Atlas.points`; the first comes again at the end.
    """

    code: str
    places: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """
    Attributes
    ----------
    points : float array (n_points, 2)
        Degrees east and north, arc after arc. Shared: callers must not write into it.
    is_end : bool array (n_points,)
        Whether an arc begins or ends there, so that others may meet it.
    """

    points: FloatArray
    is_end: BoolArray
    rings: tuple[Ring, ...]

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(ring.code for ring in self.rings if ring.code)

    def line(self, ring: Ring) -> FloatArray:
        """Return a ring's points, shape (n, 2)."""
        return self.points[ring.places]


def decoded(topology: Any) -> Atlas:
    """
    Return the countries of a TopoJSON, whatever else it holds.

    Raises
    ------
    NoCountries
        If it has no `objects.countries` with shapes in it.
    NotAMap
        If it is anything else than TopoJSON in degrees.
    """
    try:
        shapes = _shapes(topology)
        with np.errstate(all="ignore"):
            points, starts = _points(topology)
        return Atlas(points, _ends(starts), tuple(_rings(shapes, starts)))
    except NotAMap:
        raise
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as bad:
        raise NotAMap(str(bad)) from bad


def _shapes(topology: Any) -> list[Any]:
    if topology["type"] != "Topology":
        raise NotAMap("not a Topology")
    countries = topology["objects"].get("countries", {})
    shapes = countries.get("geometries", [])
    if not any(shape["type"] in {"Polygon", "MultiPolygon"} for shape in shapes):
        raise NoCountries
    return list(shapes)


def _points(topology: Any) -> tuple[FloatArray, IntArray]:
    """Return the points of all arcs in degrees, and where arcs start; last, the end."""
    arcs = topology["arcs"]
    starts = np.cumsum([0, *(len(arc) for arc in arcs)])
    numbers = chain.from_iterable(chain.from_iterable(arcs))
    points: FloatArray = np.fromiter(numbers, float).reshape(starts[-1], 2)
    if "transform" in topology:
        points = np.cumsum(points, axis=0)
        lengths = np.diff(starts)
        before = np.vstack([np.zeros((1, 2)), points])[starts[:-1]]
        points = points - np.repeat(before, lengths, axis=0)
        transform = topology["transform"]
        points = points * transform["scale"] + np.array(transform["translate"], float)
    if not (np.abs(points) <= [361, 91]).all():
        raise NotAMap("not in degrees")
    return points, starts


def _ends(starts: IntArray) -> BoolArray:
    is_end = np.zeros(starts[-1], bool)
    filled = starts[:-1][np.diff(starts) > 0]
    is_end[filled] = True
    is_end[starts[1:][np.diff(starts) > 0] - 1] = True
    return is_end


def _rings(shapes: Sequence[Any], starts: IntArray) -> Iterator[Ring]:
    forward = [np.arange(start, end) for start, end in pairwise(starts)]
    for shape in shapes:
        code = str(shape["id"]).zfill(3) if shape.get("id") is not None else ""
        for ring in _rings_of(shape):
            joined = _joined([_arc(forward, number) for number in ring])
            if len(joined) >= SMALLEST_RING:
                yield Ring(code, joined)


def _rings_of(shape: Any) -> Iterator[Any]:
    if shape["type"] == "Polygon":
        yield from shape["arcs"]
    elif shape["type"] == "MultiPolygon":
        for polygon in shape["arcs"]:
            yield from polygon


def _arc(forward: Sequence[IntArray], number: int) -> IntArray:
    return forward[number] if number >= 0 else forward[~number][::-1]


def _joined(arcs: Sequence[IntArray]) -> IntArray:
    """Return arcs one after another; where two meet, their point stands once."""
    first, *others = arcs
    return np.concatenate([first, *(arc[1:] for arc in others)])
