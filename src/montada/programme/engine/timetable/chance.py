"""Chance for the search: drawn in blocks, because drawing one by one is slow."""

from __future__ import annotations

from collections.abc import MutableSequence
from typing import Any

import numpy as np

BLOCK = 1 << 14
"""Numbers drawn at once."""


class Chance:
    """The same seed gives the same course of numbers, on every machine."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        self._block: list[float] = []

    def draw(self) -> float:
        """Return a number at least 0 and below 1."""
        if not self._block:
            self._block = self._rng.random(BLOCK).tolist()
        return self._block.pop()

    def below(self, n: int) -> int:
        """Return a whole number at least 0 and below `n`."""
        return int(self.draw() * n)

    def shuffle(self, items: MutableSequence[Any]) -> None:
        """Put the items into any order."""
        for last in range(len(items) - 1, 0, -1):
            other = int(self.draw() * (last + 1))
            items[last], items[other] = items[other], items[last]

    def edge_of(self, starts: int, step: int) -> int:
        """
        Return a start out of a set, one beside something where it can be.

        `step` is the distance of one start from the next in a run of them.

        Sessions that lie close leave long rests for others: of a run of starts mostly
        its first or its last is taken.
        """
        luck = self.draw()
        if luck < 0.4:
            starts &= ~(starts << step)
        elif luck < 0.8:
            starts &= ~(starts >> step)
        later = starts >> int(self.draw() * starts.bit_length())
        if luck < 0.1 or later == 0:
            return (starts & -starts).bit_length() - 1
        skipped = starts.bit_length() - later.bit_length()
        return skipped + (later & -later).bit_length() - 1
