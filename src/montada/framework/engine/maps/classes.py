"""
Counts in five classes, so that a colour says between which numbers a count lies.

Classes hold about as many countries each (quantiles), so a few large counts do not make
all others look the same; equal counts are always in one class.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

N_CLASSES = 5


@dataclass(frozen=True, slots=True)
class CountClass:
    """`step` 1 to 5 is the colour, palest first; `low` and `high` are counts in it."""

    step: int
    low: int
    high: int


def count_classes(counts: Iterable[int]) -> tuple[CountClass, ...]:
    """
    Return at most five classes of the counts above 0, smallest first.

    Fewer classes take the darker steps: one alone must be seen.
    """
    ordered = sorted(count for count in counts if count > 0)
    lows = sorted(
        {ordered[len(ordered) * i // N_CLASSES] for i in range(N_CLASSES)}
        if ordered
        else ()
    )
    return tuple(
        CountClass(
            N_CLASSES - len(lows) + i + 1,
            low,
            max(
                count for count in ordered if i + 1 == len(lows) or count < lows[i + 1]
            ),
        )
        for i, low in enumerate(lows)
    )


def step_of(count: int, classes: Iterable[CountClass]) -> int:
    """Return the step of a count's class, 0 where nothing was counted."""
    return next((one.step for one in classes if one.low <= count <= one.high), 0)
