"""The map of opinion as numbers of a drawing: circles, outlines, and oneself."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any

from montada.consultation.models import OpinionPlace

WIDTH, HEIGHT, EDGE = 600, 420, 40
"""Units of the drawing."""

SMALLEST_DOT = 4.0


@dataclass(frozen=True, slots=True)
class Dot:
    """Some people who stand close: `colour` is 1 for the largest group, 0 for none."""

    x: float
    y: float
    radius: float
    n_people: int
    colour: int


@dataclass(frozen=True, slots=True)
class Outline:
    colour: int
    corners: str
    """As `points` of a polygon in SVG."""
    label_x: float
    label_y: float
    n_people: int


@dataclass(frozen=True, slots=True)
class OpinionDrawing:
    width: int
    height: int
    middle: tuple[float, float]
    dots: tuple[Dot, ...]
    outlines: tuple[Outline, ...]
    me: Dot | None
    """The reader's own place; drawn on no page but theirs."""


def opinion_drawing(
    told: dict[str, Any], sizes: list[int], place: OpinionPlace | None
) -> OpinionDrawing:
    """
    Return the drawing of a result.

    Parameters
    ----------
    told
        `OpinionPage.map`: places between -1 and 1.
    sizes
        People of each group.
    """
    dots = tuple(
        Dot(*_at(x, y), round(SMALLEST_DOT * sqrt(n / 5), 1), n, group + 1)
        for x, y, n, group in told["points"]
    )
    outlines = tuple(
        _outline(number, corners, sizes[number - 1])
        for number, corners in enumerate(told["outlines"], 1)
        if corners
    )
    me = None
    if place is not None:
        x, y = (_within(part / told["scale"]) for part in (place.x, place.y))
        colour = 0 if place.group is None else place.group + 1
        me = Dot(*_at(x, y), 9, 1, colour)
    return OpinionDrawing(WIDTH, HEIGHT, _at(0, 0), dots, outlines, me)


def _outline(number: int, corners: list[list[float]], n_people: int) -> Outline:
    at = [_at(x, y) for x, y in corners]
    top = min(y for _x, y in at)
    middle = sum(x for x, _y in at) / len(at)
    return Outline(
        number,
        " ".join(f"{x},{y}" for x, y in at),
        round(min(max(middle, 90), WIDTH - 90), 1),
        round(max(top - 14, 18), 1),
        n_people,
    )


def _at(x: float, y: float) -> tuple[float, float]:
    half_width, half_height = WIDTH / 2 - EDGE, HEIGHT / 2 - EDGE
    return (
        round(WIDTH / 2 + x * half_width, 1),
        round(HEIGHT / 2 - y * half_height, 1),
    )


def _within(part: float) -> float:
    return min(max(part, -1.1), 1.1)
