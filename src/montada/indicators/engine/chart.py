"""
A line chart as numbers: where each line, dot, tick lies in a box of given size.

Years run from left to right in every language, as printed charts in Arabic have them.
A missing year breaks the line; a figure between two missing years is a dot.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 360
LEFT, RIGHT, TOP, BOTTOM = 76, 36, 20, 44
"""Margins that hold the numbers of the two axes, in units of the box."""

N_STEPS = 4
"""Steps of the upward axis."""

SMALLEST = 1e-9
"""Less than any figure of any series: drawn as nothing."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A number at an axis: the year or value, and where it lies."""

    value: float
    at: float


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    year: int
    value: float


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """`path` is the `d` of an SVG path, "" where no two years follow each other."""

    path: str
    dots: tuple[Dot, ...]
    """Figures that no segment touches, and the last figure of all."""


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    left: float
    right: float
    years: tuple[Tick, ...]
    steps: tuple[Tick, ...]
    lines: tuple[DrawnLine, ...]
    baseline: float


def drawing_of(
    lines: Sequence[Mapping[int, float]], *, top: float | None = None
) -> Drawing | None:
    """
    Return where everything lies, or None where no line has a figure.

    `top` is the end of the upward axis, which starts at 0: 100 for percentages. Without
    it the end is the next round number above every figure.
    """
    years = sorted({year for line in lines for year in line})
    if not years:
        return None
    scale = _Scale(
        first=years[0],
        last=years[-1],
        top=top or round_top(max(max(line.values(), default=0.0) for line in lines)),
    )
    return Drawing(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        years=tuple(
            Tick(year, scale.x(year)) for year in year_ticks(years[0], years[-1])
        ),
        steps=tuple(
            Tick(scale.top * i / N_STEPS, scale.y(scale.top * i / N_STEPS))
            for i in range(N_STEPS + 1)
        ),
        lines=tuple(_drawn(line, scale) for line in lines),
        baseline=HEIGHT - BOTTOM,
    )


def round_top(highest: float) -> float:
    """Return the least of 1, 2, 4, 6, 8 times a power of ten that holds `highest`."""
    if highest < SMALLEST:
        return 1.0
    power = 10.0 ** math.floor(math.log10(highest))
    return next(
        (m * power for m in (1, 2, 4, 6, 8) if m * power >= highest), 10 * power
    )


def year_ticks(first: int, last: int) -> tuple[int, ...]:
    """Return the years to write: both ends, and fives that stand clear of them."""
    fives = range(first - first % -5, last + 1, 5)
    clear = (year for year in fives if year - first > 2 and last - year > 2)
    return tuple(sorted({first, *clear, last}))


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int
    top: float

    def x(self, year: int) -> float:
        inner = WIDTH - LEFT - RIGHT
        if self.first == self.last:
            return round(LEFT + inner / 2, 1)
        return round(LEFT + inner * (year - self.first) / (self.last - self.first), 1)

    def y(self, value: float) -> float:
        inner = HEIGHT - TOP - BOTTOM
        return round(HEIGHT - BOTTOM - inner * min(value / self.top, 1.0), 1)


def runs(line: Mapping[int, float]) -> list[list[int]]:
    """Return the years of a line as runs of years that follow each other."""
    grouped: list[list[int]] = []
    for year in sorted(line):
        if grouped and grouped[-1][-1] == year - 1:
            grouped[-1].append(year)
        else:
            grouped.append([year])
    return grouped


def _drawn(line: Mapping[int, float], scale: _Scale) -> DrawnLine:
    parts = runs(line)
    path = " ".join(
        "M" + "L".join(f"{scale.x(y):g} {scale.y(line[y]):g}" for y in run)
        for run in parts
        if len(run) > 1
    )
    alone = {run[0] for run in parts if len(run) == 1}
    marked = sorted(alone | ({max(line)} if line else set()))
    dots = tuple(Dot(scale.x(y), scale.y(line[y]), y, line[y]) for y in marked)
    return DrawnLine(path, dots)
