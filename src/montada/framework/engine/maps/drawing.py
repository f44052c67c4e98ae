"""
A map of the world, or of some of its countries, as paths and dots.

Nothing here knows a language or a number: it is drawn once and coloured often.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from montada.framework.engine.maps.clipping import around, framed
from montada.framework.engine.maps.fitting import (
    WIDTH,
    Frame,
    frame_around,
    main_parts,
    world_frame,
)
from montada.framework.engine.maps.paths import path_of
from montada.framework.engine.maps.thinning import on_cylinder, worth_keeping
from montada.framework.engine.maps.topojson import (
    SMALLEST_RING,
    Atlas,
    FloatArray,
)

LEAST_TRIANGLE = 2.0
"""Square units that a point must make out to be drawn: about two pixels."""

LEAST_RING = 3.0
"""Units of height or width below which an islet is not drawn."""

SEEN = 10.0
"""Units of height and width below which a country is a dot."""

Places = Mapping[str, tuple[float, float]]
"""Degrees east and north of countries by code."""


@dataclass(frozen=True, slots=True)
class Land:
    """
    One country as drawn, or all land that is of no country.

    `path` is the `d` of an SVG path, or "" where it would be too small to be seen:
    `dot` then says where it lies.
    """

    code: str
    path: str
    dot: tuple[int, int] | None
    is_member: bool


@dataclass(frozen=True, slots=True)
class Outlines:
    """What a map of `width` by `height` units shows, in the order of codes."""

    width: int
    height: int
    lands: tuple[Land, ...]


def outlines(atlas: Atlas, places: Places, members: Set[str] | None = None) -> Outlines:
    """
    Return a map fitted to its members, or of the whole world without any.

    Parameters
    ----------
    atlas : Atlas
    places : mapping
        Where the dot of a country is that the atlas lacks or shows too small; without
        one it is at its coast. A code that neither knows is not on the map.
    members : set of codes
        Other countries are drawn where they lie in the frame, and without dots.
    """
    shown = members if members is not None else {*atlas.codes, *places}
    lands = _lands(atlas, shown)
    places = {code: _somewhere(parts) for code, parts in lands.items()} | dict(places)
    dots = [np.array([places[code]]) for code in sorted(shown & places.keys())]
    held = [*main_parts(lands), *dots] if members is not None else []
    frame = frame_around(held) if held else world_frame()
    drawn = _drawn(atlas, frame)
    codes = sorted({*drawn, *(shown & places.keys())})
    found = (_land(code, drawn.get(code, []), places, frame, shown) for code in codes)
    return Outlines(
        WIDTH, frame.height, tuple(land for land in found if land.path or land.dot)
    )


def _lands(atlas: Atlas, members: Set[str]) -> dict[str, list[FloatArray]]:
    """Return the members' rings in degrees, by code."""
    lands = defaultdict(list)
    for ring in atlas.rings:
        if ring.code in members:
            lands[ring.code].append(atlas.line(ring))
    return lands


def _somewhere(parts: Sequence[FloatArray]) -> tuple[float, float]:
    """Return a place at the coast of what is probably the main land."""
    east, north = max(parts, key=len)[0].tolist()
    return east, north


def _drawn(atlas: Atlas, frame: Frame) -> dict[str, list[FloatArray]]:
    """Return the rings in the frame, in units, by code."""
    codes, parts = [], []
    for code, line in _thinned(atlas, frame):
        for part in around(line, frame.meridian):
            codes.append(code)
            parts.append(part)
    drawn = defaultdict(list)
    for code, ring in zip(codes, _in_units(parts, frame), strict=True):
        if len(ring) > 2 and np.ptp(ring, axis=0).max() >= LEAST_RING:
            drawn[code].append(ring)
    return drawn


def _in_units(parts: Sequence[FloatArray], frame: Frame) -> Iterator[FloatArray]:
    """Yield what of each ring is in the frame; all are placed at once, being many."""
    if not parts:
        return
    starts = np.cumsum([0, *(len(part) for part in parts)])
    placed = frame.placed(np.concatenate(parts))
    west_north, east_south = np.zeros(2), np.array([WIDTH, frame.height], float)
    low = np.minimum.reduceat(placed, starts[:-1])
    high = np.maximum.reduceat(placed, starts[:-1])
    is_within = np.all((low >= west_north) & (high <= east_south), axis=1).tolist()
    is_outside = np.any((high <= west_north) | (low >= east_south), axis=1).tolist()
    for i, (start, end) in enumerate(pairwise(starts)):
        if is_within[i]:
            yield placed[start:end]
        elif is_outside[i]:
            yield placed[:0]
        else:
            yield framed(placed[start:end], west_north, east_south)


def _thinned(atlas: Atlas, frame: Frame) -> Iterator[tuple[str, FloatArray]]:
    least = LEAST_TRIANGLE / frame.scale**2
    stays = worth_keeping(on_cylinder(atlas.points), atlas.is_end, least)
    for ring in atlas.rings:
        places = ring.places[stays[ring.places]]
        if len(places) >= SMALLEST_RING:
            yield ring.code, atlas.points[places]


def _land(
    code: str,
    rings: Sequence[FloatArray],
    places: Places,
    frame: Frame,
    shown: Set[str],
) -> Land:
    is_member = code in shown
    is_seen = rings and max(np.ptp(ring, axis=0).max() for ring in rings) >= SEEN
    if is_seen or not is_member:
        return Land(code, path_of(rings), None, is_member)
    at = frame.placed(frame.turned(places[code]))[0]
    x, y = np.round(at).astype(int).tolist()
    return Land(code, "", (x, y), is_member)
