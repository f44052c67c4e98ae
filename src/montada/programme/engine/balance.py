"""
How balanced a panel is: by gender, stakeholder group, region and age.

An indicator and no rule: warnings are told with what they count, and nothing is
refused for them. Gender and age are told voluntarily; who did not tell is counted as
that, never guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Axis = Literal["gender", "group", "region", "youth"]
AXES: tuple[Axis, ...] = ("gender", "group", "region", "youth")
YOUNG, OLDER = "young", "older"

FEWEST = 2
"""People who told, from which one-sidedness can be spoken of; of regions and youth
three, since two people seldom make up for either."""
FEWEST_BY_AXIS = {"gender": FEWEST, "group": FEWEST, "region": 3, "youth": 3}

FEWEST_SHOWN = 3
"""People who told, from which voluntary answers are shown to everybody."""


@dataclass(frozen=True, slots=True)
class Panellist:
    """What is known of one person on a panel; "" and None are not told."""

    gender: str = ""
    group: str = ""
    region: str = ""
    is_young: bool | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """How many of a panel are on one side of an axis."""

    value: str
    n: int


@dataclass(frozen=True, slots=True)
class AxisBalance:
    """
    One axis of a panel; sides by number, then by value.

    `warning` is "" or what is to be said: that all who told are on one side, or that
    nobody who told is young.
    """

    axis: Axis
    sides: tuple[Side, ...]
    n_told: int
    n_untold: int
    warning: Literal["", "one_side", "none_young"]


@dataclass(frozen=True, slots=True)
class Balance:
    n: int
    axes: tuple[AxisBalance, ...]

    @property
    def warnings(self) -> tuple[AxisBalance, ...]:
        return tuple(axis for axis in self.axes if axis.warning)


def balance_of(panel: Sequence[Panellist]) -> Balance:
    """Return how a panel is made up, axis by axis, with what is one-sided in it."""
    return Balance(len(panel), tuple(_axis(axis, panel) for axis in AXES))


def _axis(axis: Axis, panel: Sequence[Panellist]) -> AxisBalance:
    counts = Counter(value for value in _values(axis, panel) if value)
    n_told = counts.total()
    by_number = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return AxisBalance(
        axis=axis,
        sides=tuple(Side(value, n) for value, n in by_number),
        n_told=n_told,
        n_untold=len(panel) - n_told,
        warning=_warning(axis, counts) if n_told >= FEWEST_BY_AXIS[axis] else "",
    )


def _values(axis: Axis, panel: Sequence[Panellist]) -> Iterable[str]:
    if axis == "youth":
        words = {None: "", True: YOUNG, False: OLDER}
        return [words[person.is_young] for person in panel]
    return [str(getattr(person, axis)) for person in panel]


def _warning(axis: Axis, counts: Counter[str]) -> Literal["", "one_side", "none_young"]:
    if axis == "youth":
        return "" if counts[YOUNG] else "none_young"
    return "one_side" if len(counts) == 1 else ""
