"""
A personal plan: of all sessions somebody would like, those they can be at.

At most one at a time. Weighted interval scheduling by dynamic programming over the
sessions in the order of their ends (Kleinberg and Tardos, Algorithm Design, 2006,
section 6.1): exact, in n log n steps.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """
    A session that somebody would like to be at.

    Attributes
    ----------
    weight : how much; above 0
    starts, ends : moments of one clock, the end excluded
    """

    key: str
    starts: datetime
    ends: datetime
    weight: int


def best_plan(wishes: Iterable[Wish]) -> list[Wish]:
    """
    Return the wishes of largest total weight of which no two overlap, as they begin.

    Of several such plans the one that is over earlier, then the one that began: the
    order in which wishes come decides nothing. Those that last no time, and those of no
    weight, are left out.
    """
    rows = sorted(
        (w for w in wishes if w.weight > 0 and w.starts < w.ends),
        key=lambda w: (w.ends, w.starts, w.key),
    )
    ends = [wish.ends for wish in rows]
    before = [bisect_right(ends, wish.starts) for wish in rows]
    best = [0]
    for wish, n_before in zip(rows, before, strict=True):
        best.append(max(best[-1], best[n_before] + wish.weight))
    chosen = []
    left = len(rows)
    while left:
        if best[left] == best[left - 1]:
            left -= 1
        else:
            chosen.append(rows[left - 1])
            left = before[left - 1]
    return chosen[::-1]
